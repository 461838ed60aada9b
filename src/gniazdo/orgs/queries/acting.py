"""Builds the Actor: who someone is today, whose work they reach, which families stand on their access list."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, F, OuterRef, Q, QuerySet, Subquery, Value

from gniazdo.access.models import AccessGrant
from gniazdo.access.rules import Actor
from gniazdo.orgs.models import Institution, Notice, Post, RoleGrant, Substitution, User
from gniazdo.platform.models import Inside, Prepared, has_fence

SYSTEM_USER = UUID(int=0)
BREAK_GLASS_HOURS = 24


def during(on: date) -> Q:
    """Rows whose half-open period `since`–`until` contains the day."""
    return Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))


GRANTED = ("post_id", "role", "institution_id", "post__team_id", "institution__short_name")
USER = tuple(field.attname for field in User._meta.concrete_fields)


def _roles(user_id: UUID, on: date) -> QuerySet[Any, Any]:
    """What the user may be on that day, and the user beside each line: who asks wants both."""
    unread = Notice.objects.system().filter(post_id=OuterRef("post_id"), read_at=None).order_by().values("post_id")
    return (
        RoleGrant.objects.system()
        .filter(during(on), post__user_id=user_id, post__since__lte=on, post__authorised_on__lte=on)
        .filter(post__secrecy_signed_on__lte=on)
        .exclude(post__until__lte=on)
        .annotate(unread=Subquery(unread.annotate(n=Count("pk")).values("n")))
        .values_list(*GRANTED, *(f"post__user__{column}" for column in USER), "unread")
        .order_by("post__since", "post_id")
    )


def _reach(
    chosen: UUID, team_id: UUID | None, institution_id: UUID, on: date, edge: datetime | None, fenced: bool
) -> Any:
    """("absent", post), ("team", post) and ("subject", family) in one question; `edge`: emergency access is younger;
    `fenced`: the same question puts the connection behind the second fence."""

    def arm(what: str, rows: QuerySet[Any, Any], column: str) -> QuerySet[Any, Any]:
        return rows.order_by().values_list(Value(what, output_field=CharField()), F(column))

    absent = Substitution.objects.system().filter(during(on), Q(stand_in_id=chosen) | Q(absent_id=chosen))
    listed = AccessGrant.objects.system().filter(during(on), institution_id=institution_id)
    emergency = Q(basis=AccessGrant.Basis.BREAK_GLASS)
    own = listed.filter(post_id=chosen)
    if edge is not None:
        own = own.exclude(emergency, created_at__lte=edge)
    # Emergency access belongs to the one who asked, not to a stand-in or a leader.
    others = listed.exclude(emergency)
    arms = [
        arm("subject", own, "subject_id"),
        arm("subject", others.filter(post_id__in=absent.values("absent_id")), "subject_id"),
        arm("absent", absent, "absent_id"),
    ]
    if fenced:
        here = Institution.objects.system().filter(pk=institution_id).order_by()
        arms.append(here.values_list(Value("fence", output_field=CharField()), Inside(institution_id)))
    if team_id:
        team = Post.objects.system().filter(team_id=team_id)
        arms += [
            arm("subject", others.filter(post_id__in=team.values("pk")), "subject_id"),
            arm("team", team, "pk"),
        ]
    return arms[0].union(*arms[1:])


_ROLES, _REACH = Prepared(_roles), Prepared(_reach)  # asked on every page


def user_today(user_id: UUID, *, on: date) -> User | None:
    """The user with what they may be on that day in hand (`actor_for` asks no more), None without a post or role."""
    grants = _ROLES.rows(user_id=user_id, on=on)
    if not grants:
        return None
    user = User.from_db("default", USER, grants[0][len(GRANTED) : -1])
    user.granted = (on, grants)
    return user


def actor_for(
    user: User, *, on: date, post_id: UUID | None = None, session_key: str = "", at: datetime | None = None,
    fenced: bool = False,
) -> Actor | None:  # fmt: skip
    """The actor a signed-in user is on that day, at `post_id` if they hold several posts. None without a post or role.

    A post without a written authorisation and a signed undertaking of secrecy gives nothing (uwrspz art. 7 ust. 4,
    R-DATA-02). With the moment `at`, emergency access older than 24 hours has ended. With `fenced` the connection
    sees no other institution from now on; who asks for it calls `platform.models.outside` at the end.
    """
    known_on, grants = user.granted
    if known_on != on:
        grants = _ROLES.rows(user_id=user.pk, on=on)
    if not grants:
        return None
    chosen: UUID = next((g[0] for g in grants if g[0] == post_id), grants[0][0])
    mine = [g for g in grants if g[0] == chosen]
    roles = frozenset(g[1] for g in mine)
    institution_id, team_id = mine[0][2], mine[0][3]
    found: dict[str, set[UUID]] = {"absent": set(), "team": set(), "subject": set(), "fence": set()}
    for what, pk in _REACH.rows(
        chosen=chosen, team_id=team_id if "team_leader" in roles else None, institution_id=institution_id, on=on,
        edge=at - timedelta(hours=BREAK_GLASS_HOURS) if at else None, fenced=fenced and has_fence(),
    ):  # fmt: skip
        found[what].add(pk)
    if fenced and has_fence() and not found["fence"]:
        raise RuntimeError("The connection is not fenced")
    post_ids = frozenset({chosen, *found["absent"]})
    return Actor(
        user_id=user.pk, post_id=chosen, institution_id=institution_id, name=user.full_name, roles=roles,
        post_ids=post_ids, reach_post_ids=post_ids | found["team"], subject_ids=frozenset(found["subject"]),
        session_key=session_key, institution_name=mine[0][4], has_other_posts=any(g[0] != chosen for g in grants),
        in_substitution=bool(found["absent"]), unread=mine[0][-1] or 0,
    )  # fmt: skip


def system_actor(institution: Institution) -> Actor:
    """The machine itself inside one institution: jobs and rebuilds, never a person's request."""
    return Actor(
        user_id=SYSTEM_USER, post_id=SYSTEM_USER, institution_id=institution.pk, name="Gniazdo", is_system=True
    )
