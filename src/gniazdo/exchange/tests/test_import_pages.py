"""The screens of the import: file, columns, dry run, reading in, error file."""

from __future__ import annotations

import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from gniazdo.access.actions import system_act
from gniazdo.exchange import tasks
from gniazdo.exchange.actions import begin_import, note_progress
from gniazdo.exchange.models import ImportRun
from gniazdo.exchange.tests.test_import_run import HEADER, LIS, WILK, mapped, workbook
from gniazdo.people.models import Family

LIST = "/wymiana/import/"


def upload(client, content: bytes, name: str = "rodziny.xlsx"):
    return client.post(LIST, {"file": SimpleUploadedFile(name, content)})


@pytest.fixture
def planned(monkeypatch) -> list[dict[str, object]]:
    """Jobs are remembered instead of planned."""
    found: list[dict[str, object]] = []
    monkeypatch.setattr(tasks.read_in.__class__, "enqueue", lambda self, **told: found.append(told))
    return found


def test_from_the_file_to_families(client_of, cast, planned) -> None:
    client = client_of("maria")
    answer = upload(client, workbook(WILK + LIS))
    run = ImportRun.objects.system().get()
    assert answer.url == reverse("exchange:import-map", args=[run.pk])
    shown = client.get(answer.url).content.decode()
    assert "WILK Anna" in shown
    assert "Data urodzenia" in shown
    fields = {f"c{n}": run.mapping["columns"].get(h, "") for n, h in enumerate(HEADER)}
    answer = client.post(answer.url, fields | {"last_first": "1", "save_as": "Nasze", "list_name": "Rodziny Anny"})
    preview = reverse("exchange:import-preview", args=[run.pk])
    assert answer.url == preview
    shown = client.get(preview).content.decode()
    assert "nic jeszcze nie zapisano" in shown
    assert "Anna Wilk" in shown
    assert "Wczytaj 2 rodziny" in shown
    assert client.post(preview).url == preview
    assert planned == [{"run_id": str(run.pk), "post_id": str(cast.maria.pk)}]
    assert 'hx-trigger="every 2s"' in client.get(preview).content.decode()
    assert "<html" not in client.get(preview, headers={"HX-Request": "true"}).content.decode()
    assert tasks.read_in.func(**planned[0]) == 2
    assert Family.objects.system().count() == 2
    assert client.get(preview, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    assert "wczytano 2 rodziny" in client.get(preview).content.decode()
    assert "rodziny.xlsx" in client.get(LIST).content.decode()
    assert ImportRun.objects.system().get().list_name == "Rodziny Anny"
    again = upload(client, workbook(WILK + LIS), "co innego.xlsx")
    assert '<option value="Rodziny Anny">' in client.get(again.url).content.decode()


def test_a_saved_mapping_can_be_chosen(client_of, cast) -> None:
    maria = cast.actor("maria")
    columns = {"Nazwisko i imię": "full_name"}
    run = mapped(maria, LIS, save_as="Nasz plik")
    from gniazdo.exchange.models import ImportMapping

    saved = ImportMapping.objects.system().get()
    page = client_of("maria").get(reverse("exchange:import-map", args=[run.pk]), {"przypisanie": saved.pk})
    assert columns.items() <= saved.mapping["columns"].items()
    assert "Nasz plik" in page.content.decode()


def test_wrong_columns_keep_what_was_chosen(client_of, cast) -> None:
    run = mapped(cast.actor("maria"), LIS)
    page = client_of("maria").post(
        reverse("exchange:import-map", args=[run.pk]),
        {"c2": "pesel", "last_first": "0", "save_as": "Moje", "list_name": "Rodziny Anny"},
    )
    shown = page.content.decode()
    assert "Wskaż kolumnę z nazwiskiem" in shown
    assert 'value="Moje"' in shown
    assert 'value="Rodziny Anny"' in shown
    assert 'value="pesel" selected' in shown


def test_the_error_file(client_of, cast) -> None:
    run = mapped(cast.actor("maria"), [*WILK, ["9", "=Zły Jan", "123", "32.13.2015", "", "", ""]])
    address = reverse("exchange:import-errors", args=[run.pk])
    told = client_of("maria").get(address).content.decode()
    assert "Wiersz;Kolumna;Wartość" in told
    assert "4;PESEL;123" in told
    assert client_of("maria").get(address + "?format=xlsx").content[:2] == b"PK"
    preview = client_of("maria").get(reverse("exchange:import-preview", args=[run.pk])).content.decode()
    assert "rodzina pominięta" in preview
    assert "32.13.2015" in preview


def macro_file() -> bytes:
    import io

    out = io.BytesIO(workbook(LIS))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"%PDF-1.7 x", "pismo.pdf", "nie jest arkuszem"),
        (b"PK\x03\x04 zepsuty", "zly.xlsx", "uszkodzony"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 x", "stary.xls", "w starym zapisie"),
        (b"", "pusty.csv", "pusty"),
        (macro_file(), "makra.xlsm", "makra"),
    ],
)
def test_unreadable_files_are_told_in_a_sentence(client_of, content, name, sentence) -> None:
    shown = upload(client_of("maria"), content, name)
    assert shown.status_code == 200
    assert sentence in shown.content.decode()
    assert not ImportRun.objects.system().exists()


