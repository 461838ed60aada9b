"""The screens of papers: writing, autosaving, comparing, reading, files; and what another institution sees of them."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gniazdo.papers import actions
from gniazdo.papers.models import Draft, LetterRecord, SheetRecord, StoredFile
from gniazdo.papers.tests.factories import case_of, draft_of


@pytest.fixture(autouse=True)
def files_in(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def form_of(record, **fields):
    return {"@section": ["basics", "people", "areas", "goals"], "rev": record.rev, "subject": "Rozmowa", "course": "Spokojnie.",
            "urgent": "nie", "goals.0.goal": "Praca", **fields}  # fmt: skip


def test_start_write_and_finish(cast, client_of):
    case = case_of(cast)
    client = client_of("anna")
    url = reverse("papers:sheet-start", args=[case.pk, "test.demo"])
    assert client.get(url).status_code == 200
    assert not SheetRecord.objects.system().exists()
    client.post(url)
    record = SheetRecord.objects.system().get()
    page = client.get(reverse("papers:sheet-edit", args=[record.pk])).content.decode()
    assert "Dlaczego pilne" in page
    assert 'data-show-if="urgent=tak"' in page
    done = client.post(reverse("papers:sheet-edit", args=[record.pk]), form_of(record, do="final"))
    assert done["Location"] == reverse("papers:sheet-view", args=[record.pk])
    assert SheetRecord.objects.system().get().status == "final"
    assert "Spokojnie." in client.get(done["Location"]).content.decode()


def test_an_unfinished_sheet_says_what_is_missing_and_keeps_the_text(cast, client_of):
    record = draft_of(cast)
    page = client_of("anna").post(
        reverse("papers:sheet-edit", args=[record.pk]),
        form_of(record, do="final", course="", subject="Zostaje", visits="sto"),
    )
    assert page.status_code == 422
    assert "Brakuje: Przebieg" in page.content.decode()
    assert SheetRecord.objects.system().get(pk=record.pk).answers["subject"] == "Zostaje"
    assert 'value="sto"' in page.content.decode()


def test_autosave_keeps_and_a_stale_one_leads_to_the_comparison(cast, client_of):
    record = draft_of(cast)
    url = reverse("papers:sheet-autosave", args=[record.pk])
    first = client_of("anna").post(url, form_of(record, subject="Anny"))
    assert first.json()["rev"] == record.rev + 1
    maria = client_of("maria")
    second = maria.post(url, form_of(record, subject="Marii"))
    assert second.status_code == 409
    assert SheetRecord.objects.system().get(pk=record.pk).answers["subject"] == "Anny"
    where = second.json()["compare"]
    page = maria.get(where).content.decode()
    assert "Anny" in page
    assert "Marii" in page
    maria.post(where, {"rev": record.rev + 1, "pick.subject": "both"})
    assert SheetRecord.objects.system().get(pk=record.pk).answers["subject"] == "Anny\nMarii"
    assert not Draft.objects.system().exists()


def test_a_post_that_loses_the_race_is_not_lost(cast, client_of):
    record = draft_of(cast)
    url = reverse("papers:sheet-edit", args=[record.pk])
    client_of("anna").post(url, form_of(record, subject="Anny", do="save"))
    lost = client_of("maria").post(url, form_of(record, subject="Marii", do="save"))
    assert lost["Location"] == reverse("papers:sheet-compare", args=[record.pk])
    assert Draft.objects.system().get().data["subject"] == "Marii"


def test_any_form_can_be_kept_and_only_its_owner_sees_it(cast, client_of):
    url = (
        reverse("papers:draft-autosave", args=["assistance.referral"]) + "?klucz=1&opis=Zg%C5%82oszenie&adres=/asysta/"
    )
    assert client_of("piotr").post(url, {"surname": "Nowak"}).status_code == 200
    draft = Draft.objects.system().get()
    assert (draft.data, draft.resume_url, draft.owner_id) == ({"surname": ["Nowak"]}, "/asysta/", cast.piotr.pk)
    assert client_of("piotr").post(url.replace("/asysta/", "//zly.example"), {"a": "b"}).status_code == 409


def test_files_go_in_and_out_only_through_the_guard(cast, client_of, tmp_path):
    record = draft_of(cast)
    client = client_of("anna")
    url = reverse("papers:sheet-view", args=[record.pk])
    bad = client.post(url, {"do": "file", "file": SimpleUploadedFile("raport.pdf", b"MZ\x00\x01")})
    assert bad.status_code == 422
    assert "nie można dołączać" in bad.content.decode()
    client.post(url, {"do": "file", "file": SimpleUploadedFile("../../skan.pdf", b"%PDF-1.7 tekst")})
    stored = StoredFile.objects.system().get()
    assert "skan" not in stored.path
    assert (tmp_path / stored.path).read_bytes() == b"%PDF-1.7 tekst"
    got = client.get(reverse("papers:file-view", args=[stored.pk]))
    assert got["Content-Disposition"].startswith("attachment")
    assert got["X-Content-Type-Options"] == "nosniff"
    assert b"".join(got.streaming_content) == b"%PDF-1.7 tekst"


def test_letters_get_a_number_and_their_way(cast, client_of):
    case = case_of(cast)
    client = client_of("anna")
    made = client.post(reverse("papers:letter-start", args=[case.pk, "test.note"]))
    letter = LetterRecord.objects.system().get()
    assert "Dotyczy rodziny Testowi." in client.get(made["Location"]).content.decode()
    words = {"title": "Tytuł", "recipient": "Sąd", "body": "Treść", "rev": letter.rev}
    client.post(made["Location"], {"do": "register", **words})
    client.post(made["Location"], {"do": "send", "channel": "hand", "sent_on": "2026-11-18"})
    client.post(made["Location"], {"do": "deliver", "delivered_on": "2026-11-18"})
    letter = LetterRecord.objects.system().get()
    assert (letter.document_number, letter.status) == ("1/2026", "delivered")
    assert client.get(reverse("papers:letter-print", args=[letter.pk])).content.startswith(b"%PDF")
    assert "Tytuł" in client.get(reverse("papers:letter-list")).content.decode()


def test_lists_of_papers_and_incoming_letters(cast, client_of):
    record = draft_of(cast)
    client = client_of("anna")
    for url in (
        reverse("papers:family-papers", args=[record.family_id]),
        reverse("papers:case-papers", args=[record.case_id]),
    ):
        assert "Karta próbna" in client.get(url).content.decode()
    client.post(
        url, {"do": "incoming", "title": "Z sądu", "sender": "Sąd", "received_on": "2026-11-17", "channel": "post"}
    )
    assert LetterRecord.objects.system().get().document_number == "1/2026"


def test_another_institution_and_nobody_get_nothing(cast, client_of, client):
    case = case_of(cast)
    record = draft_of(cast, case)
    anna = cast.actor("anna")
    stored = actions.attach_file(anna, record, content=b"%PDF-1.7", name="a.pdf", on=cast.today)
    letter = actions.write_letter(anna, case, code="test.note", on=cast.today)
    names = ("sheet-view", "sheet-edit", "sheet-compare", "sheet-print", "sheet-word")
    urls = [reverse(f"papers:{name}", args=[record.pk]) for name in names]
    urls += [reverse(f"papers:{name}", args=[letter.pk]) for name in ("letter-view", "letter-print")]
    urls += [reverse("papers:file-view", args=[stored.pk]), reverse("papers:sheet-start", args=[case.pk, "test.demo"]),
             reverse("papers:letter-start", args=[case.pk, "test.note"]), reverse("papers:family-papers", args=[case.family_id]),
             reverse("papers:case-papers", args=[case.pk])]  # fmt: skip
    olga = client_of("olga")
    assert {url: olga.get(url).status_code for url in urls} == dict.fromkeys(urls, 404)
    assert olga.post(reverse("papers:sheet-autosave", args=[record.pk]), {}).status_code == 404
    assert {client.get(url).status_code for url in urls} == {302}
    adam = client_of("adam")
    assert {adam.get(url).status_code for url in urls} == {404}


def test_a_signed_sheet_with_its_scan_opens(cast, client_of):
    record = draft_of(cast)
    anna = cast.actor("anna")
    record = actions.finalise_sheet(anna, record, on=cast.today)
    actions.sign_sheet(anna, record, role="assistant", name="Anna Nowak", signed_on=cast.today, on=cast.today)
    record = SheetRecord.objects.system().get(pk=record.pk)
    actions.attach_scan(anna, record, content=b"%PDF-1.7", name="podpisana.pdf", on=cast.today)
    page = client_of("anna").get(reverse("papers:sheet-view", args=[record.pk])).content.decode()
    assert "podpisano" in page
    assert "skan podpisanego" in page
