"""The Actor, a value built by `orgs` for each request; and the ways a verb can say no (kernel.refusal), as rooms import them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar
from uuid import UUID

from gniazdo.kernel.refusal import HOUSE, Conflict, NotAllowed, NotHere, Refusal

__all__ = ["HOUSE", "Actor", "Conflict", "NotAllowed", "NotHere", "Refusal"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone acting in one institution, at one post, today.

    post_ids: the own post and those it stands in for. subject_ids: families (and other subjects) on whose access
    list one of these posts, or for a team leader one of the team's posts, stands today. reach_post_ids: posts whose
    work the actor may see (own, substituted, team). institution_name, has_other_posts, in_substitution (standing in,
    or stood in for) and unread (notices) spare the frame of every page its questions.
    """

    # For compiled queries: what is filled in, and what decides their form.
    VALUES: ClassVar = ("user_id", "post_id", "institution_id", "post_ids", "reach_post_ids", "subject_ids")
    SHAPE: ClassVar = ("roles", "is_system")

    user_id: UUID
    post_id: UUID
    institution_id: UUID
    name: str = ""
    roles: frozenset[str] = frozenset()
    post_ids: frozenset[UUID] = frozenset()
    reach_post_ids: frozenset[UUID] = frozenset()
    subject_ids: frozenset[UUID] = frozenset()
    session_key: str = ""
    institution_name: str = ""
    has_other_posts: bool = False
    in_substitution: bool = False
    unread: int = 0
    is_system: bool = False

    def has_role(self, *codes: str) -> bool:
        """Whether the actor holds one of the roles today."""
        return bool(self.roles.intersection(codes))

    def seeing(self, subject_id: UUID) -> Actor:
        """The same actor just after being let into a subject, for the rest of this act."""
        return replace(self, subject_ids=self.subject_ids | {subject_id})
