"""Reads for looking back: monthly numbers and report, trends by area, evidence of a period, an assessment with its past."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from gniazdo.access.queries import fetch, on_access_list, reads, role
from gniazdo.access.rules import Actor
from gniazdo.assistance.models import (
    AreaScore,
    AssessedGoal,
    Evidence,
    FamilyAssessment,
    MonthlyReport,
    Visit,
    VisitActivity,
)
from gniazdo.assistance.queries.tasks import Tally, tally
from gniazdo.assistance.queries.visits import READERS
from gniazdo.assistance.rules import assessment_due
from gniazdo.assistance.vocab import ACTIVITIES, CONTACT_KINDS, SCALE_STEPS
from gniazdo.cases.models import Assignment, CaseFile
from gniazdo.kernel.speech import say
from gniazdo.kernel.terms import add_months
from gniazdo.orgs.queries import parameter
from gniazdo.plans.models import Goal, GoalAttainment, Progress
from gniazdo.plans.queries import current_version
from gniazdo.plans.vocab import AREAS, PROGRESS
from gniazdo.platform.models import Prepared

ASSISTANTS = on_access_list & role("assistant", label="asystent rodziny")
CASE_READ = "assistance.review.view"
REACHED = tuple(w.code for w in CONTACT_KINDS if w.group in ("visit", "contact"))
"""Kinds of contact in which the family was reached."""


@reads(CASE_READ, label="Sprawozdania i oceny rodziny", who=READERS)
def case_to_review(actor: Actor, case_id: UUID) -> CaseFile:
    """The case looked back on. Raises NotHere."""
    return fetch(actor, CASE_READ, CaseFile.objects.system().select_related("family"), case_id)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Counts of a period: visits, other contacts, failed attempts, minutes with the family, activities by frequency, and
    contacts by the points of art. 15 ust. 1. A visit made by two workers is one visit here."""

    visits: int = 0
    contacts: int = 0
    failed: int = 0
    minutes: int = 0
    activities: tuple[tuple[str, int], ...] = ()
    tasks: tuple[Tally, ...] = ()

    def as_json(self) -> dict[str, object]:
        """For keeping with a report that was handed in."""
        return {
            "visits": self.visits, "contacts": self.contacts, "failed": self.failed, "minutes": self.minutes,
            "activities": [list(a) for a in self.activities], "tasks": [[t.point, t.count] for t in self.tasks],
        }  # fmt: skip

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Numbers:
        """Counts as a report that was handed in keeps them."""
        return cls(
            visits=int(kept["visits"]), contacts=int(kept["contacts"]), failed=int(kept["failed"]),
            minutes=int(kept["minutes"]), activities=tuple((str(label), int(n)) for label, n in kept["activities"]),
            tasks=tuple(Tally(str(point), int(n)) for point, n in kept.get("tasks", ())),
        )  # fmt: skip


def numbers(case_id: UUID, *, since: date, until: date) -> Numbers:
    """Counts of a case for days since ≤ day < until; what was done counts only where the family was reached.

    For callers holding an allowed case.
    """
    rows = Visit.objects.system().filter(case_id=case_id, on__gte=since, on__lt=until).exclude(kind="NOTE")
    count: dict[str, int] = defaultdict(int)
    minutes = 0
    for kind, how_many, spent in rows.order_by().values_list("kind").annotate(Count("pk"), Sum("minutes")):
        group = CONTACT_KINDS[kind].group if kind in CONTACT_KINDS else "contact"
        count[group] += how_many
        minutes += (spent or 0) if group in ("visit", "contact") else 0
    done = (
        VisitActivity.objects.system()
        .filter(visit__case_id=case_id, visit__on__gte=since, visit__on__lt=until, visit__kind__in=REACHED)
        .order_by("visit_id", "code")
        .values_list("visit_id", "code")
    )
    by_visit: dict[UUID, list[str]] = defaultdict(list)
    for visit_id, code in done:
        by_visit[visit_id].append(code)
    often = Counter(code for codes in by_visit.values() for code in codes)
    activities = sorted(((ACTIVITIES.label_of(code), n) for code, n in often.items()), key=lambda a: (-a[1], a[0]))
    return Numbers(
        count["visit"], count["contact"], count["failed"], minutes, tuple(activities), tally(by_visit.values())
    )


