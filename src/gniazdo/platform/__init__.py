"""Plumbing every room stands on. It also lends the kernel its translator, so declared labels can be said in any language."""

from collections.abc import Callable

from django.utils.translation import get_language, gettext, gettext_lazy

from gniazdo.kernel.speech import lend

MOST = 20_000  # labels are some thousands; more would mean that somebody says whole sentences made of data
_said: dict[str | None, dict[str, str]] = {}


def _speaker() -> Callable[[str], str]:
    """`gettext` of the language now, remembered: a page of deadlines says three hundred labels."""
    said = _said.setdefault(get_language(), {})

    def say(label: str) -> str:
        words = said.get(label)
        if words is None:
            if len(said) >= MOST:
                said.clear()
            words = said[label] = gettext(label) if label else label
        return words

    return say


lend(_speaker, gettext_lazy)
