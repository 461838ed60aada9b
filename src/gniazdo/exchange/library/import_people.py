"""The import as one piece for the command line: file → columns → dry run → reading in, with the same verbs as the screens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from gniazdo.access.rules import Actor, Refusal
from gniazdo.exchange.actions import Progress, begin_import, carry_out, forget_file, map_columns, start_import
from gniazdo.exchange.models import ImportRun
from gniazdo.exchange.queries import Outlook, error_header, error_rows, outlooks_of, saved_mappings
from gniazdo.exchange.rules.households import PersonDraft
from gniazdo.exchange.rules.sentences import told
from gniazdo.exchange.vocab import IMPORT_FATES
from gniazdo.kernel.legal import Sentence
from gniazdo.orgs.queries import system_actor
from gniazdo.platform.tables import write_csv


@dataclass(frozen=True, slots=True)
class Line:
    """What would become of one person of the file; `fate` is a code of IMPORT_FATES, `what` and `reason` are for people."""

    row: int
    family: str
    person: str
    fate: str
    what: str
    reason: str


def plan(actor: Actor, file: Path, *, mapping: str, on: date, list_name: str = "") -> ImportRun:
    """Take the file in and make the dry run, under a saved mapping when one is named.

    Raises Refusal, OSError when the file cannot be opened.
    """
    content, saved = file.read_bytes(), {m.name: m.mapping for m in saved_mappings(actor)}
    if mapping and mapping not in saved:
        names = ", ".join(saved)
        advice = _("Zapamiętane: %(names)s.") % {"names": names} if saved else _("Żadnego jeszcze nie zapamiętano.")
        raise Refusal(_("Nie ma przypisania „%(name)s”.") % {"name": mapping}, advice=advice)
    run = start_import(actor, None, file_name=file.name, content=content)
    chosen = saved[mapping] if mapping else run.mapping
    columns = {heading: target for heading, target in chosen["columns"].items() if heading in run.header}
    return map_columns(actor, run, columns=columns, last_first=chosen["last_first"], on=on, list_name=list_name)


def lines_of(run: ImportRun, *, on: date) -> list[Line]:
    """The table of what would happen, one person a line, in the order of the file. Raises Unreadable."""
    return [line for outlook in outlooks_of(run, start=0, size=run.total, on=on) for line in _lines(outlook)]


def _lines(outlook: Outlook) -> Iterator[Line]:
    draft, what = outlook.draft, IMPORT_FATES.label_of(outlook.fate)
    said: dict[int, list[str]] = {}
    for problem in outlook.reasons():
        where = _("kolumna „%(name)s”: ") % {"name": problem.column} if problem.column else ""
        said.setdefault(problem.row, []).append(where + told(problem.reason))
    wrong = sorted({p.row for p in draft.problems if p.blocking})
    seen: set[int] = set()
    people: list[tuple[int, PersonDraft | None]] = [(p.row, p) for p in draft.people]
    for row, person in people or [(draft.rows[0], None)]:
        name = f"{person.last_name} {person.first_name}".strip() if person else ""
        reasons = [] if row in seen else said.pop(row, [])
        seen.add(row)
        if person and outlook.fate == "new" and person.pesel in outlook.existing:
            reasons.append(_("osoba już jest w systemie i zostanie dołączona do rodziny"))
        elif outlook.fate == "blocked" and not reasons and row not in wrong:
            reasons.append(_("rodzina pominięta z powodu wiersza %(row)s") % {"row": wrong[0]})
        yield Line(row, draft.name, name, outlook.fate, what, " ".join(reasons))
    for row, reasons in said.items():  # a row nobody could be read from
        yield Line(row, draft.name, "", outlook.fate, what, " ".join(reasons))


def read_in(actor: Actor, run: ImportRun, *, on: date, progress: Progress) -> ImportRun:
    """Read a planned run in. Raises Refusal."""
    return carry_out(actor, begin_import(actor, run), on=on, progress=progress)


def only_tried(run: ImportRun) -> None:
    """After a dry run: keep its counts and remarks, not the file with its personal data."""
    forget_file(system_actor(run.institution), run, why=Sentence("To była tylko próba: pliku nie zachowano."))


def save_errors(run: ImportRun, file: Path) -> None:
    """The remarks of a run as a CSV that Polish Excel opens. Raises OSError."""
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        write_csv(out, error_header(), error_rows(run))
