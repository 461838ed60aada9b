"""Verbs by which an institution fits declared papers to itself: questions, hidden words, wording, Word templates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from django.utils.translation import gettext as _

from gniazdo.access.actions import action, lock
from gniazdo.access.rules import HOUSE, Actor, Refusal
from gniazdo.kernel.catalogue import find
from gniazdo.kernel.vocab import WordList
from gniazdo.orgs.models import Institution
from gniazdo.papers.actions.files import clean_name, store, why_not
from gniazdo.papers.actions.sheets import clean_text
from gniazdo.papers.models import HiddenWord, LocalQuestion, LocalTemplate
from gniazdo.papers.queries import KEEPERS, sample_word
from gniazdo.papers.rules import LETTERS, SHEETS, asked_by_law, newest
from gniazdo.papers.rules.files import examine_template
from gniazdo.papers.vocab import LOCAL_KINDS


@action("papers.local.ask", label="Dodaj własne pytanie do karty", who=KEEPERS)
def add_local_question(
    actor: Actor, nothing: None, *, sheet: str, section: str, kind: str, label: str, on: date, help: str = "",
    options: Sequence[str] = (), since: date | None = None,
) -> LocalQuestion:  # fmt: skip
    """Add the institution's own question to a sheet from a day (`since`, else `on`). Raises Refusal for an unknown sheet,
    section or kind, a missing label, a day gone by, or a choice with nothing to choose from."""
    if not any(code == sheet for code, _v in SHEETS):
        raise Refusal(_("Nie ma takiej karty."), field="sheet")
    if section and section not in {s.code for s in newest(sheet).sections}:
        raise Refusal(_("Karta nie ma takiej części."), field="section")
    if not label.strip():
        raise Refusal(_("Wpisz treść pytania."), field="label")
    if kind not in LOCAL_KINDS:
        raise Refusal(_("Wybierz rodzaj pytania."), field="kind")
    since = since or on
    if since < on:
        raise Refusal(
            _("Pytanie może obowiązywać najwcześniej od dziś: wcześniejsze karty już są wypełnione."), field="since"
        )
    words = list(dict.fromkeys(o.strip() for o in options if o.strip()))
    if kind in ("choice", "many") and len(words) < 2:
        raise Refusal(_("Podaj co najmniej dwie odpowiedzi do wyboru."), field="options")
    if kind not in ("choice", "many"):
        words = []
    taken = LocalQuestion.objects.for_actor(actor).filter(sheet=sheet).count()
    made = LocalQuestion(
        institution_id=actor.institution_id, sheet=sheet, section=section, code=f"local_{taken + 1}", kind=kind,
        label=label.strip()[:200], help=help.strip()[:300], options=words, position=taken, since=since,
    )  # fmt: skip
    made.save()
    return made


@action("papers.local.move", label="Zmień kolejność własnych pytań", who=KEEPERS)
def move_local_question(actor: Actor, question: LocalQuestion, *, up: bool) -> LocalQuestion:
    """Ask an own question one place earlier or later among those of its part of the sheet; at the edge it stays."""
    rows = LocalQuestion.objects.for_actor(actor).filter(sheet=question.sheet, section=question.section)
    order = list(rows.select_for_update().order_by("position", "id"))
    place = next(n for n, row in enumerate(order) if row.pk == question.pk)
    other = place - 1 if up else place + 1
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
        for n, row in enumerate(order):
            if row.position != n:
                row.position = n
                row.save()
    return next(row for row in order if row.pk == question.pk)


@action("papers.local.retire", label="Wycofaj własne pytanie z karty", who=KEEPERS)
def retire_local_question(
    actor: Actor, question: LocalQuestion, *, on: date, until: date | None = None
) -> LocalQuestion:
    """Stop asking an own question from a day (`until`, else `on`); sheets already begun keep it.

    Raises Refusal for a day gone by, or for today when it was asked before: sheets begun today have it.
    """
    fresh, until = lock(question), until or on
    if until < on:
        raise Refusal(
            _("Pytania nie można wycofać wstecz: karty rozpoczęte wcześniej już je zawierają."), field="until"
        )
    if until == on and fresh.since <= on:
        raise Refusal(
            _("Pytanie można wycofać najwcześniej od jutra: karty rozpoczęte dziś już je zawierają."), field="until"
        )
    fresh.until = max(until, fresh.since)
    fresh.save()
    return fresh


@action("papers.local.hide_word", label="Ukryj słowo z listy", who=KEEPERS)
def hide_word(actor: Actor, nothing: None, *, list_id: str, code: str, hidden: bool = True) -> None:
    """Offer a word of a list no more (or again); records that have it keep it. Raises Refusal for an
    unknown word, one a provision asks for, or the last one left."""
    declared = find("word list", list_id)
    if declared is None or code not in declared.thing:  # type: ignore[operator]
        raise Refusal(_("Nie ma takiego słowa."), field="code")
    words = cast(WordList, declared.thing)
    rows = HiddenWord.objects.for_actor(actor).filter(list_id=list_id, code=code)
    if not hidden:
        rows.delete()
        return
    if asked_by_law(words, code):
        raise Refusal(
            _("Tego słowa nie można ukryć: wymaga go przepis (%s).") % (words[code].source or words.source),
            article=HOUSE,
            advice=_("Zostaw je na liście; ukryć można słowa, których przepis nie wymaga."),
        )
    gone = set(
        HiddenWord.objects.for_actor(actor).filter(list_id=list_id).values_list("code", flat=True).order_by("code")
    )
    if not words.codes() - gone - {code}:
        raise Refusal(
            _("Na liście musi zostać co najmniej jedno słowo."),
            article=HOUSE,
            advice=_("Zanim ukryjesz to słowo, przywróć inne."),
        )
    if code not in gone:
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
    if len(body) > 20_000:
        raise Refusal(_("Treść wzoru jest za długa (ponad 20 tysięcy znaków)."), field="body")
    row.body, row.body_on, row.body_by_id = (
        clean_text(body).replace("\r\n", "\n").strip(),
        on,
        None if actor.is_system else actor.post_id,
    )
    row.save()
    return row


@action("papers.local.template", label="Wgraj własny wzór w Wordzie", who=KEEPERS)
def upload_template(
    actor: Actor, nothing: None, *, kind: str, code: str, content: bytes, name: str, on: date
) -> LocalTemplate:
    """The institution's own Word template of a sheet or letter, tried at once with sample data.

    Raises Refusal for anything but a DOCX without macros, a broken or huge one, or one that names unknown fields.
    """
    row = _template(actor, kind, code, on)
    finding = examine_template(content, name)
    if finding.refusal:
        raise Refusal(why_not(finding.refusal), field="file")
    here = Institution.objects.system().get(pk=actor.institution_id)
    try:
        _made, unknown = sample_word(here, kind, code, content, on=on)
    except ValueError as error:
        raise Refusal(str(error), field="file") from error
    if unknown:
        raise Refusal(_("Nieznane pola: %s.") % ", ".join(unknown), field="file")
    row.path, row.sha256, _finding = store(actor.institution_id, content, name)
    row.original_name = clean_name(name)
    row.file_on, row.file_by_id = on, None if actor.is_system else actor.post_id
    row.save()
    return row


@action("papers.local.drop_template", label="Wycofaj własny wzór w Wordzie", who=KEEPERS)
def drop_template(actor: Actor, row: LocalTemplate) -> None:
    """Go back to the program's own print; an own wording stays. The file goes with the nightly sweep."""
    fresh = lock(row)
    fresh.path = fresh.sha256 = fresh.original_name = ""
    fresh.file_on, fresh.file_by_id = None, None
    if fresh.body.strip():
        fresh.save()
    else:
        LocalTemplate.objects.for_actor(actor).filter(pk=row.pk).delete()
