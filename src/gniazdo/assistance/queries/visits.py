"""Reads of visits and agreements: the form's beginning, the list, one visit and what it fed, gaps in contact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from gniazdo.access.queries import fetch, note_read, on_access_list, reads, role, visible
from gniazdo.access.rules import Actor, NotHere
from gniazdo.assistance.models import Agreement, Visit, VisitPerson, VisitRevision
from gniazdo.assistance.process import ASSISTANCE
from gniazdo.assistance.vocab import ACTIVITIES, CONTACT_KINDS
from gniazdo.cases.models import CaseFile, Event
from gniazdo.orgs.queries import parameter
from gniazdo.people.models import Membership
from gniazdo.plans.models import Goal, Progress
from gniazdo.plans.queries import goals_in_force, members_of
from gniazdo.platform.models import Prepared

VISITORS = on_access_list & role("assistant", "social_worker", label="asystent rodziny lub pracownik socjalny")
READERS = role("manager", label="kierownik jednostki") | (
    on_access_list
    & role(
        "assistant", "social_worker", "specialist", "team_leader", "coordinator",
        label="asystent, pracownik socjalny, specjalista, koordynator, kierownik zespołu",
    )
)  # fmt: skip

REAL_CONTACT = tuple(w.code for w in CONTACT_KINDS if w.group in ("visit", "contact"))
OPEN_STATES = tuple(code for code, state in ASSISTANCE.states.items() if not state.final)


@reads("assistance.visit.view", label="Przeglądanie wizyt i kontaktów", who=READERS)
def visit_of(actor: Actor, visit_id: UUID) -> Visit:
    """One visit with its rows. Raises NotHere."""
    rows = Visit.objects.system().select_related("family", "case", "post__user", "joint_post__user")
    return fetch(actor, "assistance.visit.view", rows, visit_id)


@reads("assistance.visit.prepare", label="Formularz wizyty", who=VISITORS)
def case_to_visit(actor: Actor, case_id: UUID) -> CaseFile:
    """The case a visit is being written in. Raises NotHere."""
    found: list[CaseFile] = _CASE.records(actor=actor, case_id=case_id)
    if not found:
        raise NotHere("CaseFile", {"code": "assistance.visit.prepare", "id": str(case_id)})
    note_read("assistance.visit.prepare", found[0])
    return found[0]


def _case(actor: Actor, case_id: UUID) -> QuerySet[CaseFile]:
    rows = visible(actor, "assistance.visit.prepare", CaseFile.objects.system()).filter(pk=case_id)
    return rows.select_related("family")


@dataclass(frozen=True, slots=True)
class Beginning:
    """What the visit form starts from, so that little is left to type."""

    members: tuple[Membership, ...]
    last: Visit | None
    present_last: frozenset[UUID]
    agreements: tuple[Agreement, ...]
    goals: tuple[Goal, ...]

    @property
    def children(self) -> tuple[Membership, ...]:
        """Children of the family, each to be ticked as seen."""
        return tuple(m for m in self.members if m.role == "CHILD")


def beginning(case: CaseFile, *, on: date) -> Beginning:
    """What is known before the visit: people, last contact, open agreements, goals. Six queries."""
    last = last_visit(case.family_id)
    return Beginning(
        members=tuple(members_of(case.family_id, on=on)),
        last=last,
        present_last=_present_last(case.family_id),
        agreements=tuple(open_agreements(case.family_id)),
        goals=tuple(goals_in_force(case.pk)),
    )


def _present_last(family_id: UUID) -> frozenset[UUID]:
    """Who was there the last time anybody was."""
    return frozenset(row[0] for row in _PRESENT.rows(family_id=family_id))


def _present(family_id: UUID) -> QuerySet[Any, Any]:
    rows = VisitPerson.objects.system().filter(family_id=family_id, present=True)
    latest = rows.order_by("-visit__on", "-visit__starts", "-visit_id").values("visit_id")[:1]
    return rows.filter(visit_id=Subquery(latest)).values_list("person_id")


def last_visit(family_id: UUID) -> Visit | None:
    """The latest real contact with a family (not an attempt, not a note). For callers holding an allowed family."""
    return next(iter(_LAST.records(family_id=family_id)), None)


def _last(family_id: UUID) -> QuerySet[Visit]:
    rows = Visit.objects.system().filter(family_id=family_id, kind__in=REAL_CONTACT)
    return rows.order_by("-on", "-starts", "-id")[:1]


def failed_in_a_row(case: CaseFile, *, on: date) -> int:
    """How many attempts in a row ended without contact, when they are as many as the unit's setting asks for; else 0."""
    limit = int(parameter(case.institution_id, "assistance.unsuccessful_contacts", on=on))
    rows = Visit.objects.system().filter(case=case).exclude(kind__in=("NOTE", "OFF_WORKER"))
    kinds = list(rows.order_by("-on", "-starts", "-id").values_list("kind", flat=True)[: limit + 10])
    row = next((n for n, kind in enumerate(kinds) if kind in REAL_CONTACT), len(kinds))
    return row if limit and row >= limit else 0


