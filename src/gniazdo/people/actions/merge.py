"""Two records of one human being become one, for good only after 30 days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gniazdo.access.actions import action, lock
from gniazdo.access.queries import may
from gniazdo.access.rules import Actor, Refusal
from gniazdo.people.actions.writing import add, change
from gniazdo.people.models import Merge, Person, PersonToken
from gniazdo.people.models.search import fill_keys, index_names
from gniazdo.people.queries.guards import case_worker, manager
from gniazdo.platform.models.record import plain_value

UNDO_DAYS = 30
FILLED = ("first_name", "second_name", "family_name", "pesel", "born_on", "died_on", "citizenship", "due_on")
merges = manager | case_worker


def _references() -> list[tuple[type[Any], str]]:
    """Every foreign key to a person in the whole program, but the merge's own and the index of names."""
    own = {Merge, PersonToken, Person}
    relations: list[Any] = list(Person._meta.get_fields(include_hidden=True))
    return [
        (relation.related_model, relation.field.name)
        for relation in relations
        if relation.auto_created and not relation.concrete and relation.related_model not in own
    ]


@action("people.person.merge", label="Połącz zdublowane osoby", who=merges)
def merge_persons(actor: Actor, kept: Person, *, lost: Person, reason: str, on: date) -> Merge:
    """`lost` is the same human as `kept`: its rows move over, its words fill what is empty, its record stays, hidden.

    A row that would collide (both in one family at a time) stays with the hidden record. Raises Refusal without a
    reason, for one's own double, for persons with two different PESELs, or a person this post may not see.
    """
    if lost.institution_id != actor.institution_id or kept.pk == lost.pk or not may(actor, "people.person.merge", lost):
        raise Refusal(_("Wybierz dwie różne osoby, do których masz dostęp."), field="lost")
    if not reason.strip():
        raise Refusal(_("Napisz, skąd wiadomo, że to ta sama osoba."), field="reason")
    kept, lost = lock(kept), lock(lost)
    if kept.merged_into_id or lost.merged_into_id:
        raise Refusal(_("Jedna z tych osób została już połączona."))
    if kept.pesel and lost.pesel and kept.pesel != lost.pesel:
        raise Refusal(
            _("Te osoby mają różne numery PESEL, więc to dwie osoby."),
            advice=_("Jeżeli jeden z numerów jest pomyłką, najpierw go popraw."),
        )
    moved = _move_rows(kept, lost)
    filled = {name: getattr(lost, name) for name in FILLED if getattr(lost, name) and not getattr(kept, name)}
    if lost.sex != "U" and kept.sex == "U":
        filled["sex"] = lost.sex
    record = add(
        actor, Merge, kept=kept, lost=lost, reason=reason.strip(), merged_on=on, moved=moved,
        filled={name: plain_value(value) for name, value in filled.items()}, surrendered={"pesel": lost.pesel},
    )  # fmt: skip
    lost.merged_into, lost.pesel, lost.pesel_reversed = kept, "", ""
    lost.save()
    PersonToken.objects.filter(person=lost).delete()
    for name, value in filled.items():
        setattr(kept, name, value)
    fill_keys(kept)
    kept.save()
    index_names([kept], fresh=False)
    return record


def _move_rows(kept: Person, lost: Person) -> dict[str, list[str]]:
    moved: dict[str, list[str]] = {}
    for model, field in _references():
        for row in model._base_manager.filter(**{field: lost}).order_by("pk"):
            setattr(row, field, kept)
            try:
                with transaction.atomic():
                    row.save()
            except IntegrityError:
                continue  # both already had it: this one stays with the hidden record
            moved.setdefault(f"{model._meta.label_lower}.{field}", []).append(str(row.pk))
    return moved


@action("people.person.undo_merge", label="Cofnij połączenie osób", who=merges)
def undo_merge(actor: Actor, merge: Merge, *, on: date) -> Person:
    """Within 30 days the two are two again: moved rows go back, filled fields are emptied unless corrected since.

    Raises Refusal when it was undone already or the time has passed.
    """
    merge = lock(merge)
    if merge.undone_on:
        raise Refusal(_("To połączenie zostało już cofnięte."))
    if on > merge.merged_on + timedelta(days=UNDO_DAYS):
        raise Refusal(_("Połączenie można cofnąć przez %d dni.") % UNDO_DAYS)
    kept, lost = lock(merge.kept), lock(merge.lost)
    for label, ids in merge.moved.items():
        name, _dot, field = label.rpartition(".")
        for row in apps.get_model(name)._base_manager.filter(pk__in=ids, **{field: kept}).order_by("pk"):
            setattr(row, field, lost)
            row.save()
    for name, value in merge.filled.items():
        if plain_value(getattr(kept, name)) == value:
            blank: Any = Person._meta.get_field(name)
            setattr(kept, name, None if blank.null else blank.get_default() if name == "sex" else "")
    fill_keys(kept)
    kept.save()
    lost.merged_into, lost.pesel = None, merge.surrendered.get("pesel", "")
    fill_keys(lost)
    lost.save()
    index_names([kept, lost], fresh=False)
    change(merge, undone_on=on)
    return lost
