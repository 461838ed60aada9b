"""The diagnosis in twelve areas: its first scores start the trends, and it opens the way to the plan."""

from datetime import timedelta

import pytest

from gniazdo.access.actions import system_act
from gniazdo.access.rules import NotAllowed, NotHere
from gniazdo.assistance.actions.assessment import Written, edit_assessment, start_assessment
from gniazdo.assistance.actions.plan import submit_family_plan
from gniazdo.assistance.models import AreaScore
from gniazdo.assistance.queries.reviews import scale_of, trends
from gniazdo.assistance.tests.working import make_visit, make_work
from gniazdo.cases.models import CaseFile
from gniazdo.orgs.models import ParameterValue, Substitution
from gniazdo.papers.actions.sheets import finalise_sheet, save_sheet, start_sheet
from gniazdo.plans.actions.approval import agree
from gniazdo.plans.tests.factories import make_draft
from gniazdo.plans.vocab import AREAS

WHOLE = {
    **{f"{w.code.lower()}_score": "2" for w in AREAS}, "risk_level": "LOW", "risk_reasons": "Brak sygnałów",
    "main_problem": "Spóźnienia", "causes": "Brak rytmu dnia", "needs": "Plan dnia",
}  # fmt: skip


def diagnose(work):
    record = start_sheet(work.anna, work.case, code="assistance.diagnosis", on=work.today)
    record = save_sheet(work.anna, record, answers=WHOLE, rev=record.rev)
    return finalise_sheet(work.anna, record, on=work.today)


def test_first_scores_start_twelve_trends(cast):
    work = make_work(cast, state="DIAGNOSIS")
    diagnose(work)
    assert AreaScore.objects.system().filter(assessment=None, score=2).count() == 12
    assert len(trends(work.case.pk)) == 12


def test_a_diagnosed_family_s_plan_may_be_handed_in(cast):
    work = make_work(cast, state="DIAGNOSIS")
    diagnose(work)
    version = agree(work.anna, make_draft(work.anna, work.case, on=work.today), on=work.today, today=work.today)
    submit_family_plan(work.anna, version, on=work.today)
    assert CaseFile.objects.system().get(pk=work.case.pk).state == "PLANNED"


def test_strangers_do_not_diagnose(cast):
    work = make_work(cast, state="DIAGNOSIS")
    with pytest.raises(NotAllowed):
        start_sheet(cast.actor("adam"), work.case, code="assistance.diagnosis", on=work.today)
    with pytest.raises(NotHere):
        start_sheet(cast.actor("olga"), work.case, code="assistance.diagnosis", on=work.today)


@pytest.mark.parametrize(("scale", "good", "bad"), [("0-3", 0, 4), ("CHANGE", -1, 2), ("STEPS", 2, 3)])
def test_the_institution_chooses_its_scale(cast, scale, good, bad):
    from gniazdo.access.rules import Refusal

    work = make_work(cast)
    with system_act("test"):
        ParameterValue(
            institution=cast.institution, code="assistance.assessment_scale", value=scale, since=work.today
        ).save()
    assert scale_of(work.anna, on=work.today) == scale
    assert scale_of(work.anna, on=work.today - timedelta(days=1)) == "1-5"
    assessment = start_assessment(work.anna, work.case, on=work.today)
    edit_assessment(work.anna, assessment, written=Written(scores={"CARE": (good, "")}), today=work.today)
    with pytest.raises(Refusal, match="spoza skali"):
        edit_assessment(work.anna, assessment, written=Written(scores={"CARE": (bad, "")}), today=work.today)


def test_a_substitute_records_for_the_absent(cast):
    work = make_work(cast)
    with system_act("test"):
        Substitution(
            institution=cast.institution, absent=cast.anna, stand_in=cast.adam, since=work.today, until=work.today + timedelta(days=7)
        ).save()  # fmt: skip
    work.anna = cast.actor("adam")
    assert make_visit(work).post_id == cast.adam.pk
