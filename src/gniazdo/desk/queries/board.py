"""The manager's board: exceptions as numbers that open their lists, load of assistants, a year of stock and flow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from gniazdo.access.queries import reads, role, visible
from gniazdo.access.rules import Actor
from gniazdo.assistance.models import AssistanceCase
from gniazdo.assistance.process import ASSISTANCE
from gniazdo.assistance.queries.load import AssistantLoad, caseload_board
from gniazdo.assistance.queries.registers import waiting
from gniazdo.assistance.queries.visits import Gap, contact_gaps
from gniazdo.cases.models import CaseFile
from gniazdo.deadlines.queries.board import MANY, Filters, counts
from gniazdo.plans.models import PlanVersion

LIST = 100
BARS = 24  # the fullest assistants; the others have a page of their own


@dataclass(frozen=True, slots=True)
class Tile:
    """An exception: how many, in words, where its list is; `tone` of the badge when it is not nought."""

    label: str
    number: int
    url: str
    hint: str
    tone: str = "warn"


@dataclass(frozen=True, slots=True)
class Board:
    """The state of the unit at a glance."""

    tiles: list[Tile]
    loads: list[AssistantLoad]
    assistants: int
    gaps: list[Gap]
    months: list[str]
    stock: list[int]
    started: list[int]
    ended: list[int]


@reads(
    "desk.board.view",
    label="Tablica kierownika",
    who=role("manager", "team_leader", label="kierownik jednostki lub zespołu"),
)
def board(actor: Actor, *, on: date) -> Board:
    """Exceptions, loads and twelve months, for the head the whole unit, for a team leader the team."""
    whose = "all" if actor.has_role("manager") else "team"
    overdue = counts(actor, on=on, filters=Filters(whose)).overdue
    gaps = contact_gaps(actor, on=on, limit=LIST)
    queue = waiting(actor, on=on)
    tiles = [
        Tile(
            "Terminy po czasie",
            overdue,
            reverse("deadlines:board") + f"?czyje={whose}&dni=-1",
            "otwórz listę z podstawą prawną",
            "bad",
        ),
        Tile(
            "Rodziny bez planu",
            without_plan(actor)[:MANY].count(),
            reverse("desk:without-plan"),
            "praca trwa, a planu nie zatwierdzono",
        ),
        Tile("Rodziny bez kontaktu", len(gaps), reverse("desk:contact-gaps"), "dłużej niż w ustawieniach jednostki"),
        Tile(
            "Oczekują na asystenta", len(queue), reverse("assistance:waiting-list"), "od najdłużej czekającej", "info"
        ),
    ]
    months, stock, started, ended = _year(actor, on)
    fullest = caseload_board(actor, on=on)[::-1]
    return Board(tiles, fullest[:BARS], len(fullest), gaps[:10], months, stock, started, ended)


def without_plan(actor: Actor) -> QuerySet[CaseFile]:
    """Active cases without an approved plan, the longest in their state first."""
    approved = PlanVersion.objects.system().filter(plan__case_id=OuterRef("pk"), status="approved")
    rows = visible(actor, "cases.case.view", CaseFile.objects.system())
    rows = rows.filter(kind="ASSISTANCE", state__in=("ACTIVE", "DIAGNOSIS", "PLANNED", "ASSIGNED")).exclude(
        Exists(approved)
    )
    return rows.select_related("family").order_by("state_since", "id")


def state_of(case: CaseFile) -> str:
    """The Polish name of a case's state."""
    return ASSISTANCE.label_of(case.state)


def _year(actor: Actor, on: date) -> tuple[list[str], list[int], list[int], list[int]]:
    """Labels, stock at month's end, assignments and endings of the last twelve months. One query."""
    starts = [date(on.year + (on.month - n - 1) // 12, (on.month - n - 1) % 12 + 1, 1) for n in range(11, -1, -1)]
    edges = [*starts[1:], date(on.year + on.month // 12, on.month % 12 + 1, 1)]
    rows = visible(actor, "cases.case.view", AssistanceCase.objects.system()).order_by()
    parts = {}
    for n, (start, end) in enumerate(zip(starts, edges, strict=True)):
        parts[f"s{n}"] = Count("pk", filter=Q(assigned_on__lt=end) & (Q(ended_on__isnull=True) | Q(ended_on__gte=end)))
        parts[f"a{n}"] = Count("pk", filter=Q(assigned_on__gte=start, assigned_on__lt=end))
        parts[f"e{n}"] = Count("pk", filter=Q(ended_on__gte=start, ended_on__lt=end))
    found = rows.aggregate(**parts)
    names = ("sty", "lut", "mar", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru")
    return (
        [names[s.month - 1] for s in starts],
        [found[f"s{n}"] for n in range(12)],
        [found[f"a{n}"] for n in range(12)],
        [found[f"e{n}"] for n in range(12)],
    )
