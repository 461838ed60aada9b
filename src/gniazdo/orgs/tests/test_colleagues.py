"""Whom a list may be narrowed by: chosen in a small office, typed in a large one, never of another institution."""

from __future__ import annotations

from gniazdo.orgs.queries import colleagues as room
from gniazdo.orgs.queries.colleagues import colleagues, colleagues_said
from gniazdo.orgs.tests.factories import Cast, make_post


def test_a_manager_chooses_from_everybody_an_assistant_from_those_reached(cast: Cast) -> None:
    everybody = colleagues(cast.actor("maria"), on=cast.today)
    assert everybody is not None
    assert len(everybody) == 10
    assert (str(cast.anna.pk), "Asystentka Anna, asystent rodziny") in everybody
    assert str(cast.olga.pk) not in dict(everybody)
    assert colleagues(cast.actor("anna"), on=cast.today) == []  # nobody to choose but herself
    team = dict(colleagues(cast.actor("lena"), on=cast.today) or [])
    assert {str(cast.lena.pk), str(cast.anna.pk)} <= set(team)
    assert len(team) < len(everybody)


def test_in_a_large_office_a_name_is_typed(cast: Cast, monkeypatch) -> None:
    monkeypatch.setattr(room, "MOST", 5)
    monkeypatch.setattr(room, "_COUNTED", type(room._COUNTED)(room._counted))
    maria = cast.actor("maria")
    assert colleagues(maria, on=cast.today) is None
    assert colleagues_said(maria, "asystentka ann", on=cast.today) == [cast.anna.pk]
    assert colleagues_said(maria, str(cast.adam.pk), on=cast.today) == [cast.adam.pk]
    assert set(colleagues_said(maria, "Asyst", on=cast.today) or []) == {cast.anna.pk, cast.adam.pk}
    assert colleagues_said(maria, "  ", on=cast.today) is None


def test_nobody_else_is_found(cast: Cast) -> None:
    make_post(cast.other, "assistant", "Adela", "Asystentka")
    assert colleagues_said(cast.actor("maria"), "Adela", on=cast.today) == []
    assert colleagues_said(cast.actor("maria"), str(cast.olga.pk), on=cast.today) == []
    assert colleagues_said(cast.actor("anna"), str(cast.adam.pk), on=cast.today) == []
