"""Counting of terms (law.md R-TIME-01…06): both sides of month ends, leap years, weekends, holidays, clock changes."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gniazdo.kernel.clock import WARSAW
from gniazdo.kernel.terms import Counting, Term, add_months, age_on, age_reached_on, polish
from gniazdo.kernel.workdays import is_working_day

A, F, C = Counting.ADMINISTRATIVE, Counting.FACTUAL, Counting.CIVIL
DAYS = st.dates(date(2012, 1, 1), date(2032, 12, 31))


@pytest.mark.parametrize(
    ("term", "start", "counting", "end"),
    [
        # days: the day of the event is not counted
        (Term(days=7), date(2026, 11, 18), A, date(2026, 11, 25)),
        (Term(days=14), date(2026, 11, 18), A, date(2026, 12, 2)),
        (Term(days=3), date(2026, 11, 18), A, date(2026, 11, 23)),  # Saturday moves to Monday
        (Term(days=3), date(2026, 11, 18), F, date(2026, 11, 21)),  # a factual duty does not move
        (Term(days=3), date(2026, 11, 18), C, date(2026, 11, 23)),
        (Term(days=4), date(2026, 11, 18), A, date(2026, 11, 23)),  # Sunday
        (Term(days=5), date(2026, 11, 18), A, date(2026, 11, 23)),  # Monday stays
        (Term(days=1), date(2024, 12, 23), A, date(2024, 12, 24)),  # still an ordinary day in 2024
        (Term(days=1), date(2025, 12, 23), A, date(2025, 12, 29)),  # Eve, two holidays, weekend
        (Term(days=1), date(2025, 12, 23), F, date(2025, 12, 24)),
        (Term(days=1), date(2026, 4, 5), A, date(2026, 4, 7)),  # Easter Monday
        (Term(days=1), date(2026, 12, 31), A, date(2027, 1, 4)),  # New Year on Friday
        # weeks: the day of the same name
        (Term(weeks=1), date(2026, 11, 4), A, date(2026, 11, 12)),  # Wednesday, Independence Day
        (Term(weeks=1), date(2026, 11, 4), F, date(2026, 11, 11)),
        (Term(weeks=2), date(2026, 11, 18), A, date(2026, 12, 2)),
        # months: the corresponding day, else the last of the month
        (Term(months=1), date(2026, 1, 31), F, date(2026, 2, 28)),
        (Term(months=1), date(2028, 1, 31), F, date(2028, 2, 29)),
        (Term(months=1), date(2026, 1, 30), F, date(2026, 2, 28)),
        (Term(months=1), date(2026, 2, 28), F, date(2026, 3, 28)),
        (Term(months=6), date(2026, 8, 31), F, date(2027, 2, 28)),
        (Term(months=6), date(2027, 8, 31), F, date(2028, 2, 29)),
        (Term(months=6), date(2026, 5, 18), F, date(2026, 11, 18)),
        (Term(months=6), date(2026, 6, 30), F, date(2026, 12, 30)),
        (Term(months=1), date(2026, 10, 21), A, date(2026, 11, 23)),  # 21 November is a Saturday
        (Term(months=2), date(2026, 10, 24), A, date(2026, 12, 28)),  # 24 December 2026, holidays, weekend
        (Term(months=2), date(2024, 10, 24), A, date(2024, 12, 24)),
        (Term(months=1), date(2026, 12, 31), F, date(2027, 1, 31)),
        # years: the corresponding day, else the day before
        (Term(years=1), date(2024, 2, 29), F, date(2025, 2, 28)),
        (Term(years=4), date(2024, 2, 29), F, date(2028, 2, 29)),
        (Term(years=3), date(2026, 11, 18), F, date(2029, 11, 18)),
        (Term(years=3), date(2026, 11, 18), A, date(2029, 11, 19)),  # a Sunday
        # working days
        (Term(working_days=14), date(2026, 11, 18), F, date(2026, 12, 8)),
        (Term(working_days=2), date(2026, 11, 20), F, date(2026, 11, 24)),
        (Term(working_days=2), date(2025, 12, 23), F, date(2025, 12, 30)),
        (Term(working_days=2), date(2024, 12, 23), F, date(2024, 12, 27)),
        # immediately, yearly, before
        (Term(immediately=True), date(2026, 11, 21), A, date(2026, 11, 21)),
        (Term(yearly=(3, 31)), date(2026, 3, 30), F, date(2026, 3, 31)),
        (Term(yearly=(3, 31)), date(2026, 3, 31), F, date(2027, 3, 31)),
        (Term(yearly=(3, 31)), date(2026, 12, 31), F, date(2027, 3, 31)),
        (Term(days=30, before=True), date(2027, 1, 15), F, date(2026, 12, 16)),
        (Term(months=1, before=True), date(2026, 3, 31), F, date(2026, 2, 28)),
        (Term(working_days=2, before=True), date(2026, 11, 23), F, date(2026, 11, 19)),
        (Term(days=2, before=True), date(2026, 11, 17), A, date(2026, 11, 15)),  # counted back never moves forward
    ],
)
def test_end(term, start, counting, end):
    assert term.end(start, counting) == end


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (datetime(2026, 11, 18, 23, 30, tzinfo=WARSAW), datetime(2026, 11, 19, 23, 30, tzinfo=WARSAW)),
        (datetime(2026, 12, 24, 10, tzinfo=WARSAW), datetime(2026, 12, 25, 10, tzinfo=WARSAW)),  # holidays count
        (datetime(2026, 3, 28, 12, tzinfo=WARSAW), datetime(2026, 3, 29, 13, tzinfo=WARSAW)),  # clocks go forward
        (datetime(2026, 10, 24, 12, tzinfo=WARSAW), datetime(2026, 10, 25, 11, tzinfo=WARSAW)),  # and back
    ],
)
def test_24_hours_are_24_hours(start, end):
    assert Term(hours=24).end_at(start) == end


def test_hours_need_a_time_zone():
    with pytest.raises(ValueError, match="time zone"):
        Term(hours=24).end_at(datetime(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(ValueError, match="hours"):
        Term(days=1).end_at(datetime(2026, 1, 1, tzinfo=WARSAW))


@pytest.mark.parametrize("said", [{}, {"days": 1, "months": 1}, {"days": -1}, {"immediately": True, "days": 2}])
def test_a_term_is_said_in_exactly_one_way(said):
    with pytest.raises(ValueError, match="exactly one way"):
        Term(**said)


@pytest.mark.parametrize(
    ("born", "years", "reached"),
    [
        (date(2008, 11, 18), 18, date(2026, 11, 18)),
        (date(2008, 2, 29), 18, date(2026, 2, 28)),
        (date(2008, 2, 29), 20, date(2028, 2, 29)),
    ],
)
def test_age_is_reached_at_the_start_of_the_day(born, years, reached):
    assert age_reached_on(born, years) == reached
    assert age_on(born, reached) == years
    assert age_on(born, reached - timedelta(days=1)) == years - 1


@pytest.mark.parametrize(
    ("count", "form"), [(0, "dni"), (1, "dzień"), (2, "dni"), (5, "dni"), (12, "dni"), (22, "dni"), (112, "dni")]
)
def test_polish_forms(count, form):
    assert polish(count, "dzień", "dni", "dni") == form


@pytest.mark.parametrize(
    ("term", "label"),
    [
        (Term(months=6), "6 miesięcy"),
        (Term(months=3), "3 miesiące"),
        (Term(months=12), "12 miesięcy"),
        (Term(months=22), "22 miesiące"),
        (Term(years=5), "5 lat"),
        (Term(hours=24), "24 godziny"),
        (Term(working_days=1), "1 dzień roboczy"),
        (Term(immediately=True), "niezwłocznie"),
        (Term(yearly=(3, 31)), "do 31.03 każdego roku"),
        (Term(set_date=True), "w dniu wyznaczonym"),
    ],
)
def test_labels(term, label):
    assert term.label() == label


@given(DAYS, st.integers(1, 60))
def test_months_land_on_the_corresponding_or_last_day(day, months):
    end = add_months(day, months)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    assert end.day == day.day or (end.day < day.day and (end + timedelta(days=1)).day == 1)


@given(DAYS, st.integers(1, 400))
def test_an_administrative_end_is_a_working_day_and_the_first_possible(day, days):
    end, raw = Term(days=days).end(day, A), day + timedelta(days=days)
    assert is_working_day(end)
    assert not any(is_working_day(raw + timedelta(days=n)) for n in range((end - raw).days))


@given(DAYS, st.integers(1, 36))
def test_a_factual_duty_is_never_later_than_an_administrative_one(day, months):
    assert Term(months=months).end(day, F) <= Term(months=months).end(day, A)
