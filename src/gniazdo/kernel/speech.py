"""Says declared Polish labels in the reader's language. The kernel knows no translator: the platform lends it one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def _polish() -> Callable[[str], str]:
    return str


_speaker: Callable[[], Callable[[str], str]] = _polish
_later: Callable[[str], Any] = str  # a lazy text that behaves like one


def lend(speaker: Callable[[], Callable[[str], str]], later: Callable[[str], Any]) -> None:
    """Give the kernel a translator: `speaker` of the reader's language now, `later` for labels kept until a page is made."""
    global _speaker, _later
    _speaker, _later = speaker, later


def speaker() -> Callable[[str], str]:
    """`say` for a page of labels: who is reading is asked once, not with each label."""
    return _speaker()


def say(label: str) -> str:
    """The label in the language of the reader now; Polish when nobody translates."""
    return _speaker()(label) if label else label


def say_later(label: str) -> str:
    """The label, translated each time it is shown: for choices that are made while the program starts."""
    spoken: str = _later(label) if label else label
    return spoken


def says(text: str) -> str:
    """The text itself: marks it for the translators where it is declared; `say` translates it where it is shown."""
    return text
