"""Says declared Polish labels in the reader's language. The kernel knows no translator: the platform lends it one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_now: Callable[[str], str] = str
_later: Callable[[str], Any] = str  # a lazy text that behaves like one


def lend(now: Callable[[str], str], later: Callable[[str], Any]) -> None:
    """Give the kernel a translator: `now` for text shown at once, `later` for labels kept until a page is made."""
    global _now, _later
    _now, _later = now, later


def say(label: str) -> str:
    """The label in the language of the reader now; Polish when nobody translates."""
    return _now(label) if label else label


def say_later(label: str) -> str:
    """The label, translated each time it is shown: for choices that are made while the program starts."""
    spoken: str = _later(label) if label else label
    return spoken


def says(text: str) -> str:
    """The text itself: marks it for the translators where it is declared; `say` translates it where it is shown."""
    return text
