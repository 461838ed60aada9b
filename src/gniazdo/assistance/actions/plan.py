"""Verbs of the family plan that also move the case: handing it in, approving it, returning it."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from gniazdo.access.actions import action
from gniazdo.access.rules import HOUSE, Actor, Refusal
from gniazdo.assistance.process import ASSISTANCE
from gniazdo.cases.actions import move_case
from gniazdo.papers.queries import final_answers
from gniazdo.plans.actions.approval import approve_version, return_with_reason, submit_for_approval
from gniazdo.plans.models import PlanVersion
from gniazdo.plans.queries import CAN_APPROVE, CAN_WRITE

DIAGNOSIS = "assistance.diagnosis"


@action("assistance.plan.submit", label="Przedstaw plan pracy z rodziną", who=CAN_WRITE)
def submit_family_plan(actor: Actor, version: PlanVersion, *, on: date) -> PlanVersion:
    """Hand in a family plan; the first one ends the diagnosis. Raises IncompletePlan, or Refusal without a diagnosis."""
    case = version.plan.case
    if case.state == "DIAGNOSIS" and final_answers(case.pk, DIAGNOSIS) is None:
        raise Refusal(
            _("Najpierw zakończ diagnozę sytuacji rodziny: plan na niej stoi."),
            advice=_("Diagnozę znajdziesz w sprawie, w kartach do wypełnienia."),
            article=HOUSE,
        )
    version = submit_for_approval(actor, version, on=on)
    if case.state == "DIAGNOSIS":
        move_case(actor, case, ASSISTANCE, "finish_diagnosis", on=max(on, case.state_since))
    return version


@action("assistance.plan.approve", label="Zatwierdź plan pracy z rodziną", who=CAN_APPROVE)
def approve_family_plan(actor: Actor, version: PlanVersion, *, on: date) -> PlanVersion:
    """The head of the unit or team approves (art. 15 ust. 3): the version comes into force; the first one starts the
    work. Raises IncompletePlan, Refusal when the case does not stand at a plan.
    """
    case = version.plan.case
    if case.state not in ("PLANNED", "ACTIVE", "SUSPENDED"):
        raise Refusal(
            _("Sprawa jest w stanie „%s”, a plan zatwierdza się po diagnozie.") % ASSISTANCE.label_of(case.state),
            article=HOUSE,
            advice=_("Dokończ wcześniejszy krok sprawy: przydział asystenta i diagnozę."),
        )
    version = approve_version(actor, version, on=on)
    if case.state == "PLANNED":
        move_case(actor, case, ASSISTANCE, "approve_plan", on=max(on, case.state_since))
    return version


@action("assistance.plan.return", label="Zwróć plan pracy z rodziną", who=CAN_APPROVE | CAN_WRITE)
def return_family_plan(actor: Actor, version: PlanVersion, *, reason: str, on: date) -> PlanVersion:
    """Back to its author with a reason; a first plan takes the case back to the diagnosis. Raises Refusal."""
    case = version.plan.case
    version = return_with_reason(actor, version, reason=reason, on=on)
    if case.state == "PLANNED":
        move_case(actor, case, ASSISTANCE, "return_plan", on=max(on, case.state_since), note=reason)
    return version
