"""The family page: at a glance, in few queries however long the file, closed to everybody else."""

from __future__ import annotations

from datetime import time

import pytest
from django.urls import reverse

from gniazdo.access.models import JournalEntry
from gniazdo.assistance.tests.working import make_visit, make_work
from gniazdo.desk.views.family import TABS


@pytest.fixture
def work(cast):
    return make_work(cast, name="Widoczni")


def url(work, tab=""):
    return reverse("desk:family-view", args=[work.family.pk]) + (f"?zakladka={tab}" if tab else "")


def test_it_shows_who_they_are_who_works_and_what_is_next(client_of, work):
    make_visit(work, topic="Plan dnia")
    page = client_of("anna").get(url(work)).content.decode()
    assert work.case.case_mark in page
    assert "Anna Asystentka" in page
    assert "Plan dnia" in page
    assert "Najbliższy termin" in page


@pytest.mark.parametrize("tab", [tab for tab in TABS if tab])
def test_every_tab_opens(client_of, work, tab):
    assert client_of("maria").get(url(work, tab)).status_code == 200


@pytest.mark.parametrize("name", ["adam", "olga", "sonia", "daria", "artur"])
def test_who_does_not_work_with_them_gets_nothing(client_of, work, name):
    answer = client_of(name).get(url(work))
    assert answer.status_code in (403, 404)
    assert "Widoczni" not in answer.content.decode()


def test_reading_it_is_journalled_once_under_its_permission(client_of, work):
    client_of("anna").get(url(work))
    entries = JournalEntry.objects.filter(outcome="read", object_id=work.family.pk)
    assert entries.count() == 1


def test_its_queries_do_not_grow_with_the_file(client_of, work, django_assert_max_num_queries):
    client = client_of("anna")
    for n in range(12):
        make_visit(work, days_ago=n, starts=time(9), next_on=None)
    client.get(url(work))
    with django_assert_max_num_queries(20):
        client.get(url(work))
