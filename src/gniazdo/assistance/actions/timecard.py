"""Verbs of the time card: own entries outside visits, own share of a joint visit, handing the month in, taking it back,
accepting or returning it."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

from django.utils.translation import gettext as _

from gniazdo.access.actions import action, lock, moment
from gniazdo.access.rules import HOUSE, Actor, Refusal
from gniazdo.assistance.actions.visit import keep_wording
from gniazdo.assistance.models import TimeCard, TimeEntry, Visit
from gniazdo.assistance.queries.timecard import (
    CAN_ACCEPT,
    HANDED_IN,
    OWN_TIME,
    WAS_THERE,
    absence_to_json,
    absences_of,
    derived_rows,
    differences,
    frozen_rows,
    row_to_json,
    totals,
)
from gniazdo.assistance.vocab import TIME_KINDS
from gniazdo.orgs.models import Post


def _require_open(post: Post, on: date) -> None:
    card = TimeCard.objects.system().filter(post=post, month=on.replace(day=1)).first()
    if card and card.state in HANDED_IN:
        raise Refusal(
            _("Karta za ten miesiąc jest już przekazana i nie można jej zmieniać."), field="on",
            advice=_("Wycofaj ją, a gdy jest już przyjęta, poproś kierownika o zwrot."),
        )  # fmt: skip


@action("assistance.timecard.add", label="Dopisz czas pracy", who=OWN_TIME)
def add_time_entry(
    actor: Actor, post: Post, *, on: date, starts: time, minutes: int, kind: str, today: date, note: str = "",
    km: Decimal = Decimal(0), ticket: Decimal = Decimal(0),
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
        note=note.strip()[:160], km=km, ticket=ticket,
    )  # fmt: skip
    entry.save()
    return entry


@action("assistance.timecard.remove", label="Usuń wpis czasu pracy", who=OWN_TIME)
def remove_time_entry(actor: Actor, entry: TimeEntry) -> None:
    """Take back an own entry while the month is open. Raises Refusal."""
    _require_open(entry.post, entry.on)
    entry.delete()


@action("assistance.visit.own_share", label="Zapisz własny czas na wspólnej wizycie", who=WAS_THERE)
def set_own_share(actor: Actor, visit: Visit, *, minutes: int, km: Decimal, ticket: Decimal) -> Visit:
    """The second worker's own minutes and travel of a visit made together; what was written before stays in its history.

    Raises Refusal when the month of their card is handed in, or for a time outside 1 minute to 12 hours.
    """
    visit = lock(visit)
    if visit.joint_post is None:
        raise Refusal(
            _("Na tej wizycie nie było drugiego pracownika."),
            article=HOUSE,
            advice=_("Dopisz drugiego pracownika w poprawce wizyty, jeśli na niej był."),
        )
    if not 0 < minutes <= 720:
        raise Refusal(_("Podaj czas od 1 minuty do 12 godzin."), field="minutes")
    if km < 0 or ticket < 0:
        raise Refusal(_("Koszt dojazdu nie może być ujemny."), field="km")
    _require_open(visit.joint_post, visit.on)
    keep_wording(actor, visit, reason="Własny czas drugiego pracownika na wspólnej wizycie")
    visit.joint_minutes = None if minutes == visit.minutes else minutes
    visit.joint_km, visit.joint_ticket = km, ticket
    visit.save()
    return visit


@action("assistance.timecard.submit", label="Przekaż kartę czasu pracy", who=OWN_TIME)
def submit_card(actor: Actor, post: Post, *, month: date, today: date) -> TimeCard:
    """Hand in a month that has begun: its rows are kept as they stand now, and later corrections of visits do not change
    them. Raises Refusal when it was handed in before, is empty, or lies ahead."""
    month = month.replace(day=1)
    if month > today:
        raise Refusal(
            _("Ten miesiąc jeszcze się nie zaczął."),
            article=HOUSE,
            advice=_("Wybierz miesiąc bieżący albo wcześniejszy."),
        )
    rows = derived_rows(post, month)
    if not rows:
        raise Refusal(
            _("W tym miesiącu nie ma ani jednego wpisu."),
            article=HOUSE,
            advice=_("Zapisz najpierw wizyty i inny czas pracy tego miesiąca."),
        )
    card = TimeCard.objects.system().filter(post=post, month=month).first() or TimeCard(
        institution_id=post.institution_id, post=post, month=month
    )
    if card.state in HANDED_IN:
        raise Refusal(
            _("Karta za ten miesiąc jest już przekazana."),
            article=HOUSE,
            advice=_("Jeśli trzeba ją poprawić, wycofaj ją i przekaż ponownie."),
        )
    summed = totals(rows)
    card.state, card.submitted_at, card.returned_reason = "SUBMITTED", moment(), ""
    card.rows = [row_to_json(row) for row in rows]
    card.absences = [absence_to_json(one) for one in absences_of(post, month)]
    card.minutes, card.km = summed.minutes, summed.km
    card.save()
    return card


@action("assistance.timecard.withdraw", label="Wycofaj kartę czasu pracy", who=OWN_TIME)
def withdraw_card(actor: Actor, card: TimeCard) -> TimeCard:
    """Take back a month handed in and not yet accepted, to put it right and hand it in anew. Raises Refusal."""
    card = lock(card)
    if card.state == "ACCEPTED":
        raise Refusal(
            _("Karta jest już przyjęta i zamknięta."),
            advice=_("Otworzyć ją może tylko zwrot przez przyjmującego."),
            article=HOUSE,
        )
    if card.state != "SUBMITTED":
        raise Refusal(
            _("Wycofać można tylko kartę przekazaną."),
            article=HOUSE,
            advice=_("Tę kartę możesz poprawiać od razu; przekażesz ją, gdy będzie gotowa."),
        )
    _open(card, "OPEN")
    card.save()
    return card


def _open(card: TimeCard, state: str) -> None:
    """The month is the worker's again: the picture is dropped, the card is read from visits and entries."""
    card.state, card.rows, card.absences, card.submitted_at = state, [], [], None
    card.approved_at, card.approved_by = None, None


