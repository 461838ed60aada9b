"""A family Anna works with, and makers of its visits, for tests of daily work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from gniazdo.access.rules import Actor
from gniazdo.assistance.actions.visit import VisitEntry, record_visit
from gniazdo.assistance.models import Visit
from gniazdo.assistance.process import ASSISTANCE
from gniazdo.cases.models import CaseFile
from gniazdo.cases.tests.factories import make_case
from gniazdo.orgs.tests.factories import Cast
from gniazdo.people.models import Family, Person
from gniazdo.people.tests.factories import make_family


@dataclass
class Work:
    """A family, its open case and the actors around it."""

    cast: Cast
    family: Family
    case: CaseFile
    anna: Actor
    maria: Actor
    mother: Person
    children: list[Person]

    @property
    def today(self) -> date:
        return self.cast.today


def make_work(cast: Cast, *, state: str = "ACTIVE", name: str = "Testowi") -> Work:
    """An open assistance case since 1 March 2026, assigned to Anna."""
    family = make_family(cast.institution, name)
    case = make_case(family, ASSISTANCE, on=date(2026, 3, 1), assistant=cast.anna, state=state)
    members = list(family.memberships.order_by("id"))
    return Work(
        cast, family, case, cast.actor("anna"), cast.actor("maria"),
        next(m.person for m in members if m.role == "PARENT"), [m.person for m in members if m.role == "CHILD"],
    )  # fmt: skip


def entry_of(work: Work, **fields: Any) -> VisitEntry:
    """A plausible planned visit today at ten, an hour long."""
    return VisitEntry(**{"on": work.today, "starts": time(10), "minutes": 60, "course": "Rozmowa o szkole.", **fields})


def make_visit(work: Work, *, days_ago: int = 0, **fields: Any) -> Visit:
    """A recorded visit some days ago."""
    entry = entry_of(work, **{"on": work.today - timedelta(days=days_ago), **fields})
    return record_visit(work.anna, work.case, entry=entry, today=work.today)
