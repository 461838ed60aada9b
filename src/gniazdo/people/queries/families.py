"""Families: who belongs to one on a day, its header, the list in Polish order."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from gniazdo.access.queries import fetch, may, note_read, reads, visible
from gniazdo.access.rules import Actor, NotHere
from gniazdo.orgs.queries import during
from gniazdo.people.models import (
    Address,
    ChildSituation,
    Contact,
    Family,
    HazardFlag,
    Membership,
    ParentalAuthority,
    Person,
    SecretAddress,
)
from gniazdo.people.queries.guards import sees_people, sees_sensitive
from gniazdo.people.rules import checks
from gniazdo.people.rules.names import polish_key
from gniazdo.people.vocab import AUTHORITY_KINDS, FAMILY_ROLES, HAZARD_KINDS
from gniazdo.platform.models import Prepared

PAGE = 25


def age_words(person: Person, on: date) -> str:
    """Age as people say it, in the right plural; age at death for the dead; "" when the birth date is unknown."""
    if person.is_unborn or person.born_on is None:
        return ""
    number, unit = checks.age_parts(person.born_on, on=min(person.died_on or on, on))
    forms = {
        "years": (_("%(n)d rok"), _("%(n)d lata"), _("%(n)d lat")),
        "months": (_("%(n)d miesiąc"), _("%(n)d miesiące"), _("%(n)d miesięcy")),
        "days": (_("%(n)d dzień"), _("%(n)d dni"), _("%(n)d dni")),
    }[unit]
    said = forms[checks.plural(number)] % {"n": number}
    return _("ok. %s") % said if person.birth_is_estimated else said


@dataclass(frozen=True, slots=True)
class MemberChip:
    """A member of a family as a chip: name, age, role and what marks them."""

    person_id: UUID
    membership_id: UUID
    name: str
    age: str
    role: str
    role_label: str
    sex: str
    born_on: date | None
    at_home: bool
    is_child: bool
    is_unborn: bool
    due_on: date | None
    is_deceased: bool
    in_care: bool
    authority: str
    """Of a parent over the family's children; "" when full or not recorded."""


@dataclass(frozen=True, slots=True)
class FamilyHeader:
    """What always stands on top of a family's pages."""

    family_id: UUID
    name: str
    members: tuple[MemberChip, ...]
    hazards: tuple[str, ...]
    visit_in_pairs: bool
    address: str
    address_is_secret: bool
    phones: tuple[tuple[str, str], ...]
    """(number, whose)."""


@reads("people.sensitive.view", label="Zobacz dane wrażliwe rodziny", who=sees_sensitive)
def hazards_of(actor: Actor, family_id: UUID, on: date) -> list[HazardFlag]:
    """Hazard flags in force, oldest first: shown before every visit."""
    return _HAZARDS.records(actor=actor, families=[family_id], on=on)


def hazards_by_family(actor: Actor, families: Collection[UUID], on: date) -> dict[UUID, list[HazardFlag]]:
    """Hazard flags in force of each of these families that the actor may see: one query."""
    found: dict[UUID, list[HazardFlag]] = {}
    for flag in _HAZARDS.records(actor=actor, families=families, on=on):
        found.setdefault(flag.family_id, []).append(flag)
    return found


def _hazards(actor: Actor, families: list[UUID], on: date) -> QuerySet[HazardFlag]:
    rows = visible(actor, "people.sensitive.view", HazardFlag.objects.system()).filter(family_id__in=families)
    return _in_force(rows, on).order_by("raised_on", "id")


def _in_force(flags: QuerySet[HazardFlag], on: date) -> QuerySet[HazardFlag]:
    return flags.filter(Q(lifted_on__isnull=True) | Q(lifted_on__gt=on), raised_on__lte=on)


@reads("people.family.view", label="Zobacz rodzinę i jej członków", who=sees_people)
def family_of_id(actor: Actor, family_id: UUID) -> Family:
    """A family the actor may see. Raises NotHere."""
    return fetch(actor, "people.family.view", Family, family_id)


def memberships_on(family_id: UUID, on: date) -> list[Membership]:
    """Memberships in force with persons, adults first, children by age, without merged duplicates: one query.

    Each carries `in_care` (the child's last known situation) and `weaker` (a parent's authority when not full).
    """
    order = {word.code: n for n, word in enumerate(FAMILY_ROLES)}
    return sorted(
        _MEMBERS.records(family_id=family_id, on=on),
        key=lambda m: (
            m.role in ("CHILD", "ADULT_CHILD"),
            m.person.is_unborn,
            m.role not in ("CHILD", "ADULT_CHILD") and not m.at_home,
            0 if m.role in ("CHILD", "ADULT_CHILD") else order[m.role],
            m.person.born_on or date(9999, 1, 1),
        ),
    )


def _members(family_id: UUID, on: date) -> QuerySet[Membership]:
    care = ChildSituation.objects.system().filter(person_id=OuterRef("person_id"), on__lte=on).order_by("-on", "-id")
    weaker = (
        ParentalAuthority.objects.system()
        .filter(during(on), parent_id=OuterRef("person_id"))
        .exclude(kind="FULL")
        .order_by("-since")
    )
    return (
        Membership.objects.system()
        .filter(during(on), family_id=family_id, person__merged_into__isnull=True)
        .select_related("person")
        .annotate(in_care=Subquery(care.values("in_care")[:1]), weaker=Subquery(weaker.values("kind")[:1]))
        .order_by("person__born_on", "person__sort_key", "id")
    )


