"""What courts and institutions ask: request → deadline → opinion → sent → delivered; information within 7 days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from gniazdo.access.actions import action, lock
from gniazdo.access.queries import role
from gniazdo.access.rules import HOUSE, Actor, Refusal
from gniazdo.assistance.actions.steps import own_post, require_past
from gniazdo.assistance.models import CourtRequest, InformationRequest
from gniazdo.assistance.queries.who import ASSISTANT, LEADER, MANAGER, OFFICE, SOCIAL
from gniazdo.assistance.vocab import COURT_REQUEST_KINDS, SENDING_CHANNELS
from gniazdo.cases.actions import note_event
from gniazdo.cases.models import Assignment, CaseFile
from gniazdo.cases.queries import open_case_of
from gniazdo.orgs.models import Post
from gniazdo.people.models import Family

REGISTERS = MANAGER | OFFICE | LEADER | SOCIAL | ASSISTANT
ART_17 = "art. 15 ust. 1 pkt 17 uwrspz"


@dataclass(frozen=True, slots=True)
class Demand:
    """A court's letter as it came: the day it sets is the deadline (R-ASSIST-18)."""

    kind: str
    court: str
    docket: str
    received_on: date
    due_on: date
    division: str = ""
    letter_on: date | None = None
    note: str = ""


@action("assistance.court.register", label="Zarejestruj żądanie sądu", who=REGISTERS)
def register_court_request(actor: Actor, family: Family, *, demand: Demand, today: date) -> CourtRequest:
    """A court asks about a family: registered with the day the court set (art. 15 ust. 1 pkt 17; KRO art. 109 § 4).

    The family's assistant is responsible. Raises Refusal for wrong kind, court, docket, or dates out of order.
    """
    if demand.kind not in COURT_REQUEST_KINDS or demand.kind == "LIST":
        raise Refusal(_("Wybierz, czego żąda sąd w sprawie rodziny."), field="kind")
    _check_demand(demand, today)
    case = (
        open_case_of(family.pk, "ASSISTANCE")
        or CaseFile.objects.system().filter(family_id=family.pk, kind="ASSISTANCE").order_by("-opened_on").first()
    )
    request = CourtRequest(
        institution_id=actor.institution_id,
        family=family,
        case=case,
        responsible=_assistant_of(case),
        **_fields(demand),
    )
    request.save()
    note_event(
        actor, family, kind="court", on=demand.received_on, case=case, record=request, significant=True,
        title=f"{COURT_REQUEST_KINDS.polish_of(demand.kind).capitalize()} – żądanie sądu, termin {demand.due_on:%d.%m.%Y}",
        url_name="assistance:court-view",
    )  # fmt: skip
    return request


@action(
    "assistance.court.list", label="Zarejestruj wezwanie sądu o listę asystentów",
    who=role("manager", "secretary", label="kierownik lub sekretariat"),
)  # fmt: skip
def register_list_call(actor: Actor, nothing: None, *, demand: Demand, today: date) -> CourtRequest:
    """A criminal court calls for the list of assistants: the employer passes it at once (art. 17 ust. 5). Raises Refusal."""
    _check_demand(demand, today)
    request = CourtRequest(institution_id=actor.institution_id, **{**_fields(demand), "kind": "LIST"})
    request.save()
    return request


def _fields(demand: Demand) -> dict[str, Any]:
    return {
        "kind": demand.kind, "court": demand.court.strip(), "division": demand.division.strip(),
        "docket": demand.docket.strip(), "letter_on": demand.letter_on, "received_on": demand.received_on,
        "due_on": demand.due_on, "note": demand.note,
    }  # fmt: skip


def _check_demand(demand: Demand, today: date) -> None:
    if not demand.court.strip() or not demand.docket.strip():
        raise Refusal(_("Podaj sąd i sygnaturę akt."), field="docket" if demand.court.strip() else "court")
    require_past(demand.received_on, today=today, field="received_on")
    if demand.letter_on and demand.letter_on > demand.received_on:
        raise Refusal(_("Pismo nie mogło wpłynąć przed dniem jego sporządzenia."), field="letter_on")
    if demand.due_on < demand.received_on:
        raise Refusal(
            _("Termin wyznaczony przez sąd jest wcześniejszy niż wpływ pisma."),
            advice=_("Sprawdź datę. Gdy termin naprawdę już minął, wpisz dzień wpływu i wyjaśnij to w uwagach."),
            field="due_on",
        )


