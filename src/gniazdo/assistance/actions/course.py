"""What happens on the way: suspension, a child placed in care, transfer to another centre."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from gniazdo.access.actions import action
from gniazdo.access.rules import HOUSE, Actor, Refusal
from gniazdo.assistance.actions.steps import details, end_all_assignments, move, require_state
from gniazdo.assistance.models import AssistanceCase
from gniazdo.assistance.process import ASSISTANCE
from gniazdo.assistance.queries.who import DISPOSES, WORKS
from gniazdo.assistance.vocab import SUSPENSION_REASONS
from gniazdo.cases.actions import note_event
from gniazdo.cases.models import CaseFile, Transition

UWRSPZ_10_4 = "art. 10 ust. 4 uwrspz"


@action("assistance.case.suspend", label="Zawieś pracę z rodziną", who=WORKS)
def suspend_case(actor: Actor, case: CaseFile, *, reason: str, note: str, on: date) -> CaseFile:
    """Work stops for a time: hospital, prison, abroad, no contact (practice 2.1). Raises Refusal without a reason."""
    if reason not in SUSPENSION_REASONS:
        raise Refusal(_("Wybierz powód zawieszenia."), field="reason")
    said = SUSPENSION_REASONS.polish_of(reason)
    full = f"{said}: {note.strip()}" if note.strip() else said
    return move(actor, case, "suspend", on=on, note=full, suspended_on=on, suspended_reason=full[:300])


@action("assistance.case.resume", label="Wznów pracę z rodziną", who=WORKS)
def resume_case(actor: Actor, case: CaseFile, *, on: date, note: str = "") -> CaseFile:
    """The family is back: work goes on where it stood, on the plan or, when it had none, from the diagnosis."""
    require_state(case, "SUSPENDED", act=_("wznowić pracy"))
    step = "resume" if had_plan(case) else "resume_diagnosis"
    return move(actor, case, step, on=on, note=note, suspended_on=None, suspended_reason="")


def had_plan(case: CaseFile) -> bool:
    """Whether a plan was ever approved in the case."""
    return Transition.objects.system().filter(case_id=case.pk, target="ACTIVE").exists()


@action("assistance.case.resume_diagnosis", label="Wznów pracę od diagnozy", who=WORKS)
def resume_from_diagnosis(actor: Actor, case: CaseFile, *, on: date, note: str = "") -> CaseFile:
    """The family is back after long, or changed: begin again from the diagnosis. Raises Refusal."""
    return move(actor, case, "resume_diagnosis", on=on, note=note, suspended_on=None, suspended_reason="")


@action("assistance.child.placed", label="Zapisz umieszczenie dziecka w pieczy", who=WORKS)
def child_placed(actor: Actor, case: CaseFile, *, on: date, note: str = "") -> AssistanceCase:
    """A child of the family went into care: the work goes on (art. 10 ust. 4), its plan is agreed with the coordinator."""
    if ASSISTANCE.states[case.state].final:
        require_state(case, act=_("zapisać umieszczenia"))
    row = details(case)
    if row.care_since and not row.care_until:
        raise Refusal(
            _("Umieszczenie dziecka jest już zapisane."),
            article=UWRSPZ_10_4,
            advice=_("Gdy dziecko wróci do domu, zapisz powrót; dopiero potem można zapisać następne umieszczenie."),
        )
    row.care_since, row.care_until = on, None
    row.save()
    note_event(actor, case.family, kind="family", on=on, title="Dziecko umieszczono w pieczy zastępczej", case=case,
               record=row, summary=note, significant=True)  # fmt: skip
    return row


@action("assistance.child.returned", label="Zapisz powrót dziecka z pieczy", who=WORKS)
def child_returned(actor: Actor, case: CaseFile, *, on: date, note: str = "") -> AssistanceCase:
    """The child is home again. Raises Refusal when no placement is open or the day is before it."""
    row = details(case)
    if not row.care_since or row.care_until:
        raise Refusal(
            _("W tej sprawie nie ma zapisanego trwającego umieszczenia dziecka."),
            article=HOUSE,
            advice=_("Najpierw zapisz umieszczenie dziecka albo odśwież stronę: powrót mógł już zostać zapisany."),
        )
    row.care_until = on
    row.save()
    note_event(actor, case.family, kind="family", on=on, title="Dziecko wróciło do rodziny", case=case, record=row,
               summary=note, significant=True)  # fmt: skip
    return row


@action("assistance.case.transfer", label="Przekaż sprawę innej jednostce", who=DISPOSES)
def transfer_case(actor: Actor, case: CaseFile, *, to: str, note: str, on: date) -> CaseFile:
    """The family leaves the area: the file ends here with a letter to the centre of the new place. Raises Refusal.

    What is shared with that centre travels by the letter; a joint file between institutions is a matter of its own.
    """
    if not to.strip():
        raise Refusal(_("Podaj jednostkę, której przekazujesz sprawę."), field="to")
    case = move(actor, case, "transfer", on=on, note=note, transferred_to=to.strip(), ended_on=on, end_reason="MOVE",
                end_note=note)  # fmt: skip
    end_all_assignments(actor, case, on=on, reason=f"przekazano: {to.strip()[:200]}")
    return case


@action("assistance.case.plan_dates", label="Ustal planowane zakończenie", who=WORKS)
def set_planned_end(actor: Actor, case: CaseFile, *, planned_end_on: date | None, today: date) -> AssistanceCase:
    """When the work is expected to end. Raises Refusal for a day gone by."""
    if planned_end_on and planned_end_on < today:
        raise Refusal(_("Planowane zakończenie nie może być w przeszłości."), field="planned_end_on")
    row = details(case)
    row.planned_end_on = planned_end_on
    row.save()
    return row
