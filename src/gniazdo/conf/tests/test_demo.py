"""The demo county with what only the composition root can put together: copies of reports as they were sent."""

from __future__ import annotations

from datetime import date

import pytest

from gniazdo.conf.demo import build_county
from gniazdo.reports.models import FrozenReport


@pytest.mark.django_db(transaction=True)
def test_the_last_two_half_years_were_sent() -> None:
    build_county(families=3, today=date(2026, 11, 23))
    kept = set(FrozenReport.objects.system().values_list("year", "number"))
    assert kept == {(2025, 2), (2026, 1)}
    copy = FrozenReport.objects.system().order_by("pk").first()
    assert copy is not None
    assert copy.values
