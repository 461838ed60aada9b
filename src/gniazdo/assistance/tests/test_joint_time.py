"""A visit made by two workers: on the card of each with their own time and travel, once in the family's numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from decimal import Decimal

import pytest
from django.urls import reverse

from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import NotAllowed, NotHere, Refusal
from gniazdo.assistance.actions.timecard import set_own_share, submit_card
from gniazdo.assistance.actions.visit import VisitEntry, correct_visit, record_visit
from gniazdo.assistance.models import Visit
from gniazdo.assistance.queries.papers import blank_report_pdf
from gniazdo.assistance.queries.prefill import statistics
from gniazdo.assistance.queries.reviews import Numbers, monthly_numbers
from gniazdo.assistance.queries.tasks import tally
from gniazdo.assistance.queries.timecard import time_card
from gniazdo.assistance.queries.timeprints import blank_card_pdf, card_pdf, travel_pdf
from gniazdo.assistance.tests.corridor import Corridor
from gniazdo.assistance.tests.working import entry_of, make_visit, make_work
from gniazdo.assistance.vocab import ACTIVITIES, STATUTORY_TASKS

KM = {"minutes": 40, "km": Decimal("3.5"), "ticket": Decimal("4.40")}


@pytest.fixture
def work(cast):
    return make_work(cast)


@pytest.fixture
def joint(work, cast):
    return make_visit(work, minutes=90, km=Decimal(8), joint_post_id=cast.piotr.pk, activities=("BUDGET", "HOUSEHOLD"))


def card(cast, name):
    return time_card(cast.actor(name), month=cast.today)


def test_it_counts_on_both_cards_and_once_for_the_family(work, cast, joint):
    mine, his = card(cast, "anna"), card(cast, "piotr")
    assert (mine.totals.minutes, mine.totals.km) == (90, 8)
    assert (his.totals.minutes, his.totals.km, his.totals.families) == (90, 0, 1)
    assert [r.what for r in his.rows] == ["wizyta umówiona, razem z: Anna Asystentka"]
    assert work.family.name not in str(his.rows)
    counted = monthly_numbers(work.case.pk, month=work.today)
    assert (counted.visits, counted.minutes) == (1, 90)
    assert statistics(work.case, work.today)[1] == 1


def test_each_has_their_own_share(work, cast, joint):
    set_own_share(cast.actor("piotr"), joint, **KM)
    his, mine = card(cast, "piotr"), card(cast, "anna")
    assert (his.totals.minutes, his.totals.km, his.totals.ticket) == (40, Decimal("3.5"), Decimal("4.40"))
    assert (his.rows[0].starts, his.rows[0].ends) == (time(10), time(10, 40))
    assert (mine.totals.minutes, mine.totals.km, mine.totals.ticket) == (90, 8, 0)
    assert monthly_numbers(work.case.pk, month=work.today).minutes == 90
    assert JournalEntry.objects.filter(code="assistance.visit.own_share", outcome="done").exists()
    assert joint.revisions.get().by == cast.piotr


def test_the_one_who_writes_may_say_it_at_once_and_a_correction_keeps_it(work, cast):
    visit = make_visit(work, joint_post_id=cast.piotr.pk, joint_minutes=30, joint_km=Decimal(2))
    assert card(cast, "piotr").totals.minutes == 30
    correct_visit(work.anna, visit, entry=entry_of(work), reason="Byłam sama", today=work.today)
    assert card(cast, "piotr").rows == ()
    assert Visit.objects.system().get().joint_minutes is None


def test_two_assistants_work_together_but_do_not_open_a_diagnosis(cast):
    case, anna = Corridor(cast).to("ASSIGNED"), cast.actor("anna")
    both = VisitEntry(on=cast.today, starts=time(10), minutes=60, joint_post_id=cast.adam.pk)
    record_visit(anna, case, entry=both, today=cast.today)
    assert card(cast, "adam").totals.minutes == 60
    case.refresh_from_db()
    assert case.state == "ASSIGNED"
    record_visit(anna, case, entry=replace(both, joint_post_id=cast.piotr.pk, starts=time(12)), today=cast.today)
    case.refresh_from_db()
    assert case.state == "DIAGNOSIS"


def test_only_who_was_there_changes_their_share(work, cast, joint):
    for name in ("anna", "adam", "maria"):
        with pytest.raises(NotAllowed):
            set_own_share(cast.actor(name), joint, **KM)
    with pytest.raises(NotHere):
        set_own_share(cast.actor("olga"), joint, **KM)


def test_wrong_shares_and_closed_months_are_refused(work, cast, joint):
    piotr = cast.actor("piotr")
    with pytest.raises(Refusal, match="12 godzin"):
        set_own_share(piotr, joint, **{**KM, "minutes": 0})
    with pytest.raises(Refusal, match="ujemny"):
        set_own_share(piotr, joint, **{**KM, "km": Decimal(-1)})
    submit_card(piotr, cast.piotr, month=cast.today, today=cast.today)
    with pytest.raises(Refusal, match="już przekazana"):
        set_own_share(piotr, joint, **KM)


def test_the_second_worker_writes_it_on_their_card(work, cast, client_of, joint):
    piotr, url = client_of("piotr"), reverse("assistance:timecard") + "?miesiac=2026-11"
    page = piotr.get(url).content.decode()
    assert "Mój czas i dojazd" in page
    assert "Mój czas i dojazd" not in client_of("anna").get(url).content.decode()
    key = joint.pk
    bad = piotr.post(url, {"do": f"share:{key}", f"{key}-minutes": "900"}).content.decode()
    assert 'value="900"' in bad
    piotr.post(url, {"do": f"share:{key}", f"{key}-minutes": "45", f"{key}-km": "2,5"})
    fresh = Visit.objects.system().get()
    assert (fresh.joint_minutes, fresh.joint_km) == (45, Decimal("2.5"))
    client_of("adam").post(url, {"do": f"share:{key}", f"{key}-minutes": "10"})
    assert Visit.objects.system().get().joint_minutes == 45


def test_the_visit_form_takes_the_second_share_only_with_a_second_worker(work, cast, client_of):
    url = reverse("assistance:visit-new", args=[work.case.pk])
    data = {"kind": "PLANNED", "on": "2026-11-18", "starts": "10:00", "minutes": "60", "place": "HOME", "joint_km": "4"}
    page = client_of("anna").post(url, data).content.decode()
    assert "Wskaż, kto był razem" in page
    client_of("anna").post(url, {**data, "joint_post": str(cast.piotr.pk), "joint_minutes": "30"})
    assert Visit.objects.system().get().joint_share == 30


def test_tasks_are_counted_by_points_each_contact_once(work, cast, joint):
    make_visit(work, starts=time(13), activities=("BUDGET", "SCHOOL"))
    make_visit(work, starts=time(15), kind="NO_ONE_HOME", minutes=15, activities=("SCHOOL",))
    wanted = [("3", 2), ("6", 1)]
    assert [(t.point, t.count) for t in card(cast, "anna").tasks] == wanted
    assert [(t.point, t.count) for t in card(cast, "piotr").tasks] == [("3", 1)]
    counted = monthly_numbers(work.case.pk, month=work.today)
    assert [(t.point, t.count) for t in counted.tasks] == wanted
    assert Numbers.from_json(counted.as_json()) == counted


def test_every_activity_belongs_to_a_point_of_the_article():
    assert {w.group for w in ACTIVITIES} == STATUTORY_TASKS.codes()
    assert [t.label for t in tally([["DOC"], ["NIEZNANE"]])] == ["dokumentacja pracy z rodziną"]


def test_the_points_stand_on_screen_and_paper(work, cast, client_of, joint):
    page = client_of("anna").get(reverse("assistance:timecard") + "?miesiac=2026-11").content.decode()
    assert "pomoc w poprawie sytuacji życiowej" in page
    report = client_of("anna").get(reverse("assistance:monthly-report", args=[work.case.pk]) + "?miesiac=2026-11")
    assert "pomoc w poprawie sytuacji życiowej" in report.content.decode()
    for made in (card_pdf(card(cast, "anna")), travel_pdf(card(cast, "anna")), blank_card_pdf(cast.institution),
                 blank_report_pdf(cast.institution)):  # fmt: skip
        assert made.startswith(b"%PDF")


@pytest.mark.parametrize("name", ["timecard-blank", "monthly-blank"])
def test_blank_prints_are_for_those_who_write_them(cast, client_of, name):
    url = reverse(f"assistance:{name}")
    assert client_of("anna").get(url).content.startswith(b"%PDF")
    assert client_of("artur").get(url).status_code == 403


def test_the_register_of_journeys_is_the_card_s(work, client_of, joint):
    url = reverse("assistance:timecard") + "?miesiac=2026-11&jako=przejazdy"
    assert client_of("anna").get(url).content.startswith(b"%PDF")
    other = reverse("assistance:timecard") + f"?miesiac=2026-11&jako=przejazdy&osoba={work.cast.anna.pk}"
    assert client_of("olga").get(other).status_code == 404
