"""Deadlines of family assistance: from learning of a family to the end of monitoring, courts and requests included."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Max

from gniazdo.assistance.models import (
    AssistanceCase,
    CourtRequest,
    FamilyAssessment,
    InformationRequest,
    MonitoringEntry,
    Visit,
)
from gniazdo.assistance.process import ASSISTANCE
from gniazdo.assistance.vocab import CONTACT_KINDS
from gniazdo.deadlines.queries import Deadline, Scope, Step
from gniazdo.deadlines.queries.office import chain as office_chain
from gniazdo.deadlines.queries.office import yearly
from gniazdo.deadlines.rules import Fact
from gniazdo.kernel.clock import WARSAW
from gniazdo.people.models import Consent, DisabilityCertificate, HazardFlag, Membership

KIND = "ASSISTANCE"
WORKING = frozenset(s.code for s in ASSISTANCE.states.values() if s.active)
IN_TOUCH = frozenset({"DIAGNOSIS", "PLANNED", "ACTIVE"})
CASE = "assistance.assistancecase"
LOG = "cases.transition"

type Span = tuple[date, date | None]


def spans(steps: Sequence[Step], states: Iterable[str]) -> list[Span]:
    """Periods a case stood in one of these states: (day it came, day it left or None), from its log of moves."""
    wanted = frozenset(states)
    found: list[Span] = []
    since: date | None = None
    for step in steps:
        inside = step.target in wanted
        if inside and since is None:
            since = step.on
        elif not inside and since is not None:
            found.append((since, step.on))
            since = None
    return found if since is None else [*found, (since, None)]


def first(steps: Sequence[Step], *, moves: Iterable[str] = (), source: str = "") -> date | None:
    """The day of the first of these moves, or of the first move out of a state."""
    wanted = frozenset(moves)
    return next((s.on for s in steps if s.move in wanted or (source and s.source == source)), None)


def _whose(deadline: Deadline, scope: Scope, case_id: UUID, role: str = "ASSISTANT") -> dict[str, Any]:
    """The post that works on the case; the manager's while nobody does."""
    post_id = scope.worker(case_id, role)
    return {"post_id": post_id, "role": deadline.role if post_id else "manager"}


def _known(scope: Scope) -> dict[UUID, Any]:
    """What the cases know of themselves, by case id."""
    fields = ("case_id", "is_urgent", "interview_on", "monitoring_until")
    return {row["case_id"]: row for row in scope.rows(AssistanceCase, *fields, day="learned_on")}


def _of_case(case: Any) -> dict[str, Any]:
    return {"family_id": case.family_id, "case_id": case.id, "subject_id": case.id}


def _start_interview(case_id: UUID, scope: Scope) -> tuple[str, ...]:
    """A report first gets a social worker; then the interview is written down."""
    if scope.state(case_id) == "REFERRED":
        return ("assistance:case-move", str(case_id), "assign_social_worker")
    return ("assistance:case-act", str(case_id), "wywiad")


def interview(deadline: Deadline, scope: Scope) -> Iterator[Fact]:
    """C-ASSIST-01: from the day the centre learned of the family; done by the interview, or when the report is rejected."""
    known = _known(scope)
    for case in scope.cases_of(KIND):
        facts, steps = known.get(case.id), scope.steps(case.id)
        if not facts:
            continue
        seen = facts["interview_on"] if facts["interview_on"] and facts["interview_on"] <= scope.on else None
        done = seen or first(steps, source="INTERVIEW", moves=("reject",))
        yield from scope.fact(
            deadline, start=facts["learned_on"], fulfilled_on=done, urgent=facts["is_urgent"],
            url=_start_interview(case.id, scope), **_of_case(case),
            **_whose(deadline, scope, case.id, "SOCIAL_WORKER"),
        )  # fmt: skip


def application(deadline: Deadline, scope: Scope) -> Iterator[Fact]:
    """C-ASSIST-02: after the interview, the analysis and what follows from it."""
    known = _known(scope)
    for case in scope.cases_of(KIND):
        start = known[case.id]["interview_on"] if case.id in known else None
        if start and start <= scope.on:
            yield from scope.fact(
                deadline, start=start, fulfilled_on=first(scope.steps(case.id), source="INTERVIEW"),
                url=("assistance:case-move", str(case.id), "find_need"), **_of_case(case),
                **_whose(deadline, scope, case.id, "SOCIAL_WORKER"),
            )  # fmt: skip


