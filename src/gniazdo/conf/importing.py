"""`gniazdo import people`: a spreadsheet read in from the terminal, with a dry run as a table and an error file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter
from django.utils.translation import gettext as _
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from gniazdo.conf.terminal import actor_named, at_work, err, fail, load_all, out

if TYPE_CHECKING:
    from gniazdo.access.rules import Actor
    from gniazdo.exchange.library.import_people import Line
    from gniazdo.exchange.models import ImportRun

SHOWN = 400
"""Lines of the table; the whole of a larger file is told with --json."""
TONES = {"new": "green", "known": "dim", "changed": "yellow", "here": "cyan", "blocked": "red"}


def people(
    file: Path,
    *,
    login: Annotated[str, Parameter("--as")],
    mapping: str = "",
    list_name: Annotated[str, Parameter("--list")] = "",
    dry_run: Annotated[bool, Parameter(negative="")] = False,
    errors: Path | None = None,
    as_json: Annotated[bool, Parameter("--json", negative="")] = False,
) -> None:
    """Wczytaj rodziny z arkusza (XLSX, ODS, CSV). Ten sam plik można wczytać ponownie: nic się nie powtórzy.

    Parameters
    ----------
    file: plik z rodzinami.
    login: kto wczytuje (kierownik jednostki).
    mapping: nazwa zapamiętanego przypisania kolumn; bez niej kolumny odgadują się z nagłówków.
    list_name: z jakiego wykazu są te rodziny; bez niej nazwa bierze się z nazwy pliku. Ten sam wykaz można wczytać znowu.
    dry_run: tylko próba: tabela tego, co by się stało. Żadna rodzina nie zostanie zapisana, a plik nie zostanie zachowany.
    errors: dokąd zapisać uwagi do pliku (CSV).
    as_json: odpowiedź dla programów zamiast dla ludzi.
    """
    at_work()
    load_all()
    from django.core.exceptions import ValidationError

    from gniazdo.access.rules import NotHere, Refusal
    from gniazdo.exchange.library.import_people import lines_of, only_tried, plan, save_errors
    from gniazdo.exchange.rules.unpacking import Unreadable
    from gniazdo.kernel import clock

    day = clock.today()
    actor = actor_named(login, day)
    speak_to(login)
    try:
        with err.status(_("Czytanie pliku…")):
            run = plan(actor, file, mapping=mapping, on=day, list_name=list_name)
            lines = lines_of(run, on=day) if dry_run else []
        tried = dict(run.counts)
        if dry_run:
            only_tried(run)
        else:
            run = with_bar(actor, run, day, quiet=as_json)
        if errors:
            save_errors(run, errors)
    except (Refusal, Unreadable, NotHere, ValidationError, OSError) as error:
        fail(sentence_of(error, file))
    if as_json:
        print(json.dumps(for_programs(run, tried, lines), ensure_ascii=False, indent=1))  # noqa: T201
    else:
        for_people(run, tried, lines, dry_run=dry_run)
    warn(run, errors)


def with_bar(actor: Actor, run: ImportRun, day: date, *, quiet: bool) -> ImportRun:
    """Read the run in, showing how far it is. Raises Refusal."""
    from gniazdo.exchange.library.import_people import read_in

    columns = TextColumn("[bold]{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=err if quiet else out, disable=quiet) as bar:
        task = bar.add_task(_("Rodziny"), total=run.total)
        return read_in(actor, run, on=day, progress=lambda n, total: bar.update(task, completed=n, total=total))


def for_programs(run: ImportRun, tried: dict[str, int], lines: Iterable[Line]) -> dict[str, Any]:
    """The answer of --json: counts of families by fate, how many were read in, each line of a dry run, each remark."""
    from gniazdo.exchange.queries import remarks

    return {
        "list": run.list_name, "state": run.state, "counts": tried, "loaded": run.families.count(),
        "lines": [asdict(line) for line in lines], "remarks": [asdict(remark) for remark in remarks(run)],
    }  # fmt: skip


def for_people(run: ImportRun, tried: dict[str, int], lines: list[Line], *, dry_run: bool) -> None:
    """The table of a dry run and the sums."""
    if dry_run:
        out.print(table(lines[:SHOWN]))
        if len(lines) > SHOWN:
            out.print(_("Pokazano %(n)s z %(all)s wierszy; wszystkie poda --json.") % {"n": SHOWN, "all": len(lines)})
    sums = _(
        "Wykaz „%(list)s”. Próba: do wczytania rodzin %(new)s (osób %(people)s), już wczytanych %(known)s, zmienionych w pliku "
        "%(changed)s, w systemie spoza wykazu %(here)s, do poprawy %(blocked)s."
    )
    out.print(Text(sums % (tried | {"list": clean(run.list_name)})), soft_wrap=True)
    if not dry_run:
        out.print(_("Wczytano rodzin: %(n)s.") % {"n": run.families.count()})


def table(lines: Iterable[Line]) -> Table:
    """What would happen: row, family, person, fate, reason."""
    made = Table(
        _("Wiersz"), _("Rodzina"), _("Osoba"), _("Co się stanie"), _("Dlaczego"), title=_("Próba: nic nie zapisano")
    )
    for line in lines:
        cells = [Text(clean(cell)) for cell in (line.family, line.person, line.what, line.reason)]
        cells[2].stylize(TONES[line.fate])
        made.add_row(str(line.row), *cells)
    return made


def clean(text: str) -> str:
    """Without what a terminal would obey: somebody else's file is only shown."""
    return "".join(c if c.isprintable() else " " for c in text)


def speak_to(login: str) -> None:
    """From here on in the language that worker chose."""
    from django.utils import translation

    from gniazdo.orgs.models import User

    translation.activate(User.objects.values_list("language", flat=True).get(login=login))


def warn(run: ImportRun, errors: Path | None) -> None:
    """Say how many places of the file need mending, and end with 1 when there are any."""
    blocking = sum(1 for p in run.problems if p["blocking"])
    if blocking:
        if errors:
            told = _("Miejsca do poprawy: %(n)s; są w pliku %(file)s.") % {"n": blocking, "file": errors}
        else:
            told = _("Miejsca do poprawy: %(n)s; zapisz je do pliku: --errors uwagi.csv.") % {"n": blocking}
        err.print(told, highlight=False, soft_wrap=True)
        raise SystemExit(1)


def sentence_of(error: Exception, file: Path) -> str:
    """What went wrong, for whoever typed the command."""
    if isinstance(error, FileNotFoundError | IsADirectoryError):
        return _("Nie ma pliku %(file)s.") % {"file": error.filename or file}
    if isinstance(error, OSError):
        told = {"file": error.filename or file, "why": error.strerror}
        return _("Nie da się otworzyć pliku %(file)s: %(why)s.") % told
    return str(error) or _("Nie ma tego w Twojej instytucji.")
