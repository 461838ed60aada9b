"""Plumbing every room stands on. It also lends the kernel its translator, so declared labels can be said in any language."""

from django.utils.translation import get_language, gettext, gettext_lazy

from gniazdo.kernel.speech import lend

MOST = 20_000  # labels are some thousands; more would mean that somebody says whole sentences made of data
_said: dict[tuple[str | None, str], str] = {}


def _say(label: str) -> str:
    """`gettext`, remembered: a page of deadlines says three hundred labels."""
    key = (get_language(), label)
    said = _said.get(key)
    if said is None:
        if len(_said) >= MOST:
            _said.clear()
        said = _said[key] = gettext(label)
    return said


lend(_say, gettext_lazy)
