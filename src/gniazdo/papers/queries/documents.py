"""Sheets and letters as documents to print: filled, blank, and the same data for an institution's Word template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gniazdo.kernel.speech import say
from gniazdo.kernel.vocab import WordList
from gniazdo.orgs.models import Institution
from gniazdo.papers.models import LetterRecord, SheetRecord
from gniazdo.papers.queries.printing import (
    document_of,
    para,
    polish_day,
    set_in_type,
    table_block,
    text_block,
    tick_block,
)
from gniazdo.papers.queries.sheets import files_of, hidden_words, localised, names_in, sheet_for, signature_strip
from gniazdo.papers.rules import LETTERS, Letter, Question, Section, Sheet, Table, fill, is_shown, with_local
from gniazdo.papers.rules.questions import Names

LINES = {"text": 1, "long": 5, "people": 2, "insert": 4, "attachment": 1}


def _options(question: Question) -> list[tuple[str, str]]:
    words: Any = getattr(question, "words", ())
    pairs = words.choices() if isinstance(words, WordList) else list(words)
    return [(code, say(label)) for code, label in pairs]


def _ticks(question: Question, value: Any, note: str) -> dict[str, Any]:
    if question.kind == "yesno":
        pairs: list[tuple[Any, str]] = [(True, _("tak")), (False, _("nie"))]
        pairs += [("unknown", _("nie wiadomo"))] if getattr(question, "unknown", False) else []
        return tick_block(say(question.label), [(name, value is code or value == code != 0) for code, name in pairs])
    chosen = value if isinstance(value, list) else [value]
    options = [(label, code in chosen) for code, label in _options(question)]
    return tick_block(say(question.label), options, text=note, note=bool(getattr(question, "describe", False)))


def _table(table: Table, value: Any, names: Names, blank: bool) -> dict[str, Any]:
    columns = [c for c in table.columns if c.asks]
    rows = [[say(c.show(row.get(c.code), names)) if c.kind in ("fixed", "choice", "scale") else c.show(row.get(c.code), names)
             for c in columns] for row in (value if isinstance(value, list) else []) if isinstance(row, dict)]  # fmt: skip
    if blank:
        rows = [[c.show(row.get(c.code), names) for c in columns] for row in table.rows] or [[""] * len(columns)] * max(
            4, table.min_rows
        )
    widths = [3 if c.kind == "long" else 2 if c.kind in ("text", "insert", "people") else 1 for c in columns]
    return table_block(say(table.label), [say(c.label) for c in columns], rows, widths=widths)


def _block(question: Question, value: Any, note: str, names: Names, blank: bool) -> dict[str, Any]:
    if question.kind == "info":
        return {"type": "info", "text": say(question.label)}
    if isinstance(question, Table):
        return _table(question, value, names, blank)
    if question.kind == "yesno" or (
        question.kind in ("choice", "many", "scale") and (blank or question.kind == "many")
    ):
        return _ticks(question, value, note)
    lines = getattr(question, "rows", LINES.get(question.kind, 1))
    shown = question.show(value, names)
    text = say(shown) if question.kind in ("choice", "scale", "fixed") else shown
    return text_block(say(question.label), "" if blank else text, lines=lines, help=say(question.help) if blank else "")


def _left_empty(question: Question, answers: Mapping[str, Any]) -> bool:
    """A description nobody wrote takes no place on a filled paper; whatever else was left empty shows a dash."""
    return question.kind in ("long", "insert") and not question.required and not answers.get(question.code)


def _section(section: Section, answers: Mapping[str, Any], names: Names, blank: bool) -> dict[str, Any]:
    blocks: list[dict[str, Any]] = []
    if section.repeat:
        given = answers.get(section.code)
        rows = [{}] * max(3, section.repeat.least) if blank else [r for r in given or [] if isinstance(r, dict)]
        for n, row in enumerate(rows, 1):
            blocks.append({"type": "row", "label": f"{say(section.repeat.label)} {n}"})
            blocks += [_block(q, row.get(q.code), row.get(f"{q.code}__note", ""), names, blank)
                       for q in section.questions if blank or is_shown(section, q, answers, row)]  # fmt: skip
    else:
        blocks = [_block(q, answers.get(q.code), answers.get(f"{q.code}__note", ""), names, blank)
                  for q in section.questions if blank or (is_shown(section, q, answers) and not _left_empty(q, answers))]  # fmt: skip
    return {"title": say(section.title), "help": say(section.help) if blank else "", "blocks": blocks}


def _sections(sheet: Sheet, answers: Mapping[str, Any], names: Names, blank: bool) -> list[dict[str, Any]]:
    found = [_section(s, answers, names, blank) for s in sheet.sections if blank or is_shown(s, None, answers)]
    return [section for section in found if section["blocks"]]


def _signature_lines(record: SheetRecord) -> list[dict[str, Any]]:
    lines = []
    for place in signature_strip(record):
        said = [
            _("%(name)s odmawia podpisu, %(day)s. Powód: %(reason)s. Świadek: %(witness)s")
            % {"name": r.name, "day": polish_day(r.signed_on), "reason": r.reason, "witness": r.witness}
            if r.refused
            else f"{r.name}, {polish_day(r.signed_on)}"
            for r in place.records
        ]
        lines.append({"label": _("(podpis: %s)") % say(place.signature.label), "lines": said})
    return lines


def sheet_document(record: SheetRecord, *, answers: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A filled sheet as a document; `answers` may be those of an older revision."""
    sheet, given = sheet_for(record), answers if answers is not None else record.answers
    marks = [_("Rodzina: %s") % record.family.name]
    if record.about_person_id and record.about_person:
        marks.append(_("Dotyczy: %s") % record.about_person.full_name)
    if record.period_from or record.period_to:
        marks.append(
            _("Za okres: %(a)s – %(b)s") % {"a": polish_day(record.period_from), "b": polish_day(record.period_to)}
        )
    if record.author_id and record.author:
        marks.append(_("Sporządził(a): %s") % record.author)
    subtitle = {
        "draft": _("SZKIC – nie jest dokumentem"),
        "void": _("UNIEWAŻNIONO"),
        "replaced": _("ZASTĄPIONO NOWĄ WERSJĄ"),
    }
    return document_of(
        record.institution, title=say(sheet.title), sections=_sections(sheet, given, names_in(record, given), False),
        day=record.finalised_on or record.started_on, mark=record.case.case_mark if record.case else "",
        number=record.document_number, marks=marks, subtitle=subtitle.get(record.status, ""), note=say(sheet.print_note),
        signatures=_signature_lines(record), attachments=[f.original_name for f in files_of(record) if not f.is_signed_scan],
        author=str(record.author or ""),
    )  # fmt: skip


