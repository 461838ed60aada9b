"""`gniazdo serve` refuses what would be dangerous, each with its code and a sentence."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import MagicMock

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import OperationalError, connection

from gniazdo.conf import checks
from gniazdo.orgs.models import User
from gniazdo.orgs.tests.factories import make_institution

GOOD = {"GNIAZDO_SECRET_KEY": "abcdefghij0123456789" * 3, "GNIAZDO_HOSTS": "gniazdo.example.invalid"}


def codes(env: dict[str, str]) -> list[str]:
    return [p.code for p in checks.of_environment(env)]


def test_a_good_environment_has_no_problem():
    assert codes(GOOD) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"GNIAZDO_SECRET_KEY": ""}, "G-001"),
        ({"GNIAZDO_SECRET_KEY": "za-krotki"}, "G-002"),
        ({"GNIAZDO_SECRET_KEY": "x" * 80}, "G-002"),
        ({"GNIAZDO_SECRET_KEY": "development-only-key-never-for-real-data-" + "x" * 24}, "G-002"),
        ({"GNIAZDO_HOSTS": ""}, "G-003"),
        ({"GNIAZDO_HOSTS": "*"}, "G-003"),
        ({"GNIAZDO_DEBUG": "1"}, "G-004"),
        ({"DEBUG": "true"}, "G-004"),
    ],
)
def test_each_danger_has_its_code(change, code):
    assert codes(GOOD | change) == [code]


def test_a_problem_says_what_to_do():
    for problem in checks.of_environment({}):
        assert problem.sentence.endswith(".")
        assert problem.advice
        assert str(problem).startswith(problem.code)


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "plik").write_text("to nie folder")
    assert [p.code for p in checks.of_data_folder(tmp_path / "plik" / "dane")] == ["G-005"]


def test_a_folder_that_everybody_reads(tmp_path):
    (tmp_path / "dane").mkdir(mode=0o755)
    (tmp_path / "dane").chmod(0o755)
    assert [p.code for p in checks.of_data_folder(tmp_path / "dane")] == ["G-006"]
    (tmp_path / "dane").chmod(0o750)
    assert list(checks.of_data_folder(tmp_path / "dane")) == []


def test_a_database_that_does_not_answer(monkeypatch):
    def away():
        raise OperationalError("connection refused")

    monkeypatch.setattr("django.db.connection", SimpleNamespace(ensure_connection=away))
    assert [p.code for p in checks.of_database()] == ["G-007"]


@pytest.mark.parametrize(("version", "role", "codes"), [
    (140011, None, ["G-008"]), (150004, ("postgres",), ["G-012"]), (150004, None, []),
])  # fmt: skip
def test_an_old_server_and_a_superuser_are_refused(db, monkeypatch, version, role, codes):
    cursor = MagicMock()
    cursor.return_value.__enter__.return_value.fetchone.return_value = role
    stand_in = SimpleNamespace(
        vendor="postgresql", pg_version=version, ensure_connection=lambda: None, cursor=cursor,
        introspection=connection.introspection,
    )  # fmt: skip
    monkeypatch.setattr("django.db.connection", stand_in)
    assert [p.code for p in checks.of_database()] == codes


def test_demo_accounts_are_refused(db):
    make_institution()
    assert list(checks.of_demo_people()) == []
    User.objects.create_user("pokaz", "x", first_name="Pokaz", last_name="Pokazowa", is_demo=True)
    assert [p.code for p in checks.of_demo_people()] == ["G-009"]


def test_demo_institutions_are_refused(db):
    make_institution(is_demo=True)
    assert [p.code for p in checks.of_demo_people()] == ["G-010"]


def test_every_room_is_installed():
    assert checks.rooms_are_declared(None) == []


def test_a_room_that_is_not_installed_stops_every_command(settings):
    settings.ROOMS = [room for room in settings.ROOMS if not room.endswith(".reports")]
    assert [(m.id, "reports" in m.msg) for m in checks.rooms_are_declared(None)] == [("gniazdo.G-020", True)]
    with pytest.raises(SystemCheckError, match=r"gniazdo\.G-020"):
        call_command("check")


def test_the_deploy_check_tells_the_same(monkeypatch):
    monkeypatch.delenv("GNIAZDO_SECRET_KEY", raising=False)
    assert "gniazdo.G-001" in [m.id for m in checks.production_settings(None)]


def test_every_code_said_at_the_start_stands_in_the_guide():
    here = Path(__file__).resolve().parents[1]
    told_in = ("checks.py", "cli.py", "../exchange/library/backup.py")
    said = {code for name in told_in for code in re.findall(r"G-\d{3}", (here / name).read_text())}
    told = set(re.findall(r"G-\d{3}", (here.parents[2] / "docs/uruchomienie.md").read_text()))
    assert len(said) > 10
    assert said == told


def test_every_code_of_the_guide_is_provoked_by_a_test():
    package = Path(__file__).resolve().parents[2]
    told = set(re.findall(r"G-\d{3}", (package.parents[1] / "docs/uruchomienie.md").read_text()))
    files = [*(package / "conf/tests").glob("test_*.py"), *(package / "exchange/tests").glob("test_*.py")]
    provoked = {code for file in files for code in re.findall(r"G-\d{3}", file.read_text())}
    assert told <= provoked
