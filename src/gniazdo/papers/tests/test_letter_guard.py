"""The secretary keeps the register of all letters, and reads the words only of those that are hers to write."""

from __future__ import annotations

import pytest
from django.urls import reverse

from gniazdo.access.actions import grant_access, system_act
from gniazdo.access.queries import may
from gniazdo.access.rules import NotHere
from gniazdo.papers import actions
from gniazdo.papers.models import LetterRecord
from gniazdo.papers.queries import letter_by_id, letter_entry, letter_register
from gniazdo.papers.rules import LETTERS, Letter
from gniazdo.papers.tests.factories import case_of

if "test.opinion" not in LETTERS:
    Letter(
        "test.opinion", "Opinia próbna", fields={"family": "rodzina"}, recipient="Sąd Rejonowy", body=("Tajna treść o {family}.",),
        data=lambda actor, case, on: {"family": case.family.name}, writers=("assistant", "manager"), example={"family": "Testowi"},
    )  # fmt: skip


@pytest.fixture
def opinion(cast) -> LetterRecord:
    case = case_of(cast)
    anna = cast.actor("anna")
    made = actions.write_letter(anna, case, code="test.opinion", on=cast.today)
    return actions.register_letter(anna, made, on=cast.today)


def test_an_opinion_is_only_an_entry_for_the_secretary(cast, client_of, opinion):
    sonia, client = cast.actor("sonia"), client_of("sonia")
    assert [one.pk for one in letter_register(sonia)] == [opinion.pk]
    page = client.get(reverse("papers:letter-view", args=[opinion.pk])).content.decode()
    assert "Sąd Rejonowy" in page
    assert "1/2026" in page
    assert "Tajna treść" not in page
    assert client.get(reverse("papers:letter-print", args=[opinion.pk])).status_code == 404
    assert "Opinia próbna" in client.get(reverse("papers:letter-list")).content.decode()
    with pytest.raises(NotHere):
        letter_by_id(sonia, opinion.pk)


def test_she_sends_it_all_the_same_but_does_not_change_it(cast, client_of, opinion):
    client, url = client_of("sonia"), reverse("papers:letter-view", args=[opinion.pk])
    assert client.post(url, {"do": "edit", "title": "x", "body": "x", "rev": opinion.rev}).status_code == 422
    client.post(url, {"do": "send", "channel": "registered", "sent_on": cast.today})
    client.post(url, {"do": "deliver", "delivered_on": cast.today})
    after = LetterRecord.objects.system().get()
    assert (after.status, after.title) == ("delivered", "Opinia próbna")


def test_its_attachments_are_closed_too(cast, client_of, opinion):
    stored = actions.attach_file(cast.actor("anna"), opinion, content=b"%PDF-1.7", name="opinia.pdf", on=cast.today)
    assert client_of("sonia").get(reverse("papers:file-view", args=[stored.pk])).status_code == 404
    page = client_of("sonia").get(reverse("papers:letter-view", args=[opinion.pk])).content.decode()
    assert "opinia.pdf" not in page
    assert "opinia.pdf" in client_of("anna").get(reverse("papers:letter-view", args=[opinion.pk])).content.decode()


def test_what_is_hers_to_write_or_came_in_is_open(cast):
    case, sonia = case_of(cast), cast.actor("sonia")
    note = actions.write_letter(cast.actor("anna"), case, code="test.note", on=cast.today)
    came = actions.receive_letter(sonia, case, title="Z sądu", sender="Sąd", received_on=cast.today, on=cast.today)
    assert letter_by_id(sonia, note.pk) == note
    assert letter_by_id(sonia, came.pk) == came


def test_on_the_access_list_she_reads_it(cast, opinion):
    with system_act("test"):
        grant_access(
            cast.actor("maria"),
            subject_id=opinion.family_id,
            post_id=cast.sonia.pk,
            since=cast.today,
            basis="assignment",
        )
    assert letter_by_id(cast.actor("sonia"), opinion.pk) == opinion


def test_others_stand_as_before(cast, opinion):
    assert letter_by_id(cast.actor("maria"), opinion.pk) == opinion
    for name in ("adam", "olga"):
        assert letter_register(cast.actor(name)) == []
        with pytest.raises(NotHere):
            letter_entry(cast.actor(name), opinion.pk)
    assert not may(cast.actor("artur"), "papers.letter.entry", opinion)
