"""Verbs of letters: write, edit, register, send, deliver, and register what came in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from gniazdo.access.actions import action, lock
from gniazdo.access.rules import HOUSE, Actor, NotAllowed, Refusal
from gniazdo.cases.actions import note_event
from gniazdo.cases.models import CaseFile
from gniazdo.papers.actions.numbers import next_number
from gniazdo.papers.actions.sheets import clean_text
from gniazdo.papers.models import LetterRecord
from gniazdo.papers.queries import LETTER_CLERKS, STARTERS, WRITERS, wording
from gniazdo.papers.rules import LETTERS, fill
from gniazdo.papers.vocab import CHANNELS
from gniazdo.people.models import Family


@action("papers.letter.write", label="Napisz pismo", who=STARTERS)
def write_letter(
    actor: Actor, case: CaseFile, *, code: str, on: date, fields: Mapping[str, str] | None = None, recipient: str = ""
) -> LetterRecord:
    """A draft of a declared letter with its text filled from the case, in the institution's own wording if it has one.

    `fields` override what the declaration's query gives. Raises KeyError for an unknown letter, NotAllowed for a role.
    """
    letter = LETTERS[code]
    if not (actor.is_system or actor.has_role(*letter.writers)):
        raise NotAllowed(
            _("To pismo pisze kto inny: Twoja rola na to nie pozwala."),
            article=HOUSE,
            advice=_("Poproś o nie osobę, która prowadzi sprawę, albo kierownika."),
        )
    data = {**letter.data(actor, case, on), **(fields or {})}
    data = {name: str(value) for name, value in data.items() if name in letter.fields}
    made = LetterRecord(
        institution_id=actor.institution_id, family_id=case.family_id, case=case, code=code, title=letter.title,
        recipient=recipient or (fill(letter.recipient, data) if letter.recipient else ""),
        body=fill(wording(actor.institution_id, letter), data), fields=data, register=letter.register, written_on=on,
        author_id=None if actor.is_system else actor.post_id,
    )  # fmt: skip
    made.save()
    return made


@action("papers.letter.edit", label="Zmień projekt pisma", who=WRITERS)
def edit_letter(
    actor: Actor, letter: LetterRecord, *, title: str, recipient: str, body: str, rev: int | None = None
) -> LetterRecord:
    """Change the words of a letter not yet registered. Raises Conflict with a stale `rev`, Refusal once registered."""
    fresh = lock(letter, rev=rev)
    if fresh.status != "draft":
        raise Refusal(
            _("Pismo ma już numer i nie można go zmienić."),
            article=HOUSE,
            advice=_("Napisz nowe pismo, a to anuluj z podaniem powodu, jeśli jeszcze nie wyszło."),
        )
    fresh.title, fresh.recipient, fresh.body = clean_text(title)[:200], clean_text(recipient), clean_text(body)
    fresh.save()
    return fresh


@action("papers.letter.register", label="Zarejestruj pismo", who=LETTER_CLERKS)
def register_letter(actor: Actor, letter: LetterRecord, *, on: date) -> LetterRecord:
    """Give the letter its number in the register of the year; from now its words stand. Raises Refusal when it has one."""
    fresh = lock(letter)
    if fresh.status != "draft":
        raise Refusal(
            _("To pismo jest już zarejestrowane."), article=HOUSE, advice=_("Odśwież stronę, a zobaczysz jego numer.")
        )
    if not fresh.body.strip() and fresh.direction == "out":
        raise Refusal(_("Pismo nie ma treści."), field="body")
    fresh.year, fresh.number, fresh.status, fresh.written_on = on.year, 0, "issued", on
    fresh.number = next_number(fresh.institution_id, fresh.register, on.year)
    fresh.save()
    kind = LETTERS[fresh.code].event_kind if fresh.code in LETTERS else "paper"
    note_event(
        actor, fresh.family, kind=kind, on=on, title=f"Pismo: {fresh.title}", case=fresh.case, record=fresh,
        url_name="papers:letter-view",
    )  # fmt: skip
    return fresh


@action("papers.letter.receive", label="Zarejestruj pismo przychodzące", who=STARTERS)
def receive_letter(
    actor: Actor, subject: CaseFile | Family, *, title: str, sender: str, received_on: date, on: date, channel: str = "",
    their_mark: str = "", written_on: date | None = None, answers_to: LetterRecord | None = None,
) -> LetterRecord:  # fmt: skip
    """Register a letter that came in. Raises Refusal without title or with a day to come."""
    case = subject if isinstance(subject, CaseFile) else None
    family = case.family if case is not None else subject
    if not title.strip():
        raise Refusal(_("Podaj, czego dotyczy pismo."), field="title")
    if received_on > on:
        raise Refusal(_("Data wpływu nie może być z przyszłości."), field="received_on")
    made = LetterRecord(
        institution_id=actor.institution_id, family_id=family.pk, case=case, direction="in", title=title.strip()[:200],
        recipient=sender, register="incoming", year=received_on.year, status="delivered", sent_on=received_on,
        delivered_on=received_on, written_on=written_on or received_on, channel=channel, their_mark=their_mark[:80],
        answers_to=answers_to, number=next_number(actor.institution_id, "incoming", received_on.year),
        author_id=None if actor.is_system else actor.post_id,
    )  # fmt: skip
    made.save()
    note_event(
        actor, made.family, kind="paper", on=received_on, title=f"Wpłynęło: {made.title}", case=case, record=made,
        url_name="papers:letter-view",
    )  # fmt: skip
    return made


@action("papers.letter.send", label="Oznacz pismo jako wysłane", who=LETTER_CLERKS)
def mark_sent(actor: Actor, letter: LetterRecord, *, channel: str, sent_on: date, on: date) -> LetterRecord:
    """The letter went out. The declaration's `on_sent` runs in the same transaction. Raises Refusal when it has no number
    yet, went out before, or the day is wrong."""
    fresh = lock(letter)
    if fresh.status != "issued":
        raise Refusal(
            _("Wysłać można pismo zarejestrowane, jeszcze niewysłane."),
            article=HOUSE,
            advice=_("Najpierw zarejestruj pismo albo odśwież stronę: ktoś mógł je już wysłać."),
        )
    if channel not in CHANNELS:
        raise Refusal(_("Wybierz sposób przekazania."), field="channel")
    if sent_on > on or sent_on < fresh.written_on:
        raise Refusal(_("Data wysłania musi być między datą pisma a dniem dzisiejszym."), field="sent_on")
    fresh.status, fresh.channel, fresh.sent_on = "sent", channel, sent_on
    fresh.save()
    declared = LETTERS.get(fresh.code)
    if declared and declared.on_sent:
        declared.on_sent(actor, fresh, sent_on)
    return fresh


@action("papers.letter.deliver", label="Oznacz pismo jako doręczone", who=LETTER_CLERKS)
def mark_delivered(actor: Actor, letter: LetterRecord, *, delivered_on: date, on: date) -> LetterRecord:
    """The letter reached its recipient. Raises Refusal when it was not sent or the day is wrong."""
    fresh = lock(letter)
    if fresh.status != "sent" or fresh.sent_on is None:
        raise Refusal(
            _("Doręczyć można tylko pismo wysłane."),
            article=HOUSE,
            advice=_("Najpierw zapisz, kiedy i jak je wysłano."),
        )
    if delivered_on > on or delivered_on < fresh.sent_on:
        raise Refusal(_("Data doręczenia musi być między wysłaniem a dniem dzisiejszym."), field="delivered_on")
    fresh.status, fresh.delivered_on = "delivered", delivered_on
    fresh.save()
    return fresh


@action("papers.letter.void", label="Anuluj pismo", who=WRITERS)
def void_letter(actor: Actor, letter: LetterRecord, *, reason: str) -> LetterRecord:
    """Cancel a letter that was not sent; its number stays taken. Raises Refusal without a reason or once sent."""
    fresh = lock(letter)
    if fresh.status not in ("draft", "issued"):
        raise Refusal(
            _("Wysłanego pisma nie można anulować."),
            article=HOUSE,
            advice=_("Wyślij następne pismo, które je prostuje."),
        )
    if not reason.strip():
        raise Refusal(_("Podaj powód anulowania."), field="reason")
    fresh.status, fresh.void_reason = "void", reason.strip()[:300]
    fresh.save()
    return fresh
