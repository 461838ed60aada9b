"""The ways a verb can say no, each with the sentence the user reads. Here at the bottom so that every room may say no."""

from __future__ import annotations

from dataclasses import dataclass, field

from gniazdo.kernel.speech import say, says

HOUSE = says("reguła ośrodka")
"""Where no act of law stands behind a refusal but the order of work: said openly, so that nobody looks for an article."""


@dataclass(slots=True)
class Refusal(Exception):
    """A rule said no. `sentence` is what the user reads; `article` names the law; `advice` says what to do;
    `field` ties it to a form field."""

    sentence: str
    article: str = ""
    advice: str = ""
    field: str | None = None

    @property
    def basis(self) -> str:
        """The article, or the words for a rule of the house, in the reader's language."""
        return say(str(self.article))

    def __str__(self) -> str:
        return " ".join(str(part) for part in (self.sentence, self.advice) if part) + (
            f" ({self.basis})" if self.article else ""
        )


class NotAllowed(Refusal):
    """The post does not allow this act."""


class Conflict(Refusal):
    """Somebody else saved the same record first. `record` is theirs, as it stands now."""

    record: object = None


@dataclass(slots=True)
class NotHere(Exception):
    """Nothing of that id that this actor may know about: answered with 404, whether or not it exists elsewhere."""

    what: str = ""
    tried: dict[str, str] = field(default_factory=dict)
