"""The three example files are as messy as life, and come in through the import as they are, with the guessed columns."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from gniazdo.exchange.actions import carry_out, map_columns, start_import
from gniazdo.exchange.library.demo.workbooks import write_examples
from gniazdo.exchange.models import ImportRun
from gniazdo.exchange.queries import drafts_of, remarks
from gniazdo.exchange.rules.mapping import guess
from gniazdo.exchange.rules.reading import Table, read_table
from gniazdo.people.models import Contact, Family, Person

ON = date(2026, 11, 18)


@pytest.fixture
def files(tmp_path) -> list[Path]:
    return write_examples(tmp_path, on=ON)


def table(path: Path) -> Table:
    return read_table(path.read_bytes(), path.name)


def column(path: Path, heading: str) -> list[object]:
    found = table(path)
    return [cells[found.header.index(heading)] for _n, cells in found.rows]


def tried(cast, path: Path) -> ImportRun:
    run = start_import(cast.actor("maria"), None, file_name=path.name, content=path.read_bytes())
    columns, last_first = run.mapping["columns"], run.mapping["last_first"]
    return map_columns(cast.actor("maria"), run, columns=columns, last_first=last_first, on=ON)


@pytest.mark.parametrize(("n", "families", "blocked"), [(0, 14, 0), (1, 12, 0), (2, 7, 3)])
def test_an_example_file_is_read_in_and_once_only(cast, files, n, families, blocked) -> None:
    run = tried(cast, files[n])
    assert (run.counts["new"], run.counts["blocked"]) == (families, blocked), run.problems
    people = sum(len(d.people) for d in drafts_of(run, on=ON) if not d.is_blocked())
    run = carry_out(cast.actor("maria"), run, on=ON)
    assert Family.objects.system().count() == families, run.problems
    assert Person.objects.system().count() == people
    assert Person.objects.system().filter(born_on__isnull=True).count() == 0
    assert not Family.objects.system().filter(name="").exists()
    again = tried(cast, files[n])
    assert (again.counts["known"], again.counts["new"], again.counts["blocked"]) == (families, 0, blocked)


def test_all_three_come_in_beside_each_other(cast, files) -> None:
    for path in files:
        carry_out(cast.actor("maria"), tried(cast, path), on=ON)
    assert Family.objects.system().count() == 33
    assert sorted(set(ImportRun.objects.system().values_list("list_name", flat=True))) == [
        "asystenci 2026", "lista-z-sekretariatu", "rodziny wsparcie",
    ]  # fmt: skip


def test_pesel_lost_its_zeros_and_came_as_a_number_and_otherwise(files) -> None:
    found = column(files[0], "PESEL")
    assert sum(isinstance(p, int | float) for p in found) >= 8
    for wanted in (r"\d{9,10}", r"\d{6} \d{5}", r"\d{9,11},00", "-"):
        assert any(isinstance(p, str) and re.fullmatch(wanted, p) for p in found), wanted
    assert any(isinstance(p, int | float) and p < 10**10 for p in found)
    assert any(len(str(p)) == 10 for p in column(files[1], "PESEL matki"))
    assert any(isinstance(p, float) and p < 10**10 for p in column(files[2], "PESEL"))


def test_days_and_amounts_are_written_every_way(files) -> None:
    days = column(files[0], "Data ur.")
    assert any(isinstance(d, datetime | date) for d in days)
    assert any(isinstance(d, int | float) for d in days)
    for wanted in (r"\d+\.\d\d\.\d{4} r\.", r"\d+ [a-zśćźń]+ \d{4}", r"\d+ [IVX]+ \d{4}", r"\d{4}-\d\d-\d\d"):
        assert any(isinstance(d, str) and re.fullmatch(wanted, d) for d in days), wanted
    assert any(re.search(r"\d,\d", str(amount)) for amount in column(files[0], "Dochód na os."))
    assert any(re.search(r"\d,\d", str(amount)) for amount in column(files[1], "Przyznane świadczenie"))


def test_the_three_are_of_three_kinds_and_shapes(files) -> None:
    assert [path.suffix for path in files] == [".xlsx", ".csv", ".ods"]
    raw = files[1].read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    assert "Miejscowość" in raw.decode("cp1250")
    assert [guess(table(path).header).per_family() for path in files] == [False, True, False]
    numbers = column(files[1], "Nr rodziny")
    assert len(numbers) == len(set(numbers)) + 1  # a household repeated
    names = [str(name) for name in column(files[2], "Rodzina")]
    assert any(name.isupper() for name in names)
    cells = [str(cell) for _n, row in table(files[0]).rows for cell in row if cell is not None]
    assert "RAZEM" in cells
    assert cells.count("Nazwisko i imię") == 1  # the heading once more


def test_the_new_telephone_of_the_repeated_family_is_not_lost_in_silence(cast, files) -> None:
    run = carry_out(cast.actor("maria"), tried(cast, files[1]), on=ON)
    (told,) = [r for r in remarks(run) if "600 100 200" in r.reason]
    assert not told.blocking
    assert not Contact.objects.system().filter(digits="600100200").exists()


def test_the_same_day_gives_the_same_files(tmp_path) -> None:
    one, other = write_examples(tmp_path / "a", on=ON), write_examples(tmp_path / "b", on=ON)
    assert [p.read_bytes() for p in one[1:]] == [p.read_bytes() for p in other[1:]]
