"""Makers of plans for tests."""

from __future__ import annotations

from datetime import date

from gniazdo.access.actions import system_act
from gniazdo.access.rules import Actor
from gniazdo.cases.models import CaseFile
from gniazdo.plans.actions.approval import agree, approve_version, submit_for_approval
from gniazdo.plans.actions.drafting import edit_draft, start_plan
from gniazdo.plans.models import PlanVersion
from gniazdo.plans.rules import Content, Effect, Goal, Task

FULL = Content(
    main_goal="Dzieci zostają w domu, a mama radzi sobie z codziennością.",
    since=date(2026, 9, 1),
    until=date(2027, 2, 28),
    consulted_with="Piotr Socjalny",
    goals=(
        Goal(
            wording="Dzieci chodzą do szkoły codziennie i na czas",
            area="SCHOOL",
            family_words="Rano nie mogę ich dobudzić.",
            priority="1",
            tasks=(
                Task(description="Wieczorem pakuje z dziećmi plecaki", frequency="codziennie"),
                Task(description="Umówi rozmowę z pedagogiem", doer="ASSISTANT", due_on=date(2026, 10, 15)),
            ),
            effects=(Effect(indicator="Nie więcej niż dwa spóźnienia w miesiącu", measured="dziennik elektroniczny"),),
        ),
        Goal(
            wording="Rodzina spłaca zaległości za mieszkanie",
            area="BUDGET",
            tasks=(Task(description="Podpisze ugodę ze spółdzielnią", due_on=date(2026, 11, 30)),),
            effects=(Effect(indicator="Raty wpływają co miesiąc", measured="wyciąg z konta"),),
        ),
    ),
)


def make_draft(actor: Actor, case: CaseFile, *, on: date, content: Content = FULL) -> PlanVersion:
    """A written draft of a family plan."""
    return edit_draft(actor, start_plan(actor, case, on=on), content=content)


def make_plan_in_force(writer: Actor, case: CaseFile, *, on: date, content: Content = FULL) -> PlanVersion:
    """An approved family plan, without moving the case."""
    version = agree(writer, make_draft(writer, case, on=on, content=content), on=on, today=on)
    version = submit_for_approval(writer, version, on=on)
    with system_act("test"):
        return approve_version(writer, version, on=on)
