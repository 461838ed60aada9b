"""My Day: each role finds what concerns it, and nothing of anyone else's."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from gniazdo.access.models import JournalEntry
from gniazdo.assistance.actions.visit import record_visit
from gniazdo.assistance.models import Agreement, Visit
from gniazdo.assistance.tests.working import entry_of, make_visit, make_work
from gniazdo.deadlines.actions import record_office
from gniazdo.desk.queries.my_day import my_day
from gniazdo.kernel import clock
from gniazdo.orgs.tests.factories import actor_of, make_institution, make_post

URL = "desk:my-day"


def test_a_planned_visit_stands_first_with_what_was_agreed(client_of, cast):
    work = make_work(cast, name="Dzisiejsi")
    make_visit(work, days_ago=7, next_on=work.today, next_at=time(11, 30))
    page = client_of("anna").get(reverse(URL)).content.decode()
    assert "Dzisiejsze wizyty" in page
    assert "11:30" in page
    assert reverse("assistance:visit-new", args=[work.case.pk]) in page


def test_a_visit_written_down_is_marked_as_done(client_of, cast):
    work = make_work(cast, name="Dzisiejsi")
    make_visit(work, days_ago=7, next_on=work.today, next_at=time(11, 30))
    record_visit(work.anna, work.case, entry=entry_of(work, starts=time(8)), today=work.today)
    page = client_of("anna").get(reverse(URL)).content.decode()
    assert "zapisana" in page


def test_another_assistant_sees_nothing_of_it(client_of, cast):
    work = make_work(cast, name="Cudzysłowowi")
    make_visit(work, days_ago=1, next_on=work.today + timedelta(days=1))
    for name in ("adam", "olga"):
        assert "Cudzysłowowi" not in client_of(name).get(reverse(URL)).content.decode()


def test_what_others_changed_is_told(client_of, cast):
    work = make_work(cast, name="Zmienieni")
    make_visit(work, days_ago=0)
    page = client_of("lena").get(reverse(URL)).content.decode()
    assert "Zmienieni" in page


@pytest.mark.parametrize(
    "name", ["anna", "karol", "maria", "zofia", "piotr", "sonia", "lena", "daria", "artur", "olga"]
)
def test_it_opens_for_every_role(client_of, name):
    answer = client_of(name).get(reverse(URL))
    assert answer.status_code == 200
    assert "Mój dzień" in answer.content.decode()


def test_a_new_institution_is_shown_how_to_begin_until_somebody_works_there(client_of, cast):
    new = make_institution("Centrum Usług Społecznych w Nowej", teryt="9903011", short_name="CUS Nowa", town="Nowa")
    hers = actor_of(make_post(new, "manager", "Nowa", "Kierowniczka"), on=cast.today)
    begins = ["orgs:institution-edit", "orgs:account-new", "exchange:import-list"]
    assert [step.url_name for step in my_day(hers, on=cast.today).steps][:3] == begins
    make_post(new, "assistant", "Pierwszy", "Asystent")
    steps = [step.url_name for step in my_day(hers, on=cast.today).steps]
    assert steps
    assert not {*steps} & {*begins}
    assert "Załóż konta pracowników" not in client_of("maria").get(reverse(URL)).content.decode()


def test_a_stranger_is_shown_the_door(client):
    assert client.get(reverse(URL)).status_code == 302


def note(text="Dzwoniła babcia, Zosia ma gorączkę.", **more):
    return {"text": text, "kind": "NOTE", **more}


def test_a_quick_note_becomes_a_note_a_call_or_a_task(client_of, cast):
    work = make_work(cast, name="Notatkowi")
    client, case = client_of("anna"), str(work.case.pk)
    assert "Szybka notatka" in client.get(reverse(URL)).content.decode()
    assert client.post(reverse(URL), note(case=case)).status_code == 302
    assert (
        client.post(reverse(URL), note("Szkoła prosi o kontakt.", case=case, kind="PHONE", minutes="10")).status_code
        == 302
    )
    due = work.today + timedelta(days=3)
    sent = note("Zapytać o zasiłek.", case=case, kind="TASK", due_on=due.isoformat())
    assert client.post(reverse(URL), sent).status_code == 302
    rows = Visit.objects.system().filter(case=work.case).order_by("pk").values_list("kind", "minutes", "course")
    assert list(rows)[-3:] == [
        ("NOTE", 0, "Dzwoniła babcia, Zosia ma gorączkę."), ("PHONE", 10, "Szkoła prosi o kontakt."), ("NOTE", 0, "Zapytać o zasiłek."),
    ]  # fmt: skip
    assert Agreement.objects.system().get(case=work.case, text="Zapytać o zasiłek.").due_on == due
    assert "Moje zadania w rodzinach" in client.get(reverse(URL)).content.decode()
    assert JournalEntry.objects.filter(code="assistance.note.record", outcome="done").exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"kind": "PHONE"}, "ile minut trwała"),
        ({"kind": "TASK", "text": "x" * 401}, "krócej"),
        ({"kind": "NOTE", "text": " "}, "text"),
        ({"kind": "OBCE"}, "kind"),
    ],
)
def test_a_wrong_note_keeps_what_was_typed(client_of, cast, wrong, sentence):
    work = make_work(cast, name="Notatkowi")
    page = client_of("anna").post(reverse(URL), {**note(case=str(work.case.pk)), **wrong})
    assert page.status_code == 200
    assert sentence in page.content.decode()
    if wrong.get("text", "").strip() or "text" not in wrong:
        assert wrong.get("text", "Dzwoniła babcia") in page.content.decode()
    assert not Visit.objects.system().filter(case=work.case, kind="NOTE").exists()


def test_nobody_writes_about_a_family_of_others(client_of, cast):
    work = make_work(cast, name="Cudzy")
    for name in ("maria", "sonia", "daria", "adam", "olga"):
        client_of(name).post(reverse(URL), note(case=str(work.case.pk)))
    assert not Visit.objects.system().filter(kind="NOTE").exists()


VISIT = "Wizyta umówiona, 60 min"


def test_what_changed_is_counted_from_the_last_look_on_an_earlier_day(client_of, cast):
    work = make_work(cast, name="Zmienieni")
    with clock.stopped(work.today - timedelta(days=5)):
        client_of("lena").get(reverse(URL))
    for days in (6, 4, 1):
        with clock.stopped(work.today - timedelta(days=days)):
            make_visit(work, days_ago=days)
    assert client_of("lena").get(reverse(URL)).content.decode().count(VISIT) == 2
    # Looking twice on one day shows the same; the next day it is no news any more.
    assert client_of("lena").get(reverse(URL)).content.decode().count(VISIT) == 2
    with clock.stopped(work.today + timedelta(days=1)):
        assert "nikt inny nic nie zmienił" in client_of("lena").get(reverse(URL)).content.decode()


def test_one_s_own_work_is_not_a_change_by_others(client_of, cast):
    make_visit(make_work(cast, name="Moi"), days_ago=0)
    assert VISIT not in client_of("anna").get(reverse(URL)).content.decode()


@pytest.mark.parametrize(
    ("name", "there", "absent"),
    [
        ("sonia", ["Przyjmij zgłoszenie rodziny"], ["Co się zmieniło", "Szybka notatka", "Terminy: po czasie"]),
        (
            "daria",
            ["Dziennik dostępu", "Obowiązki jednostki", "Terminy: po czasie"],
            ["Niedokończone", "Co się zmieniło"],
        ),
        ("artur", ["Pracownicy i konta"], ["Niedokończone", "Terminy: po czasie", "Co się zmieniło"]),
        ("maria", ["Tablica kierowania", "Terminy: po czasie"], ["Szybka notatka", "Dzisiejsze wizyty"]),
        ("lena", ["Tablica kierowania"], ["Szybka notatka"]),
        ("anna", ["Moje rodziny"], ["Szybka notatka", "Dzisiejsze wizyty"]),
        ("piotr", ["Rejestr zgłoszeń"], ["Szybka notatka"]),
        ("zofia", ["Moje rodziny"], ["Szybka notatka"]),
    ],
)
def test_each_role_is_offered_a_first_step_and_nothing_pointless(client_of, cast, name, there, absent):
    page = client_of(name).get(reverse(URL)).content.decode()
    assert [words for words in there if words not in page] == []
    main = page[page.index("<main") :]
    assert [words for words in absent if words in main] == []


def test_the_institution_s_duties_stand_on_the_manager_s_day(client_of, cast):
    with clock.stopped(cast.today):
        record_office(cast.actor("maria"), None, kind="STANDARDS", on=date(2024, 8, 1), today=cast.today)
    page = client_of("maria").get(reverse(URL)).content.decode()
    assert "Przegląd standardów ochrony małoletnich" in page
    assert "Sprawy jednostki" in page
