"""Signing in: told, throttled, journalled; first passwords; second factor; log-ins without a post."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from gniazdo.access.actions import system_act
from gniazdo.access.models import JournalEntry
from gniazdo.orgs.models import ParameterValue, RoleGrant
from gniazdo.orgs.templatetags.browsers import browser
from gniazdo.orgs.tests.factories import PASSWORD

LOGIN = "/konto/login/"


@pytest.fixture(autouse=True)
def clean_counters():
    cache.clear()
    yield
    cache.clear()


def with_password(post):
    post.user.set_password(PASSWORD)
    post.user.save()
    return post.user


def sign_in(login, password, client=None):
    client = client or Client()
    return client, client.post(LOGIN, {"login": login, "password": password})


def test_a_right_password_opens_and_is_journalled(cast):
    user = with_password(cast.anna)
    _client, response = sign_in(user.login, PASSWORD)
    assert response.status_code == 302
    entry = JournalEntry.objects.get(code="orgs.sign_in")
    assert (entry.outcome, entry.user_id, entry.institution_id) == ("done", user.pk, cast.institution.pk)


def test_a_wrong_password_gets_a_sentence_and_a_line_without_what_was_typed(cast):
    user = with_password(cast.anna)
    _client, response = sign_in(user.login, "nie-to-haslo-1")
    assert "Login albo hasło są niepoprawne" in response.text
    entry = JournalEntry.objects.get(code="orgs.sign_in")
    assert entry.outcome == "refused"
    assert entry.user_id == user.pk
    sign_in("haslo-w-zlym-polu", "x")
    assert "haslo-w-zlym-polu" not in JournalEntry.objects.order_by("-pk").first().why


def test_five_wrong_passwords_shut_the_login_even_for_the_right_one(cast):
    user = with_password(cast.anna)
    for _n in range(5):
        sign_in(user.login, "nie-to-haslo-1")
    _client, response = sign_in(user.login, PASSWORD)
    assert "Zbyt wiele nieudanych prób" in response.text
    assert "Zbyt wiele" in JournalEntry.objects.order_by("-pk").first().why
    other = with_password(cast.adam)
    _client, response = sign_in(other.login, PASSWORD)
    assert response.status_code == 302


def test_an_address_that_guesses_many_logins_is_shut(cast):
    user = with_password(cast.anna)
    for n in range(20):
        sign_in(f"ktos{n}", "nie-to-haslo-1")
    _client, response = sign_in(user.login, PASSWORD)
    assert "Zbyt wiele nieudanych prób" in response.text


def test_nobody_signs_up_or_resets_alone(cast):
    assert Client().get("/konto/signup/").headers["Location"] == LOGIN
    assert Client().post("/konto/signup/", {"username": "x"}).status_code in (302, 405)
    assert Client().get("/konto/password/reset/").headers["Location"] == LOGIN


def test_a_first_password_must_be_changed(cast):
    user = with_password(cast.anna)
    user.must_change_password = True
    user.save()
    client, _response = sign_in(user.login, PASSWORD)
    assert client.get("/instytucja/").headers["Location"] == "/konto/password/change/"
    new = {"oldpassword": PASSWORD, "password1": "nowe-dlugie-haslo-88", "password2": "nowe-dlugie-haslo-88"}
    assert client.post("/konto/password/change/", new).status_code == 302
    user.refresh_from_db()
    assert not user.must_change_password
    assert client.get("/instytucja/").status_code == 200


def test_a_role_may_demand_a_second_factor(cast):
    with system_act("test"):
        ParameterValue(
            institution=cast.institution, code="orgs.second_factor_roles", value=["assistant"], since=cast.today
        ).save()
    user = with_password(cast.anna)
    client, _response = sign_in(user.login, PASSWORD)
    assert client.get("/instytucja/").headers["Location"] == "/konto/2fa/"
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(user, generate_totp_secret())
    assert client.get("/instytucja/").status_code == 200


def test_totp_is_asked_for_at_sign_in(cast):
    from allauth.mfa.totp.internal.auth import (
        TOTP,
        format_hotp_value,
        generate_totp_secret,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    user = with_password(cast.anna)
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    client, response = sign_in(user.login, PASSWORD)
    assert response.headers["Location"].startswith("/konto/2fa/authenticate/")
    assert "Kod jest niepoprawny" in client.post("/konto/2fa/authenticate/", {"code": "000000"}).text
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    assert client.post("/konto/2fa/authenticate/", {"code": code}).status_code == 302
    assert client.get("/instytucja/").status_code == 200


def test_without_both_papers_the_account_opens_nothing_and_says_why(cast, client_of):
    with system_act("test"):
        cast.anna.secrecy_signed_on = None
        cast.anna.save()
    response = client_of("anna").get("/instytucja/")
    assert response.status_code == 403
    assert "zobowiązania do zachowania tajemnicy" in response.text
    assert "upoważnienia do przetwarzania" not in response.text


def test_without_a_role_today_there_is_a_clear_page(cast, client_of):
    with system_act("test"):
        RoleGrant.objects.system().filter(post=cast.anna).delete()
    response = client_of("anna").get("/instytucja/")
    assert response.status_code == 403
    assert "nie ma dziś nadanej roli" in response.text


@pytest.mark.parametrize(
    "path",
    ["/konto/", "/konto/password/change/", "/konto/2fa/", "/konto/sessions/", "/konto/logout/", "/konto/2fa/webauthn/",
     "/konto/reauthenticate/"],
)  # fmt: skip
def test_pages_of_the_account_stand_in_our_frame_without_inline_code(cast, path):
    user = with_password(cast.anna)
    client, _response = sign_in(user.login, PASSWORD)
    response = client.get(path)
    assert response.status_code == 200, response.headers
    assert 'id="main"' in response.text
    assert " style=" not in response.text
    assert "<style" not in response.text
    assert " onclick=" not in response.text


@pytest.mark.parametrize("path", ["/konto/2fa/totp/activate/", "/konto/2fa/webauthn/add/"])
def test_second_factor_pages_work_right_after_the_password(cast, path):
    user = with_password(cast.anna)
    client, _response = sign_in(user.login, PASSWORD)
    response = client.get(path)
    if response.status_code == 302:
        client.post("/konto/reauthenticate/", {"password": PASSWORD, "next": path})
        response = client.get(path)
    assert response.status_code == 200
    assert "<h1" in response.text


def test_language_switch_really_switches(cast, client_of):
    client = client_of("anna")
    assert client.get("/konto/").headers["Content-Language"] == "pl"
    client.post("/jezyk/", {"language": "en", "next": "/konto/"})
    assert client.get("/konto/").headers["Content-Language"] == "en"
    stranger = Client(headers={"accept-language": "en"})
    assert stranger.get(LOGIN).headers["Content-Language"] == "pl"


def test_language_switch_does_not_lead_away(cast, client_of):
    response = client_of("anna").post("/jezyk/", {"language": "en", "next": "https://zly.example/"})
    assert response.headers["Location"] == "/"


WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (f"{WINDOWS} {CHROME}", "Chrome, Windows"),
        (f"{WINDOWS} {CHROME} Edg/131.0.0.0", "Edge, Windows"),
        (f"{WINDOWS} {CHROME} OPR/116.0", "Opera, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox, Linux"),
        (f"Mozilla/5.0 (Linux; Android 14; SM-A546B) {CHROME.replace('Safari', 'Mobile Safari')}", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15", "Safari, macOS"),
        ("curl/8.5.0", "nieznana przeglądarka"),
        ("", "nieznana przeglądarka"),
    ],
)  # fmt: skip
def test_a_session_names_the_device_in_words(cast, sent, words):
    assert browser(sent) == words
    client = Client(headers={"user-agent": sent})
    client.post("/konto/login/", {"login": with_password(cast.anna).login, "password": PASSWORD})
    page = client.get("/konto/sessions/").text
    assert words in page
    assert "Mozilla" not in page
    assert "to urządzenie" in page
