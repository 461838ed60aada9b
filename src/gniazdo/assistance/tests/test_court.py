"""Courts and institutions: request → deadline → opinion → sent → delivered; information within seven days."""

from __future__ import annotations

import pytest

from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import NotAllowed, NotHere, Refusal
from gniazdo.assistance.actions import court
from gniazdo.assistance.actions.court import Demand
from gniazdo.assistance.queries.registers import court_register, information
from gniazdo.assistance.tests.corridor import DAY, START, Corridor
from gniazdo.deadlines.models import DeadlineRow

DEMAND = Demand("OPINION", "Sąd Rejonowy w Dębowie", "III Nsm 7/26", START, START + 14 * DAY)


def asked(cast, **changes):
    case = Corridor(cast).to("ACTIVE")
    demand = Demand(**{**{f: getattr(DEMAND, f) for f in DEMAND.__dataclass_fields__}, **changes})
    return court.register_court_request(cast.actor("sonia"), case.family, demand=demand, today=cast.today)


def test_the_whole_way_of_an_opinion(cast):
    request = asked(cast)
    assert (request.stage, request.responsible) == ("RECEIVED", cast.anna)
    assert court_register(cast.actor("anna")) == [request]
    request = court.prepare_answer(cast.actor("anna"), request, on=START + DAY)
    assert request.stage == "PREPARED"
    request = court.send_answer(cast.actor("sonia"), request, on=START + 2 * DAY, channel="POST", today=cast.today)
    assert request.stage == "SENT"
    assert court_register(cast.actor("anna")) == []
    request = court.deliver_answer(cast.actor("sonia"), request, on=START + 4 * DAY, today=cast.today)
    assert request.stage == "DELIVERED"
    assert JournalEntry.objects.filter(code="assistance.court.deliver", outcome="done").exists()


def test_nothing_is_sent_before_it_is_written(cast):
    with pytest.raises(Refusal, match="przygotuj odpowiedź") as refused:
        court.send_answer(cast.actor("sonia"), asked(cast), on=START, channel="POST", today=cast.today)
    assert "pkt 17" in refused.value.article


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"docket": ""}, "docket"),
        ({"court": " "}, "court"),
        ({"due_on": START - DAY}, "due_on"),
        ({"letter_on": START + DAY}, "letter_on"),
        ({"received_on": START.replace(year=2030), "due_on": START.replace(year=2031)}, "received_on"),
        ({"kind": "LIST"}, "kind"),
    ],
)
def test_a_wrong_demand_is_refused_at_its_field(cast, changes, field):
    with pytest.raises(Refusal) as refused:
        asked(cast, **changes)
    assert refused.value.field == field


def test_an_answer_posted_on_the_last_day_is_in_time_whenever_the_court_gets_it(cast):
    """The day of posting ends the term, not the day of delivery (KPA art. 57)."""
    request = asked(cast)
    court.prepare_answer(cast.actor("anna"), request, on=START)
    court.send_answer(cast.actor("sonia"), request, on=START + 14 * DAY, channel="POST", today=cast.today)
    court.deliver_answer(cast.actor("sonia"), request, on=START + 20 * DAY, today=cast.today)
    row = DeadlineRow.objects.system().get(declaration="assistance.court_opinion", subject_id=request.pk)
    assert row.due_on == row.fulfilled_on == START + 14 * DAY


def test_delivery_is_not_before_sending(cast):
    request = asked(cast)
    with pytest.raises(Refusal, match="odnotuj wysłanie"):
        court.deliver_answer(cast.actor("sonia"), request, on=START, today=cast.today)
    court.prepare_answer(cast.actor("anna"), request, on=START)
    court.send_answer(cast.actor("sonia"), request, on=START + DAY, channel="POST", today=cast.today)
    with pytest.raises(Refusal, match="przed wysłaniem"):
        court.deliver_answer(cast.actor("sonia"), request, on=START, today=cast.today)


def test_the_court_may_move_the_day_or_withdraw(cast):
    request = asked(cast)
    with pytest.raises(Refusal, match="jakim pismem"):
        court.move_due(cast.actor("anna"), request, due_on=START + 30 * DAY, note="")
    request = court.move_due(cast.actor("anna"), request, due_on=START + 30 * DAY, note="Pismo z 5.06.")
    assert request.due_on == START + 30 * DAY
    request = court.withdraw_request(cast.actor("anna"), request, on=START + DAY, note="Pismo z 6.06.")
    with pytest.raises(Refusal, match="odstąpił"):
        court.prepare_answer(cast.actor("anna"), request, on=START + DAY)


def test_others_and_strangers(cast):
    request = asked(cast)
    with pytest.raises(NotAllowed):
        court.prepare_answer(cast.actor("adam"), request, on=START)
    with pytest.raises(NotHere):
        court.prepare_answer(cast.actor("olga"), request, on=START)
    assert court_register(cast.actor("adam")) == []
    assert court_register(cast.actor("olga")) == []


def test_a_criminal_courts_call_needs_no_family_and_no_opinion(cast):
    demand = Demand("LIST", "Sąd Okręgowy", "II K 1/26", START, START)
    with pytest.raises(NotAllowed):
        court.register_list_call(cast.actor("anna"), None, demand=demand, today=cast.today)
    call = court.register_list_call(cast.actor("sonia"), None, demand=demand, today=cast.today)
    call = court.send_answer(cast.actor("sonia"), call, on=START, channel="EMAIL", today=cast.today)
    assert call.stage == "SENT"
    assert court_register(cast.actor("anna"), open_only=False) == []


def test_information_is_due_on_the_seventh_day(cast):
    case = Corridor(cast).to("ACTIVE")
    row = court.request_information(
        cast.actor("anna"),
        case.family,
        direction="OUT",
        institution="SP nr 3",
        asked="Frekwencja?",
        on=START,
        today=cast.today,
    )
    [(found, due)] = information(cast.actor("anna"))
    assert (found, due.on) == (row, START + 7 * DAY)
    with pytest.raises(Refusal, match="treść"):
        court.answer_information(cast.actor("anna"), row, on=START, answer="", today=cast.today)
    court.answer_information(cast.actor("anna"), row, on=START + DAY, answer="80%", today=cast.today)
    assert information(cast.actor("anna")) == []
    with pytest.raises(Refusal, match="już zapisana"):
        court.answer_information(cast.actor("anna"), row, on=START + DAY, answer="x", today=cast.today)
