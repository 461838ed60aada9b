"""Builds the Actor, answers who works where, and gives the institution's dated settings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from gniazdo.access.models import AccessGrant
from gniazdo.access.rules import Actor
from gniazdo.kernel import legal
from gniazdo.orgs.models import Institution, ParameterValue, Post, RoleGrant, Substitution, User

SYSTEM_USER = UUID(int=0)


def during(on: date) -> Q:
    """Rows whose half-open period `since`–`until` contains the day."""
    return Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))


def actor_for(user: User, *, on: date, post_id: UUID | None = None, session_key: str = "") -> Actor | None:
    """The actor a signed-in user is on that day, at `post_id` if they hold several posts. None without a post or role."""
    grants = list(
        RoleGrant.objects.system()
        .filter(during(on), post__user_id=user.pk, post__since__lte=on)
        .exclude(post__until__lte=on)
        .values_list("post_id", "role", "institution_id", "post__team_id")
        .order_by("post__since", "post_id")
    )
    if not grants:
        return None
    chosen = post_id if any(g[0] == post_id for g in grants) else grants[0][0]
    mine = [g for g in grants if g[0] == chosen]
    roles = frozenset(g[1] for g in mine)
    institution_id, team_id = mine[0][2], mine[0][3]
    absent = Substitution.objects.system().filter(during(on), stand_in_id=chosen).values_list("absent_id", flat=True)
    post_ids = frozenset({chosen, *absent})
    reach = post_ids
    if "team_leader" in roles and team_id:
        reach |= frozenset(Post.objects.system().filter(team_id=team_id).values_list("pk", flat=True))
    subjects = (
        AccessGrant.objects.system()
        .filter(during(on), post_id__in=reach, institution_id=institution_id)
        .values_list("subject_id", flat=True)
        .distinct()
    )
    return Actor(
        user_id=user.pk,
        post_id=chosen,
        institution_id=institution_id,
        name=user.full_name,
        roles=roles,
        post_ids=post_ids,
        reach_post_ids=reach,
        subject_ids=frozenset(subjects),
        session_key=session_key,
    )


def system_actor(institution: Institution) -> Actor:
    """The machine itself inside one institution: jobs and rebuilds, never a person's request."""
    return Actor(
        user_id=SYSTEM_USER, post_id=SYSTEM_USER, institution_id=institution.pk, name="Gniazdo", is_system=True
    )


def parameter(institution_id: UUID, code: str, *, on: date) -> Any:
    """The institution's setting in force that day, else the declared default. Raises KeyError for an unknown code."""
    declared = legal.PARAMETERS[code]
    row = (
        ParameterValue.objects.system()
        .filter(institution_id=institution_id, code=code, since__lte=on)
        .order_by("-since")
        .values_list("value", flat=True)
        .first()
    )
    return declared.default if row is None else row


def parameters(institution_id: UUID, codes: Iterable[str], *, on: date) -> dict[str, Any]:
    """Several settings in one query, for hot paths."""
    wanted = list(codes)
    found = {code: legal.PARAMETERS[code].default for code in wanted}
    rows = (
        ParameterValue.objects.system()
        .filter(institution_id=institution_id, code__in=wanted, since__lte=on)
        .order_by("since")
        .values_list("code", "value")
    )
    found.update(dict(rows))
    return found


def posts_with_role(institution_id: UUID, role: str, *, on: date) -> Any:
    """Posts that hold the role that day, with their users, in Polish name order (few rows: one institution's staff)."""
    return (
        Post.objects.system()
        .filter(during(on), institution_id=institution_id)
        .filter(pk__in=RoleGrant.objects.system().filter(during(on), role=role).values("post_id"))
        .select_related("user", "team")
        .order_by("user__last_name", "user__first_name")
    )
