"""Starting a plan, editing its draft, drawing goals, beginning a new version."""

from dataclasses import replace

import pytest

from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import Conflict, NotAllowed, NotHere, Refusal
from gniazdo.cases.models import Event
from gniazdo.people.tests.factories import make_person
from gniazdo.plans.actions.drafting import draw_from_diagnosis, edit_draft, new_version, start_plan
from gniazdo.plans.models import Goal, PlanTask
from gniazdo.plans.queries import content_of, version_view
from gniazdo.plans.tests.factories import FULL, make_draft, make_plan_in_force


def test_starting_leaves_a_draft_a_journal_line_and_an_event(cast, anna, case):
    version = start_plan(anna, case, on=cast.today)
    assert (version.status, version.number) == ("draft", 1)
    assert JournalEntry.objects.filter(code="plans.plan.start", subject_id=case.family_id).exists()
    assert Event.objects.system().filter(kind="plan", record_id=version.plan_id).exists()


def test_a_case_has_one_family_plan(cast, anna, case):
    start_plan(anna, case, on=cast.today)
    with pytest.raises(Refusal, match="ma już taki plan"):
        start_plan(anna, case, on=cast.today)


@pytest.mark.parametrize("name", ["maria", "zofia", "sonia", "adam", "daria", "artur"])
def test_only_those_who_work_with_the_family_write_its_plan(cast, case, name):
    with pytest.raises(NotAllowed):
        start_plan(cast.actor(name), case, on=cast.today)


def test_another_institution_does_not_learn_of_the_case(cast, case):
    with pytest.raises(NotHere):
        start_plan(cast.actor("olga"), case, on=cast.today)


def test_a_draft_says_exactly_what_was_written(cast, anna, case):
    version = make_draft(anna, case, on=cast.today)
    stored = content_of(version)
    assert [g.wording for g in stored.goals] == [g.wording for g in FULL.goals]
    assert stored.goals[0].tasks[1].due_on == FULL.goals[0].tasks[1].due_on
    shorter = replace(stored, goals=stored.goals[1:])
    edit_draft(anna, version, content=shorter)
    assert content_of(version).goals == shorter.goals


def test_saving_the_same_again_writes_no_goal(cast, anna, case):
    version = make_draft(anna, case, on=cast.today)
    before = list(Goal.objects.system().order_by("id").values_list("rev", flat=True))
    edit_draft(anna, version, content=content_of(version))
    assert list(Goal.objects.system().order_by("id").values_list("rev", flat=True)) == before


def test_the_second_to_save_meets_the_first(cast, anna, case):
    version = start_plan(anna, case, on=cast.today)
    edit_draft(anna, version, content=FULL, rev=version.rev)
    with pytest.raises(Conflict) as clash:
        edit_draft(anna, version, content=replace(FULL, main_goal="Inny"), rev=version.rev)
    assert clash.value.record.main_goal == FULL.main_goal


def test_a_stranger_cannot_be_the_one_a_goal_is_for(cast, anna, case):
    version = start_plan(anna, case, on=cast.today)
    stranger = make_person(cast.institution, "Obcy")
    goal = replace(FULL.goals[0], persons=(str(stranger.pk),))
    with pytest.raises(Refusal, match="nie należy do tej rodziny"):
        edit_draft(anna, version, content=replace(FULL, goals=(goal,)))


def test_a_goal_for_a_child_keeps_the_child(cast, anna, case, family):
    child = family.memberships.filter(role="CHILD").order_by("id").first().person
    version = start_plan(anna, case, on=cast.today)
    goal = replace(FULL.goals[0], persons=(str(child.pk),))
    edit_draft(anna, version, content=replace(FULL, goals=(goal,)))
    assert content_of(version).goals[0].persons == (str(child.pk),)
    edit_draft(anna, version, content=replace(content_of(version), goals=FULL.goals))
    assert content_of(version).goals[0].persons == ()


def test_a_period_out_of_order_is_told(cast, anna, case):
    version = start_plan(anna, case, on=cast.today)
    with pytest.raises(Refusal, match="po jego początku"):
        edit_draft(anna, version, content=replace(FULL, until=FULL.since))


def test_drawing_adds_a_goal_beside_unsaved_words(cast, anna, case):
    version = start_plan(anna, case, on=cast.today)
    draw_from_diagnosis(anna, version, area="CARE", wording="Posiłki", family_words="Gotuję rzadko.", content=FULL)
    goals = content_of(version).goals
    assert [g.area for g in goals] == ["SCHOOL", "BUDGET", "CARE"]
    assert goals[2].family_words == "Gotuję rzadko."


def test_a_signed_version_never_changes(cast, anna, case):
    version = make_plan_in_force(anna, case, on=cast.today)
    with pytest.raises(Refusal, match="nie jest już szkicem"):
        edit_draft(anna, version, content=FULL)


def test_a_new_version_needs_a_reason_and_starts_from_the_one_in_force(cast, anna, case):
    version = make_plan_in_force(anna, case, on=cast.today)
    with pytest.raises(Refusal, match="powód zmiany"):
        new_version(anna, version.plan, reason=" ", on=cast.today)
    newer = new_version(anna, version.plan, reason="Ojciec wrócił do domu", on=cast.today)
    assert newer.number == 2
    assert content_of(newer) == content_of(version)
    with pytest.raises(Refusal, match="już otwartą"):
        new_version(anna, version.plan, reason="Jeszcze raz", on=cast.today)
    content = content_of(newer)
    edit_draft(anna, newer, content=replace(content, main_goal="Nowy cel", goals=content.goals[:1]))
    seen = version_view(anna, version.plan, on=cast.today, number=2)
    assert {(c.how, c.what) for c in seen.changes} >= {("changed", "cel główny"), ("removed", "cel")}
    assert PlanTask.objects.system().filter(goal__version=version).count() == 3


def test_no_new_version_of_a_plan_never_approved(cast, anna, case):
    version = make_draft(anna, case, on=cast.today)
    with pytest.raises(Refusal):
        new_version(anna, version.plan, reason="Powód", on=cast.today)
