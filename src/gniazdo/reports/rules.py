"""Periods of reports as people name them."""

from __future__ import annotations

from datetime import date

from gniazdo.kernel.periods import Period


def period_of(kind: str, year: int, number: int) -> Period:
    """The half-year (number 1–2), year (1) or month (1–12) as a period. Raises ValueError for a number that is none."""
    months = {"HALF": 6, "YEAR": 12, "MONTH": 1}[kind]
    first = (number - 1) * months + 1
    if not 1 <= first <= 12:
        raise ValueError(f"{kind} {number}")
    last = first + months
    return Period(date(year, first, 1), date(year + (last > 12), (last - 1) % 12 + 1, 1))


def last_full(kind: str, *, on: date) -> tuple[int, int]:
    """(year, number) of the last period that is over on that day."""
    months = {"HALF": 6, "YEAR": 12, "MONTH": 1}[kind]
    index = on.year * (12 // months) + (on.month - 1) // months - 1
    return index // (12 // months), index % (12 // months) + 1


def title_of(kind: str, year: int, number: int) -> str:
    """„I półrocze 2026”, „rok 2026”, „marzec 2026”."""
    if kind == "HALF":
        return f"{'I' * number} półrocze {year}"
    if kind == "YEAR":
        return f"rok {year}"
    names = (
        "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień".split()  # noqa: SIM905
    )
    return f"{names[number - 1]} {year}"
