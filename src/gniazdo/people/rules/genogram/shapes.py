"""What a genogram is made from and of: humans and ties in, symbols and lines out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

SLOT = 116  # width of one person's cell
SYMBOL = 44  # side of the square, diameter of the circle
LABEL = 46  # height of the label under a symbol
LABEL_LETTERS = 14
MARGIN = 28
TRACK = 9  # between parallel lines


@dataclass(frozen=True, slots=True)
class Human:
    """One person to be drawn. `sex` is F, M or U; `home` says whether they live in the household."""

    id: str
    first: str
    last: str = ""
    sex: str = "U"
    born_on: date | None = None
    died_on: date | None = None
    unborn: bool = False
    index: bool = False
    home: bool = False
    age: str = ""


@dataclass(frozen=True, slots=True)
class Couple:
    """Two partners: `kind` is MARRIAGE, COHABITATION, SEPARATION or DIVORCE; `over` when it ended otherwise than by a death.

    `free` says that they were never married: a dashed line, also after they parted.
    """

    a: str
    b: str
    kind: str
    since: date | None = None
    over: bool = False
    free: bool = False


@dataclass(frozen=True, slots=True)
class Descent:
    """`child` is the child of `parent`: PARENT_BIO, PARENT_ADOPT or PARENT_FOSTER (a step parent has no line of descent)."""

    parent: str
    child: str
    kind: str = "PARENT_BIO"


@dataclass(frozen=True, slots=True)
class Symbol:
    """A drawn person: centre, shape (square, circle, diamond, triangle), label lines and what marks it."""

    human: Human
    x: int
    y: int
    shape: str
    label: tuple[str, ...]

    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom of symbol and label together."""
        half = SLOT // 2 - 2
        return self.x - half, self.y - SYMBOL // 2 - 4, self.x + half, self.y + SYMBOL // 2 + LABEL


@dataclass(frozen=True, slots=True)
class Line:
    """A drawn line: an SVG path and the class that says how it looks."""

    d: str
    kind: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole genogram with its size."""

    symbols: tuple[Symbol, ...]
    lines: tuple[Line, ...]
    household: str
    width: int
    height: int
    couples: tuple[Couple, ...] = ()
    descents: tuple[Descent, ...] = ()
    twins: tuple[tuple[str, str, str], ...] = ()


def shape_of(human: Human) -> str:
    """Square for a man, circle for a woman, triangle for an unborn child, diamond when the sex is not known."""
    if human.unborn:
        return "triangle"
    return {"M": "square", "F": "circle"}.get(human.sex, "diamond")


def short(text: str) -> str:
    """A label line that fits its cell."""
    return text if len(text) <= LABEL_LETTERS else text[: LABEL_LETTERS - 1] + "…"


def label_of(human: Human) -> tuple[str, ...]:
    """First name, surname, years."""
    years = ""
    if human.died_on:
        years = f"{human.born_on.year if human.born_on else '?'}–{human.died_on.year}"
    elif human.born_on:
        years = f"ur. {human.born_on.year}"
    return tuple(short(part) for part in (human.first or "?", human.last, years) if part)
