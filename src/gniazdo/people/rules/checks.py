"""What is wrong with what was typed about a person: PESEL, its agreement with birth date and sex, order of dates; ages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from stdnum.exceptions import ValidationError
from stdnum.pl import pesel as _pesel

from gniazdo.kernel.legal import parameter

PREGNANCY_DAYS = 310
HAZARD_REVIEW = parameter("people.hazard_review_months", "Przegląd ostrzeżeń o zagrożeniu (miesiące)", default=6, unit="months",
                          why="Ustawienie lokalne: dzień, który proponuje formularz ostrzeżenia.", mark="author: R-DATA-07")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the field it belongs to and its code, turned into a sentence by the verb."""

    field: str
    code: str
    value: str = ""


def pesel_birth(pesel: str) -> date | None:
    """The birth date written in a right PESEL, else None."""
    try:
        return _pesel.get_birth_date(_pesel.validate(pesel))
    except ValidationError:
        return None


def pesel_sex(pesel: str) -> str:
    """F or M as a PESEL says, U when it is wrong."""
    return str(_pesel.get_gender(pesel)) if _pesel.is_valid(pesel) else "U"


def clean_pesel(typed: str) -> str:
    """Only the digits of what was typed, without spaces and dashes; other signs stay to be refused."""
    return "".join(c for c in typed if c not in " -\u00a0\t")


def repaired_pesel(raw: str) -> str:
    """A PESEL whose leading zeros a spreadsheet ate, or the text unchanged. Only for imports: people type eleven digits."""
    digits = clean_pesel(raw).removesuffix(".0")
    if digits.isdigit() and 8 <= len(digits) < 11 and _pesel.is_valid(digits.zfill(11)):
        return digits.zfill(11)
    return digits


def person_faults(
    *,
    pesel: str = "",
    sex: str = "U",
    born_on: date | None = None,
    died_on: date | None = None,
    is_unborn: bool = False,
    due_on: date | None = None,
    on: date,
) -> list[Fault]:
    """All that cannot be true about a person on the day `on`. Unknown is allowed, wrong is not."""
    faults: list[Fault] = []
    if pesel:
        faults += _pesel_faults(pesel, sex, born_on)
    if born_on and born_on > on:
        faults.append(Fault("born_on", "future"))
    if born_on and born_on.year < 1890:
        faults.append(Fault("born_on", "ancient"))
    if died_on and died_on > on:
        faults.append(Fault("died_on", "future"))
    if born_on and died_on and died_on < born_on:
        faults.append(Fault("died_on", "before_birth"))
    if is_unborn and (born_on or pesel):
        faults.append(Fault("born_on", "unborn_with_birth"))
    if is_unborn and due_on and due_on > on + timedelta(days=PREGNANCY_DAYS):
        faults.append(Fault("due_on", "due_too_far"))
    return faults


def _pesel_faults(pesel: str, sex: str, born_on: date | None) -> list[Fault]:
    if not pesel.isdigit() or len(pesel) != 11:
        return [Fault("pesel", "length", str(len(pesel)))]
    birth = pesel_birth(pesel)
    if birth is None:
        return [Fault("pesel", "checksum")]
    faults = []
    if born_on and born_on != birth:
        faults.append(Fault("pesel", "birth", birth.strftime("%d.%m.%Y")))
    if sex in ("F", "M") and pesel_sex(pesel) != sex:
        faults.append(Fault("pesel", "sex"))
    return faults


def age(born_on: date, *, on: date) -> int:
    """Full years on a day; somebody born on 29 February turns older on 1 March."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def age_parts(born_on: date, *, on: date) -> tuple[int, str]:
    """How people say an age: (5, "years"), under two years (17, "months"), under two months (12, "days")."""
    years = age(born_on, on=on)
    months = (on.year - born_on.year) * 12 + on.month - born_on.month - (on.day < born_on.day)
    if years >= 2:
        return years, "years"
    if months >= 2:
        return months, "months"
    return max((on - born_on).days, 0), "days"


def siblings(parents: dict[str, set[str]], child: str) -> dict[str, str]:
    """Persons who share a parent with `child`, as full (both known parents shared) or half."""
    mine = parents.get(child, set())
    found: dict[str, str] = {}
    for other, theirs in parents.items():
        shared = mine & theirs
        if other != child and shared:
            found[other] = "full" if shared == mine == theirs else "half"
    return found


def plural(n: int) -> int:
    """Which Polish form a number takes: 0 for 1 rok, 1 for 2–4 lata (not 12–14), 2 for 5 lat."""
    if n == 1:
        return 0
    return 1 if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else 2
