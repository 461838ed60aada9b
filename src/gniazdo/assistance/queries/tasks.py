"""Counting by the points of art. 15 ust. 1: each contact once under every point that was worked on in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from gniazdo.assistance.vocab import ACTIVITIES, STATUTORY_TASKS


@dataclass(frozen=True, slots=True)
class Tally:
    """In how many contacts a task of art. 15 ust. 1 was done."""

    point: str
    count: int

    @property
    def label(self) -> str:
        """The task in words."""
        return STATUTORY_TASKS.label_of(self.point)


def tally(contacts: Iterable[Iterable[str]]) -> tuple[Tally, ...]:
    """Contacts, each as codes of ACTIVITIES, by point in the order of the statute (uwrspz art. 15 ust. 1).

    Two activities of one point in a contact count once; a contact with two points counts under both, so the points do
    not sum to the number of contacts.
    """
    counted: Counter[str] = Counter()
    for codes in contacts:
        counted.update({ACTIVITIES[code].group for code in codes if code in ACTIVITIES})
    return tuple(Tally(word.code, counted[word.code]) for word in STATUTORY_TASKS if counted[word.code])
