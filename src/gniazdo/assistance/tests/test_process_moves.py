"""Every move of practice 2.1 from its button: offered, made, journalled, its deadlines; refused to others and out of place."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from gniazdo.access.actions import system_act
from gniazdo.access.models import JournalEntry
from gniazdo.assistance.actions import assign, closing, course, intake
from gniazdo.assistance.actions.basis import record_consent
from gniazdo.assistance.actions.visit import record_failed_contact
from gniazdo.assistance.process import ASSISTANCE
from gniazdo.assistance.tests.corridor import START, Corridor, closing_card
from gniazdo.assistance.tests.working import make_work
from gniazdo.assistance.views.steps import MOVES
from gniazdo.cases.models import CaseFile, Transition
from gniazdo.deadlines.queries import compute
from gniazdo.kernel import clock

ELSEWHERE = {"assign", "first_visit", "finish_diagnosis", "approve_plan", "return_plan", "family_withdraws"}
"""Made from their own screens: test_assign_assistant, test_visit, test_family_plan, test_closing."""
DAY = {"on": START.isoformat()}
WHY = {**DAY, "note": "Uzasadnienie."}
RULING = {
    **DAY,
    "court": "Sąd Rejonowy",
    "docket": "III Nsm 1/26",
    "ruling_on": START.isoformat(),
    "scope": "matkę",
    "report_dates": "",
}
END = {**WHY, "outcome": "STAYS", "reason": "", "months": ""}
# move: (from, who makes it, what is answered, who may not, deadlines open after it)
TABLE: dict[str, tuple[str, str, dict[str, Any], str, set[str]]] = {
    "assign_social_worker": ("REFERRED", "maria", {**DAY, "post": "piotr"}, "sonia", {"interview"}),
    "reject": ("REFERRED", "maria", {**WHY, "reason": "AREA"}, "sonia", set()),
    "find_need": ("INTERVIEW+", "piotr", WHY, "lena", {"assignment"}),
    "find_no_grounds": ("INTERVIEW+", "piotr", WHY, "lena", set()),
    "family_refuses": ("INTERVIEW+", "piotr", WHY, "lena", set()),
    "notify_court": ("INTERVIEW+", "piotr", WHY, "lena", set()),
    "court_obliges": ("COURT_NOTIFIED", "piotr", RULING, "lena", {"assignment"}),
    "family_agrees": ("COURT_NOTIFIED", "piotr", WHY, "lena", {"assignment"}),
    "court_declines": ("COURT_NOTIFIED", "piotr", WHY, "lena", set()),
    "return_application": ("APPLIED", "maria", WHY, "piotr", set()),
    "put_on_waiting_list": ("APPLIED", "maria", {**DAY, "priority": "NORMAL", "reason": ""}, "piotr", {"assignment"}),
    "refuse_application": ("APPLIED", "maria", WHY, "piotr", set()),
    "suspend": ("ACTIVE", "anna", {**WHY, "reason": "HOSPITAL"}, "zofia", {"assessment", "suspension"}),
    "resume": ("SUSPENDED", "anna", WHY, "zofia", {"assessment", "contact"}),
    "resume_diagnosis": ("SUSPENDED", "anna", WHY, "zofia", {"assessment", "contact", "diagnosis"}),
    "transfer": ("ACTIVE", "maria", {**WHY, "to": "OPS Olszyny"}, "anna", set()),
    "start_closing": ("ACTIVE", "anna", {**WHY, "reason": "GOAL"}, "zofia", {"assessment"}),
    "withdraw_closing": ("CLOSING", "anna", WHY, "zofia", {"assessment", "contact"}),
    "close_to_monitoring": ("CLOSING+", "maria", END, "anna", {"monitoring", "monitoring_entry"}),
    "close": ("CLOSING+", "maria", END, "anna", set()),
    "end_monitoring": ("MONITORING+", "maria", WHY, "anna", set()),
    "reopen": ("MONITORING", "maria", WHY, "anna", {"interview"}),
    "archive": ("CLOSED", "maria", WHY, "anna", set()),
}  # fmt: skip


def at(cast, place: str, name: str = "Testowi") -> CaseFile:
    """A case in that state; `+` means with the paper the move asks for."""
    corridor, state = Corridor(cast, name=name), place.rstrip("+")
    if state in ("INTERVIEW", "COURT_NOTIFIED"):
        case = corridor.to("INTERVIEW")
        if place == "INTERVIEW":
            return case
        intake.record_interview(
            cast.actor("piotr"), case, number="1", on=START, kind="FULL", findings="Ustalono.", today=cast.today
        )
        if state == "INTERVIEW":
            record_consent(cast.actor("piotr"), case, on=START, today=cast.today)
            return case
        return intake.notify_court(cast.actor("piotr"), case, on=START, note="Zagrożenie.")
    if state == "WAITING":
        return assign.put_on_waiting_list(cast.actor("maria"), corridor.to("APPLIED"), on=START, priority="NORMAL")
    if state == "SUSPENDED":
        case = corridor.to("ACTIVE")
        return course.suspend_case(cast.actor("anna"), case, reason="HOSPITAL", note="", on=START)
    if state in ("MONITORING", "CLOSED") or place == "CLOSING+":
        case = corridor.to("CLOSING")
        closing_card(cast, case)
        if state == "CLOSING":
            return case
        if state == "CLOSED":
            return closing.close_case(cast.actor("maria"), case, outcome="STAYS", on=START, note="Rodzina radzi sobie.")
        case = closing.close_to_monitoring(cast.actor("maria"), case, outcome="STAYS", on=START)
        if place == "MONITORING+":
            closing.record_monitoring(
                cast.actor("anna"),
                case,
                on=START,
                form="VISIT",
                stable="Dobrze.",
                worrying="",
                decision="END",
                today=cast.today,
            )
        return case
    return corridor.to(state)


def open_deadlines(cast, family_id) -> set[str]:
    facts = compute(cast.institution.pk, [family_id], on=START)
    return {f.declaration.removeprefix("assistance.") for f in facts if f.fulfilled_on is None}


def answers(cast, data):
    return {**data, "post": str(getattr(cast, data["post"]).pk)} if "post" in data else data


def test_every_move_is_here_or_has_its_own_screen():
    assert set(ASSISTANCE.moves) == set(TABLE) | ELSEWHERE
    assert set(TABLE) <= set(MOVES)


@pytest.mark.parametrize("step", TABLE)
def test_a_move_is_offered_made_and_told(cast, client_of, step):
    place, who, data, _stranger, wanted = TABLE[step]
    case = at(cast, place)
    client, url = client_of(who), reverse("assistance:case-move", args=[case.pk, step])
    assert url in client.get(reverse("cases:case-view", args=[case.pk])).content.decode()
    page = client.post(url, answers(cast, data))
    assert page.status_code == 302, page.content.decode()
    case.refresh_from_db()
    assert case.state == ASSISTANCE.moves[step].target
    assert Transition.objects.system().filter(case=case, move=step).count() == 1
    assert JournalEntry.objects.filter(code=f"assistance.case.{step}", outcome="done").exists()
    assert open_deadlines(cast, case.family_id) - {"plan"} == wanted


@pytest.mark.parametrize("step", TABLE)
def test_a_move_is_refused_to_others_and_out_of_place(cast, client_of, step):
    place, _who, data, stranger, _wanted = TABLE[step]
    case, sent = at(cast, place), answers(cast, data)
    url = reverse("assistance:case-move", args=[case.pk, step])
    assert client_of("olga").post(url, sent).status_code == 404
    assert client_of(stranger).post(url, sent).status_code in (403, 404)
    case.refresh_from_db()
    assert case.state == place.rstrip("+")
    wrong = next(s for s in ("REFERRED", "ACTIVE") if s not in ASSISTANCE.moves[step].sources)
    other = at(cast, wrong, name="Drudzy")
    page = client_of("maria").post(reverse("assistance:case-move", args=[other.pk, step]), sent)
    assert page.status_code != 302 or step == "court_obliges"  # a ruling is also noted without a move
    other.refresh_from_db()
    assert other.state == wrong


def test_a_closed_family_may_start_again_from_its_page(cast, client_of):
    case = at(cast, "CLOSED")
    url = reverse("assistance:case-act", args=[case.pk, "nowa-sprawa"])
    assert url in client_of("maria").get(reverse("cases:case-view", args=[case.pk])).content.decode()
    assert client_of("olga").post(url, WHY).status_code == 404
    assert client_of("maria").post(url, WHY).status_code == 302
    fresh = CaseFile.objects.system().get(follows=case)
    assert fresh.state == "INTERVIEW"
    assert JournalEntry.objects.filter(code="assistance.case.reopen", outcome="done").exists()


def test_three_attempts_without_contact_propose_suspending(cast, client_of):
    work = make_work(cast)
    for _n in range(2):
        record_failed_contact(work.anna, work.case, kind="NO_ONE_HOME", at=clock.now(), today=work.today)
    url = reverse("assistance:visit-new", args=[work.case.pk])
    page = client_of("anna").post(url, {"quick": "NO_ONE_HOME"}, follow=True).content.decode()
    assert "To 3. próba z rzędu bez kontaktu" in page
    with system_act("test"):
        work.case.state = "SUSPENDED"
        work.case.save()
    assert "z rzędu" not in client_of("anna").post(url, {"quick": "REFUSED"}, follow=True).content.decode()
