"""What the commands of the terminal share: where they write, how they fail, Django loaded, days and people by name."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from rich.console import Console

out = Console()
err = Console(stderr=True)


def fail(sentence: str, code: int = 2) -> NoReturn:
    """Say it and end with an exit code scripts can rely on."""
    err.print(f"[bold red]✗[/] {sentence}", highlight=False, soft_wrap=True)
    raise SystemExit(code)


def setup(**environment: str) -> None:
    """Load Django with these settings of the environment."""
    os.environ.update(environment)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gniazdo.conf.settings")
    import django

    django.setup()


DEMO = Path(".data/demo")


def at_work() -> None:
    """Load Django on the data that stands: the named one, or `.data`; where only the demo county stands, that, and say so.

    Ends with a sentence when there are no data yet or the database cannot be reached.
    """
    named = "GNIAZDO_DATA" in os.environ or "GNIAZDO_DATABASE" in os.environ
    if not named and not Path(".data/gniazdo.sqlite3").exists() and (DEMO / "SEEDED").exists():
        err.print(f"[dim]Powiat pokazowy ({DEMO})[/]", highlight=False)
        setup(GNIAZDO_DATA=str(DEMO.resolve()), GNIAZDO_MODE="demo")
    else:
        setup()
    from django.db import OperationalError, connection

    nothing = "Nie ma tu jeszcze danych. Zacznij od: gniazdo demo (powiat pokazowy) albo gniazdo serve (praca)."
    file = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and "memory" not in file and not Path(file).exists():  # asking would make it
        fail(nothing)
    try:
        tables = connection.introspection.table_names()
    except OperationalError as error:
        fail(f"Nie mogę połączyć się z bazą danych: {str(error).splitlines()[0]}")
    if "django_migrations" not in tables:
        fail(nothing)


def migrate() -> bool:
    """Bring the tables up to date; says nothing and costs little when they already are."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from gniazdo.orgs.models import Owned
    from gniazdo.platform.models import unfenced

    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()) and not unfenced(Owned):
        return False
    call_command("migrate", verbosity=0, interactive=False)
    return True


def load_all() -> None:
    """Set up and import everything that declares something."""
    setup()
    from django.conf import settings

    from gniazdo.kernel import catalogue as declarations

    declarations.load(settings.ROOMS)


def as_day(text: str) -> date:
    """A day as people in offices write it, or ISO."""
    parts = text.split(".") if "." in text else text.split("-")[::-1]
    try:
        day, month, year = (int(p) for p in parts)
        return date(year, month, day)
    except ValueError:
        fail(f"„{text}” nie jest datą. Napisz na przykład 2026-11-22 albo 22.11.2026.")


def actor_named(login: str, day: date) -> Any:
    """The actor that log-in is on that day."""
    from gniazdo.orgs.models import User
    from gniazdo.orgs.queries import actor_for

    user = User.objects.filter(login=login).first()
    actor = actor_for(user, on=day) if user else None
    if actor is None:
        fail(f"Nie ma pracownika o loginie {login} ze stanowiskiem w dniu {day:%d.%m.%Y}.")
    return actor
