"""The demo county's institutions and staff, founded through the verbs of orgs. Every name and place is invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.hashers import make_password

from gniazdo.access.actions import system_act
from gniazdo.orgs.actions.institution import found_institution, save_jrwa_class, save_team
from gniazdo.orgs.actions.staff import create_account, grant_role
from gniazdo.orgs.models import Institution, Post
from gniazdo.orgs.queries import system_actor

PASSWORD = "bocian-wraca-do-gniazda-7"  # noqa: S105 - known on purpose: demo accounts are refused in production
CLAUSE = (
    "Administratorem danych jest {name}. Dane przetwarzamy w zadaniach z ustawy o wspieraniu rodziny i systemie pieczy "
    "zastępczej (art. 7 ust. 1) na podstawie art. 6 ust. 1 lit. c i e oraz art. 9 ust. 2 lit. g RODO. Mają Państwo prawo "
    "dostępu do danych, ich sprostowania i ograniczenia przetwarzania oraz skargi do Prezesa UODO."
)


@dataclass(frozen=True, slots=True)
class Place:
    """An institution of the county: who works there and what share of the families it serves."""

    kind: str
    name: str
    short: str
    teryt: str
    town: str
    postal_code: str
    street: str
    share: int
    staff: tuple[tuple[str, str, str, str, str], ...]  # login, first, last, role, title
    team: str = ""


COUNTY = Place(
    "PCPR", "Powiatowe Centrum Pomocy Rodzinie w Gawronicach", "PCPR Gawronice", "9900000", "Gawronice", "99-300", "ul. Rynek 4", 0,
    (
        ("karol", "Karol", "Perkozowski", "coordinator", "koordynator rodzinnej pieczy zastępczej"),
        ("hanna", "Hanna", "Lelkowska", "manager", "dyrektor"),
        ("igor", "Igor", "Zimorodek", "dpo", "inspektor ochrony danych"),
        ("tech-pcpr", "Olaf", "Mewiński", "administrator", "informatyk"),
    ),
)  # fmt: skip
PLACES = (
    COUNTY,
    Place(
        "OPS", "Ośrodek Pomocy Społecznej w Dębowie", "OPS Dębowo", "9901011", "Dębowo", "99-001", "ul. Lipowa 1", 50,
        (
            ("anna", "Anna", "Żurawska", "assistant", "asystent rodziny"),
            ("adam", "Adam", "Świstunowicz", "assistant", "asystent rodziny"),
            ("beata", "Beata", "Łęczakowska", "assistant", "asystent rodziny"),
            ("cezary", "Cezary", "Orlikiewicz", "assistant", "asystent rodziny"),
            ("lena", "Lena", "Czaplicka", "team_leader", "kierownik zespołu asysty rodzinnej"),
            ("piotr", "Piotr", "Drozdowski", "social_worker", "pracownik socjalny"),
            ("ewa", "Ewa", "Skowronek", "social_worker", "pracownik socjalny"),
            ("zofia", "Zofia", "Wilgowska", "specialist", "psycholog"),
            ("sonia", "Sonia", "Pliszko", "secretary", "sekretariat"),
            ("maria", "Maria", "Bocianowska", "manager", "kierownik ośrodka"),
            ("daria", "Daria", "Kosówna", "dpo", "inspektor ochrony danych"),
            ("artur", "Artur", "Rybitwicz", "administrator", "informatyk"),
        ),
        "Zespół asysty rodzinnej",
    ),
    Place(
        "OPS", "Miejsko-Gminny Ośrodek Pomocy Społecznej w Lipnicy", "MGOPS Lipnica", "9902023", "Lipnica", "99-120", "pl. Wolności 2", 28,
        (
            ("olga", "Olga", "Pustułkowska", "assistant", "asystent rodziny"),
            ("norbert", "Norbert", "Trznadlewicz", "assistant", "asystent rodziny"),
            ("rita", "Rita", "Szpakowska", "social_worker", "pracownik socjalny"),
            ("wanda", "Wanda", "Sójczyńska", "manager", "kierownik ośrodka"),
            ("sylwia", "Sylwia", "Turkawska", "secretary", "sekretariat"),
        ),
    ),
    Place(
        "OPS", "Gminny Ośrodek Pomocy Społecznej w Olszynach", "GOPS Olszyny", "9903032", "Olszyny", "99-204", "ul. Szkolna 11", 14,
        (
            ("marek", "Marek", "Głuszcowski", "assistant", "asystent rodziny"),
            ("teresa", "Teresa", "Kuropatwicka", "social_worker", "pracownik socjalny"),
            ("irena", "Irena", "Grzywaczewska", "manager", "kierownik ośrodka"),
        ),
    ),
    Place(
        "NGO", "Stowarzyszenie „Przystań” w Gawronicach", "„Przystań”", "9900000", "Gawronice", "99-300", "ul. Ptasia 7", 8,
        (
            ("nina", "Nina", "Ziębicka", "assistant", "asystent rodziny"),
            ("paulina", "Paulina", "Srokosz", "social_worker", "pracownik socjalny"),
            ("borys", "Borys", "Jaskólski", "manager", "prezes zarządu"),
        ),
    ),
)  # fmt: skip


@dataclass(slots=True)
class Office:
    """A founded institution with its posts by login and by role."""

    institution: Institution
    place: Place
    posts: dict[str, Post] = field(default_factory=dict)

    def with_role(self, role: str) -> list[Post]:
        """Posts of that role, in the order of the staff list."""
        return [self.posts[login] for login, _f, _l, held, _t in self.place.staff if held == role]

    def boss(self) -> Post:
        """The manager's post."""
        return self.with_role("manager")[0]


def found(since: date) -> list[Office]:
    """All institutions with their staff, working since that day."""
    encoded = make_password(PASSWORD)
    offices: list[Office] = []
    for place in PLACES:
        parent = offices[0].institution if offices else None
        made = Institution(
            parent=parent, kind=place.kind, name=place.name, short_name=place.short, teryt=place.teryt, street=place.street,
            postal_code=place.postal_code, town=place.town, phone="99 111 22 33", is_demo=True,
            email=f"sekretariat@{place.town.lower().replace('ę', 'e')}.example", head_title=place.staff[-1][4].capitalize(),
            case_mark_pattern="AR.{jrwa}.{number}.{year}", privacy_clause=CLAUSE.format(name=place.name),
        )  # fmt: skip
        made.head_title = next(t for *_x, role, t in place.staff if role == "manager").capitalize()
        actor = system_actor(made)
        found_institution(actor, made, on=since)
        save_jrwa_class(
            actor, None, symbol="5022", title="Asysta rodzinna – sprawy rodzin", category="BE10", used_for="ASSISTANCE",
            since=since, until=None,
        )  # fmt: skip
        office = Office(made, place)
        team = save_team(actor, None, name=place.team) if place.team else None
        for login, first, last, role, title in place.staff:
            in_team = team if role in ("assistant", "team_leader") else None
            account = create_account(
                actor, None, login=login, first_name=first, last_name=last, email=f"{login}@example.invalid", title=title,
                contract="TASK" if role == "assistant" else "EMPLOYMENT", fte_percent=100, team=in_team, since=since, until=None,
                authorised_on=since, secrecy_signed_on=since, encoded_password=encoded, phone=f"99 222 {len(office.posts):02d} {len(offices):02d}",
            )  # fmt: skip
            grant_role(actor, account.post, role=role, since=since)
            with system_act("demo.staff"):
                account.post.user.is_demo = True
                account.post.user.save()
            office.posts[login] = account.post
        offices.append(office)
    return offices
