"""A family led along the corridor by its verbs, for tests that need a case in a given place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gniazdo.access.actions import system_act
from gniazdo.assistance.actions.assign import assign_assistant, first_visit
from gniazdo.assistance.actions.basis import record_consent
from gniazdo.assistance.actions.closing import start_closing
from gniazdo.assistance.actions.intake import (
    Referral,
    assign_social_worker,
    find_need,
    record_interview,
    register_referral,
)
from gniazdo.assistance.models import AssistanceCase
from gniazdo.assistance.process import ASSISTANCE
from gniazdo.cases.actions import move_case
from gniazdo.cases.models import CaseFile
from gniazdo.orgs.tests.factories import Cast
from gniazdo.people.models import Family
from gniazdo.people.tests.factories import make_family

DAY = timedelta(days=1)
START = date(2026, 6, 1)


@dataclass
class Corridor:
    """Leads a family: `Corridor(cast).to("ACTIVE")` gives the case file there. Days follow one another from START."""

    cast: Cast
    name: str = "Testowi"
    on: date = START

    def family(self) -> Family:
        return make_family(self.cast.institution, self.name)

    def referred(self, family: Family | None = None, **told: Any) -> CaseFile:
        referral = Referral(**{"referrer": "SCHOOL", "learned_on": self.on, "causes": ("UPBRINGING",), **told})
        return register_referral(self.cast.actor("sonia"), family or self.family(), referral=referral, on=self.on)

    def to(self, state: str, *, assistant: str = "anna", **told: Any) -> CaseFile:
        """The case in that state, reached by the verbs (the plan's own verbs are skipped)."""
        cast, case = self.cast, self.referred(**told)
        if state == "REFERRED":
            return case
        case = assign_social_worker(cast.actor("maria"), case, post=cast.piotr, on=self.on)
        if state == "INTERVIEW":
            return case
        piotr = cast.actor("piotr")
        record_interview(piotr, case, number="12/2026", on=self.on, kind="FULL", findings="Ustalono.", today=cast.today)
        record_consent(piotr, case, on=self.on, today=cast.today)
        case = find_need(piotr, case, on=self.on)
        if state == "APPLIED":
            return case
        post = getattr(cast, assistant)
        case = assign_assistant(cast.actor("maria"), case, post=post, on=self.on)
        if state == "ASSIGNED":
            return case
        case = first_visit(cast.actor(assistant), case, on=self.on, today=cast.today)
        if state == "DIAGNOSIS":
            return case
        with system_act("test"):
            case = move_case(cast.actor(assistant), case, ASSISTANCE, "finish_diagnosis", on=self.on)
            case = move_case(cast.actor("maria"), case, ASSISTANCE, "approve_plan", on=self.on)
        if state == "ACTIVE":
            return case
        case = start_closing(cast.actor(assistant), case, reason="GOAL", note="Cele osiągnięte.", on=self.on)
        assert state == "CLOSING"
        return case


def told(case: CaseFile) -> AssistanceCase:
    """The case's details, fresh."""
    return AssistanceCase.objects.system().get(case_id=case.pk)


def closing_card(cast: Cast, case: CaseFile) -> None:
    """A final closing card, as the sheet leaves it."""
    from gniazdo.papers.models import SheetRecord

    with system_act("test"):
        SheetRecord(
            institution_id=case.institution_id, family_id=case.family_id, case=case, code="assistance.closing", version=1,
            status="final", started_on=case.state_since, finalised_on=case.state_since, answers={"note": "x"}, year=2026,
            number=1,
        ).save()  # fmt: skip
