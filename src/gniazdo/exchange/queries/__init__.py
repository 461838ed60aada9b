"""Reads of the exchange: runs and mappings, and what an import would do (the dry run)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from gniazdo.access.queries import fetch, reads, role, visible
from gniazdo.access.rules import Actor
from gniazdo.exchange.models import ImportedFamily, ImportMapping, ImportRun
from gniazdo.exchange.queries.forecast import Outlook as Outlook
from gniazdo.exchange.queries.forecast import outlooks as outlooks
from gniazdo.exchange.queries.forecast import read_already as read_already
from gniazdo.exchange.rules.cleaning import text
from gniazdo.exchange.rules.households import FamilyDraft, Remark, as_read, gather
from gniazdo.exchange.rules.mapping import Mapping
from gniazdo.exchange.rules.reading import read_table
from gniazdo.exchange.rules.sources import list_key
from gniazdo.exchange.vocab import KEPT_DAYS
from gniazdo.orgs.queries import parameter

importers = role("manager", label="kierownik jednostki")


@reads("exchange.import.view", label="Zobacz importy", who=importers)
def import_runs(actor: Actor) -> list[ImportRun]:
    """The institution's last fifty imports, newest first, without the files themselves."""
    rows = visible(actor, "exchange.import.view", ImportRun.objects.system())
    return list(rows.defer("content", "problems").select_related("by__user").order_by("-created_at")[:50])


def import_run(actor: Actor, run_id: UUID) -> ImportRun:
    """One run of the actor's institution. Raises NotHere."""
    return fetch(actor, "exchange.import.view", ImportRun.objects.system().select_related("by__user"), run_id)


def days_kept(institution_id: UUID, *, on: date) -> int:
    """How many days the institution keeps a file that was not read to the end, at least one."""
    return max(int(parameter(institution_id, KEPT_DAYS.id, on=on)), 1)


def saved_mappings(actor: Actor) -> list[ImportMapping]:
    """The institution's saved mappings by name."""
    return list(visible(actor, "exchange.import.view", ImportMapping.objects.system()).order_by("name"))


def remarks(run: ImportRun, *, most: int | None = None) -> list[Remark]:
    """What was wrong in the file, by row, in the reader's language."""
    return [as_read(kept) for kept in run.problems[:most]]


def error_header() -> list[str]:
    """The columns of the error file."""
    return [_("Wiersz"), _("Kolumna"), _("Wartość"), _("Co poprawić"), _("Rodzina pominięta")]


def error_rows(run: ImportRun) -> list[tuple[object, ...]]:
    """The lines of the error file."""
    return [(r.row, r.column, r.value, r.reason, _("tak") if r.blocking else _("nie")) for r in remarks(run)]


def drafts_of(run: ImportRun, *, on: date) -> list[FamilyDraft]:
    """The families of a run's file under its mapping. Raises Unreadable when the file no longer reads."""
    table = read_table(bytes(run.content or b""), run.file_name, is_safe=True)
    mapping = Mapping(columns=run.mapping.get("columns", {}), last_first=run.mapping.get("last_first", True))
    return gather(table, mapping, on=on)


def outlooks_of(run: ImportRun, *, start: int, size: int, on: date) -> list[Outlook]:
    """What would become of `size` families of a run from position `start`. Raises Unreadable."""
    return list(outlooks(run, drafts_of(run, on=on)[start : start + size], on=on))


def lists_read(actor: Actor) -> list[str]:
    """The names of the lists the institution has read families from, the newest first, each once."""
    runs = visible(actor, "exchange.import.view", ImportRun.objects.system())
    read = ImportedFamily.objects.system().filter(institution_id=actor.institution_id).values("run_id")
    names = runs.filter(pk__in=read).order_by("-created_at", "-id").values_list("list_name", flat=True)[:500]
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(list_key(name), name)
    return list(found.values())[:50]


def samples_of(run: ImportRun) -> list[list[str]]:
    """Up to three different values of each column, as the office typed them."""
    table = read_table(bytes(run.content or b""), run.file_name, is_safe=True)
    found: list[list[str]] = [[] for _heading in table.header]
    for _number, cells in table.rows[:200]:
        for values, cell in zip(found, cells, strict=True):
            shown = text(cell)[:40]
            if shown and len(values) < 3 and shown not in values:
                values.append(shown)
    return found
