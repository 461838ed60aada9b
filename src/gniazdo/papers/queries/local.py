"""Reading what an institution has changed in its papers: questions, hidden words, wordings, Word templates."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from gniazdo.access.queries import fetch, reads
from gniazdo.access.rules import Actor
from gniazdo.kernel.vocab import WordList
from gniazdo.papers.models import LocalQuestion, LocalTemplate
from gniazdo.papers.queries.guards import KEEPERS
from gniazdo.papers.queries.sheets import hidden_words
from gniazdo.papers.rules import LETTERS, SHEETS, asked_by_law, newest, word_lists_of


@dataclass(frozen=True, slots=True)
class OwnPaper:
    """A declared sheet or letter and what the institution has of its own in it."""

    code: str
    title: str
    questions: int = 0
    template: str = ""
    wording: bool = False


@dataclass(frozen=True, slots=True)
class OfferedWord:
    """A word of a list as the institution uses it."""

    code: str
    label: str
    source: str
    hidden: bool
    by_law: bool


@reads("papers.local.view", label="Wzory pism i karty jednostki", who=KEEPERS)
def own_papers(actor: Actor, *, on: date) -> tuple[list[OwnPaper], list[OwnPaper]]:
    """Every sheet and every letter, by title, with what is the institution's own in it that day."""
    asked = LocalQuestion.objects.for_actor(actor).filter(Q(until__isnull=True) | Q(until__gt=on))
    questions = Counter(asked.values_list("sheet", flat=True).order_by("sheet"))
    own = {(t.kind, t.code): t for t in LocalTemplate.objects.for_actor(actor).order_by("kind", "code")}

    def line(kind: str, code: str, title: str) -> OwnPaper:
        row = own.get((kind, code))
        name, words = (row.original_name if row.path else "", bool(row.body.strip())) if row else ("", False)
        return OwnPaper(code, title, questions.get(code, 0) if kind == "sheet" else 0, name, words)

    sheets = [line("sheet", code, newest(code).title) for code in {id for id, _version in SHEETS}]
    letters = [line("letter", one.id, one.title) for one in LETTERS.values()]
    return sorted(sheets, key=lambda p: (p.title, p.code)), sorted(letters, key=lambda p: (p.title, p.code))


def own_questions(actor: Actor, sheet: str) -> list[LocalQuestion]:
    """The institution's own questions of a sheet, also withdrawn ones, in the order they are asked."""
    return list(LocalQuestion.objects.for_actor(actor).filter(sheet=sheet).order_by("section", "position", "id")[:200])


def own_question(actor: Actor, question_id: UUID | str) -> LocalQuestion:
    """One own question. Raises NotHere."""
    return fetch(actor, "papers.local.view", LocalQuestion, question_id)


def own_template(actor: Actor, kind: str, code: str) -> LocalTemplate | None:
    """The institution's own wording and Word template of a sheet or letter, with who changed them, or None."""
    rows = LocalTemplate.objects.for_actor(actor).filter(kind=kind, code=code)
    return rows.select_related("body_by__user", "file_by__user").first()


def sheet_word_lists() -> dict[str, WordList]:
    """Word lists that sheets offer, by id."""
    sheets = [newest(code) for code in sorted({id for id, _version in SHEETS})]
    return {words.id: words for sheet in sheets for words in word_lists_of(sheet)}


def own_lists(actor: Actor) -> list[tuple[WordList, int]]:
    """Word lists that sheets offer, with how many of their words the institution hides, by name."""
    hidden = Counter(list_id for list_id, _code in hidden_words(actor.institution_id))
    return [(w, hidden.get(w.id, 0)) for w in sorted(sheet_word_lists().values(), key=lambda w: (w.label, w.id))]


def offered_words(actor: Actor, words: WordList) -> list[OfferedWord]:
    """The words of a list as the institution uses it."""
    hidden = hidden_words(actor.institution_id)
    return [
        OfferedWord(
            w.code, w.label, w.source or words.source, (words.id, w.code) in hidden, asked_by_law(words, w.code)
        )
        for w in words
    ]
