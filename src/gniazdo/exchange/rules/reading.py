"""Reads XLSX, ODS and CSV into one table of cells, whatever program and code page it came from."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass

from python_calamine import CalamineError, CalamineWorkbook

from gniazdo.exchange.rules.unpacking import MAX_CELLS, NO_SHEET, PROTECTED, TOO_BIG, Unreadable, unpacked_safely
from gniazdo.kernel.speech import say, says

CODE_PAGES = ("windows-1250", "iso-8859-2", "cp852", "utf-8-sig")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
STRANGE = ("\ufffd", *map(chr, range(0x80, 0xA0)), *map(chr, range(1, 9)))
POLISH = set("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
MAX_ROWS = 50_000

TOO_MANY = says("Wierszy w pliku: %(rows)s; jednorazowo można wczytać najwyżej %(most)s. Podziel go.")
NAMELESS = says("Kolumna %(place)s (bez nagłówka)")


@dataclass(frozen=True, slots=True)
class Table:
    """`header` names the columns (made unique), `rows` are (number in the file counted from 1, cells)."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[object, ...]], ...]


def safe(content: bytes, name: str) -> bytes:
    """The file as it may be kept and read: a workbook measured and packed anew, a CSV as it came.

    Raises Unreadable for an empty, protected, oversized, macro-carrying or foreign file.
    """
    if not content.strip():
        raise Unreadable(says("Plik jest pusty."))
    if content[:4] == b"PK\x03\x04":
        return unpacked_safely(content, name)
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Unreadable(PROTECTED)
        raise Unreadable(
            says(
                "To plik w starym zapisie (.xls). Otwórz go i zapisz jako „Skoroszyt programu Excel (.xlsx)” albo ODS."
            )
        )
    if content[:2] in UTF_16:
        return content
    if content[:5] == b"%PDF-" or b"\x00" in content:
        raise Unreadable(NO_SHEET, name=name)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise Unreadable(
            says(
                "Plik „%(name)s” to strona internetowa, choć nazywa się jak arkusz. Otwórz go i zapisz jako XLSX albo ODS."
            ),
            name=name,
        )
    return content


def read_table(content: bytes, name: str, *, is_safe: bool = False) -> Table:
    """The first sheet (or the CSV) as a table; the header is the first row with at least three filled cells.

    `is_safe` when the content came from `safe` already. Raises Unreadable.
    """
    content = content if is_safe else safe(content, name)
    return _as_table(_read_workbook(content) if content[:4] == b"PK\x03\x04" else _read_csv(content))


def _read_workbook(content: bytes) -> list[list[object]]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if any(any(_filled(c) for c in row) for row in rows):
                return [list(row) for row in rows]
    except (CalamineError, ValueError, OSError) as error:
        raise Unreadable(says("Nie da się odczytać arkusza: plik jest uszkodzony lub zabezpieczony hasłem.")) from error
    raise Unreadable(says("Arkusz nie zawiera danych."))


def decode(content: bytes) -> str:
    """Text of a CSV: UTF-8 or UTF-16 when it says so, else the code page that gives most Polish letters and fewest signs of none.

    Raises Unreadable when its letters make no sense in any of them.
    """
    if content[:2] in UTF_16:
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        sample = content[:200_000]
        best = max(CODE_PAGES, key=lambda page: _likely(sample.decode(page, errors="replace")))
        text = content.decode(best, errors="replace")
        if sum(map(text.count, STRANGE)) * 50 > len(text):
            raise Unreadable(
                says(
                    "Nie da się odczytać liter tego pliku. Zapisz go jako „CSV UTF-8 (rozdzielany przecinkami)” albo XLSX."
                )
            ) from None
        return text


def _likely(text: str) -> int:
    return sum(c in POLISH for c in text) - 5 * sum(map(text.count, STRANGE))


def _read_csv(content: bytes) -> list[list[object]]:
    text = decode(content)
    head = text[:20_000]
    delimiter = max(";\t,|", key=lambda d: head.count(d))
    lines = text.count("\n") + 1
    if lines > 2 * MAX_ROWS:
        raise Unreadable(TOO_MANY, rows=lines, most=MAX_ROWS)
    if text.count(delimiter) + lines > MAX_CELLS:
        raise Unreadable(TOO_BIG)
    try:
        return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as error:
        raise Unreadable(says("Plik CSV jest uszkodzony: sprawdź cudzysłowy i znaki końca wiersza.")) from error


def _filled(cell: object) -> bool:
    return cell is not None and str(cell).strip() != ""


def heading_shown(heading: str) -> str:
    """The heading for people: a column without one is called by its place."""
    return say(NAMELESS) % {"place": heading[1:]} if re.fullmatch(r"#\d+", heading) else heading


def _as_table(cells: list[list[object]]) -> Table:
    start = next((n for n, row in enumerate(cells) if sum(_filled(c) for c in row) >= 3), None)
    if start is None:
        raise Unreadable(says("Nie widać nagłówka tabeli: potrzebny jest wiersz z nazwami co najmniej trzech kolumn."))
    header: list[str] = []
    for n, cell in enumerate(cells[start]):
        name = " ".join(str(cell).split()) if _filled(cell) else f"#{n + 1}"
        while name in header:
            name += " (2)"
        header.append(name)
    rows = tuple(
        (number, tuple(row[: len(header)]) + (None,) * (len(header) - len(row)))
        for number, row in enumerate(cells[start + 1 :], start + 2)
        if any(_filled(c) for c in row)
    )
    if len(rows) > MAX_ROWS:
        raise Unreadable(TOO_MANY, rows=len(rows), most=MAX_ROWS)
    return Table(tuple(header), rows)
