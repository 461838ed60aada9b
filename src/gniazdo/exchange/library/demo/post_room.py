"""Letters of the demo families: answers to referrers, assignments, what courts and schools ask, and where each letter is now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from gniazdo.access.rules import Actor
from gniazdo.assistance.actions.court import (
    Demand,
    answer_information,
    deliver_answer,
    prepare_answer,
    register_court_request,
    request_information,
    send_answer,
)
from gniazdo.assistance.models import CourtRequest
from gniazdo.exchange.library.demo import words
from gniazdo.exchange.library.demo.stage import Stage, working
from gniazdo.papers.actions import mark_delivered, mark_sent, receive_letter, register_letter, write_letter
from gniazdo.papers.models import LetterRecord

WAYS = ("registered", "edelivery", "epuap", "post")


def send(
    life: Stage,
    code: str,
    *,
    channel: str = "",
    arrives: int = 4,
    fields: Mapping[str, str] | None = None,
    recipient: str = "",
) -> LetterRecord:
    """The head writes, the clerk numbers and sends, the post delivers some days later, unless today comes first."""
    with life.acting(life.office.boss()) as boss:
        letter = write_letter(boss, life.case, code=code, on=life.day, fields=fields, recipient=recipient)
    with life.acting(life.clerk, 13) as clerk:
        letter = register_letter(clerk, letter, on=life.day)
        letter = mark_sent(clerk, letter, channel=channel or life.own.choice(WAYS), sent_on=life.day, on=life.day)
    there = working(life.day + timedelta(days=arrives)) if arrives else life.day
    if there >= life.today > life.day or there > life.today:
        return letter
    with life.acting(life.clerk, 15, day=there) as clerk:
        return mark_delivered(clerk, letter, delivered_on=there, on=there)


def answer_referrer(life: Stage, institution: str) -> None:
    """Whoever reported a family in office gets a word back; neighbours and the family itself are told by mouth."""
    if institution:
        send(life, "assistance.referral_answer")


def assignment(life: Stage) -> None:
    """The head's letter to the assistant; it goes by hand."""
    send(life, "assistance.assignment", channel="internal", arrives=0)


def _receive(life: Stage, actor: Actor, *, title: str, sender: str, mark: str, written: date) -> LetterRecord:
    return receive_letter(
        actor, life.case, title=title, sender=sender, received_on=life.day, on=life.day, channel=life.own.choice(WAYS), their_mark=mark,
        written_on=written,
    )  # fmt: skip


def court_asks(life: Stage, docket: str, *, kind: str = "OPINION", days: int = 14) -> CourtRequest:
    """A court's letter comes in and sets a day; the register and the request know of each other by the docket number."""
    written = life.day - timedelta(days=4)
    title = "Wezwanie do nadesłania opinii o rodzinie" if kind == "OPINION" else "Wezwanie do nadesłania sprawozdania"
    with life.acting(life.clerk, 8) as clerk:
        _receive(life, clerk, title=title, sender=words.COURT, mark=docket, written=written)
    with life.acting(life.office.boss()) as boss:
        return register_court_request(boss, life.family, today=life.day, demand=Demand(
            kind=kind, court=words.COURT.split(",")[0], division=words.COURT.split(", ")[1], docket=docket, received_on=life.day,
            due_on=working(life.day + timedelta(days=days)), letter_on=written,
        ))  # fmt: skip


def answer_court(life: Stage, request: CourtRequest) -> None:
    """The opinion is written and signed, leaves with a covering letter and reaches the court."""
    record = life.sheet("assistance.court_opinion", variant="OPINION")
    life.sign(record, "assistant", "manager")
    request.refresh_from_db()
    if request.prepared_on is None:
        with life.acting(life.assistant) as actor:
            prepare_answer(actor, request, on=life.day, sheet_id=record.pk)
    send(life, "assistance.court_cover", channel="edelivery", arrives=1)
    with life.acting(life.office.boss(), 14) as boss:
        send_answer(boss, request, on=life.day, channel="EDELIVERY", today=life.day)
    there = working(life.day + timedelta(days=1))
    if there < life.today:
        with life.acting(life.office.boss(), day=there) as boss:
            deliver_answer(boss, request, on=there, today=there)


def ask_school(life: Stage) -> None:
    """We ask the school how the children do; it answers within the week (art. 190a)."""
    with life.acting(life.assistant) as actor:
        asked = request_information(
            actor, life.family, direction="OUT", institution="Szkoła Podstawowa nr 2", person="mgr Jolanta Kosiorek, pedagog",
            asked="Frekwencja i zachowanie dzieci w ostatnim półroczu.", on=life.day, today=life.day,
        )  # fmt: skip
    send(life, "assistance.information_request", channel="email", arrives=0)
    there = working(life.day + timedelta(days=6))
    if there < life.today:
        with life.acting(life.assistant, day=there) as actor:
            answer_information(
                actor,
                asked,
                on=there,
                today=there,
                answer="Frekwencja wzrosła do 88 %. Dzieci przychodzą przygotowane, bez uwag.",
            )
