"""Verbs of people at work: accounts, posts, roles, passwords."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gniazdo.access.actions import action, lock
from gniazdo.access.rules import Actor, Refusal
from gniazdo.orgs.models import Post, RoleGrant, Team, User
from gniazdo.orgs.queries import MANAGE_OR_TECH
from gniazdo.orgs.rules import forbidden_with
from gniazdo.orgs.vocab import ROLES

_CONSONANTS, _VOWELS = "bcdfghjklmnprstwz", "aeiouy"


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What the administrator hands over on paper: shown once, kept nowhere."""

    post: Post
    password: str


def first_password() -> str:
    """A password that can be read aloud: four groups of syllables and two digits, about 58 bits."""
    groups = ["".join(secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS) for _n in range(2)) for _g in range(4)]
    return "-".join(groups) + f"-{secrets.randbelow(90) + 10}"


POST_FIELDS = (
    "title",
    "contract",
    "fte_percent",
    "phone",
    "team",
    "since",
    "until",
    "authorised_on",
    "secrecy_signed_on",
)


def _fill(actor: Actor, post: Post, values: dict[str, Any]) -> None:
    team: Team | None = values.get("team")
    if team is not None and team.institution_id != actor.institution_id:
        raise Refusal(_("Nie ma takiego zespołu."), field="team")
    for name in POST_FIELDS:
        if name in values:
            setattr(post, name, values[name])
    if post.until and post.until <= post.since:
        raise Refusal(_("Koniec zatrudnienia nie może być przed początkiem."), field="last_on")
    if not 1 <= post.fte_percent <= 100:
        raise Refusal(_("Wymiar etatu podaje się w procentach, od 1 do 100."), field="fte_percent")


@action("orgs.account.create", label="Załóż konto pracownika", who=MANAGE_OR_TECH)
def create_account(
    actor: Actor,
    obj: None,
    /,
    *,
    login: str,
    first_name: str,
    last_name: str,
    email: str = "",
    role: str = "",
    encoded_password: str = "",
    **post: Any,
) -> NewAccount:
    """A new person with a log-in, a post and (when given) a first role from the post's first day.

    The password is returned once and must be changed at the first sign-in; `encoded_password` (already hashed, from
    another system or the demo) is taken as it stands. Raises Refusal when the login is taken.
    """
    login = login.strip().lower()
    if User.objects.filter(login__iexact=login).exists():
        raise Refusal(
            _("Login „%s” jest już zajęty.") % login, field="login", advice=_("Wybierz inny, na przykład z cyfrą.")
        )
    password = "" if encoded_password else first_password()
    user = User(
        login=login, first_name=first_name, last_name=last_name, email=email, must_change_password=not encoded_password,
        password=encoded_password,
    )  # fmt: skip
    if password:
        user.set_password(password)
    user.full_clean()
    user.save()
    made = Post(institution_id=actor.institution_id, user=user)
    _fill(actor, made, post)
    made.save()
    if role:
        grant_role(actor, made, role=role, since=made.since)
    return NewAccount(made, password)


@action("orgs.post.add", label="Dodaj zatrudnienie pracownikowi", who=MANAGE_OR_TECH)
def add_post(actor: Actor, obj: Post, /, **values: Any) -> Post:
    """A further post for a person who already has one here (another position, or work after a break)."""
    made = Post(institution_id=actor.institution_id, user_id=obj.user_id)
    _fill(actor, made, values)
    made.save()
    return made


@action("orgs.post.change", label="Zmień zatrudnienie", who=MANAGE_OR_TECH)
def change_post(
    actor: Actor, obj: Post, /, *, rev: int | None = None, first_name: str = "", last_name: str = "", email: str | None = None,
    **values: Any,
) -> Post:  # fmt: skip
    """Change a post's contract, working time, team, dates, authorisation and undertaking of secrecy; also the person's name.

    Raises Conflict when `rev` is no longer the newest, Refusal for dates out of order.
    """
    post = lock(obj, rev=rev)
    _fill(actor, post, values)
    post.save()
    user = post.user
    user.first_name, user.last_name = first_name or user.first_name, last_name or user.last_name
    user.email = user.email if email is None else email
    user.full_clean()
    user.save()
    return post


