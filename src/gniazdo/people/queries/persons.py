"""One person with all that is recorded of them, as far as the post may see."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from gniazdo.access.models import JournalEntry
from gniazdo.access.queries import fetch, may, note_read, reads
from gniazdo.access.rules import Actor
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


@reads("people.person.view", label="Zobacz osobę", who=sees_people)
def person_of_id(actor: Actor, person_id: UUID) -> Person:
    """A person the actor may see. Raises NotHere."""
    return fetch(actor, "people.person.view", Person, person_id)


@reads("people.person.sensitive", label="Zobacz dane wrażliwe osoby", who=sees_sensitive)
def sensitive_of(actor: Actor, person: Person) -> dict[str, list[Any]]:
    """Needs, certificates, health, life and child situations of a person already allowed; empty for a post that may not."""
    if not may(actor, "people.person.sensitive", person):
        return {}
    newest = ("-on", "-id")
    found: dict[str, list[Any]] = {
        "needs": list(Need.objects.system().filter(person=person).order_by("until", "id")),
        "certificates": list(
            DisabilityCertificate.objects.system().filter(person=person).order_by("-valid_until", "-id")
        ),
        "health": list(HealthCard.objects.system().filter(person=person).order_by(*newest)[:5]),
        "life": list(LifeSituation.objects.system().filter(person=person).order_by(*newest)[:5]),
        "child": list(ChildSituation.objects.system().filter(person=person).order_by(*newest)[:5]),
    }
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
    person = person_of_id(actor, person_id)
    note_read("people.person.view", person)
    ties = Kinship.objects.system().filter(Q(first=person) | Q(second=person)).select_related("first", "second")
    kin = []
    for tie in ties.order_by("kind", "since", "id"):
        mine = tie.first_id == person.pk
        kin.append((tie, tie.second if mine else tie.first, "first" if mine else "second"))
    return PersonPage(
        person=person,
        age=age_words(person, on),
        memberships=list(Membership.objects.system().filter(person=person).select_related("family").order_by("-since", "-id")),
        kin=kin,
        authorities=list(
            ParentalAuthority.objects.system().filter(Q(child=person) | Q(parent=person)).select_related("child", "parent")
            .order_by("child_id", "parent_id", "-since")
        ),
        addresses=list(Address.objects.system().filter(person=person).order_by("kind", "-since")),
        contacts=list(Contact.objects.system().filter(person=person).order_by("until", "-is_preferred", "id")),
        schooling=list(Schooling.objects.system().filter(person=person).order_by("-since")),
        secrets=secret_addresses_open_to(actor, person_ids=[person.pk]),
        merges=list(Merge.objects.system().filter(kept=person, undone_on__isnull=True).select_related("lost").order_by("-merged_on")),
        changes=list(JournalEntry.objects.filter(object_id=person.pk, outcome="done").order_by("-id")[:20]),
        sensitive=sensitive_of(actor, person),
    )  # fmt: skip
