"""Who works where, and the institution's dated settings; the Actor itself is built in `acting`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Model, Q, QuerySet

from gniazdo.access.models import AccessGrant
from gniazdo.access.queries import NOTHING, Guard, anyone_here, fetch, reads, role, subject_model, visible
from gniazdo.access.rules import Actor, NotHere
from gniazdo.kernel import legal
from gniazdo.orgs.models import (
    Absence,
    Institution,
    JrwaClass,
    Notice,
    ParameterValue,
    Post,
    RoleGrant,
    Substitution,
    Team,
    User,
)
from gniazdo.orgs.queries.acting import BREAK_GLASS_HOURS as BREAK_GLASS_HOURS
from gniazdo.orgs.queries.acting import SYSTEM_USER as SYSTEM_USER
from gniazdo.orgs.queries.acting import actor_for as actor_for
from gniazdo.orgs.queries.acting import during as during
from gniazdo.orgs.queries.acting import system_actor as system_actor
from gniazdo.platform.models import Prepared, Record, everywhere


def parameter(institution_id: UUID, code: str, *, on: date) -> Any:
    """The institution's setting in force that day, else the declared default. Raises KeyError for an unknown code."""
    return parameters(institution_id, [code], on=on)[code]


def parameters(institution_id: UUID, codes: Iterable[str], *, on: date) -> dict[str, Any]:
    """Several settings in one query, for hot paths."""
    wanted = list(codes)
    found = {code: legal.PARAMETERS[code].default for code in wanted}
    found.update(dict(_SET.rows(institution_id=institution_id, codes=wanted, on=on)))
    return found


def _set(institution_id: UUID, codes: list[str], on: date) -> QuerySet[Any, Any]:
    rows = ParameterValue.objects.system().filter(institution_id=institution_id, code__in=codes, since__lte=on)
    return rows.order_by("since").values_list("code", "value")


_SET = Prepared(_set)


def posts_with_role(institution_id: UUID, role: str, *, on: date) -> Any:
    """Posts that hold the role that day, with their users, in Polish name order (few rows: one institution's staff)."""
    return (
        Post.objects.system()
        .filter(during(on), institution_id=institution_id)
        .filter(pk__in=RoleGrant.objects.system().filter(during(on), role=role).values("post_id"))
        .select_related("user", "team")
        .order_by("user__last_name", "user__first_name")
    )


MANAGE = role("manager", label="kierownik jednostki")
MANAGE_OR_TECH = role("manager", "administrator", label="kierownik jednostki lub administrator")
REGISTER = role("manager", "administrator", "dpo", label="kierownik, administrator lub inspektor ochrony danych")


def _of_mine(actor: Actor, model: type[Model]) -> Q:
    if model is Substitution:
        return Q(absent_id=actor.post_id) | Q(stand_in_id=actor.post_id)
    if model is Notice:
        return Q(post_id=actor.post_id)
    return Q(pk__isnull=False) if model is Model else NOTHING


mine = Guard("osoba, której to dotyczy", _of_mine)


@reads("orgs.institution.view", label="Dane instytucji", who=anyone_here)
def institution_of(actor: Actor) -> Institution:
    """The actor's own institution."""
    return Institution.objects.system().select_related("parent").get(pk=actor.institution_id)


@reads("orgs.jrwa.view", label="Wykaz akt", who=anyone_here)
def jrwa_list(actor: Actor) -> QuerySet[JrwaClass]:
    """The institution's subject file index, by symbol."""
    return JrwaClass.objects.for_actor(actor).order_by("symbol", "-since")


def jrwa_symbol(institution_id: UUID, used_for: str, *, on: date, default: str = "") -> str:
    """The symbol in force that day for a use (vocab JRWA_USES), or `default` when the institution has not set one."""
    row = (
        JrwaClass.objects.system()
        .filter(during(on), institution_id=institution_id, used_for=used_for)
        .order_by("symbol")
        .values_list("symbol", flat=True)
        .first()
    )
    return row or default


