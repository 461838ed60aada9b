"""Walks every address as Olga of another institution and as nobody: they learn nothing, not even that a thing exists."""

from __future__ import annotations

import uuid

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tree import told
from world import MARK, World, make_world

from gniazdo.access.models import JournalEntry

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore")]
BACKEND = "gniazdo.orgs.middleware.session.AuthenticationBackend"
SAYS_NO = {403, 404, 405, 409}


def addresses(resolver=None, before: tuple[str, ...] = ()):
    """(route as written, pattern with its converters) of every view of ours."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = (*before, str(entry.pattern))
        if isinstance(entry, URLResolver):
            yield from addresses(entry, route)
        elif isinstance(entry, URLPattern) and getattr(entry.callback, "__module__", "").startswith("gniazdo."):
            yield "".join(route), entry


def filled(route: str, values: dict[str, object]) -> str:
    """The route with its arguments in place."""
    for name, value in values.items():
        for converter in ("uuid:", "str:", "int:", "slug:", "path:", ""):
            route = route.replace(f"<{converter}{name}>", str(value))
    return "/" + route


def arguments_of(route: str) -> list[str]:
    return [part.split(">")[0].split(":")[-1] for part in route.split("<")[1:]]


@pytest.fixture
def world(cast) -> World:
    return make_world(cast)


def signed_in(post) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(post.user, backend=BACKEND)
    return client


def asked(client: Client, method: str, url: str):
    """One request whose effects are rolled back, so that one address cannot spoil the next."""
    with transaction.atomic():
        response = getattr(client, method)(url)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        journalled = JournalEntry.objects.filter(outcome="refused").count()
        transaction.set_rollback(True)
    return response, body, journalled


def test_the_world_has_an_object_for_every_address(world):
    wrong = [f"{label}: {why}" for label, why in world.unmade.items()]
    for route, _pattern in addresses():
        for name in arguments_of(route):
            if world.argument(name, route) is None:
                why = [
                    text
                    for label, text in world.unmade.items()
                    if label.split(".")[1].lower() == name.removesuffix("_id").replace("_", "")
                ]
                wrong.append(f"{route}: nothing for <{name}>, add it to tests/world.py {why}")
    assert not wrong, told(wrong)


def test_a_stranger_from_another_institution_learns_nothing(world):
    olga, wrong, walked = signed_in(world.cast.olga), [], 0
    for route, _pattern in addresses():
        names = arguments_of(route)
        real = {n: world.argument(n, route) for n in names}
        if None in real.values():
            continue
        ids = [n for n in names if isinstance(real[n], uuid.UUID)]
        invented = {**real, **{n: uuid.uuid4() for n in ids}}
        for method in ("get", "post"):
            walked += 1
            url = filled(route, real)
            response, body, journalled = asked(olga, method, url)
            if MARK.encode() in body:
                wrong.append(f"{method} {url}: shows {MARK}")
            if response.status_code >= 500:
                wrong.append(
                    f"{method} {url}: {response.status_code} {getattr(response, 'exc_info', ('', ''))[1]!r}"[:240]
                )
            if not ids or response.status_code == 405:
                continue
            other, _, _ = asked(olga, method, filled(route, invented))
            if response.status_code not in SAYS_NO:
                wrong.append(f"{method} {url}: {response.status_code} instead of 404")
            elif response.status_code != other.status_code:
                wrong.append(f"{method} {url}: {response.status_code}, an invented id gives {other.status_code}")
            elif response.status_code == 404 and not journalled:
                wrong.append(f"{method} {url}: 404 without a line in the journal")
    assert not wrong, told(wrong)
    assert walked or not list(addresses())


def test_search_and_filters_do_not_find_what_is_not_theirs(world):
    olga, wrong = signed_in(world.cast.olga), []
    for route, _pattern in addresses():
        if arguments_of(route):
            continue
        for query in (
            f"q={MARK[:6]}",
            f"szukaj={MARK[:6]}",
            f"family={world.family.pk}",
            f"case={world.argument('case_id')}",
        ):
            response, body, _ = asked(olga, "get", f"/{route}?{query}")
            if MARK.encode() in body:
                wrong.append(f"/{route}?{query}: shows {MARK}")
            if response.status_code >= 500:
                wrong.append(f"/{route}?{query}: {response.status_code}")
    assert not wrong, told(wrong)


def test_nobody_is_shown_the_door(world):
    wrong = []
    for route, pattern in addresses():
        real = {n: world.argument(n, route) for n in arguments_of(route)}
        if None in real.values():
            continue
        for method in ("get", "post"):
            url = filled(route, real)
            response, body, _ = asked(Client(raise_request_exception=False), method, url)
            if MARK.encode() in body:
                wrong.append(f"{method} {url}: shows {MARK}")
            if getattr(pattern.callback, "open_page", ""):
                continue
            to_door = response.status_code == 302 and response["Location"].startswith((settings.LOGIN_URL, "/konto/"))
            if not to_door and response.status_code not in (401, *SAYS_NO):
                wrong.append(f"{method} {url}: {response.status_code} {response.headers.get('Location', '')}")
    assert not wrong, told(wrong)


def test_the_own_manager_is_not_a_stranger(world):
    """The control: the same ids do lead somewhere for those who may see them, or the walk above proves nothing."""
    client, found = signed_in(world.cast.maria), 0
    for route, _pattern in addresses():
        names = arguments_of(route)
        real = {n: world.argument(n, route) for n in names}
        if names and None not in real.values():
            response, _, _ = asked(client, "get", filled(route, real))
            found += response.status_code in (200, 302)
    assert found >= 5 or len(list(addresses())) < 20
