"""A worker's board on any day, computed from events and not from the cache: for the command line."""

from __future__ import annotations

from datetime import date
from typing import Any

from gniazdo.access.queries import may, visible
from gniazdo.access.rules import Actor
from gniazdo.deadlines.models import DeadlineRow
from gniazdo.deadlines.queries.board import WARNED, Filters, lines
from gniazdo.deadlines.queries.computing import compute, compute_office
from gniazdo.deadlines.queries.warning import warned_by_kind, warned_until
from gniazdo.deadlines.rules import Fact
from gniazdo.people.models import Family

BATCH = 500
VIEW = "deadlines.board.view"


def due_for(actor: Actor, *, on: date, filters: Filters | None = None, as_known: bool = False) -> list[dict[str, Any]]:
    """The actor's board on any day: for `gniazdo due --as LOGIN`.

    With `as_known`, as the board stood that day: from what had been written down by its end.
    """
    filters = filters or Filters()
    families = visible(actor, VIEW, Family.objects.system()).order_by("pk")
    if filters.family_id:
        families = families.filter(pk=filters.family_id)
    ids = list(families.values_list("pk", flat=True))
    facts: list[Fact] = []
    for start in range(0, len(ids), BATCH):
        facts += compute(actor.institution_id, ids[start : start + BATCH], on=on, as_known=as_known)
    if not filters.family_id and _sees_the_office(actor):
        facts += compute_office(actor.institution_id, on=on, as_known=as_known)
    near = warned_by_kind(warned_until(actor.institution_id, on=on)) if filters.days == WARNED else {}
    facts = [
        fact
        for fact in facts
        if fact.due_on <= near.get(fact.declaration, filters.until(on)) and _wanted(actor, filters, fact)
    ]
    facts.sort(key=lambda f: (f.due_on, f.declaration, str(f.subject_id)))
    return [
        {
            "due_on": line.due_on.isoformat(), "days": line.days, "label": line.label, "case_mark": line.case_mark,
            "clock": line.clock, "article": line.article, "mark": line.mark, "sentence": line.why,
            "subject": str(fact.subject_id),
        }
        for fact, line in zip(facts, lines(facts, on=on), strict=True)
    ]  # fmt: skip


def _sees_the_office(actor: Actor) -> bool:
    """The same guard as the board's, asked about a row without a family."""
    return may(actor, VIEW, DeadlineRow(institution_id=actor.institution_id))


def _wanted(actor: Actor, filters: Filters, fact: Fact) -> bool:
    return (
        fact.fulfilled_on is None
        and (filters.whose == "all" or _is_theirs(actor, filters.whose, fact))
        and (not filters.kind or fact.declaration == filters.kind)
        and (filters.post_ids is None or fact.post_id in filters.post_ids)
    )


def _is_theirs(actor: Actor, whose: str, fact: Fact) -> bool:
    posts = actor.reach_post_ids if whose == "team" else actor.post_ids
    return fact.post_id in posts if fact.post_id else fact.role in actor.roles
