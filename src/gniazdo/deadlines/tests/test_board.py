"""The board: whose rows, in what order, what the filters do, what a stranger gets, how it agrees with the command line."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from gniazdo.access.models import JournalEntry
from gniazdo.deadlines.actions import rebuild
from gniazdo.deadlines.models import DeadlineRow
from gniazdo.deadlines.queries import (
    Filters,
    board,
    counts,
    due_for,
    due_rows,
    family_rows,
    lines,
    next_lines,
    page_after,
)
from gniazdo.deadlines.tests.factories import Walk
from gniazdo.kernel.catalogue import find
from gniazdo.orgs.queries import system_actor
from gniazdo.people.tests.factories import make_family
from gniazdo.platform.models import Prepared

START = date(2026, 5, 4)
TODAY = date(2026, 11, 18)


@pytest.fixture
def families(cast):
    """Two families of Anna (one overdue for assessment), one of Adam, one only reported."""
    made = [make_family(cast.institution, name) for name in ("Nowakowie", "Zielińscy", "Adamscy", "Zgłoszeni")]
    Walk(made[0], START).to_active(cast.anna, cast.piotr, START)
    Walk(made[1], START).to_active(cast.anna, cast.piotr, START + timedelta(days=20))
    Walk(made[2], START).to_active(cast.adam, cast.piotr, START + timedelta(days=30))
    Walk(made[3], TODAY)
    return made


def seen(actor, **filters):
    return [(r.family.name, r.declaration) for r in due_rows(actor, on=TODAY, filters=Filters(**filters))]


def test_a_worker_sees_their_own_rows_oldest_first(cast, families):
    rows = list(due_rows(cast.actor("anna"), on=TODAY))
    assert {r.family.name for r in rows} == {"Nowakowie", "Zielińscy"}
    assert [r.due_on for r in rows] == sorted(r.due_on for r in rows)
    assert counts(cast.actor("anna"), on=TODAY).overdue == 3


def test_a_team_leader_sees_the_team_and_a_manager_everything(cast, families):
    assert {name for name, _ in seen(cast.actor("lena"), whose="team")} == {"Nowakowie", "Zielińscy", "Adamscy"}
    assert {name for name, _ in seen(cast.actor("maria"), whose="all", days=365)} == {f.name for f in families}
    # What nobody holds yet waits on the manager's own board.
    assert ("Zgłoszeni", "assistance.interview") in seen(cast.actor("maria"), whose="mine")


@pytest.mark.parametrize("who", ["olga", "sonia", "daria", "artur"])
def test_others_see_nothing(cast, families, who):
    assert seen(cast.actor(who), whose="all", days=3650) == []


def test_a_social_worker_has_the_interview(cast, families):
    walk = Walk(make_family(cast.institution, "Nowi"), TODAY)
    walk.assign(cast.piotr, TODAY, "SOCIAL_WORKER")
    assert ("Nowi", "assistance.interview") in seen(cast.actor("piotr"))


def test_filters(cast, families):
    maria = cast.actor("maria")
    assert {d for _, d in seen(maria, whose="all", kind="assistance.assessment")} == {"assistance.assessment"}
    assert {n for n, _ in seen(maria, whose="all", post_ids=[cast.adam.pk], days=90)} == {"Adamscy"}
    assert {n for n, _ in seen(maria, whose="all", family_id=families[1].pk, days=90)} == {"Zielińscy"}
    assert len(seen(maria, whose="all", days=14)) < len(seen(maria, whose="all", days=365))


def test_pages_join_without_gaps_or_repeats(cast, families, monkeypatch):
    monkeypatch.setattr(board, "PAGE", 2)
    monkeypatch.setattr(board, "_PAGE", Prepared(board._page))
    maria, asked = cast.actor("maria"), Filters("all", 365)
    everything, cursor, pages = [r.pk for r in due_rows(maria, on=TODAY, filters=asked)], "", []
    while True:
        found, cursor = page_after(maria, cursor, on=TODAY, filters=asked)
        pages += [r.pk for r in found]
        if not cursor:
            break
    assert pages == everything
    assert len(pages) > 4
    assert page_after(maria, "bzdura", on=TODAY, filters=asked)[0]


def test_all_ways_to_a_row_show_the_same_line(cast, families):
    for who in ("anna", "maria", "olga"):
        actor = cast.actor(who)
        rows, _next = page_after(actor, "", on=TODAY)
        assert lines(rows, on=TODAY) == lines(due_rows(actor, on=TODAY)[: board.PAGE], on=TODAY)


def test_the_command_line_agrees_with_the_board(cast, families):
    rebuild(system_actor(cast.institution), cast.institution, on=TODAY)
    for who in ("anna", "adam", "piotr", "maria", "lena", "olga", "daria", "sonia"):
        actor = cast.actor(who)
        board = {
            (line.due_on.isoformat(), line.label, line.case_mark, line.why)
            for line in lines(due_rows(actor, on=TODAY), on=TODAY)
        }
        told = {(row["due_on"], row["label"], row["case_mark"], row["sentence"]) for row in due_for(actor, on=TODAY)}
        assert board == told


def test_the_command_line_answers_for_a_past_day(cast, families):
    """In June nothing of the two families was late yet."""
    labels = [row["label"] for row in due_for(cast.actor("anna"), on=date(2026, 5, 30), filters=Filters(days=200))]
    assert "Okresowa ocena sytuacji rodziny" in labels
    assert all(row["days"] >= 0 for row in due_for(cast.actor("anna"), on=date(2026, 5, 30)))


def test_the_page_shows_reasons_and_journals_the_reading(client_of, families):
    page = client_of("anna").get(reverse("deadlines:board")).content.decode()
    assert "Okresowa ocena sytuacji rodziny" in page
    assert "dni po terminie" in page
    assert "6 miesięcy od dnia" in page
    assert "uwrspz art. 15 ust. 1 pkt 15" in page
    assert "Adamscy" not in page
    assert JournalEntry.objects.filter(code="deadlines.board.view", outcome="read").exists()


def test_the_page_says_when_there_is_nothing(client_of, cast):
    assert "Nie ma terminów w tym zakresie" in client_of("anna").get(reverse("deadlines:board")).content.decode()


def test_a_swap_equals_a_fresh_page(client_of, families):
    client = client_of("maria")
    address = reverse("deadlines:board") + "?czyje=all&dni=90"
    whole = client.get(address).content.decode()
    part = client.get(address, headers={"HX-Request": "true", "HX-Target": "deadline-rows"}).content.decode()
    assert part.strip() in whole
    assert "<html" not in part


@pytest.mark.parametrize(
    "query", ["?dni=abc", "?czyje=obce", "?osoba=nie-uuid", "?rodzina=nie-uuid", "?po=bzdura", "?rodzaj=x"]
)
def test_wrong_filters_fall_back(client_of, families, query):
    assert client_of("maria").get(reverse("deadlines:board") + query).status_code == 200


def test_the_number_of_queries_does_not_grow_with_rows(client_of, cast, families, django_assert_max_num_queries):
    for n in range(6):
        Walk(make_family(cast.institution, f"Więcej{n}"), START).to_active(cast.anna, cast.piotr, START)
    client = client_of("anna")
    client.get(reverse("deadlines:board"))
    with django_assert_max_num_queries(20):
        client.get(reverse("deadlines:board"))


def test_the_file_is_safe_to_open(client_of, cast):
    Walk(make_family(cast.institution, "=cmd|' /C calc'!A0"), TODAY)
    response = client_of("maria").get(reverse("deadlines:board-csv") + "?czyje=all")
    text = b"".join(response.streaming_content).decode() if response.streaming else response.content.decode()
    assert "'=cmd" in text
    assert "Wywiad środowiskowy" in text


def test_every_deadline_is_in_the_catalogue_and_reads_existing_tables(db):
    from django.apps import apps

    from gniazdo.deadlines.queries import DEADLINES

    labels = {m._meta.label_lower for m in apps.get_models()}
    assert len(DEADLINES) >= 17
    for deadline in DEADLINES.values():
        assert find("deadline", deadline.id)
        assert deadline.reads <= labels


def test_rows_of_another_institution_are_not_there(client_of, families):
    row = DeadlineRow.objects.system().order_by("pk").first()
    assert client_of("olga").get(reverse("deadlines:row-extend", args=[row.pk])).status_code == 404


def test_the_nearest_row_of_each_family(cast, families):
    found = next_lines(cast.actor("anna"), [f.pk for f in families], on=TODAY)
    assert set(found) == {families[0].pk, families[1].pk}
    assert found[families[0].pk].due_on == min(
        r.due_on for r in DeadlineRow.objects.system().filter(family=families[0], fulfilled_on=None)
    )
    assert family_rows(cast.actor("anna"), families[0].pk, on=TODAY)[0].due_on == found[families[0].pk].due_on
    assert family_rows(cast.actor("olga"), families[0].pk, on=TODAY) == []


def test_the_number_of_overdue_rows_opens_them(client_of, families):
    client = client_of("anna")
    page = client.get(reverse("deadlines:board")).content.decode()
    assert 'href="/terminy/?dni=-1"' in page
    assert "Po terminie: 3" in page
    late = client.get(reverse("deadlines:board") + "?dni=-1").content.decode()
    assert late.count("Dlaczego ten dzień") == 3


def test_a_stranger_s_family_in_the_filter_shows_nothing_and_leaves_a_line(cast, client_of):
    theirs = make_family(cast.other, "Obcy")
    anna = client_of("anna")
    assert "Obcy" not in anna.get(f"/terminy/?rodzina={theirs.pk}").content.decode()
    line = JournalEntry.objects.get(outcome="refused")
    assert (line.code, line.object_kind, line.object_id) == ("deadlines.board.view", "people.family", theirs.pk)
    assert "rodzina" in line.why
    anna.get(f"/terminy/?rodzina={uuid4()}")
    assert JournalEntry.objects.filter(outcome="refused").count() == 1
