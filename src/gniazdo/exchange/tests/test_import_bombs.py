"""Files that claim more than they are: refused in a sentence before anything of them is unpacked into memory."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zipfile

import openpyxl
import pytest

from gniazdo.exchange.rules import reading, unpacking
from gniazdo.exchange.rules.reading import read_table, safe
from gniazdo.exchange.rules.unpacking import Unreadable, column_name
from gniazdo.exchange.tests.test_import_jobs import cell, ods

HEAD = "<table:table-row>" + "".join(cell(word) for word in ("Nazwisko", "Imię", "PESEL")) + "</table:table-row>"
FILLED = '<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'
LIMITED = """
import resource, sys
limit = int(sys.argv[2]) << 20
from gniazdo.exchange.rules.reading import read_table
from gniazdo.exchange.rules.unpacking import Unreadable
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
try:
    table = read_table(open(sys.argv[1], "rb").read(), "plik.xlsx")
    told = f"{len(table.rows)} rows"
except Unreadable as refused:
    told = str(refused)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024, told)
"""


def row(cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'


def xlsx(sheet: str, *, shared: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """A workbook whose sheet holds this XML between sheetData tags."""
    out, book = io.BytesIO(), openpyxl.Workbook()
    book.active.append(["x"])
    book.save(out)
    made = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = f'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{sheet}</worksheet>'.encode()
            elif name == "xl/sharedStrings.xml" and shared:
                content = f'<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{shared}</sst>'.encode()
            new.writestr(name, content)
        for name, content in (more or {}).items():
            new.writestr(name, content)
    return made.getvalue()


def inline(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


XHEAD = '<row r="1">' + inline("A1", "Nazwisko") + inline("B1", "Imię") + inline("C1", "PESEL") + "</row>"
LONG = "x" * 30_000


def lying() -> bytes:
    """An archive whose list of contents says 100 bytes and whose part unpacks to fifty million."""
    made = bytearray(xlsx("<sheetData>" + XHEAD + "</sheetData>" + " " * 50_000_000))
    name, at = b"xl/worksheets/sheet1.xml", -1
    while (at := made.find(b"PK\x01\x02", at + 1)) >= 0:
        if made[at + 46 : at + 46 + len(name)] == name:
            made[at + 24 : at + 28] = struct.pack("<I", 100)
    return bytes(made)


BOMBS = {
    "a filled cell repeated to the edge, a million rows": ods(HEAD + row(FILLED.format(more=' table:number-columns-repeated="16000"', text="x"), 1_000_000)),
    "a filled row repeated": ods(HEAD + row(FILLED.format(more="", text="x") * 3, 1_000_000)),
    "one cell at the far corner": ods(HEAD + row('<table:table-cell table:number-columns-repeated="16000"/>', 900_000) + row('<table:table-cell table:number-columns-repeated="16000"/>' + cell("x"))),
    "a long text repeated": ods(HEAD + row(FILLED.format(more=' table:number-columns-repeated="3"', text=LONG), 20_000)),
    "a covered cell repeated": ods(HEAD + row('<table:covered-table-cell table:number-columns-repeated="16000" office:value-type="float" office:value="1"/>', 10_000)),
    "a billion spaces in a cell": ods(HEAD + row(FILLED.format(more="", text='<text:s text:c="1000000000"/>'))),
    "more columns than any sheet": ods(HEAD + row('<table:table-cell table:number-columns-repeated="2000000000"/>')),
    "more rows than any sheet": ods(HEAD + row("<table:table-cell/>", 2_000_000_000)),
    "a cell at the end of the sheet": xlsx("<sheetData>" + XHEAD + '<row r="1048576">' + inline("XFD1048576", "x") + "</row></sheetData>"),
    "cells with no place of their own": xlsx("<sheetData>" + XHEAD + '<row r="1048576">' + "<c><v>1</v></c>" * 20 + "</row></sheetData>"),
    "a long shared text named by each cell": xlsx(
        "<sheetData>" + XHEAD + "".join(f'<row r="{n}">' + "".join(f'<c r="{c}{n}" t="s"><v>0</v></c>' for c in "ABCDEF") + "</row>" for n in range(2, 500)) + "</sheetData>",
        more={"xl/sharedStrings.xml": f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{LONG}</t></si></sst>'.encode()},
    ),
    "a part that unpacks to more than we take": xlsx("<sheetData>" + XHEAD + "</sheetData>", more={"xl/worksheets/sheet2.xml": b" " * 70_000_000}),
    "thousands of parts": xlsx("<sheetData>" + XHEAD + "</sheetData>", more={f"xl/x{n}.xml": b"<a/>" for n in range(2_500)}),
    "a part longer than it says": lying(),
    "entities": ods(HEAD).replace(b"x", b"x"),
    "a CSV of separators": b"a;b;c\n" + b";" * 1_000_000,
    "a CSV of lines": b"a;b;c\n" * 120_000,
}  # fmt: skip
BOMBS["entities"] = xlsx("<sheetData>" + XHEAD + "</sheetData>", more={
    "xl/sharedStrings.xml": b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><sst>&b;</sst>',
})  # fmt: skip


@pytest.mark.parametrize("what", BOMBS)
def test_a_bomb_is_refused_before_it_is_unpacked(what, monkeypatch) -> None:
    def never(*_told: object) -> None:
        raise AssertionError("unpacked")

    monkeypatch.setattr(reading, "CalamineWorkbook", type("Never", (), {"from_filelike": never}))
    with pytest.raises(Unreadable, match=r"\w"):
        read_table(BOMBS[what], "plik.xlsx")


def told_within(content: bytes, tmp_path, megabytes: int) -> tuple[int, str]:
    """Memory the reading took in megabytes, and how it ended, in a process that may not take more."""
    path = tmp_path / "plik"
    path.write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path), str(megabytes)], capture_output=True, text=True, timeout=60, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-500:]
    took, _space, told = done.stdout.strip().partition(" ")
    return int(took), told


@pytest.mark.parametrize(
    "what",
    [
        "a filled cell repeated to the edge, a million rows",
        "a cell at the end of the sheet",
        "a part longer than it says",
    ],
)
def test_a_bomb_takes_no_memory(what, tmp_path) -> None:
    took, told = told_within(BOMBS[what], tmp_path, 1_000)
    assert took < 60, took
    assert "rows" not in told


def test_the_largest_file_that_is_read_stays_within_a_worker(tmp_path) -> None:
    """Fifty thousand rows of twelve columns."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for n in range(50_000):
        sheet.append(
            [f"{word} {n}" for word in "abcdef"] + [n, n + 0.5, "02070803628", "1.02.2015", "ul. Leśna 3", "Dębowo"]
        )
    out = io.BytesIO()
    book.save(out)
    took, told = told_within(out.getvalue(), tmp_path, 2_000)
    assert told == "49999 rows"
    assert took < 200, took


