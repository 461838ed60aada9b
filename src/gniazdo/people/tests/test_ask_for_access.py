"""Somebody alike in a family one may not open: emergency access is one link away, and the table says no more than before."""

from __future__ import annotations

from datetime import date

import pytest

from gniazdo.access.actions import system_act
from gniazdo.access.models import JournalEntry
from gniazdo.people.models import Membership
from gniazdo.people.queries import duplicates_of
from gniazdo.people.tests.factories import let_in, make_family, make_person

ALIKE = {"first_name": "Ewa", "last_name": "Orlik", "sex": "F", "citizenship": "polskie"}


@pytest.fixture
def theirs(cast):
    made = make_family(cast.institution, "Orlik", children=1)
    let_in(made, cast.adam)
    return made


def asked(client) -> str:
    return str(client.post("/osoby/nowa/", ALIKE).content.decode())


def test_a_worker_outside_the_family_is_offered_it(cast, theirs, client_of):
    anna = client_of("anna")
    page = asked(anna)
    mother = theirs.memberships.get(role="PARENT").person
    link = f"/dostep-awaryjny/{theirs.pk}/?next=/osoby/osoba/{mother.pk}/"
    assert link in page
    assert "Dziecko0" not in page  # nothing of the family but the one who was asked for
    opened = anna.post(link, {"reason": "Dziecko samo w domu, koleżanka na urlopie."})
    assert opened["Location"] == f"/osoby/osoba/{mother.pk}/"
    assert anna.get(opened["Location"]).status_code == 200
    assert JournalEntry.objects.filter(code="orgs.access.break_glass", outcome="done", subject_id=theirs.pk).exists()


def test_who_may_open_them_or_may_not_ask_gets_no_link(cast, theirs, client_of):
    for name in ("adam", "maria", "sonia"):
        page = asked(client_of(name))
        assert "Orlik" in page, name
        assert "dostep-awaryjny" not in page, name


def test_another_institution_sees_nobody(theirs, client_of):
    page = asked(client_of("olga"))
    assert "dostep-awaryjny" not in page
    assert "Prowadzi" not in page


def test_the_present_family_is_asked_for(cast, theirs):
    mother = theirs.memberships.get(role="PARENT").person
    now = make_family(cast.institution, "Sowa", children=0)
    old = theirs.memberships.get(role="PARENT")
    with system_act("test"):
        old.until = date(2025, 1, 1)
        old.save()
        Membership(
            institution=cast.institution, family=now, person=mother, role="PARENT", since=date(2024, 6, 1)
        ).save()
    found = {one.person_id: one for one in duplicates_of(cast.actor("anna"), ALIKE, on=cast.today)}
    assert found[mother.pk].family_id == now.pk


def test_a_person_of_no_family_has_nothing_to_ask_for(cast):
    lone = make_person(cast.institution, "Ewa", "Orlik", sex="F")
    found = duplicates_of(cast.actor("anna"), ALIKE, on=cast.today)
    assert [(one.person_id, one.family_id) for one in found] == [(lone.pk, None)]
