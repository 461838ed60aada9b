"""Tables that leave the system as CSV or XLSX; a cell that a spreadsheet would run as a formula is made plain text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TextIO
from urllib.parse import quote

from django.http import HttpResponse

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Numbers with a sign, phones with a country, a dash for nothing: a spreadsheet counts nothing out of them.
HARMLESS = re.compile(r"[+-]?\d{1,3}(?:[ \u00a0]\d{3})*(?:[.,]\d+)?|[+-]?\d+(?:[.,]\d+)?|\+\d{1,3}(?: ?\d{2,9}){1,4}|-")


def neutral(value: object) -> object:
    """A cell safe to open in a spreadsheet: text that would start a formula gets an apostrophe before it.

    Negative numbers (-2,5) and phones (+48 600 100 200) stay as they are. What is neither text nor number is text first:
    a worker or a family prints its own name.
    """
    if not isinstance(value, str | int | float | Decimal | date | None):
        value = str(value)
    if isinstance(value, str) and (value.startswith(RISKY) or value.lstrip().startswith(RISKY)):
        return value if HARMLESS.fullmatch(value) else "'" + value
    return value


def _shown(value: object) -> object:
    if isinstance(value, datetime):
        return value.strftime("%d.%m.%Y %H:%M")
    return value.strftime("%d.%m.%Y") if isinstance(value, date) else value


def write_csv(out: TextIO, header: Sequence[object], rows: Iterable[Sequence[object]]) -> None:
    """The one place that writes rows with semicolons: every cell of every row is made harmless."""
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([neutral(_shown(cell)) for cell in row] for row in (header, *rows))


def csv_response(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A CSV as Polish Excel opens it by a double click: semicolons and UTF-8 with a mark."""
    out = io.StringIO()
    write_csv(out, header, rows)
    return _download("\ufeff" + out.getvalue(), f"{name}.csv", "text/csv; charset=utf-8")


def xlsx_response(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """An XLSX with a bold header and cells as values, never formulas."""
    import openpyxl  # half a second to load: only who exports a workbook waits for it
    from openpyxl.styles import Font

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    bold = []
    for cell in header:
        made = openpyxl.cell.WriteOnlyCell(sheet, value=str(neutral(cell)))
        made.font = Font(bold=True)
        bold.append(made)
    sheet.append(bold)
    for row in rows:
        sheet.append([neutral(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return _download(
        out.getvalue(), f"{name}.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )


def _download(content: str | bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    return response
