"""The limit of requests in a minute."""

from __future__ import annotations

import pytest
from django.test import Client

from gniazdo.access.models import JournalEntry
from gniazdo.orgs.middleware import throttle


@pytest.fixture(autouse=True)
def one_minute(settings, monkeypatch):
    settings.THROTTLE_SESSION, settings.THROTTLE_ADDRESS = 5, 50
    monkeypatch.setattr(throttle.time, "time", lambda: 1_800_000_000.0)


def test_over_the_limit_it_refuses_tells_and_journals_once(cast, client_of):
    client = client_of("anna")
    answers = [client.get("/konto/stan/").status_code for _n in range(9)]
    assert answers == [200] * 5 + [429] * 4
    response = client.get("/konto/stan/")
    assert "Odczekaj minutę" in response.text
    assert response.headers["Retry-After"] == "60"
    entry = JournalEntry.objects.get(code="orgs.throttle")
    assert entry.user_id == cast.anna.user_id
    assert entry.institution_id == cast.institution.pk


def test_a_stranger_is_counted_by_address(cast):
    client = Client()
    answers = [client.get("/konto/signup/").status_code for _n in range(7)]
    assert answers[-1] == 429
    assert JournalEntry.objects.filter(code="orgs.throttle").count() == 1


def test_a_refused_request_asks_the_database_nothing(cast, client_of, django_assert_num_queries):
    client = client_of("anna")
    for _n in range(7):
        client.get("/konto/stan/")
    with django_assert_num_queries(0):
        assert client.get("/konto/stan/").status_code == 429


def test_a_new_minute_starts_from_nothing(cast, client_of, monkeypatch):
    client = client_of("anna")
    for _n in range(7):
        client.get("/konto/stan/")
    monkeypatch.setattr(throttle.time, "time", lambda: 1_800_000_060.0)
    assert client.get("/konto/stan/").status_code == 200
