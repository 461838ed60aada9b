"""Reads of plans: a version as a value, what changed, the plan in five lines, progress by goal."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from gniazdo.access.queries import fetch, on_access_list, reads, role, visible
from gniazdo.access.rules import Actor, NotHere
from gniazdo.orgs.queries import during
from gniazdo.papers.models import StoredFile
from gniazdo.people.models import Family, Membership
from gniazdo.plans.models import (
    ExpectedEffect,
    Goal,
    GoalAttainment,
    GoalPerson,
    Plan,
    PlanSignature,
    PlanTask,
    PlanVersion,
    Progress,
)
from gniazdo.plans.rules import Changed, Content, Effect, Task, diff
from gniazdo.plans.rules import Goal as GoalValue
from gniazdo.plans.vocab import PROGRESS
from gniazdo.platform.models import Prepared

CAN_READ = role("manager", label="kierownik jednostki") | (
    on_access_list
    & role(
        "assistant", "social_worker", "specialist", "team_leader", "coordinator",
        label="asystent, pracownik socjalny, specjalista, koordynator, kierownik zespołu",
    )
)  # fmt: skip
CAN_WRITE = on_access_list & role("assistant", "social_worker", label="asystent rodziny lub pracownik socjalny")
CAN_APPROVE = role("manager", label="kierownik jednostki") | (
    on_access_list & role("team_leader", label="kierownik zespołu")
)


def content_of(version: PlanVersion) -> Content:
    """All a version says, as a value: five queries whatever its size."""
    goals = (
        Goal.objects.system()
        .filter(version_id=version.pk)
        .order_by("order", "id")
        .prefetch_related(Prefetch("tasks", PlanTask.objects.system().order_by("order", "id")))
        .prefetch_related(Prefetch("effects", ExpectedEffect.objects.system().order_by("order", "id")))
        .prefetch_related(Prefetch("for_persons", GoalPerson.objects.system().order_by("id")))
    )
    return Content(
        main_goal=version.main_goal, since=version.since, until=version.until, coordination=version.coordination,
        consulted_with=version.consulted_with, goals=tuple(_goal_value(g) for g in goals),
    )  # fmt: skip


def _goal_value(goal: Goal) -> GoalValue:
    return GoalValue(
        wording=goal.wording, area=goal.area, family_words=goal.family_words, priority=goal.priority,
        persons=tuple(str(p.person_id) for p in goal.for_persons.all()), root=str(goal.root),
        tasks=tuple(
            Task(t.description, t.doer, t.doer_name, t.due_on, t.frequency, t.support, str(t.root), t.state)
            for t in goal.tasks.all()
        ),
        effects=tuple(Effect(e.indicator, e.measured, str(e.root)) for e in goal.effects.all()),
    )  # fmt: skip


@reads("plans.plan.view", label="Przeglądanie planu", who=CAN_READ)
def plan_of(actor: Actor, plan_id: UUID) -> Plan:
    """One plan the actor may see. Raises NotHere."""
    return fetch(actor, "plans.plan.view", Plan.objects.system().select_related("family", "case"), plan_id)


@dataclass(frozen=True, slots=True)
class GoalState:
    """How a goal stands: its latest progress entries, newest first, and its latest attainment."""

    entries: tuple[Progress, ...]
    attainment: GoalAttainment | None


@dataclass(frozen=True, slots=True)
class VersionView:
    """Everything the page of one version shows."""

    plan: Plan
    version: PlanVersion
    content: Content
    versions: tuple[PlanVersion, ...]
    changes: tuple[Changed, ...]
    signatures: tuple[PlanSignature, ...]
    scans: tuple[StoredFile, ...]
    goals: dict[str, GoalState]
    names: dict[str, str]
    adults: tuple[Membership, ...]


def version_view(actor: Actor, plan: Plan, *, on: date, number: int | None = None) -> VersionView:
    """A version of a plan already fetched: the named one, else the one in force, else the newest. Raises NotHere."""
    versions = tuple(
        PlanVersion.objects.for_actor(actor).filter(plan=plan).order_by("-number").select_related("approved_by__user")
    )
    chosen = next(
        (v for v in versions if (v.number == number if number else v.status == "approved")),
        versions[0] if versions and number is None else None,
    )
    if chosen is None:
        raise NotHere("PlanVersion", {"code": "plans.plan.view", "id": str(number)})
    content = content_of(chosen)
    before = next((v for v in versions if v.number < chosen.number and v.status in ("approved", "superseded")), None)
    members = members_of(plan.family_id, on=on)
    return VersionView(
        plan=plan,
        version=chosen,
        content=content,
        versions=versions,
        changes=tuple(diff(content_of(before), content)) if before else (),
        signatures=tuple(PlanSignature.objects.system().filter(version=chosen).order_by("signed_on", "id")),
        scans=scans_of(chosen),
        goals=goal_states(plan),
        names={str(m.person_id): m.person.full_name for m in members},
        adults=tuple(m for m in members if m.role not in ("CHILD",)),
    )


def scan_key(version: PlanVersion) -> str:
    """How a stored file says that it is the signed version of a plan: in the place where it names the question it answers."""
    return f"plan:{version.pk}"


def scans_of(version: PlanVersion) -> tuple[StoredFile, ...]:
    """Scans of the signed version, oldest first. For callers that already hold an allowed plan; files open by their guard."""
    rows = StoredFile.objects.system().filter(family_id=version.family_id, question=scan_key(version), removed_on=None)
    return tuple(rows.order_by("id")[:40])


def members_of(family_id: UUID, *, on: date) -> list[Membership]:
    """The family's members that day with their persons, adults first (a family is a few rows)."""
    return sorted(_MEMBERS.records(family_id=family_id, on=on), key=lambda m: m.role == "CHILD")


