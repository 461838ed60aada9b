"""Search before create, families with people, corrections, birth and death."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import Conflict, NotAllowed, NotHere, Refusal
from gniazdo.exchange.library.demo.invent import pesel
from gniazdo.people import actions
from gniazdo.people.models import Contact, Family, Membership, Person, PersonToken
from gniazdo.people.queries import duplicates_of, proof_of_search
from gniazdo.people.tests.factories import let_in, make_family, make_person

JANE = {"first_name": "Łucja", "last_name": "Żurawska", "sex": "F", "born_on": date(1991, 4, 5)}


def register(actor, today, **more):
    fields = JANE | more
    return actions.register_person(actor, None, on=today, seen=proof_of_search(actor, fields), **fields)


def test_it_is_refused_without_a_search_shown(cast):
    sonia = cast.actor("sonia")
    with pytest.raises(Refusal, match="Najpierw sprawdź"):
        actions.register_person(sonia, None, on=cast.today, seen="", **JANE)
    other = proof_of_search(sonia, {"last_name": "Inna", "first_name": "X"})
    with pytest.raises(Refusal, match="Najpierw sprawdź"):
        actions.register_person(sonia, None, on=cast.today, seen=other, **JANE)
    someone_elses = proof_of_search(cast.actor("maria"), JANE)
    with pytest.raises(Refusal):
        actions.register_person(sonia, None, on=cast.today, seen=someone_elses, **JANE)


def test_it_saves_keys_words_and_journal(cast):
    made = register(cast.actor("sonia"), cast.today)
    assert (made.fold_first, made.fold_last) == ("lucja", "zurawska")
    assert set(PersonToken.objects.filter(person=made).values_list("text", flat=True)) == {"lucja", "zurawska"}
    entry = JournalEntry.objects.get(code="people.person.register")
    assert entry.changes["last_name"] == ["", "Żurawska"] or entry.changes["last_name"] == [None, "Żurawska"]


def test_a_strong_lookalike_needs_a_reason(cast):
    make_person(cast.institution, "Lucja", "Zurawska", born_on=date(1991, 4, 5))
    with pytest.raises(Refusal, match="jest już w systemie"):
        register(cast.actor("sonia"), cast.today)
    made = register(cast.actor("sonia"), cast.today, not_duplicate_reason="kuzynka, inny ojciec")
    assert made.not_duplicate_reason == "kuzynka, inny ojciec"


def test_a_taken_or_wrong_pesel_is_refused_at_its_field(cast):
    number = pesel(date(1991, 4, 5), "F", 3)
    make_person(cast.institution, pesel=number)
    with pytest.raises(Refusal) as refused:
        register(cast.actor("sonia"), cast.today, pesel=number)
    assert refused.value.field == "pesel"
    with pytest.raises(ValidationError) as wrong:
        register(cast.actor("sonia"), cast.today, pesel=pesel(date(1992, 4, 5), "M", 3))
    assert set(wrong.value.message_dict) == {"pesel"}


def test_dpo_and_administrator_do_not_register(cast):
    for name in ("daria", "artur"):
        with pytest.raises(NotAllowed):
            register(cast.actor(name), cast.today)


def test_lookalikes_outside_the_access_list_show_little(cast):
    family = make_family(cast.institution, "Żurawska", children=0)
    let_in(family, cast.adam)
    found = duplicates_of(cast.actor("anna"), {"first_name": "Ewa", "last_name": "Zurawka"}, on=cast.today)
    assert [(f.name, f.birth_year, f.workers, f.may_open) for f in found] == [
        ("Ewa Żurawska", 1990, ("Adam Asystent",), False)
    ]
    assert not hasattr(found[0], "pesel")
    assert duplicates_of(cast.actor("olga"), {"first_name": "Ewa", "last_name": "Żurawska"}, on=cast.today) == []


def test_a_family_with_people_at_once(cast, django_assert_max_num_queries):
    people = [
        JANE | {"role": "PARENT", "phone": "601 111 222"},
        {"first_name": "Oleg", "last_name": "Żurawski", "role": "CHILD"},
    ]
    anna = cast.actor("anna")
    with django_assert_max_num_queries(24):
        family = actions.register_family_with_people(
            anna,
            None,
            name="Żurawscy",
            people=people,
            address={"street": "Lipowa 3", "town": "Dębowo"},
            phone="22 111",
            on=cast.today,
        )
    assert Membership.objects.system().filter(family=family).count() == 2
    assert Contact.objects.system().filter(digits="601111222").exists()
    assert family.pk in cast.actor("anna").subject_ids  # intake lets her open what she wrote in
    assert JournalEntry.objects.filter(code="people.family.register", object_kind="people.person").count() == 2
    with pytest.raises(Refusal, match="podobnych danych"):
        actions.register_family_with_people(anna, None, name="Znów", people=people, on=cast.today)
    assert Family.objects.system().filter(name="Znów").count() == 0


def test_joining_a_stranger_does_not_open_their_file(cast):
    mine, theirs = make_family(cast.institution), make_family(cast.institution, "Inni")
    let_in(mine, cast.anna)
    stranger = theirs.memberships.first().person
    with pytest.raises(Refusal, match="z którą nie pracujesz"):
        actions.join_family(cast.actor("anna"), mine, person=stranger, role="RELATIVE", since=cast.today)
    actions.join_family(cast.actor("maria"), mine, person=stranger, role="RELATIVE", since=cast.today)
    with pytest.raises(Refusal, match="należy już"):
        actions.join_family(cast.actor("maria"), mine, person=stranger, role="OTHER", since=cast.today)


def test_leaving_needs_dates_in_order(cast):
    member = make_family(cast.institution).memberships.first()
    with pytest.raises(Refusal):
        actions.leave_family(cast.actor("maria"), member, on=date(2020, 1, 1))
    assert actions.leave_family(cast.actor("maria"), member, on=cast.today).until == cast.today
    with pytest.raises(NotHere):
        actions.leave_family(cast.actor("olga"), member, on=cast.today)


def test_correcting_reindexes_and_notices_the_second_saver(cast):
    person = make_person(cast.institution, "Jan", "Stary")
    changed = actions.correct_person(cast.actor("maria"), person, on=cast.today, rev=person.rev, last_name="Łoś")
    assert set(PersonToken.objects.filter(person=changed).values_list("text", flat=True)) == {"jan", "los"}
    with pytest.raises(Conflict):
        actions.correct_person(cast.actor("sonia"), person, on=cast.today, rev=person.rev, last_name="Inny")


def test_an_unborn_child_is_born_once(cast):
    child = make_person(cast.institution, "", "Oczekiwana", is_unborn=True, due_on=date(2026, 12, 1))
    with pytest.raises(ValidationError):
        actions.mark_born(cast.actor("maria"), child, on=cast.today, born_on=date(2026, 12, 24))
    born = actions.mark_born(
        cast.actor("maria"), child, on=cast.today, born_on=date(2026, 11, 16), first_name="Ala", sex="F"
    )
    assert not born.is_unborn
    with pytest.raises(Refusal):
        actions.mark_born(cast.actor("maria"), born, on=cast.today, born_on=date(2026, 11, 16))


def test_death_comes_after_birth(cast):
    person = make_person(cast.institution, born_on=date(1980, 1, 1))
    with pytest.raises(ValidationError):
        actions.mark_deceased(cast.actor("maria"), person, on=cast.today, died_on=date(1979, 1, 1))
    actions.mark_deceased(cast.actor("maria"), person, on=cast.today, died_on=date(2026, 1, 2))
    assert Person.objects.system().get(pk=person.pk).died_on == date(2026, 1, 2)
