"""Reads of the exchange: runs and mappings, and what an import would do (the dry run)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from gniazdo.access.queries import fetch, reads, role, visible
from gniazdo.access.rules import Actor
from gniazdo.exchange.models import ImportedFamily, ImportMapping, ImportRun
from gniazdo.exchange.rules.cleaning import text
from gniazdo.exchange.rules.households import FamilyDraft, PersonDraft, Problem, Remark, as_read, gather
from gniazdo.exchange.rules.mapping import Mapping
from gniazdo.exchange.rules.reading import read_table
from gniazdo.kernel.legal import Sentence
from gniazdo.people.models import Person
from gniazdo.people.rules.names import fold

importers = role("manager", label="kierownik jednostki")


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would become of one family of the file: `fate` is new, known, changed or blocked."""

    draft: FamilyDraft
    fate: str
    existing: dict[str, UUID] = field(default_factory=dict)


@reads("exchange.import.view", label="Zobacz importy", who=importers)
def import_runs(actor: Actor) -> list[ImportRun]:
    """The institution's last fifty imports, newest first, without the files themselves."""
    rows = visible(actor, "exchange.import.view", ImportRun.objects.system())
    return list(rows.defer("content", "problems").select_related("by__user").order_by("-created_at")[:50])


def import_run(actor: Actor, run_id: UUID) -> ImportRun:
    """One run of the actor's institution. Raises NotHere."""
    return fetch(actor, "exchange.import.view", ImportRun.objects.system().select_related("by__user"), run_id)


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
    table = read_table(bytes(run.content or b""), run.file_name)
    mapping = Mapping(columns=run.mapping.get("columns", {}), last_first=run.mapping.get("last_first", True))
    return gather(table, mapping, on=on)


def outlooks(institution_id: UUID, drafts: list[FamilyDraft]) -> Iterator[Outlook]:
    """What the import would do with each family, in a bounded number of queries per thousand families."""
    for start in range(0, len(drafts), 1000):
        chunk = drafts[start : start + 1000]
        done = dict(
            ImportedFamily.objects.system()
            .filter(institution_id=institution_id, key__in=[d.key for d in chunk])
            .values_list("key", "fingerprint")
        )
        numbers = {p.pesel for d in chunk for p in d.people if p.pesel}
        persons = {
            pesel: (pk, last)
            for pesel, pk, last in Person.objects.system()
            .filter(institution_id=institution_id, pesel__in=numbers)
            .values_list("pesel", "pk", "last_name")
        }
        alike = _lookalikes(institution_id, chunk)
        for draft in chunk:
            existing = {p.pesel: persons[p.pesel][0] for p in draft.people if p.pesel in persons}
            if draft.key in done:
                yield Outlook(draft, "known" if done[draft.key] == draft.fingerprint() else "changed", existing)
                continue
            for person in draft.people:
                if person.pesel in persons and persons[person.pesel][1].casefold() != person.last_name.casefold():
                    draft.problems.append(
                        Problem(person.row, "PESEL", person.pesel,
                                Sentence("Ten PESEL ma już w systemie osoba o nazwisku %(name)s.", {"name": persons[person.pesel][1]}))
                    )  # fmt: skip
                elif person.pesel not in persons and _likeness(person) in alike:
                    draft.problems.append(
                        Problem(person.row, "", f"{person.first_name} {person.last_name}",
                                Sentence("Osoba o tym imieniu, nazwisku i dacie urodzenia jest już w systemie. Jeśli to ona, wpisz w "
                                         "pliku jej PESEL taki jak w systemie; jeśli ktoś inny, wpisz rodzinę ręcznie."))
                    )  # fmt: skip
            yield Outlook(draft, "blocked" if draft.is_blocked() else "new", existing)


def _likeness(person: PersonDraft) -> tuple[str, str, date | None]:
    return fold(person.last_name)[:90], fold(person.first_name)[:60], person.born_on


def _lookalikes(institution_id: UUID, chunk: list[FamilyDraft]) -> set[tuple[str, str, date | None]]:
    """Names with birth dates of people already here who bear the names of this chunk; by name, because names are indexed."""
    people = [p for d in chunk for p in d.people if p.born_on]
    likenesses = [_likeness(p) for p in people]
    rows = Person.objects.system().filter(
        institution_id=institution_id,
        fold_last__in={last for last, _first, _born in likenesses},
        fold_first__in={first for _last, first, _born in likenesses},
        born_on__in={p.born_on for p in people},
        merged_into__isnull=True,
    )
    return set(rows.values_list("fold_last", "fold_first", "born_on"))


def outlooks_of(run: ImportRun, *, start: int, size: int, on: date) -> list[Outlook]:
    """What would become of `size` families of a run from position `start`. Raises Unreadable."""
    return list(outlooks(run.institution_id, drafts_of(run, on=on)[start : start + size]))


def samples_of(run: ImportRun) -> list[list[str]]:
    """Up to three different values of each column, as the office typed them."""
    table = read_table(bytes(run.content or b""), run.file_name)
    found: list[list[str]] = [[] for _heading in table.header]
    for _number, cells in table.rows[:200]:
        for values, cell in zip(found, cells, strict=True):
            shown = text(cell)[:40]
            if shown and len(values) < 3 and shown not in values:
                values.append(shown)
    return found
