"""Stands between an uploaded workbook and the program that reads it: nothing is unpacked whose size was not counted before.

A few kilobytes can claim a million repeated cells or a cell at the far end of the sheet; the reader would fill the memory with them.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from xml.parsers import expat

from gniazdo.exchange.rules.sentences import Told
from gniazdo.kernel.speech import says

MAX_PARTS = 2_000
MAX_UNPACKED = 64 * 1024 * 1024
MAX_CELLS = 750_000
MAX_TEXT = 40_000_000
STEP = 1024 * 1024
MACRO_PARTS = ("Basic/", "Scripts/", "xl/macrosheets/")
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # of any program


class Unreadable(Told):
    """The file is no table we can read; the message is for the user."""


TOO_BIG = says(
    "Plik po rozpakowaniu jest zbyt duży. Zostaw w nim tylko arkusz z rodzinami albo podziel go na mniejsze."
)
TOO_WIDE = says(
    "Arkusz sięga od początku do komórki %(cell)s, czyli dalej, niż da się wczytać. Usuń to, co stoi daleko od tabeli, i puste "
    "kopie wierszy albo kolumn, i zapisz plik ponownie."
)
DAMAGED = says("Plik jest uszkodzony: nie da się go otworzyć.")
PROTECTED = says(
    "Plik jest zabezpieczony hasłem. Otwórz go, usuń hasło (Plik → Informacje → Chroń skoroszyt) i zapisz ponownie."
)
MACROS = says("Plik zawiera makra. Zapisz go jako skoroszyt bez makr (.xlsx) i wczytaj ponownie.")
NO_SHEET = says("Plik „%(name)s” nie jest arkuszem ani plikiem CSV. Wczytać można XLSX, ODS i CSV.")
WORD = says(
    "Plik „%(name)s” to dokument tekstowy, nie arkusz. Przenieś tabelę do arkusza i zapisz go jako XLSX albo ODS."
)
BINARY = says("To skoroszyt binarny (.xlsb). Otwórz go i zapisz jako „Skoroszyt programu Excel (.xlsx)”.")


@dataclass(slots=True)
class Extent:
    """How much a workbook would become: cells of all its sheets (each from its first corner to its last filled one) and letters."""

    cells: int = 0
    letters: int = 0

    def add(self, rows: int, columns: int) -> None:
        """A sheet of that size. Raises Unreadable when it is more than we read."""
        self.cells += rows * columns
        if self.cells > MAX_CELLS:
            raise Unreadable(TOO_WIDE, cell=f"{column_name(columns)}{rows}")

    def say(self, letters: int) -> None:
        """So many letters more. Raises Unreadable when it is more than we read."""
        self.letters += letters
        if self.letters > MAX_TEXT:
            raise Unreadable(TOO_BIG)


def column_name(number: int) -> str:
    """1 → A, 27 → AA."""
    name = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def unpacked_safely(content: bytes, name: str) -> bytes:
    """The same workbook with nothing in it but counted sheets, packed anew: what our reader sees is what was measured.

    Raises Unreadable for a damaged, protected, macro-carrying, foreign or oversized file.
    """
    parts = _parts(content, name)
    extent = Extent()
    try:
        if "content.xml" in parts:
            _Ods(extent).read(parts["content.xml"])
        else:
            shared = _Strings().read(parts.get("xl/sharedStrings.xml", b"<sst/>"))
            for path, data in parts.items():
                if path.startswith("xl/worksheets/") and path.endswith(".xml"):
                    _Xlsx(extent, shared).read(data)
    except (expat.ExpatError, ValueError) as error:
        raise Unreadable(DAMAGED) from error
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in list(parts):
            archive.writestr(path, parts.pop(path))
    return out.getvalue()


def _parts(content: bytes, name: str) -> dict[str, bytes]:
    """The parts a reader of cells needs, each no longer than it said it would be."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = {info.filename: info for info in archive.infolist()}
            _refuse_foreign(infos, name)
            wanted = [i for i in infos.values() if i.filename.endswith((".xml", ".rels")) or i.filename == "mimetype"]
            wanted = [i for i in wanted if not i.filename.startswith(("xl/media/", "xl/drawings/", "Pictures/"))]
            if len(infos) > MAX_PARTS or sum(i.file_size for i in wanted) > MAX_UNPACKED:
                raise Unreadable(TOO_BIG)
            if any(i.flag_bits & 1 for i in wanted):
                raise Unreadable(PROTECTED)
            parts = {i.filename: _read(archive, i) for i in wanted}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
        raise Unreadable(DAMAGED) from error
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise Unreadable(PROTECTED)
    return parts


