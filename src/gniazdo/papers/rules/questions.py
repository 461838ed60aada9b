"""Types of questions a sheet may ask: how an answer is read from a form, checked and shown. No Django."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from gniazdo.kernel.vocab import WordList

Names = Mapping[str, str]
"""Names of persons, posts and attachments by id, for showing answers."""


class Sentence(str):
    """A Polish sentence that remembers its pattern, so that a screen may translate it."""

    pattern: str
    params: dict[str, Any]


def says(pattern: str, /, **params: Any) -> Sentence:
    """A sentence for the user: `says("Wpisz liczbę od %(low)s.", low=1)`."""
    made = Sentence(pattern % params if params else pattern)
    made.pattern, made.params = pattern, params
    return made


@dataclass(frozen=True, slots=True)
class When:
    """A simple condition: another answer is one of `values` (or contains one); without values: it is given and not "no"."""

    code: str
    values: tuple[Any, ...] = ()

    def __init__(self, code: str, *values: Any) -> None:
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "values", values)

    def holds(self, answers: Mapping[str, Any]) -> bool:
        """Whether the answers fulfil the condition."""
        given = answers.get(self.code)
        if not self.values:
            return not is_empty(given) and given is not False
        many = given if isinstance(given, list) else [given]
        return any(value in many for value in self.values)


def is_empty(value: Any) -> bool:
    """Whether nothing was answered. "No" is an answer."""
    return value is None or value in ("", [], {})


def text_of(raw: Any) -> str:
    """What was typed, as text with plain line ends."""
    return str(raw if raw is not None else "").replace("\r\n", "\n").strip()


@dataclass(frozen=True)
class Question:
    """One question. `required` binds the final version only, never a draft. `who_writes` names who fills it by hand."""

    code: str
    label: str
    _: KW_ONLY
    help: str = ""
    required: bool = False
    show_if: When | None = None
    sensitive: bool = False
    who_writes: str = ""
    kind: ClassVar[str] = ""
    asks: ClassVar[bool] = True

    def parse(self, raw: Any) -> Any:
        """An answer from a form's text; what cannot be understood stays as typed, so nothing is lost."""
        return text_of(raw)

    def check(self, value: Any) -> Sentence | None:
        """A sentence when the answer cannot stand in a final sheet."""
        return None if isinstance(value, str) else says("Tej odpowiedzi nie da się odczytać.")

    def show(self, value: Any, names: Names) -> str:
        """The answer as people read it."""
        return "" if value is None else str(value)


@dataclass(frozen=True)
class Text(Question):
    """One line."""

    _: KW_ONLY
    max_length: int = 300
    kind: ClassVar[str] = "text"

    def check(self, value: Any) -> Sentence | None:
        if isinstance(value, str) and len(value) > self.max_length:
            return says("Skróć do %(limit)s znaków (jest %(now)s).", limit=self.max_length, now=len(value))
        return super().check(value)


@dataclass(frozen=True)
class LongText(Question):
    """Some paragraphs; `rows` is the height on screen and the number of lines on the blank print."""

    _: KW_ONLY
    rows: int = 5
    kind: ClassVar[str] = "long"


@dataclass(frozen=True)
class YesNo(Question):
    """Yes, no, or not yet answered; `unknown` adds "nie wiadomo"."""

    _: KW_ONLY
    unknown: bool = False
    kind: ClassVar[str] = "yesno"

    def parse(self, raw: Any) -> Any:
        text = text_of(raw).lower()
        return {"tak": True, "true": True, "nie": False, "false": False, "": None}.get(text, text)

    def check(self, value: Any) -> Sentence | None:
        if isinstance(value, bool) or (self.unknown and value == "unknown"):
            return None
        return says("Zaznacz „tak” albo „nie”.")

    def show(self, value: Any, names: Names) -> str:
        return {True: "tak", False: "nie", "unknown": "nie wiadomo"}.get(value, "" if value is None else str(value))


def label_in(words: WordList | tuple[tuple[str, str], ...], code: Any) -> str:
    """The label of a code in a word list or a list of pairs; an unknown code as it stands."""
    if isinstance(words, WordList):
        return words.label_of(str(code))
    return dict(words).get(str(code), str(code))


def _codes(words: WordList | tuple[tuple[str, str], ...]) -> frozenset[str]:
    return words.codes() if isinstance(words, WordList) else frozenset(code for code, _label in words)


@dataclass(frozen=True)
class Choice(Question):
    """One word of a list."""

    words: WordList | tuple[tuple[str, str], ...] = ()
    _: KW_ONLY
    kind: ClassVar[str] = "choice"

    def check(self, value: Any) -> Sentence | None:
        return None if value in _codes(self.words) else says("Wybierz pozycję z listy.")

    def show(self, value: Any, names: Names) -> str:
        return "" if is_empty(value) else label_in(self.words, value)


@dataclass(frozen=True)
class Many(Question):
    """Any number of words of a list; with `describe` also a text, kept beside under `<code>__note`."""

    words: WordList | tuple[tuple[str, str], ...] = ()
    _: KW_ONLY
    describe: bool = False
    kind: ClassVar[str] = "many"

    def parse(self, raw: Any) -> Any:
        return [text_of(one) for one in (raw if isinstance(raw, list | tuple) else [raw]) if text_of(one)]

    def check(self, value: Any) -> Sentence | None:
        good = isinstance(value, list) and set(value) <= _codes(self.words)
        return None if good else says("Wybierz pozycje z listy.")

    def show(self, value: Any, names: Names) -> str:
        return "; ".join(label_in(self.words, one) for one in value) if isinstance(value, list) else str(value or "")


