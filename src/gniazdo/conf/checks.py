"""Checks of the configuration, each with a code and a sentence that says what to do. `gniazdo serve` refuses on any of them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

SHORTEST_KEY = 50
LOCAL = {"127.0.0.1", "localhost", "[::1]", "testserver"}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why the program will not start in production: code, sentence, what to do."""

    code: str
    sentence: str
    advice: str

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence} {self.advice}"


def of_environment(env: Mapping[str, str]) -> Iterator[Problem]:
    """What can be said before anything is loaded: keys, hosts, mode."""
    key = env.get("GNIAZDO_SECRET_KEY", "")
    if not key:
        yield Problem(
            "G-001", "Brak tajnego klucza GNIAZDO_SECRET_KEY.",
            "Utwórz go raz: python -c 'import secrets; print(secrets.token_urlsafe(64))' i zachowaj w ustawieniach usługi.",
        )  # fmt: skip
    elif len(key) < SHORTEST_KEY or key.startswith("development") or len(set(key)) < 10:
        yield Problem(
            "G-002", "Tajny klucz GNIAZDO_SECRET_KEY jest za krótki albo pochodzi z przykładu.", "Utwórz nowy, losowy."
        )
    hosts = [h for h in env.get("GNIAZDO_HOSTS", "").split(",") if h]
    if not hosts or "*" in hosts:
        yield Problem(
            "G-003", "Nie podano nazw, pod którymi działa system, albo dopuszczono każdą nazwę.",
            "Ustaw GNIAZDO_HOSTS, na przykład gniazdo.ops.example.pl.",
        )  # fmt: skip
    for name in ("DEBUG", "DJANGO_DEBUG", "GNIAZDO_DEBUG"):
        if env.get(name, "").lower() in ("1", "true", "yes", "on"):
            yield Problem(
                "G-004", f"Zmienna {name} włącza tryb dla programistów.", "Usuń ją: pokazałaby dane na stronach błędów."
            )


def of_data_folder(folder: Path) -> Iterator[Problem]:
    """The data folder must exist, be ours to write, and not be readable by everybody."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        yield Problem(
            "G-005",
            f"Folder danych {folder} nie daje się zapisać ({error.strerror}).",
            "Popraw prawa albo GNIAZDO_DATA.",
        )
        return
    if os.name == "posix" and folder.stat().st_mode & 0o007:
        yield Problem(
            "G-006",
            f"Folder danych {folder} mogą czytać wszyscy użytkownicy komputera.",
            f"Wykonaj: chmod 750 {folder}",
        )


def of_database() -> Iterator[Problem]:
    """The database must answer, be new enough, and hold no demo people."""
    from django.db import DatabaseError, connection

    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield Problem(
            "G-007",
            f"Baza danych nie odpowiada ({type(error).__name__}).",
            "Sprawdź GNIAZDO_DATABASE i czy serwer bazy działa.",
        )
        return
    if connection.vendor == "postgresql" and connection.pg_version < 150000:  # type: ignore[attr-defined]
        yield Problem(
            "G-008", "Serwer PostgreSQL jest starszy niż 15.", "Zaktualizuj go: starsze wersje nie są sprawdzane."
        )
    yield from of_database_role()
    yield from of_demo_people()


def of_database_role() -> Iterator[Problem]:
    """PostgreSQL asks no policies of a superuser: for one the fence between institutions would not stand."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls)")
        found = cursor.fetchone()
    if found:
        yield Problem(
            "G-012",
            f"Rola bazy danych {found[0]} omija zabezpieczenia wierszy (SUPERUSER albo BYPASSRLS).",
            "Utwórz zwykłą rolę, która jest właścicielem bazy: CREATE ROLE gniazdo LOGIN; ALTER DATABASE … OWNER TO gniazdo;"
            " i wpisz ją w GNIAZDO_DATABASE.",
        )


def of_demo_people() -> Iterator[Problem]:
    """Demo accounts have known passwords: with one of them present the program must not be reachable."""
    from django.db import connection

    from gniazdo.orgs.models import Institution, User

    tables = connection.introspection.table_names()
    if User._meta.db_table not in tables:
        return
    users = User.objects.filter(is_demo=True, is_active=True).count()
    if users:
        yield Problem(
            "G-009", f"W bazie są konta pokazowe ({users}), których hasła zna każdy.",
            "Ta baza służy do pokazu: użyj innej (GNIAZDO_DATA albo GNIAZDO_DATABASE).",
        )  # fmt: skip
    if Institution.objects.system().filter(is_demo=True).exists():
        yield Problem(
            "G-010", "W bazie są instytucje pokazowe.", "Nie mieszaj danych pokazowych z prawdziwymi: użyj innej bazy."
        )


def all_problems() -> list[Problem]:
    """Everything that keeps `gniazdo serve` from starting, in the order to mend it."""
    return [*of_environment(os.environ), *of_data_folder(settings.DATA), *of_database()]


@register(Tags.security, deploy=True)
def production_settings(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The same sentences in `manage check --deploy`."""
    return [Error(p.sentence, hint=p.advice, id=f"gniazdo.{p.code}") for p in of_environment(os.environ)]


@register()
def rooms_are_declared(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every room folder is installed: a forgotten one would have no tables and no addresses."""
    folders = {p.parent.name for p in settings.PACKAGE.glob("*/apps.py")} - {"conf"}
    installed = {room.rsplit(".", 1)[-1] for room in settings.ROOMS}
    return [
        Error(f"Room {name} is not in settings.ROOMS.", id="gniazdo.G-020") for name in sorted(folders - installed)
    ]  # fmt: skip
