"""Colleagues to narrow a list by: chosen from a list one can still read, or typed by name in a large office."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from gniazdo.access.rules import Actor
from gniazdo.orgs.models import Post
from gniazdo.orgs.queries.acting import during
from gniazdo.platform.models import Prepared

MOST = 100  # nobody reads a longer list


def colleagues(actor: Actor, *, on: date) -> list[tuple[str, str]] | None:
    """(post id, name) of the posts whose work the actor may see, by name: empty when that is the actor alone, None when
    they are too many to choose from."""
    if not _whole_office(actor) and actor.reach_post_ids == {actor.post_id}:
        return []
    if _large(actor, on):
        return None
    return [(str(pk), f"{last} {first}, {title}") for pk, last, first, title in _LISTED.rows(actor=actor, on=on)]


def colleagues_said(actor: Actor, said: str, *, on: date) -> list[UUID] | None:
    """The posts meant by a chosen id or a typed name (each word begins a first or last name); None when nothing is said."""
    said = said.strip()[:80]
    if not said:
        return None
    rows = _seen(actor, on)
    try:
        return list(rows.filter(pk=UUID(said)).values_list("pk", flat=True))
    except ValueError:
        for word in said.split():
            begins = Q()
            for form in {word, word.capitalize()}:  # SQLite knows no capital Ż of ż
                begins |= Q(user__last_name__istartswith=form) | Q(user__first_name__istartswith=form)
            rows = rows.filter(begins)
        return list(rows.order_by("pk").values_list("pk", flat=True)[:MOST])


def _whole_office(actor: Actor) -> bool:
    return actor.has_role("manager", "secretary")


def _large(actor: Actor, on: date) -> bool:
    if _whole_office(actor):
        return _COUNTED.count(actor=actor, on=on) > MOST
    return len(actor.reach_post_ids) > MOST


def _seen(actor: Actor, on: date) -> QuerySet[Post]:
    rows = Post.objects.for_actor(actor).filter(during(on))
    return rows if _whole_office(actor) else rows.filter(pk__in=actor.reach_post_ids)


def _counted(actor: Actor, on: date) -> QuerySet[Any, Any]:
    return _seen(actor, on).order_by().values_list("pk")[: MOST + 1]


def _listed(actor: Actor, on: date) -> QuerySet[Any, Any]:
    rows = _seen(actor, on).order_by("user__last_name", "user__first_name", "pk")
    return rows.values_list("pk", "user__last_name", "user__first_name", "title")[:MOST]


_COUNTED, _LISTED = Prepared(_counted), Prepared(_listed)
