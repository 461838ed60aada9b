"""The papers of the corridor: each starts prefilled, prints, and does its step when it is final."""

from __future__ import annotations

import pytest
from django.urls import reverse

from gniazdo.access.actions import system_act
from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import NotAllowed, Refusal
from gniazdo.assistance.actions import closing, court, intake
from gniazdo.assistance.actions.assign import assign_assistant, first_visit
from gniazdo.assistance.models import CourtRequest, HomeInterview, MonitoringEntry
from gniazdo.assistance.process import ASSISTANCE
from gniazdo.assistance.queries.prints import assistants_pdf, family_card_pdf
from gniazdo.assistance.tests.corridor import DAY, START, Corridor, told
from gniazdo.cases.actions import move_case
from gniazdo.cases.models import CaseFile, Event, Transition
from gniazdo.papers.actions.letters import register_letter, write_letter
from gniazdo.papers.actions.sheets import finalise_sheet, reopen_sheet, replace_sheet, save_sheet, start_sheet
from gniazdo.papers.models import LetterRecord
from gniazdo.papers.queries.documents import blank_pdf, sheet_pdf
from gniazdo.papers.rules import LETTERS, newest

SHEETS = (
    "referral",
    "interview",
    "application",
    "consent",
    "contract",
    "closing",
    "monitoring",
    "court_opinion",
    "service_note",
    "team_meeting",
    "specialist_referral",
)


def written(actor, case, code, on=START, **answers):
    record = start_sheet(actor, case, code=f"assistance.{code}", on=on)
    record = save_sheet(actor, record, answers={**record.answers, **answers}, rev=record.rev)
    return finalise_sheet(actor, record, on=on)


@pytest.mark.parametrize("code", SHEETS)
def test_each_prints_blank(cast, code):
    assert blank_pdf(cast.institution, newest(f"assistance.{code}")).startswith(b"%PDF")


def test_the_referral_card_is_not_typed_twice(cast):
    case = Corridor(cast).referred(description="Dzieci głodne.", referrer_name="Jan Woźny")
    record = start_sheet(cast.actor("sonia"), case, code="assistance.referral", on=START)
    assert record.answers["description"] == "Dzieci głodne."
    assert record.answers["members"][0]["m_name"] == "Ewa Testowi"
    record = finalise_sheet(cast.actor("sonia"), record, on=START)
    assert sheet_pdf(record).startswith(b"%PDF")


def test_a_court_opinion_makes_the_request_ready(cast):
    case = Corridor(cast).to("ACTIVE")
    demand = court.Demand("OPINION", "Sąd Rejonowy", "III Nsm 7/26", START, START + 14 * DAY)
    request = court.register_court_request(cast.actor("sonia"), case.family, demand=demand, today=cast.today)
    record = written(
        cast.actor("anna"), case, "court_opinion", variant="OPINION", engagement="Dobre.", forecast="Dobre."
    )
    assert record.answers["docket"] == "III Nsm 7/26"
    request = CourtRequest.objects.system().get(pk=request.pk)
    assert (request.stage, request.sheet_id) == ("PREPARED", record.pk)


@pytest.mark.parametrize("code", sorted(c for c in ("assignment", "referral_answer", "transfer", "court_notice", "court_cover",
                                                    "information_reply", "information_request")))  # fmt: skip
def test_each_letter_is_written_from_the_case(cast, code):
    case = Corridor(cast).to("ASSIGNED")
    letter = write_letter(cast.actor("maria"), case, code=f"assistance.{code}", on=START)
    assert letter.body
    assert set(letter.fields) == set(LETTERS[f"assistance.{code}"].fields)
    if code == "assignment":
        assert "Liczba rodzin po przydziale: 1, najwyższa dopuszczalna: 15" in letter.body
        assert letter.recipient.startswith("Anna Asystentka")