def monthly_numbers(case_id: UUID, *, month: date) -> Numbers:
    """Counts of a case in the month of that day."""
    first = month.replace(day=1)
    return numbers(case_id, since=first, until=add_months(first, 1))


def report_numbers(case_id: UUID, report: MonthlyReport | None, *, month: date) -> Numbers:
    """Counts a report shows: those kept when it was handed in, until then as visits say now."""
    if report is not None and report.state == "SUBMITTED" and report.counts:
        return Numbers.from_json(report.counts)
    return monthly_numbers(case_id, month=month)


def visits_between(case_id: UUID, *, since: date, until: date, limit: int = 120) -> list[Visit]:
    """Visits with words to choose from, oldest first, days since ≤ day < until."""
    rows = Visit.objects.system().filter(case_id=case_id, on__gte=since, on__lt=until)
    return list(rows.prefetch_related("activities").order_by("on", "starts", "id")[:limit])


def report_of(case_id: UUID, *, month: date) -> MonthlyReport | None:
    """The report of that month, or None. For callers holding an allowed case."""
    return (
        MonthlyReport.objects.system()
        .filter(case_id=case_id, month=month.replace(day=1))
        .select_related("post__user", "read_by_worker__user", "read_by_manager__user")
        .first()
    )


@dataclass(frozen=True, slots=True)
class Trend:
    """How one area went: (day, score) pairs oldest first, on one scale. Never summed with another."""

    area: str
    label: str
    points: tuple[tuple[date, int], ...]
    lowest: int
    highest: int

    @property
    def last(self) -> int | None:
        """The latest score."""
        return self.points[-1][1] if self.points else None

    @property
    def scores(self) -> list[float]:
        """The scores alone, oldest first, for the small line."""
        return [float(score) for _on, score in self.points]


def _scores(case_id: UUID) -> QuerySet[Any, Any]:
    rows = AreaScore.objects.system().filter(case_id=case_id, score__isnull=False).exclude(assessment__state="DRAFT")
    return rows.order_by("on", "id").values_list("area", "on", "score", "scale")


_SCORES = Prepared(_scores)


def trends(case_id: UUID) -> list[Trend]:
    """Twelve small lines: scores by area from the diagnosis and each assessment handed in, on the newest scale used.
    For callers holding an allowed case."""
    found = _SCORES.rows(case_id=case_id)
    if not found:
        return []
    scale = found[-1][3]
    steps = [step for step, _label in SCALE_STEPS[scale]]
    points: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for area, on, score, used in found:
        if used == scale and score is not None:
            points[area].append((on, score))
    return [Trend(w.code, say(w.label), tuple(points[w.code]), min(steps), max(steps)) for w in AREAS if points[w.code]]


def previous_scores(case_id: UUID, *, before: UUID | None = None) -> dict[str, AreaScore]:
    """The latest score of each area: of assessments handed in other than `before`, else of the diagnosis."""
    rows = AreaScore.objects.system().filter(case_id=case_id).exclude(assessment__state="DRAFT")
    if before:
        rows = rows.exclude(assessment_id=before)
    return {row.area: row for row in rows.order_by("on", "id")}


def scale_of(actor: Actor, *, on: date) -> str:
    """The institution's scale that day, a code of SCALES."""
    return str(parameter(actor.institution_id, "assistance.assessment_scale", on=on))


@dataclass(frozen=True, slots=True)
class Offered:
    """Something of the period that may be ticked as evidence: where from, when, its words."""

    source_kind: str
    source_id: UUID
    on: date
    label: str
    text: str
    areas: tuple[str, ...] = ()


