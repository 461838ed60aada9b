"""Fixtures every test may use: the stopped clock, the cast, a signed-in client. Warnings are errors (pyproject)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client

from gniazdo.kernel import clock
from gniazdo.orgs.tests.factories import Cast, make_cast

TODAY = date(2026, 11, 18)


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[date]:
    """Every test lives on Wednesday 18 November 2026, 9:00 in Warsaw."""
    with clock.stopped(TODAY):
        yield TODAY


@pytest.fixture
def cast(db: None, stopped_clock: date) -> Cast:
    """The fixed cast in two institutions."""
    return make_cast(stopped_clock)


@pytest.fixture
def client_of(cast: Cast) -> Callable[[str], Client]:
    """`client_of("anna")`: a client signed in as that member of the cast."""

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(getattr(cast, name).user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in
