"""Ids in answers of a sheet: nobody is named whom the writer may not know, and a sentence with dashes is no id."""

from __future__ import annotations

import pytest
from django.urls import reverse

from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import NotHere
from gniazdo.papers.actions import save_sheet
from gniazdo.papers.models import SheetRecord
from gniazdo.papers.tests.factories import draft_of
from gniazdo.papers.tests.test_pages import form_of
from gniazdo.people.models import Membership
from gniazdo.people.tests.factories import let_in, make_family


def member_of(family):
    return Membership.objects.system().filter(family=family).order_by("id")[0].person


def save(cast, record, **answers):
    return save_sheet(cast.actor("anna"), record, answers={**record.answers, **answers}, rev=record.rev)


def test_a_person_of_a_family_one_does_not_work_with_is_neither_taken_nor_named(cast, client_of):
    record, neighbour = draft_of(cast), member_of(make_family(cast.institution, "Sąsiedzi"))
    url = reverse("papers:sheet-edit", args=[record.pk])
    answer = client_of("anna").post(url, form_of(record, main=str(neighbour.pk)))
    assert answer.status_code == 404
    assert "Sąsiedzi" not in answer.content.decode()
    assert SheetRecord.objects.system().get(pk=record.pk).rev == record.rev
    line = JournalEntry.objects.get(object_id=neighbour.pk, outcome="refused", code="papers.sheet.save")
    assert (line.why, line.user_id) == ("404", cast.anna.user_id)


@pytest.mark.parametrize("question", ["main", "worker", "present"])
def test_people_of_another_institution_are_not_taken(cast, question):
    record, family = draft_of(cast), make_family(cast.other, "Zamiejscowi")
    stranger = str(cast.olga.pk if question == "worker" else member_of(family).pk)
    with pytest.raises(NotHere):
        save(cast, record, **{question: [stranger] if question == "present" else stranger})
    with pytest.raises(NotHere):
        save(cast, record, areas_table=[{"area": "mieszkanie", "note": stranger}])


def test_those_one_works_with_are_taken(cast):
    record, other = draft_of(cast), make_family(cast.institution, "Moi drudzy")
    let_in(other, cast.anna)
    record = save(cast, record, main=str(member_of(record.family).pk), worker=str(cast.adam.pk))
    record = save(cast, record, present=[str(member_of(other).pk)])
    assert record.answers["worker"] == str(cast.adam.pk)


def test_who_is_in_the_answers_already_stays_after_access_has_ended(cast):
    record, other = draft_of(cast), make_family(cast.institution, "Dawni")
    record = save_sheet(
        cast.actor("maria"), record, answers={**record.answers, "main": str(member_of(other).pk)}, rev=record.rev
    )
    assert save(cast, record, subject="Dalej").answers["main"] == str(member_of(other).pk)


def test_thirty_six_letters_with_four_dashes_are_a_sentence(cast, client_of):
    record, said = draft_of(cast), "Rozmowa - mama - tata - syn - córka."
    assert (len(said), said.count("-")) == (36, 4)
    client, url = client_of("anna"), reverse("papers:sheet-edit", args=[record.pk])
    assert client.post(url, form_of(record, subject=said)).status_code == 302
    assert said in client.get(url).content.decode()
