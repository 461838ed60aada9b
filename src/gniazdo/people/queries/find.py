"""Finding people: parts in any order, no diacritics, one typo a part, part of a PESEL, a phone. Fast at a million."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from gniazdo.access.queries import PERMISSIONS, reads, visible
from gniazdo.access.rules import Actor
from gniazdo.orgs.queries import during
from gniazdo.people.models import Contact, Membership, NameToken, Person, PersonToken, TokenDeletion
from gniazdo.people.models.search import words_of
from gniazdo.people.queries.families import age_words
from gniazdo.people.queries.guards import sees_people
from gniazdo.people.rules import names
from gniazdo.people.vocab import FAMILY_ROLES
from gniazdo.platform.models import Prepared

LIMIT = 25
POOL = 400  # candidates fetched before sorting
TYPO_FROM = 4  # letters a word has before a typo in it is forgiven
NEAR = 2000  # words near any word of the search
COUNTED = 1500  # how far a pool of candidates is counted to tell the rarer
MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Found:
    """One hit: who, how old, and the families they belong to today (id, name, role)."""

    person_id: UUID
    name: str
    born_on: date | None
    age: str
    pesel: str
    families: tuple[tuple[UUID, str, str], ...]


def find_people_in(actor: Actor) -> QuerySet[Person]:
    """Persons the actor may find, without merged duplicates."""
    return visible(actor, "people.person.find", Person.objects.system()).filter(merged_into__isnull=True)


@reads("people.person.find", label="Szukaj osób", who=sees_people)
def find_people(actor: Actor, text: str, *, on: date, limit: int = LIMIT) -> list[Found]:
    """Persons matching `text` that the actor may see, in Polish order, at most `limit`.

    Case marks are found by the room of cases; the desk joins both.
    """
    words = names.fold(text).split()[:MOST_WORDS]
    digits = "".join(c for c in text if c.isdigit())
    if not words or len("".join(words)) < 2:
        return []
    whole = PERMISSIONS["people.person.find"].who.narrow(actor, Person) == Q() or actor.is_system
    if len(digits) >= 4 and not any(w.isalpha() for w in words):
        people = _by_number(actor, digits, whole=whole, limit=limit)
    else:
        people = _by_name_everywhere(actor, words, limit) if whole else _by_name_nearby(actor, words, limit)
    return _shown(people, on)


def _by_number(actor: Actor, digits: str, *, whole: bool, limit: int) -> list[Person]:
    """Persons by a part of a PESEL or of a phone, their own or their family's."""
    if not whole:  # a few hundred rows: any part is looked for at once
        phones = visible(actor, "people.person.find", Contact.objects.system()).filter(digits__contains=digits[-9:])
        rows = find_people_in(actor).filter(_owners(phones, limit) | Q(pesel__contains=digits))
        return list(rows.order_by("sort_key", "id")[:limit])
    phones = Contact.objects.for_actor(actor)
    begun = phones.filter(digits__gte=digits[-9:], digits__lt=names.after(digits[-9:]) or "~")
    found = {p.pk: p for p in find_people_in(actor).filter(_owners(begun, limit))[:limit]}
    # The beginning and the end of a PESEL are indexed; its middle is not.
    for column, part in (("pesel", digits), ("pesel_reversed", digits[::-1])):
        span = {f"{column}__gte": part, f"{column}__lt": names.after(part) or "~"}
        found |= {p.pk: p for p in find_people_in(actor).filter(**span).order_by(column)[:limit]}
    if not found:
        # Only when nothing else fits: it walks the indexes of the institution's numbers.
        found = {p.pk: p for p in find_people_in(actor).filter(pesel__contains=digits)[:limit]}
        within = _owners(phones.filter(digits__contains=digits[-9:]), limit)
        found |= {p.pk: p for p in find_people_in(actor).filter(within)[:limit]}
    return sorted(found.values(), key=lambda p: (p.sort_key, p.pk))[:limit]


def _owners(phones: QuerySet[Contact], limit: int) -> Q:
    """Whose phones these are: persons, or all of a family."""
    pairs = list(phones.values_list("person_id", "family_id")[:limit])
    families = [family for _person, family in pairs if family]
    people = [person for person, _family in pairs if person]
    if families:
        members = Membership.objects.system().filter(family_id__in=families)
        people += list(members.values_list("person_id", flat=True)[:limit])
    return Q(pk__in=people)


def _by_name_nearby(actor: Actor, words: list[str], limit: int) -> list[Person]:
    """Of a restricted post: its few hundred persons, compared one by one."""
    rows = _NEARBY.records(actor=actor)
    hits = [
        p
        for p in rows
        if all(any(names.word_hits(w, t) for t in [*words_of(p), *([p.pesel] if p.pesel else [])]) for w in words)
    ]
    return hits[:limit]


