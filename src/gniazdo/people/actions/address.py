"""Verbs about addresses, phones and institutions involved; the secret address with its own guard."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from gniazdo.access.actions import action
from gniazdo.access.rules import Actor, Refusal
from gniazdo.orgs.models import Post
from gniazdo.people.actions.writing import add, change, end
from gniazdo.people.models import (
    Address,
    Contact,
    Family,
    InstitutionContact,
    Membership,
    Person,
    SecretAddress,
    SecretAddressReader,
)
from gniazdo.people.queries.guards import keeps_card, keeps_register, reads_secret


def _replace(actor: Actor, kind: str, since: date, owner: dict[str, Any], lines: dict[str, Any]) -> Address:
    """End the address of that kind in force on `since`, and begin the new one."""
    for old in Address.objects.for_actor(actor).filter(**owner, kind=kind, until__isnull=True):
        if old.since >= since:
            raise Refusal(
                _("Od %s zapisany jest już późniejszy adres. Nowy musi zaczynać się po nim.")
                % old.since.strftime("%d.%m.%Y"),
                field="since",
            )
        change(old, until=since)
    return add(actor, Address, kind=kind, since=since, **owner, **lines)


@action("people.address.set_family", label="Zapisz adres rodziny", who=keeps_register)
def set_address(actor: Actor, family: Family, /, *, since: date, kind: str = "RESIDENCE", **lines: Any) -> Address:
    """The family's address from a day; the one before ends that day. Raises Refusal for a date before the present one."""
    return _replace(actor, kind, since, {"family": family}, lines)


@action("people.address.move_household", label="Przeprowadzka rodziny", who=keeps_register)
def move_household(actor: Actor, family: Family, /, *, since: date, **lines: Any) -> Address:
    """The whole household moves: the family's residence changes and persons' own residences at home end."""
    home = (
        Membership.objects.for_actor(actor).filter(family=family, at_home=True, until__isnull=True).values("person_id")
    )
    own = Address.objects.for_actor(actor).filter(
        person_id__in=home, kind="RESIDENCE", until__isnull=True, since__lt=since
    )
    for old in own:
        change(old, until=since)
    return _replace(actor, "RESIDENCE", since, {"family": family}, lines)


@action("people.address.set_person", label="Zapisz adres osoby", who=keeps_register)
def set_person_address(
    actor: Actor, person: Person, /, *, since: date, kind: str = "RESIDENCE", **lines: Any
) -> Address:
    """A person's own address from a day. Raises Refusal for a date before the present one."""
    return _replace(actor, kind, since, {"person": person}, lines)


@action("people.address.end", label="Zakończ adres", who=keeps_register)
def end_address(actor: Actor, address: Address, *, on: date) -> Address:
    """The address is theirs no longer. Raises Refusal when dates are out of order or it has ended already."""
    return end(address, on)


@action("people.secret_address.set", label="Zapisz adres tajny", who=keeps_card)
def set_secret_address(
    actor: Actor, owner: Family | Person, /, *, since: date, readers: list[Post], **lines: Any
) -> SecretAddress:
    """A protected address of a family or person; `readers` are the posts that may read it besides the manager.

    The open residential address in force ends that day, so that the old words are not taken for the present place.
    """
    which = {"family": owner} if isinstance(owner, Family) else {"person": owner}
    for old in SecretAddress.objects.for_actor(actor).filter(**which, until__isnull=True):
        change(old, until=since)
    for shown in Address.objects.for_actor(actor).filter(**which, kind="RESIDENCE", until__isnull=True):
        if shown.since < since:
            change(shown, until=since)
        else:
            shown.delete()
    made = add(actor, SecretAddress, since=since, **which, **lines)
    for post in readers:
        _name(actor, made, post)
    return made


def _name(actor: Actor, secret: SecretAddress, post: Post) -> SecretAddressReader:
    if post.institution_id != actor.institution_id:
        raise Refusal(_("Wskaż pracownika tej instytucji."), field="readers")
    return add(actor, SecretAddressReader, secret=secret, post=post)


@action("people.secret_address.name_reader", label="Wskaż, kto może czytać adres tajny", who=reads_secret)
def name_secret_reader(actor: Actor, secret: SecretAddress, *, post: Post) -> SecretAddressReader:
    """One more post may read the secret address; only who may read it may say so."""
    return _name(actor, secret, post)


@action("people.secret_address.end", label="Zakończ adres tajny", who=reads_secret)
def end_secret_address(actor: Actor, secret: SecretAddress, *, on: date) -> SecretAddress:
    """The protected address is theirs no longer."""
    return end(secret, on)


def number_of(kind: str, value: str) -> tuple[str, str]:
    """A phone or e-mail as it is kept and as it is searched. Raises ValidationError when it is neither."""
    value = value.strip()
    digits = "".join(c for c in value if c.isdigit())
    if kind == "PHONE" and len(digits) < 7:
        raise ValidationError({"value": _("Numer telefonu jest za krótki. Wpisz numer z kierunkowym.")})
    if kind == "EMAIL":
        try:
            validate_email(value)
        except ValidationError:
            raise ValidationError({"value": _("To nie jest adres e-mail. Sprawdź znak @ i końcówkę.")}) from None
        digits = ""
    return value, digits[-9:]


@action("people.contact.add", label="Dodaj telefon lub e-mail", who=keeps_register)
def add_contact(
    actor: Actor, owner: Family | Person, *, value: str, kind: str = "PHONE", note: str = "", is_preferred: bool = False
) -> Contact:
    """A phone or e-mail of a family or person. Raises ValidationError when it is neither."""
    value, digits = number_of(kind, value)
    which = {"family": owner} if isinstance(owner, Family) else {"person": owner}
    return add(actor, Contact, kind=kind, value=value, digits=digits, note=note, is_preferred=is_preferred, **which)


@action("people.contact.end", label="Oznacz kontakt jako nieaktualny", who=keeps_register)
def end_contact(actor: Actor, contact: Contact, *, on: date) -> Contact:
    """The number or address works no longer."""
    return end(contact, on)


@action("people.institution_contact.add", label="Dodaj instytucję zaangażowaną", who=keeps_register)
def add_institution_contact(actor: Actor, family: Family, /, **fields: Any) -> InstitutionContact:
    """An institution or key person involved with the family."""
    return add(actor, InstitutionContact, family=family, **fields)


@action("people.institution_contact.end", label="Zakończ udział instytucji", who=keeps_register)
def end_institution_contact(actor: Actor, contact: InstitutionContact, *, on: date) -> InstitutionContact:
    """The institution is involved no longer."""
    return end(contact, on)
