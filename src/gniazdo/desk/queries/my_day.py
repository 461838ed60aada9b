"""My Day: what this post has to do today, what waits, what changed. Composed of what the rooms below answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Q

from gniazdo.access.models import JournalEntry
from gniazdo.access.queries import PERMISSIONS, anyone_here, reads, require, visible
from gniazdo.access.rules import Actor, NotAllowed
from gniazdo.assistance.models import Agreement, TimeCard
from gniazdo.assistance.queries.registers import IntakeLine, intake
from gniazdo.assistance.queries.timecard import cards_to_accept
from gniazdo.assistance.queries.visits import OPEN_STATES, PlannedVisit, visits_of_day
from gniazdo.cases.models import CaseFile, Event
from gniazdo.deadlines.queries.board import Filters, Line, first_lines
from gniazdo.desk.rules import FIRST_STEPS, FirstStep
from gniazdo.kernel.clock import WARSAW
from gniazdo.papers.models import Draft, SheetRecord
from gniazdo.papers.queries.sheets import drafts_of, sheet_drafts_of
from gniazdo.people.models import Family
from gniazdo.people.queries.families import hazards_by_family, with_address
from gniazdo.plans.models import PlanVersion
from gniazdo.plans.queries import waiting_for_approval

AHEAD = 14
MOST = 300
SEEN_AT_LEAST = 3


@dataclass(frozen=True, slots=True)
class DayVisit:
    """One visit of today: what was planned, warnings in words, the address."""

    planned: PlannedVisit
    hazards: list[str]
    address: str


@dataclass(frozen=True, slots=True)
class Today:
    """One post's day. Lists are short by nature or cut; `due` is grouped by family.

    `shows_due`: deadlines concern this post at all; `note_cases`: families a quick note may be written about.
    """

    visits: list[DayVisit]
    plans_visits: bool
    overdue: int
    shows_due: bool
    due: list[tuple[str, list[Line]]]
    drafts: list[Draft]
    sheets: list[SheetRecord]
    intake: list[IntakeLine]
    approvals: list[PlanVersion]
    cards: list[TimeCard]
    tasks: list[Agreement]
    note_cases: list[tuple[str, str]]
    steps: list[FirstStep]
    changed: list[Event]
    changed_since: datetime


@reads("desk.my_day.view", label="Mój dzień", who=anyone_here)
def my_day(actor: Actor, *, on: date) -> Today:
    """Everything My Day shows, each part only to posts it concerns."""
    since = _last_look(actor, on)
    shows_due = opens(actor, "deadlines.board.view") and (bool(actor.subject_ids) or actor.has_role("manager", "dpo"))
    due = first_lines(actor, on=on, filters=Filters("mine", AHEAD)) if shows_due else []
    note_cases = _note_cases(actor)
    return Today(
        visits=_visits(actor, on),
        plans_visits=bool(note_cases),
        overdue=sum(line.days < 0 for line in due),
        shows_due=shows_due,
        due=_by_family(due),
        drafts=drafts_of(actor),
        sheets=sheet_drafts_of(actor),
        intake=intake(actor, on=on)[:15] if opens(actor, "assistance.intake.list") else [],
        approvals=waiting_for_approval(actor)[:20] if opens(actor, "plans.approval.list") else [],
        cards=cards_to_accept(actor)[:20] if opens(actor, "assistance.timecard.list") else [],
        tasks=_tasks(actor, on),
        note_cases=note_cases,
        steps=_steps(actor),
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


def _visits(actor: Actor, on: date) -> list[DayVisit]:
    """Today's visits with warnings and the way there; a secret address is never shown."""
    planned = visits_of_day(actor, on=on) if actor.subject_ids else []
    if not planned:
        return []
    families = Family.objects.for_actor(actor).filter(pk__in=[v.visit.family_id for v in planned])
    homes = {f.pk: _way(f) for f in with_address(families, on)}
    hazards = hazards_by_family(actor, set(homes), on)
    found = [(v, v.visit.family_id) for v in planned]
    return [DayVisit(v, [flag.words for flag in hazards.get(pk, [])], homes.get(pk, "")) for v, pk in found]


def _way(home: Any) -> str:
    if home.is_secret:
        return ""
    return ", ".join(part for part in (home.street, f"{home.postal_code or ''} {home.town or ''}".strip()) if part)


def _note_cases(actor: Actor) -> list[tuple[str, str]]:
    """(case, family's name) of open cases the post writes contacts in, by name."""
    if not actor.subject_ids or not opens(actor, "assistance.note.record"):
        return []
    rows = visible(actor, "assistance.visit.prepare", CaseFile.objects.system()).filter(
        kind="ASSISTANCE", state__in=OPEN_STATES
    )
    named = rows.order_by("family__sort_key", "id").values_list("pk", "family__name", "case_mark")
    return [(str(pk), f"{name}, {mark}" if mark else name) for pk, name, mark in named[:MOST]]


def _tasks(actor: Actor, on: date) -> list[Agreement]:
    """What the post itself promised and has not settled, due in the next days or without a day, the nearest first."""
    if not actor.subject_ids:
        return []
    rows = Agreement.objects.for_actor(actor).filter(
        Q(due_on__isnull=True) | Q(due_on__lte=on + timedelta(days=AHEAD)), state="OPEN", side="ASSISTANT",
        family_id__in=actor.subject_ids, visit__post_id__in=actor.post_ids,
    )  # fmt: skip
    return list(rows.select_related("family").order_by("due_on", "id")[:20])


def _steps(actor: Actor) -> list[FirstStep]:
    """What the post may begin with: always for the office, for those who work with families only while they have none."""
    in_field = {"assistant", "social_worker", "specialist", "coordinator"}
    chosen = [s for s in FIRST_STEPS if actor.has_role(*s.roles) and opens(actor, s.needs)]
    return [s for s in chosen if not (actor.subject_ids and actor.roles & in_field & {*s.roles})]


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
    rows = rows.filter(family_id__in=actor.subject_ids, created_at__gt=since).exclude(by_id=actor.post_id)
    return list(rows.select_related("family", "by__user").order_by("-created_at", "-id")[:15])
