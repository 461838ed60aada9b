"""Accounts, posts, roles, passwords."""

from __future__ import annotations

import re
from datetime import date

import pytest

from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import Conflict, NotAllowed, NotHere, Refusal
from gniazdo.orgs.actions import change_post, create_account, end_role, grant_role, reset_password, set_active
from gniazdo.orgs.models import Post, RoleGrant, User
from gniazdo.orgs.queries import actor_for
from gniazdo.orgs.tests.factories import make_post

DAY = date(2026, 11, 18)
NEW = {
    "login": "nowa.osoba", "first_name": "Nowa", "last_name": "Osoba", "title": "asystent rodziny", "contract": "TASK",
    "since": DAY, "authorised_on": DAY, "secrecy_signed_on": DAY,
}  # fmt: skip


def test_a_new_account_works_with_its_first_password_once(cast):
    made = create_account(cast.actor("artur"), None, role="assistant", **NEW)
    user = User.objects.get(login="nowa.osoba")
    assert user.check_password(made.password)
    assert user.must_change_password
    assert len(made.password) >= 12
    actor = actor_for(user, on=DAY)
    assert actor is not None
    assert actor.roles == {"assistant"}
    codes = set(JournalEntry.objects.values_list("code", flat=True))
    assert {"orgs.account.create", "orgs.role.grant"} <= codes
    assert made.password not in str(list(JournalEntry.objects.values_list("changes", "why")))


def test_a_taken_login_and_a_worker_without_the_role_are_refused(cast):
    with pytest.raises(Refusal, match="zajęty"):
        create_account(cast.actor("artur"), None, **{**NEW, "login": "Anna.Asystentka"})
    with pytest.raises(NotAllowed):
        create_account(cast.actor("anna"), None, **NEW)
    assert not User.objects.filter(login="nowa.osoba").exists()


def test_an_assistant_does_no_social_work_in_the_same_commune(cast):
    with pytest.raises(Refusal, match=r"art\. 17 ust\. 3"):
        grant_role(cast.actor("artur"), cast.anna, role="social_worker", since=DAY)
    with pytest.raises(Refusal):
        grant_role(cast.actor("artur"), cast.piotr, role="assistant", since=DAY)
    grant_role(cast.actor("artur"), cast.zofia, role="assistant", since=DAY)


def test_after_one_role_has_ended_the_other_may_begin(cast):
    grant = RoleGrant.objects.system().get(post=cast.piotr)
    end_role(cast.actor("artur"), grant, on=DAY)
    grant_role(cast.actor("artur"), cast.piotr, role="assistant", since=DAY)
    assert cast.actor("piotr").roles == {"assistant"}


def test_nobody_grants_a_role_to_themselves(cast):
    with pytest.raises(Refusal, match="samemu sobie"):
        grant_role(cast.actor("artur"), cast.artur, role="assistant", since=DAY)
    with pytest.raises(Refusal, match="samemu sobie"):
        grant_role(cast.actor("maria"), cast.maria, role="dpo", since=DAY)


def test_a_role_is_not_held_twice(cast):
    with pytest.raises(Refusal, match="już nadana"):
        grant_role(cast.actor("artur"), cast.anna, role="assistant", since=DAY)


def test_another_institution_is_not_here(cast):
    for act in (
        lambda: grant_role(cast.actor("artur"), cast.olga, role="dpo", since=DAY),
        lambda: reset_password(cast.actor("artur"), cast.olga),
        lambda: set_active(cast.actor("artur"), cast.olga, active=False),
    ):
        with pytest.raises(NotHere):
            act()


def test_two_people_changing_one_post_do_not_overwrite(cast):
    rev = Post.objects.system().get(pk=cast.anna.pk).rev
    change_post(cast.actor("maria"), cast.anna, rev=rev, fte_percent=50)
    with pytest.raises(Conflict):
        change_post(cast.actor("artur"), cast.anna, rev=rev, fte_percent=75)
    assert Post.objects.system().get(pk=cast.anna.pk).fte_percent == 50


def test_a_reset_password_ends_sessions_and_must_be_changed(cast, client_of):
    client = client_of("anna")
    assert client.get("/instytucja/").status_code == 200
    made = reset_password(cast.actor("artur"), cast.anna)
    assert client.get("/instytucja/").headers["Location"].startswith("/konto/login/")
    user = User.objects.get(pk=cast.anna.user_id)
    assert user.must_change_password
    assert user.check_password(made.password)


def test_a_blocked_account_is_out_at_once(cast, client_of):
    client = client_of("anna")
    set_active(cast.actor("artur"), cast.anna, active=False)
    assert client.get("/instytucja/").status_code == 302


PAGES = [
    "/instytucja/", "/instytucja/dane/", "/instytucja/wykaz-akt/", "/instytucja/zespoly/", "/instytucja/ustawienia/",
    "/instytucja/ustawienia/orgs.journal_years/", "/instytucja/upowaznienia/", "/instytucja/pracownicy/",
    "/instytucja/pracownicy/nowy/", "/instytucja/zastepstwa/", "/instytucja/zastepstwa/nowe/", "/instytucja/nieobecnosci/",
    "/instytucja/nieobecnosci/nowa/", "/powiadomienia/", "/konto/",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_pages_open_for_the_manager(cast, client_of, path):
    response = client_of("maria").get(path)
    assert response.status_code == 200
    assert "<h1" in response.text


@pytest.mark.parametrize(
    "path",
    ["/instytucja/pracownicy/", "/instytucja/zespoly/", "/instytucja/nieobecnosci/", "/instytucja/upowaznienia/"],
)
def test_pages_stay_shut_for_an_assistant(cast, client_of, path):
    assert client_of("anna").get(path).status_code == 403


def test_worker_pages(cast, client_of):
    client = client_of("artur")
    base = f"/instytucja/pracownicy/{cast.anna.pk}/"
    for tail in ("", "dane/", "kolejne/", "rola/", "haslo/"):
        assert client.get(base + tail).status_code == 200, tail
    assert client.get(f"/instytucja/pracownicy/{cast.olga.pk}/").status_code == 404
    assert "art. 17 ust. 3" in client.post(base + "rola/", {"role": "social_worker", "since": "2026-11-18"}).text
    shown = client.post(base + "haslo/", {})
    password = re.search(r'id="first-password">([^<]+)<', shown.text)
    assert password
    assert User.objects.get(pk=cast.anna.user_id).check_password(password[1])
    assert "no-store" in shown.headers["Cache-Control"]


def test_a_new_worker_through_the_screen(cast, client_of):
    data = {k: str(v) for k, v in NEW.items()} | {"fte_percent": "100", "role": "assistant", "last_on": "2026-11-01"}
    client = client_of("artur")
    refused = client.post("/instytucja/pracownicy/nowy/", data)
    assert "nie może być przed początkiem" in refused.text
    assert 'value="nowa.osoba"' in refused.text
    done = client.post("/instytucja/pracownicy/nowy/", data | {"last_on": "2026-12-31"})
    assert "first-password" in done.text
    assert Post.objects.system().get(user__login="nowa.osoba").until == date(2027, 1, 1)


def test_the_list_costs_the_same_for_many(cast, client_of, django_assert_max_num_queries):
    client = client_of("maria")
    for n in range(12):
        make_post(cast.institution, "specialist", f"Imię{n}", "Wielu", login=f"wielu{n}")
    with django_assert_max_num_queries(16):
        assert client.get("/instytucja/pracownicy/").text.count("Wielu") >= 12
