"""Idle time-out: nothing typed is lost, with JavaScript and without."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from gniazdo.kernel import clock
from gniazdo.orgs.models import Team
from gniazdo.orgs.tests.factories import PASSWORD


@pytest.fixture
def maria(cast):
    cache.clear()
    cast.maria.user.set_password(PASSWORD)
    cast.maria.user.save()
    client = Client()
    client.post("/konto/login/", {"login": cast.maria.user.login, "password": PASSWORD})
    return client


@pytest.fixture
def later(stopped_clock):
    with clock.stopped(clock.now() + timedelta(minutes=21)):
        yield


def hidden(text):
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text))


def test_a_page_asks_for_the_password_and_comes_back(maria, request):
    assert maria.get("/instytucja/").status_code == 200
    request.getfixturevalue("later")
    response = maria.get("/instytucja/?a=1")
    assert response.headers["Location"] == "/konto/ponownie/?next=%2Finstytucja%2F%3Fa%3D1"
    shown = maria.get(response.headers["Location"])
    assert "Wróć do pracy" in shown.text
    back = maria.post("/konto/ponownie/", {"password": PASSWORD, "next": "/instytucja/?a=1"})
    assert back.headers["Location"] == "/instytucja/?a=1"
    assert maria.get("/instytucja/").status_code == 200


def test_a_wrong_password_keeps_the_door_shut(maria, request):
    request.getfixturevalue("later")
    response = maria.post("/konto/ponownie/", {"password": "nie-to", "next": "/instytucja/"})
    assert "Hasło jest niepoprawne" in response.text
    assert maria.get("/instytucja/").status_code == 302


def test_a_form_sent_too_late_is_shown_again_and_can_be_finished(maria, request):
    request.getfixturevalue("later")
    response = maria.post("/instytucja/zespoly/", {"name": "Zespół „Bocian” & spółka"})
    assert response.status_code == 200
    assert not Team.objects.system().filter(name__contains="Bocian").exists()
    kept = hidden(response.text)["kept"]
    wrong = maria.post("/konto/ponownie/", {"password": "nie-to", "next": "/instytucja/zespoly/", "kept": kept})
    kept = hidden(wrong.text)["kept"]
    again = maria.post("/konto/ponownie/", {"password": PASSWORD, "next": "/instytucja/zespoly/", "kept": kept})
    assert 'action="/instytucja/zespoly/"' in again.text
    assert "Zespół „Bocian” &amp; spółka" in again.text
    assert maria.post("/instytucja/zespoly/", {"name": "Zespół „Bocian” & spółka"}).status_code == 302
    assert Team.objects.system().filter(name="Zespół „Bocian” & spółka").exists()


def test_scripts_get_401_with_the_address_of_the_dialog_and_204_after_it(maria, request):
    request.getfixturevalue("later")
    headers = {"HX-Request": "true"}
    response = maria.post("/instytucja/zespoly/", {"name": "x"}, headers=headers)
    assert response.status_code == 401
    assert response.headers["X-Session-Renew"] == "/konto/ponownie/"
    dialog = maria.get("/konto/ponownie/", headers=headers)
    assert "<html" not in dialog.text
    assert 'name="password"' in dialog.text
    assert maria.post("/konto/ponownie/", {"password": "nie-to"}, headers=headers).status_code == 422
    assert maria.post("/konto/ponownie/", {"password": PASSWORD}, headers=headers).status_code == 204
    assert maria.post("/instytucja/zespoly/", {"name": "x"}, headers=headers).status_code == 302


def test_what_one_person_typed_is_not_shown_to_another(maria, request, cast):
    request.getfixturevalue("later")
    kept = hidden(maria.post("/instytucja/zespoly/", {"name": "tajne"}).text)["kept"]
    cast.artur.user.set_password(PASSWORD)
    cast.artur.user.save()
    other = Client()
    other.post("/konto/login/", {"login": cast.artur.user.login, "password": PASSWORD})
    response = other.post("/konto/ponownie/", {"password": PASSWORD, "next": "/", "kept": kept})
    assert response.status_code == 302


def test_status_counts_down_and_does_not_keep_awake(maria):
    first = maria.get("/konto/stan/").json()["seconds_left"]
    assert first == 20 * 60
    with clock.stopped(clock.now() + timedelta(minutes=19)):
        assert maria.get("/konto/stan/").json()["seconds_left"] == 60
    with clock.stopped(clock.now() + timedelta(minutes=21)):
        assert maria.get("/konto/stan/").json()["seconds_left"] == 0
        assert maria.get("/instytucja/").status_code == 302


def test_work_keeps_awake(maria):
    for minutes in (15, 30, 45):
        with clock.stopped(clock.now() + timedelta(minutes=minutes)):
            assert maria.get("/instytucja/").status_code == 200


def test_the_address_to_come_back_to_stays_here(maria):
    response = maria.post("/konto/ponownie/", {"password": PASSWORD, "next": "https://zly.example/"})
    assert response.headers["Location"] == "/"


def test_the_dialog_says_what_is_really_wrong(maria, request):
    request.getfixturevalue("later")

    def attempt():
        return maria.post("/konto/ponownie/", {"password": "nie-to"}, headers={"HX-Request": "true"})

    first = attempt()
    assert first.status_code == 422
    assert "Hasło jest niepoprawne" in first.text
    for _n in range(4):
        attempt()
    locked = attempt()
    assert locked.status_code == 422
    assert "Zbyt wiele nieudanych prób" in locked.text
    assert 'id="session-renew"' in locked.text
