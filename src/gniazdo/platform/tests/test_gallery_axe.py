"""The gallery in a real browser: no accessibility violation, light and dark, desk and phone; no message about the CSP."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.conf import settings

from gniazdo.platform.tests.browsing import BROWSER, chromium, too_wide, violations

SHOTS = os.environ.get("GNIAZDO_SHOTS")  # a folder: pictures of what was looked at
pytestmark = BROWSER


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with chromium() as launched:
        yield launched


def opened(browser, live_server, client, *, scheme="light", width=1280, bypass=True):
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=bypass, locale="pl-PL"
    )
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return context.new_page()


def test_the_gallery_has_no_violation(browser, live_server, client_of):
    client = client_of("maria")
    wrong: list[str] = []
    for scheme, width in (("light", 1280), ("dark", 1280), ("light", 390), ("dark", 390)):
        page = opened(browser, live_server, client, scheme=scheme, width=width)
        page.goto(f"{live_server.url}/ui/")
        wrong += [f"{scheme} {width} {one}" for one in violations(page) + too_wide(page)]
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/gallery-{scheme}-{width}.png", full_page=True)
        page.context.close()
    assert wrong == []


def test_the_frame_breaks_no_policy_and_slash_goes_to_search(browser, live_server, client_of):
    page = opened(browser, live_server, client_of("maria"), bypass=False)
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.goto(f"{live_server.url}/ui/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "global-search"
    assert told == []
