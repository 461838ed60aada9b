"""Verbs about what the family card says of one person."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gniazdo.access.actions import action
from gniazdo.access.rules import Actor
from gniazdo.people.actions.writing import add, change, end, no_future
from gniazdo.people.models import (
    ChildSituation,
    DisabilityCertificate,
    HealthCard,
    LifeSituation,
    Need,
    Person,
    Schooling,
)
from gniazdo.people.queries.guards import keeps_card, keeps_register
from gniazdo.people.vocab import DISABILITY_SYMBOLS


@action("people.need.add", label="Dodaj potrzebę", who=keeps_card)
def add_need(actor: Actor, person: Person, /, **fields: Any) -> Need:
    """A special need of a person."""
    return add(actor, Need, person=person, **fields)


@action("people.need.end", label="Zakończ potrzebę", who=keeps_card)
def end_need(actor: Actor, need: Need, *, on: date) -> Need:
    """The need is gone."""
    return end(need, on)


def refuse_wrong_certificate(fields: dict[str, Any]) -> None:
    """Raise ValidationError for an unknown symbol or an expiry before the issue."""
    wrong = [s for s in fields.get("symbols") or [] if s not in DISABILITY_SYMBOLS]
    if wrong:
        raise ValidationError({"symbols": _("Nieznany symbol: %s.") % ", ".join(wrong)})
    issued, valid = fields.get("issued_on"), fields.get("valid_until")
    if issued and valid and valid < issued:
        raise ValidationError({"valid_until": _("Orzeczenie nie może tracić ważności przed wydaniem.")})


@action("people.certificate.add", label="Dodaj orzeczenie o niepełnosprawności", who=keeps_card)
def add_certificate(
    actor: Actor, person: Person, /, *, symbols: list[str] | None = None, **fields: Any
) -> DisabilityCertificate:
    """A certificate with its symbols and expiry. Raises ValidationError for an unknown symbol or dates out of order."""
    refuse_wrong_certificate(fields | {"symbols": symbols})
    return add(actor, DisabilityCertificate, person=person, symbols=symbols or [], **fields)


@action("people.schooling.add", label="Zapisz szkołę", who=keeps_register)
def add_schooling(actor: Actor, person: Person, /, *, since: date, **fields: Any) -> Schooling:
    """A stage of education from a day; the one before ends that day."""
    for before in Schooling.objects.for_actor(actor).filter(person=person, until__isnull=True, since__lt=since):
        change(before, until=since)
    return add(actor, Schooling, person=person, since=since, **fields)


@action("people.health.set", label="Zapisz stan zdrowia", who=keeps_card)
def set_health(actor: Actor, person: Person, /, *, on: date, today: date, **fields: Any) -> HealthCard:
    """Health as seen on a day; earlier cards stay. Raises ValidationError for a day to come."""
    no_future(on, today, "on")
    return add(actor, HealthCard, person=person, on=on, **fields)


@action("people.life.set", label="Zapisz sytuację życiową", who=keeps_card)
def set_life_situation(actor: Actor, person: Person, /, *, on: date, today: date, **fields: Any) -> LifeSituation:
    """An adult's situation as seen on a day; earlier ones stay (uwrspz art. 16)."""
    no_future(on, today, "on")
    return add(actor, LifeSituation, person=person, on=on, **fields)


@action("people.child_situation.set", label="Zapisz sytuację dziecka", who=keeps_card)
def set_child_situation(actor: Actor, person: Person, /, *, on: date, today: date, **fields: Any) -> ChildSituation:
    """A child's situation as seen on a day; earlier ones stay (uwrspz art. 16)."""
    no_future(on, today, "on")
    return add(actor, ChildSituation, person=person, on=on, **fields)