def _members(family_id: UUID, on: date) -> QuerySet[Membership]:
    rows = Membership.objects.system().filter(during(on), family_id=family_id)
    return rows.select_related("person").order_by("person__born_on", "id")


def goal_states(plan: Plan) -> dict[str, GoalState]:
    """Progress and the latest attainment by the goal's root, over all versions of the plan."""
    entries: dict[str, list[Progress]] = defaultdict(list)
    for entry in Progress.objects.system().filter(plan=plan).order_by("-on", "-id")[:400]:
        entries[str(entry.root)].append(entry)
    attainments: dict[str, GoalAttainment] = {}
    for done in GoalAttainment.objects.system().filter(plan=plan).order_by("on", "id"):
        attainments[str(done.root)] = done
    return {root: GoalState(tuple(entries[root]), attainments.get(root)) for root in {*entries, *attainments}}


def current_version(case_id: UUID, *, kind: str = "FAMILY") -> PlanVersion | None:
    """The version in force in a case, or None. For callers that already hold an allowed case."""
    return (
        PlanVersion.objects.system()
        .filter(plan__case_id=case_id, plan__kind=kind, status="approved")
        .select_related("plan")
        .first()
    )


def plan_of_case(case_id: UUID, *, kind: str = "FAMILY") -> Plan | None:
    """The plan of a case, or None. For callers that already hold an allowed case."""
    return Plan.objects.system().filter(case_id=case_id, kind=kind, person=None).first()


def goals_in_force(case_id: UUID, *, kind: str = "FAMILY") -> list[Goal]:
    """The goals a worker may touch at a visit: of the version in force, else of the open one."""
    goals = _GOALS.records(case_id=case_id, kind=kind)
    in_force = [g for g in goals if g.version.status == "approved"]
    return in_force or goals


def _goals(case_id: UUID, kind: str) -> QuerySet[Goal]:
    rows = Goal.objects.system().filter(version__plan__case_id=case_id, version__plan__kind=kind)
    return rows.exclude(version__status="superseded").select_related("version__plan").order_by("order", "id")


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One goal in one line: what, how it stands, in words, and its degree when it was evaluated."""

    goal: str
    area: str
    state: str
    degree: int | None
    last_on: date | None
    url_id: UUID


def plan_in_lines(case_id: UUID, *, kind: str = "FAMILY", limit: int = 5) -> list[PlanLine]:
    """The plan in five lines, most urgent goals first. For callers that already hold an allowed case."""
    rows = _LINES.rows(case_id=case_id, kind=kind)
    in_force = [row for row in rows if row[0] == "approved"] or rows
    return [
        # A goal that was assessed has begun, though nobody noted its progress.
        PlanLine(
            goal,
            area,
            PROGRESS.label_of(state or ("NOT_STARTED" if degree is None else "IN_PROGRESS")),
            degree,
            last_on,
            plan_id,
        )
        for _status, plan_id, goal, area, state, last_on, degree in in_force[:limit]
    ]


def _lines(case_id: UUID, kind: str) -> QuerySet[Any, Any]:
    entries = (
        Progress.objects.system()
        .filter(plan_id=OuterRef("version__plan_id"), root=OuterRef("root"))
        .order_by("-on", "-id")
    )
    done = (
        GoalAttainment.objects.system()
        .filter(plan_id=OuterRef("version__plan_id"), root=OuterRef("root"))
        .order_by("-on", "-id")
    )
    return (
        Goal.objects.system()
        .filter(version__plan__case_id=case_id, version__plan__kind=kind)
        .exclude(version__status="superseded")
        .order_by("priority", "order", "id")
        .values_list(
            "version__status", "version__plan_id", "wording", "area",
            Subquery(entries.exclude(state="").values("state")[:1]), Subquery(entries.values("on")[:1]),
            Subquery(done.values("degree")[:1]),
        )
    )  # fmt: skip


_LINES, _GOALS, _MEMBERS = Prepared(_lines), Prepared(_goals), Prepared(_members)


@reads("plans.approval.list", label="Plany czekające na zatwierdzenie", who=CAN_APPROVE)
def waiting_for_approval(actor: Actor, *, limit: int = 50) -> list[PlanVersion]:
    """Versions submitted and not yet approved that the actor may approve, longest waiting first."""
    rows = PlanVersion.objects.system().filter(status="submitted").select_related("plan__family", "submitted_by__user")
    return list(visible(actor, "plans.approval.list", rows).order_by("submitted_on", "id")[:limit])


def family_of(actor: Actor, family_id: UUID) -> Family:
    """The family of a plan already allowed."""
    return Family.objects.for_actor(actor).get(pk=family_id)
