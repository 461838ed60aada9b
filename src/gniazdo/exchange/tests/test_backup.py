"""A backup brings everything back, says no to a damaged file, and replaces nothing unasked. On both databases."""

from __future__ import annotations

import errno
import json
import random
import sqlite3
import threading
import time
import zipfile
from contextlib import closing
from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from gniazdo.access.models import JournalEntry
from gniazdo.exchange.library import backup
from gniazdo.exchange.library.backup import BackupError, make_backup, restore_backup
from gniazdo.orgs.tests.factories import make_institution
from gniazdo.papers.actions import attach_file
from gniazdo.papers.queries import path_of
from gniazdo.people.models import Family
from gniazdo.people.tests.factories import let_in, make_family

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folders(settings, tmp_path):
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "2026").mkdir()
    (settings.MEDIA_ROOT / "2026" / "skan.pdf").write_bytes(b"%PDF-1.7 skan")
    return tmp_path


def names() -> list[str]:
    return sorted(Family.objects.system().values_list("name", flat=True))


def test_everything_comes_back(folders, settings):
    institution = make_institution()
    make_family(institution, "Żółci")
    told = make_backup(folders / "kopia.zip")
    assert told.files == 1
    make_family(institution, "Późniejsi")
    (settings.MEDIA_ROOT / "2026" / "skan.pdf").unlink()

    restore_backup(folders / "kopia.zip", force=True)

    assert names() == ["Żółci"]
    assert (settings.MEDIA_ROOT / "2026" / "skan.pdf").read_bytes() == b"%PDF-1.7 skan"
    make_family(institution, "Nowi po odtworzeniu")
    JournalEntry(at=JournalEntry.objects.latest("id").at, code="x", outcome="done").save()
    assert JournalEntry.objects.filter(code="exchange.backup.restore").exists()


def test_present_data_are_replaced_only_when_told(folders):
    make_family(make_institution(), "Obecni")
    make_backup(folders / "kopia.zip")
    with pytest.raises(BackupError, match=r"G-034: .*--force"):
        restore_backup(folders / "kopia.zip")
    assert names() == ["Obecni"]


def test_a_damaged_copy_is_refused_before_anything_is_touched(folders):
    make_family(make_institution(), "Obecni")
    make_backup(folders / "kopia.zip")
    bad = folders / "zla.zip"
    with zipfile.ZipFile(folders / "kopia.zip") as good, zipfile.ZipFile(bad, "w") as copy:
        for name in good.namelist():
            data = good.read(name)
            copy.writestr(name, data[:-1] + b"!" if name.startswith("files/") else data)
    with pytest.raises(BackupError, match="uszkodzona"):
        restore_backup(bad, force=True)
    (folders / "nie-kopia.zip").write_bytes(b"cokolwiek")
    with pytest.raises(BackupError, match="nie jest kopią"):
        restore_backup(folders / "nie-kopia.zip", force=True)
    assert names() == ["Obecni"]


def test_a_missing_file_and_an_unwritable_place_get_a_sentence(folders):
    with pytest.raises(BackupError, match="Nie ma pliku"):
        restore_backup(folders / "brak.zip")
    (folders / "zajete").write_text("plik, nie folder")
    with pytest.raises(BackupError, match="G-030: Nie można zapisać"):
        make_backup(folders / "zajete" / "kopia.zip")


def test_it_is_whole_or_absent(folders, monkeypatch):
    make_institution()
    monkeypatch.setattr("gniazdo.exchange.library.backup._verify", lambda path: (_ for _ in ()).throw(BackupError("x")))
    with pytest.raises(BackupError):
        make_backup(folders / "kopia.zip")
    assert not list(folders.glob("kopia.zip*"))


def changed(folders, target, **told):
    """The copy with another manifest."""
    with zipfile.ZipFile(folders / "kopia.zip") as good, zipfile.ZipFile(folders / target, "w") as copy:
        for name in good.namelist():
            data = good.read(name)
            copy.writestr(name, json.dumps(json.loads(data) | told) if name == "manifest.json" else data)
    return folders / target


