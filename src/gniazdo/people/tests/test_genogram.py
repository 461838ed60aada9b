"""The genogram never lays one person or label over another, whatever the family."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gniazdo.people.rules.ecomap import Tie, ecomap
from gniazdo.people.rules.genogram import Couple, Descent, Human, draw

KINDS = ("MARRIAGE", "COHABITATION", "SEPARATION", "DIVORCE")


def overlapping(drawing):
    boxes = [s.box() for s in drawing.symbols]
    return [
        (a, b)
        for n, a in enumerate(boxes)
        for b in boxes[n + 1 :]
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]


@st.composite
def families(draw_):
    count = draw_(st.integers(1, 40))
    ids = [str(n) for n in range(count)]
    humans = [
        Human(
            i,
            draw_(st.sampled_from(["Ewa", "Maksymilian-Bonifacy", ""])),
            "Testowa",
            draw_(st.sampled_from("FMU")),
            born_on=draw_(st.none() | st.dates(date(1920, 1, 1), date(2026, 1, 1))),
            home=draw_(st.booleans()),
            unborn=draw_(st.integers(0, 9)) == 0,
        )
        for i in ids
    ]
    pick = st.sampled_from(ids)
    couples = [
        Couple(a, b, draw_(st.sampled_from(KINDS))) for a, b in draw_(st.lists(st.tuples(pick, pick), max_size=20))
    ]
    descents = [
        Descent(a, b, draw_(st.sampled_from(["PARENT_BIO", "PARENT_ADOPT", "PARENT_FOSTER"])))
        for a, b in draw_(st.lists(st.tuples(pick, pick), max_size=60))
    ]
    twins = [(a, b, "TWIN_MONO") for a, b in draw_(st.lists(st.tuples(pick, pick), max_size=4))]
    return humans, couples, descents, twins


@given(families())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_no_two_persons_or_labels_overlap(family):
    humans, couples, descents, twins = family
    drawing = draw(humans, couples, descents, twins)
    assert len(drawing.symbols) == len(humans)
    assert overlapping(drawing) == []
    for symbol in drawing.symbols:
        left, top, right, bottom = symbol.box()
        assert left >= 0
        assert top >= 0
        assert right <= drawing.width
        assert bottom <= drawing.height


def corners(path):
    """The corners of an outline M…H…V…Z."""
    found, x, y = [], 0, 0
    for sign, one, other in re.findall(r"([MHV])(-?\d+)(?: (-?\d+))?", path):
        x = int(one) if sign in "MH" else x
        y = int(other) if sign == "M" else int(one) if sign == "V" else y
        found.append((x, y))
    return found


def inside(point, around):
    """Whether a point lies within a closed line of corners."""
    x, y = point
    crossed = [
        (a, b)
        for a, b in zip(around, [*around[1:], around[0]], strict=True)
        if (a[1] > y) != (b[1] > y) and x < a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
    ]
    return len(crossed) % 2 == 1


@given(families())
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_a_household_has_one_outline_with_its_members_and_nobody_else_inside(family):
    drawing = draw(*family)
    if not any(s.human.home for s in drawing.symbols):
        assert drawing.household == ""
        return
    assert drawing.household.count("M") == 1
    assert drawing.household.endswith("Z")
    around = corners(drawing.household)
    for symbol in drawing.symbols:
        left, top, right, bottom = symbol.box()
        for point in ((symbol.x, symbol.y), (left + 1, top + 1), (right - 1, bottom - 1)):
            assert inside(point, around) == symbol.human.home, symbol
    assert all(0 <= x <= drawing.width and 0 <= y <= drawing.height for x, y in around)


def test_members_with_somebody_elses_place_between_them_are_still_one_household():
    humans, couples, descents = three_generations()
    humans[3] = Human("byly", "Marek", sex="M", born_on=date(1980, 1, 1), home=True)
    humans[2] = Human("matka", "Ewa", sex="F", born_on=date(1985, 1, 1))
    drawing = draw(humans, couples, descents)
    assert drawing.household.count("M") == 1
    at = {s.human.id: s for s in drawing.symbols}
    around = corners(drawing.household)
    assert inside((at["byly"].x, at["byly"].y), around)
    assert inside((at["obecny"].x, at["obecny"].y), around)
    assert not inside((at["matka"].x, at["matka"].y), around)


def three_generations():
    humans = [
        Human("dziadek", "Józef", sex="M", born_on=date(1950, 1, 1), died_on=date(2015, 1, 1)),
        Human("babcia", "Halina", sex="F", born_on=date(1953, 1, 1)),
        Human("matka", "Ewa", sex="F", born_on=date(1985, 1, 1), index=True, home=True),
        Human("byly", "Marek", sex="M", born_on=date(1980, 1, 1)),
        Human("obecny", "Piotr", sex="M", born_on=date(1988, 1, 1), home=True),
        Human("syn", "Jan", sex="M", born_on=date(2005, 1, 1), home=True),
        Human("corka", "Ala", sex="F", born_on=date(2010, 1, 1), home=True),
        Human("oczekiwane", "", unborn=True, home=True),
    ]
    couples = [
        Couple("dziadek", "babcia", "MARRIAGE"),
        Couple("matka", "byly", "DIVORCE", date(2012, 1, 1)),
        Couple("matka", "obecny", "COHABITATION", date(2015, 1, 1)),
    ]
    descents = [
        Descent("dziadek", "matka"), Descent("babcia", "matka"),
        Descent("matka", "syn"), Descent("byly", "syn"), Descent("matka", "corka"), Descent("byly", "corka"),
        Descent("matka", "oczekiwane"), Descent("obecny", "oczekiwane"),
    ]  # fmt: skip
    return humans, couples, descents


def test_generations_shapes_and_order_follow_the_convention():
    drawing = draw(*three_generations())
    at = {s.human.id: s for s in drawing.symbols}
    assert at["dziadek"].y == at["babcia"].y < at["matka"].y == at["obecny"].y == at["byly"].y < at["syn"].y
    assert at["byly"].x < at["matka"].x < at["obecny"].x  # the earlier partner to the left
    assert at["syn"].x < at["corka"].x < at["oczekiwane"].x  # by age
    assert (at["syn"].shape, at["corka"].shape, at["oczekiwane"].shape) == ("square", "circle", "triangle")
    kinds = [line.kind for line in drawing.lines]
    assert kinds.count("slash") == 2  # divorce
    assert "cohabitation" in kinds
    assert drawing.household


def test_adoption_is_another_line_and_step_parents_have_none():
    humans = [
        Human("a", "A", sex="F", born_on=date(1980, 1, 1)),
        Human("b", "B"),
        Human("c", "C", born_on=date(2010, 1, 1)),
    ]
    assert {line.kind for line in draw(humans, [], [Descent("a", "c", "PARENT_ADOPT")]).lines} == {"adoption"}
    assert not draw(humans, [], [Descent("b", "c", "PARENT_STEP")]).lines


def test_identical_twins_are_joined_by_a_bar():
    humans = [
        Human("m", "M", sex="F"),
        Human("x", "X", born_on=date(2015, 1, 1)),
        Human("y", "Y", born_on=date(2015, 1, 1)),
    ]
    descents = [Descent("m", "x"), Descent("m", "y")]
    mono = draw(humans, [], descents, [("x", "y", "TWIN_MONO")])
    assert "twins" in {line.kind for line in mono.lines}
    di = draw(humans, [], descents, [("x", "y", "TWIN_DI")])
    assert "twins" not in {line.kind for line in di.lines}


def line_kinds(*couples):
    pair = [Human("a", "A", sex="M"), Human("b", "B", sex="F")]
    return sorted(line.kind for line in draw(pair, list(couples), []).lines)


def test_partner_lines_say_what_was_between_two_people():
    assert line_kinds(Couple("a", "b", "MARRIAGE")) == ["marriage"]
    assert line_kinds(Couple("a", "b", "SEPARATION")) == ["marriage", "slash"]
    assert line_kinds(Couple("a", "b", "DIVORCE")) == ["marriage", "slash", "slash"]
    assert line_kinds(Couple("a", "b", "COHABITATION")) == ["cohabitation"]
    together, parted = (
        Couple("a", "b", "COHABITATION", date(2010, 1, 1)),
        Couple("a", "b", "SEPARATION", date(2015, 1, 1)),
    )
    assert line_kinds(parted, together) == ["cohabitation", "slash"]  # never married, so still a dashed line
    assert line_kinds(Couple("a", "b", "COHABITATION", over=True)) == ["cohabitation", "slash"]


def test_triplets_meet_in_one_point():
    humans = [Human("m", "M", sex="F"), *(Human(x, x.upper(), born_on=date(2015, 1, 1)) for x in "xyz")]
    descents = [Descent("m", x) for x in "xyz"]
    lines = draw(humans, [], descents, [("x", "y", "TWIN_MONO"), ("y", "z", "TWIN_DI")]).lines
    starts = {line.d.split("L")[0] for line in lines if line.kind == "descent" and "L" in line.d}
    assert len(starts) == 1
    assert [line.kind for line in lines].count("twins") == 1


def test_a_foster_and_an_adopted_child_keep_the_line_to_their_first_parents():
    humans = [Human(x, x) for x in ("matka", "zastepcza", "dziecko")]
    kinds = {
        line.kind
        for line in draw(
            humans, [], [Descent("matka", "dziecko"), Descent("zastepcza", "dziecko", "PARENT_FOSTER")]
        ).lines
    }
    assert kinds == {"descent", "foster"}


def test_the_dead_show_their_years_and_age():
    (symbol,) = draw([Human("a", "Józef", "Sowa", "M", date(1950, 1, 1), date(2015, 1, 1), age="65")], [], []).symbols
    assert symbol.label == ("Józef", "Sowa", "1950–2015")
    assert symbol.human.age == "65"


def test_an_empty_family_is_an_empty_picture():
    assert draw([], [], []).symbols == ()


@given(st.integers(0, 40))
def test_circles_of_the_ecomap_do_not_overlap(count):
    made = ecomap([Tie(str(n), "Szkoła Podstawowa nr 1", "SCHOOL", "STRESSFUL", "BOTH") for n in range(count)])
    places = [(s.x, s.y) for s in made.spokes] + [(made.centre, made.centre)]
    for n, a in enumerate(places):
        for b in places[n + 1 :]:
            assert (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 >= (2 * 52) ** 2
