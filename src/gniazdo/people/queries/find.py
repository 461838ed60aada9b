"""Finding people: parts in any order, no diacritics, one typo a part, part of a PESEL, a phone. Fast at a million."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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

LIMIT = 25
POOL = 400  # candidates fetched before sorting
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
    phones = Contact.objects.for_actor(actor).filter(
        digits__gte=digits[-9:], digits__lt=names.after(digits[-9:]) or "~"
    )
    owners = Q(pk__in=list(phones.filter(person__isnull=False).values_list("person_id", flat=True)[:limit]))
    families = list(phones.filter(family__isnull=False).values_list("family_id", flat=True)[:limit])
    if families:
        owners |= Q(
            pk__in=list(
                Membership.objects.system().filter(family_id__in=families).values_list("person_id", flat=True)[:limit]
            )
        )
    if not whole:
        rows = find_people_in(actor).filter(owners | Q(pesel__contains=digits))
        return list(rows.order_by("sort_key", "id")[:limit])
    found = {p.pk: p for p in find_people_in(actor).filter(owners)[:limit]}
    # The beginning and the end of a PESEL are indexed; its middle is not, at a million persons.
    for column, part in (("pesel", digits), ("pesel_reversed", digits[::-1])):
        span = {f"{column}__gte": part, f"{column}__lt": names.after(part) or "~"}
        found |= {p.pk: p for p in find_people_in(actor).filter(**span).order_by(column)[:limit]}
    return sorted(found.values(), key=lambda p: (p.sort_key, p.pk))[:limit]


def _by_name_nearby(actor: Actor, words: list[str], limit: int) -> list[Person]:
    """Of a restricted post: its few hundred persons, compared one by one."""
    rows = find_people_in(actor).order_by("sort_key", "id")[:5000]
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
    pools = [_tokens_like(actor, word) for word in words]
    if not all(pools):
        return []
    ids = _intersection(actor, pools)
    rows = sorted(find_people_in(actor).filter(pk__in=ids), key=lambda p: (p.sort_key, p.pk))
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


def _tokens_like(actor: Actor, word: str) -> list[str]:
    """Distinct words of names that begin with the word or are one typo away."""
    known = NameToken.objects.filter(institution_id=actor.institution_id)
    span = known.filter(text__gte=word)
    end = names.after(word)
    texts = list((span.filter(text__lt=end) if end else span).order_by("text").values_list("text", flat=True)[:300])
    if len(word) >= 4:
        near = TokenDeletion.objects.filter(institution_id=actor.institution_id, key__in=names.deletions(word))
        close = set(near.values_list("text", flat=True)[:500]) - set(texts)
        texts += sorted(t for t in close if names.distance(word, t, most=1) <= 1)
    return texts


def _intersection(actor: Actor, pools: list[list[str]]) -> list[UUID]:
    """Ids of persons who have a word of each pool; walks the rarest pool, asks the others by person."""
    base = PersonToken.objects.filter(institution_id=actor.institution_id)
    sizes = [base.filter(text__in=pool)[:3000].count() for pool in pools] if len(pools) > 1 else [0]
    rarest = sizes.index(min(sizes))
    rows = base.filter(text__in=pools[rarest])
    for n, pool in enumerate(pools):
        if n != rarest:
            rows = rows.filter(Exists(PersonToken.objects.filter(person_id=OuterRef("person_id"), text__in=pool)))
    return list(rows.values_list("person_id", flat=True)[:POOL])


def _shown(people: list[Person], on: date) -> list[Found]:
    families: dict[UUID, list[tuple[UUID, str, str]]] = {}
    rows = (
        Membership.objects.system()
        .filter(during(on), person_id__in=[p.pk for p in people])
        .select_related("family")
        .order_by("since", "id")
    )
    for m in rows:
        families.setdefault(m.person_id, []).append((m.family_id, m.family.name, FAMILY_ROLES.label_of(m.role)))
    return [
        Found(p.pk, p.full_name, p.born_on, age_words(p, on), p.pesel, tuple(families.get(p.pk, ()))) for p in people
    ]