@action("assistance.timecard.accept", label="Przyjmij kartę czasu pracy", who=CAN_ACCEPT)
def accept_card(actor: Actor, card: TimeCard) -> TimeCard:
    """Accept a month as it was handed in; nothing in it changes any more. Raises Refusal, also when visits were corrected
    or added since: such a card is taken back or returned first."""
    card = lock(card)
    if card.state != "SUBMITTED":
        raise Refusal(
            _("Przyjąć można tylko kartę przekazaną i jeszcze nieprzyjętą."),
            article=HOUSE,
            advice=_("Poczekaj, aż pracownik ją przekaże, albo odśwież stronę: ktoś mógł ją już przyjąć."),
        )
    if card.post_id == actor.post_id:
        raise Refusal(
            _("Nikt nie przyjmuje własnej karty czasu pracy."),
            article=HOUSE,
            advice=_("Poproś o przyjęcie innego przełożonego."),
        )
    if differences(card, frozen_rows(card)):
        raise Refusal(
            _("Po przekazaniu karty zmieniono zapisy, z których powstała, więc nie można jej przyjąć."),
            advice=_("Zwróć ją do poprawy albo poproś pracownika, aby ją wycofał i przekazał ponownie."),
            article=HOUSE,
        )
    card.state, card.approved_at = "ACCEPTED", moment()
    card.approved_by_id = card.post_id if actor.is_system else actor.post_id
    card.save()
    return card


@action("assistance.timecard.return", label="Zwróć kartę czasu pracy", who=CAN_ACCEPT)
def return_card(actor: Actor, card: TimeCard, *, reason: str) -> TimeCard:
    """Give a month back to its worker with a reason; an accepted one opens again. Raises Refusal."""
    card = lock(card)
    if card.state not in HANDED_IN:
        raise Refusal(
            _("Ta karta jest u pracownika."),
            article=HOUSE,
            advice=_("Nie ma czego zwracać: pracownik może ją poprawiać i przekaże ją, gdy będzie gotowa."),
        )
    if not reason.strip():
        raise Refusal(_("Podaj powód zwrotu karty."), field="reason")
    card.returned_reason = reason.strip()[:300]
    _open(card, "RETURNED")
    card.save()
    return card
