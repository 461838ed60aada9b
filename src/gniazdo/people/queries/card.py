"""The family card (karta rodziny): derived from what is recorded, never retyped."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from gniazdo.access.queries import fetch, reads
from gniazdo.access.rules import Actor
from gniazdo.orgs.queries import during
from gniazdo.people.models import (
    ChildSituation,
    Consent,
    Contact,
    DisabilityCertificate,
    EcoTie,
    Family,
    FinanceSnapshot,
    HazardFlag,
    HealthCard,
    HousingSnapshot,
    InstitutionContact,
    LifeSituation,
    Membership,
    Need,
    ParentalAuthority,
    PastEvent,
    Person,
    Schooling,
)
from gniazdo.people.queries.families import age_words, memberships_on, one_line, with_address
from gniazdo.people.queries.guards import sees_sensitive
from gniazdo.people.vocab import FAMILY_ROLES


def consent_counts(on: date) -> Q:
    """Consents in force that day: given, not withdrawn, not run out. The same as `Consent.is_in_force`."""
    kept = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on)
    lasting = Q(valid_until__isnull=True) | Q(valid_until__gte=on)
    return Q(given_on__lte=on) & kept & lasting


@dataclass(frozen=True, slots=True)
class CardPerson:
    """One member on the card, with the latest of everything known that day (None or empty where nothing is)."""

    person: Person
    role: str
    role_label: str
    at_home: bool
    age: str
    life: LifeSituation | None
    child: ChildSituation | None
    health: HealthCard | None
    school: Schooling | None
    certificates: tuple[DisabilityCertificate, ...]
    needs: tuple[Need, ...]
    phones: tuple[str, ...]
    authority: tuple[ParentalAuthority, ...]
    """Over a child: rows of its parents; of a parent: none (see the children)."""


@dataclass(frozen=True, slots=True)
class FamilyCard:
    """Everything the family card paper needs from this room; who works with the family comes from the case."""

    family: Family
    on: date
    address: str
    address_is_secret: bool
    phones: tuple[str, ...]
    adults: tuple[CardPerson, ...]
    children: tuple[CardPerson, ...]
    housing: HousingSnapshot | None
    finance: FinanceSnapshot | None
    institutions: tuple[InstitutionContact, ...]
    past: tuple[PastEvent, ...]
    hazards: tuple[HazardFlag, ...]
    consents: tuple[Consent, ...]
    ties: tuple[EcoTie, ...]


def _grouped(rows: Any, by: str = "person_id") -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, by)].append(row)
    return found


@reads("people.family.card", label="Zobacz kartę rodziny", who=sees_sensitive)
def family_card(actor: Actor, family_id: UUID, on: date) -> FamilyCard:
    """The card on a day, in sixteen queries whatever the size of the family. Never a secret address. Raises NotHere."""
    family = fetch(actor, "people.family.card", with_address(Family.objects.system(), on), family_id)
    members = memberships_on(family.pk, on)
    current = Q(until__isnull=True) | Q(until__gt=on)
    phones = list(
        Contact.objects.system()
        .filter(current, Q(family_id=family.pk) | Q(person_id__in=[m.person_id for m in members]), kind="PHONE")
        .order_by("-is_preferred", "id")
    )
    cards = _card_people(members, phones, on)
    return FamilyCard(
        family=family, on=on, address=one_line(family), address_is_secret=family.is_secret,  # type: ignore[attr-defined]
        phones=tuple(p.value for p in phones if p.family_id),
        adults=tuple(c for c in cards if c.role != "CHILD"), children=tuple(c for c in cards if c.role == "CHILD"),
        **_card_family(family, [m.person_id for m in members], on),
    )  # fmt: skip


def _card_people(members: list[Membership], phones: list[Contact], on: date) -> list[CardPerson]:
    """What the card says of each member."""
    ids = [m.person_id for m in members]
    known = during(on)
    latest: dict[Any, dict[UUID, Any]] = {}
    for model in (LifeSituation, ChildSituation, HealthCard):
        rows = model.objects.system().filter(person_id__in=ids, on__lte=on).order_by("on", "id")
        latest[model] = {row.person_id: row for row in rows}
    schools = {s.person_id: s for s in Schooling.objects.system().filter(known, person_id__in=ids).order_by("since")}
    current = Q(until__isnull=True) | Q(until__gt=on)
    needs = _grouped(Need.objects.system().filter(current, person_id__in=ids).order_by("id"))
    papers = _grouped(DisabilityCertificate.objects.system().filter(person_id__in=ids).order_by("valid_until", "id"))
    authority = _grouped(
        ParentalAuthority.objects.system()
        .filter(known, child_id__in=ids)
        .select_related("parent")
        .order_by("parent_id"),
        "child_id",
    )

    def card_of(m: Membership) -> CardPerson:
        who = m.person_id
        return CardPerson(
            person=m.person, role=m.role, role_label=FAMILY_ROLES.label_of(m.role), at_home=m.at_home, age=age_words(m.person, on),
            life=latest[LifeSituation].get(who), child=latest[ChildSituation].get(who), health=latest[HealthCard].get(who),
            school=schools.get(who), certificates=tuple(papers[who]), needs=tuple(needs[who]),
            phones=tuple(p.value for p in phones if p.person_id == who), authority=tuple(authority[who]),
        )  # fmt: skip

    return [card_of(m) for m in members]


def _card_family(family: Family, ids: list[UUID], on: date) -> dict[str, Any]:
    """What the card says of the family as a whole."""
    current = Q(until__isnull=True) | Q(until__gt=on)
    of_family = {"family_id": family.pk}
    return {
        "housing": HousingSnapshot.objects.system().filter(on__lte=on, **of_family).order_by("-on", "-id").first(),
        "finance": FinanceSnapshot.objects.system().filter(on__lte=on, **of_family).order_by("-on", "-id").first(),
        "institutions": tuple(
            InstitutionContact.objects.system().filter(Q(family_id=family.pk) | Q(person_id__in=ids)).filter(current).order_by("name", "id")
        ),
        "past": tuple(PastEvent.objects.system().filter(**of_family).order_by("since", "id")),
        "hazards": tuple(
            HazardFlag.objects.system().filter(Q(lifted_on__isnull=True) | Q(lifted_on__gt=on), raised_on__lte=on, **of_family)
            .order_by("raised_on", "id")
        ),
        "consents": tuple(Consent.objects.system().filter(consent_counts(on), **of_family).select_related("person").order_by("given_on", "id")),
        "ties": tuple(EcoTie.objects.system().filter(during(on), **of_family).order_by("kind", "party", "id")),
    }  # fmt: skip
