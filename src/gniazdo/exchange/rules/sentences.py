"""Sentences of the import, kept apart from their values: a file read today is told tomorrow in the language of who reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gniazdo.kernel.legal import Sentence
from gniazdo.kernel.speech import say

AS_SAID = "%(text)s"


class Told(Exception):
    """An error that carries its sentence; `str()` is the sentence in the reader's language."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template)
        self.sentence = Sentence(template, values)

    def __str__(self) -> str:
        return told(self.sentence)


def told(sentence: Sentence) -> str:
    """The sentence in the language of the reader now."""
    return say(sentence.template) % sentence.values if sentence.values else say(sentence.template)


def as_told(text: str) -> Sentence:
    """A sentence somebody else has said already, ready to stand among ours."""
    return Sentence(AS_SAID, {"text": text})


def as_json(sentence: Sentence) -> dict[str, Any]:
    """The sentence as it is kept with the run."""
    return {"sentence": sentence.template, "values": {name: str(value) for name, value in sentence.values.items()}}


def from_json(kept: Mapping[str, Any]) -> str:
    """A kept sentence in the language of the reader now; nothing kept, nothing said."""
    if not kept:
        return ""
    template, values = kept["sentence"], kept.get("values") or {}
    return told(Sentence(template, values))