def open_agreements(family_id: UUID) -> list[Agreement]:
    """What the family or the assistant still has to do, the nearest first. For callers holding an allowed family."""
    return _AGREED.records(family_id=family_id)


def _agreed(family_id: UUID) -> QuerySet[Agreement]:
    return Agreement.objects.system().filter(family_id=family_id, state="OPEN").order_by("due_on", "id")[:30]


_CASE, _PRESENT, _LAST, _AGREED = Prepared(_case), Prepared(_present), Prepared(_last), Prepared(_agreed)


@reads("assistance.visit.list", label="Lista wizyt rodziny", who=READERS)
def visits_of_case(actor: Actor, case_id: UUID, *, before: UUID | None = None, limit: int = 25) -> list[Visit]:
    """Visits of a case, newest first; `before` is the last id of the page above (keyset)."""
    rows = visible(actor, "assistance.visit.list", Visit.objects.system().filter(case_id=case_id))
    if before:
        edge = rows.filter(pk=before).first()
        if edge:
            rows = rows.filter(
                Q(on__lt=edge.on)
                | Q(on=edge.on, starts__lt=edge.starts)
                | Q(on=edge.on, starts=edge.starts, id__lt=edge.pk),
                on__lte=edge.on,  # what an index walks
            )
    return list(
        rows.select_related("post__user").prefetch_related("activities").order_by("-on", "-starts", "-id")[:limit]
    )


@dataclass(frozen=True, slots=True)
class Fed:
    """What one visit gave to other papers, so that nobody writes it twice."""

    events: tuple[Event, ...]
    progress: tuple[Progress, ...]
    agreements: tuple[Agreement, ...]
    settled: tuple[Agreement, ...]
    revisions: tuple[VisitRevision, ...]
    points: tuple[tuple[str, str], ...]


def fed_by(visit: Visit) -> Fed:
    """What a visit fed: timeline, plan, agreements, statutory counts; and its earlier wordings."""
    activities = list(visit.activities.order_by("id"))
    return Fed(
        events=tuple(Event.objects.system().filter(record_id=visit.pk).order_by("-at")[:5]),
        progress=tuple(Progress.objects.system().filter(source_id=visit.pk).select_related("goal").order_by("id")),
        agreements=tuple(visit.agreements.order_by("id")),
        settled=tuple(visit.settled.order_by("id")),
        revisions=tuple(visit.revisions.select_related("by__user").order_by("-number")),
        points=tuple(
            (ACTIVITIES[a.code].group, ACTIVITIES.label_of(a.code)) for a in activities if a.code in ACTIVITIES
        ),
    )


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """A meeting agreed for a day: which family, when, where, what was agreed, who was there last time."""

    visit: Visit
    agreements: tuple[Agreement, ...]
    present_last: tuple[str, ...]
    is_done: bool


