"""Every screen of the room opens, saves through its verb, keeps what was typed, and hides from strangers."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from gniazdo.access.actions import system_act
from gniazdo.exchange.library.demo.invent import pesel
from gniazdo.kernel import clock
from gniazdo.kernel.terms import add_months
from gniazdo.orgs.models import ParameterValue
from gniazdo.people import actions
from gniazdo.people.forms.nouns import FAMILY_NOUNS, PERSON_NOUNS
from gniazdo.people.models import Address, Consent, Family, HazardFlag, Membership, Need, Person
from gniazdo.people.queries import family_card, family_header
from gniazdo.people.tests.factories import let_in, make_family


@pytest.fixture
def family(cast):
    made = make_family(cast.institution, "Orlik")
    let_in(made, cast.anna)
    return made


def mother_of(family) -> Person:
    return Membership.objects.system().get(family=family, role="PARENT").person


def pages_of(family) -> list[str]:
    person = mother_of(family)
    return [
        f"/osoby/rodzina/{family.pk}/", f"/osoby/rodzina/{family.pk}/genogram/?na=2025-01-01", f"/osoby/rodzina/{family.pk}/ekomapa/",
        f"/osoby/rodzina/{family.pk}/karta/", f"/osoby/rodzina/{family.pk}/nowa-osoba/", f"/osoby/osoba/{person.pk}/",
        f"/osoby/osoba/{person.pk}/popraw/", f"/osoby/rodzina/{family.pk}/dolacz/{person.pk}/",
        *(f"/osoby/rodzina/{family.pk}/dodaj/{slug}/" for slug, n in FAMILY_NOUNS.items() if n.add),
        *(f"/osoby/osoba/{person.pk}/dodaj/{slug}/" for slug in PERSON_NOUNS),
    ]  # fmt: skip


def test_every_page_opens_for_its_worker_and_is_not_there_for_others(cast, family, client_of):
    anna, adam, olga = client_of("anna"), client_of("adam"), client_of("olga")
    for url in pages_of(family):
        assert anna.get(url).status_code == 200, url
        assert adam.get(url).status_code == 404, url
        assert olga.get(url).status_code == 404, url
    for url in ("/osoby/", "/osoby/?q=orlik", "/osoby/nowa/", "/osoby/rodziny/", "/osoby/rodziny/nowa/"):
        assert anna.get(url).status_code == 200, url
    assert client_of("maria").get("/osoby/duplikaty/").status_code == 200
    assert anna.get("/osoby/duplikaty/").status_code == 403
    assert "Ewa Orlik" not in client_of("daria").get("/osoby/?q=orlik").content.decode()


def test_the_secretary_sees_no_sensitive_part(cast, family, client_of):
    actions.raise_hazard(
        cast.actor("anna"), family, kind="DOG", words="zły pies", review_on=date(2027, 1, 1), on=cast.today
    )
    actions.add_need(cast.actor("anna"), mother_of(family), kind="TRAUMA", note="po wypadku")
    sonia = client_of("sonia")
    assert "zły pies" in client_of("anna").get(f"/osoby/rodzina/{family.pk}/").content.decode()
    assert "zły pies" not in sonia.get(f"/osoby/rodzina/{family.pk}/").content.decode()
    assert "po wypadku" not in sonia.get(f"/osoby/osoba/{mother_of(family).pk}/").content.decode()
    assert sonia.get(f"/osoby/rodzina/{family.pk}/karta/").status_code == 404
    need = Need.objects.system().get()
    assert sonia.get(f"/osoby/zakoncz/potrzeba/{need.pk}/").status_code in (403, 404)


def test_registering_shows_lookalikes_first_then_saves(cast, family, client_of):
    client = client_of("sonia")
    data = {"first_name": "Ewa", "last_name": "Orlik", "sex": "F", "born_on": "1990-05-04", "citizenship": "polskie"}
    shown = client.post("/osoby/nowa/", data)
    assert "prawie na pewno ta sama" in shown.content.decode()
    assert Person.objects.system().filter(last_name="Orlik", first_name="Ewa").count() == 1
    seen = shown.context["form"]["seen"].value()
    refused = client.post("/osoby/nowa/", data | {"seen": seen})
    assert refused.status_code == 422
    assert 'value="Orlik"' in refused.content.decode()
    saved = client.post("/osoby/nowa/", data | {"seen": seen, "not_duplicate_reason": "siostra cioteczna"})
    assert saved.status_code == 302
    assert Person.objects.system().filter(last_name="Orlik", first_name="Ewa").count() == 2


def test_a_wrong_pesel_is_a_sentence_at_the_field(cast, client_of):
    data = {"first_name": "Ola", "last_name": "Nowa", "pesel": "12345678901", "sex": "F"}
    page = client_of("sonia").post("/osoby/nowa/", data)
    assert page.status_code == 422
    assert page.context["form"].errors["pesel"] == [
        "Ten numer PESEL jest błędny: cyfra kontrolna się nie zgadza. Sprawdź go w dokumencie."
    ]
    assert "12345678901" in page.content.decode()


def test_a_family_is_registered_from_one_screen(cast, client_of):
    rows = {"osoba-TOTAL_FORMS": "2", "osoba-INITIAL_FORMS": "0", "osoba-0-role": "PARENT", "osoba-0-first_name": "Iga",
            "osoba-0-sex": "F", "osoba-1-role": "CHILD", "osoba-1-first_name": "Jaś", "osoba-1-pesel": pesel(date(2018, 2, 2), "M", 1)}  # fmt: skip
    saved = client_of("sonia").post(
        "/osoby/rodziny/nowa/", {"name": "Pustułka", "street": "Polna 1", "town": "Dębowo"} | rows
    )
    family = Family.objects.system().get(name="Pustułka")
    assert saved["Location"] == f"/osoby/rodzina/{family.pk}/"
    assert Membership.objects.system().filter(family=family, person__last_name="Pustułka").count() == 2
    assert Address.objects.system().get(family=family).street == "Polna 1"


def test_nouns_are_added_and_ended_from_their_screens(cast, family, client_of):
    client, base = client_of("anna"), f"/osoby/rodzina/{family.pk}/dodaj/"
    hazard = {"kind": "DOG", "words": "pies", "review_on": "2027-01-01", "visit_in_pairs": "on"}
    assert client.post(base + "ostrzezenie/", hazard).status_code == 302
    flag = HazardFlag.objects.system().get()
    assert client.post(base + "ostrzezenie/", hazard | {"review_on": "2020-01-01"}).status_code == 422
    assert client.post(f"/osoby/zakoncz/ostrzezenie/{flag.pk}/", {"reason": ""}).status_code == 422
    assert (
        client.post(f"/osoby/zakoncz/ostrzezenie-przeglad/{flag.pk}/", {"review_on": "2027-06-01"}).status_code == 302
    )
    assert client.post(f"/osoby/zakoncz/ostrzezenie/{flag.pk}/", {"reason": "pies odszedł"}).status_code == 302
    consent = {"person": str(mother_of(family).pk), "kind": "PHONE", "given_on": "2026-01-01"}
    assert client.post(base + "zgoda/", consent).status_code == 302
    given = Consent.objects.system().get()
    assert client.post(f"/osoby/zakoncz/zgoda/{given.pk}/", {"on": "2026-02-01"}).status_code == 302
    assert (
        client.post(
            base + "adres/", {"kind": "RESIDENCE", "street": "A 1", "town": "B", "since": "2026-01-01"}
        ).status_code
        == 302
    )
    late = client.post(base + "przeprowadzka/", {"street": "C 1", "town": "D", "since": "2025-01-01"})
    assert late.status_code == 422
    assert "późniejszy adres" in late.content.decode()


def test_header_and_card_take_few_queries(cast, family, django_assert_num_queries, django_assert_max_num_queries):
    anna = cast.actor("anna")
    with django_assert_num_queries(3):
        header = family_header(anna, family.pk, cast.today)
    assert [m.name for m in header.members] == ["Ewa Orlik", "Dziecko0 Orlik", "Dziecko1 Orlik"]
    assert header.members[0].age == "36 lat"
    with django_assert_max_num_queries(17):
        card = family_card(anna, family.pk, cast.today)
    assert len(card.children) == 2


def test_a_warning_is_looked_at_again_after_the_institution_s_months(cast, family, client_of):
    url = reverse("people:family-add", args=[family.pk, "ostrzezenie"])
    today = clock.today()
    assert f'value="{add_months(today, 6):%Y-%m-%d}"' in client_of("anna").get(url).content.decode()
    with system_act("test"):
        ParameterValue(institution=cast.institution, code="people.hazard_review_months", value=2, since=today).save()
    assert f'value="{add_months(today, 2):%Y-%m-%d}"' in client_of("anna").get(url).content.decode()