def blank_document(
    institution: Institution, sheet: Sheet, *, mark: str = "", family: str = "", on: date | None = None
) -> dict[str, Any]:
    """A sheet to fill by hand: lines, boxes to tick, empty rows. With `on` the institution's own questions of that day."""
    local = with_local(localised(institution.pk, sheet, on=on), {}, hidden=hidden_words(institution.pk))
    marks = [_("Rodzina: %s") % (family or "……………………………………………………")]
    if sheet.has_period:
        marks.append(_("Za okres: %(a)s – %(b)s") % {"a": polish_day(None), "b": polish_day(None)})
    signatures = [{"label": _("(data i podpis: %s)") % say(s.label), "lines": []} for s in sheet.signatures]
    return document_of(
        institution, title=say(sheet.title), sections=_sections(local, {}, {}, True), day=None, mark=mark, marks=marks,
        note=say(sheet.print_note), signatures=signatures, blank=True,
    )  # fmt: skip


def sheet_pdf(record: SheetRecord, *, answers: Mapping[str, Any] | None = None) -> bytes:
    """The filled sheet as PDF/A-2a + PDF/UA-1."""
    return set_in_type(sheet_document(record, answers=answers))


def blank_pdf(
    institution: Institution, sheet: Sheet, *, mark: str = "", family: str = "", on: date | None = None
) -> bytes:
    """The blank sheet as PDF/A-2a + PDF/UA-1."""
    return set_in_type(blank_document(institution, sheet, mark=mark, family=family, on=on))


def letter_document(letter: LetterRecord) -> dict[str, Any]:
    """A letter as a document."""
    declared = LETTERS.get(letter.code)
    paragraphs = [para(p) for p in letter.body.split("\n\n") if p.strip()]
    subtitle = {"draft": _("PROJEKT"), "void": _("ANULOWANO")}.get(letter.status, "")
    return _letter(letter.institution, declared, letter.title, paragraphs, letter.recipient, letter.written_on,
                   letter.case.case_mark if letter.case else "", letter.document_number, subtitle)  # fmt: skip


def _letter(
    institution: Institution, declared: Letter | None, title: str, paragraphs: Sequence[dict[str, Any]], recipient: str,
    day: date | None, mark: str, number: str, subtitle: str,
) -> dict[str, Any]:  # fmt: skip
    return document_of(
        institution, title=say(title), sections=[{"title": "", "help": "", "blocks": list(paragraphs)}], day=day, mark=mark,
        number=number, recipient=recipient, subtitle=subtitle,
        signatures=[{"label": _("(podpis: %s)") % say(s), "lines": []} for s in (declared.signatories if declared else ())],
        attachments=declared.attachments if declared else (), copies_to=(_("adresat"), *declared.copies_to) if declared else (),
    )  # fmt: skip


def letter_pdf(letter: LetterRecord) -> bytes:
    """The letter as PDF/A-2a + PDF/UA-1."""
    return set_in_type(letter_document(letter))


def sample_letter_document(institution: Institution, letter: Letter, body: str) -> dict[str, Any]:
    """A declared letter with its example data, as a document."""
    sample = {name: f"‹{say(meaning)}›" for name, meaning in letter.fields.items()} | letter.example
    paragraphs = [para(fill(p, sample)) for p in body.replace("\r\n", "\n").split("\n\n") if p.strip()]
    recipient = fill(letter.recipient, sample)
    return _letter(institution, letter, letter.title, paragraphs, recipient, None, "", "", _("PRÓBA"))


def sample_letter_pdf(institution: Institution, letter: Letter, body: str) -> bytes:
    """A declared letter with its example data, for trying an own wording."""
    return set_in_type(sample_letter_document(institution, letter, body))
