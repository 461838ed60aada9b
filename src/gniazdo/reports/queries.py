"""What a report is: cells that are querysets with their definition in words, so that every number opens its records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from gniazdo.access.queries import reads, role
from gniazdo.access.rules import Actor, NotHere
from gniazdo.kernel.catalogue import declare
from gniazdo.kernel.periods import Period
from gniazdo.reports.models import FrozenReport

readers = role("manager", "team_leader", label="kierownik jednostki lub zespołu")


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom and when a report counts. `last_day` is the day stocks are taken on."""

    institution_id: UUID
    period: Period

    @property
    def last_day(self) -> date:
        assert self.period.until is not None
        return date.fromordinal(self.period.until.toordinal() - 1)


@dataclass(frozen=True, slots=True)
class Cell:
    """One number: `rows` are the records counted, ordered; `definition` is what the footer and the drill-down say.

    `total` turns the rows into the number (default: how many); `show` gives (text, url) of a record.
    """

    code: str
    label: str
    definition: str
    rows: Callable[[Scope], QuerySet[Any]]
    show: Callable[[Any], tuple[str, str]]
    total: Callable[[QuerySet[Any]], float | int] = lambda rows: rows.count()
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Cells under one heading."""

    label: str
    cells: tuple[Cell, ...]


class Report:
    """A declared report; a bad one (two cells with one code) stops the program at start."""

    def __init__(
        self, id: str, title: str, *, basis: str, kind: str, groups: tuple[Group, ...], mark: str = ""
    ) -> None:
        self.id, self.title, self.basis, self.kind, self.groups, self.mark = id, title, basis, kind, groups, mark
        self.cells = {cell.code: cell for group in groups for cell in group.cells}
        assert len(self.cells) == sum(len(g.cells) for g in groups), f"report {id} repeats a cell"
        declare("report", id, title, self)
        REPORTS[id] = self

    def values(self, scope: Scope) -> dict[str, float | int]:
        """Every cell's number."""
        return {code: cell.total(cell.rows(scope)) for code, cell in self.cells.items()}


REPORTS: dict[str, Report] = {}


@reads("reports.report.view", label="Zobacz sprawozdanie", who=readers)
def report_values(actor: Actor, report: Report, period: Period) -> dict[str, float | int]:
    """The numbers of a report for the actor's institution."""
    return report.values(Scope(actor.institution_id, period))


def cell_rows(
    actor: Actor, report: Report, code: str, period: Period, *, after: int, size: int
) -> tuple[list[Any], bool]:
    """The records behind one number, `size` from position `after`, and whether more follow. Raises NotHere."""
    if code not in report.cells:
        raise NotHere("cell", {"code": "reports.report.view", "id": code})
    rows = report.cells[code].rows(Scope(actor.institution_id, period))
    found = list(rows[after : after + size + 1])
    return found[:size], len(found) > size


def frozen_copies(actor: Actor, report: Report) -> list[FrozenReport]:
    """Copies already sent, newest first."""
    rows = FrozenReport.objects.for_actor(actor).filter(report=report.id)
    return list(rows.select_related("by__user").order_by("-frozen_at")[:20])
