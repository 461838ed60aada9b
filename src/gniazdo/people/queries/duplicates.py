"""Is this person already here? Asked before anyone is written in, and in the quiet as suggestions to merge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core import signing
from django.db.models import Count, Min, Q

from gniazdo.access.models import AccessGrant
from gniazdo.access.queries import may, reads, visible
from gniazdo.access.rules import Actor
from gniazdo.orgs.models import Post
from gniazdo.orgs.queries import during
from gniazdo.people.models import Membership, Person, PersonToken, TokenDeletion
from gniazdo.people.queries.guards import manager, registers
from gniazdo.people.rules import names

SALT = "people.search-before-create"
HOURS = 8


@dataclass(frozen=True, slots=True)
class Lookalike:
    """A person with similar data, shown even outside the access list: name, birth year and who works with them, no more."""

    person_id: UUID
    name: str
    birth_year: int | None
    workers: tuple[str, ...]
    is_strong: bool
    """Same PESEL, or same name and birth date: to go on, the user must say why it is another human being."""
    may_open: bool
    family_id: UUID | None = None
    """The family to ask emergency access to, for who may ask it and may not open the person."""


def strong_q(first: str, last: str, born_on: date | None, pesel: str) -> Q:
    """Rows that are most likely the same human being."""
    same = Q(pk__in=[])
    if pesel:
        same |= Q(pesel=pesel)
    if first and last and born_on:
        same |= Q(fold_last=names.fold(last)[:90], fold_first=names.fold(first)[:60], born_on=born_on)
    return same


def proof_of_search(actor: Actor, draft: dict[str, Any]) -> str:
    """A signed note that duplicates of this name were shown to this post; the registering verb asks for it."""
    return signing.dumps([str(actor.post_id), *_key(draft)], salt=SALT)


def was_searched(actor: Actor, draft: dict[str, Any], seen: str) -> bool:
    """Whether `seen` proves a search for this very name by this post in the last hours."""
    try:
        return bool(signing.loads(seen, salt=SALT, max_age=HOURS * 3600) == [str(actor.post_id), *_key(draft)])
    except signing.BadSignature:
        return False


def _key(draft: dict[str, Any]) -> list[str]:
    return [names.fold(str(draft.get("last_name") or "")), names.fold(str(draft.get("first_name") or ""))]


@reads("people.duplicates.view", label="Sprawdź, czy osoba jest już w systemie", who=registers)
def duplicates_of(actor: Actor, draft: dict[str, Any], *, on: date, limit: int = 10) -> list[Lookalike]:
    """Persons of the institution who may be the one in `draft` (first_name, last_name, pesel, born_on), surest first."""
    first, last = str(draft.get("first_name") or ""), str(draft.get("last_name") or "")
    here = Person.objects.for_actor(actor).filter(merged_into__isnull=True)
    sure = list(
        here.filter(strong_q(first, last, draft.get("born_on"), str(draft.get("pesel") or ""))).order_by("id")[:limit]
    )
    likely = [p for p in _alike(actor, first, last) if p.pk not in {s.pk for s in sure}]
    born = draft.get("born_on")
    if born:
        likely = [
            p for p in likely if p.born_on is None or abs((p.born_on - born).days) <= 400 or _swapped(p.born_on, born)
        ]
    people = [*sure, *sorted(likely, key=lambda p: (p.sort_key, p.pk))][:limit]
    families = _families_of([p.pk for p in people])
    workers = _workers_of(families, on)
    open_ids = set(
        visible(actor, "people.person.view", Person.objects.system())
        .filter(pk__in=[p.pk for p in people])
        .values_list("pk", flat=True)
    )
    may_ask = may(actor, "orgs.access.break_glass")
    return [
        Lookalike(
            p.pk,
            p.full_name,
            p.born_on.year if p.born_on else None,
            tuple(workers.get(p.pk, ())),
            p in sure,
            p.pk in open_ids,
            families.get(p.pk, [None])[0] if may_ask and p.pk not in open_ids else None,
        )
        for p in people
    ]


def _swapped(a: date, b: date) -> bool:
    return a.year == b.year and (a.month, a.day) == (b.day, b.month)


def _alike(actor: Actor, first: str, last: str) -> list[Person]:
    """Persons whose surname and first name are each at most a typo away."""
    surnames, firsts = names.tokens(last), names.tokens(first)
    if not surnames or not firsts:
        return []
    near = TokenDeletion.objects.filter(institution_id=actor.institution_id)
    words = {}
    for word in (surnames[0], firsts[0]):
        close = near.filter(key__in=names.deletions(word)).values_list("text", flat=True)[:300]
        words[word] = [t for t in {*close, word} if names.distance(word, t, most=1) <= (1 if len(word) > 3 else 0)]
    rows = PersonToken.objects.filter(institution_id=actor.institution_id, text__in=words[surnames[0]]).filter(
        person__in=PersonToken.objects.filter(institution_id=actor.institution_id, text__in=words[firsts[0]]).values(
            "person_id"
        )
    )
    ids = list(rows.values_list("person_id", flat=True)[:60])
    return list(Person.objects.for_actor(actor).filter(pk__in=ids, merged_into__isnull=True).order_by("id"))


def _families_of(person_ids: list[UUID]) -> dict[UUID, list[UUID]]:
    """The families each person belongs or belonged to, the present and latest first."""
    found: dict[UUID, list[UUID]] = {}
    rows = Membership.objects.system().filter(person_id__in=person_ids).order_by("-since", "-id")
    listed = list(rows.values_list("person_id", "family_id", "until"))
    for person_id, family_id, _until in sorted(listed, key=lambda row: row[2] is not None):
        found.setdefault(person_id, []).append(family_id)
    return found


def _workers_of(families_of: dict[UUID, list[UUID]], on: date) -> dict[UUID, list[str]]:
    """Who works with each person's families today, by name."""
    families: dict[UUID, set[UUID]] = {}
    for person_id, ids in families_of.items():
        for family_id in ids:
            families.setdefault(family_id, set()).add(person_id)
    grants = (
        AccessGrant.objects.system().filter(during(on), subject_id__in=families).values_list("subject_id", "post_id")
    )
    found: dict[UUID, list[str]] = {}
    posts = {p.pk: p for p in Post.objects.system().filter(pk__in={post for _s, post in grants}).select_related("user")}
    for subject_id, post_id in grants:
        for person_id in families[subject_id]:
            name = posts[post_id].user.full_name
            if name not in found.setdefault(person_id, []):
                found[person_id].append(name)
    return found


@reads("people.duplicates.list", label="Zobacz podejrzenia duplikatów", who=manager)
def suggested_duplicates(actor: Actor, *, limit: int = 50) -> list[tuple[Person, Person]]:
    """Pairs that share name and birth date, or name with the birth date of one unknown; in Polish order, at most `limit`."""
    here = Person.objects.for_actor(actor).filter(merged_into__isnull=True, is_unborn=False).exclude(fold_first="")
    groups = (
        here.values("fold_last", "fold_first")
        .annotate(count=Count("id"), key=Min("sort_key"))
        .filter(count__gt=1)
        .order_by("key")[: limit * 4]
    )
    pairs: list[tuple[Person, Person]] = []
    for group in groups:
        same = list(
            here.filter(fold_last=group["fold_last"], fold_first=group["fold_first"]).order_by("created_at", "id")[:12]
        )
        for n, one in enumerate(same):
            for other in same[n + 1 :]:
                known = one.born_on and other.born_on
                if (not known or one.born_on == other.born_on) and not (one.pesel and other.pesel):
                    pairs.append((one, other))
        if len(pairs) >= limit:
            break
    return pairs[:limit]
