"""`gniazdo due --as …` and the board page are two ways to the same rows: compared for everybody who may sign in to the demo county."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gniazdo.conf import cli
from gniazdo.deadlines.models import DeadlineRow
from gniazdo.deadlines.queries import DEADLINES
from gniazdo.exchange.library.demo import build
from gniazdo.kernel import clock
from gniazdo.orgs.models import User

TODAY = date(2026, 11, 23)

type Seen = Counter[tuple[str, str, str, str]]
"""(clock, subject, due day, reason): how many of each."""


def on_the_page(user: User) -> Seen:
    """Every row of the board, page after page; nothing where the board is not for this person."""
    client, seen, cursor = Client(), Counter(), ""
    client.force_login(user, backend="gniazdo.orgs.middleware.session.AuthenticationBackend")
    while True:
        response = client.get(reverse("deadlines:board"), {"po": cursor} if cursor else {})
        if response.status_code != 200:
            assert response.status_code in (403, 404)
            return seen
        lines = [line for _code, _name, found in response.context["bands"] for line in found]
        subjects = dict(
            DeadlineRow.objects.system().filter(pk__in=[x.row_id for x in lines]).values_list("pk", "subject_id")
        )
        seen.update((x.clock, str(subjects[x.row_id]), x.due_on.isoformat(), x.why) for x in lines)
        cursor = response.context["next"]
        if not cursor:
            return seen


def on_the_terminal(user: User, capsys: pytest.CaptureFixture[str]) -> Seen:
    """What the command says for programs."""
    with pytest.raises(SystemExit) as end:
        cli.app(["due", "--as", user.login, "--json"])
    assert not end.value.code
    told: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return Counter((row["clock"], row["subject"], row["due_on"], row["sentence"]) for row in told)


@pytest.mark.django_db(transaction=True)
@pytest.mark.filterwarnings("ignore")
def test_everybody_reads_the_same_in_both_places(capsys) -> None:
    build(families=8, today=TODAY)
    seen: dict[str, Seen] = {}
    with clock.stopped(clock.moment(TODAY, 10)):
        for user in User.objects.order_by("login"):
            seen[user.login] = on_the_page(user)
            assert on_the_terminal(user, capsys) == seen[user.login], user.login
    assert len(seen) > 10
    assert {"anna", "maria"} <= {login for login, rows in seen.items() if rows}
    assert {"artur"} <= {login for login, rows in seen.items() if not rows}
    clocks = {clock for rows in seen.values() for clock, *_rest in rows}
    assert clocks <= {d.clock for d in DEADLINES.values()}
    assert len(clocks) > 5
