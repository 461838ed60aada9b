"""The `gniazdo` command: thin commands, each setting up Django and calling one room."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
import webbrowser
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from gniazdo.conf.founding import found
from gniazdo.conf.importing import people
from gniazdo.conf.terminal import actor_named, as_day, at_work, err, fail, load_all, migrate, out, setup
from gniazdo.conf.words import polish

app = polish("gniazdo", "Gniazdo: asysta rodzinna i piecza zastępcza.")
app.version_flags = ["--version"]
app["--version"].help = "Pokaż wersję programu."
EXAMPLES = "import-przyklady"
importing = polish("import", "Wczytanie danych z arkuszy.")
app.command(importing)
importing.command(people)
app.command(found)


@app.command
def demo(
    *,
    fresh: bool = False,
    port: int = 8000,
    families: int = 36,
    open: Annotated[bool, Parameter(negative="--no-open")] = True,
) -> None:
    """Uruchom powiat pokazowy na tym komputerze: dane zmyślone, hasła znane, dostęp tylko stąd.

    Parameters
    ----------
    fresh: zacznij od nowa (usuwa dane pokazowe).
    port: port na 127.0.0.1 (zwykle 8000).
    families: ile rodzin utworzyć przy pierwszym uruchomieniu (zwykle 36).
    open: otwórz przeglądarkę.
    """
    from gniazdo.conf import processes

    folder = Path(os.environ.get("GNIAZDO_DATA", ".data/demo")).resolve()
    if not processes.port_is_free("127.0.0.1", port):
        fail(f"Port {port} jest zajęty przez inny program. Zamknij go albo uruchom: gniazdo demo --port {port + 1}")
    if folder.exists() and any(folder.iterdir()) and not (folder / "DEMO").exists():
        fail(f"W folderze {folder} są dane, które nie są pokazowe. Wskaż inny w GNIAZDO_DATA.")
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "DEMO").touch()
    os.environ.pop("GNIAZDO_DATABASE", None)  # never anybody's real database
    setup(GNIAZDO_DATA=str(folder), GNIAZDO_MODE="demo", GNIAZDO_URL=f"http://127.0.0.1:{port}")
    migrate_demo()
    seed(folder, families)
    url = f"http://127.0.0.1:{port}/"

    def started() -> None:
        if not processes.answers(url + "konto/login/", within=60):
            raise processes.Stopped
        show_cast(url)
        show_examples(folder / EXAMPLES)
        if open and sys.stdout.isatty():
            webbrowser.open(url)

    raise SystemExit(
        processes.run_together(
            [processes.server_command("127.0.0.1", port, 1), *processes.job_commands()], once_started=started
        )
    )


def migrate_demo() -> None:
    """Bring the demo database up to date; one of another version is to be made anew."""
    from django.db.migrations.exceptions import InconsistentMigrationHistory

    try:
        with out.status("Baza danych…"):
            migrate()
    except InconsistentMigrationHistory:
        fail("Dane pokazowe pochodzą z innej wersji programu. Utwórz je na nowo: gniazdo demo --fresh")


def seed(folder: Path, families: int) -> None:
    """Make the demo county once; a run that was cut short starts over."""
    done = folder / "SEEDED"
    if done.exists():
        return
    from gniazdo.conf.demo import build_county

    columns = TextColumn("[bold]{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=out) as bar:
        task = bar.add_task("Powiat pokazowy", total=families)

        def progress(count: int, total: int, what: str = "Powiat pokazowy") -> None:
            bar.update(task, completed=count, total=total, description=what)

        build_county(families=families, progress=progress)
    from gniazdo.exchange.library.demo.workbooks import write_examples
    from gniazdo.kernel import clock

    write_examples(folder / EXAMPLES, on=clock.today())
    done.touch()


def show_examples(folder: Path) -> None:
    """Where the spreadsheets lie that the import may be tried on."""
    names = ", ".join(f"„{path.name}”" for path in sorted(folder.glob("*")) if path.is_file())
    if names:
        told = f"Arkusze do wypróbowania importu (jako maria: Import z arkuszy) leżą w folderze {folder}: {names}."
        out.print(Text(told), soft_wrap=True)


def show_cast(url: str) -> None:
    """The address and who may sign in."""
    from gniazdo.orgs.models import RoleGrant
    from gniazdo.orgs.vocab import ROLES

    table = Table(
        "Login", "Kto", "Rola", "Instytucja", title=f"Gniazdo działa: {url}", title_style="bold green", min_width=60
    )
    rows = RoleGrant.objects.system().filter(post__user__is_demo=True).select_related("post__user", "institution")
    for grant in rows.order_by("institution__name", "post__user__login")[:24]:
        user = grant.post.user
        table.add_row(user.login, user.full_name, ROLES.label_of(grant.role), grant.institution.short_name)
    out.print(table)
    from gniazdo.exchange.library.demo import PASSWORD

    out.print(f"Hasło wszystkich: [bold]{PASSWORD}[/]   (Ctrl-C kończy; dane zostają)")


@app.command
def serve(*, host: str = "127.0.0.1", port: int = 8000, workers: int = 2) -> None:
    """Uruchom system do pracy: sprawdza ustawienia, aktualizuje bazę, startuje serwer i zadania w tle.

    Ustawienia: GNIAZDO_SECRET_KEY, GNIAZDO_HOSTS, GNIAZDO_DATA, GNIAZDO_DATABASE, GNIAZDO_ORIGINS, GNIAZDO_URL,
    GNIAZDO_SMTP, GNIAZDO_MAIL_FROM, GNIAZDO_IDLE_MINUTES, GNIAZDO_PLAIN_HTTP.
    """
    from gniazdo.conf import checks, processes

    early = [*checks.of_environment(os.environ), *checks.of_data_folder(Path(os.environ.get("GNIAZDO_DATA", ".data")))]
    refuse(early)
    setup(GNIAZDO_MODE="production", GNIAZDO_SHARED=shared_folder(Path(os.environ.get("GNIAZDO_DATA", ".data"))))
    refuse(checks.all_problems())
    if not processes.port_is_free(host, port):
        fail(f"G-011: Port {port} jest zajęty przez inny program. Podaj inny: gniazdo serve --port …")
    if migrate():
        out.print("Baza danych zaktualizowana.")

    def started() -> None:
        out.print(f"Gniazdo działa: http://{host}:{port}/ ({workers} procesy serwera, zadania w tle)")

    raise SystemExit(
        processes.run_together(
            [processes.server_command(host, port, workers), *processes.job_commands()], once_started=started
        )
    )


def shared_folder(data: Path) -> str:
    """Where the workers of one server count together; not in backups."""
    return os.environ.get("GNIAZDO_SHARED") or str(data.resolve() / "shared")


def refuse(problems: list[Any]) -> None:
    """Print every problem and end, if there is any."""
    for problem in problems:
        err.print(f"[bold red]✗ {problem.code}[/] {problem.sentence} {problem.advice}", highlight=False, soft_wrap=True)
    if problems:
        raise SystemExit(2)


@app.command(help_flags=[], version_flags=[])
def manage(*arguments: Annotated[str, Parameter(allow_leading_hyphen=True)]) -> None:
    """Polecenia administracyjne Django (migrate, shell, messages, …)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gniazdo.conf.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["gniazdo manage", *arguments])


