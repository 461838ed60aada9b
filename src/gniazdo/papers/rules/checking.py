"""What can be said about answers: what is shown, what is wrong, what is missing, what changed. No Django."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gniazdo.papers.rules.picks import Table
from gniazdo.papers.rules.questions import Names, Question, Sentence, is_empty, says
from gniazdo.papers.rules.sheets import Section, Sheet


@dataclass(frozen=True, slots=True)
class Missing:
    """A required answer that is not there yet: where it is and what it is called."""

    path: str
    label: str
    section: str


def _scope(answers: Mapping[str, Any], row: Mapping[str, Any] | None) -> dict[str, Any]:
    return {**answers, **(row or {})}


def is_shown(
    section: Section, question: Question | None, answers: Mapping[str, Any], row: Mapping[str, Any] | None = None
) -> bool:
    """Whether a section (or a question in it) is asked at all, given the other answers."""
    scope = _scope(answers, row)
    if section.show_if and not section.show_if.holds(scope):
        return False
    return question is None or question.show_if is None or question.show_if.holds(scope)


def _rows(answers: Mapping[str, Any], code: str) -> list[dict[str, Any]]:
    given = answers.get(code)
    return [row for row in given if isinstance(row, dict)] if isinstance(given, list) else []


def shown_questions(sheet: Sheet, answers: Mapping[str, Any]) -> Iterator[tuple[str, Section, Question, Any]]:
    """(path, section, question, value) of everything asked now; repeated sections give one per row."""
    for section in sheet.sections:
        if section.repeat:
            for n, row in enumerate(_rows(answers, section.code)):
                for question in section.questions:
                    if question.asks and is_shown(section, question, answers, row):
                        yield f"{section.code}.{n}.{question.code}", section, question, row.get(question.code)
            continue
        for question in section.questions:
            if question.asks and is_shown(section, question, answers):
                yield question.code, section, question, answers.get(question.code)


def _cells(path: str, table: Table, value: Any) -> Iterator[tuple[str, Question, Any, Mapping[str, Any]]]:
    for n, row in enumerate(value if isinstance(value, list) else []):
        for column in table.columns:
            if column.asks and isinstance(row, dict) and (column.show_if is None or column.show_if.holds(row)):
                yield f"{path}.{n}.{column.code}", column, row.get(column.code), row


REQUIRED = says("To pole jest wymagane w karcie ostatecznej.")


def validate(sheet: Sheet, answers: Mapping[str, Any], *, final: bool = False) -> dict[str, Sentence]:
    """Path → sentence for every answer that cannot stand; with `final` also for required answers that are missing."""
    wrong: dict[str, Sentence] = {}
    for path, _section, question, value in shown_questions(sheet, answers):
        if is_empty(value):
            least = getattr(question, "min_rows", 0)
            if final and (question.required or least):
                wrong[path] = REQUIRED
            continue
        if sentence := question.check(value):
            wrong[path] = sentence
        if isinstance(question, Table):
            for cell, column, given, _row in _cells(path, question, value):
                if is_empty(given):
                    if final and column.required:
                        wrong[cell] = REQUIRED
                elif sentence := column.check(given):
                    wrong[cell] = sentence
    for section in sheet.sections:
        if (
            final
            and section.repeat
            and is_shown(section, None, answers)
            and len(_rows(answers, section.code)) < section.repeat.least
        ):
            wrong[section.code] = says(
                "Dodaj co najmniej: %(label)s (%(least)s).", label=section.repeat.label, least=section.repeat.least
            )
    if sheet.check and not wrong:
        wrong |= {path: says(str(text).replace("%", "%%")) for path, text in sheet.check(answers).items()}
    return wrong


def completeness(sheet: Sheet, answers: Mapping[str, Any]) -> tuple[int, list[Missing]]:
    """Percent of asked questions that are answered (required ones weigh three), and the required ones still missing."""
    done = total = 0
    missing: list[Missing] = []
    for path, section, question, value in shown_questions(sheet, answers):
        cells = [(path, question, value)]
        if isinstance(question, Table) and value:
            cells = [(cell, column, given) for cell, column, given, _row in _cells(path, question, value)]
        for where, asked, given in cells:
            required = asked.required or bool(getattr(asked, "min_rows", 0))
            weight = 3 if required else 1
            total += weight
            if not is_empty(given):
                done += weight
            elif required:
                missing.append(Missing(where, asked.label, section.title))
    for section in sheet.sections:
        if (
            section.repeat
            and section.repeat.least > len(_rows(answers, section.code))
            and is_shown(section, None, answers)
        ):
            total += 3
            missing.append(Missing(section.code, section.title, section.title))
    return (100 if not total else done * 100 // total), missing


def diff(
    sheet: Sheet, old: Mapping[str, Any], new: Mapping[str, Any], names: Names | None = None
) -> list[tuple[str, str, str]]:
    """(label, before, after) of every answer that differs, in the order of the sheet, as people read it."""
    names = names or {}
    changed: list[tuple[str, str, str]] = []
    for section in sheet.sections:
        if section.repeat:
            before, after = _rows(old, section.code), _rows(new, section.code)
            for n in range(max(len(before), len(after))):
                x, y = (rows[n] if n < len(rows) else {} for rows in (before, after))
                changed += [
                    (
                        f"{section.repeat.label} {n + 1}: {q.label}",
                        show(q, x.get(q.code), names),
                        show(q, y.get(q.code), names),
                    )
                    for q in section.questions
                    if x.get(q.code) != y.get(q.code) and q.asks
                ]
            continue
        for q in section.questions:
            for code in (q.code, f"{q.code}__note"):
                if old.get(code) != new.get(code) and not (is_empty(old.get(code)) and is_empty(new.get(code))):
                    label = q.label if code == q.code else f"{q.label} – opis"
                    before_after = (old.get(code), new.get(code))
                    a, b = (show(q, v, names) if code == q.code else str(v or "") for v in before_after)
                    changed.append((label, a, b))
    return changed


def show(question: Question, value: Any, names: Names) -> str:
    """An answer as text; a table as lines of "column: value"."""
    if isinstance(question, Table):
        lines = []
        for row in value if isinstance(value, list) else []:
            cells = [(c.label, c.show(row.get(c.code), names)) for c in question.columns if isinstance(row, dict)]
            lines.append("; ".join(f"{label}: {text}" for label, text in cells if text))
        return "\n".join(lines)
    return question.show(value, names)
