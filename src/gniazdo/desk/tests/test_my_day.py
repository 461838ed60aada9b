"""My Day: each role finds what concerns it, and nothing of anyone else's."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.urls import reverse

from gniazdo.assistance.actions.visit import record_visit
from gniazdo.assistance.tests.working import entry_of, make_visit, make_work

URL = "desk:my-day"


def test_a_planned_visit_stands_first_with_what_was_agreed(client_of, cast):
    work = make_work(cast, name="Dzisiejsi")
    make_visit(work, days_ago=7, next_on=work.today, next_at=time(11, 30))
    page = client_of("anna").get(reverse(URL)).content.decode()
    assert "Dzisiejsze wizyty" in page
    assert "11:30" in page
    assert reverse("assistance:visit-new", args=[work.case.pk]) in page


def test_a_visit_written_down_is_marked_as_done(client_of, cast):
    work = make_work(cast, name="Dzisiejsi")
    make_visit(work, days_ago=7, next_on=work.today, next_at=time(11, 30))
    record_visit(work.anna, work.case, entry=entry_of(work, starts=time(8)), today=work.today)
    page = client_of("anna").get(reverse(URL)).content.decode()
    assert "zapisana" in page


def test_another_assistant_sees_nothing_of_it(client_of, cast):
    work = make_work(cast, name="Cudzysłowowi")
    make_visit(work, days_ago=1, next_on=work.today + timedelta(days=1))
    for name in ("adam", "olga"):
        assert "Cudzysłowowi" not in client_of(name).get(reverse(URL)).content.decode()


def test_what_others_changed_is_told(client_of, cast):
    work = make_work(cast, name="Zmienieni")
    make_visit(work, days_ago=0)
    page = client_of("lena").get(reverse(URL)).content.decode()
    assert "Zmienieni" in page


@pytest.mark.parametrize(
    "name", ["anna", "karol", "maria", "zofia", "piotr", "sonia", "lena", "daria", "artur", "olga"]
)
def test_it_opens_for_every_role(client_of, name):
    answer = client_of(name).get(reverse(URL))
    assert answer.status_code == 200
    assert "Mój dzień" in answer.content.decode()


def test_a_stranger_is_shown_the_door(client):
    assert client.get(reverse(URL)).status_code == 302
