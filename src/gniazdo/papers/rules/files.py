"""What an uploaded file really is, and whether the office takes it. Reads bytes, opens nothing inside. No Django."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

import puremagic

from gniazdo.papers.rules.questions import Sentence, says

LIMIT = 25 * 1024 * 1024
ALLOWED = "PDF, JPEG, PNG, TIFF, HEIC, DOCX, ODT, XLSX, TXT"
TYPES = {
    "pdf": ("application/pdf", ("pdf",)),
    "jpeg": ("image/jpeg", ("jpg", "jpeg", "jpe", "jfif")),
    "png": ("image/png", ("png",)),
    "tiff": ("image/tiff", ("tif", "tiff")),
    "heic": ("image/heic", ("heic", "heif")),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",)),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",)),
    "odt": ("application/vnd.oasis.opendocument.text", ("odt",)),
    "txt": ("text/plain", ("txt",)),
}
_SIGNATURES = (
    ("jpeg", b"\xff\xd8\xff"), ("png", b"\x89PNG\r\n\x1a\n"), ("tiff", b"II*\x00"), ("tiff", b"MM\x00*"), ("pdf", b"%PDF-"),
)  # fmt: skip
_ACTIVE = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"<script",
    b"<html",
    b"<!doctype",
    b"<?php",
    b"<svg",
    b"<?xml",
    b"@echo",
)
_MACROS = re.compile(r"vbaproject|macrosheets/|^basic/|^scripts/|activex/|oleobject|\.exe$|\.js$|\.vbs$", re.IGNORECASE)

_PDF_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia|SubmitForm|ImportData)(?![A-Za-z0-9])")
_PDF_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_UNPACKED = 4 * LIMIT
_LOCKED = "EncryptedPackage".encode("utf-16-le")  # how Word and Excel keep a document with a password


@dataclass(frozen=True, slots=True)
class Finding:
    """What the file is ("pdf", "docx"…) and its media type; or why it is refused."""

    kind: str = ""
    media_type: str = ""
    refusal: Sentence | None = None


def _no(pattern: str, **params: object) -> Finding:
    return Finding(refusal=says(pattern, **params))


def extension_of(name: str) -> str:
    """The last extension of a file's name, small letters, without the dot."""
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


def _office(content: bytes) -> str | Finding:
    """The kind of a zipped office file from its table of contents; nothing in it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as pack:
            entries = pack.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return _no("Plik jest uszkodzony i nie da się go otworzyć.")
    names = {e.filename for e in entries}
    if any(e.flag_bits & 1 for e in entries):
        return _no("Ten plik jest zabezpieczony hasłem. Zapisz go bez hasła albo jako PDF i dołącz ponownie.")
    if len(entries) > 5000 or sum(e.file_size for e in entries) > 40 * LIMIT:
        return _no("Ten plik po rozpakowaniu byłby zbyt duży. Zapisz go jako PDF i dołącz ponownie.")
    if any(_MACROS.search(name) for name in names):
        return _no("Ten plik zawiera makra lub osadzone programy. Zapisz go jako PDF i dołącz ponownie.")
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        return "docx"
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return "xlsx"
    if content[30:38] == b"mimetype" and content[38 : 38 + 39] == b"application/vnd.oasis.opendocument.text":
        return "odt"
    return _no("Archiwów nie można dołączać. Dołącz same dokumenty: %(allowed)s.", allowed=ALLOWED)


def _plain_names(part: bytes) -> bytes:
    """PDF names with their #xx spellings undone: /J#61vaScript is /JavaScript."""
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), part)


