"""The family card and the protocol of a meeting carry what the file knows (practice 1.A.5, 1.A.8), derived, never retyped."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from gniazdo.access.actions import system_act
from gniazdo.access.models import JournalEntry
from gniazdo.assistance.models import AssistanceCase
from gniazdo.assistance.queries import papers, prints
from gniazdo.assistance.queries.visits import fed_by
from gniazdo.assistance.tests.corridor import Corridor, told
from gniazdo.assistance.tests.working import make_visit, make_work
from gniazdo.people.models import EcoTie, FinanceSnapshot, InstitutionContact, ParentalAuthority, PastEvent


@pytest.fixture
def case(cast):
    return Corridor(cast).to("ACTIVE")


@pytest.fixture
def printed(monkeypatch):
    """The words of the last document set in type."""
    kept = []

    def keep(document):
        kept.append(document)
        return b"%PDF"

    for module in (prints, papers):
        monkeypatch.setattr(module, "set_in_type", keep)

    def words() -> str:
        return json.dumps(kept[-1], ensure_ascii=False)

    return words


def fill(cast, case):
    mother = case.family.memberships.filter(role="PARENT").order_by("id").first().person
    child = case.family.memberships.filter(role="CHILD").order_by("id").first().person
    base = {"institution": cast.institution}
    with system_act("test"):
        ParentalAuthority(child=child, parent=mother, kind="LIMITED", court="Sąd w Dębowie", docket_number="III Nsm 1/25",
                          limits="bez decyzji o leczeniu", since=date(2025, 2, 1), **base).save()  # fmt: skip
        InstitutionContact(family=case.family, name="Poradnia", contact_person="Jan Wiśnia", phone="99 1", matter="terapia",
                           since=date(2025, 9, 1), **base).save()  # fmt: skip
        PastEvent(family=case.family, kind="REMOVAL", words="starsze dziecko", since=date(2022, 3, 1),
                  until=date(2023, 4, 1), **base).save()  # fmt: skip
        FinanceSnapshot(
            family=case.family, on=date(2026, 5, 1), income_work=Decimal(2000), expenses=Decimal("2500.50"), **base
        ).save()
        EcoTie(
            family=case.family, party="babcia Halina", kind="KIN", strength="STRONG", since=date(2020, 1, 1), **base
        ).save()
        row = told(case)
        row.care_since, row.ruling_on, row.ruling_court, row.ruling_docket = (
            date(2026, 7, 1),
            date(2026, 6, 20),
            "SR",
            "V 3/26",
        )
        row.save()
    return mother, child


def test_the_card_says_authority_history_institutions_and_ties(cast, case, printed):
    fill(cast, case)
    prints.family_card_pdf(cast.actor("anna"), case, on=cast.today)
    words = printed()
    for said in (
        "władza rodzicielska: ograniczona – Ewa Testowi (Sąd w Dębowie, III Nsm 1/25)", "bez decyzji o leczeniu",
        "01.03.2022 – 01.04.2023", "umieszczenie dziecka w pieczy", "Jan Wiśnia", "01.09.2025", "babcia Halina", "-500,50",
        "dziecko w pieczy", "SR, V 3/26", "pracownik socjalny: Piotr Socjalny",
    ):  # fmt: skip
        assert said in words, said
    assert "correction" not in words


def test_earlier_work_of_an_assistant_is_history(cast, case, printed):
    with system_act("test"):
        row = told(case)
        row.ended_on, row.end_reason = date(2026, 8, 1), "GOAL"
        row.save()
        case.closed_on, case.state = date(2026, 8, 1), "CLOSED"
        case.save()
    again = Corridor(cast).referred(case.family)
    prints.family_card_pdf(cast.actor("maria"), again, on=cast.today)
    assert AssistanceCase.objects.system().filter(family=case.family).count() == 2
    assert f"{case.case_mark} osiągnięcie celów" in printed()


def test_the_card_prints_whole_and_blank_and_its_reading_is_journalled(cast, case, client_of):
    fill(cast, case)
    url, blank = reverse("assistance:family-card", args=[case.pk]), reverse("assistance:family-card-blank")
    assert client_of("anna").get(url).content.startswith(b"%PDF")
    assert client_of("anna").get(blank).content.startswith(b"%PDF")
    assert JournalEntry.objects.filter(subject_id=case.family_id, code="cases.case.view").exists()
    assert client_of("artur").get(blank).status_code == 403
    for name in ("adam", "olga"):
        assert client_of(name).get(url).status_code == 404


def test_the_card_of_a_family_without_anything_written_prints(cast, case, printed):
    prints.family_card_pdf(cast.actor("anna"), case, on=cast.today)
    assert "Testowi" in printed()


def test_the_protocol_names_workers_topic_and_goals_but_no_opinion(cast, printed):
    work = make_work(cast)
    visit = make_visit(work, joint_post_id=cast.piotr.pk, topic="Plan dnia", opinion="Mama się stara.")
    papers.visit_pdf(visit, fed_by(visit))
    words = printed()
    for said in ("Piotr Socjalny", "Anna Asystentka", "Plan dnia", "Cele planu"):
        assert said in words, said
    assert "Mama się stara." not in words
