"""Verbs of the time card: own entries outside visits, handing the month in, accepting or returning it."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

from django.utils.translation import gettext as _

from gniazdo.access.actions import action, lock, moment
from gniazdo.access.rules import Actor, Refusal
from gniazdo.assistance.models import TimeCard, TimeEntry
from gniazdo.assistance.queries.timecard import CAN_ACCEPT, OWN_TIME, derived_rows, row_to_json, totals
from gniazdo.assistance.vocab import TIME_KINDS
from gniazdo.orgs.models import Post


def _require_open(post: Post, on: date) -> None:
    card = TimeCard.objects.system().filter(post=post, month=on.replace(day=1)).first()
    if card and card.state in ("SUBMITTED", "ACCEPTED"):
        raise Refusal(
            _("Karta za ten miesiąc jest już przekazana i nie można jej zmieniać."), field="on",
            advice=_("Poproś kierownika o jej zwrot."),
        )  # fmt: skip


@action("assistance.timecard.add", label="Dopisz czas pracy", who=OWN_TIME)
def add_time_entry(
    actor: Actor, post: Post, *, on: date, starts: time, minutes: int, kind: str, today: date, note: str = "",
    km: Decimal = Decimal(0),
) -> TimeEntry:  # fmt: skip
    """Own work outside visits, in minutes. Raises Refusal for a future day, a closed month or an unknown kind."""
    if on > today:
        raise Refusal(_("Czas pracy wpisuje się po fakcie, nie na przyszłość."), field="on")
    if kind not in TIME_KINDS:
        raise Refusal(_("Wybierz rodzaj pracy z listy."), field="kind")
    if not 0 < minutes <= 720:
        raise Refusal(_("Podaj czas od 1 minuty do 12 godzin."), field="minutes")
    _require_open(post, on)
    entry = TimeEntry(
        institution_id=post.institution_id, post=post, on=on, starts=starts, minutes=minutes, kind=kind,
        note=note.strip()[:160], km=km,
    )  # fmt: skip
    entry.save()
    return entry


@action("assistance.timecard.remove", label="Usuń wpis czasu pracy", who=OWN_TIME)
def remove_time_entry(actor: Actor, entry: TimeEntry) -> None:
    """Take back an own entry while the month is open. Raises Refusal."""
    _require_open(entry.post, entry.on)
    entry.delete()


@action("assistance.timecard.submit", label="Przekaż kartę czasu pracy", who=OWN_TIME)
def submit_card(actor: Actor, post: Post, *, month: date, today: date) -> TimeCard:
    """Hand in a month that has begun. Raises Refusal when it was handed in before, is empty, or lies ahead."""
    month = month.replace(day=1)
    if month > today:
        raise Refusal(_("Ten miesiąc jeszcze się nie zaczął."))
    rows = derived_rows(post, month)
    if not rows:
        raise Refusal(_("W tym miesiącu nie ma ani jednego wpisu."))
    card = TimeCard.objects.system().filter(post=post, month=month).first() or TimeCard(
        institution_id=post.institution_id, post=post, month=month
    )
    if card.state in ("SUBMITTED", "ACCEPTED"):
        raise Refusal(_("Karta za ten miesiąc jest już przekazana."))
    summed = totals(rows)
    card.state, card.submitted_at, card.returned_reason = "SUBMITTED", moment(), ""
    card.minutes, card.km = summed.minutes, summed.km
    card.save()
    return card


@action("assistance.timecard.accept", label="Przyjmij kartę czasu pracy", who=CAN_ACCEPT)
def accept_card(actor: Actor, card: TimeCard) -> TimeCard:
    """Accept a month as it stands now: its rows are kept and nothing in it changes any more. Raises Refusal."""
    card = lock(card)
    if card.state != "SUBMITTED":
        raise Refusal(_("Przyjąć można tylko kartę przekazaną i jeszcze nieprzyjętą."))
    if card.post_id == actor.post_id:
        raise Refusal(_("Nikt nie przyjmuje własnej karty czasu pracy."))
    rows = derived_rows(card.post, card.month)
    summed = totals(rows)
    card.rows = [row_to_json(row) for row in rows]
    card.minutes, card.km = summed.minutes, summed.km
    card.state, card.approved_at = "ACCEPTED", moment()
    card.approved_by_id = card.post_id if actor.is_system else actor.post_id
    card.save()
    return card


@action("assistance.timecard.return", label="Zwróć kartę czasu pracy", who=CAN_ACCEPT)
def return_card(actor: Actor, card: TimeCard, *, reason: str) -> TimeCard:
    """Give a month back to its worker with a reason; an accepted one opens again. Raises Refusal."""
    card = lock(card)
    if card.state not in ("SUBMITTED", "ACCEPTED"):
        raise Refusal(_("Ta karta jest u pracownika."))
    if not reason.strip():
        raise Refusal(_("Podaj powód zwrotu karty."), field="reason")
    card.state, card.returned_reason, card.rows = "RETURNED", reason.strip()[:300], []
    card.approved_at, card.approved_by = None, None
    card.save()
    return card