@reads("orgs.staff.view", label="Lista pracowników", who=MANAGE_OR_TECH)
def staff(actor: Actor, *, on: date, former: bool = False) -> list[Post]:
    """Posts of the institution in Polish name order, with roles in force (`roles_now`); with `former`, ended ones too."""
    rows = Post.objects.for_actor(actor).select_related("user", "team")
    if not former:
        rows = rows.filter(Q(until__isnull=True) | Q(until__gt=on))
    found = sorted(rows.order_by("pk")[:2000], key=lambda p: polish_key(f"{p.user.last_name} {p.user.first_name}"))
    held: dict[UUID, list[RoleGrant]] = {}
    for grant in RoleGrant.objects.for_actor(actor).filter(during(on)).order_by("role"):
        held.setdefault(grant.post_id, []).append(grant)
    for post in found:
        post.roles_now = held.get(post.pk, [])  # type: ignore[attr-defined]
        post.lacks = lacks(post)  # type: ignore[attr-defined]
    return found


ALPHABET = {c: i for i, c in enumerate(" -aąbcćdeęfghijklłmnńoóprsśtuvwxyzźż")}


def polish_key(text: str) -> list[int]:
    """A key that sorts names as Poles do: Łukasik after Lutek, before Macura."""
    return [ALPHABET.get(c, 99) for c in text.lower()]


def lacks(post: Post) -> list[str]:
    """What the post still needs before its account may open any file (uwrspz art. 7 ust. 4)."""
    missing = []
    if post.authorised_on is None:
        missing.append("pisemnego upoważnienia do przetwarzania danych")
    if post.secrecy_signed_on is None:
        missing.append("podpisanego zobowiązania do zachowania tajemnicy")
    return missing


@reads("orgs.post.view", label="Karta pracownika", who=MANAGE_OR_TECH)
def post_card(actor: Actor, post_id: UUID | str) -> Post:
    """One post with its person. Raises NotHere."""
    return fetch(actor, "orgs.post.view", Post.objects.system().select_related("user", "team"), post_id)


def my_posts(user: User, *, on: date) -> list[Post]:
    """The posts a signed-in person may switch between today, in every institution where they work."""
    rows = (
        Post.objects.system()
        .filter(during(on), user_id=user.pk, authorised_on__lte=on, secrecy_signed_on__lte=on)
        .filter(pk__in=RoleGrant.objects.system().filter(during(on)).values("post_id"))
        .select_related("institution")
        .order_by("since", "pk")
    )
    with everywhere():
        return list(rows)


def posts_without_access(user: User, *, on: date) -> list[Post]:
    """Today's posts of a person that give no access yet, with what they lack, for the page that explains it."""
    found = list(Post.objects.system().filter(during(on), user_id=user.pk).select_related("institution").order_by("pk"))
    for post in found:
        post.lacks = lacks(post)  # type: ignore[attr-defined]
    return found


@reads("orgs.team.view", label="Zespoły", who=MANAGE_OR_TECH)
def teams(actor: Actor, *, on: date) -> QuerySet[Team]:
    """Teams by name with how many posts they have that day."""
    now = Q(posts__since__lte=on) & (Q(posts__until__isnull=True) | Q(posts__until__gt=on))
    return Team.objects.for_actor(actor).annotate(people=Count("posts", filter=now)).order_by("name", "pk")


@reads("orgs.substitution.view", label="Zastępstwa", who=MANAGE | mine)
def substitutions(actor: Actor, *, on: date, past: bool = False) -> QuerySet[Substitution]:
    """Substitutions the actor may see: all for a manager, own ones for others; without `past`, those not over yet."""
    rows = visible(actor, "orgs.substitution.view", Substitution.objects.system())
    if not past:
        rows = rows.filter(until__gt=on)
    return rows.select_related("absent__user", "stand_in__user").order_by("-since", "pk")


@dataclass(frozen=True, slots=True)
class SubstituteNotice:
    """One line for the frame: whom the actor stands in for, or who stands in for the actor, and until when (last day)."""

    substitution: Substitution
    stands_in: bool
    name: str
    last_on: date


def substitute_notice(actor: Actor, *, on: date) -> list[SubstituteNotice]:
    """Substitutions in force that day in which the actor's own post takes part, for the frame of every page."""
    rows = (
        Substitution.objects.system()
        .filter(during(on))
        .filter(Q(absent_id=actor.post_id) | Q(stand_in_id=actor.post_id))
        .select_related("absent__user", "stand_in__user")
        .order_by("until", "pk")
    )
    return [
        SubstituteNotice(
            s,
            s.stand_in_id == actor.post_id,
            (s.absent if s.stand_in_id == actor.post_id else s.stand_in).user.full_name,
            s.until - timedelta(days=1),
        )
        for s in rows
    ]