def in_states(
    deadline: Deadline, scope: Scope, *, states: tuple[str, ...], worker: str, url: tuple[str, ...] = ()
) -> Iterator[Fact]:
    """A term that runs while the case stands in some states and ends when it leaves them."""
    for case in scope.cases_of(KIND):
        whose = _whose(deadline, scope, case.id, worker) if worker else {}
        for since, left in spans(scope.steps(case.id), states):
            yield from scope.fact(
                deadline,
                start=since,
                fulfilled_on=left,
                url=(url[0], str(case.id), *url[1:]) if url else (),
                **_of_case(case),
                **whose,
            )


def plan(deadline: Deadline, scope: Scope) -> Iterator[Fact]:
    """C-ASSIST-04: from assignment to the approved plan; gone when the work ended before there was one."""
    for case in scope.cases_of(KIND):
        steps = scope.steps(case.id)
        for since, left in spans(steps, WORKING):
            inside = [s for s in steps if s.on >= since and (left is None or s.on <= left)]
            approved = first(inside, moves=("approve_plan",))
            if approved or left is None:
                yield from scope.fact(
                    deadline, start=since, fulfilled_on=approved, url=("plans:plan-case", str(case.id)),
                    **_of_case(case), **_whose(deadline, scope, case.id),
                )  # fmt: skip


def _chain(
    deadline: Deadline, scope: Scope, case: Any, start: date, days: Sequence[date], left: date | None, **more: Any
) -> Iterator[Fact]:
    """A repeating term: each performed day fulfils one row and starts the next; no row stays open after the end."""
    for done in sorted({d for d in days if d >= start and (left is None or d <= left)}):
        yield from scope.fact(deadline, start=start, fulfilled_on=done, **_of_case(case), **more)
        start = done
    if left is None:
        yield from scope.fact(deadline, start=start, **_of_case(case), **more)


def assessment(deadline: Deadline, scope: Scope) -> Iterator[Fact]:
    """C-ASSIST-05: at least every half year of work, counted from assignment and then from the last assessment."""
    midnight = datetime.combine(scope.on + timedelta(days=1), time.min, WARSAW)
    performed: dict[UUID, list[date]] = defaultdict(list)
    for row in scope.rows(FamilyAssessment, "case_id", "submitted_at", day="on"):
        if row["submitted_at"] and row["submitted_at"] < midnight:
            performed[row["case_id"]].append(row["on"])
    for case in scope.cases_of(KIND):
        for since, left in spans(scope.steps(case.id), WORKING):
            yield from _chain(
                deadline, scope, case, since, performed[case.id], left,
                url=("assistance:assessment-new", str(case.id)), **_whose(deadline, scope, case.id),
            )  # fmt: skip


def monitoring(deadline: Deadline, scope: Scope) -> Iterator[Fact]:
    """C-ASSIST-06: from the end of the work for the local period, or until the day chosen in the case."""
    known = _known(scope)
    for case in scope.cases_of(KIND):
        chosen = known[case.id]["monitoring_until"] if case.id in known else None
        for since, left in spans(scope.steps(case.id), ("MONITORING",)):
            yield from scope.fact(
                deadline, start=since, fulfilled_on=left, set_on=chosen, url=("cases:case-view", str(case.id)),
                **_of_case(case), **_whose(deadline, scope, case.id),
            )  # fmt: skip


def monitoring_entry(deadline: Deadline, scope: Scope) -> Iterator[Fact]:
    """C-LOCAL-06: entries while monitoring lasts; an entry may name the day of the next one."""
    entries: dict[UUID, dict[date, date | None]] = defaultdict(dict)
    for row in scope.rows(MonitoringEntry, "case_id", "next_on", day="on"):
        entries[row["case_id"]][row["on"]] = row["next_on"]
    for case in scope.cases_of(KIND):
        whose = _whose(deadline, scope, case.id)
        for since, left in spans(scope.steps(case.id), ("MONITORING",)):
            days = sorted(d for d in entries[case.id] if d >= since and (left is None or d <= left))
            for start, done in zip([since, *days], [*days, None], strict=True):
                if done or left is None:
                    yield from scope.fact(
                        deadline, start=start, fulfilled_on=done, set_on=entries[case.id].get(start),
                        url=("assistance:case-act", str(case.id), "wpis-monitoringu"), **_of_case(case), **whose,
                    )  # fmt: skip


