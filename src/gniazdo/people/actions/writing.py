"""Building blocks of this room's verbs: a person checked and made, a person's name indexed, a row added."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gniazdo.access.actions import lock
from gniazdo.access.rules import Actor, Refusal
from gniazdo.people.models import Family, Person
from gniazdo.people.models.search import fill_keys, index_names
from gniazdo.people.rules import checks
from gniazdo.platform.models import Record

FIELDS = (
    "first_name", "second_name", "last_name", "family_name", "pesel", "sex", "born_on", "birth_is_estimated", "died_on",
    "citizenship", "is_unborn", "due_on",
)  # fmt: skip


def sentence(fault: checks.Fault) -> str:
    """What the user reads about a fault, in the words of the office, with what to do."""
    said = {
        ("pesel", "length"): _("Numer PESEL ma 11 cyfr. Sprawdź, czy żadnej nie brakuje."),
        ("pesel", "checksum"): _(
            "Ten numer PESEL jest błędny: cyfra kontrolna się nie zgadza. Sprawdź go w dokumencie."
        ),
        ("pesel", "birth"): _("PESEL wskazuje inną datę urodzenia: %s. Popraw PESEL albo datę."),
        ("pesel", "sex"): _("PESEL wskazuje inną płeć. Popraw PESEL albo płeć."),
        ("born_on", "future"): _("Data urodzenia jest w przyszłości. Dziecko nienarodzone zaznacz osobno."),
        ("born_on", "ancient"): _("Data urodzenia jest zbyt odległa. Sprawdź rok."),
        ("born_on", "unborn_with_birth"): _("Dziecko nienarodzone nie ma jeszcze daty urodzenia ani numeru PESEL."),
        ("died_on", "future"): _("Data zgonu jest w przyszłości."),
        ("died_on", "before_birth"): _("Data zgonu jest wcześniejsza niż data urodzenia."),
        ("due_on", "due_too_far"): _("Termin porodu jest zbyt odległy. Sprawdź datę."),
    }[(fault.field, fault.code)]
    return said % fault.value if "%s" in said else said


def checked(person: Person, on: date) -> Person:
    """The person ready to save: PESEL cleaned, sex and birth date taken from it when missing, keys filled.

    Raises ValidationError with a sentence at each wrong field.
    """
    person.pesel = checks.clean_pesel(person.pesel or "")
    birth = checks.pesel_birth(person.pesel) if person.pesel else None
    if birth is not None:
        person.born_on = person.born_on or birth
        person.sex = person.sex if person.sex in ("F", "M") else checks.pesel_sex(person.pesel)
    faults = checks.person_faults(
        pesel=person.pesel, sex=person.sex, born_on=person.born_on, died_on=person.died_on,
        is_unborn=person.is_unborn, due_on=person.due_on, on=on,
    )  # fmt: skip
    if faults:
        raise ValidationError({fault.field: sentence(fault) for fault in faults})
    if not person.last_name.strip():
        raise ValidationError({"last_name": _("Podaj nazwisko. Gdy nie jest znane, wpisz „nieznane”.")})
    fill_keys(person)
    return person


def draft_person(actor: Actor, fields: dict[str, Any], on: date) -> Person:
    """An unsaved, checked person of the actor's institution from the fields given; unknown keys are left out."""
    known = {name: fields[name] for name in FIELDS if fields.get(name) not in (None, "")}
    known = {name: value.strip() if isinstance(value, str) else value for name, value in known.items()}
    return checked(Person(institution_id=actor.institution_id, **known), on)


def refuse_known_pesel(actor: Actor, people: list[Person]) -> None:
    """Raise Refusal when a PESEL of these new people is already here, naming nobody."""
    numbers = [p.pesel for p in people if p.pesel]
    if len(set(numbers)) != len(numbers):
        raise Refusal(_("Dwie osoby mają wpisany ten sam numer PESEL."), field="pesel")
    if numbers and Person.objects.for_actor(actor).filter(pesel__in=numbers).exists():
        raise Refusal(
            _("Osoba z tym numerem PESEL jest już w systemie."),
            advice=_("Wybierz ją z listy znalezionych zamiast wpisywać od nowa."),
            field="pesel",
        )


def save_person(person: Person, *, fresh: bool) -> Person:
    """Save one checked person and their words in the index."""
    person.save()
    index_names([person], fresh=fresh)
    return person


def add[R: Record](actor: Actor, model: type[R], **fields: Any) -> R:
    """Save a new row of the actor's institution."""
    made = model(institution_id=actor.institution_id, **fields)
    made.save()
    return made


def change[R: Record](record: R, **fields: Any) -> R:
    """Set fields of a row and save it."""
    for name, value in fields.items():
        setattr(record, name, value)
    record.save()
    return record


def end[R: Record](record: R, on: date) -> R:
    """The locked row with its last day. Raises Refusal when it has ended already or that day is not after its first."""
    record = lock(record)
    until, since = getattr(record, "until", None), getattr(record, "since", None)
    if until is not None:
        raise Refusal(_("Ktoś już to zakończył: %s.") % until.strftime("%d.%m.%Y"), field="on")
    if since and on <= since:
        raise Refusal(_("Koniec musi być po początku (%s).") % since.strftime("%d.%m.%Y"), field="on")
    return change(record, until=on)


def family_person(family: Family, person: Person) -> None:
    """Raise Refusal unless the person belongs or belonged to the family."""
    if not family.memberships.filter(person=person).exists():
        raise Refusal(_("Ta osoba nie należy do rodziny."), advice=_("Najpierw dołącz ją do rodziny."), field="person")


def no_future(day: date | None, today: date, field: str) -> None:
    """Raise ValidationError at `field` when the day has not come yet."""
    if day is not None and day > today:
        raise ValidationError({field: _("Data nie może być w przyszłości.")})