def _by_name_everywhere(actor: Actor, words: list[str], limit: int) -> list[Person]:
    if len(words) == 1:
        found = _by_surname_start(actor, words[0], limit)
        if len(found) >= limit:
            return found
    near = _near_words(actor, words)
    pools = [_tokens_like(actor, word, near) for word in words]
    if not all(pools):
        return []
    ids = _intersection(actor, pools)
    rows = sorted(_PEOPLE.records(actor=actor, ids=ids), key=lambda p: (p.sort_key, p.pk))
    if len(words) == 1:
        seen = {p.pk for p in found}
        return sorted([*found, *(p for p in rows if p.pk not in seen)][:limit], key=lambda p: (p.sort_key, p.pk))
    return rows[:limit]


def _by_surname_start(actor: Actor, word: str, limit: int) -> list[Person]:
    """Surnames beginning with the word, walked in Polish order: l before ł, each a range of the stored key."""
    found: list[Person] = []
    for prefix in names.key_prefixes(word):
        rows = find_people_in(actor).filter(sort_key__gte=prefix, sort_key__lt=prefix + "99")
        found += rows.order_by("sort_key", "id")[: limit - len(found)]
        if len(found) >= limit:
            break
    return found


def _near_words(actor: Actor, words: list[str]) -> set[str]:
    """Words of names that share a deletion with any of these (shorter ones than four letters forgive no typo)."""
    keys = [key for word in words if len(word) >= TYPO_FROM for key in names.deletions(word)]
    return {row[0] for row in _NEAR.rows(institution_id=actor.institution_id, keys=keys)} if keys else set()


def _tokens_like(actor: Actor, word: str, near: set[str]) -> list[str]:
    """Distinct words of names that begin with the word or, among the near ones, are one typo away."""
    asked = {"institution_id": actor.institution_id, "word": word, "end": names.after(word) or None}
    texts = [row[0] for row in _BEGINS.rows(**asked)]
    if len(word) >= TYPO_FROM:
        texts += sorted(t for t in near - set(texts) if names.distance(word, t, most=1) <= 1)
    return texts


def _begins(institution_id: UUID, word: str, end: str | None) -> QuerySet[Any, Any]:
    rows = NameToken.objects.filter(institution_id=institution_id, text__gte=word)
    return (rows.filter(text__lt=end) if end else rows).order_by("text").values_list("text")[:300]


def _near(institution_id: UUID, keys: list[str]) -> QuerySet[Any, Any]:
    return TokenDeletion.objects.filter(institution_id=institution_id, key__in=keys).values_list("text")[:NEAR]


def _intersection(actor: Actor, pools: list[list[str]]) -> list[UUID]:
    """Ids of persons who have a word of each pool; walks the rarest pool, asks the others by person."""
    asked = {"institution_id": actor.institution_id}
    if len(pools) > 1:
        sizes = _SIZE.counts(*({**asked, "pool": pool} for pool in pools))
        pools = [pool for _size, pool in sorted(zip(sizes, pools, strict=True))]
    others = {f"pool{n}": pool for n, pool in enumerate(pools[1:])}
    return [row[0] for row in _BOTH.rows(**asked, rarest=pools[0], **others)]


def _size(institution_id: UUID, pool: list[str]) -> QuerySet[Any, Any]:
    return PersonToken.objects.filter(institution_id=institution_id, text__in=pool).values_list("person_id")[:COUNTED]


def _both(institution_id: UUID, rarest: list[str], **others: list[str]) -> QuerySet[Any, Any]:
    rows = PersonToken.objects.filter(institution_id=institution_id, text__in=rarest)
    for pool in others.values():
        rows = rows.filter(Exists(PersonToken.objects.filter(person_id=OuterRef("person_id"), text__in=pool)))
    return rows.values_list("person_id")[:POOL]


def _people(actor: Actor, ids: list[UUID]) -> QuerySet[Person]:
    return find_people_in(actor).filter(pk__in=ids)


def _families(ids: list[UUID], on: date) -> QuerySet[Any, Any]:
    rows = Membership.objects.system().filter(during(on), person_id__in=ids).order_by("since", "id")
    return rows.values_list("person_id", "family_id", "family__name", "role")


def _nearby(actor: Actor) -> QuerySet[Person]:
    return find_people_in(actor).order_by("sort_key", "id")[:5000]


_BEGINS, _NEAR, _SIZE, _BOTH = Prepared(_begins), Prepared(_near), Prepared(_size), Prepared(_both)
_PEOPLE, _FAMILIES, _NEARBY = Prepared(_people), Prepared(_families), Prepared(_nearby)


def _shown(people: list[Person], on: date) -> list[Found]:
    families: dict[UUID, list[tuple[UUID, str, str]]] = {}
    for person_id, family_id, name, role in _FAMILIES.rows(ids=[p.pk for p in people], on=on):
        families.setdefault(person_id, []).append((family_id, name, FAMILY_ROLES.label_of(role)))
    return [
        Found(p.pk, p.full_name, p.born_on, age_words(p, on), p.pesel, tuple(families.get(p.pk, ()))) for p in people
    ]
