"""My Day: what this post has to do today, what waits, what changed. Composed of what the rooms below answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from gniazdo.access.models import JournalEntry
from gniazdo.access.queries import PERMISSIONS, anyone_here, reads, require, visible
from gniazdo.access.rules import Actor, NotAllowed
from gniazdo.assistance.models import TimeCard
from gniazdo.assistance.queries.registers import IntakeLine, intake
from gniazdo.assistance.queries.timecard import cards_to_accept
from gniazdo.assistance.queries.visits import PlannedVisit, visits_of_day
from gniazdo.cases.models import Event
from gniazdo.deadlines.queries.board import Filters, Line, first_lines
from gniazdo.kernel.clock import WARSAW
from gniazdo.papers.models import Draft, SheetRecord
from gniazdo.papers.queries.sheets import drafts_of, sheet_drafts_of
from gniazdo.people.queries.families import hazards_by_family
from gniazdo.plans.models import PlanVersion
from gniazdo.plans.queries import waiting_for_approval

AHEAD = 14
MOST = 60
SEEN_AT_LEAST = 3


@dataclass(frozen=True, slots=True)
class Today:
    """One post's day. Lists are short by nature or cut; `due` is grouped by family."""

    visits: list[tuple[PlannedVisit, list[str]]]
    overdue: int
    due: list[tuple[str, list[Line]]]
    drafts: list[Draft]
    sheets: list[SheetRecord]
    intake: list[IntakeLine]
    approvals: list[PlanVersion]
    cards: list[TimeCard]
    changed: list[Event]
    changed_since: datetime


@reads("desk.my_day.view", label="Mój dzień", who=anyone_here)
def my_day(actor: Actor, *, on: date) -> Today:
    """Everything My Day shows, each part only to posts it concerns."""
    since = _last_look(actor, on)
    due = first_lines(actor, on=on, filters=Filters("mine", AHEAD)) if actor.subject_ids else []
    visits = visits_of_day(actor, on=on) if actor.subject_ids else []
    hazards = hazards_by_family(actor, {v.visit.family_id for v in visits}, on)
    return Today(
        visits=[(v, [flag.words for flag in hazards.get(v.visit.family_id, [])]) for v in visits],
        overdue=sum(line.days < 0 for line in due),
        due=_by_family(due),
        drafts=drafts_of(actor),
        sheets=sheet_drafts_of(actor),
        intake=intake(actor, on=on)[:15] if opens(actor, "assistance.intake.list") else [],
        approvals=waiting_for_approval(actor)[:20] if opens(actor, "plans.approval.list") else [],
        cards=cards_to_accept(actor)[:20] if opens(actor, "assistance.timecard.list") else [],
        changed=_changed(actor, since),
        changed_since=since,
    )


def opens(actor: Actor, code: str) -> bool:
    """Whether the post has any way into what `code` reads."""
    if code not in PERMISSIONS:
        return False
    try:
        require(actor, code)
    except NotAllowed:
        return False
    return True


def _by_family(due: list[Line]) -> list[tuple[str, list[Line]]]:
    """Families in the order of their nearest row, each with all its rows."""
    first: dict[str, int] = {}
    for n, line in enumerate(due):
        first.setdefault(line.family, n)
    ordered = sorted(due, key=lambda line: first[line.family])
    return [(family, list(rows)) for family, rows in groupby(ordered, key=lambda line: line.family)]


def _last_look(actor: Actor, on: date) -> datetime:
    """When the user last opened My Day before today; three days ago if never."""
    morning = datetime.combine(on, time(), WARSAW)
    last = (
        JournalEntry.objects.filter(user_id=actor.user_id, code="desk.my_day.view", at__lt=morning)
        .order_by("-id")
        .values_list("at", flat=True)
        .first()
    )
    return last or morning - timedelta(days=SEEN_AT_LEAST)


def _changed(actor: Actor, since: datetime) -> list[Event]:
    """What others did in the actor's families since the last look, the newest first."""
    if not actor.subject_ids:
        return []
    rows = visible(actor, "cases.timeline.view", Event.objects.system())
    rows = rows.filter(family_id__in=actor.subject_ids, created_at__gte=since).exclude(by_id=actor.post_id)
    return list(rows.select_related("family", "by__user").order_by("-created_at", "-id")[:15])
