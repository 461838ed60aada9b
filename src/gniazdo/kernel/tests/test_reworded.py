"""Terms and free days said in another language: every way of saying a term has its message."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gniazdo.kernel.terms import SAYINGS, Term, reworded
from gniazdo.kernel.workdays import FEASTS, holiday_name

ENGLISH = {
    "%(n)s dni roboczych": "%(n)s working days", "%(n)s miesiące": "%(n)s months", "%(n)s dzień": "%(n)s day",
    "%(term)s przed": "%(term)s before", "do %(day)s każdego roku": "by %(day)s each year", "niezwłocznie": "at once",
    "święto (%(name)s)": "a holiday (%(name)s)", "Święto Pracy": "Labour Day", "wniosek": "application",
}  # fmt: skip


def say(text):
    return ENGLISH.get(text, f"?{text}?")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (Term(working_days=14).label(), "14 working days"),
        (Term(months=3).label(), "3 months"),
        (Term(days=1, before=True).label(), "1 day before"),
        (Term(yearly=(3, 31)).label(), "by 31.03 each year"),
        (Term(immediately=True).label(), "at once"),
        ("święto (Święto Pracy)", "a holiday (Labour Day)"),
        ("wniosek", "application"),
        ("01.12.2023", "?01.12.2023?"),
    ],
)
def test_a_term_is_said_in_the_reader_s_language(text, said):
    assert reworded(text, say) == said


@pytest.mark.parametrize("unit", ["hours", "working_days", "days", "weeks", "months", "years"])
def test_every_number_of_every_unit_has_its_saying(unit):
    for n in (1, 2, 5, 12, 22, 25):
        label = Term(**{unit: n}).label()
        assert label.replace(str(n), "%(n)s") in SAYINGS
        assert reworded(label, str) == label


def test_every_holiday_of_the_library_has_its_message():
    days = (date(2024, 1, 1) + timedelta(days=n) for n in range(3 * 366))
    assert {name for day in days for name in holiday_name(day).split("; ") if name} <= set(FEASTS)