def _pdf(content: bytes) -> str | Finding:
    """A PDF that runs nothing. Also looks into packed object streams, bounded; pictures and fonts are left alone."""
    parts, left = [_PDF_STREAM.sub(b"", content)], _UNPACKED
    for found in re.finditer(rb"/Type\s*/ObjStm", content):
        packed = _PDF_STREAM.search(content, found.end())
        if packed is None or left <= 0:
            continue
        opener = zlib.decompressobj()
        try:
            parts.append(opener.decompress(packed[1], left))
        except zlib.error:
            parts.append(packed[1])
        left -= len(parts[-1])
    if any(_PDF_ACTIVE.search(_plain_names(part)) for part in parts):
        return _no(
            "Ten plik PDF zawiera skrypt lub polecenie uruchamiające program. Wydrukuj go do nowego pliku PDF i dołącz ponownie."
        )
    return "pdf"


def _is_text(content: bytes) -> bool:
    head = content.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if any(head.startswith(sign.lower()) for sign in _ACTIVE) or re.search(rb"[\x00-\x08\x0e-\x1f]", content):
        return False
    for encoding in ("utf-8", "cp1250"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _sniff(content: bytes) -> str | Finding:
    for kind, sign in _SIGNATURES:
        if content.startswith(sign):
            return _pdf(content) if kind == "pdf" else kind
    if content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"mif1", b"hevc", b"heim"):
        return "heic"
    if content.startswith(b"PK"):
        return _office(content)
    if content.startswith(b"\xd0\xcf\x11\xe0") and _LOCKED in content:
        return _no("Ten plik jest zabezpieczony hasłem. Zapisz go bez hasła albo jako PDF i dołącz ponownie.")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return _no(
            "Starych plików programu Word i Excel nie można dołączać, bo mogą zawierać makra. Zapisz jako DOCX, XLSX lub PDF."
        )
    return "txt" if _is_text(content) else ""


def examine(content: bytes, name: str) -> Finding:
    """Whether the file may be attached: by what its bytes are, not by what its name says; both must agree."""
    if not content:
        return _no("Plik jest pusty.")
    if len(content) > LIMIT:
        return _no("Plik ma więcej niż 25 MB. Zmniejsz go lub podziel na części.")
    found = _sniff(content)
    if isinstance(found, Finding):
        return found
    extension = extension_of(name)
    if found == "txt" and extension not in TYPES["txt"][1]:
        found = ""
    if not found:
        return _no(
            "Tego rodzaju plików nie można dołączać%(what)s. Przyjmujemy: %(allowed)s.",
            what=_what(content),
            allowed=ALLOWED,
        )
    media_type, extensions = TYPES[found]
    if extension not in extensions:
        return _no(
            "Nazwa pliku kończy się na „.%(extension)s”, a w środku jest %(found)s. Zmień nazwę albo zapisz plik ponownie.",
            extension=extension[:10], found=found.upper(),
        )  # fmt: skip
    return Finding(found, media_type)


TEMPLATE_LIMIT = 5 * 1024 * 1024


def examine_template(content: bytes, name: str) -> Finding:
    """Whether the file may be a Word template: a DOCX without macros, of a size that a print can be made from."""
    if len(content) > TEMPLATE_LIMIT:
        return _no("Wzór ma więcej niż 5 MB. Zmniejsz obrazy w dokumencie i wgraj go ponownie.")
    if extension_of(name) in ("docm", "dotm"):
        return _no("Wzór nie może zawierać makr. Zapisz go w Wordzie jako zwykły dokument DOCX.")
    if extension_of(name) == "dotx":
        return _no("Zapisz wzór w Wordzie jako zwykły dokument DOCX, nie jako szablon DOTX.")
    found = examine(content, name)
    if found.refusal:
        return found
    if found.kind != "docx":
        return _no("Wzór musi być plikiem DOCX.")
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        if sum(e.file_size for e in pack.infolist()) > 10 * TEMPLATE_LIMIT:
            return _no("Wzór po rozpakowaniu byłby zbyt duży. Zmniejsz obrazy w dokumencie i wgraj go ponownie.")
    return found


def _what(content: bytes) -> str:
    try:
        return f" ({puremagic.from_string(content[:4096])})"
    except (puremagic.PureError, ValueError, OSError):
        return ""