def contact(deadline: Deadline, scope: Scope) -> Iterator[Fact]:
    """C-LOCAL-05: how long without a contact, counted from the last one; attempts without contact do not count."""
    reached = [w.code for w in CONTACT_KINDS if w.group in ("visit", "contact")]
    if scope.known is None:
        rows = Visit.objects.system().filter(family_id__in=scope.family_ids, on__lte=scope.on, kind__in=reached)
        last: dict[UUID, date] = dict(rows.order_by().values_list("case_id").annotate(last=Max("on")))
    else:
        last = {row["case_id"]: row["on"] for row in scope.rows(Visit, "case_id", day="on", kind__in=reached)}
    for case in scope.cases_of(KIND):
        if scope.state(case.id) in IN_TOUCH:
            since = spans(scope.steps(case.id), IN_TOUCH)[-1][0]
            yield from scope.fact(
                deadline, start=max(since, last.get(case.id, since)), url=("assistance:visit-new", str(case.id)),
                **_of_case(case), **_whose(deadline, scope, case.id),
            )  # fmt: skip


def court(deadline: Deadline, scope: Scope, *, kinds: tuple[str, ...]) -> Iterator[Fact]:
    """C-ASSIST-07, C-ASSIST-08: the court's own day, until the answer is sent or the court withdraws."""
    fields = ("family_id", "case_id", "due_on", "sent_on", "withdrawn_on", "responsible_id")
    for request in scope.rows(CourtRequest, *fields, day="received_on", kind__in=kinds):
        ends = [d for d in (request["sent_on"], request["withdrawn_on"]) if d]
        whose = _whose(deadline, scope, request["case_id"]) if request["case_id"] else {"role": "manager"}
        if request["responsible_id"]:
            whose = {"post_id": request["responsible_id"], "role": deadline.role}
        yield from scope.fact(
            deadline, start=request["received_on"], set_on=request["due_on"], fulfilled_on=min(ends, default=None),
            family_id=request["family_id"], case_id=request["case_id"], subject_id=request["id"],
            subject_kind="assistance.courtrequest", url=("assistance:court-view", str(request["id"])), **whose,
        )  # fmt: skip


def list_of_assistants(deadline: Deadline, scope: Scope) -> Iterator[Fact]:
    """C-ASSIST-09: a criminal court's call for the list concerns no family; it runs until the answer is sent."""
    fields = ("sent_on", "withdrawn_on")
    of = {"institution_id": scope.institution_id, "family": None}
    for request in scope.rows(CourtRequest, *fields, day="received_on", of=of, kind="LIST"):
        yield from scope.fact(
            deadline, start=request["received_on"], subject_id=request["id"], subject_kind="assistance.courtrequest",
            fulfilled_on=min((d for d in (request["sent_on"], request["withdrawn_on"]) if d), default=None),
            url=("assistance:court-view", str(request["id"])),
        )  # fmt: skip


def information(deadline: Deadline, scope: Scope) -> Iterator[Fact]:
    """C-GEN-01: seven days for an answer, ours or theirs."""
    fields = ("family_id", "case_id", "answered_on", "author_id")
    for request in scope.rows(InformationRequest, *fields, day="on"):
        whose = _whose(deadline, scope, request["case_id"]) if request["case_id"] else {"role": "manager"}
        if not whose.get("post_id") and request["author_id"]:
            whose = {"post_id": request["author_id"], "role": deadline.role}
        yield from scope.fact(
            deadline, start=request["on"], fulfilled_on=request["answered_on"], family_id=request["family_id"],
            case_id=request["case_id"], subject_id=request["id"], subject_kind="assistance.informationrequest",
            url=("assistance:information-view", str(request["id"])), **whose,
        )  # fmt: skip


def _working_cases(scope: Scope) -> dict[UUID, Any]:
    """The family's case under way (work or monitoring) on the day, the newest when there are several."""
    going = WORKING | {"MONITORING"}
    return {case.family_id: case for case in scope.cases_of(KIND) if scope.state(case.id) in going}


