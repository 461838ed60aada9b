"""The demo county has something true to show on every screen, on any day it is made."""

from __future__ import annotations

from datetime import date

import pytest

from gniazdo.assistance.models import CourtRequest
from gniazdo.cases.models import CaseFile
from gniazdo.exchange.library.demo import build
from gniazdo.people.models import HazardFlag, Person, SecretAddress
from gniazdo.plans.models import PlanVersion


@pytest.mark.django_db(transaction=True)
def test_what_is_rare_is_there_too() -> None:
    build(families=30, today=date(2026, 11, 23))
    states = set(CaseFile.objects.system().values_list("state", flat=True))
    assert {"WAITING", "PLANNED", "ACTIVE", "REFERRED", "APPLIED"} <= states
    assert PlanVersion.objects.system().filter(status="submitted").exists()
    assert CourtRequest.objects.system().filter(sent_on=None).exists()
    assert SecretAddress.objects.system().exists()
    assert HazardFlag.objects.system().exists()
    assert Person.objects.system().filter(is_unborn=True).exists()
    assert Person.objects.system().filter(citizenship="ukraińskie", pesel="").exists()
