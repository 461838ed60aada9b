"""The protocol of a team's meeting and the referral to a specialist: prefilled, checked, printed, on the case and its timeline."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from django.urls import reverse

from gniazdo.access.actions import system_act
from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import NotAllowed, NotHere, Refusal
from gniazdo.assistance.actions.visit import VisitEntry, record_visit
from gniazdo.assistance.tests.corridor import START, Corridor
from gniazdo.cases.models import Event
from gniazdo.papers.actions.sheets import NotComplete, finalise_sheet, save_sheet, start_sheet
from gniazdo.papers.models import SheetRecord
from gniazdo.papers.queries.documents import sheet_pdf
from gniazdo.papers.rules import newest
from gniazdo.people.models import Contact

MEETING, REFERRAL = "assistance.team_meeting", "assistance.specialist_referral"
TOLD: dict[str, dict[str, Any]] = {
    MEETING: {
        "held_at": "2026-06-05T10:00", "place": "ośrodek", "purpose": "Powrót do szkoły", "course": "Ustalono fakty.",
        "participants": [{"p_name": "Anna Asystentka", "p_presence": "HERE"}],
        "agreed": [{"d_what": "Rozmowa ze szkołą", "d_who": "asystent", "d_due": "2026-06-20"}],
    },
    REFERRAL: {"specialist": "CHILD_PSYCHOLOGIST", "reason": "Lęki po zmianie szkoły.", "agreed": True, "agreed_on": "2026-06-01"},
}  # fmt: skip


@pytest.fixture
def case(cast):
    return Corridor(cast).to("ACTIVE")


def child_of(case):
    return case.family.memberships.filter(role="CHILD").order_by("id").first().person


def told(case, code, **more):
    return {**TOLD[code], **({"persons": [str(child_of(case).pk)]} if code == REFERRAL else {}), **more}


def started(cast, case, code, who="anna", **more):
    record = start_sheet(cast.actor(who), case, code=code, on=START)
    return save_sheet(cast.actor(who), record, answers={**record.answers, **told(case, code), **more}, rev=record.rev)


@pytest.mark.parametrize("code", [MEETING, REFERRAL])
def test_each_is_written_numbered_printed_and_on_the_timeline(cast, case, code):
    record = finalise_sheet(cast.actor("anna"), started(cast, case, code), on=START)
    assert (record.status, record.document_number) == ("final", "1/2026")
    assert sheet_pdf(record).startswith(b"%PDF")
    event = Event.objects.system().get(record_id=record.pk)
    assert event.title == newest(code).title
    assert event.summary == {MEETING: "Powrót do szkoły", REFERRAL: "psycholog dziecięcy"}[code]
    assert JournalEntry.objects.filter(code="papers.sheet.finalise", outcome="done").exists()


@pytest.mark.parametrize("code", [MEETING, REFERRAL])
def test_each_is_begun_from_the_case_and_printed_blank(cast, case, client_of, code):
    anna, url = client_of("anna"), reverse("papers:sheet-start", args=[case.pk, code])
    assert url in anna.get(reverse("cases:case-view", args=[case.pk])).content.decode()
    assert newest(code).title in anna.get(reverse("papers:case-papers", args=[case.pk])).content.decode()
    assert anna.post(url)["Location"] == reverse(
        "papers:sheet-edit", args=[SheetRecord.objects.system().get(code=code).pk]
    )
    blank = reverse("papers:sheet-blank", args=[code])
    assert anna.get(f"{blank}?sprawa={case.pk}").content.startswith(b"%PDF")
    assert client_of("olga").get(url).status_code == 404


@pytest.mark.parametrize("code", [MEETING, REFERRAL])
def test_who_may_not_and_when_not(cast, case, code):
    for name in ("zofia", "sonia", "adam"):
        with pytest.raises(NotAllowed):
            start_sheet(cast.actor(name), case, code=code, on=START)
    with pytest.raises(NotHere):
        start_sheet(cast.actor("olga"), case, code=code, on=START)
    referred = Corridor(cast, name="Drudzy").referred()
    with pytest.raises(Refusal):
        start_sheet(cast.actor("maria"), referred, code=code, on=START)


def test_the_protocol_takes_the_meeting_from_the_contact_log(cast, case):
    mother = case.family.memberships.filter(role="PARENT").order_by("id").first().person_id
    met = VisitEntry(on=START, starts=time(12), minutes=75, kind="MEETING", place="SCHOOL", topic="Szkoła", course="Rozmowa.",
                     present=(mother,))  # fmt: skip
    record_visit(cast.actor("anna"), case, entry=met, today=cast.today)
    answers = start_sheet(cast.actor("anna"), case, code=MEETING, on=cast.today).answers
    assert (answers["held_at"], answers["lasted"], answers["purpose"]) == ("2026-06-01T12:00", 75, "Szkoła")
    assert answers["family_present"] == [str(mother)]
    assert "Anna Asystentka" in [row["p_name"] for row in answers["participants"]]


def test_the_next_protocol_asks_about_the_last_decisions(cast, case):
    finalise_sheet(cast.actor("anna"), started(cast, case, MEETING), on=START)
    second = started(cast, case, MEETING)
    assert second.answers["earlier"] == [{"e_what": "Rozmowa ze szkołą", "e_who": "asystent"}]
    bad = [{"e_what": "Rozmowa ze szkołą", "e_who": "asystent", "e_state": "NOT_DONE"}]
    second = save_sheet(cast.actor("anna"), second, answers={**second.answers, "earlier": bad}, rev=second.rev)
    with pytest.raises(NotComplete) as refused:
        finalise_sheet(cast.actor("anna"), second, on=START)
    assert "earlier" in str(vars(refused.value))


def test_a_referral_takes_guardians_and_a_telephone_from_the_file(cast, case):
    with system_act("test"):
        Contact(institution=cast.institution, family=case.family, kind="PHONE", value="600 100 200").save()
    answers = start_sheet(cast.actor("anna"), case, code=REFERRAL, on=START).answers
    assert answers["phone"] == "600 100 200"
    assert "Ewa Testowi" in answers["guardians"]


@pytest.mark.parametrize(
    ("more", "code"),
    [({"agreed": False}, "not_agreed"), ({"agreed": None}, "agreed"), ({"priority": "URGENT"}, "priority_why")],
)
def test_a_referral_says_what_it_lacks(cast, case, more, code):
    record = started(cast, case, REFERRAL, **more)
    with pytest.raises(NotComplete) as refused:
        finalise_sheet(cast.actor("anna"), record, on=START)
    assert f"'{code}'" in str(vars(refused.value))


def test_a_mother_s_words_stay_from_the_secretary(cast, case, client_of):
    record = finalise_sheet(cast.actor("anna"), started(cast, case, REFERRAL), on=START)
    assert client_of("sonia").get(reverse("papers:sheet-view", args=[record.pk])).status_code == 404
    assert client_of("olga").get(reverse("papers:sheet-view", args=[record.pk])).status_code == 404
    assert "Lęki" in client_of("anna").get(reverse("papers:sheet-view", args=[record.pk])).content.decode()
