"""Who may do and read what with papers: the guards of this room, in one place."""

from __future__ import annotations

from django.db.models import Model, Q

from gniazdo.access.queries import NOTHING, Guard, on_access_list, role
from gniazdo.access.rules import Actor
from gniazdo.papers.models import Draft, LetterRecord, SheetRecord, StoredFile

MANAGER = role("manager", label="kierownik jednostki")
SECRETARY = role("secretary", label="sekretariat")
KEEPERS = role("manager", "administrator", label="kierownik jednostki lub administrator")
WORKERS = on_access_list & role(
    "assistant", "social_worker", "specialist", "coordinator", "team_leader", label="pracownik merytoryczny"
)


def _registry(actor: Actor, model: type[Model]) -> Q:
    if not actor.has_role("secretary"):
        return NOTHING
    if model is SheetRecord:
        return Q(for_registry=True)
    if model is StoredFile:
        return Q(sheet__for_registry=True) | Q(letter__isnull=False)
    return Q() if model is LetterRecord or model is Model else NOTHING


REGISTRY = Guard("sekretariat (karty przyjęcia i rejestry)", _registry)


def _own(actor: Actor, model: type[Model]) -> Q:
    if model is Model:
        return Q()
    return Q(owner_id__in=actor.post_ids) if model is Draft else NOTHING


OWN_DRAFT = Guard("autor szkicu", _own)
READERS = WORKERS | MANAGER | REGISTRY
WRITERS = WORKERS | MANAGER | REGISTRY
STARTERS = WORKERS | MANAGER | SECRETARY
