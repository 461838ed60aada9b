"""A card handed in is a picture: later corrections show as differences, and it changes only when taken back or returned."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from django.urls import reverse

from gniazdo.access.actions import system_act
from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import NotAllowed, NotHere, Refusal
from gniazdo.assistance.actions.timecard import accept_card, add_time_entry, return_card, submit_card, withdraw_card
from gniazdo.assistance.actions.visit import correct_visit
from gniazdo.assistance.models import TimeCard
from gniazdo.assistance.queries.timecard import time_card
from gniazdo.assistance.queries.timeprints import card_pdf
from gniazdo.assistance.tests.working import entry_of, make_visit, make_work
from gniazdo.orgs.models import Absence

MONTH = date(2026, 11, 1)


@pytest.fixture
def work(cast):
    return make_work(cast)


@pytest.fixture
def visit(work):
    return make_visit(work, minutes=60, km=Decimal(5), activities=("SCHOOL",))


@pytest.fixture
def handed_in(work, visit):
    return submit_card(work.anna, work.cast.anna, month=MONTH, today=work.today)


def correct(work, visit, **fields):
    return correct_visit(work.anna, visit, entry=entry_of(work, **fields), reason="Zły czas", today=work.today)


def read(work):
    return time_card(work.anna, month=MONTH)


def test_a_later_correction_is_a_difference_with_who_and_why(work, visit, handed_in):
    assert read(work).differences == ()
    correct(work, visit, minutes=90, km=Decimal(5), activities=("SCHOOL",))
    card = read(work)
    assert (card.totals.minutes, card.state) == (60, "SUBMITTED")
    (one,) = card.differences
    assert (one.was.minutes, one.now.minutes, one.why) == (60, 90, "Zły czas")
    assert "Anna Asystentka" in one.who
    assert one.at is not None
    assert card_pdf(card).startswith(b"%PDF")


def test_other_words_are_no_difference(work, visit, handed_in):
    correct(work, visit, minutes=60, km=Decimal(5), activities=("SCHOOL",), course="Inaczej opisane.")
    assert read(work).differences == ()


def test_a_visit_written_later_and_one_moved_away_are_differences(work, visit, handed_in):
    make_visit(work, days_ago=3, starts=time(9))
    correct(work, visit, on=date(2026, 10, 30), minutes=60)
    was_and_now = [(d.was is None, d.now is None) for d in read(work).differences]
    assert was_and_now == [(True, False), (False, True)]
    assert read(work).totals.minutes == 60


def test_a_joint_visit_written_later_shows_on_the_second_card(work, cast):
    make_visit(work, joint_post_id=cast.piotr.pk)
    submit_card(cast.actor("piotr"), cast.piotr, month=MONTH, today=cast.today)
    make_visit(work, joint_post_id=cast.piotr.pk, starts=time(13), minutes=30)
    card = time_card(cast.actor("piotr"), month=MONTH)
    assert card.totals.minutes == 60
    assert [d.now.minutes for d in card.differences] == [30]


def test_a_card_that_differs_is_not_accepted_until_handed_in_anew(work, visit, handed_in):
    correct(work, visit, minutes=90)
    lena = work.cast.actor("lena")
    with pytest.raises(Refusal, match="zmieniono zapisy"):
        accept_card(lena, handed_in)
    card = withdraw_card(work.anna, handed_in)
    assert (card.state, card.rows, card.submitted_at) == ("OPEN", [], None)
    assert read(work).totals.minutes == 90
    card = submit_card(work.anna, work.cast.anna, month=MONTH, today=work.today)
    assert accept_card(lena, card).minutes == 90
    codes = set(JournalEntry.objects.filter(outcome="done").values_list("code", flat=True))
    assert {"assistance.timecard.withdraw", "assistance.timecard.accept"} <= codes
    assert JournalEntry.objects.filter(code="assistance.timecard.accept", outcome="refused").exists()


def test_an_accepted_card_stays_as_it_was_and_only_a_return_opens_it(work, cast):
    make_visit(work, joint_post_id=cast.piotr.pk)
    piotr = cast.actor("piotr")
    card = accept_card(work.maria, submit_card(piotr, cast.piotr, month=MONTH, today=cast.today))
    with pytest.raises(Refusal, match="przyjęta i zamknięta"):
        withdraw_card(piotr, card)
    make_visit(work, joint_post_id=cast.piotr.pk, starts=time(13))
    told = time_card(piotr, month=MONTH)
    assert (told.totals.minutes, len(told.differences)) == (60, 1)
    return_card(work.maria, card, reason="Doszła wizyta")
    again = time_card(piotr, month=MONTH)
    assert (again.totals.minutes, again.differences, again.state) == (120, (), "RETURNED")


def test_leave_is_frozen_too(work, visit):
    with system_act("test"):
        leave = Absence(institution=work.cast.institution, post=work.cast.anna, kind="LEAVE", since=date(2026, 11, 2),
                        until=date(2026, 11, 4))  # fmt: skip
        leave.save()
    submit_card(work.anna, work.cast.anna, month=MONTH, today=work.today)
    with system_act("test"):
        leave.until = date(2026, 11, 9)
        leave.save()
    assert [until for _kind, _since, until in read(work).absences] == [date(2026, 11, 4)]


def test_only_the_worker_takes_it_back(work, handed_in):
    for name in ("adam", "maria", "lena"):
        with pytest.raises(NotAllowed):
            withdraw_card(work.cast.actor(name), handed_in)
    with pytest.raises(NotHere):
        withdraw_card(work.cast.actor("olga"), handed_in)
    card = return_card(work.maria, handed_in, reason="Popraw")
    with pytest.raises(Refusal, match="tylko kartę przekazaną"):
        withdraw_card(work.anna, card)


def test_on_screen(work, client_of, visit, handed_in):
    url = reverse("assistance:timecard") + f"?miesiac=2026-11&osoba={work.cast.anna.pk}"
    anna, maria = client_of("anna"), client_of("maria")
    assert "Przyjmij kartę" in maria.get(url).content.decode()
    correct(work, visit, minutes=90)
    page = maria.get(url).content.decode()
    assert "Po przekazaniu karty zmieniono zapisy" in page
    assert "Przyjmij kartę" not in page
    assert "Zwróć do poprawy" in page
    assert "Wycofaj kartę" in anna.get(url).content.decode()
    assert "Wycofaj kartę" not in page
    anna.post(url, {"do": "withdraw"})
    assert TimeCard.objects.system().get().state == "OPEN"
    assert "Po przekazaniu" not in anna.get(url).content.decode()


def test_a_bus_ticket_of_own_journeys_counts(work):
    add_time_entry(work.anna, work.cast.anna, on=work.today, starts=time(8), minutes=30, kind="TRAVEL", today=work.today,
                   ticket=Decimal("4.40"))  # fmt: skip
    assert read(work).totals.ticket == Decimal("4.40")