def overlapping(substitution: Substitution) -> list[str]:
    """Warnings about a substitution: the stand-in is away, already stands in, or the absent one has another stand-in."""
    period = Q(since__lt=substitution.until) & (Q(until__isnull=True) | Q(until__gt=substitution.since))
    others = Substitution.objects.system().filter(period).exclude(pk=substitution.pk)
    found = []
    if Absence.objects.system().filter(period, post_id=substitution.stand_in_id).exists():
        found.append("Zastępująca osoba ma w tym okresie zapisaną nieobecność.")
    busy = others.filter(stand_in_id=substitution.stand_in_id).count()
    if busy:
        found.append(f"Zastępująca osoba zastępuje w tym okresie także innych pracowników ({busy}).")
    if others.filter(absent_id=substitution.absent_id).exists():
        found.append("Nieobecna osoba ma już w tym okresie inne zastępstwo.")
    if others.filter(absent_id=substitution.stand_in_id).exists():
        found.append("Zastępująca osoba sama jest w tym okresie zastępowana.")
    return found


@reads("orgs.absence.view", label="Nieobecności", who=MANAGE)
def absences(actor: Actor, *, on: date, past: bool = False) -> QuerySet[Absence]:
    """Absences, the newest first; without `past`, those not over yet."""
    rows = Absence.objects.for_actor(actor).select_related("post__user")
    if not past:
        rows = rows.filter(Q(until__isnull=True) | Q(until__gt=on))
    return rows.order_by("-since", "pk")


def families_of(post: Post, *, on: date) -> int:
    """How many families the post works with by assignment that day (they need someone when the post is suspended)."""
    return (
        AccessGrant.objects.system()
        .filter(during(on), post_id=post.pk, basis=AccessGrant.Basis.ASSIGNMENT)
        .values("subject_id")
        .distinct()
        .count()
    )


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the settings page: what is declared, what is in force, and every dated change."""

    declared: legal.Parameter
    value: Any
    is_default: bool
    history: tuple[ParameterValue, ...]


@reads("orgs.parameter.view", label="Ustawienia jednostki", who=anyone_here)
def settings_of(actor: Actor, *, on: date) -> list[Setting]:
    """Every declared local setting with its value that day and its history, by label."""
    rows: dict[str, list[ParameterValue]] = {}
    for row in ParameterValue.objects.for_actor(actor).order_by("-since"):
        rows.setdefault(row.code, []).append(row)
    made = []
    for code, declared in legal.PARAMETERS.items():
        history = tuple(rows.get(code, ()))
        current = next((row for row in history if row.since <= on), None)
        made.append(Setting(declared, current.value if current else declared.default, current is None, history))
    return sorted(made, key=lambda s: (s.declared.id.split(".")[0], polish_key(s.declared.label)))


@reads("orgs.authorisation.view", label="Rejestr upoważnień", who=REGISTER)
def authorisations(actor: Actor) -> list[Post]:
    """The register of authorisations to process data and undertakings of secrecy (uwrspz art. 7 ust. 4), by name."""
    rows = Post.objects.for_actor(actor).select_related("user").order_by("pk")[:5000]
    found = sorted(rows, key=lambda p: polish_key(f"{p.user.last_name} {p.user.first_name}"))
    for post in found:
        post.lacks = lacks(post)  # type: ignore[attr-defined]
    return found


@reads("orgs.notice.view", label="Powiadomienia", who=mine)
def notices(actor: Actor, *, limit: int = 100) -> list[Notice]:
    """The post's newest notices."""
    return list(Notice.objects.for_actor(actor).filter(post_id=actor.post_id).order_by("-pk")[:limit])


def find_subject(actor: Actor, subject_id: UUID | str) -> Record:
    """A subject of the actor's institution, whether or not the actor is on its access list. Raises NotHere."""
    found = subject_model().objects.for_actor(actor).filter(pk=subject_id).first()
    if found is None:
        raise NotHere("family", {"code": "orgs.access.break_glass", "id": str(subject_id)})
    return found
