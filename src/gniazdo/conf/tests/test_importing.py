"""`gniazdo import people`: the dry run as a table and as JSON, the reading in, the error file, and what goes wrong."""

from __future__ import annotations

import json
from datetime import date

import pytest

from gniazdo.conf import importing
from gniazdo.conf.tests.test_cli import run
from gniazdo.exchange.models import ImportRun
from gniazdo.exchange.tests.test_import_run import LIS, WILK, workbook
from gniazdo.people.models import Family

WRONG = ["9", "Zły Jan", "123", "", "ojciec", "", ""], ["9", "Zła Ola", "", "1.02.2015", "córka", "", ""]


@pytest.fixture
def file(tmp_path, monkeypatch, cast):
    """A list with two good families and a wrong one; the terminal is wide."""
    monkeypatch.setattr(importing.out, "width", 200, raising=False)
    monkeypatch.setattr(importing, "load_all", lambda: None)
    path = tmp_path / "rodziny Anny.xlsx"
    path.write_bytes(workbook([*WILK, *LIS, *WRONG]))
    return path


def call(file, cast, *more: str) -> int:
    return run("import", "people", str(file), "--as", cast.maria.user.login, *more)


def test_the_dry_run_shows_what_would_happen_to_each_person(cast, file, capsys) -> None:
    assert call(file, cast, "--dry-run") == 1  # there is something to mend
    told = capsys.readouterr()
    for wanted in (
        "Wilk Anna",
        "Wilk Jan",
        "do wczytania",
        "do poprawy w pliku",
        "kolumna „PESEL”",
        "z powodu wiersza 5",
        "„rodziny Anny”",
    ):
        assert wanted in told.out, wanted
    assert "Miejsca do poprawy: 1" in told.err
    assert not Family.objects.system().exists()
    assert ImportRun.objects.system().get().content is None


def test_the_dry_run_for_programs_is_json_alone(cast, file, capsys) -> None:
    assert call(file, cast, "--dry-run", "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["list"], told["counts"]["new"], told["counts"]["blocked"], told["loaded"]) == ("rodziny Anny", 2, 1, 0)
    assert [(line["row"], line["person"], line["fate"]) for line in told["lines"]] == [
        (2, "Wilk Anna", "new"), (3, "Wilk Jan", "new"), (4, "Lis Ewa", "new"), (5, "Zły Jan", "blocked"), (6, "Zła Ola", "blocked"),
    ]  # fmt: skip
    assert told["remarks"][0]["row"] == 5


def test_reading_in_and_the_same_list_again(cast, file, capsys, tmp_path) -> None:
    errors = tmp_path / "uwagi.csv"
    assert call(file, cast, "--json", "--errors", str(errors)) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["loaded"], told["lines"]) == (2, [])
    assert "5;PESEL;123" in errors.read_text(encoding="utf-8-sig")
    assert call(file, cast) == 1
    assert "już wczytanych 2" in capsys.readouterr().out
    call(file, cast, "--dry-run", "--list", "rodziny Beaty")
    told_again = capsys.readouterr().out
    assert "już w systemie, spoza tego wykazu" in told_again
    assert Family.objects.system().count() == 2


def test_an_english_worker_is_told_in_english(cast, file, capsys) -> None:
    from gniazdo.orgs.models import User

    User.objects.filter(pk=cast.maria.user_id).update(language="en")
    from django.utils import translation

    with translation.override("pl"):
        call(file, cast, "--dry-run")
    told = capsys.readouterr()
    assert "families to load 2" in told.out
    assert "Places to correct" in told.err


def test_a_file_cannot_order_the_terminal_about(cast, file, capsys) -> None:
    file.write_text("Nr rodziny;Nazwisko;Imię\n1;Wilk\x1b[2J;[red]Jan\n", encoding="utf-8")
    assert call(file, cast, "--dry-run") == 0
    told = capsys.readouterr().out
    assert "\x1b[2J" not in told
    assert "[red]Jan" in told


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [("nie-ma.xlsx", None, "Nie ma pliku"), ("a.csv", b"", "Plik jest pusty"), ("a.pdf", b"%PDF-1.7", "nie jest arkuszem")],
)  # fmt: skip
def test_what_cannot_be_read_is_told(cast, file, capsys, tmp_path, name, content, sentence) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    assert call(path, cast, "--dry-run") == 2
    assert sentence in capsys.readouterr().err


def test_others_may_not(cast, file, capsys) -> None:
    assert run("import", "people", str(file), "--as", cast.anna.user.login) == 2
    assert not ImportRun.objects.system().exists()


def test_the_demo_says_where_its_spreadsheets_lie(tmp_path, capsys) -> None:
    from gniazdo.conf.cli import EXAMPLES, show_examples
    from gniazdo.exchange.library.demo.workbooks import write_examples

    folder = tmp_path / EXAMPLES
    show_examples(folder)
    assert capsys.readouterr().out == ""
    write_examples(folder, on=date(2026, 11, 18))
    show_examples(folder)
    told = capsys.readouterr().out
    assert str(folder) in told
    for name in ("asystenci 2026 (kopia).xlsx", "rodziny wsparcie.csv", "lista-z-sekretariatu.ods"):
        assert name in told
