"""Files as people send them, through every door that takes one: a clear sentence at the field, nothing typed lost, nothing kept."""

from __future__ import annotations

import html
import io
import os
import re
import zipfile

import pytest
from django.urls import reverse

from gniazdo.exchange.models import ImportRun
from gniazdo.papers.models import LocalTemplate, SheetRecord, StoredFile
from gniazdo.papers.queries import path_of
from gniazdo.papers.tests.factories import case_of, draft_of
from gniazdo.papers.tests.test_pages import form_of
from gniazdo.plans.actions.approval import agree
from gniazdo.plans.tests.factories import make_draft

MB = 1024 * 1024
TYPED = "Opis „wpisany” ręcznie"
AGAIN = "wybierz plik ponownie"


def packed(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        for name in names:
            pack.writestr(name, b"0")
    return out.getvalue()


def locked(content: bytes) -> bytes:
    """A zip that says its entries are encrypted."""
    local, central = content.index(b"PK\x03\x04"), content.index(b"PK\x01\x02")
    made = bytearray(content)
    made[local + 6] |= 1
    made[central + 8] |= 1
    return bytes(made)


PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
REFUSED = {
    "a scan of 40 MB": (PDF + b"0" * (40 * MB), "skan.pdf", "więcej niż 25 MB"),
    "a scan of 26 MB": (PDF + b"0" * (26 * MB), "skan.pdf", "więcej niż 25 MB"),
    "a program in disguise": (b"MZ\x90\x00\x03" + b"\0" * 200, "faktura.pdf", "nie można dołączać"),
    "macros": (packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "pismo.docm", "makra"),
    "an encrypted zip": (locked(packed("tajne.txt")), "akta.zip", "zabezpieczony hasłem"),
    "a document with a password": (OLE + "EncryptedPackage".encode("utf-16-le"), "akta.docx", "zabezpieczony hasłem"),
    "an old document": (OLE, "akta.doc", "Starych plików"),
    "a drawing with a script": (b"<svg onload='alert(1)'><script>alert(1)</script></svg>", "rys.svg", "nie można dołączać"),
    "a drawing called a picture": (b"<?xml version='1.0'?><svg><script/></svg>", "rys.png", "nie można dołączać"),
    "an empty file": (b"", "pusty.pdf", "pusty"),
}  # fmt: skip
TAKEN = {
    "HEIC of a phone": (b"\x00\x00\x00\x18ftypheic" + b"\0" * 64, "IMG_0001.HEIC", "image/heic"),
    "a name that climbs and has 300 letters": (PDF, "../../../etc/" + "ż" * 300 + ".pdf", "application/pdf"),
    "a name of another system": (PDF, "C:\\Users\\ala\\skan ostatni.pdf", "application/pdf"),
}


def posted(client, url, fields, field, content, name):
    """The post as a browser makes it; the name goes as it is."""
    edge, parts = "granica7", []
    for key, value in fields.items():
        for one in value if isinstance(value, list) else [value]:
            parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{one}\r\n'.encode())
    said = name.replace("\\", "\\\\")
    head = f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="{said}"\r\n'
    parts.append(f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + content + b"\r\n")
    body = b"".join(parts) + f"--{edge}--\r\n".encode()
    return client.post(url, body, content_type=f"multipart/form-data; boundary={edge}")


@pytest.fixture(autouse=True)
def files_in(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT


@pytest.fixture(params=["papers", "sheet", "plan"])
def door(request, cast, client_of):
    """(send a file, what was typed beside it) at each door that keeps attachments."""
    client = client_of("anna")
    if request.param == "papers":
        url, field = reverse("papers:case-papers", args=[case_of(cast).pk]), "file"
        fields = {"do": "file", "description": TYPED}
    elif request.param == "sheet":
        record = draft_of(cast)
        url, field = reverse("papers:sheet-edit", args=[record.pk]), "proof__file"
        fields = {**form_of(record), "do": "at-f-proof", "subject": TYPED}
    else:
        case = case_of(cast)
        version = make_draft(cast.actor("anna"), case, on=cast.today)
        version = agree(cast.actor("anna"), version, on=cast.today, today=cast.today)
        url, field, fields = reverse("plans:scan-new", args=[version.pk]), "file", {}
    return lambda content, name: posted(client, url, fields, field, content, name), fields


@pytest.mark.parametrize("which", REFUSED)
def test_a_refused_file_gets_a_sentence_at_its_field_and_nothing_is_lost(door, files_in, which):
    send, fields = door
    content, name, sentence = REFUSED[which]
    answer = send(content, name)
    assert answer.status_code in (200, 422)
    page = html.unescape(answer.content.decode())
    at_fields = " ".join(re.findall(r'<ul class="errorlist"[^>]*>.*?</ul>', page, re.DOTALL))
    assert sentence in at_fields, at_fields or page[page.find("<main") :][:2000]
    said = page.lower()
    assert said.count(AGAIN) == 1 or "wybierz go ponownie" in said, "the page does not say that the file is gone"
    if TYPED in fields.values():
        assert TYPED in page
    assert not StoredFile.objects.system().exists()
    assert [found for _path, _folders, found in os.walk(files_in) if found] == []
    if "subject" in fields:
        assert SheetRecord.objects.system().get().answers["subject"] == TYPED


@pytest.mark.parametrize("which", TAKEN)
def test_a_file_that_is_taken_lies_under_no_name_of_its_own(door, files_in, cast, which):
    send, _fields = door
    content, name, kind = TAKEN[which]
    answer = send(content, name)
    assert answer.status_code == 302, html.unescape(answer.content.decode())[-3000:]
    stored = StoredFile.objects.system().get()
    assert (stored.media_type, stored.size) == (kind, len(content))
    assert not re.search(r"[/\\]|\.\.", stored.original_name)
    assert len(stored.original_name) <= 200
    assert stored.original_name.rsplit(".")[-1].lower() == name.rsplit(".")[-1].lower()
    assert path_of(stored.path).parent == files_in / str(cast.institution.pk)
    assert path_of(stored.path).read_bytes() == content


@pytest.mark.parametrize("which", REFUSED)
def test_the_import_says_what_it_does_not_take(cast, client_of, which):
    content, name, _sentence = REFUSED[which]
    answer = posted(client_of("maria"), reverse("exchange:import-list"), {}, "file", content, name)
    assert answer.status_code == 200
    page = html.unescape(answer.content.decode())
    assert re.search(r'<ul class="errorlist"[^>]*>\s*<li>[^<]{10,}', page)
    assert AGAIN in page
    assert not ImportRun.objects.system().exists()


@pytest.mark.parametrize("which", [*REFUSED, *TAKEN])
def test_a_word_template_says_what_it_does_not_take(cast, client_of, which):
    content, name = {**REFUSED, **TAKEN}[which][:2]
    draft_of(cast)
    url = reverse("papers:local-sheet", args=["test.demo"])
    answer = posted(client_of("maria"), url, {"do": "template"}, "file", content, name)
    assert answer.status_code in (200, 422)
    page = html.unescape(answer.content.decode())
    assert re.search(r'<ul class="errorlist"[^>]*>\s*<li>[^<]{10,}', page), page[page.find("<main") :][:3000]
    assert AGAIN in page
    assert not LocalTemplate.objects.system().exclude(path="").exists()


@pytest.mark.parametrize("which", REFUSED)
def test_a_logo_says_what_it_does_not_take(cast, client_of, which):
    content, name, _sentence = REFUSED[which]
    client = client_of("maria")
    answer = posted(client, reverse("orgs:institution-logo"), {}, "logo", content, name)
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert re.search("Logo m|25 MB|pusty", page)
    cast.institution.refresh_from_db()
    assert not cast.institution.logo


def test_an_english_reader_is_told_in_english(cast, client_of):
    cast.anna.user.language = "en"
    cast.anna.user.save()
    url = reverse("papers:case-papers", args=[case_of(cast).pk])
    content, name, _sentence = REFUSED["a program in disguise"]
    page = posted(client_of("anna"), url, {"do": "file"}, "file", content, name).content.decode()
    assert "Files of this kind cannot be attached" in page
    assert "choose the file again" in page