def _refuse_foreign(paths: Iterable[str], name: str) -> None:
    paths = set(paths)
    if any("vbaProject" in path or path.startswith(MACRO_PARTS) for path in paths):
        raise Unreadable(MACROS)
    if "xl/workbook.bin" in paths:
        raise Unreadable(BINARY)
    if "word/document.xml" in paths:
        raise Unreadable(WORD, name=name)
    if "xl/workbook.xml" not in paths and "content.xml" not in paths:
        raise Unreadable(NO_SHEET, name=name)


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The part in small steps: asked for all at once, zipfile would unpack whatever it holds before it cuts to the size it claims."""
    made = bytearray()
    with archive.open(info) as part:
        while chunk := part.read(min(STEP, info.file_size - len(made) + 1)):
            made += chunk
            if len(made) > info.file_size:
                raise Unreadable(DAMAGED)
    return bytes(made)


class _Reader:
    """Walks the elements of one part by their local names; what declares entities is refused."""

    def start(self, name: str, told: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def letters(self, text: str) -> None:
        """Text inside it."""

    def walk(self, data: bytes) -> None:
        """Read it all. Raises expat.ExpatError, Unreadable."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        local: Callable[[str], str] = lambda name: name.rpartition(":")[2]  # noqa: E731 - called for each element
        parser.StartElementHandler = lambda name, told: self.start(local(name), told)
        parser.EndElementHandler = lambda name: self.end(local(name))
        parser.CharacterDataHandler = self.letters
        parser.StartDoctypeDeclHandler = _no_doctype
        parser.Parse(data, True)


def _no_doctype(*_told: object) -> None:
    raise Unreadable(DAMAGED)


class _Strings(_Reader):
    """Lengths of the strings XLSX keeps once and names by number from many cells."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def read(self, data: bytes) -> list[int]:
        self.walk(data)
        return self.lengths

    def start(self, name: str, told: dict[str, str]) -> None:
        if name == "si":
            self.lengths.append(0)

    def letters(self, text: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(text)


class _Xlsx(_Reader):
    """A sheet of XLSX: the last filled row and column, and the letters of all cells."""

    def __init__(self, extent: Extent, shared: list[int]) -> None:
        self.extent, self.shared = extent, shared
        self.row = self.column = self.rows = self.columns = 0
        self.kind, self.text, self.inside = "", "", False

    def read(self, data: bytes) -> None:
        self.walk(data)
        self.extent.add(self.rows, self.columns)

    def start(self, name: str, told: dict[str, str]) -> None:
        if name == "row":
            self.row, self.column = int(told.get("r", self.row + 1)), 0
        elif name == "c":
            place = told.get("r", "").rstrip("0123456789")
            self.column = _column_number(place) if place else self.column + 1
            if place and told["r"] != place:
                self.row = int(told["r"][len(place) :])
            self.kind, self.text = told.get("t", ""), ""
        self.inside = name in ("v", "t", "is")

    def letters(self, text: str) -> None:
        if self.inside:
            self.text += text

    def end(self, name: str) -> None:
        self.inside = self.inside and name not in ("v", "t")
        if name == "c" and self.text:
            self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
            if self.rows * self.columns > MAX_CELLS:
                self.extent.add(self.rows, self.columns)
            known = self.kind == "s" and self.text.strip().isdecimal() and int(self.text) < len(self.shared)
            self.extent.say(self.shared[int(self.text)] if known else len(self.text))


def _column_number(name: str) -> int:
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number


class _Ods(_Reader):
    """The sheets of ODS, where one row or cell may stand for a million."""

    def __init__(self, extent: Extent) -> None:
        self.extent = extent
        self.row = self.rows = self.columns = 0
        self.column = self.last = self.told = 0
        self.times = self.across = self.cell = 1
        self.filled = self.inside = False

    def read(self, data: bytes) -> None:
        self.walk(data)

    def start(self, name: str, told: dict[str, str]) -> None:
        if name == "table":
            self.row = self.rows = self.columns = 0
        elif name == "table-row":
            self.times = _times(told, "number-rows-repeated", MOST_ROWS)
            self.column = self.last = self.told = 0
        elif name in ("table-cell", "covered-table-cell"):
            self.across = _times(told, "number-columns-repeated", MOST_COLUMNS)
            self.cell, self.filled = len(_told(told, "string-value")), bool(_told(told, "value-type"))
        elif name == "p":
            self.inside = True
        elif name == "s":
            self._write(int(_told(told, "c", "1")))

    def letters(self, text: str) -> None:
        if self.inside:
            self._write(len(text))

    def _write(self, letters: int) -> None:
        self.cell, self.filled = self.cell + letters, True
        if self.cell > MAX_TEXT:
            raise Unreadable(TOO_BIG)

    def end(self, name: str) -> None:
        if name == "p":
            self.inside = False
        elif name in ("table-cell", "covered-table-cell"):
            self.column += self.across
            if self.filled:
                self.last, self.told = self.column, self.told + self.cell * self.across
            self.filled, self.cell = False, 0
        elif name == "table-row":
            self.row += self.times
            if self.last:
                self.rows, self.columns = self.row, max(self.columns, self.last)
                self.extent.say(self.told * self.times)
                if self.rows * self.columns > MAX_CELLS:
                    self.extent.add(self.rows, self.columns)
        elif name == "table":
            self.extent.add(self.rows, self.columns)
            self.row = self.rows = self.columns = 0


def _times(told: dict[str, str], name: str, most: int) -> int:
    """How many times a row or cell stands. Raises Unreadable for more than any sheet has."""
    times = max(int(_told(told, name, "1")), 1)
    if times > most:
        raise Unreadable(DAMAGED)
    return times


def _told(told: dict[str, str], name: str, other: str = "") -> str:
    """An attribute by its local name."""
    return next((value for key, value in told.items() if key.rpartition(":")[2] == name), other)
