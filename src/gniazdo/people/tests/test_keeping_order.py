"""Roles that change, duplicates looked for from a person's page, a merge undone in time, the genogram moved through time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import NotAllowed, NotHere, Refusal
from gniazdo.exchange.library.demo.invent import pesel
from gniazdo.people import actions
from gniazdo.people.models import Membership
from gniazdo.people.queries import find_people, moments_of
from gniazdo.people.tests.factories import SINCE, let_in, make_family, make_person


@pytest.fixture
def family(cast):
    made = make_family(cast.institution, "Orlik")
    let_in(made, cast.anna)
    return made


@pytest.fixture
def child(family):
    return family.memberships.filter(role="CHILD").order_by("id").first()


def test_a_child_leaves_home_and_stays_in_the_family(cast, child):
    day = date(2026, 5, 4)
    after = actions.change_membership(cast.actor("anna"), child, on=day, role="CHILD", at_home=False)
    before = Membership.objects.system().get(pk=child.pk)
    assert (before.until, before.at_home, after.since, after.at_home) == (day, True, day, False)
    assert JournalEntry.objects.filter(code="people.family.change_membership", outcome="done").count() == 2


def test_what_cannot_be_changed_is_refused(cast, child):
    anna = cast.actor("anna")
    with pytest.raises(Refusal, match="tak jest już"):
        actions.change_membership(anna, child, on=date(2026, 5, 4), role="CHILD", at_home=True)
    with pytest.raises(Refusal, match="wcześniejsza"):
        actions.change_membership(anna, child, on=SINCE - timedelta(days=1), role="CHILD", at_home=False)
    actions.leave_family(anna, child, on=date(2026, 5, 4))
    with pytest.raises(Refusal, match="już nie należy"):
        actions.change_membership(anna, child, on=date(2026, 6, 4), role="CHILD", at_home=False)
    with pytest.raises(NotAllowed):
        actions.change_membership(cast.actor("adam"), child, on=date(2026, 6, 4), role="CHILD", at_home=False)
    with pytest.raises(NotHere):
        actions.change_membership(cast.actor("olga"), child, on=date(2026, 6, 4), role="CHILD", at_home=False)


def test_the_screen_starts_from_what_is_saved(child, family, client_of):
    anna, url = client_of("anna"), f"/osoby/zakoncz/zmiana-w-rodzinie/{child.pk}/"
    assert url in anna.get(f"/osoby/rodzina/{family.pk}/").content.decode()
    form = anna.get(url).context["form"]
    assert (form["role"].value(), form["at_home"].value()) == ("CHILD", True)
    assert anna.post(url, {"role": "CHILD", "on": "2026-05-04"}).status_code == 302
    assert client_of("olga").get(url).status_code == 404


def test_duplicates_are_looked_for_from_a_persons_page(cast, family, client_of):
    mother = family.memberships.get(role="PARENT").person
    double = make_person(cast.institution, "Ewa", "Orlig", sex="F", born_on=mother.born_on)
    maria, url = client_of("maria"), f"/osoby/osoba/{mother.pk}/podobne/"
    assert url in maria.get(f"/osoby/osoba/{mother.pk}/").content.decode()
    page = maria.get(url).content.decode()
    assert f"/osoby/osoba/{mother.pk}/polacz/{double.pk}/" in page
    anna = client_of("anna").get(url).content.decode()
    assert "Orlig" not in anna  # she may not open that one
    assert client_of("olga").get(url).status_code == 404


def test_a_merge_is_offered_to_be_undone_for_thirty_days(cast, family, client_of):
    mother = family.memberships.get(role="PARENT").person
    double = make_person(cast.institution, "Ewa", "Orlig", sex="F")
    long_ago = cast.today - timedelta(days=31)
    merge = actions.merge_persons(cast.actor("maria"), mother, lost=double, reason="ta sama", on=long_ago)
    page = client_of("maria").get(f"/osoby/osoba/{mother.pk}/").content.decode()
    assert "Połączono z:" in page
    assert f"/osoby/polaczenie/{merge.pk}/" not in page
    other = make_person(cast.institution, "Ewa", "Orlih", sex="F")
    merge = actions.merge_persons(
        cast.actor("maria"), mother, lost=other, reason="ta sama", on=cast.today - timedelta(days=30)
    )
    url = f"/osoby/polaczenie/{merge.pk}/cofnij/"
    maria = client_of("maria")
    assert url in maria.get(f"/osoby/osoba/{mother.pk}/").content.decode()
    assert maria.post(url).status_code == 302


def test_a_part_of_a_pesel_is_enough_from_any_place(cast):
    number = pesel(date(1991, 4, 5), "F", 3)
    who = make_person(cast.institution, "Iga", "Sowa", pesel=number)
    for name in ("maria", "sonia"):
        for part in (number[:5], number[3:8], number[-5:], f"{number[:6]} {number[6:]}"):
            assert [f.person_id for f in find_people(cast.actor(name), part, on=cast.today)] == [who.pk], part
    assert find_people(cast.actor("olga"), number[3:8], on=cast.today) == []


def test_a_part_of_a_phone_is_enough_within_ones_reach(cast, family):
    mother = family.memberships.get(role="PARENT").person
    actions.add_contact(cast.actor("anna"), mother, value="+48 601 234 567")
    actions.add_contact(cast.actor("anna"), family, value="22 765 43 21")
    for name in ("anna", "maria"):
        for part in ("601 234", "234567", "+48 601234567", "0123"):
            assert [f.person_id for f in find_people(cast.actor(name), part, on=cast.today)] == [mother.pk], part
        assert len(find_people(cast.actor(name), "7654321", on=cast.today)) == 3  # all of the family
    for name in ("adam", "olga"):
        assert find_people(cast.actor(name), "601234567", on=cast.today) == []


def test_the_genogram_moves_from_change_to_change(cast, child, family, client_of):
    actions.change_membership(cast.actor("anna"), child, on=date(2026, 5, 4), role="CHILD", at_home=False)
    assert moments_of(cast.actor("anna"), family, cast.today) == [SINCE, date(2026, 5, 4), cast.today]
    anna, url = client_of("anna"), f"/osoby/rodzina/{family.pk}/genogram/"
    first = anna.get(url + "?krok=0")
    assert first.context["on"] == SINCE
    assert first.context["slider"] == {"last": 2, "at": 0, "before": None, "after": date(2026, 5, 4)}
    assert anna.get(url + "?krok=99").context["on"] == cast.today
    assert anna.get(url + "?krok=x").context["on"] == cast.today
    early = anna.get(url + "?na=2020-01-01").context["slider"]
    assert (early["at"], early["before"]) == (0, None)
    words = anna.get(url).content.decode()
    assert "Przesuń w czasie" in words


def test_the_list_says_what_the_lines_say(cast, family, client_of):
    mother = family.memberships.get(role="PARENT").person
    for member in family.memberships.filter(role="CHILD"):
        actions.set_kinship(cast.actor("anna"), mother, second=member.person, kind="PARENT_BIO")
    page = client_of("anna").get(f"/osoby/rodzina/{family.pk}/genogram/").content.decode()
    assert "dziecko: Dziecko0 Orlik, Dziecko1 Orlik" in page
    assert "rodzic biologiczny: Ewa Orlik" in page


def test_what_has_ended_is_not_ended_again(cast, family):
    anna = cast.actor("anna")
    phone = actions.add_contact(anna, family, value="601 111 222")
    actions.end_contact(anna, phone, on=date(2026, 5, 4))
    with pytest.raises(Refusal, match=r"już to zakończył: 04\.05\.2026"):
        actions.end_contact(cast.actor("maria"), phone, on=date(2026, 6, 4))
    school = actions.add_institution_contact(anna, family, name="SP 1", since=date(2026, 5, 4))
    with pytest.raises(Refusal, match="po początku"):
        actions.end_institution_contact(anna, school, on=date(2026, 5, 4))