def test_an_answer_about_a_family_is_only_an_entry_for_the_secretary(cast, client_of):
    case = Corridor(cast).to("ACTIVE")
    letter = write_letter(
        cast.actor("anna"),
        case,
        code="assistance.information_reply",
        on=START,
        fields={"answer": "Tajny opis rodziny."},
    )
    letter = register_letter(cast.actor("maria"), letter, on=START)
    url, sonia = reverse("papers:letter-view", args=[letter.pk]), client_of("sonia")
    page = sonia.get(url).content.decode()
    assert "Odpowiedź na żądanie informacji" in page
    assert "Tajny opis" not in page
    assert sonia.get(reverse("papers:letter-print", args=[letter.pk])).status_code == 404
    assert "Tajny opis" in client_of("anna").get(url).content.decode()
    sonia.post(url, {"do": "send", "channel": "registered", "sent_on": cast.today})
    assert LetterRecord.objects.system().get(pk=letter.pk).status == "sent"
    assert JournalEntry.objects.filter(code="papers.letter.send", outcome="done").exists()
    with pytest.raises(NotAllowed):
        write_letter(cast.actor("sonia"), case, code="assistance.information_reply", on=START)
    assert client_of("olga").get(url).status_code == 404


def test_the_family_card_and_the_list_for_the_court_are_derived(cast, client_of):
    case = Corridor(cast).to("ACTIVE")
    assert family_card_pdf(cast.actor("anna"), case, on=cast.today).startswith(b"%PDF")
    assert assistants_pdf(cast.actor("sonia"), on=cast.today).startswith(b"%PDF")
    url = f"/asysta/sprawy/{case.pk}/karta-rodziny/"
    assert client_of("anna").get(url)["Content-Type"] == "application/pdf"
    assert client_of("olga").get(url).status_code == 404


def test_a_family_goes_the_whole_way_on_its_papers(cast):
    """Referral → interview → application → assistant → plan → closing → monitoring → worse → a linked case."""
    piotr_post, today = cast.piotr, cast.today
    case = Corridor(cast).referred(is_urgent=True, urgency_reason="Niemowlę bez opieki.")
    written(cast.actor("sonia"), case, "referral")
    case = intake.assign_social_worker(cast.actor("maria"), case, post=piotr_post, on=START)
    piotr = cast.actor("piotr")
    written(piotr, case, "interview", number="5/2026", held_on=START.isoformat(), kind="FULL", findings="Ustalono.")
    assert HomeInterview.objects.system().get(case=case).number == "5/2026"
    written(piotr, case, "consent", adults="Ewa Testowi")
    assert told(case).basis == "CONSENT"
    written(piotr, case, "application", upbringing="Brak granic.", analysis="Potrzebny asystent.", areas="Rytm dnia.")
    case = intake.find_need(piotr, case, on=START)
    case = assign_assistant(cast.actor("maria"), case, post=cast.anna, on=START + DAY)
    case = first_visit(cast.actor("anna"), case, on=START + 3 * DAY, today=today)
    with system_act("test"):
        case = move_case(cast.actor("anna"), case, ASSISTANCE, "finish_diagnosis", on=START + 10 * DAY)
        case = move_case(cast.actor("maria"), case, ASSISTANCE, "approve_plan", on=START + 12 * DAY)
    anna = cast.actor("anna")
    case = closing.start_closing(anna, case, reason="GOAL", note="Cele osiągnięte.", on=START + 90 * DAY)
    with pytest.raises(Refusal, match="kartę zakończenia"):
        closing.close_to_monitoring(cast.actor("maria"), case, outcome="STAYS", on=START + 91 * DAY)
    card = written(anna, case, "closing", START + 91 * DAY, initiator="ASSISTANT", outcome="STAYS")
    assert (card.answers["reason"], card.answers["months"]) == ("GOAL", 2)
    case = closing.close_to_monitoring(cast.actor("maria"), case, outcome="STAYS", on=START + 92 * DAY)
    written(anna, case, "monitoring", START + 120 * DAY, seen_on=(START + 120 * DAY).isoformat(), form="VISIT",
            stable="Dzieci w szkole.", worrying="Ojciec znów pije.", decision="REOPEN")  # fmt: skip
    assert MonitoringEntry.objects.system().get(case=case).decision == "REOPEN"
    fresh = closing.reopen_case(cast.actor("maria"), case, on=START + 121 * DAY, note="Ojciec wrócił do picia.")
    old = CaseFile.objects.system().get(pk=case.pk)
    assert (old.state, fresh.state, fresh.follows) == ("CLOSED", "INTERVIEW", old)
    kinds = set(Event.objects.system().filter(family_id=case.family_id).values_list("kind", flat=True))
    assert {"state", "worker", "paper", "note"} <= kinds


def corrected(actor, record, on, **answers):
    """The same paper opened again and made final with other answers."""
    record = reopen_sheet(actor, record)
    record = save_sheet(actor, record, answers={**record.answers, **answers}, rev=record.rev)
    return finalise_sheet(actor, record, on=on, reason="Pomyłka w zapisie.")


