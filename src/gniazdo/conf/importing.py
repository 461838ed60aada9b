"""`gniazdo import people`: a spreadsheet read in from the terminal, with a dry run and an error file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from gniazdo.conf.terminal import actor_named, err, fail, load_all, out

if TYPE_CHECKING:
    from gniazdo.exchange.models import ImportRun


def people(
    file: Path,
    *,
    login: Annotated[str, Parameter("--as")],
    mapping: str = "",
    dry_run: Annotated[bool, Parameter(negative="")] = False,
    errors: Path | None = None,
) -> None:
    """Wczytaj rodziny z arkusza (XLSX, ODS, CSV). Ten sam plik można wczytać ponownie: nic się nie powtórzy.

    Parameters
    ----------
    file: plik z rodzinami.
    login: kto wczytuje (kierownik jednostki).
    mapping: nazwa zapamiętanego przypisania kolumn; bez niej kolumny odgadują się z nagłówków.
    dry_run: tylko próba: żadna rodzina nie zostanie zapisana, a plik nie zostanie zachowany.
    errors: dokąd zapisać uwagi do pliku (CSV).
    """
    load_all()
    from django.core.exceptions import ValidationError

    from gniazdo.access.rules import NotHere, Refusal
    from gniazdo.exchange.library.import_people import only_tried, plan, read_in, save_errors
    from gniazdo.kernel import clock

    day = clock.today()
    actor = actor_named(login, day)
    try:
        with out.status("Czytanie pliku…"):
            run = plan(actor, file, mapping=mapping, on=day)
        told = run.counts
        out.print(
            f"Próba: do wczytania rodzin {told['new']} (osób {told['people']}), już wczytanych {told['known']}, "
            f"zmienionych w pliku {told['changed']}, do poprawy {told['blocked']}.",
            highlight=False, soft_wrap=True,
        )  # fmt: skip
        if not dry_run:
            columns = TextColumn("[bold]{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
            with Progress(*columns, console=out) as bar:
                task = bar.add_task("Rodziny", total=run.total)
                run = read_in(actor, run, on=day, progress=lambda n, total: bar.update(task, completed=n, total=total))
            out.print(f"Wczytano rodzin: {run.families.count()}.")
        else:
            only_tried(run)
        if errors:
            save_errors(run, errors)
    except (Refusal, NotHere, ValidationError, OSError) as error:
        fail(sentence_of(error, file))
    warn(run, errors)


def warn(run: ImportRun, errors: Path | None) -> None:
    """Say how many places of the file need mending, and end with 1 when there are any."""
    blocking = sum(1 for p in run.problems if p["blocking"])
    if blocking:
        where = f"są w pliku {errors}" if errors else "zapisz je do pliku: --errors uwagi.csv"
        err.print(f"Miejsca do poprawy: {blocking}; {where}.", highlight=False, soft_wrap=True)
        raise SystemExit(1)


def sentence_of(error: Exception, file: Path) -> str:
    """What went wrong, for whoever typed the command."""
    if isinstance(error, FileNotFoundError | IsADirectoryError):
        return f"Nie ma pliku {error.filename or file}."
    if isinstance(error, OSError):
        return f"Nie da się otworzyć {error.filename or file}: {error.strerror}."
    return str(error) or "Nie ma tego w Twojej instytucji."
