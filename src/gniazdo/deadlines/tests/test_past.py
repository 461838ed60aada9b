"""A past day as it stood: what was written down later, or changed later, is not seen; what the journal lost cannot be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gniazdo.access.actions import action
from gniazdo.access.queries import PERMISSIONS, nobody
from gniazdo.assistance.models import AssistanceCase, CourtRequest
from gniazdo.cases.models import Assignment
from gniazdo.deadlines.queries import Filters, compute, due_for
from gniazdo.deadlines.tests.factories import Walk
from gniazdo.kernel import clock
from gniazdo.orgs.queries import system_actor
from gniazdo.people.tests.factories import make_family

START = date(2026, 5, 4)
LATER = START + timedelta(days=60)

if "test.past.change" not in PERMISSIONS:

    @action("test.past.change", label="Popraw", who=nobody)
    def change(actor, obj, *, model, where, **values):
        """Correct a record as a verb does, journal included."""
        row = model.objects.system().get(**where)
        for name, value in values.items():
            setattr(row, name, value)
        row.save()


@pytest.fixture
def walk(cast):
    return Walk(make_family(cast.institution), START)


def row(walk, declaration, on, **how):
    facts = compute(walk.family.institution_id, [walk.family.pk], on=on, **how)
    return next((f for f in facts if f.declaration == declaration and f.fulfilled_on is None), None)


def later(walk, **what):
    with clock.stopped(LATER):
        change(system_actor(walk.family.institution), None, **what)


def test_an_event_written_down_later_was_not_known_then(cast, walk):
    walk.to_active(cast.anna, cast.piotr, START)
    day = START + timedelta(days=20)
    with clock.stopped(LATER):
        from gniazdo.deadlines.tests import factories

        factories._visit(walk.actor, walk.case, post=cast.anna, on=day, kind="PLANNED")
    assert row(walk, "assistance.contact", day).starts_on == day
    assert row(walk, "assistance.contact", day, as_known=True).starts_on == START


def test_a_changed_day_stands_as_it_stood(cast, walk):
    """The interview was entered in July with a day in May: in May it was still to be done."""
    day = START + timedelta(days=3)
    later(walk, model=AssistanceCase, where={"case": walk.case}, interview_on=day)
    assert row(walk, "assistance.interview", day) is None
    assert row(walk, "assistance.interview", day, as_known=True).due_on == date(2026, 5, 22)


def test_of_several_changes_the_one_before_the_day_counts(cast, walk):
    request = walk.court_asks(START, START + timedelta(days=10))
    for days, due in ((5, 30), (40, 90)):
        with clock.stopped(START + timedelta(days=days)):
            change(
                system_actor(walk.family.institution), None, model=CourtRequest, where={"pk": request.pk},
                due_on=START + timedelta(days=due),
            )  # fmt: skip
    found = {
        n: row(walk, "assistance.court_opinion", START + timedelta(days=n), as_known=True).due_on for n in (1, 6, 41)
    }
    assert [(found[n] - START).days for n in (1, 6, 41)] == [10, 30, 90]


def test_the_work_was_then_with_whoever_held_it_then(cast, walk):
    walk.to_active(cast.anna, cast.piotr, START)
    where = {"case": walk.case, "role": "ASSISTANT"}
    later(walk, model=Assignment, where=where, until=START + timedelta(days=5))
    day = START + timedelta(days=10)
    assert row(walk, "assistance.assessment", day).post_id is None
    assert row(walk, "assistance.assessment", day, as_known=True).post_id == cast.anna.pk


def test_the_command_line_s_past_day_is_as_it_stood(cast, walk):
    day = START + timedelta(days=3)
    walk.assign(cast.piotr, START, "SOCIAL_WORKER")
    later(walk, model=AssistanceCase, where={"case": walk.case}, interview_on=day)
    labels = {
        known: [r["label"] for r in due_for(cast.actor("piotr"), on=day, filters=Filters(), as_known=known)]
        for known in (True, False)
    }
    assert "Wywiad środowiskowy" in labels[True]
    assert "Wywiad środowiskowy" not in labels[False]
