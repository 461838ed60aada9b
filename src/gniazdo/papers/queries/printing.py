"""Setting a paper in print: one Typst template for all, as PDF/A-2a and PDF/UA-1 in one file."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, cast

import font_lato
import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gniazdo.orgs.models import Institution

TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "papers" / "paper.typ"
FONTS = Path(str(font_lato.__file__)).parent / "files"
_local = threading.local()


def _compiler() -> typst.Compiler:
    """One compiler a thread: it keeps the fonts and the parsed template between papers."""
    if not hasattr(_local, "compiler"):
        _local.compiler = typst.Compiler(str(TEMPLATE), font_paths=[str(FONTS)], ignore_system_fonts=True)
    compiler: typst.Compiler = _local.compiler
    return compiler


def set_in_type(document: Mapping[str, Any]) -> bytes:
    """The PDF of a document made by `document_of`. Words are data: nothing a user typed is read as markup."""
    made = _compiler().compile(
        format="pdf", sys_inputs={"doc": json.dumps(document, ensure_ascii=False)}, pdf_standards=["a-2a", "ua-1"]
    )
    return cast(bytes, made)


def _logo(institution: Institution) -> list[int] | None:
    stored = cast(bytes | None, institution.logo)
    raw = bytes(stored or b"")
    return list(raw) if raw.startswith((b"\x89PNG", b"\xff\xd8\xff")) else None


def polish_day(day: date | None) -> str:
    """A day as papers write it, or dots to fill by hand."""
    return day.strftime("%d.%m.%Y") if day else "……………………"


def document_of(
    institution: Institution,
    *,
    title: str,
    sections: Sequence[Mapping[str, Any]],
    day: date | None,
    mark: str = "",
    number: str = "",
    marks: Sequence[str] = (),
    subtitle: str = "",
    note: str = "",
    recipient: str = "",
    signatures: Sequence[Mapping[str, Any]] = (),
    attachments: Sequence[str] = (),
    copies_to: Sequence[str] = (),
    author: str = "",
    blank: bool = False,
    clause: bool = True,
) -> dict[str, Any]:
    """The letterhead and frame of any paper around its `sections`; every room may print through it.

    A section is {title, help, blocks}; a block one of `para`, `text_block`, `tick_block`, `table_block`.
    """
    contact = [institution.phone and f"tel. {institution.phone}", institution.email, institution.edelivery]
    place = [f"{institution.town}, {polish_day(day)}"]
    head = [*marks]
    if mark or blank:
        head.insert(0, _("Znak sprawy: %s") % (mark or "…………………………"))
    if number or blank:
        head.append(_("Numer dokumentu: %s") % (number or "………………"))
    lists = [(_("Załączniki"), attachments), (_("Otrzymują"), copies_to)]
    return {
        "blank": blank, "title": title, "subtitle": subtitle, "note": note, "author": author or institution.name,
        "lang": (get_language() or "pl")[:2], "mark": mark, "number": number, "marks": head, "place": "\n".join(place),
        "recipient": recipient, "logo": _logo(institution), "sections": list(sections), "signatures": list(signatures),
        "institution": {
            "name": institution.name,
            "address": ", ".join(p for p in (institution.street, f"{institution.postal_code} {institution.town}".strip()) if p),
            "contact": " · ".join(c for c in contact if c),
        },
        "lists": [{"title": name, "items": list(items)} for name, items in lists if items],
        "clause": institution.privacy_clause if clause else "", "words": {"page": _("strona"), "logo": _("Logo:")},
    }  # fmt: skip


def para(text: str) -> dict[str, Any]:
    """A paragraph of running text."""
    return {"type": "para", "text": text}


def text_block(label: str, text: str = "", *, lines: int = 1, help: str = "") -> dict[str, Any]:
    """A labelled answer; on a blank print so many lines to write on."""
    return {"type": "field", "label": label, "text": text, "lines": lines, "help": help}


def tick_block(
    label: str, options: Sequence[tuple[str, bool]], *, text: str = "", note: bool = False
) -> dict[str, Any]:
    """A list to tick, one below another, or in one line when short."""
    short = not text and not note and len(options) <= 5 and sum(len(o[0]) for o in options) < 55
    return {
        "type": "inline" if short else "ticks", "label": label, "text": text, "note": note,
        "options": [{"label": name, "on": on} for name, on in options],
    }  # fmt: skip


def table_block(
    label: str, head: Sequence[str], rows: Sequence[Sequence[str]], *, widths: Sequence[int] | None = None
) -> dict[str, Any]:
    """A table with a heading row; widths are relative."""
    return {
        "type": "table", "label": label, "head": list(head), "rows": [list(r) for r in rows],
        "widths": list(widths or [1] * len(head)),
    }  # fmt: skip
