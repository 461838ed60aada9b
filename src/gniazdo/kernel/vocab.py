"""Word lists: stable codes with Polish labels, a legal or practical source and dates of validity. Codes are never reused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gniazdo.kernel.catalogue import BadDeclaration, declare
from gniazdo.kernel.speech import say, say_later


@dataclass(frozen=True, slots=True)
class Word:
    """One entry: `code` for the database, `label` for people, `source` for inspectors."""

    code: str
    label: str
    source: str = ""
    since: date | None = None
    until: date | None = None
    group: str = ""

    def valid(self, on: date) -> bool:
        """Whether the word may be chosen on that day; old records keep it for ever."""
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


class WordList:
    """A declared list: `WordList("people.sex", "Płeć", Word("F", "kobieta"), …)`.

    Raises BadDeclaration when two words share a code.
    """

    def __init__(self, id: str, label: str, *words: Word, source: str = "") -> None:
        self.id, self.label, self.source = id, label, source
        self._words = {w.code: w for w in words}
        if len(self._words) != len(words) or not words:
            raise BadDeclaration(f"Word list {id} is empty or repeats a code")
        declare("word list", id, label, self)

    def __iter__(self) -> Iterator[Word]:
        return iter(self._words.values())

    def __contains__(self, code: object) -> bool:
        return code in self._words

    def __getitem__(self, code: str) -> Word:
        return self._words[code]

    def label_of(self, code: str) -> str:
        """The label in the reader's language; an unknown old code is shown as it stands rather than lost."""
        word = self._words.get(code)
        return say(word.label) if word else code

    def polish_of(self, code: str) -> str:
        """The Polish label, for what is kept in a file; an unknown old code is kept as it stands."""
        return self._words[code].label if code in self._words else code

    def choices(self, *, on: date | None = None) -> list[tuple[str, str]]:
        """(code, label) pairs valid on that day, all of them without a day."""
        return [(w.code, say_later(w.label)) for w in self if on is None or w.valid(on)]

    def codes(self) -> frozenset[str]:
        """All codes, valid or not."""
        return frozenset(self._words)
