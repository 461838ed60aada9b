"""Who may do and read what with papers: the guards of this room, in one place."""

from __future__ import annotations

from django.db.models import Model, Q

from gniazdo.access.queries import NOTHING, Guard, on_access_list, role
from gniazdo.access.rules import Actor
from gniazdo.papers.models import Draft, LetterRecord, SheetRecord, StoredFile
from gniazdo.papers.rules import LETTERS

MANAGER = role("manager", label="kierownik jednostki")
SECRETARY = role("secretary", label="sekretariat")
KEEPERS = role("manager", "administrator", label="kierownik jednostki lub administrator")
WORKERS = on_access_list & role(
    "assistant", "social_worker", "specialist", "coordinator", "team_leader", label="pracownik merytoryczny"
)


def _open_letters(actor: Actor, path: str) -> Q:
    """Letters whose words the secretariat reads: kinds it may write itself, what came in, its own, those of families it
    was let into. Opinions and letters written out of the work with a family are not among them."""
    open_codes = sorted(code for code, letter in LETTERS.items() if "secretary" in letter.writers)
    mine = Q(**{f"{path}author_id__in": actor.post_ids}) | Q(**{f"{path}family_id__in": actor.subject_ids})
    return Q(**{f"{path}code__in": open_codes}) | Q(**{f"{path}direction": "in"}) | mine


def _registry(actor: Actor, model: type[Model]) -> Q:
    if not actor.has_role("secretary"):
        return NOTHING
    if model is SheetRecord:
        return Q(for_registry=True)
    if model is StoredFile:
        return Q(sheet__for_registry=True) | Q(letter__isnull=False) & _open_letters(actor, "letter__")
    if model is LetterRecord:
        return _open_letters(actor, "")
    return Q() if model is Model else NOTHING


REGISTRY = Guard("sekretariat (karty przyjęcia i pisma, które sam pisze)", _registry)


def _clerk(actor: Actor, model: type[Model]) -> Q:
    return Q() if actor.has_role("secretary") and model in (LetterRecord, Model) else NOTHING


CLERK = Guard("sekretariat (rejestr pism)", _clerk)
"""Sees that a letter is: its number, day, addressee and title; sends it and notes its delivery. Not its words."""


def _own(actor: Actor, model: type[Model]) -> Q:
    if model is Model:
        return Q()
    return Q(owner_id__in=actor.post_ids) if model is Draft else NOTHING


OWN_DRAFT = Guard("autor szkicu", _own)
READERS = WORKERS | MANAGER | REGISTRY
WRITERS = WORKERS | MANAGER | REGISTRY
LETTER_CLERKS = WORKERS | MANAGER | CLERK
STARTERS = WORKERS | MANAGER | SECRETARY
