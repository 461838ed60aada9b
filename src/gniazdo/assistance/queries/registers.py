"""Lists that the office works from: intake, waiting families, court requests, monitoring, families with an assistant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Case, IntegerField, Max, Q, QuerySet, Value, When

from gniazdo.access.queries import fetch, on_access_list, reads, role, visible
from gniazdo.access.rules import Actor
from gniazdo.assistance.models import AssistanceCase, CourtRequest, InformationRequest
from gniazdo.assistance.process import ASSISTANCE
from gniazdo.assistance.queries.who import DISPOSES, INTAKE, LEADER, MANAGER, OFFICE
from gniazdo.assistance.rules import CASELOAD  # noqa: F401 - declares the clocks these lists count by
from gniazdo.cases.models import Assignment
from gniazdo.cases.queries import READ_CASE
from gniazdo.kernel.legal import CLOCKS, Due
from gniazdo.orgs.queries import during

LIMIT = 100
COURT_READERS = role("manager", "secretary", label="kierownik lub sekretariat") | on_access_list


@dataclass(frozen=True, slots=True)
class IntakeLine:
    """One report waiting for its interview or decision, with the day it is due and why."""

    row: AssistanceCase
    state: str
    due: Due | None
    days_left: int | None


def interview_due(row: AssistanceCase) -> Due:
    """When the interview is due: 14 working days, urgent 2 (C-ASSIST-01)."""
    return CLOCKS["C-ASSIST-01"].due(row.learned_on, urgent=row.is_urgent)


@reads("assistance.intake.list", label="Rejestr zgłoszeń", who=INTAKE)
def intake(actor: Actor, *, on: date, done: bool = False) -> list[IntakeLine]:
    """Reports not yet decided, urgent and oldest first; with `done`, those of the last 90 days that went further."""
    early = ("REFERRED", "INTERVIEW", "COURT_NOTIFIED", "APPLIED")
    rows = visible(actor, "assistance.intake.list", AssistanceCase.objects.system())
    if done:
        rows = rows.exclude(case__state__in=early).filter(learned_on__gte=on - timedelta(days=90))
        rows = rows.order_by("-learned_on", "-id")
    else:
        # Through the index of states: a few hundred cases of tens of thousands.
        here = {"case__institution_id": actor.institution_id, "case__kind": "ASSISTANCE"}
        rows = rows.filter(case__state__in=early, **here).order_by("-is_urgent", "learned_on", "id")
    made = []
    for row in rows.select_related("case", "family", "social_worker__user")[:LIMIT]:
        due = interview_due(row) if row.case.state in ("REFERRED", "INTERVIEW") and not row.interview_on else None
        made.append(IntakeLine(row, ASSISTANCE.label_of(row.case.state), due, (due.on - on).days if due else None))
    return made


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A family waiting for an assistant: its place, days and priority."""

    place: int
    row: AssistanceCase
    days: int


@reads("assistance.waiting.list", label="Lista oczekujących na asystenta", who=DISPOSES | OFFICE)
def waiting(actor: Actor, *, on: date) -> list[WaitingLine]:
    """Families without a free assistant, by priority and then by how long they wait."""
    order = Case(When(priority="URGENT", then=Value(0)), When(priority="HIGH", then=Value(1)), default=Value(2),
                 output_field=IntegerField())  # fmt: skip
    rows = (
        visible(actor, "assistance.waiting.list", AssistanceCase.objects.system())
        .filter(case__state="WAITING", case__institution_id=actor.institution_id, case__kind="ASSISTANCE")
        .annotate(rank=order)
        .select_related("case", "family")
        .order_by("rank", "waiting_since", "id")
    )
    return [WaitingLine(n, row, (on - (row.waiting_since or on)).days) for n, row in enumerate(rows[:LIMIT], start=1)]


