"""Backup and restore of the whole system, online and consistent, on both databases. Not verbs of a post: the administrator's shell."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from gniazdo.access.models import JournalEntry
from gniazdo.kernel import clock
from gniazdo.orgs.models import Owned
from gniazdo.papers.models import LocalTemplate, StoredFile
from gniazdo.platform.models import lower_fence, raise_fence

FORMAT = 1
BLOCK = 1 << 20
RUINED = "G-036: Baza danych jest uszkodzona: PRAGMA integrity_check. Użyj ostatniej dobrej kopii."
TRANSIENT = {"django_session", "usersessions_usersession"}
# What reading a damaged archive may end with, wherever the damage lies.
DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, LookupError, TypeError, ValueError, AttributeError,
    NotImplementedError, RuntimeError, OverflowError,
)  # fmt: skip
NAMED = " UNION ".join(
    f"SELECT path, sha256 FROM {model._meta.db_table} WHERE path <> ''"  # noqa: S608
    for model in (StoredFile, LocalTemplate)
)


class BackupError(Exception):
    """A backup that cannot be made, or one that must not be restored; the text has a number and says what to do."""


@dataclass(slots=True)
class Manifest:
    """What an archive holds: when, by which program and from what tables it was made, and the SHA-256 of every file in it.

    `missing` names attachments that the database has and the disk had not, or had with another content.
    """

    format: int
    made_at: str
    database: str
    migrations: list[str]
    sums: dict[str, str]
    size: int = 0
    program: str = ""
    schema: str = ""
    missing: list[str] = field(default_factory=list)

    @property
    def files(self) -> int:
        """How many attachments are inside."""
        return sum(name.startswith("files/") for name in self.sums)


def make_backup(target: Path) -> Manifest:
    """Write one archive with the database and all attachments, while people work; it appears under its name only when whole.

    The database is copied first: an attachment is stored before the row that names it, so every row finds its file.
    Raises BackupError when the archive cannot be written.
    """
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        manifest = Manifest(FORMAT, clock.now().isoformat(timespec="seconds"), connection.vendor, _migrations(), {})
        manifest.program, manifest.schema = version("gniazdo"), _schema_here()
        named: dict[str, str] = {}
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=4, allowZip64=True) as archive:
            for name, path in _database_files(named):
                manifest.sums[name] = _put(archive, name, path)
            root = Path(settings.MEDIA_ROOT)
            for path in sorted(p for p in root.rglob("*") if p.is_file()):
                name = f"files/{path.relative_to(root).as_posix()}"
                with suppress(FileNotFoundError):  # swept away meanwhile; missed below if anything names it
                    manifest.sums[name] = _put(archive, name, path)
            manifest.missing = sorted(p for p, sha in named.items() if manifest.sums.get(f"files/{p}") != sha)
            archive.writestr("manifest.json", json.dumps(asdict(manifest), indent=1))
        _verify(part)
        os.replace(part, target)
        target.chmod(0o600)  # the whole office's data lie in it
    except (OSError, sqlite3.Error, DatabaseError) as error:
        if "malformed" in str(error):
            raise BackupError(RUINED) from error
        why = getattr(error, "strerror", None) or error
        raise BackupError(
            f"G-030: Nie można zapisać kopii {target}: {why}. Sprawdź miejsce na dysku i prawa."
        ) from error
    finally:
        if part.parent.is_dir():
            part.unlink(missing_ok=True)
    manifest.size = target.stat().st_size
    _journal("exchange.backup.make", f"{target.name}")
    return manifest


def restore_backup(source: Path, *, force: bool = False) -> Manifest:
    """Put back what an archive holds, after every checksum agreed.

    Raises BackupError when the archive is damaged, comes from the other kind of database or another version of the program,
    or when data are already here and `force` is not given.
    """
    manifest = _verify(source)
    if manifest.database != connection.vendor:
        raise BackupError(
            f"G-033: Kopia pochodzi z bazy {manifest.database}, a ta instalacja używa {connection.vendor}."
        )
    _refuse_another_version(manifest)
    if not force and _has_data():
        raise BackupError("G-034: W tej instalacji są już dane. Aby je zastąpić, zatrzymaj system i dodaj --force.")
    try:
        with (
            tempfile.TemporaryDirectory(dir=settings.DATA, prefix="restore-") as folder,
            zipfile.ZipFile(source) as archive,
        ):
            for name in manifest.sums:
                _take(archive, name, Path(folder) / name)
            if connection.vendor == "sqlite":
                _restore_sqlite(Path(folder))
            else:
                _restore_postgres(Path(folder), manifest)
            _replace_folder(Path(folder) / "files", Path(settings.MEDIA_ROOT))
    except (OSError, sqlite3.Error, DatabaseError) as error:
        why = getattr(error, "strerror", None) or error
        raise BackupError(f"G-035: Odtwarzanie przerwano: {why}. Usuń przyczynę i powtórz: kopia jest cała.") from error
    call_command("migrate", verbosity=0, interactive=False)
    _journal("exchange.backup.restore", source.name)
    return manifest


def _refuse_another_version(manifest: Manifest) -> None:
    """The tables of the copy must be exactly those of this program: other ones would break it at the first page."""
    theirs, ours = set(manifest.migrations), {f"{app}.{name}" for app, name in MigrationLoader(None).graph.nodes}
    made_by = f" {manifest.program}" if manifest.program else ""
    if theirs - ours - set(_known_migrations()):
        raise BackupError(
            f"G-032: Kopia pochodzi z nowszej wersji programu{made_by}. Zaktualizuj program do tej wersji i powtórz."
        )
    if ours - theirs or manifest.schema not in ("", _schema_of_program()):
        raise BackupError(
            f"G-032: Kopia pochodzi z innej wersji programu{made_by}, o innym układzie tabel."
            " Odtwórz ją tamtą wersją, a potem zaktualizuj program."
        )


def _database_files(named: dict[str, str]) -> Iterator[tuple[str, Path]]:
    """The database as files, one state of it; fills `named` with the path and checksum of each attachment it names."""
    with tempfile.TemporaryDirectory(dir=settings.DATA, prefix="backup-") as folder:
        if connection.vendor == "sqlite":
            copy = Path(folder) / "database.sqlite3"
            with closing(sqlite3.connect(copy)) as to:
                _copy_sqlite(to)
                if to.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                    raise BackupError(RUINED)
                named.update(to.execute(NAMED).fetchall())
            yield "database.sqlite3", copy
            return
        # One snapshot for all tables: what others commit meanwhile is not half in the copy.
        with transaction.atomic(), connection.cursor() as cursor:
            if not connection.savepoint_ids:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            for table in _tables():
                path = Path(folder) / f"{table}.copy"
                with path.open("wb") as file, cursor.copy(f"COPY {_columns_of(table)} TO STDOUT") as rows:
                    for block in rows:
                        file.write(block)
                yield f"tables/{table}.copy", path
            cursor.execute(NAMED)
            named.update(cursor.fetchall())


def _copy_sqlite(to: sqlite3.Connection) -> None:
    """Copy one state of the database. An open reading transaction holds it: without one, each save by anybody else
    would make the copying start again, and among busy people it would never end."""
    if connection.is_in_memory_db():  # type: ignore[attr-defined]
        connection.ensure_connection()
        connection.connection.backup(to)
        return
    with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=20, isolation_level=None)) as source:
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(to, pages=4096, sleep=0.01)


def _schema_here() -> str:
    """A fingerprint of the tables and columns that stand in the database."""
    with connection.cursor() as cursor:
        return _fingerprint(
            f"{table}.{column.name}"
            for table in _tables()
            for column in connection.introspection.get_table_description(cursor, table)
        )


def _schema_of_program() -> str:
    """The same of the tables this program works with."""
    migration: type[Model] = MigrationRecorder(connection).Migration
    return _fingerprint(
        f"{model._meta.db_table}.{column.column}"
        for model in [*apps.get_models(include_auto_created=True), migration]
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in TRANSIENT
        for column in model._meta.concrete_fields
    )


def _fingerprint(columns: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(set(columns))).encode()).hexdigest()


def _tables() -> list[str]:
    return sorted(t for t in connection.introspection.table_names() if t not in TRANSIENT)


def _columns_of(table: str) -> str:
    with connection.cursor() as cursor:
        columns = [c.name for c in connection.introspection.get_table_description(cursor, table)]
    names = ", ".join(connection.ops.quote_name(c) for c in columns)
    return f"{connection.ops.quote_name(table)} ({names})"


def _restore_sqlite(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "database.sqlite3")) as copy:
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BackupError("G-031: Baza w kopii jest uszkodzona. Użyj innej kopii.")
        # Through the backup API, not over the file: readers of the old database see either the old or the new one.
        connection.ensure_connection()
        copy.backup(connection.connection)


def _restore_postgres(folder: Path, manifest: Manifest) -> None:
    call_command("migrate", verbosity=0, interactive=False)
    tables = [t for t in _tables() if f"tables/{t}.copy" in manifest.sums and t != "django_migrations"]
    # Foreign keys are deferred to the end of the transaction, so the order of tables does not matter.
    with transaction.atomic(), connection.cursor() as cursor:
        everything = ", ".join(connection.ops.quote_name(t) for t in _tables() if t != "django_migrations")
        lower_fence(Owned)
        cursor.execute(f"TRUNCATE {everything} CASCADE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in tables:
            with (
                (folder / f"tables/{table}.copy").open("rb") as file,
                cursor.copy(f"COPY {_columns_of(table)} FROM STDIN") as rows,
            ):
                while block := file.read(BLOCK):
                    rows.write(block)
        for table in tables:
            for sequence in connection.introspection.get_sequences(cursor, table):
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence(%s, %s), COALESCE((SELECT max({sequence['column']}) FROM"  # noqa: S608
                    f" {connection.ops.quote_name(table)}), 0) + 1, false)",
                    [table, sequence["column"]],
                )
        # Foreign keys are asked now: a table with questions waiting cannot be altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        raise_fence(Owned)


def _migrations() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _known_migrations() -> list[str]:
    return [f"{app}.{name}" for app, name in MigrationLoader(connection).disk_migrations or ()]


def _has_data() -> bool:
    if "orgs_institution" not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM orgs_institution) OR EXISTS (SELECT 1 FROM orgs_user)")
        return bool(cursor.fetchone()[0])


def _put(archive: zipfile.ZipFile, name: str, path: Path) -> str:
    with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as into:
        return _pour(source, into)


def _take(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as source, path.open("wb") as into:
        _pour(source, into)


def _pour(source: IO[bytes], into: IO[bytes] | None = None) -> str:
    seen = hashlib.sha256()
    while block := source.read(BLOCK):
        seen.update(block)
        if into is not None:
            into.write(block)
    return seen.hexdigest()


def _verify(path: Path) -> Manifest:
    """The manifest of an archive whose every file agrees with its checksum. Raises BackupError otherwise."""
    other = "Użyj innej kopii."
    try:
        with zipfile.ZipFile(path) as archive:
            told: dict[str, Any] = json.loads(archive.read("manifest.json"))
            manifest = Manifest(**told)
            inside = set(archive.namelist()) - {"manifest.json"}
            if manifest.format != FORMAT or inside != set(manifest.sums):
                raise BackupError(f"G-031: Plik {path.name} nie jest całą kopią: brakuje plików albo są obce. {other}")
            if any(name.startswith("/") or ".." in Path(name).parts for name in inside):
                raise BackupError(f"G-031: Plik {path.name} nie jest kopią tego programu. {other}")
            for name, expected in manifest.sums.items():
                with archive.open(name) as file:
                    if _pour(file) != expected:
                        raise BackupError(f"G-031: Kopia {path.name} jest uszkodzona: {name}. {other}")
    except FileNotFoundError:
        raise BackupError(f"G-031: Nie ma pliku {path}.") from None
    except DAMAGED as error:
        raise BackupError(
            f"G-031: Plik {path.name} jest uszkodzony albo nie jest kopią tego programu. {other}"
        ) from error
    return manifest


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    old = folder.with_name(folder.name + ".before-restore")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    try:
        yield old
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _replace_folder(fresh: Path, folder: Path) -> None:
    with _beside(folder):
        fresh.mkdir(parents=True, exist_ok=True)
        shutil.move(fresh, folder)


def _journal(code: str, why: str) -> None:
    """Reading or replacing everything leaves a trace as well."""
    JournalEntry(
        at=clock.now(), code=code, outcome=JournalEntry.Outcome.DONE, object_kind="backup", why=why[:300]
    ).save()
