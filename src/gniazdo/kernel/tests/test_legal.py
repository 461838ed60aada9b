"""Values and clocks over time: what they refuse, what they answer, what they say."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from gniazdo.kernel import legal
from gniazdo.kernel.catalogue import BadDeclaration
from gniazdo.kernel.clock import WARSAW
from gniazdo.kernel.legal import Clock, LegalValue, NotInForce, Version, explain, explanation, parameter
from gniazdo.kernel.terms import Counting, Term

OLD, NEW = date(2020, 1, 1), date(2024, 1, 1)


@pytest.fixture(autouse=True)
def clean(monkeypatch):
    """Declarations of these tests do not stay."""
    from gniazdo.kernel import catalogue

    for place in (legal, catalogue):
        for name in ("VALUES", "CLOCKS", "PARAMETERS", "_declared"):
            if hasattr(place, name):
                monkeypatch.setattr(place, name, dict(getattr(place, name)))


def two_versions(**kwargs: Any) -> tuple[Version, Version]:
    return (
        Version(kwargs.get("a", 1), OLD, "art. 1", "verified: X", until=kwargs.get("until", NEW)),
        Version(kwargs.get("b", 2), NEW, "art. 2", "verified: Y"),
    )


@pytest.mark.parametrize(("day", "value"), [(OLD, 1), (date(2023, 12, 31), 1), (NEW, 2), (date(2030, 1, 1), 2)])
def test_a_value_changes_on_its_day(day, value):
    assert LegalValue("T-1", "próba", *two_versions()).on(day).value == value


def test_before_the_law_there_is_no_answer():
    with pytest.raises(NotInForce, match=r"31\.12\.2019"):
        LegalValue("T-2", "próba", *two_versions()).on(date(2019, 12, 31))


@pytest.mark.parametrize("until", [None, date(2024, 6, 1)])
def test_versions_may_not_overlap(until):
    with pytest.raises(BadDeclaration, match="must end"):
        LegalValue("T-3", "próba", *two_versions(until=until))


def test_a_version_needs_an_article_and_a_known_mark():
    with pytest.raises(BadDeclaration):
        LegalValue("T-4", "próba", Version(1, OLD, "", "verified: X"))
    with pytest.raises(BadDeclaration):
        LegalValue("T-5", "próba", Version(1, OLD, "art. 1", "na pewno"))


def test_a_clock_needs_a_term_or_a_parameter():
    with pytest.raises(BadDeclaration, match="term"):
        Clock("T-C0", "próba", Version(None, OLD, "art. 1", "author"), trigger="zdarzenie")


def test_a_clock_is_judged_by_the_law_of_its_start():
    clock = Clock(
        "T-C1", "próba", *two_versions(a=Term(days=20), b=Term(days=10)), trigger="zdarzenie", counting=Counting.FACTUAL
    )
    assert clock.due(date(2023, 12, 31)).on == date(2024, 1, 20)
    assert clock.due(NEW).on == date(2024, 1, 11)
    assert clock.due(date(2023, 12, 31), on=NEW).on == date(2024, 1, 10)
    assert clock.due(NEW).article == "art. 2"


def test_it_says_why_and_that_a_free_day_moves_the_end():
    kpa = Clock("T-C2", "próba", Version(Term(days=3), OLD, "art. 1", "verified: X"), trigger="doręczenie",
                counting=Counting.ADMINISTRATIVE)  # fmt: skip
    due = kpa.due(date(2026, 11, 18))
    assert due.on == date(2026, 11, 23)
    assert due.sentence == (
        "Ostatni dzień: 21.11.2026 – 3 dni od dnia 18.11.2026 (doręczenie). "
        "Koniec przypada w sobotę, więc termin mija dopiero 23.11.2026."
    )


def test_a_factual_duty_warns_of_a_free_day():
    clock = Clock("T-C3", "próba", Version(Term(days=3), OLD, "art. 1", "verified: X"), trigger="zdarzenie")
    due = clock.due(date(2026, 11, 18))
    assert due.on == date(2026, 11, 21)
    assert "nie przesuwa" in due.sentence


def test_immediately_is_due_today_and_escalates_after_one_working_day():
    clock = Clock("T-C4", "próba", Version(Term(immediately=True), OLD, "art. 1", "verified: X"), trigger="zdarzenie")
    due = clock.due(date(2026, 11, 20))
    assert (due.on, due.escalates_on) == (date(2026, 11, 20), date(2026, 11, 23))


def test_variants_parameters_set_dates_and_hours():
    parameter("t.days", "Dni", default=5, why="próba", mark="author", unit="days")
    urgent = Clock("T-C5", "próba", Version(Term(days=14), OLD, "art. 1", "verified: X", variants={"urgent": Term(days=2)}),
                   trigger="zdarzenie")  # fmt: skip
    assert urgent.due(NEW, urgent=True).on == date(2024, 1, 3)
    assert urgent.due(NEW, urgent=False).on == date(2024, 1, 15)
    local = Clock("T-C6", "próba", Version(None, OLD, "art. 1", "author"), trigger="zdarzenie", parameter="t.days")
    assert local.due(NEW).on == date(2024, 1, 6)
    assert local.due(NEW, parameters={"t.days": 10}).on == date(2024, 1, 11)
    assert local.due(NEW, parameters={"t.days": 0}).on == NEW
    court = Clock("T-C7", "próba", Version(Term(set_date=True), OLD, "art. 1", "verified: X"), trigger="pismo")
    assert court.due(NEW, set_on=date(2024, 2, 1)).on == date(2024, 2, 1)
    with pytest.raises(ValueError, match="set_on"):
        court.due(NEW)
    hours = Clock("T-C8", "próba", Version(Term(hours=24), OLD, "art. 1", "verified: X"), trigger="przyjęcie")
    due = hours.due(datetime(2026, 12, 24, 22, tzinfo=WARSAW))
    assert due.on == date(2026, 12, 25)
    assert due.at == datetime(2026, 12, 25, 22, tzinfo=WARSAW)


def test_explain_answers_for_clocks_values_and_parameters():
    parameter("t.more", "Więcej", default=5, why="Bo tak postanowiono.", mark="author", unit="days")
    LegalValue("T-6", "próba", *two_versions(), unit="szt.")
    Clock("T-C9", "próba", Version(None, OLD, "art. 9", "author", variants={"urgent": Term(days=1)}), trigger="zdarzenie",
          parameter="t.more")  # fmt: skip
    assert explanation("T-6", date(2023, 12, 31)).value == 1
    assert explanation("t.more", NEW).value == 5
    said = explanation("T-C9", NEW, start="2026-11-02", urgent="tak")
    assert said.due_on == date(2026, 11, 3)
    assert explanation("T-C9", NEW, **{"t.more": "7"}).due_on == date(2024, 1, 8)
    assert explain("T-C9", NEW, {"start": "2026-11-02", "urgent": "tak"})["due_on"] == "2026-11-03"
    with pytest.raises(KeyError):
        explain("NIE-MA", NEW)
