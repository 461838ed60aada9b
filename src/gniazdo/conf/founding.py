"""`gniazdo found`: the first step on an empty server, a new institution with its first manager and administrator."""

from __future__ import annotations

from gniazdo.conf.terminal import fail, migrate, out, setup


def found(*, kind: str, name: str, short_name: str, teryt: str, town: str, manager: str, administrator: str) -> None:
    """Załóż instytucję z kontami kierownika i administratora. Pierwsze hasła pokażą się raz.

    Parameters
    ----------
    kind: rodzaj: OPS, CUS, PCPR, MOPR, ORG (organizator pieczy) albo NGO.
    name: pełna nazwa, taka jak na pismach.
    short_name: krótka nazwa, na przykład "OPS Dębowo".
    teryt: kod gminy (7 cyfr) albo powiatu (4 cyfry).
    town: miejscowość.
    manager: login, imię i nazwisko kierownika, na przykład "m.nowak Maria Nowak".
    administrator: login, imię i nazwisko administratora technicznego; nie zobaczy danych rodzin.
    """
    setup()
    from gniazdo.orgs.vocab import INSTITUTION_KINDS

    if kind not in INSTITUTION_KINDS:
        fail(
            f"Nie ma rodzaju „{kind}”. Jest: {', '.join(f'{code} ({label})' for code, label in INSTITUTION_KINDS.choices())}."
        )
    people = {"manager": _person(manager), "administrator": _person(administrator)}
    migrate()
    for role, login, password in _enter(kind, name, short_name, teryt, town, people):
        out.print(
            f"{role}: login [bold]{login}[/], pierwsze hasło [bold]{password}[/]", highlight=False, soft_wrap=True
        )
    out.print("Hasła pokazują się tylko teraz. Każda z tych osób ustali własne przy pierwszym logowaniu.")


def _person(text: str) -> tuple[str, str, str]:
    login, first, last = ([*text.split(maxsplit=2), "", ""])[:3]
    if not last:
        fail(f'„{text}”: podaj login, imię i nazwisko, na przykład "m.nowak Maria Nowak".')
    return login, first, last


def _enter(
    kind: str, name: str, short_name: str, teryt: str, town: str, people: dict[str, tuple[str, str, str]]
) -> list[tuple[str, str, str]]:
    """(role in words, login, first password) of the accounts; all or nothing. Ends with a sentence when refused."""
    from django.core.exceptions import ValidationError
    from django.db import transaction

    from gniazdo.access.rules import Refusal
    from gniazdo.kernel import clock
    from gniazdo.orgs.actions import create_account, found_institution
    from gniazdo.orgs.models import Institution
    from gniazdo.orgs.queries import system_actor
    from gniazdo.orgs.vocab import ROLES

    today, made = clock.today(), []
    institution = Institution(kind=kind, name=name, short_name=short_name, teryt=teryt, town=town)
    actor = system_actor(institution)
    try:
        with transaction.atomic():
            found_institution(actor, institution, on=today)
            for role, (login, first, last) in people.items():
                title = ROLES.label_of(role)
                account = create_account(
                    actor, None, login=login, first_name=first, last_name=last, role=role, title=title,
                    contract="EMPLOYMENT", since=today, authorised_on=today, secrecy_signed_on=today,
                )  # fmt: skip
                made.append((title, login, account.password))
    except (Refusal, ValidationError) as refused:
        fail(" ".join(refused.messages) if isinstance(refused, ValidationError) else str(refused))
    return made