def test_what_stands_far_away_is_named() -> None:
    with pytest.raises(Unreadable, match="XFD1048576"):
        read_table(BOMBS["a cell at the end of the sheet"], "rodziny.xlsx")
    assert [column_name(n) for n in (1, 26, 27, 702, 703, 16_384)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]


def test_sheets_formatted_to_their_end_are_read_all_the_same() -> None:
    """Whole columns with a colour and a million empty rows: life, not a bomb."""
    empty = '<c r="XFD1" s="1"/>'
    styled = xlsx("<sheetData>" + XHEAD.replace("</row>", empty + "</row>") + '<row r="2">' + inline("A2", "Lis") + '</row><row r="1048576"><c r="A1048576" s="1"/></row></sheetData>')  # fmt: skip
    assert [cells[0] for _n, cells in read_table(styled, "a.xlsx").rows] == ["Lis"]
    trailing = ods(HEAD + row(cell("Lis") + '<table:table-cell table:number-columns-repeated="16383"/>') + row('<table:table-cell table:number-columns-repeated="16384"/>', 1_048_000))  # fmt: skip
    assert [cells[0] for _n, cells in read_table(trailing, "a.ods").rows] == ["Lis"]


def test_what_was_measured_is_what_is_kept() -> None:
    kept = safe(
        xlsx(
            "<sheetData>" + XHEAD + "</sheetData>",
            more={"xl/media/image1.png": b"x" * 1000, "docProps/thumbnail.jpeg": b"x"},
        ),
        "a.xlsx",
    )
    with zipfile.ZipFile(io.BytesIO(kept)) as archive:
        assert not [name for name in archive.namelist() if not name.endswith((".xml", ".rels"))]
    assert read_table(kept, "a.xlsx", is_safe=True).header == ("Nazwisko", "Imię", "PESEL")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "hasłem"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "w starym zapisie"),
        (b"<html><body><table><tr><td>Nazwisko</td></tr></table>", "strona internetowa"),
        (b"MZ\x90 program" + b"\0" * 40, "nie jest arkuszem"),
    ],
)
def test_disguised_files_are_called_by_name(content, sentence) -> None:
    with pytest.raises(Unreadable, match=sentence):
        read_table(content, "rodziny.xlsx")


@pytest.mark.parametrize(("part", "sentence"), [("word/document.xml", "dokument tekstowy"), ("xl/workbook.bin", "binarny"), ("zdjecia/1.jpg", "nie jest arkuszem")])  # fmt: skip
def test_other_archives_are_called_by_name(part, sentence) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(part, "x")
    with pytest.raises(Unreadable, match=sentence):
        read_table(out.getvalue(), "rodziny.xlsx")


def test_a_protected_ods_says_so() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("content.xml", b"\x00\x01")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="m"><manifest:encryption-data/></manifest:manifest>',
        )
    with pytest.raises(Unreadable, match="hasłem"):
        read_table(out.getvalue(), "rodziny.ods")


TEXT = "Nr rodziny;Nazwisko i imię;Pokrewieństwo\n1;Żółć Łucja;matka\n1;Gęśla Jaźń;córka\n"


@pytest.mark.parametrize("page", ["utf-8", "utf-8-sig", "windows-1250", "iso-8859-2", "cp852", "utf-16"])
def test_polish_letters_of_every_code_page(page) -> None:
    assert read_table(TEXT.encode(page), "a.csv").rows[0][1][1] == "Żółć Łucja"


def test_one_broken_letter_does_not_spoil_a_file_and_nonsense_is_told() -> None:
    broken = (TEXT * 20).encode().replace("Łucja".encode(), b"\xc5ucja", 1)
    rows = read_table(broken, "a.csv").rows
    assert "\ufffd" in str(rows[0][1][1])
    assert rows[1][1][1] == "Gęśla Jaźń"
    with pytest.raises(Unreadable, match="liter"):
        read_table(b"a;b;c\n" + b"\x81\x01\x02\xff" * 40, "a.csv")
    assert unpacking.MAX_CELLS >= reading.MAX_ROWS * 12