def hazard(deadline: Deadline, scope: Scope) -> Iterator[Fact]:
    """C-LOCAL-07: a warning shown before visits is looked at again on its day, while somebody works with the family."""
    working = _working_cases(scope)
    if not working:
        return
    rows = scope.rows(
        HazardFlag, "family_id", "review_on", "lifted_on", day="raised_on", of={"family_id__in": list(working)}
    )
    for flag in rows:
        case = working[flag["family_id"]]
        yield from scope.fact(
            deadline, start=flag["raised_on"], set_on=flag["review_on"], fulfilled_on=flag["lifted_on"],
            family_id=flag["family_id"], case_id=case.id, subject_id=flag["id"], subject_kind="people.hazardflag",
            url=("people:family-people", str(flag["family_id"])),
            **_whose(deadline, scope, case.id),
        )  # fmt: skip


def certificate(deadline: Deadline, scope: Scope) -> Iterator[Fact]:
    """C-LOCAL-08: a certificate of disability runs out, unless a newer one was issued."""
    working = _working_cases(scope)
    if not working:
        return
    families = defaultdict(list)
    of = {"family_id__in": list(working)}
    for member in scope.rows(Membership, "person_id", "family_id", "until", day="since", of=of):
        if member["until"] is None or member["until"] > scope.on:
            families[member["person_id"]].append(member["family_id"])
    rows = scope.rows(
        DisabilityCertificate, "person_id", "valid_until", day="issued_on", undated=True,
        of={"person_id__in": list(families)},
    )  # fmt: skip
    for row in rows:
        if row["valid_until"] is None:
            continue
        start = row["issued_on"] or row["valid_until"]
        newer = [
            r["issued_on"]
            for r in rows
            if r["person_id"] == row["person_id"] and r["issued_on"] and r["issued_on"] > start
        ]
        for family_id in families[row["person_id"]]:
            case = working[family_id]
            yield from scope.fact(
                deadline, start=start, set_on=row["valid_until"], fulfilled_on=min(newer, default=None),
                family_id=family_id, case_id=case.id, subject_id=row["id"], subject_kind="people.disabilitycertificate",
                url=("people:person-view", str(row["person_id"])),
                **_whose(deadline, scope, case.id),
            )  # fmt: skip


def consent(deadline: Deadline, scope: Scope) -> Iterator[Fact]:
    """C-LOCAL-10: a consent given for a time runs out, unless it was withdrawn or the same person gave a newer one.

    Nobody must renew it: after its last day nothing is due, the family's page says that it has expired.
    """
    working = _working_cases(scope)
    if not working:
        return
    fields = ("family_id", "person_id", "kind", "valid_until", "withdrawn_on")
    rows = scope.rows(Consent, *fields, day="given_on", of={"family_id__in": list(working)})
    for row in (r for r in rows if r["valid_until"] and r["valid_until"] >= scope.on):
        alike = [r for r in rows if all(r[name] == row[name] for name in ("family_id", "person_id", "kind"))]
        ends = [r["given_on"] for r in alike if r["given_on"] > row["given_on"]]
        ends += [row["withdrawn_on"]] if row["withdrawn_on"] else []
        case = working[row["family_id"]]
        yield from scope.fact(
            deadline, start=row["given_on"], set_on=row["valid_until"], fulfilled_on=min(ends, default=None),
            family_id=row["family_id"], case_id=case.id, subject_id=row["id"], subject_kind="people.consent",
            url=("people:family-add", str(row["family_id"]), "zgoda"), **_whose(deadline, scope, case.id),
        )  # fmt: skip


Deadline("assistance.interview", clock="C-ASSIST-01", label="Wywiad środowiskowy", role="social_worker",
         reads=(CASE, LOG), compute=interview, severity="high", warn="assistance.interview_warn_days")  # fmt: skip
Deadline("assistance.application", clock="C-ASSIST-02", label="Analiza i wniosek po wywiadzie", role="social_worker",
         reads=(CASE, LOG), compute=application)  # fmt: skip
Deadline("assistance.assignment", clock="C-ASSIST-03", label="Przydział asystenta", role="manager", reads=(LOG,),
         compute=partial(in_states, states=("APPLIED", "WAITING"), worker="", url=("assistance:case-assign",)),
         severity="high")  # fmt: skip
Deadline("assistance.first_visit", clock="C-LOCAL-01", label="Pierwsza wspólna wizyta", role="assistant", reads=(LOG,),
         compute=partial(in_states, states=("ASSIGNED",), worker="ASSISTANT", url=("assistance:case-move", "first_visit")))  # fmt: skip
Deadline("assistance.diagnosis", clock="C-LOCAL-02", label="Diagnoza sytuacji rodziny", role="assistant", reads=(LOG,),
         compute=partial(in_states, states=("DIAGNOSIS",), worker="ASSISTANT", url=("papers:sheet-start", "assistance.diagnosis")))  # fmt: skip
