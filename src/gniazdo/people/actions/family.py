"""Verbs about a family and who belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gniazdo.access.actions import action, grant_access, lock
from gniazdo.access.models import AccessGrant
from gniazdo.access.queries import may
from gniazdo.access.rules import Actor, Refusal
from gniazdo.people.actions.person import not_a_duplicate
from gniazdo.people.actions.writing import add, change, draft_person, refuse_known_pesel, save_person
from gniazdo.people.models import Address, Contact, Family, Membership, Person
from gniazdo.people.models.search import index_names
from gniazdo.people.queries.guards import keeps_register, registers
from gniazdo.people.rules.names import polish_key
from gniazdo.platform.models import Prepared


def _new_family(actor: Actor, name: str, on: date) -> Family:
    if not name.strip():
        raise Refusal(_("Podaj nazwę rodziny."), advice=_("Zwykle jest to nazwisko."), field="name")
    name = name.strip()[:120]
    family = add(actor, Family, name=name, sort_key=polish_key(name)[:240])
    if not actor.is_system and not actor.has_role("manager", "secretary"):
        # Who writes a family in must be able to open it until the case is assigned.
        grant_access(actor, subject_id=family.pk, post_id=actor.post_id, since=on, basis=AccessGrant.Basis.INTAKE)
    return family


@action("people.family.found", label="Załóż rodzinę", who=registers)
def found_family(actor: Actor, _scope: object, *, name: str, on: date) -> Family:
    """A family without members yet. Raises Refusal without a name."""
    return _new_family(actor, name, on)


@action("people.family.register", label="Wpisz rodzinę z osobami", who=registers)
def register_family_with_people(
    actor: Actor,
    _scope: object,
    *,
    name: str,
    people: Iterable[Mapping[str, Any]],
    on: date,
    address: Mapping[str, Any] | None = None,
    phone: str = "",
    not_duplicate_reason: str = "",
) -> Family:
    """A family with its people, address and phones at once, in about ten statements. For referrals and the import.

    Each of `people` has the fields of a person, `role` and optionally `person_id` (somebody already here), `at_home`,
    `since`, `phone`. Raises Refusal when a PESEL or a person of that name and birth date is already here and
    `not_duplicate_reason` is empty; ValidationError at wrong fields.
    """
    given = [dict(p) for p in people]
    new: list[tuple[dict[str, Any], Person]] = [
        (p, draft_person(actor, p, on)) for p in given if not p.get("person_id")
    ]
    persons = [person for _given, person in new]
    refuse_known_pesel(actor, persons)
    _refuse_lookalikes(actor, persons, not_duplicate_reason)
    family = _new_family(actor, name, on)
    for person in persons:
        person.not_duplicate_reason = not_duplicate_reason.strip()[:200]
    Person.objects.system().bulk_create(persons)
    index_names(persons, fresh=True)
    contacts = _bring_together(actor, family, given, persons, on)
    if phone:
        contacts.append(_phone(actor, phone, family_id=family.pk))
    if contacts:
        Contact.objects.system().bulk_create(contacts)
    if address and any(address.get(part) for part in ("street", "town")):
        lines = {part: str(address.get(part) or "") for part in ("street", "postal_code", "town", "teryt")}
        add(actor, Address, family=family, since=on, **lines | {"town": lines["town"] or _("nieznana")})
    return family


def _bring_together(
    actor: Actor, family: Family, given: list[dict[str, Any]], persons: list[Person], on: date
) -> list[Contact]:
    """Make everyone named a member; gives back their phones, not yet saved."""
    made = iter(persons)
    members, contacts = [], []
    for one in given:
        person_id = one.get("person_id") or next(made).pk
        members.append(
            Membership(
                institution_id=actor.institution_id, family=family, person_id=person_id, role=one.get("role") or "OTHER",
                since=one.get("since") or on, at_home=one.get("at_home", True),
            )
        )  # fmt: skip
        if one.get("phone"):
            contacts.append(_phone(actor, str(one["phone"]), person_id=person_id))
    _known_here(actor, [one["person_id"] for one in given if one.get("person_id")])
    Membership.objects.system().bulk_create(members)
    return contacts


def _phone(actor: Actor, number: str, /, **owner: Any) -> Contact:
    digits = "".join(c for c in number if c.isdigit())[-9:]
    return Contact(
        institution_id=actor.institution_id, kind="PHONE", value=number.strip()[:120], digits=digits, **owner
    )


def _refuse_lookalikes(actor: Actor, persons: list[Person], reason: str) -> None:
    if reason.strip() or not persons:
        return
    named = {(p.fold_last, p.fold_first, p.born_on) for p in persons if p.first_name and p.last_name and p.born_on}
    # One flat query for all: a condition per person costs more to build than to ask.
    rows = _ALIKE.rows(
        actor=actor, names={last for last, _first, _born in named}, days={born for _last, _first, born in named}
    )
    alike = next((row for row in rows if row[:3] in named), None)
    if alike is not None:
        raise Refusal(
            _("Osoba o podobnych danych jest już w systemie: %s.") % f"{alike[3]} {alike[4]}",
            advice=_("Wybierz ją z listy albo napisz, dlaczego to ktoś inny."),
            field="not_duplicate_reason",
        )


def _alike(actor: Actor, names: list[str], days: list[date]) -> QuerySet[Any, Any]:
    rows = Person.objects.for_actor(actor).filter(fold_last__in=names, born_on__in=days, merged_into__isnull=True)
    return rows.order_by("pk").values_list("fold_last", "fold_first", "born_on", "first_name", "last_name")[:200]


_ALIKE = Prepared(_alike)


def _known_here(actor: Actor, person_ids: list[Any]) -> None:
    if person_ids and Person.objects.for_actor(actor).filter(pk__in=person_ids).count() != len(set(person_ids)):
        raise Refusal(_("Wybranej osoby nie ma w tej instytucji."), field="person")


@action("people.family.register_member", label="Wpisz nowego członka rodziny", who=keeps_register)
def register_member(
    actor: Actor, family: Family, /, *, on: date, role: str, seen: str, since: date | None = None, at_home: bool = True,
    not_duplicate_reason: str = "", **fields: Any,
) -> Membership:  # fmt: skip
    """A new person who belongs to the family. Raises as `register_person` does."""
    person = draft_person(actor, fields, on)
    not_a_duplicate(actor, fields, seen=seen, reason=not_duplicate_reason)
    refuse_known_pesel(actor, [person])
    person.not_duplicate_reason = not_duplicate_reason.strip()[:200]
    save_person(person, fresh=True)
    return add(actor, Membership, family=family, person=person, role=role, since=since or on, at_home=at_home)


@action("people.family.join", label="Dołącz osobę do rodziny", who=keeps_register)
def join_family(
    actor: Actor, family: Family, *, person: Person, role: str, since: date, at_home: bool = True
) -> Membership:
    """Somebody already here belongs to the family from a day.

    Raises Refusal when the period overlaps, or when the post may not see that person: joining would open their file.
    """
    _known_here(actor, [person.pk])
    if not may(actor, "people.person.view", person):
        raise Refusal(
            _("Ta osoba należy do rodziny, z którą nie pracujesz."),
            advice=_("O dołączenie jej poproś kierownika lub sekretariat."),
            field="person",
        )
    if person.merged_into_id:
        raise Refusal(_("Ta osoba została połączona z inną. Wybierz tamtą."), field="person")
    return add(actor, Membership, family=family, person=person, role=role, since=since, at_home=at_home)


@action("people.family.change_membership", label="Zmień rolę w rodzinie lub to, czy z nią mieszka", who=keeps_register)
def change_membership(actor: Actor, membership: Membership, *, on: date, role: str, at_home: bool) -> Membership:
    """From that day another role in the family, or living with it or not; how it was before stays in the history.

    On the very day it began the row itself changes. Raises Refusal when it has ended, begins later, or nothing differs.
    """
    membership = lock(membership)
    if membership.until is not None:
        raise Refusal(_("Ta osoba już nie należy do rodziny."))
    if on < membership.since:
        raise Refusal(
            _("Zmiana nie może być wcześniejsza niż początek (%s).") % membership.since.strftime("%d.%m.%Y"), field="on"
        )
    if (role, at_home) == (membership.role, membership.at_home):
        raise Refusal(_("Nic się nie zmienia: tak jest już zapisane."), field="role")
    if on == membership.since:
        return change(membership, role=role, at_home=at_home)
    change(membership, until=on)
    return add(
        actor, Membership, family=membership.family, person=membership.person, role=role, since=on, at_home=at_home
    )


@action("people.family.leave", label="Zakończ przynależność do rodziny", who=keeps_register)
def leave_family(actor: Actor, membership: Membership, *, on: date) -> Membership:
    """The person belongs to the family no longer from that day. Raises Refusal when it has ended or not begun."""
    membership = lock(membership)
    if membership.until is not None:
        raise Refusal(_("Ta osoba już nie należy do rodziny."))
    if on <= membership.since:
        raise Refusal(_("Koniec musi być po początku (%s).") % membership.since.strftime("%d.%m.%Y"), field="on")
    membership.until = on
    membership.save()
    return membership
