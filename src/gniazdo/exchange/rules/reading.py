"""Reads XLSX, ODS and CSV into one table of cells, whatever program and code page it came from."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass

from python_calamine import CalamineError, CalamineWorkbook

from gniazdo.exchange.rules.sentences import Told
from gniazdo.kernel.speech import say, says

CODE_PAGES = ("utf-8-sig", "windows-1250", "iso-8859-2")
POLISH = set("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
MAX_ROWS = 50_000
MAX_UNPACKED = 300 * 1024 * 1024

NAMELESS = says("Kolumna %(place)s (bez nagłówka)")


class Unreadable(Told):
    """The file is no table we can read; the message is for the user."""


@dataclass(frozen=True, slots=True)
class Table:
    """`header` names the columns (made unique), `rows` are (number in the file counted from 1, cells)."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[object, ...]], ...]


def read_table(content: bytes, name: str) -> Table:
    """The first sheet (or the CSV) as a table; the header is the first row with at least three filled cells.

    Raises Unreadable for an empty, encrypted, oversized, macro-carrying or foreign file.
    """
    if not content.strip():
        raise Unreadable(says("Plik jest pusty."))
    if content[:4] == b"PK\x03\x04":
        _check_archive(content)
        cells = _read_workbook(content)
    elif content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Unreadable(
            says(
                "To stary plik programu Excel (.xls) albo plik z hasłem. Otwórz go i zapisz jako „Skoroszyt programu Excel (.xlsx)”."
            )
        )
    elif content[:5] == b"%PDF-" or b"\x00" in content[:4096]:
        raise Unreadable(
            says("Plik „%(name)s” nie jest arkuszem ani plikiem CSV. Wczytać można XLSX, ODS i CSV."), name=name
        )
    else:
        cells = _read_csv(content)
    return _as_table(cells)


def _check_archive(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            unpacked = sum(info.file_size for info in archive.infolist())
    except zipfile.BadZipFile:
        raise Unreadable(says("Plik jest uszkodzony: nie da się go otworzyć.")) from None
    if any("vbaProject" in n or n.startswith("Basic/") for n in names):
        raise Unreadable(says("Plik zawiera makra. Zapisz go jako skoroszyt bez makr (.xlsx) i wczytaj ponownie."))
    if unpacked > MAX_UNPACKED:
        raise Unreadable(says("Plik po rozpakowaniu jest zbyt duży. Podziel go na mniejsze."))


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
    """Text of a CSV: UTF-8 when it is valid UTF-8, else the Polish code page that gives more Polish letters."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        texts = [content.decode(page, errors="replace") for page in CODE_PAGES[1:]]
        return max(texts, key=lambda t: sum(c in POLISH for c in t) - 5 * t.count("\ufffd"))


def _read_csv(content: bytes) -> list[list[object]]:
    text = decode(content)
    head = text[:20_000]
    delimiter = max(";\t,|", key=lambda d: head.count(d))
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
        raise Unreadable(
            says("Wierszy w pliku: %(rows)s; jednorazowo można wczytać najwyżej %(most)s. Podziel go."),
            rows=len(rows),
            most=MAX_ROWS,
        )
    return Table(tuple(header), rows)
