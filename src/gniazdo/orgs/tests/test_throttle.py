"""The limit of requests in a minute."""

from __future__ import annotations

from time import perf_counter

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

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


def workers(count):
    return [throttle.ThrottleMiddleware(lambda request: HttpResponse("ok")) for _n in range(count)]


def ask(worker, session=""):
    request = RequestFactory().get("/")
    if session:
        request.COOKIES["sessionid"] = session
    return worker(request).status_code


def test_two_workers_count_together_and_journal_once(db, settings, tmp_path):
    settings.THROTTLE_FOLDER = str(tmp_path)
    settings.THROTTLE_SESSION, settings.THROTTLE_ADDRESS = 100, 1000
    both = workers(2)
    answers = [ask(both[n % 2]) for n in range(400)]
    assert 100 <= answers.count(200) <= 110
    assert answers[150:] == [429] * 250
    assert JournalEntry.objects.filter(code="orgs.throttle").count() == 1


def test_a_hundred_thousand_requests_of_one_client(db, settings, tmp_path):
    settings.THROTTLE_FOLDER = str(tmp_path)
    settings.THROTTLE_SESSION, settings.THROTTLE_ADDRESS = 600, 6000
    both = workers(2)
    request = RequestFactory().get("/")
    started = perf_counter()
    answers = [both[n % 2](request).status_code for n in range(100_000)]
    assert (perf_counter() - started) / 100_000 < 0.0003
    assert 600 <= answers.count(200) <= 660
    assert JournalEntry.objects.filter(code="orgs.throttle").count() == 1


def test_sessions_behind_one_address_do_not_count_for_each_other(db, settings, tmp_path):
    settings.THROTTLE_FOLDER = str(tmp_path)
    both = workers(2)
    answers = [ask(both[n % 2], session=f"session-{n % 8}") for n in range(40)]
    assert answers == [200] * 40


def test_past_minutes_are_forgotten_and_session_keys_are_not_written(db, settings, tmp_path, monkeypatch):
    settings.THROTTLE_FOLDER = str(tmp_path)
    one = workers(1)[0]
    ask(one, session="tajny-klucz")
    assert [p.name for p in tmp_path.iterdir()] == ["30000000"]
    assert not any("tajny" in p.name for p in tmp_path.rglob("*"))
    monkeypatch.setattr(throttle.time, "time", lambda: 1_800_000_000.0 + 180)
    ask(one, session="tajny-klucz")
    assert [p.name for p in tmp_path.iterdir()] == ["30000003"]
