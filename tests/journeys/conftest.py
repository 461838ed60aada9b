"""One Chromium a module, pages of signed-in members of the cast, and what the live server leaves collected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache

from gniazdo.assistance.tests.corridor import Corridor
from gniazdo.assistance.tests.working import Work
from gniazdo.orgs.tests.factories import PASSWORD
from gniazdo.platform.tests.browsing import BROWSER, chromium, collect_connections

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every journey is marked as a test of the browser."""
    for item in items:
        if HERE in item.path.parents:
            for mark in BROWSER:
                item.add_marker(mark)


@pytest.fixture(scope="module", autouse=True)
def live_connections_collected() -> Iterator[None]:
    """After the last live server of the module."""
    yield
    collect_connections()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as launched:
        yield launched


@pytest.fixture
def opened(browser: Any, live_server: Any, client_of: Callable[[str], Any]) -> Iterator[Callable[..., Any]]:
    """`opened("anna", width=390)`: a page of a signed-in member of the cast (None: a stranger).

    `bypass=False` keeps the CSP in force; anything else goes to the browser's context (java_script_enabled, zoom).
    `drafts=False` sends no drafts: the test's one connection cannot keep one while it serves the next request.
    """
    cache.clear()
    contexts = []

    def page_of(
        name: str | None,
        *,
        scheme: str = "light",
        width: int = 1280,
        height: int = 900,
        bypass: bool = True,
        drafts: bool = True,
        **told: Any,
    ) -> Any:
        context = browser.new_context(
            color_scheme=scheme, viewport={"width": width, "height": height}, bypass_csp=bypass, locale="pl-PL",
            base_url=live_server.url, **told,
        )  # fmt: skip
        context.set_default_timeout(10_000)
        if name:
            cookie = client_of(name).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        if not drafts:
            context.route("**/szkic/", lambda route: route.abort())
        contexts.append(context)
        return context.new_page()

    yield page_of
    for context in contexts:
        context.set_offline(True)  # a half-written form would still send its draft while the database is emptied
        context.close()


@pytest.fixture
def signs_in(cast: Any) -> Callable[[Any, str], None]:
    """`signs_in(page, "anna")`: with login and password at the door, as people do."""

    def sign_in(page: Any, name: str) -> None:
        user = getattr(cast, name).user
        user.set_password(PASSWORD)
        user.save()
        page.goto("/konto/login/")
        page.fill("input[name=login]", user.login)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url("**/")

    return sign_in


@pytest.fixture
def led(transactional_db: None, cast: Any) -> Callable[[str], Work]:
    """`led("ACTIVE")`: a family led there along the corridor by its verbs, with everything the screens show of it."""

    def lead(state: str) -> Work:
        case = Corridor(cast, name="Wędrowni").to(state)
        members = list(case.family.memberships.select_related("person").order_by("id"))
        return Work(
            cast, case.family, case, cast.actor("anna"), cast.actor("maria"),
            next(m.person for m in members if m.role == "PARENT"), [m.person for m in members if m.role == "CHILD"],
        )  # fmt: skip

    return lead
