"""`gniazdo import people`: a spreadsheet read in from the terminal, with a dry run and an error file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter
from django.utils.translation import gettext as _
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
    speak_to(login)
    try:
        with out.status(_("Czytanie pliku…")):
            run = plan(actor, file, mapping=mapping, on=day)
        told = run.counts
        out.print(
            _(
                "Próba: do wczytania rodzin %(new)s (osób %(people)s), już wczytanych %(known)s, "
                "zmienionych w pliku %(changed)s, do poprawy %(blocked)s."
            )
            % told,
            highlight=False, soft_wrap=True,
        )  # fmt: skip
        if not dry_run:
            columns = TextColumn("[bold]{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
            with Progress(*columns, console=out) as bar:
                task = bar.add_task(_("Rodziny"), total=run.total)
                run = read_in(actor, run, on=day, progress=lambda n, total: bar.update(task, completed=n, total=total))
            out.print(_("Wczytano rodzin: %(n)s.") % {"n": run.families.count()})
        else:
            only_tried(run)
        if errors:
            save_errors(run, errors)
    except (Refusal, NotHere, ValidationError, OSError) as error:
        fail(sentence_of(error, file))
    warn(run, errors)


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
