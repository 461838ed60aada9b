"""A backup brings everything back, says no to a damaged file, and replaces nothing unasked. On both databases."""

from __future__ import annotations

import zipfile

import pytest
from django.db import connection

from gniazdo.access.models import JournalEntry
from gniazdo.exchange.library.backup import BackupError, make_backup, restore_backup
from gniazdo.orgs.tests.factories import make_institution
from gniazdo.people.models import Family
from gniazdo.people.tests.factories import make_family

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
    with pytest.raises(BackupError, match="--force"):
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
    with pytest.raises(BackupError, match="Nie można zapisać"):
        make_backup(folders / "zajete" / "kopia.zip")


def test_it_is_whole_or_absent(folders, monkeypatch):
    make_institution()
    monkeypatch.setattr("gniazdo.exchange.library.backup._verify", lambda path: (_ for _ in ()).throw(BackupError("x")))
    with pytest.raises(BackupError):
        make_backup(folders / "kopia.zip")
    assert not list(folders.glob("kopia.zip*"))


def test_the_other_kind_of_database_is_refused(folders):
    make_institution()
    make_backup(folders / "kopia.zip")
    other = "postgresql" if connection.vendor == "sqlite" else "sqlite"
    changed = folders / "inna.zip"
    with zipfile.ZipFile(folders / "kopia.zip") as good, zipfile.ZipFile(changed, "w") as copy:
        for name in good.namelist():
            data = good.read(name)
            copy.writestr(
                name,
                data.replace(f'"{connection.vendor}"'.encode(), f'"{other}"'.encode())
                if name == "manifest.json"
                else data,
            )
    with pytest.raises(BackupError, match="pochodzi z bazy"):
        restore_backup(changed, force=True)
