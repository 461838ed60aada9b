"""Makers of persons and families for tests. All persons are invented."""

from __future__ import annotations

from datetime import date

from gniazdo.access.actions import grant_access, system_act
from gniazdo.access.models import AccessGrant
from gniazdo.orgs.models import Institution, Post
from gniazdo.orgs.queries import system_actor
from gniazdo.people.models import Family, Membership, Person
from gniazdo.people.models.search import fill_keys, index_names
from gniazdo.people.rules.names import polish_key

SINCE = date(2024, 1, 1)


def make_person(institution: Institution, first: str = "Jan", last: str = "Testowy", **fields: object) -> Person:
    made = Person(institution=institution, first_name=first, last_name=last, **fields)
    fill_keys(made)
    with system_act("test"):
        made.save()
        index_names([made], fresh=True)
    return made


def make_family(institution: Institution, name: str = "Testowi", *, children: int = 2) -> Family:
    """A family with one mother and some children, members since SINCE."""
    with system_act("test"):
        family = Family(institution=institution, name=name, sort_key=polish_key(name))
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


def let_in(family: Family, post: Post, *, since: date = SINCE) -> None:
    """Put a post on the family's access list, as an assignment would."""
    with system_act("test"):
        grant_access(
            system_actor(family.institution),
            subject_id=family.pk,
            post_id=post.pk,
            since=since,
            basis=AccessGrant.Basis.ASSIGNMENT,
        )