@app.command
def catalogue(*, json_: Annotated[bool, Parameter("--json", negative="")] = False, kind: str = "") -> None:
    """Wypisz wszystko, co jest zadeklarowane: reguły, terminy, karty, pisma, uprawnienia, listy słów.

    Parameters
    ----------
    json_: dla programów.
    kind: tylko ten rodzaj, na przykład karta albo pismo.
    """
    load_all()
    from gniazdo.kernel.catalogue import declared

    found = [d for d in declared() if not kind or kind in (d.kind, KINDS.get(d.kind))]
    if not found:
        fail(f"Nie ma rodzaju „{kind}”. Jest: {', '.join(KINDS.values())}.")
    fields = ("kind", "id", "room", "file", "line", "label")
    if json_:
        tell_json([{f: getattr(d, f) for f in fields} for d in found])
        return
    table = Table("Rodzaj", "Id, pokój i nazwa", "Plik")
    for column in table.columns:
        column.overflow = "fold"
    for d in found:
        table.add_row(KINDS.get(d.kind, d.kind), f"[bold]{d.id}[/] ({d.room})\n{d.label}", f"{d.file}:{d.line}")
    out.print(table)


KINDS = {
    "clock": "termin z prawa", "legal value": "wartość z prawa", "parameter": "ustawienie jednostki", "deadline": "termin w sprawie",
    "process": "przebieg sprawy", "sheet": "karta", "letter": "pismo", "report": "sprawozdanie", "permission": "uprawnienie",
    "word list": "lista słów",
}  # fmt: skip


def tell_json(things: Any) -> None:
    """For programs: one JSON value and nothing else on the output."""
    sys.stdout.write(json.dumps(things, ensure_ascii=False, indent=1, default=str) + "\n")


@app.command
def law(id: str, *values: str, on: str = "", json_: Annotated[bool, Parameter("--json", negative="")] = False) -> None:
    """Pokaż termin, limit lub wartość z prawa: gniazdo law C-ASSIST-05 start=2026-11-02.

    Parameters
    ----------
    id: identyfikator, na przykład C-ASSIST-05 albo L-01.
    values: dane w postaci nazwa=wartość.
    on: na który dzień (zwykle dziś).
    json_: dla programów.
    """
    load_all()
    from gniazdo.kernel import clock, legal

    given = {name: value for name, _, value in (v.partition("=") for v in values)}
    try:
        told = legal.explain(id, on=as_day(on) if on else clock.today(), values=given)
    except KeyError as missing:
        fail(
            f'Nie ma reguły {missing.args[0]}. Wszystkie: gniazdo catalogue --kind "termin z prawa" (albo "wartość z prawa").'
        )
    except ValueError as error:
        fail(str(error))
    except TypeError:
        fail(
            f"Te dane nie pasują do reguły {id}. Podaj nazwa=wartość, daty jako 2026-11-02, na przykład start=2026-11-02."
        )
    show(told, json_)


