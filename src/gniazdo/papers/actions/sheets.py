"""Verbs of sheets: start, save a draft, make final, correct, replace, void."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gniazdo.access.actions import action, lock
from gniazdo.access.rules import HOUSE, Actor, NotAllowed, NotHere, Refusal
from gniazdo.cases.actions import note_event
from gniazdo.cases.models import CaseFile
from gniazdo.papers.actions.numbers import next_number
from gniazdo.papers.models import SheetRecord, SheetRevision
from gniazdo.papers.queries import STARTERS, WRITERS, may_write, sheet_for, stranger_in
from gniazdo.papers.rules import completeness, newest, sha256_of, validate
from gniazdo.people.models import Family, Person


class NotComplete(Refusal):
    """A sheet cannot become final: `wrong` maps each place to its sentence."""

    wrong: Mapping[str, str]


def _writer(actor: Actor, record: SheetRecord) -> None:
    if not may_write(actor, record.declaration):
        raise NotAllowed(
            _("Tę kartę wypełnia kto inny: Twoja rola na to nie pozwala."),
            article=HOUSE,
            advice=_("Poproś osobę, która ma do tego rolę, albo kierownika."),
        )


def _as_draft(record: SheetRecord, rev: int | None = None) -> SheetRecord:
    fresh = lock(record, rev=rev)
    if fresh.status != "draft":
        raise Refusal(
            _("Ta karta nie jest już szkicem."),
            advice=_("Aby coś zmienić, otwórz ją do poprawki albo utwórz nową wersję."),
            article=HOUSE,
        )
    return fresh


@action("papers.sheet.start", label="Rozpocznij kartę", who=STARTERS)
def start_sheet(
    actor: Actor, subject: CaseFile | Family, *, code: str, on: date, prefill: Mapping[str, Any] | None = None,
    about_person: Person | None = None, period_from: date | None = None, period_to: date | None = None,
) -> SheetRecord:  # fmt: skip
    """A new draft of the newest version of sheet `code`, in a case (or for a family, where the sheet needs no case).

    What the sheet's own prefill gives is put in first, then `prefill`. Raises NotAllowed when the post's roles do not
    write this sheet, Refusal when the state of the case does not admit it.
    """
    sheet = newest(code)
    case = subject if isinstance(subject, CaseFile) else None
    family: Family = subject.family if isinstance(subject, CaseFile) else subject
    if not may_write(actor, sheet):
        raise NotAllowed(
            _("Tę kartę wypełnia kto inny: Twoja rola na to nie pozwala."),
            article=HOUSE,
            advice=_("Poproś osobę, która ma do tego rolę, albo kierownika."),
        )
    if case is None and sheet.needs_case:
        raise Refusal(
            _("Tę kartę prowadzi się w sprawie. Otwórz najpierw sprawę rodziny."),
            article=HOUSE,
            advice=_("Sprawy rodziny są na jej stronie; jeśli jej nie ma, zacznij od zgłoszenia."),
        )
    if case is not None and sheet.states and case.state not in sheet.states:
        raise Refusal(
            _("Tej karty nie wypełnia się w obecnym stanie sprawy."),
            article=HOUSE,
            advice=_("Zobacz bieg sprawy: karta będzie na liście, gdy przyjdzie jej kolej."),
        )
    record = SheetRecord(
        institution_id=actor.institution_id, family=family, case=case, about_person=about_person, code=code,
        version=sheet.version, for_registry=sheet.registry, started_on=on, period_from=period_from, period_to=period_to,
        author_id=None if actor.is_system else actor.post_id,
    )  # fmt: skip
    given = dict(sheet.prefill(actor, record, on)) if sheet.prefill else {}
    record.answers = given | dict(prefill or {})
    record.prefilled = dict(record.answers)
    record.save()
    return record


def clean_text(value: Any) -> Any:
    """The same content without the one character databases refuse (NUL)."""
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, Mapping):
        return {str(k).replace("\x00", ""): clean_text(v) for k, v in value.items()}
    return [clean_text(one) for one in value] if isinstance(value, list | tuple) else value


@action("papers.sheet.save", label="Zapisz szkic karty", who=WRITERS)
def save_sheet(
    actor: Actor, record: SheetRecord, *, answers: Mapping[str, Any], rev: int | None,
    period_from: date | None = None, period_to: date | None = None,
) -> SheetRecord:  # fmt: skip
    """Keep the draft as it stands, complete or not, right or wrong. `rev` is the revision the writer started from.

    Raises Conflict (with the other version) when somebody saved since, Refusal when the sheet is no draft any more,
    NotHere when the answers name somebody of whom the actor may not know.
    """
    _writer(actor, record)
    stranger = stranger_in(actor, record, answers)
    if stranger:
        raise NotHere(stranger[0], {"code": "papers.sheet.save", "id": stranger[1]})
    fresh = _as_draft(record, rev)
    fresh.answers = clean_text(answers)
    if period_from or period_to:
        fresh.period_from, fresh.period_to = period_from, period_to
    fresh.save()
    return fresh


@action("papers.sheet.finalise", label="Zakończ wypełnianie karty", who=WRITERS)
def finalise_sheet(
    actor: Actor, record: SheetRecord, *, on: date, rev: int | None = None, reason: str = ""
) -> SheetRecord:
    """Make the draft final: numbered in the register of the year, frozen with its hash, on the timeline; then the
    sheet's own `on_final(actor, record, on)` runs in the same transaction (again for each corrected revision).

    Raises NotComplete listing what is missing or wrong, Refusal when it is no draft, Conflict with a stale `rev`.
    """
    _writer(actor, record)
    fresh = _as_draft(record, rev)
    sheet = sheet_for(fresh)
    _refuse_incomplete(fresh)
    if on < fresh.started_on:
        raise Refusal(_("Data sporządzenia nie może być wcześniejsza niż rozpoczęcie karty."), field="on")
    if not fresh.number:
        fresh.year, fresh.number = on.year, next_number(fresh.institution_id, fresh.code, on.year)
    fresh.status, fresh.finalised_on, fresh.revision = "final", on, fresh.revision + 1
    fresh.sha256 = sha256_of(fresh.answers)
    if sheet.summary:
        fresh.summary = str(sheet.summary(fresh.answers))[:300]
    fresh.save()
    SheetRevision(
        institution_id=fresh.institution_id, sheet=fresh, revision=fresh.revision, answers=fresh.answers,
        sha256=fresh.sha256, finalised_on=on, reason=reason[:300], by_id=None if actor.is_system else actor.post_id,
    ).save()  # fmt: skip
    _replace_old(fresh)
    title = sheet.title if fresh.revision == 1 else _("Poprawiono: %s") % sheet.title
    note_event(
        actor, fresh.family, kind=sheet.event_kind, on=on, title=title, case=fresh.case, record=fresh,
        summary=fresh.summary, url_name=sheet.view_url or "papers:sheet-view",
    )  # fmt: skip
    if sheet.on_final:
        sheet.on_final(actor, fresh, on)
    return fresh


def _refuse_incomplete(record: SheetRecord) -> None:
    sheet = sheet_for(record)
    wrong: dict[str, str] = dict(validate(sheet, record.answers, final=True))
    if sheet.has_period and not (record.period_from and record.period_to):
        wrong["@period"] = _("Podaj okres, za który jest karta.")
    if not wrong:
        return
    names = [missing.label for missing in completeness(sheet, record.answers)[1]]
    listed = ", ".join(dict.fromkeys(names[:12]))
    refusal = NotComplete(
        _("Karta nie jest jeszcze kompletna. Brakuje: %s.") % listed if listed else _("Popraw zaznaczone odpowiedzi."),
        article=HOUSE,
        advice=_("Szkic jest zapisany; możesz go dokończyć później."),
    )
    refusal.wrong = wrong
    raise refusal


def _replace_old(record: SheetRecord) -> None:
    if record.replaces_id and record.revision == 1:
        old = SheetRecord.objects.system().select_for_update().get(pk=record.replaces_id)
        old.status = "replaced"
        old.save()


@action("papers.sheet.reopen", label="Otwórz kartę do poprawki", who=WRITERS)
def reopen_sheet(actor: Actor, record: SheetRecord, *, rev: int | None = None) -> SheetRecord:
    """Open a final, unsigned sheet for a correction; the old revision stays readable. Raises Refusal when signed."""
    _writer(actor, record)
    fresh = lock(record, rev=rev)
    if fresh.status == "signed":
        raise Refusal(
            _("Karta jest podpisana i nie można jej zmienić."),
            advice=_("Utwórz nową wersję, która ją zastąpi."),
            article=HOUSE,
        )
    if fresh.status != "final":
        raise Refusal(
            _("Do poprawki można otworzyć tylko kartę gotową."),
            article=HOUSE,
            advice=_("Szkic poprawiasz od razu; do karty nieważnej utwórz nową wersję."),
        )
    fresh.status = "draft"
    fresh.save()
    return fresh


@action("papers.sheet.replace", label="Utwórz nową wersję karty", who=WRITERS)
def replace_sheet(actor: Actor, record: SheetRecord, *, on: date) -> SheetRecord:
    """A new draft that will take the place of a final or signed sheet when it is final itself. Raises Refusal otherwise."""
    _writer(actor, record)
    fresh = lock(record)
    if fresh.status not in ("final", "signed"):
        raise Refusal(
            _("Nową wersję tworzy się z karty gotowej lub podpisanej."),
            article=HOUSE,
            advice=_("Najpierw zakończ wypełnianie tej karty."),
        )
    waiting = SheetRecord.objects.system().filter(replaces=fresh, status="draft").order_by("id").first()
    if waiting:
        return waiting
    made = SheetRecord(
        institution_id=fresh.institution_id, family_id=fresh.family_id, case_id=fresh.case_id, code=fresh.code,
        version=newest(fresh.code).version, for_registry=fresh.for_registry, started_on=on, answers=fresh.answers,
        prefilled=fresh.answers, about_person_id=fresh.about_person_id, period_from=fresh.period_from,
        period_to=fresh.period_to, replaces=fresh, author_id=None if actor.is_system else actor.post_id,
    )  # fmt: skip
    made.save()
    return made


@action("papers.sheet.void", label="Unieważnij kartę", who=WRITERS)
def void_sheet(actor: Actor, record: SheetRecord, *, reason: str, on: date) -> SheetRecord:
    """Void a sheet with a reason: it stays readable and counts no more. A signed one only the manager voids."""
    fresh = lock(record)
    if not reason.strip():
        raise Refusal(_("Podaj powód unieważnienia."), field="reason")
    if fresh.status in ("void", "replaced"):
        raise Refusal(
            _("Ta karta już nie obowiązuje."),
            article=HOUSE,
            advice=_("Otwórz obowiązującą wersję karty w teczce rodziny."),
        )
    if fresh.status == "signed" and not (actor.is_system or actor.has_role("manager")):
        raise NotAllowed(
            _("Podpisaną kartę może unieważnić tylko kierownik jednostki."),
            article=HOUSE,
            advice=_("Poproś kierownika i podaj mu powód."),
        )
    was_draft = fresh.revision == 0
    fresh.status, fresh.void_reason = "void", reason.strip()[:300]
    fresh.save()
    if not was_draft:
        note_event(
            actor, fresh.family, kind="paper", on=on, title=f"Unieważniono: {fresh.declaration.title}",
            case=fresh.case, record=fresh, summary=fresh.void_reason, url_name="papers:sheet-view",
        )  # fmt: skip
    return fresh
