"""Verbs about how a plan goes: progress of goals and tasks, attainment of a goal."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from gniazdo.access.actions import action, lock
from gniazdo.access.rules import HOUSE, Actor, Refusal
from gniazdo.plans.models import Goal, GoalAttainment, PlanTask, PlanVersion, Progress
from gniazdo.plans.queries import CAN_WRITE
from gniazdo.plans.vocab import PROGRESS
from gniazdo.platform.models import Record


def _require_in_force(goal: Goal) -> PlanVersion:
    version = goal.version
    if version.status == "superseded":
        raise Refusal(
            _("Ta wersja planu została zastąpiona: zapisz realizację przy celu w nowej wersji."),
            article=HOUSE,
            advice=_("Otwórz obowiązującą wersję planu i zapisz realizację przy tym samym celu."),
        )
    return version


def progress_entry(
    actor: Actor, goal: Goal, *, on: date, state: str, comment: str = "", task: PlanTask | None = None,
    source: Record | None = None,
) -> Progress:  # fmt: skip
    """A building block: one unsaved entry about a goal, or a task under it, with the record it came from."""
    if state and state not in PROGRESS:
        raise Refusal(_("Nie ma takiego stanu realizacji."), field="state")
    if task and task.goal_id != goal.pk:
        raise Refusal(_("To zadanie należy do innego celu."), field="task")
    version = _require_in_force(goal)
    return Progress(
        institution_id=goal.institution_id, family_id=goal.family_id, plan_id=version.plan_id, goal=goal, task=task,
        root=goal.root, task_root=task.root if task else None, on=on, state=state, comment=comment,
        source_kind=source._meta.label_lower if source else "", source_id=source.pk if source else None,
        by_id=None if actor.is_system else actor.post_id,
    )  # fmt: skip


@action("plans.progress.record", label="Zapisz realizację planu", who=CAN_WRITE)
def record_progress(
    actor: Actor, goal: Goal, *, on: date, today: date, state: str, comment: str = "", task: PlanTask | None = None
) -> Progress:
    """How a goal or one of its tasks goes, on a day not in the future. Raises Refusal."""
    if on > today:
        raise Refusal(_("Data realizacji nie może być w przyszłości."), field="on")
    if not state and not comment.strip():
        raise Refusal(_("Zaznacz stan albo napisz komentarz."), field="state")
    made = progress_entry(actor, goal, on=on, state=state, comment=comment.strip(), task=task)
    made.save()
    if task and state and task.state != state:
        task = lock(task)
        task.state = state
        task.save()
    return made


def needs_cause(degree: int | None) -> bool:
    """A goal reached by less than half asks why."""
    return degree is not None and degree < 50


def attainment_entry(
    actor: Actor, goal: Goal, *, on: date, degree: int, cause: str = "", change: str = ""
) -> GoalAttainment:
    """A building block: one unsaved evaluation of a goal, 0–100 %. Raises Refusal outside it, without a needed cause,
    or for a goal of a version no longer in force."""
    if not 0 <= degree <= 100:
        raise Refusal(_("Stopień osiągnięcia celu podaje się od 0 do 100 procent."), field="degree")
    if needs_cause(degree) and not cause.strip():
        raise Refusal(_("Cel osiągnięto w mniej niż połowie: zapisz przyczynę."), field="cause")
    version = _require_in_force(goal)
    return GoalAttainment(
        institution_id=goal.institution_id, family_id=goal.family_id, plan_id=version.plan_id, goal=goal,
        root=goal.root, on=on, degree=degree, cause=cause.strip(), change=change.strip(),
        by_id=None if actor.is_system else actor.post_id,
    )  # fmt: skip


@action("plans.goal.evaluate", label="Oceń osiągnięcie celu", who=CAN_WRITE)
def evaluate_goal(
    actor: Actor, goal: Goal, *, on: date, today: date, degree: int, cause: str = "", change: str = ""
) -> GoalAttainment:
    """How far the goal is reached, 0–100 %. Below 50 the cause must be named. Raises Refusal."""
    if on > today:
        raise Refusal(_("Data ewaluacji nie może być w przyszłości."), field="on")
    made = attainment_entry(actor, goal, on=on, degree=degree, cause=cause, change=change)
    made.save()
    return made
