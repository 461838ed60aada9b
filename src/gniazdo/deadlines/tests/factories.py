"""A family's case walked through time, for tests of deadlines: every step is a verb, so rows refresh as in life."""

from __future__ import annotations

from datetime import date, datetime, time

from gniazdo.access.actions import action
from gniazdo.access.queries import PERMISSIONS, nobody
from gniazdo.access.rules import Actor
from gniazdo.assistance.models import AssistanceCase, CourtRequest, FamilyAssessment, MonitoringEntry, Visit
from gniazdo.assistance.process import ASSISTANCE
from gniazdo.cases.actions import assign_worker, end_assignment, move_case, open_case
from gniazdo.cases.models import Assignment, CaseFile
from gniazdo.kernel import clock
from gniazdo.kernel.clock import WARSAW
from gniazdo.orgs.models import Post
from gniazdo.orgs.queries import system_actor
from gniazdo.people.models import Family


class Walk:
    """One case and the day it is lived on. Every method is one verb by the system actor."""

    def __init__(self, family: Family, on: date, *, urgent: bool = False) -> None:
        self.family, self.actor = family, system_actor(family.institution)
        with clock.stopped(on):
            self.case: CaseFile = _open(self.actor, family, on=on, urgent=urgent)

    def state(self) -> str:
        return CaseFile.objects.system().get(pk=self.case.pk).state

    def move(self, move: str, on: date) -> None:
        with clock.stopped(on):
            _move(self.actor, self.case, move=move, on=on)

    def interview(self, on: date) -> None:
        with clock.stopped(on):
            _interview(self.actor, self.case, on=on)

    def assign(self, post: Post, on: date, role: str = "ASSISTANT") -> None:
        with clock.stopped(on):
            _assign(self.actor, self.case, post=post, on=on, role=role)

    def visit(self, post: Post, on: date, kind: str = "PLANNED") -> None:
        with clock.stopped(on):
            _visit(self.actor, self.case, post=post, on=on, kind=kind)

    def assess(self, on: date) -> None:
        with clock.stopped(on):
            _assess(self.actor, self.case, on=on)

    def watch(self, on: date, next_on: date | None = None) -> None:
        with clock.stopped(on):
            _watch(self.actor, self.case, on=on, next_on=next_on)

    def court_asks(self, on: date, due_on: date) -> CourtRequest:
        with clock.stopped(on):
            return _court(self.actor, self.case, on=on, due_on=due_on)

    def answer(self, request: CourtRequest, on: date) -> None:
        with clock.stopped(on):
            _answer(self.actor, request, on=on)

    def to_active(self, assistant: Post, social_worker: Post, on: date) -> Walk:
        """The quick way to work under way, all on one day."""
        self.assign(social_worker, on, "SOCIAL_WORKER")
        self.move("assign_social_worker", on)
        self.interview(on)
        self.move("find_need", on)
        self.assign(assistant, on)
        for move in ("assign", "first_visit", "finish_diagnosis", "approve_plan"):
            self.move(move, on)
        return self


if "test.walk.open" not in PERMISSIONS:

    @action("test.walk.open", label="Otwórz", who=nobody)
    def _open(actor: Actor, family: Family, *, on: date, urgent: bool) -> CaseFile:
        case = open_case(actor, family, ASSISTANCE, kind="ASSISTANCE", jrwa="5022", on=on)
        AssistanceCase(
            institution_id=actor.institution_id, case=case, family=family, learned_on=on, referrer="SCHOOL",
            is_urgent=urgent, urgency_reason="zagrożenie zdrowia" if urgent else "",
        ).save()  # fmt: skip
        return case

    @action("test.walk.move", label="Ruch", who=nobody)
    def _move(actor: Actor, case: CaseFile, *, move: str, on: date) -> None:
        move_case(actor, case, ASSISTANCE, move, on=on, note="powód")

    @action("test.walk.interview", label="Wywiad", who=nobody)
    def _interview(actor: Actor, case: CaseFile, *, on: date) -> None:
        facts = AssistanceCase.objects.system().get(case=case)
        facts.interview_on = facts.interview_on or on
        facts.save()

    @action("test.walk.assign", label="Przydział", who=nobody)
    def _assign(actor: Actor, case: CaseFile, *, post: Post, on: date, role: str) -> None:
        for old in Assignment.objects.system().filter(case=case, role=role, until=None):
            end_assignment(actor, old, on=on)
        assign_worker(actor, case, post, role=role, on=on)

    @action("test.walk.visit", label="Wizyta", who=nobody)
    def _visit(actor: Actor, case: CaseFile, *, post: Post, on: date, kind: str) -> None:
        Visit(
            institution_id=actor.institution_id, family_id=case.family_id, case=case, post=post, on=on, starts=time(10),
            minutes=60, kind=kind,
        ).save()  # fmt: skip

    @action("test.walk.assess", label="Ocena", who=nobody)
    def _assess(actor: Actor, case: CaseFile, *, on: date) -> None:
        number = FamilyAssessment.objects.system().filter(case=case).count() + 1
        FamilyAssessment(
            institution_id=actor.institution_id, family_id=case.family_id, case=case, number=number, state="SUBMITTED",
            since=on, on=on, scale="1-5", submitted_at=datetime.combine(on, time(12), WARSAW),
        ).save()  # fmt: skip

    @action("test.walk.watch", label="Monitoring", who=nobody)
    def _watch(actor: Actor, case: CaseFile, *, on: date, next_on: date | None) -> None:
        MonitoringEntry(
            institution_id=actor.institution_id, family_id=case.family_id, case=case, on=on, form="VISIT", stable="spokój",
            decision="GO_ON", next_on=next_on,
        ).save()  # fmt: skip

    @action("test.walk.court", label="Sąd pyta", who=nobody)
    def _court(actor: Actor, case: CaseFile, *, on: date, due_on: date) -> CourtRequest:
        request = CourtRequest(
            institution_id=actor.institution_id, family_id=case.family_id, case=case, kind="OPINION",
            court="Sąd Rejonowy w Dębowie", docket="III Nsm 1/26", received_on=on, due_on=due_on,
        )  # fmt: skip
        request.save()
        return request

    @action("test.walk.answer", label="Odpowiedź sądowi", who=nobody)
    def _answer(actor: Actor, request: CourtRequest, *, on: date) -> None:
        request = CourtRequest.objects.system().get(pk=request.pk)
        request.sent_on, request.channel = on, "POST"
        request.save()
