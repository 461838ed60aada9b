"""Every print claims and carries what PDF/A-2a and PDF/UA-1 ask of its structure: tags, language, title, profile, fonts."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from gniazdo.papers.models import SheetRecord
from gniazdo.papers.queries import blank_pdf, sample_letter_pdf, sheet_pdf
from gniazdo.papers.rules import LETTERS, SHEETS
from gniazdo.papers.tests.factories import case_of

PAPERS = [
    *(("blank", *key) for key in sorted(SHEETS)), *(("filled", *key) for key in sorted(SHEETS)),
    *(("letter", code, 0) for code in sorted(LETTERS)),
]  # fmt: skip


def made(cast, how: str, code: str, version: int) -> bytes:
    if how == "letter":
        return sample_letter_pdf(cast.institution, LETTERS[code], "\n\n".join(LETTERS[code].body))
    if how == "blank":
        return blank_pdf(cast.institution, SHEETS[(code, version)])
    case = case_of(cast)
    return sheet_pdf(SheetRecord(institution=cast.institution, family=case.family, case=case, code=code, version=version,
                                 started_on=cast.today))  # fmt: skip


def fonts(reader: Any) -> list[Any]:
    found = []
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            one = font.get_object()
            found.append(one["/DescendantFonts"][0].get_object() if "/DescendantFonts" in one else one)
    return found


@pytest.mark.parametrize(("how", "code", "version"), PAPERS, ids=lambda v: str(v))
def test_a_print_is_archival_and_accessible(how, code, version, cast):
    reader: Any = PdfReader(io.BytesIO(made(cast, how, code, version)))
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("pl")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    title = SHEETS[(code, version)].title if how != "letter" else LETTERS[code].title
    assert reader.metadata.title == title
    tree = root["/StructTreeRoot"].get_object()
    assert tree["/K"]
    assert "/ParentTree" in tree
    intents = root["/OutputIntents"]
    assert intents[0].get_object()["/S"] == "/GTS_PDFA1"
    assert intents[0].get_object()["/DestOutputProfile"].get_object().get_data()
    xmp = reader.xmp_metadata
    raw = xmp.stream.get_data().decode()
    assert "http://www.aiim.org/pdfa/ns/id/" in raw
    assert "http://www.aiim.org/pdfua/ns/id/" in raw
    told = "".join(raw.split())
    for claim in ("<pdfaid:part>2<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"):
        assert claim in told
    used = fonts(reader)
    assert used
    assert all({"/FontFile2", "/FontFile3"} & set(f["/FontDescriptor"].get_object()) for f in used)
    assert all(page["/Tabs"] == "/S" for page in reader.pages)
    assert not reader.is_encrypted
    assert "/OpenAction" not in root
    assert "/JavaScript" not in root.get("/Names", {})