def _assistant_of(case: CaseFile | None) -> Post | None:
    if case is None:
        return None
    found = (
        Assignment.objects.system().filter(case_id=case.pk, role="ASSISTANT", until=None).select_related("post").first()
    )
    return found.post if found else None


def _open(request: CourtRequest) -> CourtRequest:
    fresh = lock(request)
    if fresh.withdrawn_on:
        raise Refusal(
            _("Sąd odstąpił od tego żądania."),
            article=HOUSE,
            advice=_("Odpowiedź nie jest już potrzebna. Nowe pismo sądu zapisz jako nowe żądanie."),
        )
    return fresh


def _note(actor: Actor, request: CourtRequest, *, on: date, title: str) -> None:
    if request.family is not None:
        note_event(
            actor, request.family, kind="court", on=on, title=title, case=request.case, record=request,
            url_name="assistance:court-view",
        )  # fmt: skip


@action("assistance.court.prepare", label="Odnotuj gotową odpowiedź dla sądu", who=REGISTERS)
def prepare_answer(actor: Actor, request: CourtRequest, *, on: date, sheet_id: UUID | None = None) -> CourtRequest:
    """The opinion or report is written; `sheet_id` names the sheet. Raises Refusal when it was already sent."""
    request = _open(request)
    if request.sent_on:
        raise Refusal(
            _("Odpowiedź została już wysłana."),
            article=HOUSE,
            advice=_("Dalszą korespondencję z sądem zapisz jako nowe żądanie."),
        )
    if on < request.received_on:
        raise Refusal(_("Odpowiedź nie może być wcześniejsza niż żądanie."), field="on")
    request.prepared_on, request.sheet_id = on, sheet_id or request.sheet_id
    request.save()
    _note(actor, request, on=on, title=f"Odpowiedź dla sądu gotowa ({request.docket})")
    return request


@action("assistance.court.send", label="Odnotuj wysłanie odpowiedzi do sądu", who=REGISTERS)
def send_answer(actor: Actor, request: CourtRequest, *, on: date, channel: str, today: date) -> CourtRequest:
    """The answer left: when and how. Raises Refusal before it is prepared (a list of assistants needs no opinion)."""
    request = _open(request)
    if request.sent_on:
        raise Refusal(
            _("Odpowiedź została już wysłana %s.") % f"{request.sent_on:%d.%m.%Y}",
            article=HOUSE,
            advice=_("Odnotuj doręczenie, a dalszą korespondencję zapisz jako nowe żądanie."),
        )
    if request.kind != "LIST" and request.prepared_on is None:
        raise Refusal(
            _("Najpierw przygotuj odpowiedź dla sądu."),
            article=ART_17,
            advice=_("Sporządź opinię i zapisz ją jako gotową."),
        )
    if channel not in SENDING_CHANNELS:
        raise Refusal(_("Wybierz, jak wysłano odpowiedź."), field="channel")
    require_past(on, today=today)
    if on < (request.prepared_on or request.received_on):
        raise Refusal(_("Wysłanie nie może być przed sporządzeniem odpowiedzi."), field="on")
    request.sent_on, request.channel = on, channel
    request.save()
    _note(actor, request, on=on, title=f"Wysłano odpowiedź do sądu ({request.docket})")
    return request


@action("assistance.court.deliver", label="Odnotuj doręczenie odpowiedzi sądowi", who=REGISTERS)
def deliver_answer(actor: Actor, request: CourtRequest, *, on: date, today: date) -> CourtRequest:
    """The court has it. Raises Refusal before sending, or for a day before it."""
    request = _open(request)
    if request.sent_on is None:
        raise Refusal(
            _("Najpierw odnotuj wysłanie."),
            article=HOUSE,
            advice=_("Zapisz, kiedy i jak wysłano odpowiedź; potem doręczenie."),
        )
    require_past(on, today=today)
    if on < request.sent_on:
        raise Refusal(_("Doręczenie nie może być przed wysłaniem."), field="on")
    request.delivered_on = on
    request.save()
    _note(actor, request, on=on, title=f"Doręczono sądowi ({request.docket})")
    return request