@dataclass(frozen=True)
class Scale(Question):
    """A point of a scale, worst first; the previous answer is shown beside. Points are (code, label) or a word list."""

    points: WordList | tuple[tuple[str, str], ...] = ()
    _: KW_ONLY
    show_previous: bool = True
    kind: ClassVar[str] = "scale"

    @property
    def words(self) -> WordList | tuple[tuple[str, str], ...]:
        return self.points

    def check(self, value: Any) -> Sentence | None:
        return None if value in _codes(self.points) else says("Zaznacz punkt skali.")

    def show(self, value: Any, names: Names) -> str:
        return "" if is_empty(value) else label_in(self.points, value)


@dataclass(frozen=True)
class Day(Question):
    """A day, kept as YYYY-MM-DD; also understood: 5.11.2026."""

    kind: ClassVar[str] = "day"

    def parse(self, raw: Any) -> Any:
        text = text_of(raw)
        found = re.fullmatch(r"(\d{1,2})[.\-/](\d{1,2})[.\-/](\d{4})", text)
        if found:
            d, m, y = (int(part) for part in found.groups())
            try:
                return date(y, m, d).isoformat()
            except ValueError:
                return text
        return text

    def check(self, value: Any) -> Sentence | None:
        try:
            made = date.fromisoformat(value)
        except (ValueError, TypeError):
            return says("Wpisz datę, na przykład 5.11.2026.")
        return None if 1900 <= made.year <= 2150 else says("Sprawdź rok w dacie.")

    def show(self, value: Any, names: Names) -> str:
        try:
            return date.fromisoformat(value).strftime("%d.%m.%Y")
        except (ValueError, TypeError):
            return str(value or "")


@dataclass(frozen=True)
class Moment(Question):
    """A day and hour in Warsaw, kept as YYYY-MM-DDTHH:MM."""

    kind: ClassVar[str] = "moment"

    def check(self, value: Any) -> Sentence | None:
        try:
            datetime.fromisoformat(value)
        except (ValueError, TypeError):
            return says("Wpisz datę i godzinę.")
        return None

    def show(self, value: Any, names: Names) -> str:
        try:
            return datetime.fromisoformat(value).strftime("%d.%m.%Y, %H:%M")
        except (ValueError, TypeError):
            return str(value or "")


def _decimal(raw: Any) -> Decimal | None:
    text = re.sub(r"[\s\u00a0]|zł$", "", text_of(raw)).replace(",", ".")
    try:
        made = Decimal(text)
    except InvalidOperation:
        return None
    return made if made.is_finite() else None


@dataclass(frozen=True)
class Number(Question):
    """A number with a unit, between `low` and `high` (both may be reached)."""

    unit: str = ""
    _: KW_ONLY
    low: int | None = None
    high: int | None = None
    whole: bool = True
    kind: ClassVar[str] = "number"

    def parse(self, raw: Any) -> Any:
        number = _decimal(raw)
        if number is None or abs(number) > 10**12:
            return text_of(raw)
        return int(number) if number == number.to_integral_value() else float(number)

    def check(self, value: Any) -> Sentence | None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return says("Wpisz liczbę.")
        if self.whole and not float(value).is_integer():
            return says("Wpisz liczbę całkowitą.")
        if self.low is not None and value < self.low:
            return says("Liczba nie może być mniejsza niż %(low)s.", low=self.low)
        if self.high is not None and value > self.high:
            return says("Liczba nie może być większa niż %(high)s.", high=self.high)
        return None

    def show(self, value: Any, names: Names) -> str:
        return "" if is_empty(value) else f"{value} {self.unit}".strip().replace(".", ",")


@dataclass(frozen=True)
class Money(Question):
    """Złote, kept as a decimal text "1234.50"."""

    kind: ClassVar[str] = "money"

    def parse(self, raw: Any) -> Any:
        amount = _decimal(raw)
        text = text_of(raw)
        if amount is None or abs(amount) > 10**12:
            return text
        return f"{amount:.2f}" if amount == round(amount, 2) else text

    def check(self, value: Any) -> Sentence | None:
        amount = _decimal(value)
        if amount is None or amount != round(amount, 2):
            return says("Wpisz kwotę w złotych, na przykład 1234,50.")
        return says("Kwota nie może być ujemna.") if amount < 0 else None

    def show(self, value: Any, names: Names) -> str:
        amount = _decimal(value)
        return str(value or "") if amount is None else f"{amount:,.2f} zł".replace(",", "\u00a0").replace(".", ",")


@dataclass(frozen=True)
class Duration(Question):
    """A length of time in minutes; also understood: 1:30, 1,5 h."""

    kind: ClassVar[str] = "duration"

    def parse(self, raw: Any) -> Any:
        text = text_of(raw).lower()
        if found := re.fullmatch(r"(\d{1,3}):([0-5]\d)", text):
            return int(found[1]) * 60 + int(found[2])
        if found := re.fullmatch(r"(\d{1,3}(?:[.,]\d+)?) ?(?:h|godz\.?)", text):
            return int(Decimal(found[1].replace(",", ".")) * 60)
        if found := re.fullmatch(r"(\d{1,5}) ?(?:min\.?)?", text):
            return int(found[1])
        return text

    def check(self, value: Any) -> Sentence | None:
        good = isinstance(value, int) and not isinstance(value, bool) and value >= 0
        return None if good else says("Wpisz czas, na przykład 1:30 albo 90 min.")

    def show(self, value: Any, names: Names) -> str:
        if not isinstance(value, int):
            return str(value or "")
        hours, minutes = divmod(value, 60)
        return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min"


AnyQuestion = Question
