"""Builds the demo county: offices founded, then families lived one after another in the order they were reported."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from django.db import connection

from gniazdo.deadlines.actions import rebuild, refresh_held
from gniazdo.exchange.library.demo import workday
from gniazdo.exchange.library.demo.county import Office, found
from gniazdo.exchange.library.demo.duties import live_duties
from gniazdo.exchange.library.demo.invent import Inventor
from gniazdo.exchange.library.demo.life import Life
from gniazdo.exchange.library.demo.months import live_months
from gniazdo.exchange.library.demo.special import SURE, add_what_is_rare
from gniazdo.kernel import clock
from gniazdo.orgs.queries import system_actor

YEARS = 3
SEED = 2026
# How far families go, of a hundred reported.
LATE = (("new", 8), ("interview", 20), ("applied", 8), ("waiting", 14), ("planned", 10), ("active", 30), ("court", 10))
EARLY = (
    ("active", 38), ("court", 7), ("suspended", 3), ("monitored", 16), ("closed", 20), ("rejected", 6), ("no_grounds", 5), ("refused", 5),
)  # fmt: skip


def build(
    *, families: int, progress: Callable[[int, int], None] = lambda n, total: None, today: date | None = None
) -> None:
    """Found the institutions and live `families` lives up to today. The same number gives the same county on the same day."""
    if connection.vendor == "sqlite":
        with (
            connection.cursor() as cursor
        ):  # made-up data may be lost with the power; the server's own connections keep FULL
            cursor.execute("PRAGMA synchronous=OFF")
    today = today or clock.today()
    since = date(today.year - YEARS, today.month, 1)
    random, inventor = Random(SEED), Inventor(SEED)  # noqa: S311 - play, not secrets
    with refresh_held():
        with clock.stopped(since):
            offices = found(since)
        serving = [office for office in offices if office.place.share]
        workday.furnish(serving[0], since=since)
        for n, office in enumerate(offices):
            live_duties(office, n, since=since, today=today)
        lives_here = _live(families, serving, random, inventor, since=since, today=today, progress=progress)
        add_what_is_rare(lives_here, today=today)
        for office in serving:
            live_months(office, random, today=today)
        workday.bring_in(serving[0], inventor, today=today)
    for office in offices:
        rebuild(system_actor(office.institution), office.institution, on=today)
    workday.lie_unfinished(serving[0], lives_here, today=today)
    workday.tell_everyone(offices, today=today)


def _live(
    families: int, serving: list[Office], random: Random, inventor: Inventor, *, since: date, today: date,
    progress: Callable[[int, int], None],
) -> list[Life]:  # fmt: skip
    """Live all the families in the order they were reported; those of the first office come back."""
    lives = sorted(
        (_beginning(random, n, families, serving, since, today) for n in range(families)), key=lambda b: b[0]
    )
    lives_here: list[Life] = []
    for n, (start, office, fate) in enumerate(lives, 1):
        place = office.place
        invented = inventor.family(start, place.town, place.postal_code)
        life = Life(office, invented, random, start=start, today=today, fate=fate)
        life.live()
        if office is serving[0]:
            lives_here.append(life)
        progress(n, families)
    return lives_here


def _beginning(
    random: Random, n: int, families: int, serving: list[Office], since: date, today: date
) -> tuple[date, Office, str]:
    """When, where and with what fate the n-th family is reported: a fifth of them in the last three weeks."""
    office = random.choices(serving, [o.place.share for o in serving])[0]
    span = (today - since).days
    if n < min(len(SURE), families / 5):
        return today - timedelta(days=58), serving[0], SURE[n]
    if n < families / 5:
        return today - timedelta(days=random.randint(1, 45)), office, _draw(random, LATE)
    return since + timedelta(days=random.randint(14, span - 60)), office, _draw(random, EARLY)


def _draw(random: Random, fates: tuple[tuple[str, int], ...]) -> str:
    return random.choices([f for f, _w in fates], [w for _f, w in fates])[0]