def test_a_broken_run_says_so_and_goes_on(client_of, cast, planned, monkeypatch) -> None:
    maria = cast.actor("maria")
    run = begin_import(maria, mapped(maria, LIS))
    monkeypatch.setattr(tasks, "carry_out", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tasks.read_in.func(run_id=str(run.pk), post_id=str(cast.maria.pk))
    preview = reverse("exchange:import-preview", args=[run.pk])
    shown = client_of("maria").get(preview).content.decode()
    assert "przerwał błąd programu" in shown
    assert "Wczytaj dalej" in shown
    client_of("maria").post(preview)
    monkeypatch.undo()
    assert tasks.read_in.func(run_id=str(run.pk), post_id=str(cast.maria.pk)) == 1
    assert Family.objects.system().count() == 1


def test_a_finished_file_cannot_be_started_again(client_of, cast, planned) -> None:
    maria = cast.actor("maria")
    run = note_progress(maria, mapped(maria, LIS), state="DONE", done=1)
    page = client_of("maria").post(reverse("exchange:import-preview", args=[run.pk]), follow=True)
    assert "został już wczytany" in page.content.decode()
    assert planned == []
    assert client_of("maria").get(reverse("exchange:import-map", args=[run.pk])).status_code == 302


@pytest.mark.parametrize("noun", ["import-map", "import-preview", "import-errors"])
def test_not_for_others(client_of, cast, noun) -> None:
    run = mapped(cast.actor("maria"), LIS)
    address = reverse(f"exchange:{noun}", args=[run.pk])
    assert client_of("anna").get(address).status_code == 403
    assert client_of("olga").get(address).status_code in (403, 404)
    assert client_of("anna").get(LIST).status_code == 403


def test_another_managers_run_is_not_there(client_of, cast) -> None:
    from gniazdo.orgs.tests.factories import make_post

    run = mapped(cast.actor("maria"), LIS)
    cast.wanda = make_post(cast.other, "manager", "Wanda", "Obca")
    for noun in ("import-map", "import-preview", "import-errors"):
        assert client_of("wanda").get(reverse(f"exchange:{noun}", args=[run.pk])).status_code == 404
    assert "rodziny.xlsx" not in client_of("wanda").get(LIST).content.decode()


def test_what_a_file_was_refused_for_is_polish_whoever_read_it_in(client_of, cast) -> None:
    """Kept with the file and taken away as a paper (ADR 0005): the screens are English, the file of remarks is not."""
    with system_act("test"):
        cast.maria.user.language = "en"
        cast.maria.user.save()
    maria = cast.actor("maria")
    run = begin_import(
        maria, mapped(maria, [*LIS, ["3", *LIS[0][1:6], "Inna 5, 99-001 Dębowo"], ["9", "Zły Jan", "123"]])
    )
    with translation.override("en"):
        tasks.read_in.func(run_id=str(run.pk), post_id=str(cast.maria.pk))
    kept = ImportRun.objects.system().get(pk=run.pk).problems
    assert any("podobnych danych" in str(p["values"].get("text", "")) for p in kept)
    client = client_of("maria")
    client.post("/jezyk/", {"language": "en", "next": "/"})
    text = client.get(reverse("exchange:import-errors", args=[run.pk])).content.decode()
    assert text.lstrip("\ufeff").startswith("Wiersz")
    assert "podobnych danych" in text
    assert "Rodzina pominięta" in text
