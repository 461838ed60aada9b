"""Extending a deadline: allowed, refused, wrong state, journal, another institution."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import NotAllowed, NotHere, Refusal
from gniazdo.cases.models import Event
from gniazdo.deadlines.actions import extend_deadline
from gniazdo.deadlines.models import DeadlineExtension, DeadlineRow
from gniazdo.deadlines.tests.factories import Walk
from gniazdo.people.tests.factories import make_family

TODAY = date(2026, 11, 18)
START = date(2026, 5, 4)


@pytest.fixture
def walk(cast):
    return Walk(make_family(cast.institution), START).to_active(cast.anna, cast.piotr, START)


def row_of(walk, declaration):
    return DeadlineRow.objects.system().get(family=walk.family, declaration=declaration, fulfilled_on=None)


def test_it_moves_the_day_keeps_the_first_and_the_reason(cast, walk):
    row = row_of(walk, "assistance.assessment")
    extend_deadline(cast.actor("anna"), row, to=date(2026, 11, 30), reason="rodzina w szpitalu", on=TODAY)
    after = row_of(walk, "assistance.assessment")
    assert (after.pk, after.due_on, after.original_due_on) == (row.pk, date(2026, 11, 30), date(2026, 11, 4))
    assert after.extension == "rodzina w szpitalu"
    entry = JournalEntry.objects.filter(
        code="deadlines.row.extend", outcome="done", object_kind="deadlines.deadlineextension"
    ).get()
    assert entry.changes["to"] == [None, "2026-11-30"]
    assert entry.changes["reason"] == [None, None]
    assert Event.objects.system().filter(family=walk.family, kind="deadline").exists()


@pytest.mark.parametrize(
    ("to", "reason", "says"),
    [
        (date(2026, 11, 4), "powód", "późniejszy"),
        (date(2026, 10, 1), "powód", "późniejszy"),
        (date(2026, 12, 1), "  ", "powód"),
    ],
)
def test_it_refuses_an_earlier_day_or_no_reason(cast, walk, to, reason, says):
    with pytest.raises(Refusal, match=says):
        extend_deadline(cast.actor("anna"), row_of(walk, "assistance.assessment"), to=to, reason=reason, on=TODAY)
    assert not DeadlineExtension.objects.system().exists()


def test_a_court_s_day_is_not_ours_to_move(cast, walk):
    walk.court_asks(TODAY, date(2026, 11, 25))
    with pytest.raises(Refusal, match="sąd"):
        extend_deadline(
            cast.actor("anna"), row_of(walk, "assistance.court_opinion"), to=date(2026, 12, 1), reason="x", on=TODAY
        )


def test_a_done_row_stays(cast, walk):
    done = DeadlineRow.objects.system().filter(family=walk.family).exclude(fulfilled_on=None).order_by("pk").first()
    with pytest.raises(Refusal, match="wykonany"):
        extend_deadline(cast.actor("maria"), done, to=date(2027, 1, 1), reason="x", on=TODAY)


@pytest.mark.parametrize("who", ["adam", "sonia", "daria", "artur"])
def test_who_does_not_work_with_the_family_may_not(cast, walk, who):
    with pytest.raises(NotAllowed):
        extend_deadline(
            cast.actor(who), row_of(walk, "assistance.assessment"), to=date(2026, 12, 1), reason="x", on=TODAY
        )


def test_another_institution_does_not_learn_of_it(cast, walk):
    with pytest.raises(NotHere):
        extend_deadline(
            cast.actor("olga"), row_of(walk, "assistance.assessment"), to=date(2026, 12, 1), reason="x", on=TODAY
        )


def test_the_screen_extends_and_keeps_what_was_typed(client_of, walk):
    row = row_of(walk, "assistance.assessment")
    address = reverse("deadlines:row-extend", args=[row.pk])
    client = client_of("anna")
    assert "6 miesięcy" in client.get(address).content.decode()
    refused = client.post(address, {"to": "2026-11-01", "reason": "rodzina w szpitalu"})
    assert refused.status_code == 200
    assert "rodzina w szpitalu" in refused.content.decode()
    assert "późniejszy" in refused.content.decode()
    done = client.post(address, {"to": "2026-11-30", "reason": "rodzina w szpitalu"})
    assert done.status_code in (302, 303)
    assert row_of(walk, "assistance.assessment").due_on == date(2026, 11, 30)
    assert "Przedłużono z 04.11.2026" in client.get(reverse("deadlines:board")).content.decode()


def test_the_next_term_is_not_moved(cast, walk):
    extend_deadline(
        cast.actor("anna"), row_of(walk, "assistance.assessment"), to=date(2026, 11, 30), reason="x", on=TODAY
    )
    walk.assess(TODAY)
    assert row_of(walk, "assistance.assessment").due_on == date(2027, 5, 18)
    assert row_of(walk, "assistance.assessment").starts_on == TODAY
    assert timedelta(0) < row_of(walk, "assistance.assessment").due_on - TODAY
