"""On what the work rests: the family's consent and its withdrawal, a court's obligation and its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gniazdo.access.actions import action
from gniazdo.access.rules import HOUSE, Actor, Refusal
from gniazdo.assistance.actions.steps import (
    ART_8,
    KRO_109,
    details,
    end_all_assignments,
    move,
    open_assignments,
    require_past,
)
from gniazdo.assistance.models import AssistanceCase, CourtRequest
from gniazdo.assistance.process import ASSISTANCE
from gniazdo.assistance.queries.who import ANALYSES, WORKS
from gniazdo.assistance.rules import Resignation, resignation_outcome
from gniazdo.cases.actions import note_event
from gniazdo.cases.models import CaseFile

BEFORE_PLAN = ("APPLIED", "WAITING", "ASSIGNED", "DIAGNOSIS", "PLANNED")


@dataclass(frozen=True, slots=True)
class Ruling:
    """A court's obligation to work with an assistant: whose, what, how it is controlled, when reports are due."""

    court: str
    docket: str
    on: date
    scope: str = ""
    control: str = ""
    final_on: date | None = None
    report_dates: Sequence[date] = ()


def _require_open(case: CaseFile) -> None:
    if ASSISTANCE.states[case.state].final:
        raise Refusal(
            _("Ta sprawa jest zakończona: %s.") % ASSISTANCE.label_of(case.state),
            article=HOUSE,
            advice=_("Jeśli rodzina znów potrzebuje pomocy, kierownik wznawia pracę w nowej, powiązanej sprawie."),
        )


@action("assistance.consent.record", label="Zapisz zgodę rodziny", who=WORKS)
def record_consent(actor: Actor, case: CaseFile, *, on: date, today: date, note: str = "") -> AssistanceCase:
    """The family agrees to work with an assistant (art. 8 ust. 3). Raises Refusal for a closed case or a future day."""
    _require_open(case)
    require_past(on, today=today)
    row = details(case)
    row.consent_given_on, row.consent_withdrawn_on, row.readiness = on, None, "YES"
    if not row.is_court_bound:
        row.basis = "CONSENT"
    row.save()
    note_event(
        actor, case.family, kind="paper", on=on, title="Rodzina zgodziła się na pracę z asystentem", case=case,
        record=row, summary=note, significant=True,
    )  # fmt: skip
    return row


def correct_consent_day(case: CaseFile, *, on: date, today: date) -> None:
    """A building block: the paper of the consent was corrected, so its day is. A consent withdrawn since stays as it is.

    Raises Refusal for a future day.
    """
    require_past(on, today=today, field="given_on")
    row = details(case)
    if row.consent_given_on and row.consent_given_on != on and not row.consent_withdrawn_on:
        row.consent_given_on = on
        row.save()


@action("assistance.consent.withdraw", label="Zapisz rezygnację rodziny", who=WORKS)
def withdraw_consent(actor: Actor, case: CaseFile, *, on: date, note: str, today: date) -> CaseFile:
    """The family resigns. Work on consent ends: before the plan at once, later by closing with the reason "resigned".

    Work a court ordered goes on, and a report to the court becomes due at once (KRO art. 109 § 4).
    Raises Refusal without a reason, for a future day or a state in which nothing can be resigned from.
    """
    _require_open(case)
    require_past(on, today=today)
    if not note.strip():
        raise Refusal(_("Zapisz, co rodzina powiedziała o powodach."), field="note")
    row = details(case)
    if resignation_outcome(court_ordered=row.is_court_bound) is Resignation.REPORT_TO_COURT:
        return _stay_and_report(actor, case, row, on=on, note=note)
    if row.consent_given_on is None or row.consent_given_on <= on:
        row.consent_withdrawn_on = on if row.consent_given_on else None
        row.save()
    else:
        raise Refusal(_("Zgody nie można cofnąć przed dniem jej udzielenia."), field="on")
    if case.state in BEFORE_PLAN:
        case = move(actor, case, "family_withdraws", on=on, note=note, ended_on=on, end_reason="RESIGN", end_note=note)
        end_all_assignments(actor, case, on=on, reason="rodzina zrezygnowała")
        return case
    return move(
        actor, case, "start_closing", on=on, note=note, title="Rodzina zrezygnowała ze współpracy",
        end_reason="RESIGN", end_note=note,
    )  # fmt: skip


