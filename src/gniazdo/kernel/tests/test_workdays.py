"""Working days of Poland: holidays on both sides of every change."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gniazdo.kernel.workdays import add_working_days, is_working_day, next_working_day, why_free, working_days_between

DAYS = st.dates(date(2012, 1, 1), date(2032, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2024, 12, 23), True),
        (date(2024, 12, 24), True),  # Christmas Eve became a holiday in 2025
        (date(2025, 12, 24), False),
        (date(2026, 12, 24), False),
        (date(2025, 12, 25), False),
        (date(2026, 1, 1), False),
        (date(2026, 1, 2), True),
        (date(2026, 1, 6), False),
        (date(2026, 4, 3), True),  # Good Friday is an ordinary day
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 4, 7), True),
        (date(2027, 3, 29), False),  # Easter Monday of another year
        (date(2026, 5, 1), False),
        (date(2026, 6, 4), False),  # Corpus Christi
        (date(2026, 11, 11), False),
        (date(2026, 11, 14), False),  # Saturday
        (date(2026, 11, 15), False),  # Sunday
        (date(2026, 11, 16), True),
    ],
)
def test_is_working_day(day, works):
    assert is_working_day(day) is works
    assert bool(why_free(day)) is not works


@pytest.mark.parametrize(
    ("day", "count", "end"),
    [
        (date(2026, 11, 18), 14, date(2026, 12, 8)),
        (date(2026, 11, 18), 2, date(2026, 11, 20)),
        (date(2026, 11, 20), 2, date(2026, 11, 24)),  # over a weekend
        (date(2026, 11, 10), 1, date(2026, 11, 12)),  # over Independence Day
        (date(2024, 12, 23), 1, date(2024, 12, 24)),
        (date(2025, 12, 23), 1, date(2025, 12, 29)),  # Eve, Christmas, weekend
        (date(2025, 12, 31), 1, date(2026, 1, 2)),
        (date(2026, 4, 3), 1, date(2026, 4, 7)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),  # learned on a Saturday
        (date(2026, 11, 23), -1, date(2026, 11, 20)),
        (date(2026, 11, 18), 0, date(2026, 11, 18)),
    ],
)
def test_add_working_days(day, count, end):
    assert add_working_days(day, count) == end


def test_next_working_day_keeps_a_working_day():
    assert next_working_day(date(2026, 11, 18)) == date(2026, 11, 18)
    assert next_working_day(date(2026, 12, 24)) == date(2026, 12, 28)


@given(DAYS, st.integers(1, 60))
def test_adding_ends_on_a_working_day_and_counts_back(day, count):
    end = add_working_days(day, count)
    assert is_working_day(end)
    assert working_days_between(day, end) == count
    assert working_days_between(end, day) == -count


@given(DAYS, st.integers(1, 40))
def test_a_later_start_never_ends_earlier(day, count):
    assert add_working_days(day + timedelta(days=1), count) >= add_working_days(day, count)
