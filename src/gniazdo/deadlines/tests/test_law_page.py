"""The page of the law in the system."""

from __future__ import annotations

from django.urls import reverse


def test_it_lists_clocks_values_and_settings_with_their_marks(client_of):
    page = client_of("anna").get(reverse("deadlines:law")).content.decode()
    for words in (
        "C-ASSIST-05",
        "L-01",
        "assistance.monitoring_months",
        "przeczytane w tekście aktu (UW24)",
        "01.01.2015",
        "już nie obowiązuje",
    ):
        assert words in page


def test_it_is_searched(client_of):
    page = client_of("maria").get(reverse("deadlines:law") + "?q=ocena+sytuacji").content.decode()
    assert "C-ASSIST-05" in page
    assert "C-KPA-05" not in page


def test_it_shows_the_institution_s_own_setting(client_of, cast):
    from datetime import date

    from gniazdo.access.actions import system_act
    from gniazdo.orgs.models import ParameterValue

    with system_act("test"):
        ParameterValue(
            institution=cast.institution, code="assistance.monitoring_months", value=11, since=date(2026, 1, 1)
        ).save()
    page = client_of("anna").get(reverse("deadlines:law") + "?q=C-ASSIST-06").content.decode()
    assert "11 miesięcy" in page


def test_nothing_found_says_so(client_of):
    assert "Żadna reguła" in client_of("anna").get(reverse("deadlines:law") + "?q=zzzz").content.decode()
