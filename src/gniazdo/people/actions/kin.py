"""Verbs about kinship and parental authority."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from gniazdo.access.actions import action
from gniazdo.access.rules import Actor, Refusal
from gniazdo.people.actions.writing import add, change, end, no_future
from gniazdo.people.models import Kinship, ParentalAuthority, Person
from gniazdo.people.queries.guards import keeps_register
from gniazdo.people.vocab import AUTHORITY_KINDS, KINSHIP_KINDS, PARENT_KINDS, PARTNER_KINDS

RULED = ("LIMITED", "SUSPENDED", "REMOVED")


@action("people.kinship.set", label="Zapisz więź", who=keeps_register)
def set_kinship(
    actor: Actor, first: Person, *, second: Person, kind: str, since: date | None = None, until: date | None = None
) -> Kinship:
    """`first` is the parent of `second`, or their partner or twin, from a day (None: unknown or from birth).

    A new partner state (say a divorce) ends the state before it. Raises Refusal when the tie cannot be: with oneself,
    a parent not older than the child, a third biological parent, a circle of descent, another institution's person.
    """
    if second.institution_id != actor.institution_id or first.pk == second.pk or kind not in KINSHIP_KINDS:
        raise Refusal(_("Więź łączy dwie różne osoby z tej instytucji."), field="second")
    if since and until and until <= since:
        raise ValidationError({"until": _("Koniec musi być po początku.")})
    if kind in PARENT_KINDS:
        _check_parent(actor, first, second, kind)
    else:
        first, second = sorted((first, second), key=lambda p: p.pk)
    if kind in PARTNER_KINDS:
        _end_partner_state(actor, first, second, since)
    return add(actor, Kinship, first=first, second=second, kind=kind, since=since, until=until)


def _check_parent(actor: Actor, parent: Person, child: Person, kind: str) -> None:
    if parent.born_on and child.born_on and parent.born_on >= child.born_on:
        raise Refusal(
            _("Rodzic nie może być młodszy od dziecka. Sprawdź daty urodzenia lub kierunek więzi."), field="second"
        )
    rows = Kinship.objects.for_actor(actor)
    if kind == "PARENT_BIO":
        others = rows.filter(second=child, kind=kind, until__isnull=True).exclude(first=parent)
        if others.count() >= 2:
            raise Refusal(_("To dziecko ma już zapisanych dwoje rodziców biologicznych."), field="kind")
    frontier, seen = {child.pk}, {child.pk}
    while frontier:
        below = rows.filter(first_id__in=frontier, kind__in=PARENT_KINDS).values_list("second_id", flat=True)
        frontier = set(below) - seen
        seen |= frontier
    if parent.pk in seen:
        raise Refusal(_("Ta osoba jest potomkiem dziecka, nie może być jego rodzicem."), field="second")


def _end_partner_state(actor: Actor, first: Person, second: Person, since: date | None) -> None:
    before = Kinship.objects.for_actor(actor).filter(
        first=first, second=second, kind__in=PARTNER_KINDS, until__isnull=True
    )
    for tie in before:
        if since is None or (tie.since and tie.since >= since):
            raise Refusal(_("Podaj, od kiedy: te osoby łączy już inny zapisany związek."), field="since")
        change(tie, until=since)


@action("people.kinship.end", label="Zakończ więź", who=keeps_register)
def end_kinship(actor: Actor, tie: Kinship, *, on: date) -> Kinship:
    """The tie ended that day (a biological parent stays one: then the row was a mistake and is taken away).

    Raises Refusal when the end is not after the beginning.
    """
    if tie.kind == "PARENT_BIO" or (tie.since and tie.since >= on):
        tie.delete()
        return tie
    return end(tie, on)


def refuse_without_ruling(fields: dict[str, Any]) -> None:
    """Raise ValidationError when a limited, suspended or removed authority names no court or docket number."""
    for name in ("court", "docket_number"):
        if fields["kind"] in RULED and not str(fields.get(name) or "").strip():
            raise ValidationError({name: _("Podaj sąd i sygnaturę postanowienia, z którego to wynika.")})


@action("people.authority.set", label="Zapisz władzę rodzicielską", who=keeps_register)
def set_parental_authority(
    actor: Actor, child: Person, *, parent: Person, kind: str, since: date, on: date, court: str = "", docket_number: str = "",
    ruled_on: date | None = None, limits: str = "",
) -> ParentalAuthority:  # fmt: skip
    """A parent's authority over a child from a day; the state before ends that day.

    Raises ValidationError when a limited, suspended or removed authority names no court, or dates are out of order.
    """
    if kind not in AUTHORITY_KINDS:
        raise ValidationError({"kind": _("Wybierz rodzaj władzy rodzicielskiej.")})
    if parent.institution_id != actor.institution_id or parent.pk == child.pk:
        raise Refusal(_("Wskaż rodzica dziecka."), field="parent")
    refuse_without_ruling({"kind": kind, "court": court, "docket_number": docket_number})
    no_future(ruled_on, on, "ruled_on")
    no_future(since, on, "since")
    rows = ParentalAuthority.objects.for_actor(actor).filter(child=child, parent=parent)
    for before in rows.filter(Q(until__isnull=True)):
        if before.since >= since:
            raise Refusal(
                _("Od %s zapisano już późniejszy stan władzy tego rodzica.") % before.since.strftime("%d.%m.%Y"),
                field="since",
            )
        change(before, until=since)
    return add(
        actor, ParentalAuthority, child=child, parent=parent, kind=kind, since=since, court=court.strip(),
        docket_number=docket_number.strip(), ruled_on=ruled_on, limits=limits,
    )  # fmt: skip
