"""Kinship, parental authority, merging and undoing it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import NotAllowed, NotHere, Refusal
from gniazdo.exchange.library.demo.invent import pesel
from gniazdo.people import actions
from gniazdo.people.models import Contact, Kinship, Membership, ParentalAuthority, Person
from gniazdo.people.queries import duplicates_of, family_genogram, family_members, find_people, suggested_duplicates
from gniazdo.people.tests.factories import let_in, make_family, make_person


@pytest.fixture
def kin(cast):
    family = make_family(cast.institution, "Kosowska", children=2)
    mother, *children = (
        m.person for m in Membership.objects.system().filter(family=family).order_by("person__born_on")
    )
    return family, mother, children


def test_a_parent_is_older_only_two_and_no_circle(cast, kin):
    _family, mother, (child, _other) = kin
    maria = cast.actor("maria")
    with pytest.raises(Refusal, match="młodszy"):
        actions.set_kinship(maria, child, second=mother, kind="PARENT_BIO")
    actions.set_kinship(maria, mother, second=child, kind="PARENT_BIO")
    unknown_age = make_person(cast.institution, "X", "Y")
    actions.set_kinship(maria, unknown_age, second=child, kind="PARENT_BIO")
    with pytest.raises(Refusal, match="dwoje"):
        actions.set_kinship(maria, make_person(cast.institution, "Z", "Z"), second=child, kind="PARENT_BIO")
    with pytest.raises(Refusal, match="potomkiem"):
        actions.set_kinship(maria, child, second=unknown_age, kind="PARENT_ADOPT")
    with pytest.raises(Refusal):
        actions.set_kinship(maria, mother, second=mother, kind="MARRIAGE")


def test_a_divorce_ends_the_marriage(cast, kin):
    _family, mother, _children = kin
    maria, man = cast.actor("maria"), make_person(cast.institution, "Jan", "Kosowski")
    actions.set_kinship(maria, mother, second=man, kind="MARRIAGE", since=date(2010, 5, 1))
    with pytest.raises(Refusal, match="Podaj, od kiedy"):
        actions.set_kinship(maria, man, second=mother, kind="DIVORCE")
    actions.set_kinship(maria, man, second=mother, kind="DIVORCE", since=date(2020, 5, 1))
    assert Kinship.objects.system().get(kind="MARRIAGE").until == date(2020, 5, 1)


def test_secretary_may_assistant_off_the_list_may_not(cast, kin):
    _family, mother, (child, _o) = kin
    with pytest.raises(NotAllowed):
        actions.set_kinship(cast.actor("anna"), mother, second=child, kind="PARENT_BIO")
    with pytest.raises(NotHere):
        actions.set_kinship(cast.actor("olga"), mother, second=child, kind="PARENT_BIO")
    actions.set_kinship(cast.actor("sonia"), mother, second=child, kind="PARENT_BIO")


def test_authority_needs_its_ruling_and_follows_the_one_before(cast, kin):
    _family, mother, (child, _o) = kin
    maria = cast.actor("maria")
    with pytest.raises(ValidationError) as wrong:
        actions.set_parental_authority(
            maria, child, parent=mother, kind="LIMITED", since=date(2025, 1, 1), on=cast.today
        )
    assert "court" in wrong.value.message_dict
    ruling = {"court": "Sąd Rejonowy w Dębowie", "docket_number": "III Nsm 1/25", "on": cast.today}
    actions.set_parental_authority(maria, child, parent=mother, kind="FULL", since=date(2015, 3, 2), on=cast.today)
    actions.set_parental_authority(maria, child, parent=mother, kind="LIMITED", since=date(2025, 1, 1), **ruling)
    assert ParentalAuthority.objects.system().get(kind="FULL").until == date(2025, 1, 1)
    with pytest.raises(Refusal, match="późniejszy"):
        actions.set_parental_authority(maria, child, parent=mother, kind="REMOVED", since=date(2024, 1, 1), **ruling)


def test_the_genogram_shows_the_day_asked_for(cast, kin):
    family, mother, (child, _o) = kin
    maria = cast.actor("maria")
    actions.set_kinship(maria, mother, second=child, kind="PARENT_BIO")
    now, _people = family_genogram(maria, family.pk, cast.today)
    assert len(now.symbols) == 3
    with pytest.raises(NotHere):
        family_genogram(cast.actor("anna"), family.pk, cast.today)
    actions.mark_deceased(maria, mother, on=cast.today, died_on=date(2026, 5, 1))
    by_id = {s.human.id: s.human for s in family_genogram(maria, family.pk, date(2026, 4, 1))[0].symbols}
    assert by_id[str(mother.pk)].died_on is None


def test_merge_keeps_both_histories_and_can_be_undone(cast, kin):
    family, mother, _children = kin
    maria = cast.actor("maria")
    double = make_person(
        cast.institution, "Ewa", "Kosowska", born_on=mother.born_on, pesel=pesel(date(1990, 5, 4), "F", 9)
    )
    actions.add_contact(maria, double, value="600 700 800")
    assert suggested_duplicates(maria) == [(mother, double)]
    with pytest.raises(Refusal):
        actions.merge_persons(maria, mother, lost=double, reason=" ", on=cast.today)
    merge = actions.merge_persons(maria, mother, lost=double, reason="ten sam dowód", on=cast.today)
    assert Contact.objects.system().get(value="600 700 800").person_id == mother.pk
    kept = Person.objects.system().get(pk=mother.pk)
    assert kept.pesel == pesel(date(1990, 5, 4), "F", 9)
    assert [f.person_id for f in find_people(maria, "Ewa Kosowska", on=cast.today)] == [mother.pk]
    assert {
        f.person_id for f in duplicates_of(maria, {"first_name": "Ewa", "last_name": "Kosowska"}, on=cast.today)
    } == {mother.pk}
    with pytest.raises(Refusal, match="dni"):
        actions.undo_merge(maria, merge, on=cast.today + timedelta(days=31))
    actions.undo_merge(maria, merge, on=cast.today + timedelta(days=30))
    assert Contact.objects.system().get(value="600 700 800").person_id == double.pk
    assert Person.objects.system().get(pk=mother.pk).pesel == ""
    assert Person.objects.system().get(pk=double.pk).pesel == pesel(date(1990, 5, 4), "F", 9)
    assert len(find_people(maria, "Ewa Kosowska", on=cast.today)) == 2
    assert JournalEntry.objects.filter(code="people.person.undo_merge").exists()
    assert len(family_members(maria, family.pk, cast.today)) == 3


def test_merging_two_members_of_one_family_hides_one(cast, kin):
    family, _mother, (child, other) = kin
    maria = cast.actor("maria")
    actions.merge_persons(maria, child, lost=other, reason="pomyłka", on=cast.today)
    assert len(family_members(maria, family.pk, cast.today)) == 2


def test_two_pesels_are_two_persons(cast):
    one = make_person(cast.institution, "A", "B", pesel=pesel(date(1990, 1, 1), "F", 1))
    two = make_person(cast.institution, "A", "B", pesel=pesel(date(1991, 1, 1), "F", 1))
    with pytest.raises(Refusal, match="różne numery PESEL"):
        actions.merge_persons(cast.actor("maria"), one, lost=two, reason="x", on=cast.today)
    with pytest.raises(NotAllowed):
        actions.merge_persons(cast.actor("sonia"), one, lost=two, reason="x", on=cast.today)


def test_anna_merges_only_within_her_families(cast, kin):
    family, mother, _children = kin
    let_in(family, cast.anna)
    stranger = make_person(cast.institution, "Ewa", "Kosowska")
    with pytest.raises(Refusal, match="masz dostęp"):
        actions.merge_persons(cast.actor("anna"), mother, lost=stranger, reason="x", on=cast.today)
