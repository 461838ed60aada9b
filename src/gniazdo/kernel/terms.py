"""Counting of terms (law.md R-TIME-01…06): from what day, by which unit, and whether a free last day moves the end."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from gniazdo.kernel.clock import WARSAW
from gniazdo.kernel.speech import says
from gniazdo.kernel.workdays import add_working_days, next_working_day


class Counting(StrEnum):
    """How the end of a term is found."""

    ADMINISTRATIVE = "KPA art. 57"  # R-TIME-01: an end on a Saturday or holiday moves to the next day that is neither
    FACTUAL = "obowiązek faktyczny"  # R-TIME-02: never moves; do it before
    CIVIL = "Kodeks cywilny art. 110–116"  # R-TIME-03: as KPA for acts; age is reached at the start of the birthday


UNITS = ("hours", "working_days", "days", "weeks", "months", "years")
_FORMS = {
    "hours": ("godzina", "godziny", "godzin"),
    "working_days": ("dzień roboczy", "dni robocze", "dni roboczych"),
    "days": ("dzień", "dni", "dni"),
    "weeks": ("tydzień", "tygodnie", "tygodni"),
    "months": ("miesiąc", "miesiące", "miesięcy"),
    "years": ("rok", "lata", "lat"),
}


# The same words as whole sayings, for the translators: `reworded` looks them up.
SAYINGS = (
    says("%(n)s godzina"), says("%(n)s godziny"), says("%(n)s godzin"),
    says("%(n)s dzień roboczy"), says("%(n)s dni robocze"), says("%(n)s dni roboczych"),
    says("%(n)s dzień"), says("%(n)s dni"), says("%(n)s tydzień"), says("%(n)s tygodnie"), says("%(n)s tygodni"),
    says("%(n)s miesiąc"), says("%(n)s miesiące"), says("%(n)s miesięcy"), says("%(n)s rok"), says("%(n)s lata"), says("%(n)s lat"),
    says("%(term)s przed"), says("do %(day)s każdego roku"), says("święto (%(name)s)"),
    says("niezwłocznie"), says("w dniu wyznaczonym"),
)  # fmt: skip
_NUMBERED = re.compile(r"(\d+) ([^\d]+)")
_YEARLY = re.compile(r"do (\d\d\.\d\d) każdego roku")
_FEAST = re.compile(r"święto \((.+)\)")


def reworded(text: str, translate: Callable[[str], str]) -> str:
    """A Polish term or free day (what `Term.label` and `why_free` give) in the language of `translate`; other text is looked up whole."""
    if text.endswith(" przed"):
        return translate("%(term)s przed") % {"term": reworded(text.removesuffix(" przed"), translate)}
    if found := _YEARLY.fullmatch(text):
        return translate("do %(day)s każdego roku") % {"day": found[1]}
    if found := _FEAST.fullmatch(text):
        return translate("święto (%(name)s)") % {"name": translate(found[1])}
    if (found := _NUMBERED.fullmatch(text)) and f"%(n)s {found[2]}" in SAYINGS:
        return translate(f"%(n)s {found[2]}") % {"n": found[1]}
    return translate(text)


def polish(count: int, one: str, few: str, many: str) -> str:
    """The right Polish form for a count: 1 dzień, 2 dni, 5 dni, 22 dni."""
    if count == 1:
        return one
    return few if 2 <= count % 10 <= 4 and not 12 <= count % 100 <= 14 else many


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time in exactly one way of saying it.

    `before`: counted back from the event. `yearly`: the first such (month, day) after the event.
    `immediately`: due the same day, escalating after one working day (R-TIME-05). `set_date`: an authority names the day.
    Raises ValueError when it says nothing or two things at once.
    """

    hours: int = 0
    working_days: int = 0
    days: int = 0
    weeks: int = 0
    months: int = 0
    years: int = 0
    immediately: bool = False
    yearly: tuple[int, int] | None = None
    set_date: bool = False
    before: bool = False

    def __post_init__(self) -> None:
        said = [u for u in UNITS if getattr(self, u)] + [
            w for w in ("immediately", "yearly", "set_date") if getattr(self, w)
        ]
        if len(said) != 1 or any(getattr(self, u) < 0 for u in UNITS):
            raise ValueError(f"A term must be said in exactly one way, not {said}")

    @property
    def unit(self) -> str:
        """The unit it is said in, empty for terms without a number."""
        return next((u for u in UNITS if getattr(self, u)), "")

    @property
    def amount(self) -> int:
        """The number of units, 0 for terms without a number."""
        return int(getattr(self, self.unit)) if self.unit else 0

    def label(self) -> str:
        """The term in Polish: „14 dni roboczych”, „niezwłocznie”, „do 31.03 każdego roku”."""
        if self.immediately:
            return "niezwłocznie"
        if self.set_date:
            return "w dniu wyznaczonym"
        if self.yearly:
            return f"do {self.yearly[1]:02d}.{self.yearly[0]:02d} każdego roku"
        words = f"{self.amount} {polish(self.amount, *_FORMS[self.unit])}"
        return f"{words} przed" if self.before else words

    def raw_end(self, start: date) -> date:
        """The last day by the calendar alone, before any moving. The day of the event is never counted."""
        sign = -1 if self.before else 1
        if self.immediately or self.set_date:
            return start
        if self.yearly:
            return _next_yearly(start, *self.yearly)
        if self.hours:
            return start + timedelta(hours=self.hours * sign)
        if self.working_days:
            return add_working_days(start, self.working_days * sign)
        if self.days or self.weeks:
            return start + timedelta(days=(self.days + 7 * self.weeks) * sign)
        return add_months(start, (self.months + 12 * self.years) * sign)

    def end(self, start: date, counting: Counting = Counting.FACTUAL) -> date:
        """The last day on which the act is still in time.

        An end on a free day moves forward under KPA and civil counting, never for factual duties, dates set by an
        authority, yearly dates, or terms counted back (which would then be late).
        """
        last = self.raw_end(start)
        if counting is Counting.FACTUAL or self.before or self.immediately or self.set_date or self.yearly:
            return last
        return next_working_day(last)

    def end_at(self, start: datetime) -> datetime:
        """The exact end of a term in hours, also on holidays (R-TIME-06), in Warsaw time. Raises ValueError otherwise."""
        if not self.hours or start.tzinfo is None:
            raise ValueError("Only a term in hours from a moment with a time zone ends at a moment")
        sign = -1 if self.before else 1
        return (start.astimezone(UTC) + timedelta(hours=self.hours * sign)).astimezone(WARSAW)


def add_months(day: date, months: int) -> date:
    """The corresponding day that many months on, the last day of the month when there is none (KPA art. 57 § 3, 3a).

    29 February plus years without it gives 28 February: „a gdyby takiego dnia nie było – dzień poprzedzający”.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def age_reached_on(born_on: date, years: int) -> date:
    """The day at whose beginning a person reaches the age (Kodeks cywilny art. 112, R-TIME-03)."""
    return add_months(born_on, 12 * years)


def age_on(born_on: date, on: date) -> int:
    """Full years of age on a day; -1 before birth."""
    if on < born_on:
        return -1
    years = on.year - born_on.year
    return years if age_reached_on(born_on, years) <= on else years - 1


def _next_yearly(start: date, month: int, day: int) -> date:
    this = date(start.year, month, day)
    return this if this > start else date(start.year + 1, month, day)
