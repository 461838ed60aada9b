"""A consent lasts until it is withdrawn or until its last day; one that has ended is said to have and does not count."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import NotAllowed, NotHere, Refusal
from gniazdo.people.actions import give_consent, withdraw_consent
from gniazdo.people.models import Consent, Membership
from gniazdo.people.queries.card import consent_counts, family_card
from gniazdo.people.tests.factories import let_in, make_family

DAY = timedelta(days=1)
GIVEN, LAST = date(2026, 1, 1), date(2026, 3, 31)


@pytest.fixture
def family(cast):
    made = make_family(cast.institution, "Orlik")
    let_in(made, cast.anna)
    return made


def mother_of(family):
    return Membership.objects.system().filter(family=family, role="PARENT").select_related("person").first().person


def given(cast, family, *, who="anna", until=LAST):
    return give_consent(
        cast.actor(who), family, person=mother_of(family), kind="EXCHANGE", given_on=GIVEN, valid_until=until,
        today=cast.today,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("on", "until", "withdrawn", "counts"),
    [
        (GIVEN - DAY, LAST, None, False),
        (GIVEN, LAST, None, True),
        (LAST, LAST, None, True),
        (LAST + DAY, LAST, None, False),
        (LAST + DAY, None, None, True),
        (LAST - DAY, LAST, LAST, True),
        (LAST, None, LAST, False),
    ],
)
def test_when_it_counts(cast, family, on, until, withdrawn, counts):
    consent = given(cast, family, until=until)
    if withdrawn:
        consent = withdraw_consent(cast.actor("anna"), consent, on=withdrawn)
    assert consent.is_in_force(on) is counts
    assert Consent.objects.system().filter(consent_counts(on)).exists() is counts
    card = family_card(cast.actor("anna"), family.pk, on)
    assert bool(card.consents) is counts


def test_the_journal_has_its_last_day(cast, family):
    given(cast, family)
    line = JournalEntry.objects.get(code="people.consent.give", outcome="done", object_kind="people.consent")
    assert line.changes["valid_until"][1] == LAST.isoformat()


def test_it_does_not_end_before_it_begins(cast, family):
    with pytest.raises(ValidationError, match="przed jej wyrażeniem"):
        given(cast, family, until=GIVEN - DAY)
    assert not Consent.objects.system().exists()


def test_what_has_run_out_is_not_withdrawn(cast, family):
    consent = given(cast, family)
    with pytest.raises(Refusal, match=r"wygasła 31\.03\.2026") as refused:
        withdraw_consent(cast.actor("anna"), consent, on=LAST + DAY)
    assert refused.value.field == "on"
    assert withdraw_consent(cast.actor("anna"), consent, on=LAST).withdrawn_on == LAST


@pytest.mark.parametrize("who", ["adam", "sonia", "daria", "olga"])
def test_others_write_none(cast, family, who):
    with pytest.raises((NotAllowed, NotHere)):
        given(cast, family, who=who)


def test_the_page_says_how_it_stands(cast, family, client_of):
    client, base = client_of("anna"), f"/osoby/rodzina/{family.pk}/"
    sent = {"person": str(mother_of(family).pk), "kind": "EXCHANGE", "scope": "szkoła", "given_on": GIVEN.isoformat()}
    wrong = client.post(f"{base}dodaj/zgoda/", sent | {"valid_until": (GIVEN - DAY).isoformat()})
    assert wrong.status_code == 422
    assert "Zgoda nie może skończyć się przed jej wyrażeniem." in wrong.content.decode()
    assert client.post(f"{base}dodaj/zgoda/", sent | {"valid_until": LAST.isoformat()}).status_code == 302
    shown = client.get(base).content.decode()
    assert "wygasła" in shown
    assert "wycofaj" not in shown
    later = cast.today + 40 * DAY
    assert client.post(f"{base}dodaj/zgoda/", sent | {"valid_until": later.isoformat()}).status_code == 302
    shown = client.get(base).content.decode()
    assert "ważna do" in shown
    assert "wycofaj" in shown
    assert client_of("olga").get(f"{base}dodaj/zgoda/").status_code == 404