SAID = {
    "id": "Reguła", "label": "Czego dotyczy", "sentence": "Odpowiedź", "article": "Podstawa", "mark": "Pewność źródła",
    "since": "Obowiązuje od", "until": "Do",
}  # fmt: skip


def show(told: dict[str, Any], as_json: bool) -> None:
    """A record for people or for programs."""
    if as_json:
        tell_json(told)
        return
    from gniazdo.deadlines.queries.board import mark_in_words

    for name, value in told.items():
        if name in SAID and value not in (None, ""):
            if name == "mark":
                value = mark_in_words(value)
            elif name in ("since", "until"):
                value = f"{date.fromisoformat(value):%d.%m.%Y}"
                if name == "since" and told.get("older"):
                    value = f"co najmniej {value} (dzień przeczytanego tekstu; przepis może być starszy)"
            out.print(f"[bold]{SAID[name]}[/]: {value}", highlight=False, soft_wrap=True)


@app.command
def due(
    *,
    login: Annotated[str, Parameter("--as")],
    on: str = "",
    json_: Annotated[bool, Parameter("--json", negative="")] = False,
) -> None:
    """Terminy, które widzi pracownik: te same, co na jego tablicy; dla dnia minionego tak, jak wtedy stały.

    Parameters
    ----------
    login: kto patrzy.
    on: na który dzień (zwykle dziś).
    json_: dla programów.
    """
    at_work()
    from gniazdo.deadlines import queries
    from gniazdo.kernel import clock

    day = as_day(on) if on else clock.today()
    rows = [row_of(d) for d in queries.due_for(actor_named(login, day), on=day, as_known=day < clock.today())]
    if json_:
        tell_json(rows)
        return
    if not rows:
        out.print("Brak terminów.")
        return
    table = Table("Termin", "Co", "Sprawa", "Dlaczego i podstawa")
    for row in rows:
        why = " ".join(str(row.get(part) or "") for part in ("sentence", "article")).strip()
        table.add_row(
            f"{as_day(row['due_on']):%d.%m.%Y}", *(str(row.get(name) or "") for name in ("label", "case_mark")), why
        )
    out.print(table)


def row_of(thing: Any) -> dict[str, Any]:
    """A query's row as names and values."""
    import dataclasses

    if isinstance(thing, dict):
        return thing
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        return {f.name: getattr(thing, f.name) for f in dataclasses.fields(thing)}
    return {f.attname: getattr(thing, f.attname) for f in thing._meta.concrete_fields}


@app.command
def backup(file: Path) -> None:
    """Zapisz kopię zapasową całego systemu do jednego pliku, bez przerywania pracy."""
    at_work()
    from gniazdo.exchange.library.backup import BackupError, make_backup

    started = time.monotonic()
    try:
        with out.status("Kopia zapasowa…"):
            told = make_backup(file)
    except BackupError as error:
        fail(str(error))
    out.print(
        f"Kopia: {file} ({told.size / 1e6:.1f} MB, plików: {told.files}, {time.monotonic() - started:.1f} s), sprawdzona sumami SHA-256."
    )
    say_missing(told.missing)


def say_missing(paths: list[str]) -> None:
    """Attachments that the database names and the folder of files has not, or has with another content."""
    if paths:
        shown = ", ".join(paths[:5]) + (" …" if len(paths) > 5 else "")
        err.print(
            f"[bold]![/] G-037: Kopia nie zawiera {len(paths)} załączników, które wymienia baza (brak pliku albo zmieniona treść):"
            f" {shown}. Poszukaj ich w starszej kopii.",
            highlight=False, soft_wrap=True,
        )  # fmt: skip


@app.command
def restore(file: Path, *, force: Annotated[bool, Parameter(negative="")] = False) -> None:
    """Odtwórz system z kopii. Istniejących danych nie zastąpi bez --force; najpierw zatrzymaj system."""
    setup()
    from gniazdo.exchange.library.backup import BackupError, restore_backup

    try:
        with out.status("Odtwarzanie…"):
            told = restore_backup(file, force=force)
    except BackupError as error:
        fail(str(error))
    out.print(f"Odtworzono stan z {told.made_at} (plików: {told.files}).")
    say_missing(told.missing)


def main() -> None:
    """The entry point of `gniazdo`."""
    app()


if __name__ == "__main__":
    main()
