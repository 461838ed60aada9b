"""What every verb gets from @action: permission, transaction, journal, a fence between institutions."""

from __future__ import annotations

from datetime import date

import pytest

from gniazdo.access.actions import action
from gniazdo.access.models import JournalEntry
from gniazdo.access.queries import PERMISSIONS, may, on_access_list, role, visible
from gniazdo.access.rules import Actor, NotAllowed, NotHere, Refusal
from gniazdo.kernel.process import Move, Process, State
from gniazdo.people.models import Family, Person
from gniazdo.people.tests.factories import make_family, make_person
from gniazdo.platform.models import WriteOutsideVerb
from gniazdo.platform.models.record import UnscopedRead

if "test.rename" not in PERMISSIONS:

    @action("test.rename", label="Zmień nazwę", who=role("manager", label="kierownik") | on_access_list)
    def rename(actor: Actor, family: Family, *, name: str) -> Family:
        if name == "zła":
            raise Refusal("Zła nazwa.", field="name")
        family.name = name
        family.save()
        return family


def test_it_journals_old_and_new(cast):
    family = make_family(cast.institution)
    rename(cast.actor("maria"), family, name="Nowi")
    entry = JournalEntry.objects.filter(code="test.rename").get()
    assert entry.changes["name"] == ["Testowi", "Nowi"]
    assert entry.user_id == cast.maria.user_id
    assert entry.subject_id == family.pk


def test_it_refuses_a_stranger_and_journals_it(cast):
    family = make_family(cast.institution)
    with pytest.raises(NotAllowed):
        rename(cast.actor("anna"), family, name="Nowi")
    assert JournalEntry.objects.get(outcome="refused").code == "test.rename"
    family = Family.objects.system().get(pk=family.pk)
    assert family.name == "Testowi"


def test_another_institution_does_not_learn_that_it_exists(cast):
    family = make_family(cast.institution)
    assert not may(cast.actor("olga"), "test.rename", family)
    with pytest.raises(NotHere):
        rename(cast.actor("olga"), family, name="Nowi")
    assert not visible(cast.actor("olga"), "test.rename", Family.objects.system()).exists()


def test_a_refused_verb_leaves_nothing_but_the_refusal(cast):
    family = make_family(cast.institution)
    with pytest.raises(Refusal):
        rename(cast.actor("maria"), family, name="zła")
    assert [e.outcome for e in JournalEntry.objects.filter(code="test.rename")] == ["refused"]


def test_records_refuse_writing_and_reading_without_a_name(cast):
    family = make_family(cast.institution)
    with pytest.raises(WriteOutsideVerb):
        family.save()
    with pytest.raises(WriteOutsideVerb):
        Family.objects.system().update(name="x")
    with pytest.raises(UnscopedRead):
        Family.objects.filter(name="x")


def test_access_list_narrows_families_and_persons(cast):
    from gniazdo.cases.tests.factories import make_case

    process = Process(
        "test.process",
        "Próba",
        start="A",
        states=(State("A", "a"), State("B", "b")),
        moves=(Move("go", "Idź", ("A",), "B"),),
    )
    mine, theirs = make_family(cast.institution), make_family(cast.institution, "Inni")
    make_case(mine, process, on=date(2026, 1, 5), assistant=cast.anna)
    anna = cast.actor("anna")
    assert list(visible(anna, "test.rename", Family.objects.system())) == [mine]
    assert visible(anna, "test.rename", Person.objects.system()).count() == 3
    assert may(anna, "test.rename", mine)
    assert not may(anna, "test.rename", theirs)
    # The team leader reaches what her team works on.
    assert list(visible(cast.actor("lena"), "test.rename", Family.objects.system())) == [mine]


def test_overlapping_membership_is_refused_with_a_sentence(cast):
    family = make_family(cast.institution)
    person = make_person(cast.institution)

    from gniazdo.people.models import Membership

    if "test.join" not in PERMISSIONS:

        @action("test.join", label="Dołącz", who=role("manager", label="kierownik"))
        def join(actor: Actor, family: Family, *, since: date, until: date | None) -> None:
            Membership(
                institution=family.institution, family=family, person=person, role="CHILD", since=since, until=until
            ).save()

    join(cast.actor("maria"), family, since=date(2025, 1, 1), until=date(2025, 6, 1))
    join(cast.actor("maria"), family, since=date(2025, 6, 1), until=None)
    with pytest.raises(Refusal, match="należy już do rodziny"):
        join(cast.actor("maria"), family, since=date(2025, 5, 1), until=date(2025, 5, 2))
