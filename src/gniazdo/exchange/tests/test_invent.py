"""Invented people hold together and come out the same from the same seed."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from stdnum.pl import pesel as pesel_number

from gniazdo.exchange.library.demo.invent import Inventor, pesel

ON = date(2026, 11, 18)


@given(st.dates(date(1930, 1, 1), date(2026, 11, 1)), st.sampled_from("FM"), st.integers(0, 9999))
def test_pesel_agrees_with_birth_and_sex(born_on, sex, serial):
    made = pesel(born_on, sex, serial)
    assert pesel_number.validate(made) == made
    assert pesel_number.get_birth_date(made) == born_on
    assert pesel_number.get_gender(made) == sex


def test_the_same_seed_makes_the_same_family():
    assert Inventor(7).family(ON, "Dębowo", "99-001") == Inventor(7).family(ON, "Dębowo", "99-001")


def test_children_are_children_and_mothers_older():
    inventor = Inventor(3)
    for _ in range(200):
        people = inventor.family(ON, "Dębowo", "99-001").people
        mother = people[0]
        children = [p for p in people if p.role == "CHILD"]
        assert children
        assert all(mother.born_on.year + 12 < c.born_on.year and c.born_on < ON for c in children)
