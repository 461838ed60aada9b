"""Verbs by which an institution fits declared papers to itself: questions, hidden words, wording, Word templates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from gniazdo.access.actions import action, lock
from gniazdo.access.rules import Actor, Refusal
from gniazdo.kernel.catalogue import find
from gniazdo.papers.actions.files import store
from gniazdo.papers.models import HiddenWord, LocalQuestion, LocalTemplate
from gniazdo.papers.queries import KEEPERS
from gniazdo.papers.rules import LETTERS, SHEETS, newest


@action("papers.local.ask", label="Dodaj własne pytanie do karty", who=KEEPERS)
def add_local_question(
    actor: Actor, nothing: None, *, sheet: str, section: str, kind: str, label: str, on: date, help: str = "",
    options: Sequence[str] = (),
) -> LocalQuestion:  # fmt: skip
    """Add the institution's own question to a sheet from a day on. Raises Refusal for an unknown sheet or section,
    a missing label or a choice with nothing to choose from."""
    if not any(code == sheet for code, _v in SHEETS):
        raise Refusal(_("Nie ma takiej karty."), field="sheet")
    if section and section not in {s.code for s in newest(sheet).sections}:
        raise Refusal(_("Karta nie ma takiej części."), field="section")
    if not label.strip():
        raise Refusal(_("Wpisz treść pytania."), field="label")
    words = [o.strip() for o in options if o.strip()]
    if kind in ("choice", "many") and len(words) < 2:
        raise Refusal(_("Podaj co najmniej dwie odpowiedzi do wyboru."), field="options")
    taken = LocalQuestion.objects.for_actor(actor).filter(sheet=sheet).count()
    made = LocalQuestion(
        institution_id=actor.institution_id, sheet=sheet, section=section, code=f"local_{taken + 1}", kind=kind,
        label=label.strip()[:200], help=help[:300], options=words, position=taken, since=on,
    )  # fmt: skip
    made.save()
    return made


@action("papers.local.retire", label="Wycofaj własne pytanie z karty", who=KEEPERS)
def retire_local_question(actor: Actor, question: LocalQuestion, *, on: date) -> LocalQuestion:
    """Stop asking an own question from that day; sheets already begun keep it."""
    fresh = lock(question)
    fresh.until = on
    fresh.save()
    return fresh


@action("papers.local.hide_word", label="Ukryj słowo z listy", who=KEEPERS)
def hide_word(actor: Actor, nothing: None, *, list_id: str, code: str, hidden: bool = True) -> None:
    """Offer a word of a list no more (or again); records that have it keep it. Raises Refusal for an unknown word."""
    declared = find("word list", list_id)
    if declared is None or code not in declared.thing:  # type: ignore[operator]
        raise Refusal(_("Nie ma takiego słowa."), field="code")
    rows = HiddenWord.objects.for_actor(actor).filter(list_id=list_id, code=code)
    if not hidden:
        rows.delete()
    elif not rows.exists():
        HiddenWord(institution_id=actor.institution_id, list_id=list_id, code=code).save()


def _template(actor: Actor, kind: str, code: str, on: date) -> LocalTemplate:
    known = {code for code, _v in SHEETS} if kind == "sheet" else set(LETTERS)
    if code not in known:
        raise Refusal(_("Nie ma takiego wzoru."), field="code")
    row = LocalTemplate.objects.for_actor(actor).filter(kind=kind, code=code).first()
    return row or LocalTemplate(institution_id=actor.institution_id, kind=kind, code=code, since=on)


@action("papers.local.wording", label="Zmień treść wzoru pisma", who=KEEPERS)
def set_wording(actor: Actor, nothing: None, *, code: str, body: str, on: date) -> LocalTemplate:
    """The institution's own wording of a letter; empty goes back to the declared one. Raises Refusal for unknown {fields}."""
    row = _template(actor, "letter", code, on)
    unknown = LETTERS[code].unknown_fields(body)
    if unknown:
        raise Refusal(_("Nieznane pola: %s.") % ", ".join(sorted(unknown)), field="body")
    row.body, row.since = body, on
    row.save()
    return row


@action("papers.local.template", label="Wgraj własny wzór w Wordzie", who=KEEPERS)
def upload_template(
    actor: Actor, nothing: None, *, kind: str, code: str, content: bytes, name: str, on: date
) -> LocalTemplate:
    """The institution's own Word template of a sheet or letter. Raises Refusal for anything but a DOCX without macros."""
    row = _template(actor, kind, code, on)
    path, sha256, finding = store(actor.institution_id, content, name)
    if finding.kind != "docx":
        raise Refusal(_("Wzór musi być plikiem DOCX."), field="file")
    row.path, row.sha256, row.original_name, row.since = path, sha256, name[-200:], on
    row.save()
    return row


@action("papers.local.drop_template", label="Usuń własny wzór", who=KEEPERS)
def drop_template(actor: Actor, row: LocalTemplate) -> None:
    """Go back to the program's own print and wording."""
    LocalTemplate.objects.for_actor(actor).filter(pk=row.pk).delete()
