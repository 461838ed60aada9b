"""Polish working days: Monday to Friday without statutory holidays (library `holidays`; 24 December from 2025).

Saturday is not counted, by analogy to KPA art. 57 § 4 (law.md R-TIME-04 names the terms, not the Saturday: a safe reading).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import cast

import holidays

from gniazdo.kernel.speech import says

SATURDAY = 5
FEASTS = (
    says("Nowy Rok"), says("Święto Trzech Króli"), says("Niedziela Wielkanocna"), says("Poniedziałek Wielkanocny"),
    says("Święto Państwowe"), says("Święto Narodowe Trzeciego Maja"), says("Zielone Świątki"),
    says("Dzień Bożego Ciała"), says("Wniebowzięcie Najświętszej Marii Panny"), says("Uroczystość Wszystkich Świętych"),
    says("Narodowe Święto Niepodległości"), says("Wigilia Bożego Narodzenia"), says("Boże Narodzenie (pierwszy dzień)"),
    says("Boże Narodzenie (drugi dzień)"),
)  # fmt: skip
"""Names of holidays as the library gives them, for the translators."""
FREE_DAYS = {5: says("sobotę"), 6: says("niedzielę")}
ONE = timedelta(days=1)


@lru_cache(maxsize=256)
def _of_year(year: int) -> Mapping[date, str]:
    return cast("Mapping[date, str]", dict(holidays.country_holidays("PL", years=year, language="pl").items()))


def holiday_name(day: date) -> str:
    """The Polish name of the statutory holiday, empty on other days."""
    return _of_year(day.year).get(day, "")


def is_working_day(day: date) -> bool:
    """Whether the day is neither a Saturday, a Sunday nor a statutory holiday."""
    return day.weekday() < SATURDAY and not holiday_name(day)


def why_free(day: date) -> str:
    """Why the day is free, in words that follow „przypada w”: empty for a working day."""
    if name := holiday_name(day):
        return f"święto ({name})"
    return FREE_DAYS.get(day.weekday(), "")


def next_working_day(day: date) -> date:
    """The day itself when it is a working day, else the first working day after it."""
    while not is_working_day(day):
        day += ONE
    return day


def add_working_days(day: date, count: int) -> date:
    """The `count`-th working day after `day`, which is not counted itself; a negative count goes back."""
    step = ONE if count >= 0 else -ONE
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and with `end`; negative when `end` is earlier."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + ONE * n) for n in range(1, (end - start).days + 1))
