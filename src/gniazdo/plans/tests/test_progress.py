"""Progress and attainment follow a goal through the versions of its plan."""

from datetime import date

import pytest

from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import NotAllowed, NotHere, Refusal
from gniazdo.plans.actions.drafting import new_version
from gniazdo.plans.actions.progress import evaluate_goal, record_progress
from gniazdo.plans.models import Goal, PlanTask
from gniazdo.plans.queries import content_of, goal_states, plan_in_lines
from gniazdo.plans.tests.factories import make_plan_in_force


@pytest.fixture
def goal(cast, anna, case):
    return make_plan_in_force(anna, case, on=cast.today).goals.order_by("order")[0]


def test_progress_marks_the_task_and_the_goal(cast, anna, case, goal):
    task = goal.tasks.order_by("order")[0]
    record_progress(anna, goal, on=cast.today, today=cast.today, state="DONE", comment="Plecaki stoją", task=task)
    assert PlanTask.objects.system().get(pk=task.pk).state == "DONE"
    line = plan_in_lines(case.pk)[0]
    assert (line.state, line.last_on) == ("wykonane", cast.today)
    assert JournalEntry.objects.filter(code="plans.progress.record", outcome="done").exists()


def test_a_goal_that_was_assessed_has_begun(cast, anna, case, goal):
    assert plan_in_lines(case.pk)[0].state == "nierozpoczęte"
    evaluate_goal(anna, goal, on=cast.today, today=cast.today, degree=80)
    line = plan_in_lines(case.pk)[0]
    assert (line.state, line.degree) == ("w trakcie", 80)


def test_wrong_entries_are_told(cast, anna, goal):
    with pytest.raises(Refusal, match="Zaznacz stan"):
        record_progress(anna, goal, on=cast.today, today=cast.today, state="")
    with pytest.raises(Refusal, match="w przyszłości"):
        record_progress(anna, goal, on=date(2027, 1, 1), today=cast.today, state="DONE")
    with pytest.raises(Refusal, match="stanu realizacji"):
        record_progress(anna, goal, on=cast.today, today=cast.today, state="COKOLWIEK")
    other = Goal.objects.system().exclude(pk=goal.pk).order_by("order")[0]
    with pytest.raises(Refusal, match="innego celu"):
        record_progress(anna, goal, on=cast.today, today=cast.today, state="DONE", task=other.tasks.order_by("id")[0])


def test_strangers_write_no_progress(cast, goal):
    with pytest.raises(NotAllowed):
        record_progress(cast.actor("adam"), goal, on=cast.today, today=cast.today, state="DONE")
    with pytest.raises(NotHere):
        record_progress(cast.actor("olga"), goal, on=cast.today, today=cast.today, state="DONE")


def test_a_low_degree_asks_why(cast, anna, goal):
    with pytest.raises(Refusal, match="przyczynę"):
        evaluate_goal(anna, goal, on=cast.today, today=cast.today, degree=20)
    with pytest.raises(Refusal, match="od 0 do 100"):
        evaluate_goal(anna, goal, on=cast.today, today=cast.today, degree=120)
    evaluate_goal(anna, goal, on=cast.today, today=cast.today, degree=20, cause="Choroba mamy")
    assert goal_states(goal.version.plan)[str(goal.root)].attainment.degree == 20


def test_progress_follows_the_goal_into_the_new_version(cast, anna, case, goal):
    record_progress(anna, goal, on=cast.today, today=cast.today, state="IN_PROGRESS")
    newer = new_version(anna, goal.version.plan, reason="Zmiana", on=cast.today)
    root = content_of(newer).goals[0].root
    assert [e.state for e in goal_states(newer.plan)[root].entries] == ["IN_PROGRESS"]
