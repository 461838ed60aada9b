"""A case suspended too long: neither law nor practice names a number, so the unit's own term asks for a decision."""

from datetime import timedelta

import pytest

from gniazdo.assistance.actions import course
from gniazdo.assistance.tests.corridor import START, Corridor
from gniazdo.deadlines.queries import compute
from gniazdo.kernel.legal import PARAMETERS

SINCE = START + timedelta(days=10)


@pytest.fixture
def case(cast):
    made = Corridor(cast).to("ACTIVE")
    return course.suspend_case(cast.actor("anna"), made, reason="HOSPITAL", note="", on=SINCE)


def found(case, on):
    facts = compute(case.institution_id, [case.family_id], on=on)
    return [f for f in facts if f.declaration == "assistance.suspension"]


def test_ninety_days_after_the_suspension_a_decision_is_due(case, cast):
    [fact] = found(case, SINCE + timedelta(days=5))
    assert (fact.starts_on, fact.fulfilled_on, fact.post_id) == (SINCE, None, cast.anna.pk)
    assert fact.due_on >= SINCE + timedelta(days=90)
    assert fact.due_on <= SINCE + timedelta(days=94)


def test_it_is_not_there_before_and_is_met_by_coming_back(case, cast):
    assert not found(case, SINCE - timedelta(days=1))
    back = SINCE + timedelta(days=30)
    course.resume_case(cast.actor("anna"), case, on=back)
    assert [f.fulfilled_on for f in found(case, back + timedelta(days=1))] == [back]


def test_its_number_is_marked_as_the_unit_s_own():
    told = PARAMETERS["assistance.suspension_days"]
    assert (told.default, told.mark) == (90, "author: practice 2.1")