def replaced(actor, record, on, **answers):
    """A new sheet in the place of a final one."""
    fresh = replace_sheet(actor, record, on=on)
    fresh = save_sheet(actor, fresh, answers={**fresh.answers, **answers}, rev=fresh.rev)
    return finalise_sheet(actor, fresh, on=on)


AGAIN = pytest.mark.parametrize("again", [corrected, replaced])


@AGAIN
def test_a_corrected_referral_card_moves_nothing(cast, again):
    case = Corridor(cast).referred()
    sonia = cast.actor("sonia")
    record = written(sonia, case, "referral")
    intake.assign_social_worker(cast.actor("maria"), case, post=cast.piotr, on=START)
    moves = Transition.objects.system().filter(case=case).count()
    again(sonia, record, START + DAY, expectation="Asystent.")
    assert Transition.objects.system().filter(case=case).count() == moves
    assert told(case).case.state == "INTERVIEW"


@AGAIN
def test_a_corrected_interview_mends_the_one_it_recorded(cast, again):
    case = Corridor(cast).to("INTERVIEW")
    piotr = cast.actor("piotr")
    record = written(piotr, case, "interview", number="5/2026", held_on=str(START), kind="FULL", findings="Ustalono.")
    again(piotr, record, START + DAY, number="6/2026", findings="Ustalono inaczej.")
    made = HomeInterview.objects.system().get(case=case)
    assert (made.number, made.findings) == ("6/2026", "Ustalono inaczej.")


@AGAIN
def test_a_corrected_consent_does_not_agree_again_for_a_family_that_resigned(cast, again):
    case = Corridor(cast).to("INTERVIEW")
    piotr = cast.actor("piotr")
    record = written(piotr, case, "consent", adults="Ewa Testowi", given_on=str(START))
    record = again(piotr, record, START + DAY, given_on=str(START + DAY))
    assert told(case).consent_given_on == START + DAY
    told_again = Event.objects.system().filter(title="Rodzina zgodziła się na pracę z asystentem", case=case)
    assert told_again.count() == 1
    with system_act("test"):
        row = told(case)
        row.consent_withdrawn_on = START + 2 * DAY
        row.save()
    again(piotr, record, START + 3 * DAY, given_on=str(START))
    assert (told(case).consent_given_on, told(case).consent_withdrawn_on) == (START + DAY, START + 2 * DAY)


@AGAIN
def test_a_corrected_closing_card_and_monitoring_entry_repeat_no_step(cast, again):
    case = Corridor(cast).to("CLOSING")
    anna, maria = cast.actor("anna"), cast.actor("maria")
    card = written(anna, case, "closing", START + DAY, initiator="ASSISTANT", outcome="STAYS", note="Cele osiągnięte.")
    case = closing.close_to_monitoring(maria, case, outcome="STAYS", on=START + 2 * DAY)
    entry = written(anna, case, "monitoring", START + 9 * DAY, seen_on=str(START + 9 * DAY), form="VISIT", stable="Spokój.",
                    decision="GO_ON")  # fmt: skip
    moves = Transition.objects.system().filter(case=case).count()
    again(anna, card, START + 10 * DAY, still="Szkoła.")
    again(anna, entry, START + 10 * DAY, stable="Spokój w domu.")
    assert Transition.objects.system().filter(case=case).count() == moves
    assert MonitoringEntry.objects.system().filter(case=case).count() == 1
    assert told(case).case.state == "MONITORING"


@AGAIN
def test_a_corrected_opinion_does_not_answer_the_next_request(cast, again):
    case = Corridor(cast).to("ACTIVE")
    first, second = (
        court.register_court_request(
            cast.actor("sonia"), case.family, today=cast.today,
            demand=court.Demand("REPORT", "Sąd Rejonowy", "III Nsm 7/26", START, START + days * DAY),
        )
        for days in (14, 90)
    )  # fmt: skip
    anna = cast.actor("anna")
    record = written(anna, case, "court_opinion", variant="REPORT", engagement="Dobre.", forecast="Dobre.")
    fresh = again(anna, record, START + DAY, forecast="Bardzo dobre.")
    first, second = (CourtRequest.objects.system().get(pk=one.pk) for one in (first, second))
    assert (first.stage, first.sheet_id) == ("PREPARED", fresh.pk)
    assert second.prepared_on is None
