"""Rows typed wrong are corrected with a reason; what they said before stays; the secret address keeps its guard."""

from __future__ import annotations

from datetime import date

import pytest

from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import Conflict, NotAllowed, NotHere, Refusal
from gniazdo.people import actions
from gniazdo.people.models import Address, Contact, InstitutionContact, ParentalAuthority, Schooling, SecretAddress
from gniazdo.people.tests.factories import let_in, make_family

LINES = {"street": "Polna 1", "postal_code": "11-111", "town": "Dębowo"}


@pytest.fixture
def family(cast):
    made = make_family(cast.institution, "Orlik")
    let_in(made, cast.anna)
    return made


@pytest.fixture
def child(family):
    return family.memberships.filter(role="CHILD").order_by("id").first().person


def corrected(cast, verb, row, **fields):
    return verb(cast.actor("anna"), row, rev=row.rev, reason="literówka", on=cast.today, **fields)


def test_an_address_says_what_it_said_and_why(cast, family):
    row = actions.set_address(cast.actor("anna"), family, since=date(2025, 1, 1), **LINES)
    done = corrected(cast, actions.correct_address, row, street="Polna 11")
    assert Address.objects.system().count() == 1
    assert done.corrections == [
        {
            "on": cast.today.isoformat(),
            "by": cast.actor("anna").name,
            "reason": "literówka",
            "was": {"street": "Polna 1"},
        }
    ]
    entry = JournalEntry.objects.get(code="people.address.correct")
    assert entry.changes["street"] == ["Polna 1", "Polna 11"]
    assert entry.changes["correction_reason"] == ["", "literówka"]


def test_no_reason_no_change_wrong_dates_and_a_stale_page_are_refused(cast, family):
    anna = cast.actor("anna")
    row = actions.set_address(anna, family, since=date(2025, 1, 1), **LINES)
    with pytest.raises(Refusal, match="co było pomyłką"):
        actions.correct_address(anna, row, rev=row.rev, reason=" ", on=cast.today, street="X")
    with pytest.raises(Refusal, match="nie ma czego"):
        actions.correct_address(anna, row, rev=row.rev, reason="pomyłka", on=cast.today, street="Polna 1")
    with pytest.raises(Conflict):
        actions.correct_address(anna, row, rev=row.rev - 1, reason="pomyłka", on=cast.today, street="X")


def test_periods_still_may_not_meet(cast, family):
    anna = cast.actor("anna")
    actions.set_address(anna, family, since=date(2024, 1, 1), **LINES)
    later = actions.set_address(anna, family, since=date(2025, 1, 1), **LINES | {"street": "Leśna 2"})
    with pytest.raises(Refusal, match="taki adres w tym okresie"):
        corrected(cast, actions.correct_address, later, since=date(2024, 6, 1))


def test_a_phone_is_searched_by_its_new_number(cast, family):
    row = actions.add_contact(cast.actor("anna"), family, value="601 111 222")
    corrected(cast, actions.correct_contact, row, kind="PHONE", value="601 111 333")
    assert Contact.objects.system().get().digits == "601111333"


def test_a_school_and_a_ruling(cast, child, family):
    anna = cast.actor("anna")
    school = actions.add_schooling(anna, child, since=date(2025, 9, 1), stage="PRIMARY_1_3", class_name="2a")
    corrected(cast, actions.correct_schooling, school, class_name="2b")
    assert Schooling.objects.system().get().class_name == "2b"
    mother = family.memberships.get(role="PARENT").person
    ruling = actions.set_parental_authority(
        anna,
        child,
        parent=mother,
        kind="LIMITED",
        since=date(2025, 2, 1),
        on=cast.today,
        court="SR",
        docket_number="III Nsm 1/25",
    )
    corrected(
        cast, actions.correct_authority, ruling, kind="LIMITED", court="SR w Dębowie", docket_number="III Nsm 1/25"
    )
    assert ParentalAuthority.objects.system().get().court == "SR w Dębowie"


