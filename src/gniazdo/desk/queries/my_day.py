"""My Day: what this post has to do today, what waits, what changed. Composed of what the rooms below answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from gniazdo.access.models import JournalEntry
from gniazdo.access.queries import PERMISSIONS, anyone_here, reads, require, visible
from gniazdo.access.rules import Actor, NotAllowed
from gniazdo.assistance.models import Agreement, TimeCard
from gniazdo.assistance.queries.registers import IntakeLine, intake
from gniazdo.assistance.queries.timecard import cards_to_accept
from gniazdo.assistance.queries.visits import OPEN_STATES, PlannedVisit, visits_of_day
from gniazdo.cases.models import Assignment, CaseFile, Event
from gniazdo.deadlines.queries.board import WARNED, Filters, Line, first_lines
from gniazdo.desk.rules import FIRST_STEPS, FirstStep
from gniazdo.kernel.clock import WARSAW
from gniazdo.orgs.models import RoleGrant
from gniazdo.papers.models import Draft, SheetRecord
from gniazdo.papers.queries.sheets import drafts_of, sheet_drafts_of
from gniazdo.people.models import Family
from gniazdo.people.queries.families import hazards_by_family, one_line, with_address
from gniazdo.plans.models import PlanVersion
from gniazdo.plans.queries import waiting_for_approval
from gniazdo.platform.models import Prepared

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
class MyFamily:
    """A family a specialist works with: since when and what for."""

    family_id: UUID
    name: str
    since: date
    purpose: str


@dataclass(frozen=True, slots=True)
class Today:
    """One post's day. Lists are short by nature or cut; `due` is grouped by family; `with_me` is a specialist's.

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
    with_me: list[MyFamily]
    steps: list[FirstStep]
    changed: list[Event]
    changed_since: datetime


@reads("desk.my_day.view", label="Mój dzień", who=anyone_here)
def my_day(actor: Actor, *, on: date) -> Today:
    """Everything My Day shows, each part only to posts it concerns."""
    since = _last_look(actor, on)
    shows_due = opens(actor, "deadlines.board.view") and (bool(actor.subject_ids) or actor.has_role("manager", "dpo"))
    due = first_lines(actor, on=on, filters=Filters("mine", WARNED)) if shows_due else []
    note_cases, with_me = _note_cases(actor), _with_me(actor)
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
        with_me=with_me,
        steps=[s for s in _steps(actor) if not (with_me and s.url_name == "cases:family-list")],
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
    families = _HOMES.records(actor=actor, ids={v.visit.family_id for v in planned}, on=on)
    homes = {family.pk: one_line(family) for family in families}
    hazards = hazards_by_family(actor, set(homes), on)
    found = [(v, v.visit.family_id) for v in planned]
    return [DayVisit(v, [flag.words for flag in hazards.get(pk, [])], homes.get(pk, "")) for v, pk in found]


def _homes(actor: Actor, ids: list[UUID], on: date) -> QuerySet[Family]:
    return with_address(Family.objects.for_actor(actor).filter(pk__in=ids), on)


def _note_cases(actor: Actor) -> list[tuple[str, str]]:
    """(case, family's name) of open cases the post writes contacts in, by name."""
    if not actor.subject_ids or not opens(actor, "assistance.note.record"):
        return []
    return [(str(pk), f"{name}, {mark}" if mark else name) for pk, name, mark in _LED.rows(actor=actor)]


def _led(actor: Actor) -> QuerySet[Any, Any]:
    rows = visible(actor, "assistance.visit.prepare", CaseFile.objects.system())
    rows = rows.filter(kind="ASSISTANCE", state__in=OPEN_STATES).order_by("family__sort_key", "id")
    return rows.values_list("pk", "family__name", "case_mark")[:MOST]


def _with_me(actor: Actor) -> list[MyFamily]:
    """The families a specialist works with, by name, each with what for; nobody else's day asks."""
    if not (actor.subject_ids and actor.has_role("specialist")):
        return []
    return [MyFamily(*row) for row in _WITH_ME.rows(actor=actor, posts=actor.post_ids)]


def _works_with(actor: Actor, posts: list[UUID]) -> QuerySet[Any, Any]:
    told = Event.objects.system().filter(record_id=OuterRef("pk"), kind="worker").order_by("at", "pk")
    rows = Assignment.objects.for_actor(actor).filter(post_id__in=posts, role="SPECIALIST", until=None)
    purpose = Coalesce(Subquery(told.values("summary")[:1]), Value(""))
    return rows.order_by("case__family__sort_key", "pk").values_list(
        "case__family_id", "case__family__name", "since", purpose
    )[:MOST]


def _tasks(actor: Actor, on: date) -> list[Agreement]:
    """What the post itself promised and has not settled, due in the next days or without a day, the nearest first."""
    return _PROMISED.records(actor=actor, until=on + timedelta(days=AHEAD)) if actor.subject_ids else []


def _promised(actor: Actor, until: date) -> QuerySet[Agreement]:
    rows = Agreement.objects.for_actor(actor).filter(
        Q(due_on__isnull=True) | Q(due_on__lte=until), state="OPEN", side="ASSISTANT",
        family_id__in=actor.subject_ids, visit__post_id__in=actor.post_ids,
    )  # fmt: skip
    return rows.select_related("family").order_by("due_on", "id")[:20]


def _steps(actor: Actor) -> list[FirstStep]:
    """What the post may begin with: always for the office, for those who visit families only while they have none."""
    in_field = {"assistant", "social_worker", "specialist", "coordinator"}
    chosen = [s for s in FIRST_STEPS if actor.has_role(*s.roles) and opens(actor, s.needs)]
    if any(s.founding for s in chosen) and _STAFF.rows(actor=actor, roles=in_field):
        chosen = [s for s in chosen if not s.founding]
    return [s for s in chosen if not (actor.subject_ids and actor.roles & {"assistant", "social_worker"} & {*s.roles})]


def _staff(actor: Actor, roles: list[str]) -> QuerySet[Any, Any]:
    return RoleGrant.objects.for_actor(actor).filter(role__in=roles).values_list("pk")[:1]


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
    last = _LOOKS.rows(user_id=actor.user_id, before=morning)
    return last[0][0] if last else morning - timedelta(days=SEEN_AT_LEAST)


def _looks(user_id: UUID, before: datetime) -> QuerySet[Any, Any]:
    rows = JournalEntry.objects.filter(user_id=user_id, code="desk.my_day.view", at__lt=before)
    return rows.order_by("-id").values_list("at")[:1]


def _changed(actor: Actor, since: datetime) -> list[Event]:
    """What others did in the actor's families since the last look, the newest first."""
    return _BY_OTHERS.records(actor=actor, since=since) if actor.subject_ids else []


def _by_others(actor: Actor, since: datetime) -> QuerySet[Event]:
    rows = visible(actor, "cases.timeline.view", Event.objects.system())
    rows = rows.filter(family_id__in=actor.subject_ids, created_at__gt=since).exclude(by_id=actor.post_id)
    return rows.select_related("family", "by__user").order_by("-created_at", "-id")[:15]


_HOMES, _LED, _PROMISED, _WITH_ME = Prepared(_homes), Prepared(_led), Prepared(_promised), Prepared(_works_with)
_LOOKS, _BY_OTHERS, _STAFF = Prepared(_looks), Prepared(_by_others), Prepared(_staff)