@action("orgs.role.grant", label="Nadaj rolę", who=MANAGE_OR_TECH)
def grant_role(actor: Actor, obj: Post, *, role: str, since: date, until: date | None = None) -> RoleGrant:
    """Give a post a role for a period (`until` is the first day without it).

    Raises Refusal for a role granted to oneself, for an assistant who would also do social work in the same commune
    (uwrspz art. 17 ust. 3), for dates outside the post, and when the post already holds the role then.
    """
    if role not in ROLES:
        raise Refusal(_("Nie ma takiej roli."), field="role")
    if obj.user_id == actor.user_id:
        raise Refusal(
            _("Nikt nie nadaje roli samemu sobie."), field="role", advice=_("Poproś o to inną uprawnioną osobę.")
        )
    if until is not None and until <= since:
        raise Refusal(_("Koniec nie może być przed początkiem."), field="last_on")
    if since < obj.since or (obj.until and since >= obj.until):
        raise Refusal(_("W tym dniu osoba nie pracuje na tym stanowisku."), field="since")
    clash = forbidden_with(role, _roles_in_commune(obj, since=since, until=until))
    if clash:
        raise Refusal(
            _("Jedna osoba nie może być w tej samej gminie jednocześnie w rolach: %(a)s i %(b)s.")
            % {"a": ROLES.label_of(role), "b": ROLES.label_of(clash[0])},
            article=clash[1], field="role", advice=_("Zakończ najpierw drugą rolę albo wybierz inną osobę."),
        )  # fmt: skip
    made = RoleGrant(institution_id=actor.institution_id, post=obj, role=role, since=since, until=until)
    made.save()
    return made


def _roles_in_commune(post: Post, *, since: date, until: date | None) -> set[str]:
    """Roles the person holds in the period in any institution of the same commune."""
    rows = (
        RoleGrant.objects.system()
        .filter(post__user_id=post.user_id, institution__teryt=post.institution.teryt)
        .exclude(until__lte=since)
        .exclude(post__until__lte=since)
    )
    if until is not None:
        rows = rows.filter(since__lt=until)
    return set(rows.values_list("role", flat=True))


@action("orgs.role.end", label="Odbierz rolę", who=MANAGE_OR_TECH)
def end_role(actor: Actor, obj: RoleGrant, *, on: date) -> RoleGrant:
    """End a role: `on` is the first day without it. A role that had not begun is removed."""
    grant = lock(obj)
    if grant.until is not None and grant.until <= on:
        raise Refusal(_("Ta rola już się skończyła."))
    if on <= grant.since:
        grant.delete()
        return obj
    grant.until = on
    grant.save()
    return grant


@action("orgs.password.reset", label="Nadaj nowe hasło", who=MANAGE_OR_TECH)
def reset_password(actor: Actor, obj: Post, *, drop_second_factor: bool = False) -> NewAccount:
    """A new first password for a person who forgot theirs; all their sessions end and they must change it at sign-in.

    With `drop_second_factor` their authenticator app, passkeys and recovery codes are removed too (a lost phone).
    """
    if obj.user_id == actor.user_id:
        raise Refusal(_("Swoje hasło zmienia się na stronie „Moje konto”."))
    password = first_password()
    user = obj.user
    user.set_password(password)
    user.must_change_password = True
    user.save()
    if drop_second_factor:
        from allauth.mfa.models import Authenticator

        Authenticator.objects.filter(user=user).delete()
    return NewAccount(obj, password)


@action("orgs.account.active", label="Zablokuj lub odblokuj konto", who=MANAGE_OR_TECH)
def set_active(actor: Actor, obj: Post, *, active: bool) -> Post:
    """Block a log-in at once (or let it in again). Posts and history stay. Raises Refusal for one's own log-in."""
    if obj.user_id == actor.user_id:
        raise Refusal(_("Nie można zablokować własnego konta."))
    obj.user.is_active = active
    obj.user.save()
    return obj
