"""The private calendar: made, shown once, without names, dead after closing; a wrong key is 404."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from gniazdo.access.models import JournalEntry
from gniazdo.deadlines.actions import close_calendar, open_calendar
from gniazdo.deadlines.models import CalendarKey
from gniazdo.deadlines.tests.factories import Walk
from gniazdo.people.tests.factories import make_family

TODAY = date(2026, 11, 18)


@pytest.fixture
def walk(cast):
    start = date(2026, 6, 1)
    return Walk(make_family(cast.institution, "Tajni"), start).to_active(cast.anna, cast.piotr, start)


def feed(key):
    return Client().get(reverse("deadlines:calendar-feed", args=[key]))


def test_the_feed_holds_marks_and_days_but_no_names(cast, walk):
    key = open_calendar(cast.actor("anna"), None, on=TODAY)
    response = feed(key)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(response.content).walk("VEVENT")
    assert {e.get("dtstart").dt for e in events} >= {date(2026, 12, 1)}
    assert any(walk.case.case_mark in str(e.get("summary")) for e in events)
    assert "Tajni" not in response.content.decode()
    assert JournalEntry.objects.filter(code="deadlines.board.view", user_id=cast.anna.user_id, outcome="read").exists()


def test_a_wrong_or_closed_key_is_404(cast, walk):
    assert feed("zgaduję").status_code == 404
    key = open_calendar(cast.actor("anna"), None, on=TODAY)
    close_calendar(cast.actor("anna"), None)
    assert feed(key).status_code == 404


def test_a_new_key_ends_the_old_one(cast, walk):
    old = open_calendar(cast.actor("anna"), None, on=TODAY)
    new = open_calendar(cast.actor("anna"), None, on=TODAY)
    assert feed(old).status_code == 404
    assert feed(new).status_code == 200


def test_a_key_of_somebody_who_left_is_404(cast, walk):
    key = open_calendar(cast.actor("anna"), None, on=TODAY)
    user = cast.anna.user
    user.is_active = False
    user.save()
    assert feed(key).status_code == 404


def test_only_the_fingerprint_is_kept_and_it_never_reaches_the_journal(cast):
    key = open_calendar(cast.actor("anna"), None, on=TODAY)
    kept = CalendarKey.objects.system().get(post=cast.anna)
    assert key not in kept.fingerprint
    entry = JournalEntry.objects.get(code="deadlines.calendar.open")
    assert kept.fingerprint not in str(entry.changes)


def test_the_screen_shows_the_address_once(client_of, cast):
    client = client_of("anna")
    address = reverse("deadlines:calendar")
    client.post(address)
    assert ".ics" in client.get(address).content.decode()
    assert ".ics" not in client.get(address).content.decode()
    client.post(address, {"close": "1"})
    assert not CalendarKey.objects.system().exists()
