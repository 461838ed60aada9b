"""Searching people: order, diacritics, typos, numbers; what a post may not see it does not find."""

from __future__ import annotations

from datetime import date

import pytest

from gniazdo.exchange.library.demo.invent import pesel
from gniazdo.people import actions
from gniazdo.people.queries import families_page, find_people
from gniazdo.people.tests.factories import let_in, make_family, make_person


@pytest.fixture
def people(cast):
    family = make_family(cast.institution, "Żołędziewska", children=1)
    let_in(family, cast.anna)
    make_person(cast.institution, "Łukasz", "Łukasik")
    make_person(cast.institution, "Adam", "Lutek")
    make_person(cast.institution, "Ewa", "Macura", pesel=pesel(date(1990, 2, 3), "F", 77))
    make_person(cast.other, "Ewa", "Żołędziewska")
    return family


def names_of(found):
    return [f.name for f in found]


@pytest.mark.parametrize("who", ["maria", "sonia", "anna"])
@pytest.mark.parametrize(
    "text", ["Ewa Żołędziewska", "zoledziewska ewa", "Żołedziewka", "ZOLED", "zołędzeiwska", "ewa zoledziewskaa"]
)
def test_parts_in_any_order_without_diacritics_with_a_typo(cast, people, who, text):
    assert "Ewa Żołędziewska" in names_of(find_people(cast.actor(who), text, on=cast.today))


def test_results_are_in_polish_order(cast, people):
    found = names_of(find_people(cast.actor("maria"), "lu", on=cast.today))
    assert found[:2] == ["Adam Lutek", "Łukasz Łukasik"]


def test_part_of_pesel_and_phone(cast, people):
    number = pesel(date(1990, 2, 3), "F", 77)
    maria = cast.actor("maria")
    assert names_of(find_people(maria, number[:6], on=cast.today)) == ["Ewa Macura"]
    assert names_of(find_people(maria, number[-5:], on=cast.today)) == ["Ewa Macura"]
    actions.add_contact(maria, people, value="+48 601 222 333")
    assert "Ewa Żołędziewska" in names_of(find_people(maria, "601 222 333", on=cast.today))
    assert "Ewa Żołędziewska" in names_of(find_people(cast.actor("anna"), "601222", on=cast.today))


def test_a_restricted_post_finds_only_its_own_and_nobody_elses_institution(cast, people):
    assert find_people(cast.actor("anna"), "Macura", on=cast.today) == []
    assert find_people(cast.actor("adam"), "Żołędziewska", on=cast.today) == []
    assert find_people(cast.actor("olga"), "Żołędziewska", on=cast.today) == []
    assert len(find_people(cast.actor("maria"), "Ewa Żołędziewska", on=cast.today)) == 1


def test_families_come_in_polish_order_page_by_page(cast):
    for name in ("Łukasik", "Lutek", "Macura", "Ćma", *[f"Zet{chr(97 + n)}" for n in range(24)]):
        make_family(cast.institution, name, children=0)
    first, after = families_page(cast.actor("maria"), cast.today)
    assert [f.name for f in first[:4]] == ["Ćma", "Lutek", "Łukasik", "Macura"]
    second, end = families_page(cast.actor("maria"), cast.today, after=after)
    assert len(first) == 25
    assert len(second) == 3
    assert end == ""
    assert families_page(cast.actor("anna"), cast.today)[0] == []
