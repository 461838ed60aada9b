"""From the family's agreement to approval; signatures."""

from dataclasses import replace
from datetime import date

import pytest

from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import NotAllowed, NotHere, Refusal
from gniazdo.plans.actions.approval import (
    IncompletePlan,
    agree,
    approve,
    record_signature,
    return_with_reason,
    submit_for_approval,
)
from gniazdo.plans.actions.drafting import edit_draft, new_version
from gniazdo.plans.models import PlanVersion
from gniazdo.plans.queries import plan_in_lines, waiting_for_approval
from gniazdo.plans.tests.factories import FULL, make_draft, make_plan_in_force


def test_a_plan_without_dates_is_refused_with_its_article(cast, anna, case):
    loose = replace(FULL.goals[1], tasks=(replace(FULL.goals[1].tasks[0], due_on=None),))
    version = agree(
        anna,
        make_draft(anna, case, on=cast.today, content=replace(FULL, goals=(FULL.goals[0], loose))),
        on=cast.today,
        today=cast.today,
    )
    with pytest.raises(IncompletePlan, match=r"termin lub częstotliwość \(zadanie 2.1\)") as refused:
        submit_for_approval(anna, version, on=cast.today)
    assert "art. 15 ust. 3" in refused.value.article
    assert JournalEntry.objects.filter(code="plans.version.submit", outcome="refused").exists()


def test_an_empty_plan_lists_all_it_lacks(cast, anna, case):
    version = make_draft(anna, case, on=cast.today, content=replace(FULL, goals=(), main_goal=""))
    with pytest.raises(IncompletePlan) as refused:
        submit_for_approval(anna, version, on=cast.today)
    assert len(refused.value.missing) == 2


def test_submitting_needs_the_family(cast, anna, case):
    version = make_draft(anna, case, on=cast.today)
    with pytest.raises(Refusal, match="rodzina uzgodniła"):
        submit_for_approval(anna, version, on=cast.today)


def test_agreement_lies_not_in_the_future(cast, anna, case):
    version = make_draft(anna, case, on=cast.today)
    with pytest.raises(Refusal, match="w przyszłości"):
        agree(anna, version, on=date(2027, 1, 1), today=cast.today)


def test_a_submitted_plan_waits_for_those_who_may_approve(cast, anna, case):
    version = agree(anna, make_draft(anna, case, on=cast.today), on=cast.today, today=cast.today)
    version = submit_for_approval(anna, version, on=cast.today)
    assert waiting_for_approval(cast.actor("maria")) == [version]
    assert waiting_for_approval(cast.actor("lena")) == [version]
    assert waiting_for_approval(cast.actor("olga")) == []


def test_returning_needs_a_reason_and_leads_to_a_draft(cast, anna, maria, case):
    version = agree(anna, make_draft(anna, case, on=cast.today), on=cast.today, today=cast.today)
    version = submit_for_approval(anna, version, on=cast.today)
    with pytest.raises(Refusal, match="powód"):
        return_with_reason(maria, version, reason="", on=cast.today)
    version = return_with_reason(maria, version, reason="Za ogólne cele", on=cast.today)
    assert (version.status, version.returned_reason) == ("draft", "Za ogólne cele")
    edit_draft(anna, version, content=FULL)


def test_a_family_plan_is_approved_in_its_case(cast, anna, maria, case):
    version = agree(anna, make_draft(anna, case, on=cast.today), on=cast.today, today=cast.today)
    version = submit_for_approval(anna, version, on=cast.today)
    with pytest.raises(NotAllowed):
        approve(anna, version, on=cast.today)
    with pytest.raises(Refusal, match="w sprawie"):
        approve(maria, version, on=cast.today)
    with pytest.raises(NotHere):
        approve(cast.actor("olga"), version, on=cast.today)


def test_approval_supersedes_the_version_before(cast, anna, case):
    first = make_plan_in_force(anna, case, on=cast.today)
    newer = new_version(anna, first.plan, reason="Zmiana szkoły", on=cast.today)
    newer = submit_for_approval(anna, agree(anna, newer, on=cast.today, today=cast.today), on=cast.today)
    from gniazdo.access.actions import system_act
    from gniazdo.plans.actions.approval import approve_version

    with system_act("test"):
        approve_version(anna, newer, on=cast.today)
    states = dict(
        PlanVersion.objects.system().filter(plan=first.plan).order_by("number").values_list("number", "status")
    )
    assert states == {1: "superseded", 2: "approved"}
    assert [line.goal for line in plan_in_lines(case.pk)] == [g.wording for g in FULL.goals]


def test_signatures_and_refusals_are_recorded_once(cast, anna, case):
    version = make_draft(anna, case, on=cast.today)
    with pytest.raises(Refusal, match="nie szkic"):
        record_signature(anna, version, signer="FAMILY", name="Ewa Testowi", on=cast.today, today=cast.today)
    version = agree(anna, version, on=cast.today, today=cast.today)
    made = record_signature(
        anna,
        version,
        signer="FAMILY",
        name="Ewa Testowi",
        on=cast.today,
        today=cast.today,
        refusal="Nie zgadza się",
        witness="P. Socjalny",
    )
    assert made.refusal == "Nie zgadza się"
    with pytest.raises(Refusal, match="już odnotowany"):
        record_signature(anna, version, signer="FAMILY", name="Ewa Testowi", on=cast.today, today=cast.today)
    with pytest.raises(Refusal):
        record_signature(anna, version, signer="FAMILY", name="Jan", on=date(2027, 1, 1), today=cast.today)
    with pytest.raises(NotAllowed):
        record_signature(cast.actor("adam"), version, signer="FAMILY", name="Jan", on=cast.today, today=cast.today)
