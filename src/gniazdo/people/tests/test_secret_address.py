"""A secret address is tried every way: search, lists, headers, cards, journal, pages. Only named posts and the manager read it."""

from __future__ import annotations

from datetime import date

import pytest

from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import NotAllowed, NotHere
from gniazdo.people import actions
from gniazdo.people.models import Address, Membership, Person
from gniazdo.people.queries import (
    families_page,
    family_card,
    family_header,
    find_people,
    has_secret_address,
    person_page,
    read_secret_address,
)
from gniazdo.people.tests.factories import let_in, make_family

STREET = "Ukryta 77"


@pytest.fixture
def hidden(cast):
    family = make_family(cast.institution, "Chroniona")
    for post in (cast.anna, cast.piotr, cast.lena):
        let_in(family, post)
    maria = cast.actor("maria")
    actions.set_address(maria, family, since=date(2025, 1, 1), street="Jawna 1", town="Dębowo")
    secret = actions.set_secret_address(
        cast.actor("anna"),
        family,
        since=date(2026, 1, 1),
        readers=[cast.anna],
        street=STREET,
        town="Zacisze",
        why="przemoc",
    )
    return family, secret


def test_only_the_manager_and_named_posts_read_it(cast, hidden):
    _family, secret = hidden
    for name in ("anna", "maria"):
        assert read_secret_address(cast.actor(name), secret.pk).street == STREET
    for name in ("piotr", "lena", "sonia", "adam", "zofia", "daria", "artur", "olga"):
        with pytest.raises(NotHere):
            read_secret_address(cast.actor(name), secret.pk)


def test_reading_is_journalled_apart(cast, hidden, client_of):
    _family, secret = hidden
    page = client_of("anna").get(f"/osoby/adres-tajny/{secret.pk}/")
    assert STREET in page.content.decode()
    assert JournalEntry.objects.filter(
        code="people.secret_address.read", outcome="read", object_id=secret.pk, user_id=cast.anna.user_id
    ).exists()
    assert client_of("piotr").get(f"/osoby/adres-tajny/{secret.pk}/").status_code == 404
    assert client_of("olga").get(f"/osoby/adres-tajny/{secret.pk}/").status_code == 404


def test_it_appears_nowhere_else(cast, hidden, client_of):
    family, _secret = hidden
    for name in ("anna", "piotr", "maria"):
        actor = cast.actor(name)
        header = family_header(actor, family.pk, cast.today)
        assert header.address_is_secret
        assert header.address == ""
        seen = [header, family_card(actor, family.pk, cast.today), families_page(actor, cast.today)[0][0].__dict__]
        seen += [find_people(actor, "Chroniona", on=cast.today), find_people(actor, "Ukryta", on=cast.today)]
        seen += [person_page(actor, m.person_id, cast.today) for m in Membership.objects.system().filter(family=family)]
        assert "Ukryta" not in repr(seen)
        assert "Zacisze" not in repr(seen)
        client = client_of(name)
        person = Person.objects.system().filter(last_name="Chroniona").first()
        for url in (
            f"/osoby/rodzina/{family.pk}/", f"/osoby/rodzina/{family.pk}/karta/", f"/osoby/rodzina/{family.pk}/genogram/",
            f"/osoby/rodzina/{family.pk}/ekomapa/", "/osoby/rodziny/", "/osoby/?q=Chroniona", f"/osoby/osoba/{person.pk}/",
        ):  # fmt: skip
            page = client.get(url)
            assert page.status_code == 200, url
            assert "Ukryta" not in page.content.decode()
            assert (
                "Jawna" not in page.content.decode() or "karta" in url
            )  # the old address does not pass for the present one


def test_its_words_are_not_in_the_journal(cast, hidden):
    assert JournalEntry.objects.filter(code="people.secret_address.set").exists()
    everything = " ".join(str(e.changes) + e.why for e in JournalEntry.objects.all())
    assert "Ukryta" not in everything
    assert "przemoc" not in everything


def test_the_open_address_ends_when_the_secret_begins(cast, hidden):
    family, _secret = hidden
    assert Address.objects.system().get(family=family).until == date(2026, 1, 1)
    assert has_secret_address(family.pk, cast.today)


def test_a_person_with_a_secret_address_hides_the_family_address_too(cast):
    family = make_family(cast.institution, "Zwykła")
    maria = cast.actor("maria")
    actions.set_address(maria, family, since=date(2025, 1, 1), street="Jawna 1", town="Dębowo")
    person = Membership.objects.system().filter(family=family, role="PARENT").get().person
    actions.set_secret_address(maria, person, since=date(2026, 1, 1), readers=[], street=STREET, town="Zacisze")
    assert family_header(maria, family.pk, cast.today).address_is_secret


def test_only_case_workers_and_the_manager_write_it_and_only_readers_name_readers(cast, hidden):
    family, secret = hidden
    for name in ("sonia", "adam", "zofia"):
        with pytest.raises(NotAllowed):
            actions.set_secret_address(cast.actor(name), family, since=cast.today, readers=[], town="X")
    with pytest.raises(NotAllowed):
        actions.name_secret_reader(cast.actor("piotr"), secret, post=cast.piotr)
    actions.name_secret_reader(cast.actor("anna"), secret, post=cast.piotr)
    assert read_secret_address(cast.actor("piotr"), secret.pk).town == "Zacisze"
