"""Duties of the institution itself: how its terms are computed, what is on the page of its duties, who may read it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from django.db.models import Model, Q

from gniazdo.access.queries import NOTHING, Guard, reads, role, visible
from gniazdo.access.rules import Actor
from gniazdo.deadlines.models import DeadlineRow, OfficeEvent
from gniazdo.deadlines.queries.declaring import Deadline
from gniazdo.deadlines.queries.seeing import Scope
from gniazdo.deadlines.rules import Fact
from gniazdo.platform.models import Record

COMMUNE = frozenset({"OPS", "CUS", "MOPR"})  # centres of a commune, a city with county rights included
OFFICE_URL = ("deadlines:office",)
LIMIT = 100


def _without_family(actor: Actor, model: type[Model]) -> Q:
    if model is Model:
        return Q(pk__isnull=False)
    return Q(family__isnull=True) if model is DeadlineRow else NOTHING


def _without_family_quick(actor: Actor, obj: Record) -> bool | None:
    return isinstance(obj, DeadlineRow) and obj.family_id is None


of_the_office = Guard("obowiązki samej jednostki", _without_family, _without_family_quick)
KEEPERS = role("manager", "dpo", "secretary", label="kierownik jednostki, inspektor ochrony danych lub sekretariat")


def whose(scope: Scope, role: str) -> str:
    """The role a duty falls to: the declared one, or the manager while nobody holds it."""
    return role if role in scope.held_roles else "manager"


def chain(deadline: Deadline, scope: Scope, *, kind: str) -> Iterator[Fact]:
    """A repeating term: each event of the kind fulfils one row and starts the next."""
    events = scope.office(kind)
    for event, following in pairwise([*events, None]):
        if event:
            yield from scope.fact(
                deadline, start=event.on, subject_id=event.id, subject_kind="deadlines.officeevent",
                fulfilled_on=following.on if following else None, role=whose(scope, deadline.role), url=OFFICE_URL,
            )  # fmt: skip


def asked(deadline: Deadline, scope: Scope, *, kind: str) -> Iterator[Fact]:
    """Somebody asked or something happened: the term runs until the answer is written down."""
    for event in scope.office(kind):
        yield from scope.fact(
            deadline, start=event.on, subject_id=event.id, subject_kind="deadlines.officeevent",
            fulfilled_on=event.done_on, url=OFFICE_URL,
        )  # fmt: skip


def yearly(deadline: Deadline, scope: Scope, *, kind: str) -> Iterator[Fact]:
    """A report for each year that ended since the institution works in the program; done by the event of the following year."""
    where, began = scope.institution
    if where not in COMMUNE:
        return
    for year in range(began.year, scope.on.year):
        end, next_end = date(year, 12, 31), date(year + 1, 12, 31)
        done = [event.on for event in scope.office(kind) if end < event.on <= next_end]
        yield from scope.fact(
            deadline, start=end, subject_id=scope.institution_id, subject_kind="orgs.institution",
            fulfilled_on=min(done, default=None), url=OFFICE_URL,
        )  # fmt: skip


@reads("deadlines.office.view", label="Obowiązki jednostki", who=KEEPERS)
def office_events(actor: Actor) -> list[OfficeEvent]:
    """What was written down of the institution itself, the newest first; crossed out entries stay visible."""
    rows = visible(actor, "deadlines.office.view", OfficeEvent.objects.system())
    return list(rows.select_related("post__user", "by__user").order_by("-on", "-id")[:LIMIT])
