"""A consent given for a time: its last day is told, a newer one or a withdrawal meets it; one taken back is not attached."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gniazdo.access.actions import system_act
from gniazdo.assistance.queries import prefill
from gniazdo.assistance.queries.case import details_of
from gniazdo.assistance.tests.corridor import START, Corridor
from gniazdo.deadlines.queries import compute
from gniazdo.kernel.legal import CLOCKS, PARAMETERS
from gniazdo.papers.actions.sheets import start_sheet
from gniazdo.people.actions import give_consent, withdraw_consent

GIVEN = START + timedelta(days=10)
LAST = GIVEN + timedelta(days=200)


@pytest.fixture
def case(cast):
    return Corridor(cast).to("ACTIVE")


def given(cast, case, *, on=GIVEN, until=LAST, kind="EXCHANGE"):
    mother = case.family.memberships.select_related("person").get(role="PARENT").person
    return give_consent(
        cast.actor("anna"), case.family, person=mother, kind=kind, given_on=on, valid_until=until, today=on
    )  # fmt: skip


def found(case, on):
    facts = compute(case.institution_id, [case.family_id], on=on)
    return [f for f in facts if f.declaration == "assistance.consent"]


def test_its_last_day_is_due_and_the_assistant_s(case, cast):
    given(cast, case)
    [fact] = found(case, GIVEN + timedelta(days=1))
    assert (fact.starts_on, fact.due_on, fact.fulfilled_on, fact.post_id) == (GIVEN, LAST, None, cast.anna.pk)


def test_nobody_must_renew_it_so_after_its_last_day_nothing_is_due(case, cast):
    given(cast, case)
    assert len(found(case, LAST)) == 1
    assert found(case, LAST + timedelta(days=1)) == []


def test_without_a_last_day_nothing_is_due(case, cast):
    given(cast, case, until=None)
    assert found(case, GIVEN + timedelta(days=400)) == []


def test_a_withdrawal_or_a_newer_consent_of_the_same_kind_meets_it(case, cast):
    first = given(cast, case)
    again = GIVEN + timedelta(days=20)
    given(cast, case, on=again, until=None, kind="PHONE")
    assert [f.fulfilled_on for f in found(case, again)] == [None]
    given(cast, case, on=again, until=None)
    assert [f.fulfilled_on for f in found(case, again)] == [again]
    before = again - timedelta(days=5)
    withdraw_consent(cast.actor("anna"), first, on=before)
    assert [f.fulfilled_on for f in found(case, again)] == [before]


def test_the_reminder_is_marked_as_the_unit_s_own():
    assert (PARAMETERS["assistance.consent_warn_days"].default, PARAMETERS["assistance.consent_warn_days"].mark) == (
        30, "author: R-TIME-05",
    )  # fmt: skip
    assert "author" in CLOCKS["C-LOCAL-10"].versions[0].mark


@pytest.mark.parametrize(("withdrawn", "attached"), [(None, True), (START, None)])
def test_a_consent_taken_back_is_not_attached_to_the_application(cast, withdrawn, attached):
    case = Corridor(cast).to("INTERVIEW")
    with system_act("test"):
        row = details_of(case)
        row.basis, row.consent_given_on, row.consent_withdrawn_on = "CONSENT", START, withdrawn
        row.save()
    record = start_sheet(cast.actor("piotr"), case, code="assistance.application", on=START)
    told = prefill.application(cast.actor("piotr"), record, START)
    assert told["consent_attached"] is attached
    assert bool(told["consent_on"]) is bool(attached)
