"""What the office takes as an attachment, and what it refuses with a sentence."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest

from gniazdo.papers.rules.files import LIMIT, examine


def packed(*names: str, size: int = 1) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name in names:
            pack.writestr(name, b"0" * size)
    return out.getvalue()


DOCX = packed("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(("content", "name", "kind"), [
    (b"%PDF-1.7\n", "a.PDF", "pdf"), (b"\xff\xd8\xff\xe0", "zdjęcie.jpg", "jpeg"), (b"\x89PNG\r\n\x1a\n..", "a.png", "png"),
    (b"II*\x00...", "a.tif", "tiff"), (b"\x00\x00\x00\x18ftypheic", "a.heic", "heic"), (DOCX, "pismo.docx", "docx"),
    ("zażółć\n".encode(), "a.txt", "txt"), ("zażółć\n".encode("cp1250"), "a.txt", "txt"),
])  # fmt: skip
def test_taken(content, name, kind):
    assert examine(content, name).kind == kind


@pytest.mark.parametrize(("content", "name", "words"), [
    (b"", "a.pdf", "pusty"),
    (b"%PDF-" + b"0" * LIMIT, "a.pdf", "25 MB"),
    (b"MZ\x90\x00", "faktura.pdf", "nie można"),
    (b"MZ\x90\x00", "program.exe", "nie można"),
    (b"%PDF-1.7", "zdjecie.jpg", "w środku jest PDF"),
    (b"<html><script>alert(1)</script>", "a.txt", "nie można"),
    (b"<svg onload=alert(1)>", "a.svg", "nie można"),
    (packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "a.docx", "makra"),
    (packed("[Content_Types].xml", "xl/workbook.xml", "xl/macrosheets/sheet1.xml"), "a.xlsx", "makra"),
    (DOCX, "a.docm", "w środku jest DOCX"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "Starych plików"),
    (packed("a.txt"), "a.zip", "Archiwów"),
    (packed(*(f"{n}" for n in range(12)), size=100 * 1024 * 1024), "bomba.docx", "zbyt duży"),
    (b"%PDF-1.7\n1 0 obj <</OpenAction <</S /JavaScript /JS (app.alert(1))>> >>", "a.pdf", "skrypt"),
    (b"%PDF-1.7\n1 0 obj <</S /J#61vaScript>>", "a.pdf", "skrypt"),
    (b"%PDF-1.7\n1 0 obj <</S /Launch /F (cmd.exe)>>", "a.pdf", "skrypt"),
    (b"%PDF-1.7\n1 0 obj <<>>\nstream\nx\nendstream\nendobj\n2 0 obj <</Type /ObjStm /Filter /FlateDecode>>\nstream\n" + zlib.compress(b"<</S /JavaScript>>")
     + b"\nendstream", "a.pdf", "skrypt"),
    (b"PK\x03\x04zepsute", "a.docx", "uszkodzony"),
])  # fmt: skip
def test_refused_with_a_sentence(content, name, words):
    assert words in str(examine(content, name).refusal)


def test_a_picture_that_happens_to_hold_the_words_is_taken():
    content = b"%PDF-1.7\n1 0 obj <</Subtype /Image>>\nstream\n..../JavaScript ..\nendstream\nendobj"
    assert examine(content, "skan.pdf").kind == "pdf"
