"""Two people correct one record: the second sees both versions and chooses; nothing is overwritten, nothing typed is lost."""

from __future__ import annotations

import pytest

from gniazdo.access.actions import lock
from gniazdo.people.models import Family, Person
from gniazdo.people.tests.factories import let_in, make_family, make_person


@pytest.fixture
def person(cast):
    return make_person(cast.institution, "Jan", "Stary", sex="M")


def edit(person) -> str:
    return f"/osoby/osoba/{person.pk}/popraw/"


def as_shown(page) -> dict[str, str]:
    """What a browser would send from this page, unchanged: the values of the form, its revision, what it started from."""
    form = page.context["form"]
    sent = {"rev": str(form.started_rev)} | {f"was-{name}": text for name, text in form.started_with}
    for bound in form:
        value = bound.value()
        if value not in (None, "", False):
            sent[bound.html_name] = "on" if value is True else str(value)
    return sent


def test_the_second_writer_chooses_field_by_field(person, client_of):
    maria, sonia = client_of("maria"), client_of("sonia")
    marias, sonias = (as_shown(client.get(edit(person))) for client in (maria, sonia))
    assert maria.post(edit(person), marias | {"last_name": "Nowy", "citizenship": "ukraińskie"}).status_code == 302

    told = sonia.post(edit(person), sonias | {"last_name": "Młody", "first_name": "Janusz"})
    assert told.status_code == 409
    saved = Person.objects.system().get(pk=person.pk)
    assert (saved.first_name, saved.last_name) == ("Jan", "Nowy")
    rows = {row.name: (row.saved, row.mine, row.marked) for row in told.context["form"].versions}
    assert rows == {
        "first_name": ("Jan", "Janusz", "mine"),  # only she changed it
        "last_name": ("Nowy", "Młody", ""),  # both did: nobody is preferred
        "citizenship": ("ukraińskie", "polskie", "saved"),  # only the other did
    }
    page = told.content.decode()
    assert "Zapisane teraz" in page
    assert 'value="Młody"' in page

    chosen = as_shown(told) | {"compared": "first_name last_name citizenship", "pick.first_name": "mine",
                               "pick.last_name": "saved", "pick.citizenship": "saved"}  # fmt: skip
    assert sonia.post(edit(person), chosen).status_code == 302
    saved = Person.objects.system().get(pk=person.pk)
    assert (saved.first_name, saved.last_name, saved.citizenship) == ("Janusz", "Nowy", "ukraińskie")


def test_without_a_choice_nothing_is_overwritten(person, client_of):
    sonia = client_of("sonia")
    sent = as_shown(sonia.get(edit(person)))
    client_of("maria").post(edit(person), sent | {"last_name": "Nowy"})
    told = sonia.post(edit(person), sent | {"last_name": "Młody"})
    again = sonia.post(edit(person), as_shown(told) | {"compared": "last_name"})
    assert again.status_code == 409
    no_rev = {name: value for name, value in sent.items() if name != "rev"} | {"last_name": "Młody"}
    assert sonia.post(edit(person), no_rev).status_code == 409
    assert Person.objects.system().get(pk=person.pk).last_name == "Nowy"


def test_a_third_save_during_the_choice_is_shown_too(person, client_of):
    maria, sonia = client_of("maria"), client_of("sonia")
    sent = as_shown(sonia.get(edit(person)))
    maria.post(edit(person), sent | {"last_name": "Nowy"})
    told = sonia.post(edit(person), sent | {"last_name": "Młody"})
    maria.post(edit(person), as_shown(maria.get(edit(person))) | {"last_name": "Nowszy"})
    again = sonia.post(edit(person), as_shown(told) | {"compared": "last_name", "pick.last_name": "mine"})
    assert again.status_code == 409
    assert [(row.saved, row.mine) for row in again.context["form"].versions] == [("Nowszy", "Młody")]


def test_the_loser_keeps_their_text_until_they_let_it_go(person, client_of):
    maria, sonia = client_of("maria"), client_of("sonia")
    sent = as_shown(sonia.get(edit(person)))
    maria.post(edit(person), sent | {"last_name": "Nowy"})
    sonia.post(edit(person), sent | {"last_name": "Młody"})
    taken_up = sonia.get(edit(person))  # she closed the tab at the comparison
    assert taken_up.context["form"].taken_up
    assert sonia.post(edit(person), as_shown(taken_up)).status_code == 409
    assert sonia.post(edit(person), {"do": "drop"}).status_code == 302
    assert 'value="Nowy"' in sonia.get(edit(person)).content.decode()


def test_marking_a_choice_does_not_replace_the_draft_of_the_conflict(person, client_of):
    maria, sonia = client_of("maria"), client_of("sonia")
    sent = as_shown(sonia.get(edit(person)))
    maria.post(edit(person), sent | {"citizenship": "ukraińskie"})
    told = sonia.post(edit(person), sent | {"last_name": "Młody"})
    assert 'data-draft="' not in told.content.decode()
    sonia.post(
        edit(person) + "?szkic=1", as_shown(told) | {"compared": "last_name citizenship", "pick.last_name": "mine"}
    )
    # Taken up again it still starts from the old revision, so the other's change cannot be overwritten unseen.
    assert sonia.post(edit(person), as_shown(sonia.get(edit(person)))).status_code == 409
    assert Person.objects.system().get(pk=person.pk).citizenship == "ukraińskie"


def test_a_familys_name_is_compared_too_and_strangers_see_nothing(cast, client_of):
    family = make_family(cast.institution, "Orlik")
    let_in(family, cast.anna)
    url = f"/osoby/rodzina/{family.pk}/nazwa/"
    anna, maria = client_of("anna"), client_of("maria")
    sent = as_shown(anna.get(url))
    assert maria.post(url, sent | {"name": "Orlik-Sowa"}).status_code == 302
    told = anna.post(url, sent | {"name": "Orlikowie"})
    assert told.status_code == 409
    assert Family.objects.system().get(pk=family.pk).name == "Orlik-Sowa"
    done = as_shown(told) | {"compared": "name", "pick.name": "mine"}
    assert anna.post(url, done).status_code == 302
    assert Family.objects.system().get(pk=family.pk).name == "Orlikowie"
    assert client_of("olga").get(url).status_code == 404
    assert client_of("adam").get(url).status_code == 404


def test_lock_is_what_notices(person):
    assert lock(person, rev=person.rev).pk == person.pk
