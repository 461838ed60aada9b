"""The fixed cast of the tests, and makers of institutions and posts. All persons are invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gniazdo.access.actions import system_act
from gniazdo.access.rules import Actor
from gniazdo.orgs.models import Institution, Post, RoleGrant, Team, User
from gniazdo.orgs.queries import actor_for

LONG_AGO = date(2020, 1, 1)
PASSWORD = "bocian-nad-gniazdem-7"


def make_institution(
    name: str = "Ośrodek Pomocy Społecznej w Dębowie", *, teryt: str = "9901011", **fields: object
) -> Institution:
    with system_act("test"):
        made = Institution(
            **{"kind": "OPS", "name": name, "short_name": "OPS Dębowo", "teryt": teryt, "town": "Dębowo",
               "street": "ul. Lipowa 1", "postal_code": "99-001", "phone": "99 111 22 33", **fields}
        )  # fmt: skip
        made.save()
    return made


def make_post(
    institution: Institution,
    role: str,
    first: str,
    last: str,
    *,
    title: str = "",
    team: Team | None = None,
    login: str = "",
) -> Post:
    user = User(
        login=login or f"{first}.{last}".lower(),
        first_name=first,
        last_name=last,
        email=f"{first.lower()}@example.invalid",
    )
    user.set_unusable_password()
    user.save()
    with system_act("test"):
        post = Post(
            institution=institution, user=user, team=team, title=title or role, contract="TASK", since=LONG_AGO,
            authorised_on=LONG_AGO, secrecy_signed_on=LONG_AGO,
        )  # fmt: skip
        post.save()
        RoleGrant(institution=institution, post=post, role=role, since=LONG_AGO).save()
    return post


def actor_of(post: Post, *, on: date) -> Actor:
    """The actor at that post on that day, with the rights they hold then (build it again after rights change)."""
    actor = actor_for(post.user, on=on, post_id=post.pk)
    assert actor is not None
    return actor


@dataclass
class Cast:
    """Who is who: `cast.anna` is a Post; `cast.actor("anna")` acts today."""

    institution: Institution
    other: Institution
    team: Team
    anna: Post  # assistant
    adam: Post  # a second assistant
    karol: Post  # coordinator
    maria: Post  # manager
    zofia: Post  # specialist
    piotr: Post  # social worker
    sonia: Post  # secretary
    lena: Post  # team leader
    daria: Post  # data-protection officer
    artur: Post  # administrator
    olga: Post  # assistant in another institution
    today: date

    def actor(self, name: str) -> Actor:
        return actor_of(getattr(self, name), on=self.today)


def make_cast(today: date) -> Cast:
    here = make_institution()
    there = make_institution(
        "Ośrodek Pomocy Społecznej w Olszynach", teryt="9902011", short_name="OPS Olszyny", town="Olszyny"
    )
    with system_act("test"):
        team = Team(institution=here, name="Zespół asysty rodzinnej")
        team.save()
    return Cast(
        institution=here,
        other=there,
        team=team,
        anna=make_post(here, "assistant", "Anna", "Asystentka", title="asystent rodziny", team=team),
        adam=make_post(here, "assistant", "Adam", "Asystent", title="asystent rodziny", team=team),
        karol=make_post(here, "coordinator", "Karol", "Koordynator", title="koordynator rodzinnej pieczy zastępczej"),
        maria=make_post(here, "manager", "Maria", "Kierownik", title="kierownik ośrodka"),
        zofia=make_post(here, "specialist", "Zofia", "Specjalistka", title="psycholog"),
        piotr=make_post(here, "social_worker", "Piotr", "Socjalny", title="pracownik socjalny"),
        sonia=make_post(here, "secretary", "Sonia", "Sekretarska", title="sekretarka"),
        lena=make_post(here, "team_leader", "Lena", "Liderska", title="kierownik zespołu", team=team),
        daria=make_post(here, "dpo", "Daria", "Danych", title="inspektor ochrony danych"),
        artur=make_post(here, "administrator", "Artur", "Techniczny", title="administrator"),
        olga=make_post(there, "assistant", "Olga", "Obca", title="asystent rodziny"),
        today=today,
    )
