"""The Actor and the ways a verb can say no. Pure Python: an actor is a value, built by `orgs` for each request."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone acting in one institution, at one post, today.

    post_ids: the own post and those it stands in for. subject_ids: families (and other subjects) on whose access
    list one of these posts, or for a team leader one of the team's posts, stands today. reach_post_ids: posts whose
    work the actor may see (own, substituted, team).
    """

    user_id: UUID
    post_id: UUID
    institution_id: UUID
    name: str = ""
    roles: frozenset[str] = frozenset()
    post_ids: frozenset[UUID] = frozenset()
    reach_post_ids: frozenset[UUID] = frozenset()
    subject_ids: frozenset[UUID] = frozenset()
    session_key: str = ""
    is_system: bool = False

    def has_role(self, *codes: str) -> bool:
        """Whether the actor holds one of the roles today."""
        return bool(self.roles.intersection(codes))

    def seeing(self, subject_id: UUID) -> Actor:
        """The same actor just after being let into a subject, for the rest of this act."""
        return replace(self, subject_ids=self.subject_ids | {subject_id})


@dataclass(slots=True)
class Refusal(Exception):
    """A rule said no. `sentence` is what the user reads; `article` names the law; `advice` says what to do;
    `field` ties it to a form field."""

    sentence: str
    article: str = ""
    advice: str = ""
    field: str | None = None

    def __str__(self) -> str:
        return " ".join(str(part) for part in (self.sentence, self.advice) if part) + (
            f" ({self.article})" if self.article else ""
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
