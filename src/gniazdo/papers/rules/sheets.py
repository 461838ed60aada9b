"""A sheet's declaration: sections, signatures, what it fulfils; its frozen hash; the registry of all versions. No Django."""

from __future__ import annotations

import copy
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, cast

from gniazdo.kernel.catalogue import BadDeclaration, declare
from gniazdo.kernel.vocab import WordList
from gniazdo.papers.rules.picks import Table
from gniazdo.papers.rules.questions import Choice, Many, Question, Scale, When

WRITERS = ("assistant", "social_worker", "specialist", "coordinator", "team_leader", "manager")


@dataclass(frozen=True, slots=True)
class Repeat:
    """A section repeated as many times as needed; `label` names one, e.g. "Cel"."""

    label: str
    least: int = 0
    most: int = 40


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a sheet. Codes of questions are unique in the sheet; a repeated section keeps a list under its own code."""

    code: str
    title: str
    questions: tuple[Question, ...] = ()
    help: str = ""
    repeat: Repeat | None = None
    show_if: When | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """A place to sign: who (role code), the words under the line, and whether the paper stands without it."""

    role: str
    label: str
    optional: bool = False


class Sheet:
    """One version of a structured form; declaring it enters the catalogue and the menu.

    id, version: "assistance.referral", 1. event_kind: how the timeline shows it. fulfils: what the paper does, in words.
    needs_case: False for a sheet that a family alone can have. states: states of the case in which the menu offers it
    (empty = any). writers: roles that may write it. registry: also the secretariat may read and write it.
    on_final(actor, record, on): runs in the transaction that makes the sheet final. prefill(actor, record, on) -> answers.
    summary(answers) -> the timeline's line. title_of(answers) -> the name of one such sheet in lists.
    Raises BadDeclaration for repeated codes, unknown conditions or a version already declared.
    """

    def __init__(
        self,
        id: str,
        version: int,
        title: str,
        *,
        sections: tuple[Section, ...],
        signatures: tuple[Signature, ...] = (),
        kind: str = "sheet",
        event_kind: str = "paper",
        fulfils: str = "",
        needs_case: bool = True,
        states: tuple[str, ...] = (),
        case_kinds: tuple[str, ...] = (),
        writers: tuple[str, ...] = WRITERS,
        registry: bool = False,
        has_period: bool = False,
        retention: str = "case",
        offline: bool = False,
        on_final: Callable[..., Any] | None = None,
        prefill: Callable[..., Mapping[str, Any]] | None = None,
        summary: Callable[[Mapping[str, Any]], str] | None = None,
        check: Callable[[Mapping[str, Any]], Mapping[str, str]] | None = None,
        print_note: str = "",
        source: str = "",
        view_url: str = "",
        edit_url: str = "",
    ) -> None:
        self.id, self.version, self.title, self.sections, self.signatures = id, version, title, sections, signatures
        self.kind, self.event_kind, self.fulfils, self.needs_case = kind, event_kind, fulfils, needs_case
        self.states, self.case_kinds, self.writers, self.registry = states, case_kinds, writers, registry
        self.has_period, self.retention, self.offline = has_period, retention, offline
        self.on_final, self.prefill, self.summary, self.check = on_final, prefill, summary, check
        self.print_note, self.source, self.view_url, self.edit_url = print_note, source, view_url, edit_url
        self._verify()
        declare("sheet", f"{id}.v{version}", title, self)
        SHEETS[(id, version)] = self

    def _verify(self) -> None:
        if not re.fullmatch(r"[a-z]+\.[a-z_]+", self.id):
            raise BadDeclaration(f"Sheet id {self.id!r} must be room.name")
        codes: list[str] = [s.code for s in self.sections] + [q.code for s in self.sections for q in s.questions]
        twice = {c for c in codes if codes.count(c) > 1}
        bad = [c for c in codes if not re.fullmatch(r"[a-z][a-z0-9_]*", c) or "__" in c]
        if twice or bad:
            raise BadDeclaration(f"Sheet {self.id}: codes repeated or badly written: {sorted(twice) + bad}")
        for section in self.sections:
            if section.show_if and section.show_if.code not in codes:
                raise BadDeclaration(
                    f"Sheet {self.id}: section {section.code} depends on unknown {section.show_if.code}"
                )
            for question in section.questions:
                if question.show_if and question.show_if.code not in codes:
                    raise BadDeclaration(f"Sheet {self.id}: {question.code} depends on unknown {question.show_if.code}")
                if question.kind == "attachment" and section.repeat:
                    raise BadDeclaration(f"Sheet {self.id}: {question.code} cannot take files in a repeated section")
                if isinstance(question, Table) and (
                    section.repeat or not question.columns or any(isinstance(c, Table) for c in question.columns)
                ):
                    raise BadDeclaration(f"Sheet {self.id}: table {question.code} must have simple columns, unrepeated")
                if getattr(question, "words", None) == () and question.kind in ("choice", "many", "scale"):
                    raise BadDeclaration(f"Sheet {self.id}: {question.code} has nothing to choose from")

    def __repr__(self) -> str:
        return f"<Sheet {self.id}.v{self.version}>"

    def questions(self) -> Iterator[tuple[Section, Question]]:
        """Every question with its section, in order."""
        return ((section, question) for section in self.sections for question in section.questions)

    def question(self, code: str) -> Question:
        """The question of that code. Raises KeyError."""
        for _section, question in self.questions():
            if question.code == code:
                return question
        raise KeyError(code)

    def section(self, code: str) -> Section:
        """The section of that code. Raises KeyError."""
        for section in self.sections:
            if section.code == code:
                return section
        raise KeyError(code)

    def describes(self) -> frozenset[str]:
        """Codes of the notes beside ticked lists."""
        return frozenset(f"{q.code}__note" for _s, q in self.questions() if isinstance(q, Many) and q.describe)


SHEETS: dict[tuple[str, int], Sheet] = {}


def newest(id: str) -> Sheet:
    """The newest version of a sheet: what a new record is written on. Raises KeyError."""
    return SHEETS[(id, max(v for known, v in SHEETS if known == id))] if any(k == id for k, _v in SHEETS) else _none(id)


def _none(id: str) -> Sheet:
    raise KeyError(f"No sheet {id}")


def sheet_of(id: str, version: int) -> Sheet:
    """That very version, as old records need it. Raises KeyError."""
    return SHEETS[(id, version)]


def with_local(
    sheet: Sheet, extra: Mapping[str, tuple[Question, ...]], *, hidden: frozenset[tuple[str, str]] = frozenset()
) -> Sheet:
    """The sheet with an institution's own questions at the end of sections, and (for a blank print, where nothing was
    chosen before) with the words it hides, as (list id, code), left out of choices."""
    if not extra and not hidden:
        return sheet
    made = copy.copy(sheet)
    made.sections = tuple(
        Section(
            s.code, s.title, (*(_without(q, hidden) for q in s.questions), *extra.get(s.code, ())), s.help, s.repeat, s.show_if
        )
        for s in sheet.sections
    )  # fmt: skip
    known = {s.code for s in sheet.sections}
    rest = tuple(q for code, questions in extra.items() if code not in known for q in questions)
    if rest:
        made.sections += (Section("local", "Pytania instytucji", rest),)
    return made


def _without(question: Question, hidden: frozenset[tuple[str, str]]) -> Question:
    """The question without the words hidden in its list; the same one when none is."""
    if isinstance(question, Table):
        return replace(question, columns=tuple(_without(c, hidden) for c in question.columns)) if hidden else question
    words = getattr(question, "words", None)
    if not isinstance(words, WordList) or not any(list_id == words.id for list_id, _code in hidden):
        return question
    left = tuple((code, label) for code, label in words.choices() if (words.id, code) not in hidden)
    return (
        replace(question, points=left) if isinstance(question, Scale) else replace(cast(Choice, question), words=left)
    )


def word_lists_of(sheet: Sheet) -> list[WordList]:
    """The declared word lists a sheet offers, each once, in the order of the questions."""
    asked = [q for _s, q in sheet.questions()]
    asked += [c for q in asked if isinstance(q, Table) for c in q.columns]
    found = [q.words for q in asked if isinstance(getattr(q, "words", None), WordList)]  # type: ignore[attr-defined]
    return list({one.id: one for one in found}.values())


def asked_by_law(words: WordList, code: str) -> bool:
    """Whether a provision asks for the word (its source, or its list's, cites one): such a word is never hidden."""
    source = words[code].source or words.source
    return "art." in source or "§" in source


def _plain(thing: Any) -> Any:
    if isinstance(thing, WordList):
        return {"list": thing.id}
    if isinstance(thing, Question):
        own = {f.name: _plain(getattr(thing, f.name)) for f in fields(thing)}
        return {"type": thing.kind, **{k: v for k, v in own.items() if v not in (None, "", (), [], False)}}
    if isinstance(thing, When):
        return [thing.code, *thing.values]
    if isinstance(thing, Section | Signature | Repeat):
        return {f.name: _plain(getattr(thing, f.name)) for f in fields(thing)}
    if isinstance(thing, tuple | list):
        return [_plain(one) for one in thing]
    if isinstance(thing, Mapping):
        return {str(k): _plain(v) for k, v in thing.items()}
    return f"{thing.__module__}.{thing.__qualname__}" if callable(thing) else thing


def canonical(sheet: Sheet) -> str:
    """What the paper asks and who signs, as one canonical JSON text; behaviour (hooks, menu) is not part of it."""
    return json.dumps(
        {
            "id": sheet.id, "version": sheet.version, "title": sheet.title,
            "sections": _plain(sheet.sections), "signatures": _plain(sheet.signatures), "retention": sheet.retention,
        },
        ensure_ascii=False, sort_keys=True, separators=(",", ":"),
    )  # fmt: skip


def sha256_of(thing: Any) -> str:
    """The SHA-256 of a sheet's declaration, or of any JSON-like content in canonical form."""
    text = canonical(thing) if isinstance(thing, Sheet) else json.dumps(
        thing, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str
    )  # fmt: skip
    return hashlib.sha256(text.encode()).hexdigest()
