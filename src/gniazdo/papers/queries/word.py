"""Papers in the institution's own Word templates: filled with data, every value escaped, reaching nothing but the data."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gniazdo.kernel.speech import say
from gniazdo.orgs.models import Institution
from gniazdo.papers.models import LetterRecord, LocalTemplate, SheetRecord
from gniazdo.papers.queries.documents import blank_document, sample_letter_document
from gniazdo.papers.queries.files import path_of
from gniazdo.papers.queries.letters import wording
from gniazdo.papers.queries.sheets import localised, names_in, sheet_for
from gniazdo.papers.rules import LETTERS, Question, Sheet, newest

FRAME = (
    "institution",
    "title",
    "number",
    "mark",
    "marks",
    "place",
    "recipient",
    "sections",
    "signatures",
    "lists",
    "clause",
)
"""What every template may name, besides `pola`."""


def render_word(content: bytes, document: Mapping[str, Any], answers: Mapping[str, str]) -> tuple[bytes, list[str]]:
    """(The filled template, the names it uses that stand for nothing).

    Raises ValueError with a sentence when it cannot be filled: an unknown tag, a broken file, anything a template may do.
    """
    from docxtpl import DocxTemplate
    from jinja2 import Undefined
    from jinja2.sandbox import SandboxedEnvironment

    unknown: list[str] = []

    class Missing(Undefined):
        """A name of the template that stands for nothing: printed as nothing, but remembered."""

        def __str__(self) -> str:
            unknown.append(str(self._undefined_name))
            return ""

        __html__ = __str__

    try:
        made = DocxTemplate(io.BytesIO(content))
        made.render(
            {**document, "pola": dict(answers)},
            SandboxedEnvironment(autoescape=True, undefined=Missing),
            autoescape=True,
        )
        out = io.BytesIO()
        made.save(out)
    except Exception as error:  # the template is a stranger's program: whatever it breaks is a sentence, never a 500
        words = str(error).strip().splitlines()
        told = (words[0] if words else type(error).__name__)[:200]
        raise ValueError(_("Tego wzoru nie da się wypełnić: %s") % told) from error
    return out.getvalue(), list(dict.fromkeys(unknown))


def template_bytes(template: LocalTemplate) -> bytes:
    """The template as it was uploaded. Raises ValueError with a sentence when its file is not on disk."""
    try:
        return path_of(template.path).read_bytes()
    except OSError as error:
        raise ValueError(_("Pliku tego wzoru nie ma na dysku. Wgraj wzór ponownie.")) from error


def word_file(template: LocalTemplate, document: Mapping[str, Any], answers: Mapping[str, str]) -> bytes:
    """The institution's own Word template filled with the same data as the print. Raises ValueError with a sentence."""
    return render_word(template_bytes(template), document, answers)[0]


def _flat(questions: Iterable[tuple[Any, Question]]) -> list[Question]:
    return [q for section, q in questions if q.asks and q.kind != "table" and not section.repeat]


def flat_answers(record: SheetRecord) -> dict[str, str]:
    """Question code → answer as text, for Word templates ({{ pola.temat }})."""
    names = names_in(record)
    return {q.code: q.show(record.answers.get(q.code), names) for q in _flat(sheet_for(record).questions())}


def letter_fields(letter: LetterRecord) -> dict[str, str]:
    """Field → value of a letter, with its whole text as {{ pola.tresc }} and addressee as {{ pola.adresat }}."""
    given = {str(name): str(value) for name, value in dict(letter.fields).items()}
    return {**given, "tresc": letter.body, "adresat": letter.recipient}


def template_names(institution: Institution, kind: str, code: str, *, on: date) -> list[tuple[str, str]]:
    """(name after `pola.`, meaning) of everything a template of that sheet or letter may put in."""
    if kind == "sheet":
        return [(q.code, say(q.label)) for q in _flat(localised(institution.pk, newest(code), on=on).questions())]
    own = [("tresc", _("cała treść pisma")), ("adresat", _("adresat pisma"))]
    return [*own, *((name, say(meaning)) for name, meaning in LETTERS[code].fields.items())]


def sample_word(institution: Institution, kind: str, code: str, content: bytes, *, on: date) -> tuple[bytes, list[str]]:
    """A template filled with sample data, and the names in it that stand for nothing. Raises ValueError with a sentence."""
    if kind == "sheet":
        sheet: Sheet = newest(code)
        answers = {name: f"‹{label}›" for name, label in template_names(institution, kind, code, on=on)}
        document = {
            **blank_document(institution, sheet, mark="AR.5123.1.2026", family=_("Przykładowi"), on=on),
            "number": "1",
        }
        return render_word(content, document, answers)
    letter = LETTERS[code]
    document = sample_letter_document(institution, letter, wording(institution.pk, letter))
    body = "\n\n".join(block["text"] for section in document["sections"] for block in section["blocks"])
    blank = {name: f"‹{say(meaning)}›" for name, meaning in letter.fields.items()}
    fields = {**blank, **letter.example, "tresc": body, "adresat": document["recipient"]}
    return render_word(content, document, fields)
