"""Verbs about one person: register, correct, born, deceased."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from gniazdo.access.actions import action, lock
from gniazdo.access.rules import Actor, Refusal
from gniazdo.people.actions.writing import FIELDS, checked, draft_person, no_future, refuse_known_pesel, save_person
from gniazdo.people.models import Person
from gniazdo.people.queries.duplicates import strong_q, was_searched
from gniazdo.people.queries.guards import keeps_register, registers


def not_a_duplicate(actor: Actor, fields: dict[str, Any], *, seen: str, reason: str) -> None:
    """Raise Refusal unless the search was shown, and a reason given when somebody is most likely the same human being."""
    if not was_searched(actor, fields, seen):
        raise Refusal(
            _("Najpierw sprawdź, czy tej osoby nie ma już w systemie."),
            advice=_("Kliknij „Sprawdź i zapisz”, obejrzyj znalezione osoby i zapisz ponownie."),
            field="last_name",
        )
    same = strong_q(str(fields.get("first_name") or ""), str(fields.get("last_name") or ""), fields.get("born_on"), "")
    alike = Person.objects.for_actor(actor).filter(same, merged_into__isnull=True)
    if not reason.strip() and alike.exists():
        raise Refusal(
            _("Osoba o tym imieniu, nazwisku i dacie urodzenia jest już w systemie."),
            advice=_("Wybierz ją z listy albo napisz, dlaczego to ktoś inny."),
            field="not_duplicate_reason",
        )


@action("people.person.register", label="Wpisz nową osobę", who=registers)
def register_person(
    actor: Actor, _scope: None, /, *, on: date, seen: str, not_duplicate_reason: str = "", **fields: Any
) -> Person:
    """Write in a human being not yet here. `seen` proves that lookalikes were shown (`queries.proof_of_search`).

    Raises Refusal when the search was skipped, when a lookalike needs a reason, or the PESEL is taken; ValidationError
    with a sentence at each wrong field.
    """
    person = draft_person(actor, fields, on)
    not_a_duplicate(actor, fields, seen=seen, reason=not_duplicate_reason)
    refuse_known_pesel(actor, [person])
    person.not_duplicate_reason = not_duplicate_reason.strip()[:200]
    return save_person(person, fresh=True)


@action("people.person.correct", label="Popraw dane osoby", who=keeps_register)
def correct_person(actor: Actor, person: Person, /, *, on: date, rev: int | None = None, **fields: Any) -> Person:
    """Correct a person's data; `rev` is the revision the user started from.

    Raises Conflict when somebody saved since, ValidationError with a sentence at each wrong field.
    """
    person = lock(person, rev=rev)
    if person.merged_into_id:
        raise Refusal(_("Ta osoba została połączona z inną. Popraw dane tamtej osoby."))
    for name in FIELDS:
        if name in fields:
            setattr(person, name, fields[name])
    return save_person(checked(person, on), fresh=False)


@action("people.person.born", label="Zapisz urodzenie dziecka", who=keeps_register)
def mark_born(
    actor: Actor, person: Person, *, on: date, born_on: date, first_name: str = "", sex: str = "U", pesel: str = ""
) -> Person:
    """An unborn child becomes a born one. Raises Refusal when it already is, ValidationError at wrong fields."""
    person = lock(person)
    if not person.is_unborn:
        raise Refusal(_("To dziecko jest już zapisane jako urodzone."))
    person.is_unborn, person.born_on, person.pesel = False, born_on, pesel
    person.sex = sex or person.sex
    person.first_name = first_name.strip() or person.first_name
    return save_person(checked(person, on), fresh=False)


@action("people.person.deceased", label="Zapisz zgon", who=keeps_register)
def mark_deceased(actor: Actor, person: Person, *, on: date, died_on: date) -> Person:
    """Record a death. Raises Refusal for an unborn child, ValidationError when dates are out of order."""
    person = lock(person)
    if person.is_unborn:
        raise Refusal(_("Dziecko nienarodzone zakończ w składzie rodziny, nie przez zgon."))
    no_future(died_on, on, "died_on")
    if person.born_on and died_on < person.born_on:
        raise ValidationError({"died_on": _("Data zgonu jest wcześniejsza niż data urodzenia.")})
    person.died_on = died_on
    person.save()
    return person