POINT_AREAS = {
    "HOUSEHOLD": "HOUSING", "BUDGET": "BUDGET", "OFFICE": "OFFICES", "LEGAL": "OFFICES", "HEALTH": "HEALTH",
    "EMO": "HEALTH", "ADDICT": "HEALTH", "CONFLICT": "RELATIONS", "EDU_PARENT": "UPBRINGING", "EDU_DEV": "CARE",
    "SCHOOL": "SCHOOL", "TIME": "SOCIAL", "SKILLS": "WORK", "WORK": "WORK", "GROUP": "UPBRINGING", "CHILD": "SCHOOL",
    "SAFETY": "RISK", "CONSULT": "UPBRINGING", "CONTACT": "UPBRINGING",
}  # fmt: skip
"""Which drawer of evidence a kind of activity opens first; the worker may tick it elsewhere."""


def offered(case_id: UUID, *, since: date, until: date) -> list[Offered]:
    """Visits with words and progress of the plan in the period (since ≤ day < until), newest first."""
    found = [
        Offered(
            "assistance.visit", v.pk, v.on, CONTACT_KINDS.label_of(v.kind),
            " ".join(t.strip() for t in (v.course, v.observation) if t.strip()),
            tuple(sorted({POINT_AREAS[a.code] for a in v.activities.all() if a.code in POINT_AREAS})),
        )
        for v in visits_between(case_id, since=since, until=until)
        if v.course.strip() or v.observation.strip()
    ]  # fmt: skip
    entries = (
        Progress.objects.system()
        .filter(plan__case_id=case_id, on__gte=since, on__lt=until)
        .select_related("goal", "task")
        .order_by("on", "id")[:120]
    )
    found += [
        Offered(
            "plans.progress", e.pk, e.on, PROGRESS.label_of(e.state) if e.state else "komentarz",
            ". ".join(t for t in ((e.task.description if e.task else e.goal.wording), e.comment) if t),
            (e.goal.area,) if e.goal.area else (),
        )
        for e in entries
    ]  # fmt: skip
    return sorted(found, key=lambda o: o.on, reverse=True)


@reads("assistance.assessment.view", label="Okresowa ocena sytuacji rodziny", who=READERS)
def assessment_of(actor: Actor, assessment_id: UUID) -> FamilyAssessment:
    """One assessment. Raises NotHere."""
    rows = FamilyAssessment.objects.system().select_related("family", "case", "post__user", "read_by__user")
    return fetch(actor, "assistance.assessment.view", rows, assessment_id)


def assessments_of(case_id: UUID) -> list[FamilyAssessment]:
    """Assessments of a case, newest first (two a year). For callers holding an allowed case."""
    return list(FamilyAssessment.objects.system().filter(case_id=case_id).order_by("-number")[:60])


def next_assessment(case: CaseFile) -> date | None:
    """The day by which the next periodic assessment is due (C-ASSIST-05), None before an assistant is assigned."""
    since = (
        Assignment.objects.system()
        .filter(case=case, role="ASSISTANT")
        .order_by("since")
        .values_list("since", flat=True)
        .first()
    )
    if since is None:
        return None
    done = FamilyAssessment.objects.system().filter(case=case).exclude(state="DRAFT").values_list("on", flat=True)
    return assessment_due(since, list(done))


@dataclass(frozen=True, slots=True)
class GoalToAssess:
    """A goal of the plan in force and how far it was reached when last evaluated."""

    goal: Goal
    degree: int | None
    on: date | None


def goals_to_assess(case_id: UUID) -> list[GoalToAssess]:
    """Goals of the approved plan with their latest degree, in its order. For callers holding an allowed case."""
    version = current_version(case_id)
    if version is None:
        return []
    last = {
        done.root: done
        for done in GoalAttainment.objects.system().filter(plan_id=version.plan_id).order_by("on", "id")
    }  # fmt: skip
    found = []
    for goal in version.goals.order_by("order", "id"):
        done = last.get(goal.root)
        found.append(GoalToAssess(goal, done.degree if done else None, done.on if done else None))
    return found


def assessed_goals(assessment: FamilyAssessment) -> list[AssessedGoal]:
    """What the assessment says of each goal, in the order of the plan."""
    return list(assessment.goals.select_related("goal").order_by("goal__order", "id"))


def evidence_of(assessment: FamilyAssessment) -> dict[str, list[Evidence]]:
    """Chosen evidence by area."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    for row in assessment.evidence.order_by("on", "id"):
        found[row.area].append(row)
    return found
