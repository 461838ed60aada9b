"""Verbs about what the family card says of the family as a whole."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gniazdo.access.actions import action, lock
from gniazdo.access.rules import Actor, Refusal
from gniazdo.people.actions.writing import add, change, end, family_person, no_future
from gniazdo.people.models import (
    Consent,
    EcoTie,
    Family,
    FinanceSnapshot,
    HazardFlag,
    HousingSnapshot,
    PastEvent,
    Person,
)
from gniazdo.people.queries.guards import keeps_card


@action("people.housing.set", label="Zapisz warunki mieszkaniowe", who=keeps_card)
def set_housing(actor: Actor, family: Family, /, *, on: date, today: date, **fields: Any) -> HousingSnapshot:
    """Housing as seen on a day; earlier descriptions stay."""
    no_future(on, today, "on")
    return add(actor, HousingSnapshot, family=family, on=on, **fields)


@action("people.finance.set", label="Zapisz sytuację finansową", who=keeps_card)
def set_finance(actor: Actor, family: Family, /, *, on: date, today: date, **fields: Any) -> FinanceSnapshot:
    """Money as seen on a day; earlier descriptions stay."""
    no_future(on, today, "on")
    return add(actor, FinanceSnapshot, family=family, on=on, **fields)


@action("people.hazard.raise", label="Dodaj ostrzeżenie przed wizytą", who=keeps_card)
def raise_hazard(
    actor: Actor, family: Family, *, kind: str, words: str, review_on: date, on: date, visit_in_pairs: bool = False
) -> HazardFlag:
    """A danger to be shown before every visit until lifted. Raises ValidationError without words or with a past review."""
    if not words.strip():
        raise ValidationError({"words": _("Napisz, na co uważać.")})
    if review_on <= on:
        raise ValidationError({"review_on": _("Termin sprawdzenia musi być po dniu zapisania.")})
    return add(
        actor, HazardFlag, family=family, kind=kind, words=words.strip(), visit_in_pairs=visit_in_pairs, raised_on=on,
        review_on=review_on,
    )  # fmt: skip


@action("people.hazard.review", label="Potwierdź ostrzeżenie", who=keeps_card)
def review_hazard(actor: Actor, flag: HazardFlag, *, review_on: date, on: date) -> HazardFlag:
    """The danger still stands; look again on another day. Raises Refusal when lifted, ValidationError for a past day."""
    flag = lock(flag)
    if flag.lifted_on:
        raise Refusal(_("To ostrzeżenie zostało już odwołane."))
    if review_on <= on:
        raise ValidationError({"review_on": _("Następny termin musi być w przyszłości.")})
    return change(flag, review_on=review_on)


@action("people.hazard.lift", label="Odwołaj ostrzeżenie", who=keeps_card)
def lift_hazard(actor: Actor, flag: HazardFlag, *, on: date, reason: str) -> HazardFlag:
    """The danger is gone, and why. Raises Refusal without a reason or when already lifted."""
    flag = lock(flag)
    if flag.lifted_on:
        raise Refusal(_("To ostrzeżenie zostało już odwołane."))
    if not reason.strip():
        raise Refusal(_("Napisz, dlaczego zagrożenie ustało."), field="reason")
    return change(flag, lifted_on=on, lift_reason=reason.strip())


@action("people.consent.give", label="Zapisz zgodę", who=keeps_card)
def give_consent(
    actor: Actor, family: Family, *, person: Person, kind: str, given_on: date, today: date, scope: str = "",
    valid_until: date | None = None,
) -> Consent:  # fmt: skip
    """A consent of a family member, until it is withdrawn or until its last day.

    Raises Refusal for a stranger to the family, ValidationError for a day to come or a last day before the first.
    """
    family_person(family, person)
    no_future(given_on, today, "given_on")
    if valid_until is not None and valid_until < given_on:
        raise ValidationError({"valid_until": _("Zgoda nie może skończyć się przed jej wyrażeniem.")})
    return add(
        actor, Consent, family=family, person=person, kind=kind, given_on=given_on, scope=scope, valid_until=valid_until
    )


@action("people.consent.withdraw", label="Zapisz wycofanie zgody", who=keeps_card)
def withdraw_consent(actor: Actor, consent: Consent, *, on: date) -> Consent:
    """The consent is withdrawn from that day. Raises Refusal when it already was or has run out, or before it was given."""
    consent = lock(consent)
    if consent.withdrawn_on:
        raise Refusal(_("Ta zgoda została już wycofana."))
    if consent.valid_until is not None and consent.has_expired(on):
        raise Refusal(
            _("Ta zgoda wygasła %s, nie ma czego wycofywać.") % f"{consent.valid_until:%d.%m.%Y}", field="on",
            advice=_("Jeśli wycofano ją wcześniej, podaj dzień wycofania."),
        )  # fmt: skip
    if on < consent.given_on:
        raise Refusal(_("Zgody nie można wycofać przed jej wyrażeniem."), field="on")
    return change(consent, withdrawn_on=on)


@action("people.ecotie.add", label="Dodaj więź z otoczeniem", who=keeps_card)
def add_ecotie(actor: Actor, family: Family, /, *, since: date, person: Person | None = None, **fields: Any) -> EcoTie:
    """A tie of the family, or one person of it, with somebody outside. Raises Refusal for a stranger to the family."""
    if person is not None:
        family_person(family, person)
    return add(actor, EcoTie, family=family, person=person, since=since, **fields)


@action("people.ecotie.end", label="Zakończ więź z otoczeniem", who=keeps_card)
def end_ecotie(actor: Actor, tie: EcoTie, *, on: date) -> EcoTie:
    """The tie is no more (a broken tie that still hurts stays, with its strength)."""
    if on <= tie.since:
        tie.delete()
        return tie
    return end(tie, on)


@action("people.past.add", label="Dodaj wydarzenie z historii rodziny", who=keeps_card)
def add_past_event(actor: Actor, family: Family, /, **fields: Any) -> PastEvent:
    """A line of the family's history from before this file."""
    return add(actor, PastEvent, family=family, **fields)
