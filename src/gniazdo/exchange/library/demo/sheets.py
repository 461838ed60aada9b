"""Writes a sheet of ODS as LibreOffice does, a title, repeated empty cells and all. No Django, no library of its own."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from xml.sax.saxutils import escape, quoteattr

DAY = (2026, 11, 22, 0, 0, 0)
"""A fixed day, so that the same rows give the same file."""
KIND = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {"office": "office", "table": "table", "text": "text"}.items()
)
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
    f'manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="{KIND}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def ods(title: str, rows: Iterable[Sequence[object]]) -> bytes:
    """A workbook of one sheet; days are days, numbers are numbers, None is an empty cell."""
    body = "".join(f"<table:table-row>{_cells(row)}{_empty(1024 - len(row))}</table:table-row>" for row in rows)
    body += f'<table:table-row table:number-rows-repeated="1048000">{_empty(1024)}</table:table-row>'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMES} office:version="1.3"><office:body>'
        f"<office:spreadsheet><table:table table:name={quoteattr(title)}>{body}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype", DAY), KIND)
        for name, text in {"META-INF/manifest.xml": MANIFEST, "content.xml": content}.items():
            info = zipfile.ZipInfo(name, DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text)
    return out.getvalue()


def _empty(times: int) -> str:
    return f'<table:table-cell table:number-columns-repeated="{times}"/>'


def _cells(row: Sequence[object]) -> str:
    return "".join(_cell(value) for value in row)


def _cell(value: object) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, date):
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}">'
            f"<text:p>{value:%d.%m.%Y}</text:p></table:table-cell>"
        )
    if isinstance(value, int | float):
        shown = str(value).replace(".", ",")
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{shown}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'
