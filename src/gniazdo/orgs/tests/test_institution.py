"""The institution's data, logo, file index, teams, settings and register."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import Conflict, NotAllowed, NotHere, Refusal
from gniazdo.orgs.actions import (
    change_institution,
    remove_jrwa_class,
    save_jrwa_class,
    save_team,
    set_logo,
    set_parameter,
)
from gniazdo.orgs.models import Institution, JrwaClass, Team
from gniazdo.orgs.queries import jrwa_symbol, parameter
from gniazdo.orgs.rules import check_mark_pattern, preview_mark, read_value, show_value

DAY = date(2026, 11, 18)
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89\0\0\0\0IEND\xaeB`\x82"


@pytest.mark.parametrize(
    ("pattern", "wrong"),
    [
        ("AR.{jrwa}.{number}.{year}", None), ("{number:03}/{year}", None), ("{number}", "{year}"), ("{year}", "{number}"),
        ("{number}.{year}.{__class__}", "Nieznane pole"), ("{number.x}.{year}", "Nieznane pole"), ("{number", "Klamry"),
        ("{number!r}.{year}", "wykrzyknika"), ("{number:>99999999}.{year}", "liczba cyfr"),
    ],
)  # fmt: skip
def test_patterns_of_the_case_mark(pattern, wrong):
    said = check_mark_pattern(pattern)
    assert said is None if wrong is None else wrong in str(said)


def test_preview():
    assert preview_mark("AR.{jrwa}.{number:03}.{year}", jrwa="5022", number=7, year=2026) == "AR.5022.007.2026"


@pytest.mark.parametrize(
    ("default", "text", "value"),
    [
        (15, "12", 12),
        (1.5, "2,5", 2.5),
        (True, "nie", False),
        (["A"], "A, B", ["A", "B"]),
        ([], "", []),
        ({"a": 1}, '{"a": 2}', {"a": 2}),
        ("x", " y ", "y"),
    ],
)
def test_settings_are_read_as_they_are_shown(default, text, value):
    assert read_value(default, text) == value
    assert read_value(default, show_value(value)) == value


@pytest.mark.parametrize(("default", "text"), [(15, "dużo"), (15, "-1"), (15, "1,5"), (True, "może"), ({"a": 1}, "{")])
def test_a_setting_of_the_wrong_kind_is_refused(default, text):
    with pytest.raises(ValueError, match=r"\w"):
        read_value(default, text)


def test_data_change_with_a_trace_and_without_overwriting(cast):
    rev = cast.institution.rev
    change_institution(cast.actor("maria"), None, rev=rev, phone="99 000 00 00")
    assert JournalEntry.objects.get(code="orgs.institution.change").changes["phone"] == ["99 111 22 33", "99 000 00 00"]
    with pytest.raises(Conflict):
        change_institution(cast.actor("artur"), None, rev=rev, phone="1")
    with pytest.raises(NotAllowed):
        change_institution(cast.actor("anna"), None, phone="1")
    with pytest.raises(Refusal, match="TERYT"):
        change_institution(cast.actor("maria"), None, teryt="12")


def test_the_edit_page_previews_keeps_and_saves(cast, client_of):
    client = client_of("maria")
    i = cast.institution
    data = {
        "kind": i.kind, "name": i.name, "short_name": i.short_name, "teryt": i.teryt, "town": "Nowe Dębowo",
        "head_title": i.head_title, "case_mark_pattern": "X.{number}.{year}", "rev": i.rev,
    }  # fmt: skip
    assert "X.14.2026" in client.post("/instytucja/dane/", data | {"preview": "1"}).text
    assert Institution.objects.system().get(pk=i.pk).town == "Dębowo"
    wrong = client.post("/instytucja/dane/", data | {"case_mark_pattern": "{year}"})
    assert "powtarzałyby się" in wrong.text
    assert "Nowe Dębowo" in wrong.text
    assert client.post("/instytucja/dane/", data).status_code == 302
    assert Institution.objects.system().get(pk=i.pk).town == "Nowe Dębowo"


def test_a_logo_is_an_image(cast, client_of):
    set_logo(cast.actor("maria"), None, content=PNG)
    response = client_of("anna").get("/instytucja/logo/")
    assert response.headers["Content-Type"] == "image/png"
    for bad in (b"<svg onload=alert(1)>", b"MZ" + b"0" * 100, PNG[:20], PNG + b"0" * 600_000):
        with pytest.raises(Refusal):
            set_logo(cast.actor("maria"), None, content=bad)
    client = client_of("maria")
    client.post("/instytucja/logo/", {"logo": SimpleUploadedFile("l.png", b"<svg>", "image/png")})
    assert bytes(Institution.objects.system().get(pk=cast.institution.pk).logo) == PNG
    client.post("/instytucja/logo/", {"remove": "1"})
    assert client.get("/instytucja/logo/").status_code == 404


def test_the_file_index(cast, client_of):
    maria = cast.actor("maria")
    values = {
        "symbol": "5022",
        "title": "Asysta",
        "category": "BE10",
        "used_for": "ASSISTANCE",
        "since": date(2020, 1, 1),
        "until": None,
    }
    row = save_jrwa_class(maria, None, **values)
    assert jrwa_symbol(cast.institution.pk, "ASSISTANCE", on=DAY) == "5022"
    assert jrwa_symbol(cast.other.pk, "ASSISTANCE", on=DAY, default="brak") == "brak"
    with pytest.raises(Refusal, match="wykazie akt"):
        save_jrwa_class(maria, None, **values)
    with pytest.raises(NotAllowed):
        save_jrwa_class(cast.actor("anna"), None, **values)
    client = client_of("maria")
    assert "5022" in client.get("/instytucja/wykaz-akt/").text
    data = {"symbol": "8123", "title": "Inne", "used_for": "OTHER", "since": "2026-01-01", "category": "Z9"}
    assert "Kategoria to A" in client.post("/instytucja/wykaz-akt/", data).text
    assert client.post("/instytucja/wykaz-akt/", data | {"category": "B5"}).status_code == 302
    remove_jrwa_class(maria, row)
    assert [r.symbol for r in JrwaClass.objects.system()] == ["8123"]


def test_another_institutions_class_is_not_here(cast, client_of):
    from gniazdo.access.actions import system_act

    with system_act("test"):
        row = JrwaClass(institution=cast.other, symbol="1", title="x", since=DAY)
        row.save()
    assert client_of("maria").get(f"/instytucja/wykaz-akt/{row.pk}/").status_code == 404
    with pytest.raises(NotHere):
        remove_jrwa_class(cast.actor("maria"), row)


def test_teams_are_the_managers(cast, client_of):
    save_team(cast.actor("maria"), None, name="Zespół B")
    with pytest.raises(Refusal, match="już istnieje"):
        save_team(cast.actor("maria"), None, name="zespół b")
    with pytest.raises(NotAllowed):
        save_team(cast.actor("artur"), None, name="Zespół C")
    assert Team.objects.system().filter(name="Zespół B").exists()


def test_a_setting_changes_from_its_day_with_a_basis(cast, client_of):
    maria = cast.actor("maria")
    change = {"code": "orgs.journal_years", "since": DAY, "decided_by": "zarządzenie 4/2026"}
    with pytest.raises(Refusal, match="co najmniej 2 lata"):
        set_parameter(maria, None, text="1", **change)
    set_parameter(maria, None, text="5", **change)
    assert parameter(cast.institution.pk, "orgs.journal_years", on=DAY) == 5
    assert parameter(cast.institution.pk, "orgs.journal_years", on=date(2026, 11, 17)) == 2
    assert parameter(cast.other.pk, "orgs.journal_years", on=DAY) == 2
    with pytest.raises(Refusal, match="od tego dnia"):
        set_parameter(maria, None, text="6", **change)
    with pytest.raises(Refusal, match="podstawę"):
        set_parameter(maria, None, text="6", **{**change, "decided_by": " "})
    with pytest.raises(NotAllowed):
        set_parameter(cast.actor("artur"), None, text="6", **change)
    page = client_of("maria").get("/instytucja/ustawienia/orgs.journal_years/").text
    assert "zarządzenie 4/2026" in page
    assert "KRI24" in page


def test_the_register_as_a_file(cast, client_of):
    text = client_of("daria").get("/instytucja/upowaznienia/?plik=csv").content.decode("utf-8-sig")
    assert "Asystentka Anna;asystent rodziny;01.01.2020;01.01.2020" in text
    assert "Obca" not in text
