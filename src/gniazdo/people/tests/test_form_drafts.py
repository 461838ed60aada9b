"""A form half filled is kept on the server: closing the tab loses nothing, My Day shows it, saving clears it."""

from __future__ import annotations

import pytest

from gniazdo.papers.models import Draft
from gniazdo.people.models import Person
from gniazdo.people.tests.factories import let_in, make_family


@pytest.fixture
def family(cast):
    made = make_family(cast.institution, "Orlik")
    let_in(made, cast.anna)
    return made


def test_a_person_half_registered_is_found_again(cast, client_of):
    sonia = client_of("sonia")
    typed = {"first_name": "Łucja", "last_name": "Żuraw", "pesel": "123", "sex": "F", "citizenship": ""}
    assert sonia.post("/osoby/nowa/?szkic=1", typed).json() == {"saved": True}
    assert not Person.objects.system().filter(last_name="Żuraw").exists()
    page = sonia.get("/osoby/nowa/")
    assert 'value="123"' in page.content.decode()  # wrong as it is, it is kept
    assert page.context["form"]["citizenship"].value() == ""  # emptied on purpose, not filled again
    assert "niedokończone" in page.content.decode()
    my_day = sonia.get("/").content.decode()
    assert "Nowa osoba: Łucja Żuraw" in my_day
    assert "/osoby/nowa/" in my_day


def test_nobody_else_finds_it(client_of):
    client_of("sonia").post("/osoby/nowa/?szkic=1", {"last_name": "Żuraw"})
    for other in ("maria", "anna", "olga"):
        assert "Żuraw" not in client_of(other).get("/osoby/nowa/").content.decode()


def test_saving_clears_the_draft(client_of):
    sonia = client_of("sonia")
    data = {"first_name": "Ewa", "last_name": "Orlik", "sex": "F", "citizenship": "polskie"}
    sonia.post("/osoby/nowa/?szkic=1", data)
    searched = sonia.post("/osoby/nowa/", data)
    if searched.status_code == 200:
        searched = sonia.post("/osoby/nowa/", data | {"seen": searched.context["form"]["seen"].value()})
    assert searched.status_code == 302
    assert not Draft.objects.system().exists()


def test_starting_afresh_clears_it_too(client_of):
    sonia = client_of("sonia")
    sonia.post("/osoby/nowa/?szkic=1", {"last_name": "Żuraw"})
    assert sonia.post("/osoby/nowa/", {"do": "drop", "last_name": "Żuraw"})["Location"] == "/osoby/nowa/"
    assert "Żuraw" not in sonia.get("/osoby/nowa/").content.decode()


def test_rows_of_a_family_come_back_in_their_places(client_of):
    rows = {"osoba-TOTAL_FORMS": "3", "osoba-INITIAL_FORMS": "0", "osoba-0-role": "PARENT", "osoba-0-first_name": "Iga",
            "osoba-2-role": "CHILD", "osoba-2-first_name": "Jaś", "osoba-2-born_on": "2018-02-02"}  # fmt: skip
    sonia = client_of("sonia")
    sonia.post("/osoby/rodziny/nowa/?szkic=1", {"name": "Pustułka", "street": "Polna 1"} | rows)
    page = sonia.get("/osoby/rodziny/nowa/")
    assert page.context["form"]["street"].value() == "Polna 1"
    shown = page.context["rows"]
    assert shown.forms[0]["first_name"].value() == "Iga"
    assert (shown.forms[2]["first_name"].value(), shown.forms[2]["born_on"].value()) == ("Jaś", "2018-02-02")


def test_unticked_boxes_and_choices_come_back(family, client_of):
    anna = client_of("anna")
    url = f"/osoby/rodzina/{family.pk}/nowa-osoba/"
    anna.post(url + "?szkic=1", {"last_name": "Orlik", "role": "GRANDPARENT", "since": "2025-01-02"})
    form = anna.get(url).context["form"]
    assert form["role"].value() == "GRANDPARENT"
    assert not form["at_home"].value()
    need = f"/osoby/rodzina/{family.pk}/dodaj/ostrzezenie/"
    anna.post(need + "?szkic=1", {"kind": "DOG", "words": "pies na łańcuchu", "visit_in_pairs": "on"})
    page = anna.get(need)
    assert "pies na łańcuchu" in page.content.decode()
    assert page.context["form"]["visit_in_pairs"].value()


def test_a_secret_address_is_never_kept_as_a_draft(family, client_of):
    anna = client_of("anna")
    url = f"/osoby/rodzina/{family.pk}/dodaj/adres-tajny/"
    assert "data-draft" not in anna.get(url).content.decode()
    anna.post(url + "?szkic=1", {"street": "Ukryta 1", "since": "2026-01-01"})
    assert not Draft.objects.system().exists()


def test_a_draft_asks_for_access_first(family, client_of):
    url = f"/osoby/rodzina/{family.pk}/nowa-osoba/?szkic=1"
    assert client_of("olga").post(url, {"last_name": "X"}).status_code == 404
    assert not Draft.objects.system().exists()
