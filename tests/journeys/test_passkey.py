"""A passkey from its first tap to its removal, with Chromium's own virtual authenticator; and signing in with keys alone."""

from __future__ import annotations

from typing import Any

import pytest

from gniazdo.orgs.tests.factories import PASSWORD
from gniazdo.platform.tests.browsing import follow, too_wide, violations

AUTHENTICATOR = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip
KEYS = "/konto/2fa/webauthn/"


@pytest.fixture
def with_authenticator(opened: Any, transactional_db: None) -> Any:
    """A page under the CSP whose computer has a fingerprint reader; and what the console said."""

    def page_of(**told: Any) -> tuple[Any, Any, str, list[str]]:
        page = opened(None, bypass=False, **told)
        said: list[str] = []
        page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        reader = session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})["authenticatorId"]
        return page, session, reader, said

    return page_of


def signs_out(page: Any) -> None:
    page.goto("/konto/logout/")
    follow(page.locator("main button[type=submit]"))


def confirm_password(page: Any) -> None:
    """Changing how one signs in asks for the password once more when the sign-in is not fresh."""
    if "/reauthenticate/" in page.url:
        page.fill("input[name=password]", PASSWORD)
        follow(page.locator("main button[type=submit]").first)


def test_a_passkey_is_added_opens_the_door_and_is_removed(with_authenticator, signs_in, cast):
    page, session, reader, said = with_authenticator()
    signs_in(page, "anna")
    page.goto(KEYS)
    assert "Nie dodano jeszcze żadnego klucza." in page.locator("main").inner_text()
    follow(page.get_by_role("link", name="Dodaj klucz"))
    confirm_password(page)
    page.get_by_label("Nazwa klucza").fill("Odcisk palca w laptopie")
    page.get_by_label("Loguj tym kluczem bez hasła").check()
    follow(page.get_by_role("button", name="Dodaj klucz"))
    page.goto(KEYS)
    assert "Odcisk palca w laptopie" in page.locator("main").inner_text()

    signs_out(page)
    page.goto("/konto/login/")
    page.get_by_role("button", name="Zaloguj kluczem dostępu").click()
    page.wait_for_function("() => document.querySelector('h1')?.innerText === 'Mój dzień'")

    page.goto(KEYS)
    assert "ostatnio użyto" in page.locator("main").inner_text()
    follow(page.get_by_role("link", name="Usuń"))
    confirm_password(page)
    follow(page.get_by_role("button", name="Usuń klucz"))
    page.goto(KEYS)
    assert "Nie dodano jeszcze żadnego klucza." in page.locator("main").inner_text()

    signs_out(page)
    page.goto("/konto/login/")
    page.get_by_role("button", name="Zaloguj kluczem dostępu").click()
    page.get_by_text("Tego klucza nie ma na żadnym koncie albo został usunięty.").wait_for()
    assert "/konto/login/" in page.url
    session.send("WebAuthn.setUserVerified", {"authenticatorId": reader, "isUserVerified": False})
    page.get_by_role("button", name="Zaloguj kluczem dostępu").click()
    page.get_by_role("alert").get_by_text("Klucz nie zadziałał.").wait_for()
    assert [line for line in said if "Content Security Policy" in line or "Refused" in line] == []


def test_the_pages_of_keys_shut_nobody_out(opened, signs_in, cast):
    for scheme, width in (("light", 1280), ("dark", 390)):
        page, wrong = opened(None, scheme=scheme, width=width), []
        signs_in(page, "anna")
        for path in (KEYS, KEYS + "add/", "/konto/2fa/", "/konto/sessions/"):
            page.goto(path)
            confirm_password(page)
            wrong += violations(page) + too_wide(page)
        assert not wrong, "\n".join(wrong)


def test_signing_in_and_out_with_keys_alone(opened, cast):
    user = cast.anna.user
    user.set_password(PASSWORD)
    user.save()
    page = opened(None)
    page.goto("/konto/login/")
    for _step in range(12):
        if page.evaluate("document.activeElement.name") == "login":
            break
        page.keyboard.press("Tab")
    page.keyboard.type(user.login)
    for _step in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "password":
            break
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/")
    assert page.locator("h1").inner_text() == "Mój dzień"
    for _step in range(60):
        page.keyboard.press("Tab")
        on = page.evaluate("document.activeElement.innerText.trim()")
        if on in (user.full_name, "Wyloguj"):  # the first opens the menu the second stands in
            page.keyboard.press("Enter")
        if on == "Wyloguj":
            break
    page.wait_for_url("**/konto/login/**")
    assert page.locator("[name=login]").is_visible()
