"""Each goal of the plan in an assessment: how far reached, what shows it, why not; then told to the plan."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from gniazdo.access.rules import NotAllowed, NotHere, Refusal
from gniazdo.assistance.actions.assessment import (
    GoalView,
    Written,
    edit_assessment,
    start_assessment,
    submit_assessment,
)
from gniazdo.assistance.queries.papers import assessment_pdf
from gniazdo.assistance.queries.prefill import goals as closing_goals
from gniazdo.assistance.queries.reviews import assessed_goals, goals_to_assess
from gniazdo.assistance.tests.working import make_work
from gniazdo.plans.models import GoalAttainment
from gniazdo.plans.tests.factories import make_plan_in_force
from gniazdo.plans.vocab import AREAS


@pytest.fixture
def work(cast):
    return make_work(cast)


@pytest.fixture
def roots(work):
    version = make_plan_in_force(work.anna, work.case, on=date(2026, 9, 1))
    return [goal.root for goal in version.goals.order_by("order", "id")]


def write(work, assessment, goals, actor=None):
    written = Written(
        scores={w.code: (3, "") for w in AREAS}, goals=goals, family_heard=True, conclusion="CONTINUE",
        texts={"conclusion_reason": "Postęp"},
    )  # fmt: skip
    return edit_assessment(actor or work.anna, assessment, written=written, today=work.today)


def test_each_goal_has_its_own_degree_evidence_and_cause(work, roots):
    assessment = start_assessment(work.anna, work.case, on=work.today)
    write(
        work,
        assessment,
        {roots[0]: GoalView(100, "Bez spóźnień"), roots[1]: GoalView(20, "Jedna rata", "Utrata pracy")},
    )
    assert GoalAttainment.objects.system().count() == 0
    submit_assessment(work.anna, write(work, assessment, {roots[0]: GoalView(90, "Bez spóźnień")}), on=work.today)
    said = {g.root: (g.degree, g.evidence, g.cause) for g in assessed_goals(assessment)}
    assert said == {roots[0]: (90, "Bez spóźnień", ""), roots[1]: (20, "Jedna rata", "Utrata pracy")}
    assert [(g.degree, g.on) for g in goals_to_assess(work.case.pk)] == [(90, work.today), (20, work.today)]
    assert [row["g_result"] for row in closing_goals(work.case)] == ["PART", "PART"]
    assert assessment_pdf(assessment).startswith(b"%PDF")


def test_a_goal_not_spoken_of_is_not_evaluated(work, roots):
    assessment = start_assessment(work.anna, work.case, on=work.today)
    submit_assessment(work.anna, write(work, assessment, dict.fromkeys(roots, GoalView())), on=work.today)
    assert (assessed_goals(assessment), GoalAttainment.objects.system().count()) == ([], 0)


def test_a_goal_missed_by_half_asks_why_before_handing_in(work, roots):
    assessment = write(work, start_assessment(work.anna, work.case, on=work.today), {roots[0]: GoalView(49, "Różnie")})
    with pytest.raises(Refusal, match=r"zapisz przyczynę\. Dzieci chodzą") as refused:
        submit_assessment(work.anna, assessment, on=work.today)
    assert refused.value.field == "goals"


@pytest.mark.parametrize("degree", [-1, 101])
def test_a_degree_is_a_percentage(work, roots, degree):
    with pytest.raises(Refusal, match="od 0 do 100"):
        write(work, start_assessment(work.anna, work.case, on=work.today), {roots[0]: GoalView(degree)})


def test_strangers_and_strange_goals(work, roots):
    assessment = start_assessment(work.anna, work.case, on=work.today)
    with pytest.raises(Refusal, match="nie należy do planu"):
        write(work, assessment, {uuid4(): GoalView(50)})
    with pytest.raises(NotAllowed):
        write(work, assessment, {roots[0]: GoalView(50)}, work.cast.actor("adam"))
    with pytest.raises(NotHere):
        write(work, assessment, {roots[0]: GoalView(50)}, work.cast.actor("olga"))


def test_the_editor_and_the_page_show_goals(work, roots, client_of):
    anna, assessment = client_of("anna"), start_assessment(work.anna, work.case, on=work.today)
    edit = reverse("assistance:assessment-edit", args=[assessment.pk])
    data = {
        "rev": assessment.rev,
        "on": "2026-11-18",
        f"g-{roots[0]}-degree": "dużo",
        f"g-{roots[0]}-evidence": "Plecaki",
    }
    refused = anna.post(edit, data).content.decode()
    assert "od 0 do 100" in refused
    assert "Plecaki" in refused
    assert anna.post(edit, {**data, f"g-{roots[0]}-degree": "60"}).status_code == 302
    assert 'value="60"' in anna.get(edit).content.decode()
    page = anna.get(reverse("assistance:assessment-view", args=[assessment.pk])).content.decode()
    assert "60 %" in page
    assert "Plecaki" in page
