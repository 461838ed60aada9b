"""How many queries each page asks, kept in a file: a count may not grow unnoticed, nor grow with the rows."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from test_outsider import addresses, arguments_of, filled, signed_in
from tree import told
from world import make_world

from gniazdo.access.actions import system_act
from gniazdo.cases.tests.factories import make_case
from gniazdo.people.tests.factories import make_family

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore")]
FILE = Path(__file__).parent / "query_counts.json"
# Counts that follow the content of one record, not the number of rows; each with its reason.
MAY_GROW: dict[str, str] = {}


def counts(world, who: str) -> dict[str, int]:
    """Queries per address for a GET by that member of the cast; pages that are not theirs are left out."""
    client, found = signed_in(getattr(world.cast, who)), {}
    for route, _pattern in addresses():
        values = {n: world.argument(n, route) for n in arguments_of(route)}
        if None in values.values():
            continue
        with transaction.atomic():
            client.get(filled(route, values))  # the first visit fills caches of the process
            with CaptureQueriesContext(
                connection,
            ) as seen:
                response = client.get(filled(route, values))
                if response.streaming:
                    b"".join(response.streaming_content)
            transaction.set_rollback(True)
        assert response.status_code < 500, route
        if response.status_code == 200:
            found[route] = len([q for q in seen.captured_queries if "SAVEPOINT" not in q["sql"]])
    return found


def test_no_page_asks_more_than_it_did(cast):
    now = counts(make_world(cast), "maria")
    if os.environ.get("GNIAZDO_COUNTS") == "write":
        FILE.write_text(json.dumps(now, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
    known = json.loads(FILE.read_text()) if FILE.exists() else {}
    wrong = [f"/{route}: {n} queries, {known[route]} before" for route, n in now.items() if n > known.get(route, n)]
    wrong += [
        f"/{route}: {n} queries, not in {FILE.name} (GNIAZDO_COUNTS=write)"
        for route, n in now.items()
        if route not in known
    ]
    assert not wrong, told(wrong)


def test_no_page_asks_more_when_there_are_more_rows(cast):
    from gniazdo.assistance.process import ASSISTANCE

    world = make_world(cast)
    few = counts(world, "maria")
    for n in range(6):
        family = make_family(cast.institution, f"Liczni {n}")
        make_case(family, ASSISTANCE, on=cast.today, assistant=cast.anna)
    for label, row in list(world.rows.items()):
        for _ in range(3):
            try:
                with transaction.atomic(), system_act("test"):
                    world.bake(type(row))
            except Exception:
                break
        world.rows[label] = row
    many = counts(world, "maria")
    wrong = [
        f"/{route}: {few[route]} queries with few rows, {many[route]} with more"
        for route in few
        if route not in MAY_GROW and many.get(route, 0) > few[route]
    ]
    assert not wrong, told(wrong)
