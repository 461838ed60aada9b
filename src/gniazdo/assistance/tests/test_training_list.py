"""The register of supervision and training comes from time cards and shows those whose time one may see."""

from datetime import time

import pytest
from django.urls import reverse

from gniazdo.assistance.actions.timecard import add_time_entry
from gniazdo.assistance.tests.working import make_work

URL = "assistance:training-list"


@pytest.fixture
def work(cast):
    made = make_work(cast)
    for kind, note in (("SUPERVISION", "Superwizja grupowa"), ("OFFICE", "Zaległe akta")):
        add_time_entry(
            made.anna, cast.anna, on=made.today, starts=time(8), minutes=90, kind=kind, today=made.today, note=note
        )
    return made


def test_own_and_led_by_year_without_other_work(work, client_of):
    for name in ("anna", "maria", "lena"):
        page = client_of(name).get(reverse(URL)).content.decode()
        assert "Superwizja grupowa" in page
        assert "1:30" in page
        assert "Zaległe akta" not in page
    assert "Superwizja grupowa" not in client_of("maria").get(reverse(URL) + "?rok=2025").content.decode()
    assert "Superwizja grupowa" in client_of("maria").get(reverse(URL) + "?format=csv").content.decode()


def test_not_of_others_nor_of_another_institution(work, client_of):
    for name in ("adam", "olga"):
        page = client_of(name).get(reverse(URL))
        assert page.status_code == 200
        assert "Superwizja grupowa" not in page.content.decode()
    assert client_of("artur").get(reverse(URL)).status_code == 403
