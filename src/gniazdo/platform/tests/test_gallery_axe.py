"""The gallery in a real browser: no accessibility violation, light and dark, desk and phone; no message about the CSP."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[4]
AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"
CHROMIUM = Path("/usr/bin/chromium")
LAUNCH = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]
SHOTS = os.environ.get("GNIAZDO_SHOTS")  # a folder: pictures of what was looked at
pytestmark = pytest.mark.skipif(not (AXE.exists() and CHROMIUM.exists()), reason="needs chromium and a built front end")


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as play:
        launched = play.chromium.launch(executable_path=str(CHROMIUM), args=LAUNCH)
        yield launched
        launched.close()


def opened(browser, live_server, client, *, scheme="light", width=1280, bypass=True):
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=bypass, locale="pl-PL"
    )
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return context.new_page()


def test_the_gallery_has_no_violation(browser, live_server, client_of):
    client = client_of("maria")
    wrong = {}
    for scheme, width in (("light", 1280), ("dark", 1280), ("light", 390), ("dark", 390)):
        page = opened(browser, live_server, client, scheme=scheme, width=width)
        page.goto(f"{live_server.url}/ui/")
        page.add_script_tag(path=str(AXE))
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
        found = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", tags)
        wrong |= {
            f"{scheme} {width} {v['id']}": [(n["html"][:160], n["failureSummary"][:200]) for n in v["nodes"]]
            for v in found["violations"]
        }
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (
            f"{width}: the page is wider than its window"
        )
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/gallery-{scheme}-{width}.png", full_page=True)
        page.context.close()
    assert wrong == {}


def test_the_frame_breaks_no_policy_and_slash_goes_to_search(browser, live_server, client_of):
    page = opened(browser, live_server, client_of("maria"), bypass=False)
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.goto(f"{live_server.url}/ui/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "global-search"
    assert told == []
