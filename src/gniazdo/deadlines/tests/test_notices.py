"""Notices of deadlines in the application: in the declared time, once each, to whom they concern, marked as seen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from gniazdo.deadlines import tasks
from gniazdo.deadlines.actions import extend_deadline, record_office
from gniazdo.deadlines.models import DeadlineRow, DueNotice
from gniazdo.deadlines.tests.factories import Walk
from gniazdo.kernel import clock
from gniazdo.orgs.models import Notice
from gniazdo.orgs.tests.factories import actor_of
from gniazdo.people.tests.factories import make_family

START = date(2026, 5, 4)


@pytest.fixture
def walk(cast):
    return Walk(make_family(cast.institution, "Tajni"), START).to_active(cast.anna, cast.piotr, START)


def titles(post):
    return list(Notice.objects.system().filter(post=post).order_by("pk").values_list("title", flat=True))


def of(post, declaration):
    return list(
        DueNotice.objects.system()
        .filter(post=post, declaration=declaration)
        .order_by("pk")
        .values_list("stage", flat=True)
    )


def test_a_worker_is_told_when_the_warning_time_begins_and_when_the_day_has_passed(cast, walk):
    due = DeadlineRow.objects.system().get(declaration="assistance.assessment", fulfilled_on=None).due_on
    tasks.tell(cast.anna, on=due - timedelta(days=31))
    assert of(cast.anna, "assistance.assessment") == []
    tasks.tell(cast.anna, on=due - timedelta(days=30))
    assert of(cast.anna, "assistance.assessment") == ["SOON"]
    assert any("Zbliża się: Okresowa ocena" in t and walk.case.case_mark in t for t in titles(cast.anna))
    tasks.tell(cast.anna, on=due)
    tasks.tell(cast.anna, on=due + timedelta(days=1))
    tasks.tell(cast.anna, on=due + timedelta(days=9))
    assert of(cast.anna, "assistance.assessment") == ["SOON", "LATE"]
    assert not any("Tajni" in t for t in titles(cast.anna))


def test_asked_twice_it_says_nothing_the_second_time(cast, walk):
    day = START + timedelta(days=20)
    assert tasks.tell(cast.anna, on=day) > 0
    before = titles(cast.anna)
    assert tasks.tell(cast.anna, on=day) == 0
    assert tasks.tell(cast.adam, on=day) == 0
    assert titles(cast.anna) == before


def test_a_new_day_after_an_extension_is_told_again(cast, walk):
    row = DeadlineRow.objects.system().get(declaration="assistance.assessment", fulfilled_on=None)
    tasks.tell(cast.anna, on=row.due_on)
    with clock.stopped(row.due_on):
        actor = actor_of(cast.maria, on=row.due_on)
        extend_deadline(actor, row, to=row.due_on + timedelta(days=20), reason="choroba", on=row.due_on)
    tasks.tell(cast.anna, on=row.due_on + timedelta(days=1))
    assert of(cast.anna, "assistance.assessment") == ["SOON", "SOON"]


def test_many_at_once_become_one_line(cast):
    for n in range(6):
        Walk(make_family(cast.institution, f"Wielu{n}"), START).to_active(cast.anna, cast.piotr, START)
    told = tasks.tell(cast.anna, on=START + timedelta(days=40))
    assert told > 5
    assert titles(cast.anna) == [f"Terminy: {told} po terminie, 0 zbliża się."]


def test_the_night_tells_everyone_and_the_manager_hears_of_the_institution_s_own(cast, walk):
    with clock.stopped(date(2026, 11, 18)):
        record_office(cast.actor("maria"), None, kind="STANDARDS", on=date(2024, 8, 1), today=date(2026, 11, 18))
    assert tasks.tell_everyone.call() > 0
    assert any("Przegląd standardów" in t for t in titles(cast.maria))
    assert tasks.tell_everyone.call() == 0


def test_it_is_counted_in_the_frame_and_marked_as_seen(client_of, cast, walk):
    tasks.tell(cast.anna, on=date(2026, 11, 18))
    client = client_of("anna")
    page = client.get(reverse("orgs:notice-list")).content.decode()
    assert "Po terminie: " in page
    assert "Powiadomienia (" in page
    newest = Notice.objects.system().filter(post=cast.anna).order_by("-pk").first()
    client.post(reverse("orgs:notice-list"), {"newest": str(newest.pk)})
    assert "Powiadomienia (" not in client.get(reverse("orgs:notice-list")).content.decode()
