"""Genogram and ecomap of a family on a day: rows turned into the pure drawings of rules."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from gniazdo.access.queries import fetch, reads, visible
from gniazdo.access.rules import Actor
from gniazdo.orgs.queries import during
from gniazdo.people.models import EcoTie, Family, Kinship, Membership, Person
from gniazdo.people.queries.families import memberships_on
from gniazdo.people.queries.guards import sees_people
from gniazdo.people.rules import checks, genogram
from gniazdo.people.rules.ecomap import Ecomap, Tie, ecomap
from gniazdo.people.rules.genogram.layout import MOST
from gniazdo.people.vocab import KINSHIP_KINDS, PARENT_KINDS, PARTNER_KINDS, TWIN_KINDS


@reads("people.family.genogram", label="Zobacz genogram i ekomapę", who=sees_people)
def family_genogram(
    actor: Actor, family_id: UUID, on: date, *, index: UUID | None = None
) -> tuple[genogram.Drawing, dict[str, Person]]:
    """The genogram that day and its persons by id; `index` gets the double outline (else the eldest child). Raises NotHere."""
    family = fetch(actor, "people.family.genogram", Family, family_id)
    members = memberships_on(family.pk, on)
    home = {m.person_id for m in members if m.at_home}
    people = {m.person_id: m.person for m in members}
    ties = _reach(actor, people, on)
    people = {pk: p for pk, p in people.items() if p.is_unborn or p.born_on is None or p.born_on <= on}
    chosen = index or next((m.person_id for m in members if m.role == "CHILD"), next(iter(people), None))
    humans = [_human(p, on, index=p.pk == chosen, home=p.pk in home) for p in people.values()]
    drawing = genogram.draw(
        humans,
        [
            genogram.Couple(str(t.first_id), str(t.second_id), t.kind, t.since, over=_parted(t, on))
            for t in ties.values()
            if t.kind in PARTNER_KINDS
        ],
        [
            genogram.Descent(str(t.first_id), str(t.second_id), t.kind)
            for t in ties.values()
            if t.kind in PARENT_KINDS
            and t.kind != "PARENT_STEP"
            and (t.until is None or t.until > on or t.kind == "PARENT_BIO")
        ],
        [(str(t.first_id), str(t.second_id), t.kind) for t in ties.values() if t.kind in TWIN_KINDS],
    )
    return drawing, {str(pk): p for pk, p in people.items()}


def _parted(tie: Kinship, on: date) -> bool:
    """Whether a partnership ended by that day while both lived."""
    if tie.until is None or tie.until > on:
        return False
    return not any(p.died_on and p.died_on <= tie.until for p in (tie.first, tie.second))


def tie_words(drawing: genogram.Drawing) -> dict[str, list[str]]:
    """What the lines of a genogram say, in words, by person: for who cannot see the picture."""
    names = {s.human.id: f"{s.human.first or '?'} {s.human.last}".strip() for s in drawing.symbols}
    said: dict[str, dict[str, list[str]]] = {who: {} for who in names}

    def say(who: str, kind: str, other: str) -> None:
        said[who].setdefault(kind, []).append(names[other])

    for couple in drawing.couples:
        words = KINSHIP_KINDS.label_of(couple.kind) + (f" ({_('zakończone')})" if couple.over else "")
        say(couple.a, words, couple.b)
        say(couple.b, words, couple.a)
    place = {who: n for n, who in enumerate(names)}
    for descent in sorted(drawing.descents, key=lambda d: (place[d.child], place[d.parent])):
        say(descent.child, KINSHIP_KINDS.label_of(descent.kind), descent.parent)
        say(
            descent.parent,
            {"PARENT_ADOPT": _("dziecko adoptowane"), "PARENT_FOSTER": _("dziecko w pieczy")}.get(
                descent.kind, _("dziecko")
            ),
            descent.child,
        )
    for one, other, kind in drawing.twins:
        say(one, KINSHIP_KINDS.label_of(kind), other)
        say(other, KINSHIP_KINDS.label_of(kind), one)
    return {who: [f"{kind}: {', '.join(others)}" for kind, others in kinds.items()] for who, kinds in said.items()}


def moments_of(actor: Actor, family: Family, on: date) -> list[date]:
    """Days up to `on` on which the family's picture changed: members, their ties, deaths."""
    members = list(Membership.objects.system().filter(family=family).select_related("person"))
    people = {m.person_id: m.person for m in members}
    ties = Kinship.objects.system().filter(
        Q(first_id__in=people) | Q(second_id__in=people), institution_id=actor.institution_id
    )
    days = {day for m in members for day in (m.since, m.until)} | {day for p in people.values() for day in (p.died_on,)}
    days |= {day for pair in ties.values_list("since", "until") for day in pair}
    return sorted({day for day in days if day is not None and day < on} | {on})


def _reach(actor: Actor, people: dict[UUID, Person], on: date) -> dict[UUID, Kinship]:
    """The ties of these people, three steps out; whom they lead to is put into `people`, up to MOST."""
    ties: dict[UUID, Kinship] = {}
    for _step in range(3):  # grandparents and the other parents' families, no further
        rows = (
            Kinship.objects.system()
            .filter(Q(first_id__in=people) | Q(second_id__in=people), institution_id=actor.institution_id)
            .filter(
                Q(since__isnull=True) | Q(since__lte=on),
                first__merged_into__isnull=True,
                second__merged_into__isnull=True,
            )
            .select_related("first", "second")
            .order_by("since", "id")
        )
        found = {tie.pk: tie for tie in rows}
        fresh = {p.pk: p for tie in found.values() for p in (tie.first, tie.second) if p.pk not in people}
        ties |= found
        if not fresh or len(people) >= MOST:
            break
        people.update(list(fresh.items())[: MOST - len(people)])
    return ties


def _human(person: Person, on: date, *, index: bool, home: bool) -> genogram.Human:
    died = person.died_on if person.died_on and person.died_on <= on else None
    age = ""
    if person.born_on and not person.is_unborn:
        age = str(checks.age(person.born_on, on=died or on))
    return genogram.Human(
        str(person.pk),
        person.first_name,
        person.last_name,
        person.sex,
        person.born_on,
        died,
        person.is_unborn,
        index,
        home,
        age,
    )


@reads("people.family.ecomap", label="Zobacz ekomapę", who=sees_people)
def family_ecomap(actor: Actor, family_id: UUID, on: date) -> tuple[Ecomap, list[EcoTie]]:
    """The ecomap that day and its ties in the order drawn, at most 24. Raises NotHere."""
    family = fetch(actor, "people.family.ecomap", Family, family_id)
    rows = visible(actor, "people.family.ecomap", EcoTie.objects.system()).filter(during(on), family=family)
    ties = list(rows.select_related("person").order_by("kind", "party", "id")[:24])
    drawn = ecomap(
        [
            Tie(str(t.pk), t.party, t.kind, t.strength, t.direction, t.person.first_name if t.person else "")
            for t in ties
        ]
    )
    return drawn, ties