@reads("assistance.court.list_view", label="Rejestr żądań sądu", who=COURT_READERS)
def court_register(actor: Actor, *, open_only: bool = True) -> list[CourtRequest]:
    """Court requests by deadline; with `open_only`, those not yet sent."""
    rows = visible(actor, "assistance.court.list_view", CourtRequest.objects.system())
    if open_only:
        rows = rows.filter(sent_on=None, withdrawn_on=None).order_by("due_on", "id")
    else:
        rows = rows.order_by("-received_on", "-id")
    return list(rows.select_related("family", "case", "responsible__user")[:LIMIT])


@reads("assistance.court.view", label="Zobacz żądanie sądu", who=COURT_READERS)
def court_request_of(actor: Actor, request_id: UUID | str) -> CourtRequest:
    """One court request. Raises NotHere."""
    rows = CourtRequest.objects.system().select_related("family", "case", "responsible__user")
    return fetch(actor, "assistance.court.view", rows, request_id)


@reads("assistance.information.list", label="Rejestr wymiany informacji", who=COURT_READERS)
def information(actor: Actor) -> list[tuple[InformationRequest, Due]]:
    """Questions to and from institutions without an answer, oldest first, with the seventh day (art. 190a)."""
    rows = visible(actor, "assistance.information.list", InformationRequest.objects.system()).filter(answered_on=None)
    found = rows.select_related("family", "case").order_by("on", "id")[:LIMIT]
    return [(row, CLOCKS["C-GEN-01"].due(row.on)) for row in found]


@reads("assistance.information.view", label="Zobacz zapytanie o informację", who=COURT_READERS)
def information_of(actor: Actor, request_id: UUID | str) -> InformationRequest:
    """One question to or from an institution. Raises NotHere."""
    rows = InformationRequest.objects.system().select_related("family", "case")
    return fetch(actor, "assistance.information.view", rows, request_id)


@reads("assistance.monitoring.list", label="Lista monitorowanych rodzin", who=READ_CASE)
def monitored(actor: Actor) -> list[AssistanceCase]:
    """Families in monitoring, the soonest to end first, with the day of the last entry (`last_on`)."""
    rows = visible(actor, "assistance.monitoring.list", AssistanceCase.objects.system()).filter(
        case__state="MONITORING"
    )
    return list(
        rows.annotate(last_on=Max("case__monitoring_entries__on"))
        .select_related("case", "family")
        .order_by("monitoring_until", "id")[:LIMIT]
    )


@reads("assistance.register.view", label="Rejestr rodzin z asystentem", who=MANAGER | OFFICE | LEADER)
def assisted(actor: Actor, *, since: date, until: date) -> list[tuple[AssistanceCase, str]]:
    """Families that had an assistant on some day of the period (both days belong), by case number, with the assistants."""
    rows: QuerySet[AssistanceCase] = visible(actor, "assistance.register.view", AssistanceCase.objects.system())
    rows = rows.filter(assigned_on__lte=until).filter(Q(ended_on=None) | Q(ended_on__gte=since))
    found = list(rows.select_related("case", "family").order_by("case__year", "case__number")[:2000])
    names: dict[UUID, list[str]] = {}
    workers = Assignment.objects.for_actor(actor).filter(
        case_id__in=[r.case_id for r in found], role="ASSISTANT", since__lte=until
    ).filter(Q(until=None) | Q(until__gt=since))  # fmt: skip
    for case_id, first, last in workers.order_by("since").values_list(
        "case_id", "post__user__first_name", "post__user__last_name"
    ):
        names.setdefault(case_id, []).append(f"{first} {last}")
    return [(r, ", ".join(dict.fromkeys(names.get(r.case_id, [])))) for r in found]


def families_of_post(actor: Actor, post_id: UUID, *, on: date) -> list[Assignment]:
    """The families an assistant works with that day, in Polish order. For callers that may reassign them."""
    rows = Assignment.objects.for_actor(actor).filter(during(on), post_id=post_id, role="ASSISTANT", until=None)
    return list(rows.select_related("case__family").order_by("case__family__sort_key", "id")[:60])
