"""The manager's board counts what its lists show."""

from __future__ import annotations

import pytest
from django.urls import reverse

from gniazdo.assistance.tests.working import make_work
from gniazdo.desk.queries.board import board, without_plan


def test_a_family_without_a_plan_is_counted_and_listed(client_of, cast):
    work = make_work(cast, name="Bezplanowi")
    tiles = {t.label: t.number for t in board(cast.actor("maria"), on=cast.today).tiles}
    assert tiles["Rodziny bez planu"] == 1
    assert [c.pk for c in without_plan(cast.actor("maria"))] == [work.case.pk]
    assert "Bezplanowi" in client_of("maria").get(reverse("desk:without-plan")).content.decode()


def test_a_family_never_visited_is_without_contact(client_of, cast):
    make_work(cast, name="Cisi")
    assert "Cisi" in client_of("maria").get(reverse("desk:contact-gaps")).content.decode()


@pytest.mark.parametrize("url", ["desk:board", "desk:without-plan", "desk:contact-gaps"])
@pytest.mark.parametrize(
    ("name", "status"), [("maria", 200), ("lena", 200), ("anna", 403), ("daria", 403), ("olga", 403)]
)
def test_it_opens_for_those_who_lead(client_of, cast, url, name, status):
    assert client_of(name).get(reverse(url)).status_code == status
