"""Fixtures every test may use: the stopped clock, the cast, a signed-in client. Warnings are errors (pyproject)."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.template import Variable, VariableDoesNotExist
from django.test import Client
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from gniazdo.kernel import clock
from gniazdo.orgs.tests.factories import Cast, make_cast

TODAY = date(2026, 11, 18)


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[date]:
    """Every test lives on Wednesday 18 November 2026, 9:00 in Warsaw."""
    with clock.stopped(TODAY):
        yield TODAY


@pytest.fixture(autouse=True)
def in_polish() -> None:
    """A request leaves its reader's language on the thread; the next test begins in Polish, whatever the order."""
    translation.activate("pl")


@pytest.fixture
def cast(db: None, stopped_clock: date) -> Cast:
    """The fixed cast in two institutions."""
    return make_cast(stopped_clock)


@pytest.fixture
def client_of(cast: Cast) -> Callable[[str], Client]:
    """`client_of("anna")`: a client signed in as that member of the cast."""

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(getattr(cast, name).user, backend="gniazdo.orgs.middleware.session.AuthenticationBackend")
        return client

    return signed_in


def _ends_in_nothing(path: str, context: Any) -> bool:
    """Whether a dotted variable is unknown only because something on its way is None (a family without a plan), or a search field is empty."""
    if path.startswith("request.GET."):
        return True
    parts = path.split(".")
    for upto in range(len(parts) - 1, 0, -1):
        try:
            return Variable(".".join(parts[:upto])).resolve(context) is None
        except VariableDoesNotExist:
            continue
    return False


class UnknownVariable(str):
    """Stands where a template's variable is unknown; printing it fails the test. Other people's templates are forgiven."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, variable: Any) -> str:
        context = sys._getframe(1).f_locals.get("context")
        name = getattr(getattr(context, "template", None), "name", None) or ""
        if name.startswith(("account/", "mfa/", "usersessions/", "allauth/", "django/")):
            return ""
        if context is not None and _ends_in_nothing(str(variable), context):
            return ""
        raise AssertionError(f"Unknown variable {variable} in a page of {name}")


@pytest.fixture(autouse=True, scope="session")
def strict_templates() -> None:
    """Under ./check an unknown variable in a template fails the test that met it."""
    if os.environ.get("GNIAZDO_STRICT") == "1":
        from django.template import engines

        engines["django"].engine.string_if_invalid = UnknownVariable("unknown")  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Close what threads of tests and live servers left open, or PostgreSQL will not drop the test database."""
    yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
