"""What every county has and chance might leave out: a hidden address, a dangerous dog, a child on the way, a letter from court."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from gniazdo.access.rules import Actor
from gniazdo.exchange.library.demo import post_room, words
from gniazdo.exchange.library.demo.life import Life
from gniazdo.people.actions import raise_hazard, register_member, set_secret_address
from gniazdo.people.queries import proof_of_search

SURE = ("waiting", "planned", "active", "interview", "applied", "new")
"""Fates of the newest families of the first office that are not drawn, so that each list has something true to show."""


def add_what_is_rare(lives: list[Life], *, today: date) -> None:
    """Give families at work, those of the first assistant before others, what every assistant meets in a year."""
    if not lives:
        return
    anna = lives[0].office.with_role("assistant")[0]
    at_work = [life for life in reversed(lives) if life.case.state == "ACTIVE"]
    at_work.sort(key=lambda life: life.assistant.pk != anna.pk)
    for n, happen in enumerate(_events() if at_work else ()):
        life = at_work[n % len(at_work)]
        life.day = today - timedelta(days=5)
        happen(life, today)


def _events() -> Iterator[Callable[[Life, date], None]]:
    yield from (_dog, _court, _unborn, _hidden, _foreigner)


def _unborn(life: Life, today: date) -> None:
    fields = {"last_name": life.invented.people[0].last_name, "is_unborn": True, "due_on": today + timedelta(days=110)}
    with life.acting(life.assistant) as actor:
        _join(actor, life, "CHILD", fields)


def _foreigner(life: Life, today: date) -> None:
    fields = {
        "first_name": "Oksana",
        "last_name": "Melnyk",
        "sex": "F",
        "born_on": date(1996, 3, 8),
        "citizenship": "ukraińskie",
    }
    with life.acting(life.assistant) as actor:
        _join(actor, life, "STEP", fields)


def _join(actor: Actor, life: Life, role: str, fields: dict[str, Any]) -> None:
    register_member(
        actor, life.family, on=life.day, role=role, seen=proof_of_search(actor, fields),
        not_duplicate_reason="inna osoba, sprawdzono dokument", **fields,
    )  # fmt: skip


def _dog(life: Life, today: date) -> None:
    kind, text = words.HAZARDS
    with life.acting(life.assistant) as actor:
        raise_hazard(actor, life.family, kind=kind, words=text, review_on=today + timedelta(days=80), on=life.day)


def _hidden(life: Life, today: date) -> None:
    """A mother who fled violence: only the named worker and the manager may read where she lives."""
    with life.acting(life.assistant) as actor:
        set_secret_address(
            actor, life.family, since=life.day, readers=[life.assistant], street="ul. Ukryta 7 m. 3", postal_code="99-010",
            town="Brzozowo",
        )  # fmt: skip
        raise_hazard(
            actor, life.family, kind="VIOLENCE", words="Sprawca przemocy szuka rodziny: nie mówić nikomu, gdzie mieszka.",
            review_on=today + timedelta(days=60), on=life.day, visit_in_pairs=True,
        )  # fmt: skip


def _court(life: Life, today: date) -> None:
    post_room.court_asks(life, f"III Nsm 77/{today.year % 100}")
