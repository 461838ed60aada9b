"""Days counted by hand from a paper calendar, one table for each way the law counts; the clock of each is the program's own.

Kept apart from the code on purpose: who changes a date has the calendar of that year open.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from gniazdo.kernel.clock import WARSAW
from gniazdo.kernel.legal import CLOCKS
from gniazdo.kernel.terms import Counting, Term, age_on
from gniazdo.kernel.workdays import holiday_name

# Days in the administrative procedure: the day of delivery is not counted; a Saturday or a holiday moves the end.
ADMINISTRATIVE = [
    ("C-KPA-05", date(2026, 11, 16), date(2026, 11, 30), "14 days from Monday: the Monday two weeks on"),
    ("C-KPA-05", date(2026, 11, 18), date(2026, 12, 2), "over a change of month"),
    ("C-KPA-05", date(2026, 11, 14), date(2026, 11, 30), "delivered on a Saturday: ends on Saturday the 28th, moves"),
    ("C-KPA-05", date(2026, 11, 15), date(2026, 11, 30), "ends on Sunday the 29th, moves"),
    ("C-KPA-05", date(2026, 10, 28), date(2026, 11, 12), "ends on Independence Day, a Wednesday, moves"),
    ("C-KPA-05", date(2026, 12, 10), date(2026, 12, 28), "ends on Christmas Eve; Christmas, then a weekend"),
    ("C-KPA-05", date(2024, 12, 10), date(2024, 12, 24), "Christmas Eve of 2024 was a working day"),
    ("C-KPA-05", date(2026, 12, 23), date(2027, 1, 7), "ends on Epiphany"),
    ("C-KPA-07", date(2026, 3, 30), date(2026, 4, 7), "7 days: Easter Monday of 2026"),
    ("C-KPA-07", date(2027, 3, 22), date(2027, 3, 30), "Easter Monday of 2027"),
    ("C-KPA-07", date(2026, 5, 28), date(2026, 6, 5), "Corpus Christi of 2026, a Thursday"),
    ("C-KPA-07", date(2026, 4, 24), date(2026, 5, 4), "1 May, then Saturday and Sunday the 3rd"),
    ("C-KPA-06", date(2026, 8, 8), date(2026, 8, 17), "15 August on a Saturday, then a Sunday"),
    ("C-KPA-08", date(2026, 11, 2), date(2026, 11, 9), "nothing moves a Monday"),
    ("C-KPA-09", date(2026, 11, 7), date(2026, 11, 23), "letter left at the post on the 7th: Saturday the 21st moves"),
    ("C-KPA-01", date(2026, 1, 30), date(2026, 3, 2), "1 month: no 30 February, so the 28th, a Saturday, moves"),
    ("C-KPA-01", date(2026, 10, 16), date(2026, 11, 16), "the day with the same number"),
    ("C-KPA-01", date(2026, 8, 31), date(2026, 9, 30), "September has no 31st"),
    ("C-ZZ-01", date(2025, 11, 20), date(2026, 11, 20), "12 months"),
    ("C-ZZ-01", date(2025, 11, 22), date(2026, 11, 23), "12 months end on a Sunday"),
    ("C-ZZ-01", date(2024, 2, 29), date(2025, 2, 28), "no 29 February in 2025"),
]  # fmt: skip

# Duties that are no procedure: the day itself, however free; do it before.
FACTUAL = [
    ("C-ASSIST-05", date(2026, 5, 22), date(2026, 11, 22), "half a year ends on a Sunday and stays there"),
    ("C-ASSIST-05", date(2026, 5, 21), date(2026, 11, 21), "on a Saturday"),
    ("C-ASSIST-05", date(2026, 5, 11), date(2026, 11, 11), "on Independence Day"),
    ("C-ASSIST-05", date(2026, 8, 29), date(2027, 2, 28), "no 29 February in 2027"),
    ("C-ASSIST-05", date(2027, 8, 29), date(2028, 2, 29), "in 2028 there is one"),
    ("C-ASSIST-05", date(2026, 8, 31), date(2027, 2, 28), "the last of the month"),
    ("C-ASSIST-05", date(2026, 2, 28), date(2026, 8, 28), "the last of February goes on to the 28th"),
    ("C-ASSIST-05", date(2026, 6, 24), date(2026, 12, 24), "Christmas Eve does not move it"),
    ("C-GEN-01", date(2026, 11, 14), date(2026, 11, 21), "7 days, a Saturday"),
    ("C-STD-03", date(2026, 11, 6), date(2026, 12, 6), "30 days, a Sunday"),
    ("C-STD-01", date(2024, 8, 15), date(2026, 8, 15), "2 years: a Saturday and a holiday"),
    ("C-COMM-02", date(2024, 1, 1), date(2027, 1, 1), "3 years"),
    ("C-ASSIST-10", date(2024, 2, 29), date(2029, 2, 28), "5 years from a leap day"),
    ("C-COMM-01", date(2023, 12, 31), date(2024, 3, 31), "31 March 2024 was Easter Sunday"),
    ("C-COMM-01", date(2026, 3, 31), date(2027, 3, 31), "what happened on the last day belongs to the next year"),
    ("C-STD-04", date(2026, 11, 23), date(2026, 11, 22), "the day before, on a Sunday: never later"),
]  # fmt: skip

WORKING_DAYS = [
    ({}, date(2026, 11, 2), date(2026, 11, 23), "14 working days: 11 November and three weekends between"),
    ({}, date(2026, 11, 23), date(2026, 12, 11), "no holiday between"),
    ({}, date(2026, 12, 14), date(2027, 1, 7), "Eve, Christmas, New Year, Epiphany and weekends between"),
    ({}, date(2024, 12, 13), date(2025, 1, 8), "in 2024 the Eve still counted"),
    ({}, date(2026, 3, 27), date(2026, 4, 17), "Easter Monday between"),
    ({"urgent": True}, date(2026, 11, 20), date(2026, 11, 24), "2 working days from a Friday"),
    ({"urgent": True}, date(2026, 11, 21), date(2026, 11, 24), "from a Saturday"),
    ({"urgent": True}, date(2026, 4, 30), date(2026, 5, 5), "over 1 May and the weekend of the 3rd"),
    ({"urgent": True}, date(2026, 6, 3), date(2026, 6, 8), "over Corpus Christi and the weekend"),
]

MOVABLE = {
    2024: ("31.03", "01.04", "19.05", "30.05"),
    2025: ("20.04", "21.04", "08.06", "19.06"),
    2026: ("05.04", "06.04", "24.05", "04.06"),
    2027: ("28.03", "29.03", "16.05", "27.05"),
    2028: ("16.04", "17.04", "04.06", "15.06"),
}
"""Easter Sunday, Easter Monday, Pentecost, Corpus Christi."""
FIXED = ("01.01", "06.01", "01.05", "03.05", "15.08", "01.11", "11.11", "25.12", "26.12")


@pytest.mark.parametrize(
    ("clock", "start", "end", "why"), ADMINISTRATIVE, ids=[f"{c} {w}" for c, _s, _e, w in ADMINISTRATIVE]
)
def test_the_procedure(clock, start, end, why):
    assert CLOCKS[clock].counting is Counting.ADMINISTRATIVE
    assert CLOCKS[clock].due(start).on == end


@pytest.mark.parametrize(("clock", "start", "end", "why"), FACTUAL, ids=[f"{c} {w}" for c, _s, _e, w in FACTUAL])
def test_duties_that_are_no_procedure(clock, start, end, why):
    assert CLOCKS[clock].counting is Counting.FACTUAL
    assert CLOCKS[clock].due(start).on == end


@pytest.mark.parametrize(("urgency", "start", "end", "why"), WORKING_DAYS, ids=[w for *_, w in WORKING_DAYS])
def test_working_days(urgency, start, end, why):
    assert CLOCKS["C-ASSIST-01"].due(start, **urgency).on == end


@pytest.mark.parametrize(
    ("start", "latest"),
    [
        (date(2026, 11, 18), date(2026, 11, 19)),
        (date(2026, 11, 20), date(2026, 11, 23)),  # a Friday
        (date(2026, 12, 23), date(2026, 12, 28)),  # Eve, Christmas, weekend
    ],
)
def test_immediately_is_that_day_and_one_working_day_at_the_latest(start, latest):
    due = CLOCKS["C-ASSIST-09"].due(start)
    assert (due.on, due.escalates_on) == (start, latest)
    assert f"najpóźniej {latest:%d.%m.%Y}" in due.sentence


def test_how_long_immediately_may_mean_is_a_setting_of_the_unit():
    due = CLOCKS["C-STD-02"].due(date(2026, 11, 20), parameters={"deadlines.grace_days": 2})
    assert (due.on, due.escalates_on) == (date(2026, 11, 20), date(2026, 11, 24))


@pytest.mark.parametrize(
    ("start", "last"),
    [(date(2026, 11, 5), date(2026, 11, 12)), (date(2026, 11, 11), date(2026, 11, 18))],
)
def test_weeks_end_on_the_day_of_the_same_name(start, last):
    assert Term(weeks=1).end(start, Counting.ADMINISTRATIVE) == last
    assert start.weekday() == last.weekday()


def test_hours_run_from_the_moment_also_on_holidays_and_over_a_change_of_clocks():
    a_day = Term(hours=24)
    assert a_day.end_at(datetime(2026, 12, 24, 18, 5, tzinfo=WARSAW)).isoformat() == "2026-12-25T18:05:00+01:00"
    assert a_day.end_at(datetime(2026, 3, 28, 18, 0, tzinfo=WARSAW)).isoformat() == "2026-03-29T19:00:00+02:00"
    assert a_day.end_at(datetime(2026, 10, 24, 18, 0, tzinfo=WARSAW)).isoformat() == "2026-10-25T17:00:00+01:00"


def test_a_court_s_own_day_never_moves():
    for day in (date(2026, 12, 5), date(2026, 12, 6), date(2026, 12, 24), date(2026, 12, 7)):
        assert CLOCKS["C-ASSIST-07"].due(date(2026, 11, 18), set_on=day).on == day


def test_a_civil_term_for_an_act_moves_and_age_is_reached_as_the_day_begins():
    assert Term(months=1).end(date(2026, 10, 21), Counting.CIVIL) == date(2026, 11, 23)
    assert [age_on(date(2008, 11, 22), day) for day in (date(2026, 11, 21), date(2026, 11, 22))] == [17, 18]


@pytest.mark.parametrize("year", sorted(MOVABLE))
def test_the_table_of_holidays(year):
    eve = ("24.12",) if year >= 2025 else ()
    free = {f"{d:%d.%m}" for n in range(366) if (d := date(year, 1, 1) + timedelta(n)).year == year and holiday_name(d)}
    assert free == {*FIXED, *MOVABLE[year], *eve}
