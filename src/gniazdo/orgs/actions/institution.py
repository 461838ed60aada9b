"""Verbs of the institution itself: its data, logo, file index, teams and dated settings."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gniazdo.access.actions import action, lock
from gniazdo.access.queries import nobody
from gniazdo.access.rules import Actor, Refusal
from gniazdo.kernel import legal
from gniazdo.orgs.models import Institution, JrwaClass, ParameterValue, Team
from gniazdo.orgs.queries import MANAGE, MANAGE_OR_TECH
from gniazdo.orgs.rules import check_mark_pattern, read_value, valid_teryt

LOGO_LIMIT = 512 * 1024
SIGNATURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
FIELDS = (
    "kind", "name", "short_name", "teryt", "street", "postal_code", "town", "phone", "email", "edelivery", "nip", "regon",
    "head_title", "case_mark_pattern", "privacy_clause", "parent_id",
)  # fmt: skip


def _check(values: dict[str, Any]) -> None:
    wrong = check_mark_pattern(values.get("case_mark_pattern", "{number}.{year}"))
    if wrong:
        raise Refusal(wrong, field="case_mark_pattern")
    if "teryt" in values and not valid_teryt(values["teryt"]):
        raise Refusal(
            _("Kod TERYT ma 4 cyfry (powiat) albo 7 cyfr (gmina)."), field="teryt",
            advice=_("Kod gminy podaje rejestr TERYT Głównego Urzędu Statystycznego."),
        )  # fmt: skip


@action("orgs.institution.change", label="Zmień dane instytucji", who=MANAGE_OR_TECH)
def change_institution(actor: Actor, obj: None, /, *, rev: int | None = None, **values: Any) -> Institution:
    """Change the data of one's own institution (letterhead, TERYT, parent, pattern of the case mark).

    Raises Refusal for a pattern that would repeat marks or a wrong TERYT, Conflict when `rev` is no longer the newest.
    """
    _check(values)
    institution = lock(Institution.objects.system().get(pk=actor.institution_id), rev=rev)
    if values.get("parent_id") == institution.pk:
        raise Refusal(_("Instytucja nie może być jednostką nadrzędną dla samej siebie."), field="parent")
    for name, value in values.items():
        if name not in FIELDS:
            raise TypeError(f"change_institution: unknown field {name}")
        setattr(institution, name, value)
    institution.save()
    return institution


@action("orgs.institution.logo", label="Zmień logo instytucji", who=MANAGE_OR_TECH)
def set_logo(actor: Actor, obj: None, *, content: bytes | None) -> Institution:
    """Put a PNG or JPEG of at most 512 kB on the letterhead, or take it off. Raises Refusal for anything else."""
    institution = lock(Institution.objects.system().get(pk=actor.institution_id))
    if content is not None:
        if len(content) > LOGO_LIMIT:
            raise Refusal(_("Logo może mieć najwyżej 512 kB."), field="logo")
        if logo_kind(content) is None:
            raise Refusal(_("Logo musi być obrazem PNG albo JPEG."), field="logo")
    institution.logo = content
    institution.save()
    return institution


def logo_kind(content: bytes) -> str | None:
    """The media type of a whole PNG or JPEG by its first and last bytes, or None for anything else."""
    kind = next((kind for head, kind in SIGNATURES.items() if content.startswith(head)), None)
    if kind == "image/png":
        return kind if content[12:16] == b"IHDR" and b"IEND" in content[-16:] else None
    return kind if kind and content.rstrip(b"\0")[-2:] == b"\xff\xd9" else None


@action("orgs.institution.found", label="Załóż instytucję", who=nobody)
def found_institution(actor: Actor, obj: Institution, *, on: date) -> Institution:
    """Enter a new institution; only the machine may, on the word of whoever runs the server (`gniazdo found`)."""
    _check({"case_mark_pattern": obj.case_mark_pattern, "teryt": obj.teryt})
    obj.save()
    return obj


@action("orgs.jrwa.change", label="Zmień wykaz akt", who=MANAGE_OR_TECH)
def save_jrwa_class(actor: Actor, obj: JrwaClass | None, /, **values: Any) -> JrwaClass:
    """Add a class to the subject file index, or change one: symbol, title, archive category, use, years of validity.

    Raises Refusal when the symbol already stands in the index in that period.
    """
    row = lock(obj) if obj else JrwaClass(institution_id=actor.institution_id)
    for name, value in values.items():
        setattr(row, name, value)
    if row.until and row.until <= row.since:
        raise Refusal(_("Koniec nie może być przed początkiem."), field="last_on")
    row.save()
    return row


@action("orgs.jrwa.remove", label="Usuń klasę z wykazu akt", who=MANAGE_OR_TECH)
def remove_jrwa_class(actor: Actor, obj: JrwaClass) -> None:
    """Take a class entered by mistake out of the index. Marks already issued keep their symbol."""
    obj.delete()


@action("orgs.team.change", label="Zmień zespół", who=MANAGE)
def save_team(actor: Actor, obj: Team | None, *, name: str) -> Team:
    """Name a new team, or rename one."""
    others = Team.objects.for_actor(actor).filter(name__iexact=name)
    if (others.exclude(pk=obj.pk) if obj else others).exists():
        raise Refusal(_("Zespół o tej nazwie już istnieje."), field="name")
    team = lock(obj) if obj else Team(institution_id=actor.institution_id)
    team.name = name
    team.save()
    return team


@action("orgs.parameter.set", label="Zmień ustawienie jednostki", who=MANAGE)
def set_parameter(actor: Actor, obj: None, *, code: str, text: str, since: date, decided_by: str) -> ParameterValue:
    """Give a local setting a new value from a day on, with the basis of the decision (order, resolution, date).

    Raises Refusal for an unknown setting, a value of the wrong kind, a missing basis, or a day that already has a value.
    """
    declared = legal.PARAMETERS.get(code)
    if declared is None:
        raise Refusal(_("Nie ma takiego ustawienia."))
    if not decided_by.strip():
        raise Refusal(_("Podaj podstawę decyzji, na przykład numer i datę zarządzenia."), field="decided_by")
    try:
        value = read_value(declared.default, text)
    except ValueError as error:
        raise Refusal(_(str(error)), field="value") from None
    if code == "orgs.journal_years" and value < declared.default:
        raise Refusal(_("Dziennik przechowuje się co najmniej 2 lata."), field="value", article="KRI24 § 20")
    row = ParameterValue(
        institution_id=actor.institution_id, code=code, value=value, since=since, decided_by=decided_by.strip()
    )
    row.save()
    return row
