"""The demo county has something true to show on every screen, on any day it is made."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.apps import apps

from gniazdo.access.models import JournalEntry
from gniazdo.assistance.models import CourtRequest, MonthlyReport, TimeCard
from gniazdo.cases.models import CaseFile
from gniazdo.exchange.library.demo import build
from gniazdo.papers.models import LetterRecord, SheetRecord, SignatureRecord, StoredFile
from gniazdo.people.models import Consent, HazardFlag, ParentalAuthority, Person, SecretAddress
from gniazdo.plans.models import PlanVersion

TODAY = date(2026, 11, 23)
# Tables that stay empty in the demo, each with its reason.
EMPTY = {
    "deadlines.ReminderSent": "written by the night job when it really sent a letter by mail; the demo sends none",
    "reports.FrozenReport": "reports is a neighbour of this room: conf.demo freezes them, tested there",
}


def rows(model: type[Any]) -> Any:
    manager = model.objects
    return manager.system() if hasattr(manager, "system") else manager.all()


def words_of(model: type[Any], field: str) -> set[str]:
    return set(rows(model).values_list(field, flat=True))


@pytest.mark.django_db(transaction=True)
def test_every_screen_has_something_true_to_show() -> None:
    build(families=30, today=TODAY)
    ours = [m for m in apps.get_models() if m.__module__.startswith("gniazdo.")]
    empty = {m._meta.label for m in ours if not rows(m).exists()}
    assert empty == set(EMPTY), f"make rows in exchange/library/demo: {sorted(empty - set(EMPTY))}"
    no_refusal = JournalEntry.objects.filter(outcome="refused").values_list("code", flat=True)
    assert set(no_refusal) <= {"assistance.case.assign"}

    assert {"WAITING", "PLANNED", "ACTIVE", "REFERRED", "APPLIED"} <= words_of(CaseFile, "state")
    assert rows(PlanVersion).filter(status="submitted").exists()
    assert rows(CourtRequest).filter(sent_on=None).exists()
    assert rows(Person).filter(is_unborn=True).exists()
    assert rows(Person).filter(citizenship="ukraińskie", pesel="").exists()
    assert {"draft", "issued", "sent", "delivered", "void"} <= words_of(LetterRecord, "status")
    assert {"in", "out"} == words_of(LetterRecord, "direction")
    assert {"draft", "signed"} <= words_of(SheetRecord, "status")
    assert {"SUBMITTED", "ACCEPTED", "RETURNED"} <= words_of(TimeCard, "state")
    assert {"DRAFT", "SUBMITTED"} == words_of(MonthlyReport, "state")
    assert {"FULL", "LIMITED"} <= words_of(ParentalAuthority, "kind")
    assert rows(Consent).filter(withdrawn_on=None).exists()
    assert rows(Consent).exclude(withdrawn_on=None).exists()
    assert rows(StoredFile).filter(is_signed_scan=True).exists()
    assert rows(SignatureRecord).filter(on_paper=True).exists()
    for rare in (SecretAddress, HazardFlag):
        assert rows(rare).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("today", [date(2027, 1, 1), date(2028, 2, 29)])
def test_a_small_county_is_made_on_any_day(today: date) -> None:
    build(families=4, today=today)
    future = rows(LetterRecord).filter(written_on__gt=today)
    assert not future.exists()
