"""Periods of reports."""

from datetime import date

import pytest

from gniazdo.kernel.periods import Period
from gniazdo.reports.rules import last_full, period_of, title_of


@pytest.mark.parametrize(
    ("kind", "number", "since", "until"),
    [
        ("HALF", 1, date(2026, 1, 1), date(2026, 7, 1)),
        ("HALF", 2, date(2026, 7, 1), date(2027, 1, 1)),
        ("YEAR", 1, date(2026, 1, 1), date(2027, 1, 1)),
        ("MONTH", 12, date(2026, 12, 1), date(2027, 1, 1)),
    ],
)
def test_periods(kind, number, since, until):
    assert period_of(kind, 2026, number) == Period(since, until)


def test_a_third_half_year_is_refused():
    with pytest.raises(ValueError, match="HALF"):
        period_of("HALF", 2026, 3)


@pytest.mark.parametrize(
    ("kind", "on", "expected"),
    [
        ("HALF", date(2026, 6, 30), (2025, 2)),
        ("HALF", date(2026, 7, 1), (2026, 1)),
        ("YEAR", date(2026, 11, 18), (2025, 1)),
        ("MONTH", date(2026, 1, 31), (2025, 12)),
    ],
)
def test_last_full_period(kind, on, expected):
    assert last_full(kind, on=on) == expected


def test_titles():
    assert title_of("HALF", 2026, 2) == "II półrocze 2026"
    assert title_of("MONTH", 2026, 3) == "marzec 2026"
