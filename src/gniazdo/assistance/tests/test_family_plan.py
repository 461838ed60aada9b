"""Handing in, approving and returning a family plan moves its case."""

import pytest

from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import NotAllowed, NotHere, Refusal
from gniazdo.assistance.actions.plan import approve_family_plan, return_family_plan, submit_family_plan
from gniazdo.assistance.tests.working import make_work
from gniazdo.cases.models import CaseFile
from gniazdo.plans.actions.approval import agree, submit_for_approval
from gniazdo.plans.models import PlanVersion
from gniazdo.plans.tests.factories import make_draft


def agreed(work):
    return agree(work.anna, make_draft(work.anna, work.case, on=work.today), on=work.today, today=work.today)


def state_of(work):
    return CaseFile.objects.system().get(pk=work.case.pk).state


def test_approval_starts_the_work(cast):
    work = make_work(cast, state="PLANNED")
    version = submit_for_approval(work.anna, agreed(work), on=work.today)
    with pytest.raises(NotAllowed):
        approve_family_plan(work.anna, version, on=work.today)
    with pytest.raises(NotHere):
        approve_family_plan(cast.actor("olga"), version, on=work.today)
    approve_family_plan(cast.actor("lena"), version, on=work.today)
    assert state_of(work) == "ACTIVE"
    assert PlanVersion.objects.system().get().approved_by_id == cast.lena.pk
    assert JournalEntry.objects.filter(code="assistance.plan.approve").exists()


def test_a_first_plan_needs_its_diagnosis(cast):
    work = make_work(cast, state="DIAGNOSIS")
    version = agreed(work)
    with pytest.raises(Refusal, match="zakończ diagnozę"):
        submit_family_plan(work.anna, version, on=work.today)


def test_a_plan_is_not_approved_before_the_diagnosis_ends(cast):
    work = make_work(cast, state="DIAGNOSIS")
    version = submit_for_approval(work.anna, agreed(work), on=work.today)
    with pytest.raises(Refusal, match="po diagnozie"):
        approve_family_plan(work.maria, version, on=work.today)
    assert PlanVersion.objects.system().get().status == "submitted"


def test_returning_the_first_plan_returns_the_case(cast):
    work = make_work(cast, state="PLANNED")
    version = submit_for_approval(work.anna, agreed(work), on=work.today)
    return_family_plan(work.maria, version, reason="Brak konkretów", on=work.today)
    assert state_of(work) == "DIAGNOSIS"


def test_a_later_version_leaves_the_case_where_it_is(cast):
    work = make_work(cast, state="ACTIVE")
    version = submit_family_plan(work.anna, agreed(work), on=work.today)
    approve_family_plan(work.maria, version, on=work.today)
    assert state_of(work) == "ACTIVE"