def _stay_and_report(actor: Actor, case: CaseFile, row: AssistanceCase, *, on: date, note: str) -> CaseFile:
    row.consent_withdrawn_on = on if row.consent_given_on and row.consent_given_on <= on else row.consent_withdrawn_on
    row.readiness = "NO"
    row.save()
    assistant = next(iter(open_assignments(case, "ASSISTANT")), None)
    request = CourtRequest(
        institution_id=case.institution_id, family_id=case.family_id, case=case, kind="REPORT", court=row.ruling_court,
        docket=row.ruling_docket, received_on=on, due_on=on, responsible=assistant.post if assistant else None,
        note=f"Rodzina odmawia współpracy mimo zobowiązania sądu. {note}",
    )  # fmt: skip
    request.save()
    note_event(
        actor, case.family, kind="court", on=on, title="Rodzina odmawia współpracy: sprawozdanie do sądu", case=case,
        record=request, summary=note, significant=True, url_name="assistance:court-view",
    )  # fmt: skip
    return case


@action("assistance.case.court_obliges", label="Zapisz zobowiązanie sądu", who=ANALYSES)
def court_obliges(actor: Actor, case: CaseFile, *, ruling: Ruling, on: date, today: date) -> CaseFile:
    """A court obliged the family to work with an assistant (KRO art. 109 § 2 pkt 1): without consent, with control.

    From "court notified" the case goes to the head; during the interview or the work only the basis changes.
    Each report date becomes a duty. Raises Refusal for missing court or docket, a future ruling, a closed case.
    """
    _require_open(case)
    if not ruling.court.strip() or not ruling.docket.strip():
        raise Refusal(_("Podaj sąd i sygnaturę akt."), field="docket" if ruling.court.strip() else "court")
    require_past(ruling.on, today=today, field="ruling_on")
    if case.state == "COURT_NOTIFIED":
        case = move(actor, case, "court_obliges", on=on, applied_on=on)
    row = details(case)
    row.basis, row.ruling_court, row.ruling_docket, row.ruling_on = (
        "COURT",
        ruling.court.strip(),
        ruling.docket.strip(),
        ruling.on,
    )
    row.ruling_scope, row.ruling_control = ruling.scope, ruling.control
    row.ruling_final_on, row.ruling_ends_on = ruling.final_on, None
    row.save()
    for day in sorted(set(ruling.report_dates)):
        CourtRequest(
            institution_id=case.institution_id, family_id=case.family_id, case=case, kind="REPORT", court=row.ruling_court,
            docket=row.ruling_docket, letter_on=ruling.on, received_on=on, due_on=day,
        ).save()  # fmt: skip
    note_event(
        actor, case.family, kind="court", on=on, title=f"Sąd zobowiązał rodzinę do pracy z asystentem ({row.ruling_docket})",
        case=case, record=row, significant=True,
    )  # fmt: skip
    return case


@action("assistance.ruling.end", label="Zapisz wygaśnięcie zobowiązania sądu", who=ANALYSES)
def end_ruling(actor: Actor, case: CaseFile, *, on: date, note: str) -> AssistanceCase:
    """The court lifted its obligation: from now on the work rests on consent. Raises Refusal when there is none in force."""
    row = details(case)
    if not row.is_court_bound:
        raise Refusal(
            _("W tej sprawie nie obowiązuje zobowiązanie sądu."),
            article=KRO_109,
            advice=_("Sprawdź podstawę pracy w sprawie: zobowiązanie mogło już wygasnąć."),
        )
    if row.ruling_on and on < row.ruling_on:
        raise Refusal(_("Zobowiązanie nie mogło wygasnąć przed jego wydaniem."), field="on")
    row.ruling_ends_on = on
    if row.consent_given_on and not row.consent_withdrawn_on:
        row.basis = "CONSENT"
    row.save()
    note_event(
        actor, case.family, kind="court", on=on, title="Zobowiązanie sądu wygasło", case=case, record=row, summary=note,
        significant=True,
    )  # fmt: skip
    return row


@action("assistance.minor.record", label="Zapisz małoletniego rodzica z placówki", who=ANALYSES)
def record_minor_parent(actor: Actor, case: CaseFile, *, facility: str, on: date) -> AssistanceCase:
    """The parent is a minor leaving such a centre: the head must assign an assistant (art. 11 ust. 1a). Raises Refusal."""
    _require_open(case)
    if not facility:
        raise Refusal(_("Wybierz placówkę, którą opuszcza małoletni rodzic."), article=ART_8, field="facility")
    row = details(case)
    row.minor_facility = facility
    row.basis = row.basis or "MINOR"
    row.save()
    note_event(
        actor, case.family, kind="state", on=on, title="Obowiązkowy przydział: małoletni rodzic", case=case, record=row,
        significant=True,
    )  # fmt: skip
    return row
