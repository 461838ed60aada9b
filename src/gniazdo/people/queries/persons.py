"""One person with all that is recorded of them, as far as the post may see."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet

from gniazdo.access.models import JournalEntry
from gniazdo.access.queries import fetch, may, note_read, reads, visible
from gniazdo.access.rules import Actor, NotHere
from gniazdo.people.models import (
    Address,
    ChildSituation,
    Contact,
    DisabilityCertificate,
    HealthCard,
    Kinship,
    LifeSituation,
    Membership,
    Merge,
    Need,
    ParentalAuthority,
    Person,
    Schooling,
)
from gniazdo.people.queries.families import age_words
from gniazdo.people.queries.guards import sees_people, sees_sensitive
from gniazdo.people.queries.secrets import secret_addresses_open_to
from gniazdo.platform.models import Prepared, gathered, taken


@reads("people.person.view", label="Zobacz osobę", who=sees_people)
def person_of_id(actor: Actor, person_id: UUID) -> Person:
    """A person the actor may see. Raises NotHere."""
    return fetch(actor, "people.person.view", Person, person_id)


OPEN: dict[str, type[Any]] = {"addresses": Address, "contacts": Contact, "schooling": Schooling}
SENSITIVE: dict[str, type[Any]] = {
    "needs": Need, "certificates": DisabilityCertificate, "health": HealthCard, "life": LifeSituation,
    "child": ChildSituation,
}  # fmt: skip
LONG_AFTER = date(9999, 12, 31)


@reads("people.person.sensitive", label="Zobacz dane wrażliwe osoby", who=sees_sensitive)
def sensitive_of(actor: Actor, person: Person) -> dict[str, list[Any]]:
    """Needs, certificates, health, life and child situations of a person from `_person`; empty for a post that may not."""
    if not may(actor, "people.person.sensitive", person):
        return {}
    found: dict[str, list[Any]] = {name: taken(model, getattr(person, name)) for name, model in SENSITIVE.items()}
    found["needs"].sort(key=lambda row: (row.until or LONG_AFTER, row.pk))
    found["certificates"].sort(key=lambda row: (row.valid_until or LONG_AFTER, row.pk), reverse=True)
    for name in ("health", "life", "child"):
        found[name] = sorted(found[name], key=lambda row: (row.on, row.pk), reverse=True)[:5]
    return found if any(found.values()) else {}


@dataclass(frozen=True, slots=True)
class PersonPage:
    """All a person's page shows."""

    person: Person
    age: str
    memberships: list[Membership]
    kin: list[tuple[Kinship, Person, str]]
    authorities: list[ParentalAuthority]
    addresses: list[Address]
    contacts: list[Contact]
    schooling: list[Schooling]
    secrets: list[UUID]
    merges: list[Merge]
    changes: list[JournalEntry]
    sensitive: dict[str, list[Any]] = field(default_factory=dict)


def person_page(actor: Actor, person_id: UUID, on: date) -> PersonPage:
    """A person with kinship, authority, addresses, documents and changes, in a bounded number of queries. Raises NotHere."""
    rows = _PERSON.records(actor=actor, person_id=person_id)
    if not rows:
        raise NotHere("Person", {"code": "people.person.view", "id": str(person_id)})
    person = rows[0]
    note_read("people.person.view", person)
    addresses, contacts, schooling = (taken(model, getattr(person, name)) for name, model in OPEN.items())
    kin = []
    for tie in _KIN.records(person_id=person.pk):
        mine = tie.first_id == person.pk
        kin.append((tie, tie.second if mine else tie.first, "first" if mine else "second"))
    return PersonPage(
        person=person,
        age=age_words(person, on),
        memberships=_MEMBER_OF.records(person_id=person.pk),
        kin=kin,
        authorities=_AUTHORITY.records(person_id=person.pk),
        addresses=sorted(sorted(addresses, key=lambda a: a.since, reverse=True), key=lambda a: a.kind),
        contacts=sorted(contacts, key=lambda c: (c.until or LONG_AFTER, not c.is_preferred, c.pk)),
        schooling=sorted(schooling, key=lambda s: s.since, reverse=True),
        secrets=secret_addresses_open_to(actor, person_ids=[person.pk]),
        merges=_MERGES.records(person_id=person.pk),
        changes=_CHANGES.records(person_id=person.pk),
        sensitive=sensitive_of(actor, person),
    )


def _person(actor: Actor, person_id: UUID) -> QuerySet[Person]:
    rows = visible(actor, "people.person.view", Person.objects.system()).filter(pk=person_id)
    mine = {
        name: gathered(model.objects.system().filter(person_id=OuterRef("pk")), "person_id")
        for name, model in {**OPEN, **SENSITIVE}.items()
    }
    return rows.annotate(**mine)


def _kin(person_id: UUID) -> QuerySet[Kinship]:
    rows = Kinship.objects.system().filter(Q(first_id=person_id) | Q(second_id=person_id))
    return rows.select_related("first", "second").order_by("kind", "since", "id")


def _member_of(person_id: UUID) -> QuerySet[Membership]:
    return Membership.objects.system().filter(person_id=person_id).select_related("family").order_by("-since", "-id")


def _authority(person_id: UUID) -> QuerySet[ParentalAuthority]:
    rows = ParentalAuthority.objects.system().filter(Q(child_id=person_id) | Q(parent_id=person_id))
    return rows.select_related("child", "parent").order_by("child_id", "parent_id", "-since")


def _merges(person_id: UUID) -> QuerySet[Merge]:
    rows = Merge.objects.system().filter(kept_id=person_id, undone_on__isnull=True)
    return rows.select_related("lost").order_by("-merged_on")


def _changes(person_id: UUID) -> QuerySet[JournalEntry]:
    return JournalEntry.objects.filter(object_id=person_id, outcome="done").order_by("-id")[:20]


_PERSON, _KIN, _MEMBER_OF = Prepared(_person), Prepared(_kin), Prepared(_member_of)
_AUTHORITY, _MERGES, _CHANGES = Prepared(_authority), Prepared(_merges), Prepared(_changes)
