"""The family page: one family understood at a glance, in a bounded number of queries whatever the size of its file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from gniazdo.access.queries import may, on_access_list, reads, role
from gniazdo.access.rules import Actor, NotHere
from gniazdo.assistance.models import AssistanceCase
from gniazdo.assistance.queries.case import basis_sentence
from gniazdo.assistance.queries.reviews import Trend, trends
from gniazdo.cases.models import CaseFile
from gniazdo.cases.queries import Timeline, Worker, state_label, timeline, workers_of
from gniazdo.deadlines.queries.board import Line, family_rows
from gniazdo.people.models import Family
from gniazdo.people.queries.families import FamilyHeader, family_header
from gniazdo.plans.queries import PlanLine, plan_in_lines
from gniazdo.platform.models import Prepared


@dataclass(frozen=True, slots=True)
class FamilyTop:
    """What always stands on top: who they are, on what basis we work, who works, what is next."""

    header: FamilyHeader
    case: CaseFile | None
    details: AssistanceCase | None
    state: str
    basis: str
    workers: list[Worker]
    due: list[Line]

    @property
    def next_due(self) -> Line | None:
        """The nearest open deadline."""
        return self.due[0] if self.due else None

    @property
    def overdue(self) -> int:
        """How many open deadlines are past."""
        return sum(line.days < 0 for line in self.due)


@dataclass(frozen=True, slots=True)
class FamilyGlance:
    """The first tab: timeline, the plan in lines, twelve trends."""

    timeline: Timeline
    plan: list[PlanLine]
    trends: list[Trend]


@reads("desk.family.view", label="Strona rodziny", who=role("manager", label="kierownik jednostki") | on_access_list)
def family_top(actor: Actor, family_id: UUID, *, on: date) -> FamilyTop:
    """The head of every page about a family. Raises NotHere."""
    if not may(actor, "desk.family.view", Family(pk=family_id, institution_id=actor.institution_id)):
        raise NotHere("Family", {"code": "desk.family.view", "id": str(family_id)})
    header = family_header(actor, family_id, on)
    rows = _DETAILS.records(actor=actor, family_id=family_id)
    current = next((r for r in rows if r.case.closed_on is None), rows[0] if rows else None)
    return FamilyTop(
        header=header,
        case=current.case if current else None,
        details=current,
        state=state_label(current.case) if current else "",
        basis=basis_sentence(current) if current else "",
        workers=workers_of(family_id, on=on),
        due=sorted(family_rows(actor, family_id, on=on), key=lambda line: line.due_on),
    )


def _details(actor: Actor, family_id: UUID) -> QuerySet[AssistanceCase]:
    rows = AssistanceCase.objects.for_actor(actor).filter(family_id=family_id).select_related("case")
    return rows.order_by("case__closed_on", "-case__opened_on")[:20]


_DETAILS = Prepared(_details)


def family_glance(actor: Actor, top: FamilyTop, *, kinds: list[str], before: str) -> FamilyGlance:
    """The first tab of the family page."""
    return FamilyGlance(
        timeline=timeline(actor, top.header.family_id, kinds=kinds, before=before),
        plan=plan_in_lines(top.case.pk) if top.case else [],
        trends=trends(top.case.pk) if top.case else [],
    )