def test_an_institution_and_a_need(cast, child, family, client_of):
    anna = cast.actor("anna")
    school = actions.add_institution_contact(anna, family, name="SP 1", phone="22 111")
    corrected(cast, actions.correct_institution_contact, school, phone="22 222")
    assert InstitutionContact.objects.system().get().phone == "22 222"
    need = actions.add_need(anna, child, kind="ADHD", note="od lutego")
    url = f"/osoby/popraw/potrzeba/{need.pk}/"
    assert url in client_of("anna").get(f"/osoby/osoba/{child.pk}/").content.decode()
    assert client_of("sonia").get(url).status_code == 404
    corrected(cast, actions.correct_need, need, kind="AUTISM")
    assert JournalEntry.objects.get(code="people.need.correct").changes["kind"] == [None, None]


def test_a_certificate_keeps_health_out_of_the_journal(cast, child):
    anna = cast.actor("anna")
    row = actions.add_certificate(
        anna, child, kind="CHILD", symbols=["01-U"], number="7/2025", valid_until=date(2027, 1, 1)
    )
    done = corrected(
        cast, actions.correct_certificate, row, kind="CHILD", symbols=["02-P"], valid_until=date(2028, 1, 1)
    )
    assert done.corrections[0]["was"] == {"symbols": ["01-U"], "valid_until": "2027-01-01"}
    changes = JournalEntry.objects.get(code="people.certificate.correct").changes
    assert changes["symbols"] == [None, None]
    assert changes["corrections"] == [None, None]
    assert changes["valid_until"] == ["2027-01-01", "2028-01-01"]
    with pytest.raises(NotAllowed):
        actions.correct_certificate(
            cast.actor("sonia"), done, rev=done.rev, reason="x pomyłka", on=cast.today, kind="LIGHT", symbols=[]
        )


def test_a_secret_address_is_corrected_only_by_who_may_read_it(cast, family, client_of):
    row = actions.set_secret_address(
        cast.actor("maria"), family, since=date(2026, 1, 1), readers=[cast.anna], why="przemoc", **LINES
    )
    let_in(family, cast.adam)
    url = f"/osoby/popraw/adres-tajny/{row.pk}/"
    for name in ("adam", "sonia", "olga"):
        assert client_of(name).get(url).status_code == 404, name
    anna = client_of("anna")
    page = anna.get(url)
    assert "data-draft" not in page.content.decode()
    sent = LINES | {
        "rev": str(row.rev),
        "street": "Ukryta 9",
        "since": "2026-01-01",
        "why": "przemoc",
        "reason": "pomyłka w numerze",
    }
    assert anna.post(url, sent).status_code == 302
    assert SecretAddress.objects.system().get().street == "Ukryta 9"
    told = str(
        list(JournalEntry.objects.filter(code="people.secret_address.correct").values_list("changes", flat=True))
    )
    assert "Ukryta" not in told
    assert "Polna" not in told
    assert JournalEntry.objects.filter(code="people.secret_address.read", outcome="read").exists()


def test_the_form_of_a_row_compares_and_links_from_the_persons_page(cast, child, client_of):
    school = actions.add_schooling(
        cast.actor("anna"), child, since=date(2025, 9, 1), stage="PRIMARY_1_3", class_name="2a"
    )
    anna, url = client_of("anna"), f"/osoby/popraw/szkola/{school.pk}/"
    assert url in anna.get(f"/osoby/osoba/{child.pk}/").content.decode()
    start = {"stage": "PRIMARY_1_3", "school": "", "class_name": "2a", "since": "2025-09-01", "rev": str(school.rev)}
    assert anna.post(url, start | {"class_name": "2b", "reason": ""}).status_code == 422
    assert anna.post(url, start | {"class_name": "2b", "reason": "literówka"}).status_code == 302
    told = client_of("maria").post(url, start | {"class_name": "2c", "reason": "literówka"})
    assert told.status_code == 409
    assert [(r.saved, r.mine) for r in told.context["form"].versions] == [("2b", "2c")]
    assert "literówka" in told.content.decode()
    assert client_of("olga").get(url).status_code == 404
    assert client_of("anna").get(f"/osoby/popraw/zgon/{school.pk}/").status_code == 404


def test_another_institutions_row_is_not_here(cast, family):
    row = actions.set_address(cast.actor("anna"), family, since=date(2025, 1, 1), **LINES)
    with pytest.raises(NotHere):
        actions.correct_address(cast.actor("olga"), row, rev=row.rev, reason="pomyłka", on=cast.today, street="X")
