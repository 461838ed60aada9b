"""Makers of persons and families for tests. All persons are invented."""

from __future__ import annotations

from datetime import date

from gniazdo.access.actions import system_act
from gniazdo.orgs.models import Institution
from gniazdo.people.models import Family, Membership, Person

SINCE = date(2024, 1, 1)


def make_person(institution: Institution, first: str = "Jan", last: str = "Testowy", **fields: object) -> Person:
    with system_act("test"):
        made = Person(institution=institution, first_name=first, last_name=last, **fields)
        made.save()
    return made


def make_family(institution: Institution, name: str = "Testowi", *, children: int = 2) -> Family:
    """A family with one mother and some children, members since SINCE."""
    with system_act("test"):
        family = Family(institution=institution, name=name)
        family.save()
    people = [(make_person(institution, "Ewa", name, sex="F", born_on=date(1990, 5, 4)), "PARENT")]
    people += [
        (make_person(institution, f"Dziecko{n}", name, sex="M", born_on=date(2015 + n, 3, 2)), "CHILD")
        for n in range(children)
    ]
    with system_act("test"):
        for person, role in people:
            Membership(institution=institution, family=family, person=person, role=role, since=SINCE).save()
    return family