@action("assistance.court.move_due", label="Zmień termin wyznaczony przez sąd", who=REGISTERS)
def move_due(actor: Actor, request: CourtRequest, *, due_on: date, note: str) -> CourtRequest:
    """The court set another day. Raises Refusal without a note (which letter) or when the answer has left."""
    request = _open(request)
    if request.sent_on:
        raise Refusal(
            _("Odpowiedź została już wysłana."),
            article=HOUSE,
            advice=_("Dalszą korespondencję z sądem zapisz jako nowe żądanie."),
        )
    if not note.strip():
        raise Refusal(_("Podaj, jakim pismem sąd zmienił termin."), field="note")
    request.due_on = due_on
    request.note = "\n".join(filter(None, (request.note, note.strip())))
    request.save()
    return request


@action("assistance.court.withdraw", label="Odnotuj, że sąd odstąpił od żądania", who=REGISTERS)
def withdraw_request(actor: Actor, request: CourtRequest, *, on: date, note: str) -> CourtRequest:
    """The court no longer needs it. Raises Refusal without a note or after sending."""
    request = _open(request)
    if request.sent_on:
        raise Refusal(
            _("Odpowiedź została już wysłana."),
            article=HOUSE,
            advice=_("Dalszą korespondencję z sądem zapisz jako nowe żądanie."),
        )
    if not note.strip():
        raise Refusal(_("Podaj, jakim pismem sąd odstąpił od żądania."), field="note")
    request.withdrawn_on = on
    request.note = "\n".join(filter(None, (request.note, note.strip())))
    request.save()
    return request


@action("assistance.information.request", label="Zapisz wymianę informacji z instytucją", who=REGISTERS)
def request_information(
    actor: Actor,
    family: Family,
    *,
    direction: str,
    institution: str,
    asked: str,
    on: date,
    today: date,
    person: str = "",
) -> InformationRequest:
    """We ask a court, school or office, or they ask us: the answer is due within 7 days (art. 190a). Raises Refusal."""
    if direction not in ("IN", "OUT"):
        raise Refusal(_("Wybierz, kto pyta."), field="direction")
    if not institution.strip() or not asked.strip():
        raise Refusal(_("Podaj instytucję i pytanie."), field="asked" if institution.strip() else "institution")
    require_past(on, today=today)
    made = InformationRequest(
        institution_id=family.institution_id, family=family, case=open_case_of(family.pk, "ASSISTANCE"),
        direction=direction, institution_name=institution.strip(), person=person.strip(), asked=asked.strip(), on=on,
        author=own_post(actor),
    )  # fmt: skip
    made.save()
    title = _("Zapytanie do instytucji: %s") if direction == "OUT" else _("Zapytanie od instytucji: %s")
    note_event(actor, family, kind="paper", on=on, title=title % made.institution_name, case=made.case, record=made,
               summary=made.asked)  # fmt: skip
    return made


@action("assistance.information.answer", label="Zapisz odpowiedź na zapytanie", who=REGISTERS)
def answer_information(
    actor: Actor, request: InformationRequest, *, on: date, answer: str, today: date
) -> InformationRequest:
    """The answer was given or came. Raises Refusal when answered before, empty, or dated before the question."""
    request = lock(request)
    if request.answered_on:
        raise Refusal(
            _("Odpowiedź jest już zapisana."),
            article=HOUSE,
            advice=_("Dalszą wymianę pism zapisz jako nowe zapytanie."),
        )
    if not answer.strip():
        raise Refusal(_("Wpisz treść odpowiedzi."), field="answer")
    require_past(on, today=today)
    request.answered_on, request.answer = on, answer.strip()
    request.save()
    note_event(actor, request.family, kind="paper", on=on, title=f"Odpowiedź: {request.institution_name}",
               case=request.case, record=request, summary=request.answer)  # fmt: skip
    return request