Deadline(
    "assistance.plan", clock="C-ASSIST-04", label="Plan pracy z rodziną", role="assistant", reads=(LOG,), compute=plan
)
Deadline("assistance.plan_approval", clock="C-LOCAL-03", label="Zatwierdzenie planu", role="manager", reads=(LOG,),
         compute=partial(in_states, states=("PLANNED",), worker="", url=("plans:plan-case",)))  # fmt: skip
Deadline("assistance.suspension", clock="C-LOCAL-04", label="Decyzja po zawieszeniu pracy", role="assistant", reads=(LOG,),
         compute=partial(in_states, states=("SUSPENDED",), worker="ASSISTANT", url=("cases:case-view",)))  # fmt: skip
Deadline("assistance.assessment", clock="C-ASSIST-05", label="Okresowa ocena sytuacji rodziny", role="assistant",
         reads=(LOG, "assistance.familyassessment"), compute=assessment, severity="high",
         warn="assistance.assessment_warn_days")  # fmt: skip
Deadline("assistance.monitoring", clock="C-ASSIST-06", label="Koniec monitoringu", role="assistant",
         reads=(CASE, LOG), compute=monitoring)  # fmt: skip
Deadline("assistance.monitoring_entry", clock="C-LOCAL-06", label="Wpis z monitoringu", role="assistant",
         reads=(LOG, "assistance.monitoringentry"), compute=monitoring_entry, severity="low")  # fmt: skip
Deadline("assistance.contact", clock="C-LOCAL-05", label="Kontakt z rodziną", role="assistant",
         reads=(LOG, "assistance.visit"), compute=contact, severity="low", doers=("assistant", "social_worker"))  # fmt: skip
Deadline("assistance.court_opinion", clock="C-ASSIST-07", label="Opinia dla sądu", role="assistant",
         reads=("assistance.courtrequest",), compute=partial(court, kinds=("OPINION",)), severity="high",
         warn="assistance.court_warn_days", extendable=False)  # fmt: skip
Deadline("assistance.court_report", clock="C-ASSIST-08", label="Sprawozdanie dla sądu", role="assistant",
         reads=("assistance.courtrequest",), compute=partial(court, kinds=("REPORT", "PROBATION")), severity="high",
         warn="assistance.court_warn_days", extendable=False)  # fmt: skip
Deadline("assistance.information", clock="C-GEN-01", label="Odpowiedź na zapytanie", role="assistant",
         reads=("assistance.informationrequest",), compute=information)  # fmt: skip
Deadline("assistance.hazard", clock="C-LOCAL-07", label="Przegląd ostrzeżenia przed wizytą", role="assistant",
         reads=(LOG, "people.hazardflag"), compute=hazard, severity="low")  # fmt: skip
Deadline("assistance.certificate", clock="C-LOCAL-08", label="Wygasa orzeczenie o niepełnosprawności", role="assistant",
         reads=(LOG, "people.disabilitycertificate", "people.membership"), compute=certificate,
         severity="low", warn="assistance.certificate_warn_days", extendable=False)  # fmt: skip
Deadline("assistance.consent", clock="C-LOCAL-10", label="Koniec ważności zgody", role="assistant",
         reads=(LOG, "people.consent"), compute=consent, severity="low", warn="assistance.consent_warn_days",
         extendable=False)  # fmt: skip

# Duties of the institution itself (law.md 14.1).
Deadline("assistance.council_report", clock="C-COMM-01", label="Sprawozdanie roczne dla rady gminy", role="manager", of="institution",
         reads=("deadlines.officeevent", "orgs.institution"), compute=partial(yearly, kind="COUNCIL_REPORT"), severity="high",
         warn="assistance.council_warn_days")  # fmt: skip
Deadline("assistance.programme", clock="C-COMM-02", label="Nowy gminny program wspierania rodziny", role="manager", of="institution",
         reads=("deadlines.officeevent",), compute=partial(office_chain, kind="PROGRAMME"),
         warn="assistance.programme_warn_days")  # fmt: skip
Deadline("assistance.court_list", clock="C-ASSIST-09", label="Lista asystentów dla sądu karnego", role="manager", of="institution",
         reads=("assistance.courtrequest",), compute=list_of_assistants, severity="high", extendable=False)  # fmt: skip
