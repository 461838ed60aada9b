"""Reading, cleaning and gathering of spreadsheets as messy as life."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from gniazdo.exchange.rules import cleaning
from gniazdo.exchange.rules.cleaning import Unclean
from gniazdo.exchange.rules.households import gather
from gniazdo.exchange.rules.mapping import Mapping, guess
from gniazdo.exchange.rules.reading import read_table
from gniazdo.exchange.rules.unpacking import Unreadable

ON = date(2026, 11, 18)


def workbook(rows) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("15.02.2015", date(2015, 2, 15)),
        ("1.2.2015 r.", date(2015, 2, 1)),
        ("1 lutego 2015", date(2015, 2, 1)),
        ("3 maja 2009 r.", date(2009, 5, 3)),
        ("12 XI 2010", date(2010, 11, 12)),
        ("2015-02-15", date(2015, 2, 15)),
        ("2015-02-15 00:00:00", date(2015, 2, 15)),
        (42050, date(2015, 2, 15)),
        ("42050", date(2015, 2, 15)),
        (datetime(2015, 2, 15, 12), date(2015, 2, 15)),  # noqa: DTZ001
        ("brak", None),
        (None, None),
    ],
)
def test_days(value, expected):
    assert cleaning.day(value) == expected


@pytest.mark.parametrize("value", ["31.02.2015", "wczoraj", "15.13.2015", 5])
def test_what_is_no_day(value):
    with pytest.raises(Unclean):
        cleaning.day(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("02070803628", "02070803628"),
        (2070803628, "02070803628"),
        (2070803628.0, "02070803628"),
        ("020708 03628", "02070803628"),
        ("2070803628,00", "02070803628"),
        ("2070803628.0", "02070803628"),
        ("'02070803628", "02070803628"),
        ("-", ""),
    ],
)
def test_pesel_gets_its_zeros_back(value, expected):
    assert cleaning.pesel(value) == expected


@pytest.mark.parametrize("value", ["02070803629", "12345", "0207080362A", "2,07080E+09", "9.00504E+10"])
def test_a_wrong_pesel_is_told(value):
    with pytest.raises(Unclean, match="PESEL"):
        cleaning.pesel(value)


def test_decimal_comma_and_names():
    assert cleaning.decimal("1 234,50 zł") == Decimal("1234.50")
    assert cleaning.name("KOWALSKA-NOWAK") == "Kowalska-Nowak"
    assert cleaning.full_name("Kowalska Anna Maria", last_first=True) == ("Anna Maria", "Kowalska")


def test_a_csv_in_the_polish_windows_code_page():
    text = "Nr teczki;Nazwisko i imię;Data ur.;Pokrewieństwo\n7;Żółć Łucja;1.02.1990;matka\n;Żółć Staś;3.04.2015;syn\n"
    table = read_table(text.encode("windows-1250"), "rodziny.csv")
    families = gather(table, guess(table.header), on=ON)
    assert [f.name for f in families] == ["Żółć"]
    assert [(p.first_name, p.role) for p in families[0].people] == [("Łucja", "PARENT"), ("Staś", "CHILD")]


def test_a_family_in_one_row():
    header = [
        "Lp.",
        "Rodzina",
        "Adres",
        "Matka",
        "PESEL matki",
        "Dziecko 1",
        "Dziecko 1 data ur.",
        "Dziecko 2",
        "Dziecko 2 data ur.",
    ]
    rows = [
        header,
        [
            1,
            "Nowak",
            "Lipowa 3, 99-001 Dębowo",
            "Nowak Anna",
            "",
            "Nowak Jan",
            datetime(2015, 2, 1),  # noqa: DTZ001
            "Nowak Ola",
            "2.03.2017",
        ],
    ]
    table = read_table(workbook(rows), "r.xlsx")
    mapping = guess(table.header)
    assert mapping.per_family()
    (family,) = gather(table, mapping, on=ON)
    assert not family.problems
    assert (family.street, family.postal_code, family.town) == ("Lipowa 3", "99-001", "Dębowo")
    assert [(p.first_name, p.role, p.born_on) for p in family.people] == [
        ("Anna", "PARENT", None),
        ("Jan", "CHILD", date(2015, 2, 1)),
        ("Ola", "CHILD", date(2017, 3, 2)),
    ]


def test_problems_name_row_and_column_and_block_the_family():
    rows = [
        ["Nazwisko", "Imię", "PESEL", "Data urodzenia"],
        ["Nowak", "Jan", 2070803628, "9.07.2002"],
        ["Wilk", "Ada", "123", ""],
    ]
    table = read_table(workbook(rows), "r.xlsx")
    first, second = gather(table, guess(table.header), on=ON)
    assert [(p.row, p.column) for p in first.problems] == [(2, "Data urodzenia")]
    assert [(p.row, p.column) for p in second.problems] == [(3, "PESEL")]
    assert first.is_blocked()
    assert second.is_blocked()


def test_the_same_person_twice_is_told_but_not_refused():
    rows = [["Nr rodziny", "Nazwisko", "Imię"], [1, "Nowak", "Jan"], [1, "NOWAK", "JAN"]]
    (family,) = gather(
        read_table(workbook(rows), "r.xlsx"),
        Mapping({"Nr rodziny": "family_key", "Nazwisko": "last_name", "Imię": "first_name"}),
        on=ON,
    )
    assert len(family.people) == 1
    assert not family.is_blocked()


def test_the_fingerprint_changes_with_the_data_only():
    rows = [["Nr rodziny", "Nazwisko", "Imię"], [1, "Nowak", "Jan"], [1, "Nowak", "Ola"]]
    mapping = Mapping({"Nr rodziny": "family_key", "Nazwisko": "last_name", "Imię": "first_name"})
    one = gather(read_table(workbook(rows), "a.xlsx"), mapping, on=ON)[0].fingerprint()
    two = gather(read_table(workbook([rows[0], rows[2], rows[1]]), "b.xlsx"), mapping, on=ON)[0].fingerprint()
    rows[1] = [1, "Nowak", "Janina"]
    other = gather(read_table(workbook(rows), "c.xlsx"), mapping, on=ON)[0].fingerprint()
    assert one == two != other


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7 x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", b"PK\x03\x04 broken", b"jedno;dwa\n"]
)
def test_unreadable_files_say_why(content):
    with pytest.raises(Unreadable, match=r"\w"):
        read_table(content, "plik.xlsx")


def test_a_number_the_spreadsheet_shortened_says_so():
    with pytest.raises(Unclean, match="skrócił"):
        cleaning.pesel("9,00504E+10")


def test_sums_and_repeated_headings_are_no_families():
    head = ["Nr rodziny", "Nazwisko", "Imię"]
    rows = [
        head,
        [1, "Nowak", "Jan"],
        head,
        ["", "Nowak", "Ola"],
        ["Razem rodzin:", 1, ""],
        ["", "SUMA", "2"],
        [2, "Razemski", "Jan"],
    ]
    families = gather(
        read_table(workbook(rows), "r.xlsx"),
        Mapping({"Nr rodziny": "family_key", "Nazwisko": "last_name", "Imię": "first_name"}),
        on=ON,
    )
    assert [(f.key, len(f.people), f.problems) for f in families] == [("1", 2, []), ("2", 1, [])]
