"""The screens of reports: numbers of a small world, the records behind them, files, frozen copies, who may."""

from __future__ import annotations

from datetime import date

import pytest

from gniazdo.assistance.tests.corridor import Corridor
from gniazdo.people.models import Person
from gniazdo.reports.models import FrozenReport

REPORT = "/sprawozdania/asysta-polrocze/"
NOW = {"rok": "2026", "nr": "2"}


@pytest.fixture
def world(cast) -> None:
    """One family with an assistant since June 2026, another only referred."""
    Corridor(cast, "Wilkowie").to("ACTIVE")
    Corridor(cast, "Lisowie").referred()


def numbers(client, **period: str) -> dict[str, str]:
    lines = client.get(REPORT, {**(period or NOW), "format": "csv"}).content.decode("utf-8-sig").splitlines()
    return {line.split(";")[1]: line.split(";")[2] for line in lines[1:]}


def test_the_list_names_the_reports(client_of) -> None:
    page = client_of("maria").get("/sprawozdania/").content.decode()
    assert "Asysta rodzinna: dane do sprawozdania" in page
    assert REPORT in page


def test_numbers_of_a_small_world(client_of, world) -> None:
    found = numbers(client_of("maria"))
    assert found["Asystenci zatrudnieni na koniec okresu"] == "2"
    assert found["Rodziny, z którymi asystent pracował w okresie"] == "1"
    assert found["Rodziny na koniec okresu"] == "1"
    assert found["Dzieci w rodzinach z wiersza B1"] == "2"
    assert found["Rodziny, z którymi zakończono pracę"] == "0"


def test_nothing_before_it_began(client_of, world) -> None:
    assert numbers(client_of("maria"), rok="2025", nr="2")["Rodziny, z którymi asystent pracował w okresie"] == "0"


def test_the_page_shows_number_definition_and_mark(client_of, world) -> None:
    page = client_of("lena").get(REPORT, NOW).content.decode()
    assert "II półrocze 2026" in page
    assert "rodzina z dwiema sprawami liczona raz" in page
    assert "nie udało się potwierdzić" in page
    assert "Zapisz kopię" not in page


def test_every_number_opens_as_many_records(client_of, world) -> None:
    from gniazdo.reports.queries import REPORTS

    client = client_of("maria")
    for code in REPORTS["asysta-polrocze"].cells:
        page = client.get(f"{REPORT}{code}/", NOW)
        assert page.status_code == 200, code
    behind = client.get(f"{REPORT}B1/", NOW).content.decode()
    assert "Wilkowie" in behind
    assert "Lisowie" not in behind


def test_workbook(client_of, world) -> None:
    assert client_of("maria").get(REPORT, {**NOW, "format": "xlsx"}).content[:2] == b"PK"


def test_a_frozen_copy_stays_as_sent(client_of, cast, world) -> None:
    client = client_of("maria")
    answer = client.post(f"{REPORT}?rok=2026&nr=2", {"note": "wysłano w CAS"})
    assert answer.status_code == 302
    frozen = FrozenReport.objects.system().get()
    assert (frozen.values["B1"], frozen.year, frozen.number) == (1, 2026, 2)
    Corridor(cast, "Nowi", on=date(2026, 7, 1)).to("ACTIVE")
    assert numbers(client)["Rodziny, z którymi asystent pracował w okresie"] == "2"
    frozen.refresh_from_db()
    assert frozen.values["B1"] == 1
    assert "wysłano w CAS" in client.get(REPORT, NOW).content.decode()


def test_only_the_manager_freezes(client_of, world) -> None:
    assert client_of("lena").post(f"{REPORT}?rok=2026&nr=2").status_code == 403
    assert not FrozenReport.objects.system().exists()


@pytest.mark.parametrize("who", ["anna", "sonia", "daria", "artur", "olga"])
@pytest.mark.parametrize("address", ["/sprawozdania/", REPORT, f"{REPORT}B1/"])
def test_not_for_others(client_of, who, address) -> None:
    assert client_of(who).get(address).status_code == 403


def test_another_institution_counts_its_own(client_of, cast, world) -> None:
    from gniazdo.orgs.tests.factories import make_post

    cast.wanda = make_post(cast.other, "manager", "Wanda", "Obca")
    client = client_of("wanda")
    assert numbers(client)["Rodziny, z którymi asystent pracował w okresie"] == "0"
    assert "Wilkowie" not in client.get(f"{REPORT}B1/", NOW).content.decode()
    assert Person.objects.system().filter(institution=cast.other).count() == 0


@pytest.mark.parametrize(
    "address",
    [
        "/sprawozdania/nie-ma/",
        f"{REPORT}ZZ/",
        f"{REPORT}?nr=3",
        f"{REPORT}?rok=x",
        f"{REPORT}B1/?od=x",
        f"{REPORT}?rok=0",
        f"{REPORT}?rok=99999",
    ],
)
def test_what_is_not_there(client_of, address) -> None:
    assert client_of("maria").get(address).status_code == 404