def applied() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def test_a_copy_with_other_tables_is_refused_with_its_number_and_its_version(folders):
    make_family(make_institution(), "Obecni")
    make_backup(folders / "kopia.zip")
    for told, said in (
        ({"migrations": [*applied(), "cases.0099_later"], "program": "7.7"}, r"G-032: .*nowszej wersji programu 7\.7"),
        ({"migrations": applied()[:-1], "program": "0.0.9"}, r"G-032: .*innej wersji programu 0\.0\.9"),
        ({"schema": "0" * 64}, r"G-032: .*innym układzie tabel.*Odtwórz ją tamtą wersją"),
    ):
        with pytest.raises(BackupError, match=said):
            restore_backup(changed(folders, "inna.zip", **told), force=True)
    assert names() == ["Obecni"]
    restore_backup(changed(folders, "ta-sama.zip"), force=True)


def test_the_fingerprint_of_the_tables_is_that_of_the_program(folders):
    assert backup._schema_here() == backup._schema_of_program()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE people_family ADD COLUMN przybyla integer")
        try:
            assert backup._schema_here() != backup._schema_of_program()
        finally:
            cursor.execute("ALTER TABLE people_family DROP COLUMN przybyla")


def test_one_wrong_byte_anywhere_is_noticed_or_harmless(folders):
    make_family(make_institution(), "Obecni")
    make_backup(folders / "kopia.zip")
    whole, good = (folders / "kopia.zip").read_bytes(), backup._verify(folders / "kopia.zip")
    chance, bad, refused = random.Random(7), folders / "zla.zip", 0
    places = [chance.randrange(len(whole)) for _ in range(60)] + list(range(len(whole) - 60, len(whole), 2))
    for place in places:
        bad.write_bytes(whole[:place] + bytes([whole[place] ^ (1 << chance.randrange(8))]) + whole[place + 1 :])
        try:
            same = backup._verify(bad) == good
        except BackupError as error:
            same, refused = str(error).startswith("G-031"), refused + 1
        assert same, place
    for size in (0, 1, 30, len(whole) // 2, len(whole) - 1):
        bad.write_bytes(whole[:size])
        with pytest.raises(BackupError, match="G-031"):
            restore_backup(bad, force=True)
    assert refused > 30
    assert names() == ["Obecni"]


@pytest.mark.parametrize("manifest", ["", "[]", "5", '{"format": 1}', '{"sums": 5}', "{" * 5000])
def test_a_manifest_of_nonsense_is_a_sentence(folders, manifest):
    with zipfile.ZipFile(folders / "zla.zip", "w") as copy:
        copy.writestr("manifest.json", manifest)
    with pytest.raises(BackupError, match="G-031"):
        restore_backup(folders / "zla.zip", force=True)


def test_a_copy_without_one_of_its_attachments_is_refused(folders):
    make_family(make_institution(), "Obecni")
    make_backup(folders / "kopia.zip")
    bad = folders / "niecala.zip"
    with zipfile.ZipFile(folders / "kopia.zip") as good, zipfile.ZipFile(bad, "w") as copy:
        for name in good.namelist():
            if not name.startswith("files/"):
                copy.writestr(name, good.read(name))
    with pytest.raises(BackupError, match=r"G-031: .*brakuje plików"):
        restore_backup(bad, force=True)
    assert names() == ["Obecni"]


def test_attachments_the_disk_has_lost_or_changed_are_told(folders, settings, cast, monkeypatch):
    family = make_family(cast.institution, "Z załącznikami")
    let_in(family, cast.anna)
    lost, other, whole = (
        attach_file(cast.actor("anna"), family, content=b"%PDF-1.7 " + name.encode(), name=name, on=cast.today)
        for name in ("zgubiony.pdf", "zmieniony.pdf", "caly.pdf")
    )
    path_of(lost.path).unlink()
    path_of(other.path).write_bytes(b"%PDF-1.7 podmieniony")
    told = make_backup(folders / "kopia.zip")
    assert told.missing == sorted([lost.path, other.path])
    path_of(whole.path).unlink()
    assert restore_backup(folders / "kopia.zip", force=True).missing == told.missing
    assert path_of(whole.path).read_bytes() == b"%PDF-1.7 caly.pdf"


def test_a_file_swept_away_while_it_is_copied_stops_nothing(folders, settings, monkeypatch):
    make_institution()
    put = backup._put

    def swept(archive, name, path):
        path.unlink() if name.startswith("files/") else None
        return put(archive, name, path)

    monkeypatch.setattr(backup, "_put", swept)
    assert make_backup(folders / "kopia.zip").files == 0
    assert backup._verify(folders / "kopia.zip").files == 0


def test_a_full_disk_while_restoring_is_a_sentence_and_changes_nothing(folders, monkeypatch):
    make_family(make_institution(), "Obecni")
    make_backup(folders / "kopia.zip")

    def full(*told):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(backup, "_take", full)
    with pytest.raises(BackupError, match=r"G-035: .*No space left"):
        restore_backup(folders / "kopia.zip", force=True)
    assert names() == ["Obecni"]
    assert not list(folders.glob("restore-*"))


def test_the_other_kind_of_database_is_refused(folders):
    make_institution()
    make_backup(folders / "kopia.zip")
    other = "postgresql" if connection.vendor == "sqlite" else "sqlite"
    foreign = folders / "inna.zip"
    with zipfile.ZipFile(folders / "kopia.zip") as good, zipfile.ZipFile(foreign, "w") as copy:
        for name in good.namelist():
            data = good.read(name)
            copy.writestr(
                name,
                data.replace(f'"{connection.vendor}"'.encode(), f'"{other}"'.encode())
                if name == "manifest.json"
                else data,
            )
    with pytest.raises(BackupError, match="G-033: Kopia pochodzi z bazy"):
        restore_backup(foreign, force=True)


@pytest.mark.own_database
def test_copying_a_busy_sqlite_file_ends(tmp_path, monkeypatch):
    """Saves by others must not make the copying start again and again: 80 MB among a save every millisecond."""
    path = tmp_path / "busy.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executescript("PRAGMA journal_mode=WAL; CREATE TABLE big(x); CREATE TABLE saves(n); BEGIN")
        db.executemany("INSERT INTO big VALUES (?)", [("x" * 4000,) for _ in range(20_000)])
        db.execute("COMMIT")
    stand_in = SimpleNamespace(is_in_memory_db=lambda: False, settings_dict={"NAME": path})
    monkeypatch.setattr(backup, "connection", stand_in)
    ended, saves = threading.Event(), [0]

    def save():
        with closing(sqlite3.connect(path, isolation_level=None, timeout=20)) as db:
            while not ended.is_set():
                db.execute("INSERT INTO saves VALUES (?)", [saves[0]])
                saves[0] += 1
                time.sleep(0.001)

    writer = threading.Thread(target=save)
    writer.start()
    copy = sqlite3.connect(tmp_path / "copy.sqlite3", check_same_thread=False)
    try:
        copying = threading.Thread(target=backup._copy_sqlite, args=(copy,), daemon=True)
        copying.start()
        copying.join(30)
        assert not copying.is_alive(), "the copying never ends"
        assert saves[0] > 0
    finally:
        ended.set()
        writer.join()
    assert copy.execute("SELECT count(*) FROM big").fetchone() == (20_000,)
    numbers = [n for (n,) in copy.execute("SELECT n FROM saves ORDER BY n")]
    assert numbers == list(range(len(numbers)))
    copy.close()


@pytest.mark.own_database
@pytest.mark.parametrize("harm", ["a row against its rule", "torn pages"])
def test_a_ruined_database_is_not_copied_as_if_it_were_whole(folders, monkeypatch, harm):
    path = folders / "ruined.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executescript("CREATE TABLE t(a CHECK (a > 0), b); PRAGMA ignore_check_constraints = 1; BEGIN")
        db.executemany("INSERT INTO t VALUES (?, ?)", [(-1, "x" * 3000) for _ in range(500)])
        db.execute("COMMIT")
    if harm == "torn pages":
        whole = path.read_bytes()
        path.write_bytes(whole[:8192] + b"\xff" * 4096 * 40 + whole[8192 + 4096 * 40 :])
    stand_in = SimpleNamespace(vendor="sqlite", is_in_memory_db=lambda: False, settings_dict={"NAME": path})
    monkeypatch.setattr(backup, "connection", stand_in)
    monkeypatch.setattr(backup, "_migrations", list)
    monkeypatch.setattr(backup, "_schema_here", str)
    with pytest.raises(BackupError, match="G-036"):
        make_backup(folders / "kopia.zip")
    assert not list(folders.glob("kopia.zip*"))
