"""How every browser test starts Chromium and asks axe: one place for the gallery's test and for the journeys."""

from __future__ import annotations

import gc
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[4]
AXE = ROOT / "frontend/node_modules/axe-core/axe.min.js"
CHROMIUM = os.environ.get("GNIAZDO_CHROMIUM", "/usr/bin/chromium")
LAUNCH = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_NEEDS = pytest.mark.skipif(
    not os.environ.get("CI") and not (AXE.exists() and Path(CHROMIUM).exists()),
    reason="needs chromium and a built front end (a build server never skips it)",
)
# The live server's threads leave their connections to the collector; nothing of ours does.
BROWSER = [
    _NEEDS,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@contextmanager
def chromium() -> Iterator[Any]:
    """A headless Chromium; Playwright's own loop makes Django ask for the variable."""
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as play:
        launched = play.chromium.launch(executable_path=CHROMIUM, args=LAUNCH)
        yield launched
        launched.close()
    collect_connections()


def collect_connections() -> None:
    """Finalise what the live server's threads left, here and not at the end of the session, where it would be an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def violations(page: Any) -> list[str]:
    """What axe finds on the page as it stands: rule and the first element, one sentence each."""
    if not page.evaluate("typeof axe === 'object'"):
        page.add_script_tag(path=str(AXE))
    found = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", TAGS)
    return [
        f"{page.url} {v['id']}: {n['html'][:160]} {n['failureSummary'][:160]}"
        for v in found["violations"]
        for n in v["nodes"][:3]
    ]


def too_wide(page: Any) -> list[str]:
    """Whether the page scrolls sideways."""
    wide, shown = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    return [f"{page.url}: {wide} px wide, {shown} shown"] if wide > shown else []


def follow(target: Any) -> None:
    """Click what leads to another page and wait until that page stands: a click alone leaves the old one under the test."""
    with target.page.expect_navigation():
        target.click()


def settle(page: Any) -> None:
    """Leave the field and wait until the draft is kept: the test's one connection does not serve two requests at once."""
    page.evaluate("document.activeElement.blur()")
    page.wait_for_function(
        "() => ![...document.querySelectorAll('.draft-status')].some(e => e.textContent.startsWith('Zapisuj'))"
    )
