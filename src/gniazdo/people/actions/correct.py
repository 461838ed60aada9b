"""Verbs that correct a row typed wrong: another value, with a reason; what it said before stays to be read."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gniazdo.access.actions import action, lock
from gniazdo.access.rules import Actor, Refusal
from gniazdo.people.actions.address import number_of
from gniazdo.people.actions.kin import refuse_without_ruling
from gniazdo.people.actions.personal import refuse_wrong_certificate
from gniazdo.people.actions.writing import no_future
from gniazdo.people.models import (
    Address,
    Contact,
    DisabilityCertificate,
    Family,
    InstitutionContact,
    Need,
    ParentalAuthority,
    Schooling,
    SecretAddress,
)
from gniazdo.people.queries.guards import keeps_card, keeps_register, reads_secret
from gniazdo.people.rules.names import polish_key
from gniazdo.platform.models.record import plain_value

REASON_LETTERS = 3


def _correct[
    R: (Address, SecretAddress, Contact, Schooling, DisabilityCertificate, ParentalAuthority, InstitutionContact, Need)
](actor: Actor, row: R, *, rev: int, reason: str, on: date, fields: dict[str, Any]) -> R:
    """The row with other values. Raises Conflict for a stale `rev`, Refusal without a reason or when nothing differs."""
    reason = reason.strip()
    if len(reason) < REASON_LETTERS:
        raise Refusal(_("Napisz, co było pomyłką."), field="reason")
    since, until = fields.get("since"), fields.get("until")
    if since and until and until <= since:
        raise ValidationError({"until": _("Koniec musi być po początku.")})
    row = lock(row, rev=rev)
    was = {name: getattr(row, name) for name, value in fields.items() if getattr(row, name) != value}
    if not was:
        raise Refusal(_("Żadne pole się nie zmieniło, więc nie ma czego poprawiać."))
    for name, value in fields.items():
        setattr(row, name, value)
    row.correction_reason = reason[:200]
    told = {name: value if isinstance(value, list) else plain_value(value) for name, value in was.items()}
    row.corrections = [*row.corrections, {"on": on.isoformat(), "by": actor.name, "reason": reason[:200], "was": told}]
    row.save()
    return row


@action("people.address.correct", label="Popraw adres", who=keeps_register)
def correct_address(actor: Actor, row: Address, /, *, rev: int, reason: str, on: date, **fields: Any) -> Address:
    """An address typed wrong. Raises as every correction does, and Refusal when its period meets another address."""
    return _correct(actor, row, rev=rev, reason=reason, on=on, fields=fields)


@action("people.secret_address.correct", label="Popraw adres tajny", who=reads_secret)
def correct_secret_address(
    actor: Actor, row: SecretAddress, /, *, rev: int, reason: str, on: date, **fields: Any
) -> SecretAddress:
    """A secret address typed wrong: only who may read it may correct it, and no word of it goes into the journal."""
    return _correct(actor, row, rev=rev, reason=reason, on=on, fields=fields)


@action("people.contact.correct", label="Popraw telefon lub e-mail", who=keeps_register)
def correct_contact(
    actor: Actor, row: Contact, /, *, rev: int, reason: str, on: date, kind: str, value: str, **fields: Any
) -> Contact:
    """A number or address typed wrong. Raises ValidationError when the new one is neither phone nor e-mail."""
    value, digits = number_of(kind, value)
    fields |= {"kind": kind, "value": value, "digits": digits}
    return _correct(actor, row, rev=rev, reason=reason, on=on, fields=fields)


@action("people.schooling.correct", label="Popraw szkołę", who=keeps_register)
def correct_schooling(actor: Actor, row: Schooling, /, *, rev: int, reason: str, on: date, **fields: Any) -> Schooling:
    """A stage of education typed wrong. Raises Refusal when its period meets another school."""
    return _correct(actor, row, rev=rev, reason=reason, on=on, fields=fields)


@action("people.certificate.correct", label="Popraw orzeczenie o niepełnosprawności", who=keeps_card)
def correct_certificate(
    actor: Actor, row: DisabilityCertificate, /, *, rev: int, reason: str, on: date, **fields: Any
) -> DisabilityCertificate:
    """A certificate typed wrong. Raises ValidationError for an unknown symbol or dates out of order."""
    refuse_wrong_certificate(fields)
    return _correct(actor, row, rev=rev, reason=reason, on=on, fields=fields)


@action("people.authority.correct", label="Popraw wpis o władzy rodzicielskiej", who=keeps_register)
def correct_authority(
    actor: Actor, row: ParentalAuthority, /, *, rev: int, reason: str, on: date, **fields: Any
) -> ParentalAuthority:
    """Parental authority or its ruling typed wrong. Raises ValidationError for a ruling to come or a missing court."""
    refuse_without_ruling(fields)
    no_future(fields.get("ruled_on"), on, "ruled_on")
    return _correct(actor, row, rev=rev, reason=reason, on=on, fields=fields)


@action("people.institution_contact.correct", label="Popraw dane instytucji zaangażowanej", who=keeps_register)
def correct_institution_contact(
    actor: Actor, row: InstitutionContact, /, *, rev: int, reason: str, on: date, **fields: Any
) -> InstitutionContact:
    """An institution or key person typed wrong."""
    return _correct(actor, row, rev=rev, reason=reason, on=on, fields=fields)


@action("people.need.correct", label="Popraw potrzebę", who=keeps_card)
def correct_need(actor: Actor, row: Need, /, *, rev: int, reason: str, on: date, **fields: Any) -> Need:
    """A need typed wrong."""
    return _correct(actor, row, rev=rev, reason=reason, on=on, fields=fields)


@action("people.family.rename", label="Zmień nazwę rodziny", who=keeps_register)
def rename_family(actor: Actor, family: Family, *, name: str, rev: int | None = None) -> Family:
    """Another name for the family. Raises Refusal without a name, Conflict for a stale `rev`."""
    if not name.strip():
        raise Refusal(_("Podaj nazwę rodziny."), field="name")
    family = lock(family, rev=rev)
    family.name = name.strip()[:120]
    family.sort_key = polish_key(family.name)[:240]
    family.save()
    return family