@reads("people.family.members", label="Zobacz skład rodziny", who=sees_people)
def family_members(actor: Actor, family_id: UUID, on: date) -> list[Membership]:
    """Who belongs to the family that day (Membership with .person), adults first, children by age. Raises NotHere."""
    if not visible(actor, "people.family.view", Family.objects.system()).filter(pk=family_id).exists():
        raise NotHere("Family", {"code": "people.family.members", "id": str(family_id)})
    return memberships_on(family_id, on)


def chip_of(m: Membership, on: date) -> MemberChip:
    """The chip of a membership from `memberships_on`."""
    person = m.person
    return MemberChip(
        person_id=m.person_id,
        membership_id=m.pk,
        name=(person.first_name or _("dziecko nienarodzone")) if person.is_unborn else person.full_name,
        age=age_words(person, on),
        role=m.role,
        role_label=FAMILY_ROLES.label_of(m.role),
        sex=person.sex,
        born_on=person.born_on,
        at_home=m.at_home,
        is_child=m.role == "CHILD",
        is_unborn=person.is_unborn,
        due_on=person.due_on,
        is_deceased=person.died_on is not None and person.died_on <= on,
        in_care=bool(getattr(m, "in_care", False)),
        authority=AUTHORITY_KINDS.label_of(m.weaker) if getattr(m, "weaker", None) else "",  # type: ignore[attr-defined]
    )


def with_address(families: QuerySet[Family], on: date) -> QuerySet[Family]:
    """Families with `is_secret`, `street`, `postal_code`, `town` of today's residence; the lines are empty for a secret one."""
    secret = SecretAddress.objects.system().filter(during(on)).filter(
        Q(family_id=OuterRef("pk"))
        | Q(person_id__in=Membership.objects.system().filter(during(on), family_id=OuterRef(OuterRef("pk"))).values("person_id"))
    )  # fmt: skip
    home = Address.objects.system().filter(during(on), family_id=OuterRef("pk"), kind="RESIDENCE")
    return families.annotate(
        is_secret=Exists(secret),
        street=Subquery(home.values("street")[:1]),
        postal_code=Subquery(home.values("postal_code")[:1]),
        town=Subquery(home.values("town")[:1]),
    )


def one_line(family: Family) -> str:
    """The address of a family from `with_address`; "" when secret or unknown."""
    if family.is_secret:  # type: ignore[attr-defined]
        return ""
    street, code, town = family.street, family.postal_code, family.town  # type: ignore[attr-defined]
    return ", ".join(part for part in (street, f"{code or ''} {town or ''}".strip()) if part)


def family_header(actor: Actor, family_id: UUID, on: date) -> FamilyHeader:
    """Chips, hazards, address unless secret, phones: three queries, four with hazards. Raises NotHere."""
    found = _HEADER.records(actor=actor, family_id=family_id, on=on)
    if not found:
        raise NotHere("Family", {"code": "people.family.view", "id": str(family_id)})
    family = found[0]
    note_read("people.family.view", family)
    members = memberships_on(family.pk, on)
    flagged = family.is_flagged and may(actor, "people.sensitive.view", family)
    hazards = hazards_of(actor, family.pk, on) if flagged else []
    names = {m.person_id: m.person.first_name for m in members}
    phones = _PHONES.rows(family_id=family.pk, persons=list(names) or [family.pk], on=on)
    return FamilyHeader(
        family_id=family.pk,
        name=family.name,
        members=tuple(chip_of(m, on) for m in members),
        hazards=tuple(f"{HAZARD_KINDS.label_of(h.kind)}: {h.words}" for h in hazards),
        visit_in_pairs=any(h.visit_in_pairs for h in hazards),
        address=one_line(family),
        address_is_secret=family.is_secret,
        phones=tuple((number, names.get(person_id, "")) for number, person_id in phones),
    )


def _header(actor: Actor, family_id: UUID, on: date) -> QuerySet[Family]:
    rows = visible(actor, "people.family.view", Family.objects.system()).filter(pk=family_id)
    flags = _in_force(HazardFlag.objects.system().filter(family_id=OuterRef("pk")), on)
    return with_address(rows, on).annotate(is_flagged=Exists(flags))


def _phones(family_id: UUID, persons: list[UUID], on: date) -> QuerySet[Any, Any]:
    rows = Contact.objects.system().filter(Q(family_id=family_id) | Q(person_id__in=persons), kind="PHONE")
    rows = rows.filter(Q(until__isnull=True) | Q(until__gt=on))
    return rows.order_by("-is_preferred", "id").values_list("value", "person_id")[:6]


_HAZARDS, _MEMBERS, _HEADER, _PHONES = Prepared(_hazards), Prepared(_members), Prepared(_header), Prepared(_phones)


@reads("people.family.list", label="Zobacz listę rodzin", who=sees_people)
def families_page(actor: Actor, on: date, *, text: str = "", after: str = "") -> tuple[list[Family], str]:
    """A page of families in Polish order, from `after` (the key of the last one shown); and the key of the next page or ""."""
    rows = visible(actor, "people.family.list", Family.objects.system())
    if text:
        key = polish_key(text)
        rows = rows.filter(sort_key__gte=key, sort_key__lt=key + "~")
    if after:
        key, _sep, pk = after.partition(".")
        try:
            # The second condition is what an index walks.
            rows = rows.filter(Q(sort_key__gt=key) | Q(sort_key=key, pk__gt=UUID(pk)), sort_key__gte=key)
        except ValueError:
            rows = rows.none()
    found = list(with_address(rows, on).order_by("sort_key", "id")[: PAGE + 1])
    following = f"{found[PAGE - 1].sort_key}.{found[PAGE - 1].pk}" if len(found) > PAGE else ""
    for family in found[:PAGE]:
        family.address = one_line(family)  # type: ignore[attr-defined]
    return found[:PAGE], following
