"""From a form's fields to answers. Never fails: what cannot be understood is kept as typed. No Django."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from gniazdo.papers.rules.picks import Insert, PeoplePick, Table
from gniazdo.papers.rules.questions import Many, Question, is_empty
from gniazdo.papers.rules.sheets import Sheet


class Posted(Protocol):
    """What a posted form can answer (Django's QueryDict does)."""

    def getlist(self, key: str) -> list[Any]: ...
    def __contains__(self, key: object) -> bool: ...
    def __iter__(self) -> Any: ...


MANY_VALUED = ("many", "people", "insert", "attachment")


def _read(question: Question, path: str, data: Posted, offered: Mapping[str, Any]) -> Any:
    raw = data.getlist(path)
    if isinstance(question, Insert):
        return [offered[one] for one in (str(r) for r in raw) if one in offered]
    if question.kind in MANY_VALUED:
        return question.parse(raw)
    return question.parse(raw[-1] if raw else "")


def _row_numbers(prefix: str, data: Posted) -> list[int]:
    found = set()
    for key in data:
        parts = str(key).split(".")
        if len(parts) == 3 and parts[0] == prefix and parts[1].isdigit() and len(parts[1]) < 5:
            found.add(int(parts[1]))
    return sorted(found)[:200]


def _collect_rows(
    prefix: str, questions: tuple[Question, ...], data: Posted, offered: Mapping[str, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    rows = []
    for n in _row_numbers(prefix, data):
        if f"{prefix}.{n}.-" in data:
            continue
        row: dict[str, Any] = {}
        for q in questions:
            if not q.asks:
                continue
            value = _read(q, f"{prefix}.{n}.{q.code}", data, offered.get(q.code, {}))
            if not is_empty(value):
                row[q.code] = value
            if (
                isinstance(q, Many)
                and q.describe
                and (note := "".join(data.getlist(f"{prefix}.{n}.{q.code}__note")).strip())
            ):
                row[f"{q.code}__note"] = note
        if row:
            rows.append(row)
    return rows


def collect(
    sheet: Sheet,
    data: Posted,
    *,
    before: Mapping[str, Any] | None = None,
    offered: Mapping[str, Mapping[str, Any]] | None = None,
) -> dict[str, Any]:
    """Answers from a posted form. Sections not on the form (no `@section` marker) keep what was there `before`.

    offered: for each Insert question, id → what would be kept when ticked. Empty answers are left out.
    """
    answers: dict[str, Any] = dict(before or {})
    offered = offered or {}
    present = set(data.getlist("@section"))
    for section in sheet.sections:
        if section.code not in present:
            continue
        if section.repeat:
            _put(answers, section.code, _collect_rows(section.code, section.questions, data, offered))
            continue
        for q in section.questions:
            if not q.asks or q.kind == "attachment":
                continue
            if isinstance(q, Table):
                _put(answers, q.code, _collect_rows(q.code, q.columns, data, offered))
                continue
            _put(answers, q.code, _read(q, q.code, data, offered.get(q.code, {})))
            if isinstance(q, Many) and q.describe:
                _put(answers, f"{q.code}__note", "".join(data.getlist(f"{q.code}__note")).strip())
    return answers


def _put(answers: dict[str, Any], code: str, value: Any) -> None:
    if is_empty(value):
        answers.pop(code, None)
    else:
        answers[code] = value


def blank_row(questions: tuple[Question, ...]) -> dict[str, Any]:
    """An empty row of a table or repeated section."""
    return {q.code: [] if isinstance(q, Many | PeoplePick) else None for q in questions if q.asks}


def merge_choice(theirs: Mapping[str, Any], mine: Mapping[str, Any], chosen: Mapping[str, str]) -> dict[str, Any]:
    """Two versions made one: per code "mine", "theirs" or "both" (texts one under the other). Unnamed codes stay theirs,
    or mine where theirs is empty."""
    merged = dict(theirs)
    for code in {*theirs, *mine}:
        choice = chosen.get(code) or ("mine" if is_empty(theirs.get(code)) else "theirs")
        a, b = theirs.get(code), mine.get(code)
        if choice == "both" and isinstance(a, str) and isinstance(b, str):
            _put(merged, code, f"{a}\n{b}" if a != b else a)
        elif choice == "both" and isinstance(a, list) and isinstance(b, list):
            _put(merged, code, a + [one for one in b if one not in a])
        elif choice == "mine":
            _put(merged, code, b)
    return merged