def visits_of_day(actor: Actor, *, on: date) -> list[PlannedVisit]:
    """Meetings the actor (or those they stand in for) agreed for that day, in time order, done ones marked."""
    planned = _MEETINGS.records(actor=actor, on=on)
    open_ones: dict[UUID, list[Agreement]] = {}
    for one in _UNSETTLED.records(actor=actor, families={v.family_id for v in planned}):
        open_ones.setdefault(one.family_id, []).append(one)
    met: dict[UUID, list[str]] = {}
    for one in _MET.records(actor=actor, visits=[v.pk for v in planned]):
        met.setdefault(one.visit_id, []).append(one.person.full_name)
    return [
        PlannedVisit(v, tuple(open_ones.get(v.family_id, ())), tuple(met.get(v.pk, ())), v.is_done) for v in planned
    ]


def _meetings(actor: Actor, on: date) -> QuerySet[Visit]:
    later = Visit.objects.system().filter(case=OuterRef("case"), on__gt=OuterRef("on"))
    done = later.filter(on__gte=OuterRef("next_on")).exclude(kind="NOTE")
    return (
        Visit.objects.for_actor(actor)
        .filter(next_on=on, post_id__in=actor.post_ids, family_id__in=actor.subject_ids)
        .annotate(is_done=Exists(done), replaced=Exists(later.filter(next_on__isnull=False, on__lt=on)))
        .filter(replaced=False)
        .select_related("family", "case")
        .order_by("next_at", "id")[:40]
    )


def _unsettled(actor: Actor, families: list[UUID]) -> QuerySet[Agreement]:
    rows = Agreement.objects.for_actor(actor).filter(family_id__in=families, state="OPEN")
    return rows.order_by("due_on", "id")


def _met(actor: Actor, visits: list[UUID]) -> QuerySet[VisitPerson]:
    rows = VisitPerson.objects.for_actor(actor).filter(visit_id__in=visits, present=True)
    return rows.select_related("person").order_by("visit_id", "id")


_MEETINGS, _UNSETTLED, _MET = Prepared(_meetings), Prepared(_unsettled), Prepared(_met)


@dataclass(frozen=True, slots=True)
class Gap:
    """An open case without contact: since when (None: never)."""

    case: CaseFile
    last_on: date | None
    days: int


@reads("assistance.contact.gaps", label="Rodziny bez kontaktu", who=READERS)
def contact_gaps(actor: Actor, *, on: date, days: int | None = None, limit: int = 50) -> list[Gap]:
    """Active cases the actor may see without a real contact for `days` (default: the institution's setting), worst first."""
    days = days if days is not None else int(parameter(actor.institution_id, "assistance.contact_gap_days", on=on))
    active = [code for code, state in ASSISTANCE.states.items() if state.active and code != "SUSPENDED"]
    rows = visible(
        actor, "assistance.contact.gaps", CaseFile.objects.system().filter(kind="ASSISTANCE", state__in=active)
    )
    edge = on - timedelta(days=days)
    found = (
        with_last_contact(rows)
        .filter(Q(last_contact__lt=edge) | Q(last_contact__isnull=True, state_since__lt=edge))  # type: ignore[misc]
        .select_related("family")
        .order_by("last_contact", "id")[:limit]
    )
    return [Gap(c, c.last_contact, (on - (c.last_contact or c.opened_on)).days) for c in found]  # type: ignore[attr-defined]


def with_last_contact(rows: QuerySet[CaseFile]) -> QuerySet[CaseFile]:
    """Cases with the day of their latest real contact as `last_contact`."""
    latest = Visit.objects.system().filter(case=OuterRef("pk"), kind__in=REAL_CONTACT).order_by("-on", "-starts")
    return rows.annotate(last_contact=Subquery(latest.values("on")[:1]))
