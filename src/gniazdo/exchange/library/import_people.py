"""The import as one piece for the command line: file → columns → dry run → reading in, with the same verbs as the screens."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from gniazdo.access.rules import Actor, Refusal
from gniazdo.exchange.actions import Progress, begin_import, carry_out, forget_file, map_columns, start_import
from gniazdo.exchange.models import ImportRun
from gniazdo.exchange.queries import error_header, error_rows, saved_mappings
from gniazdo.kernel.legal import Sentence
from gniazdo.orgs.queries import system_actor
from gniazdo.platform.tables import neutral


def plan(actor: Actor, file: Path, *, mapping: str, on: date) -> ImportRun:
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
    return map_columns(actor, run, columns=columns, last_first=chosen["last_first"], on=on)


def read_in(actor: Actor, run: ImportRun, *, on: date, progress: Progress) -> ImportRun:
    """Read a planned run in. Raises Refusal."""
    return carry_out(actor, begin_import(actor, run), on=on, progress=progress)


def only_tried(run: ImportRun) -> None:
    """After a dry run: keep its counts and remarks, not the file with its personal data."""
    forget_file(system_actor(run.institution), run, why=Sentence("To była tylko próba: pliku nie zachowano."))


def save_errors(run: ImportRun, file: Path) -> None:
    """The remarks of a run as a CSV that Polish Excel opens. Raises OSError."""
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, delimiter=";")
        writer.writerow(error_header())
        for row in error_rows(run):
            writer.writerow([neutral(cell) for cell in row])
