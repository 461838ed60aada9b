"""Names, PESEL, ages: tables of examples."""

from __future__ import annotations

from datetime import date

import pytest

from gniazdo.exchange.library.demo.invent import pesel
from gniazdo.people.rules import checks, names
from gniazdo.people.rules.names import deletions, distance, fold, key_prefixes, sort_key, tokens, word_hits

TODAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Żółć", "zolc"),
        ("Nowak-Kowalska", "nowak kowalska"),
        ("  ŁUCJA ", "lucja"),
        ("O'Hara", "o hara"),
        ("Müller", "muller"),
        ("", ""),
    ],
)
def test_fold(typed, folded):
    assert fold(typed) == folded


def test_polish_order():
    surnames = [
        "Łukasik",
        "Macura",
        "Lutek",
        "Źdźbło",
        "Zając",
        "Żak",
        "Ćma",
        "Cis",
        "Nowakowska",
        "Nowak",
        "Óbuch",
        "Olech",
        "Müller",
    ]
    assert sorted(surnames, key=sort_key) == [
        "Cis", "Ćma", "Lutek", "Łukasik", "Macura", "Müller", "Nowak", "Nowakowska", "Olech", "Óbuch", "Zając", "Źdźbło", "Żak",
    ]  # fmt: skip


def test_first_names_order_within_a_surname():
    assert sort_key("Nowak", "Zofia") < sort_key("Nowakowska", "Anna")
    assert sort_key("Nowak", "Łucja") > sort_key("Nowak", "Lucyna")
    assert len(sort_key("x" * 90, "y" * 60)) <= 200


def test_prefixes_cover_diacritics_in_polish_order():
    assert key_prefixes("lu") == sorted(key_prefixes("lu"))
    assert any(sort_key("Łukasik").startswith(p) for p in key_prefixes("lu"))
    assert any(sort_key("Lutek").startswith(p) for p in key_prefixes("lu"))
    assert key_prefixes("szczesniakowa") == []


@pytest.mark.parametrize(
    ("a", "b", "d"),
    [("kowal", "kowla", 1), ("kowal", "kowal", 0), ("kowal", "kwal", 1), ("ab", "ba", 1), ("abc", "x", 3)],
)
def test_distance(a, b, d):
    assert min(distance(a, b), 3) == d


def test_two_words_a_typo_apart_share_a_deletion():
    for typo in ("kowalsk", "kowalskii", "kowalzki", "koawlski"):
        assert deletions("kowalski") & deletions(typo)
        assert word_hits(typo, "kowalski")
    assert not word_hits("nowicki", "kowalski")
    assert tokens("Anna Maria", "Nowak-Łoś") == ["anna", "maria", "nowak", "los"]


def test_after_bounds_a_prefix():
    assert names.after("kow") == "kox"
    assert names.after("kz") == "l"
    assert names.after("9") == "a"
    assert names.after("zz") == ""


def codes(**person):
    return [(f.field, f.code) for f in checks.person_faults(on=TODAY, **person)]


def test_pesel_agrees_with_birth_and_sex():
    right = pesel(date(2015, 3, 2), "F", 12)
    assert codes(pesel=right, sex="F", born_on=date(2015, 3, 2)) == []
    assert codes(pesel=right, sex="M", born_on=date(2015, 3, 3)) == [("pesel", "birth"), ("pesel", "sex")]
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    assert codes(pesel=wrong) == [("pesel", "checksum")]
    assert codes(pesel="123") == [("pesel", "length")]
    assert checks.pesel_birth(right) == date(2015, 3, 2)


def test_lost_zeros_come_back_only_for_imports():
    right = pesel(date(2005, 3, 2), "M", 5)
    assert right.startswith("05")
    assert checks.repaired_pesel(right.lstrip("0")) == right
    assert checks.repaired_pesel(right.lstrip("0") + ".0") == right
    assert codes(pesel=right.lstrip("0")) == [("pesel", "length")]


def test_dates_in_order():
    assert codes(born_on=date(2027, 1, 1)) == [("born_on", "future")]
    assert codes(born_on=date(2000, 1, 1), died_on=date(1999, 1, 1)) == [("died_on", "before_birth")]
    assert codes(is_unborn=True, due_on=date(2027, 3, 1)) == []
    assert codes(is_unborn=True, due_on=date(2028, 3, 1)) == [("due_on", "due_too_far")]
    assert codes(is_unborn=True, born_on=date(2026, 1, 1)) == [("born_on", "unborn_with_birth")]


@pytest.mark.parametrize(
    ("born", "said"),
    [(date(2026, 11, 17), (1, "days")), (date(2026, 8, 18), (3, "months")), (date(2024, 11, 18), (2, "years")),
     (date(2024, 11, 19), (23, "months")), (date(1990, 11, 18), (36, "years"))],
)  # fmt: skip
def test_age_parts(born, said):
    assert checks.age_parts(born, on=TODAY) == said


@pytest.mark.parametrize(
    ("n", "form"), [(1, 0), (2, 1), (4, 1), (5, 2), (12, 2), (14, 2), (22, 1), (25, 2), (112, 2), (0, 2)]
)
def test_plural(n, form):
    assert checks.plural(n) == form


def test_siblings_full_and_half():
    parents = {"a": {"m", "f"}, "b": {"m", "f"}, "c": {"m"}, "d": {"x"}}
    assert checks.siblings(parents, "a") == {"b": "full", "c": "half"}
