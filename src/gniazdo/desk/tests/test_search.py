"""Global search shows what the post may see: persons, families, case marks."""

from __future__ import annotations

import pytest
from django.urls import reverse

from gniazdo.assistance.tests.working import make_work
from gniazdo.desk.queries.search import search


@pytest.fixture
def work(cast):
    return make_work(cast, name="Szukani")


def test_a_case_mark_is_found_by_its_beginning_and_by_number_and_year(work, cast):
    anna = cast.actor("anna")
    mark = work.case.case_mark
    assert [c.pk for c in search(anna, mark[:6], on=cast.today).cases] == [work.case.pk]
    assert [c.pk for c in search(anna, f"{work.case.number}/{work.case.year}", on=cast.today).cases] == [work.case.pk]


@pytest.mark.parametrize("name", ["adam", "olga", "daria", "artur"])
def test_others_find_neither_the_case_nor_the_people(client_of, work, cast, name):
    actor = cast.actor(name)
    assert not search(actor, work.case.case_mark, on=cast.today).cases
    assert not search(actor, "Szukani", on=cast.today).people
    page = client_of(name).get(reverse("desk:search"), {"q": "Szukani"})
    assert page.status_code == 200
    assert "/rodzina/" not in page.content.decode()


def test_one_letter_finds_nothing_and_says_what_to_type(client_of, cast):
    page = client_of("anna").get(reverse("desk:search"), {"q": "S"}).content.decode()
    assert "Nic nie znaleziono" in page


@pytest.mark.parametrize("text", ["", "%", "';--", "\x00", "ł" * 300, "0/0", "999999/9999"])
def test_strange_texts_break_nothing(client_of, cast, text):
    assert client_of("maria").get(reverse("desk:search"), {"q": text}).status_code == 200
