"""Who may see and change what of persons and families: the guards of this room, shared by its reads and verbs."""

from __future__ import annotations

from django.db.models import Model, Q

from gniazdo.access.queries import NOTHING, Guard, on_access_list, role
from gniazdo.access.rules import Actor
from gniazdo.people.models import SecretAddress

manager = role("manager", label="kierownik jednostki")
secretary = role("secretary", label="sekretariat")
case_worker = on_access_list & role(
    "assistant", "social_worker", "coordinator", "team_leader",
    label="asystent, pracownik socjalny, koordynator lub kierownik zespołu",
)  # fmt: skip

sees_people = manager | secretary | on_access_list
"""Names, addresses, phones, kinship: what intake and the family's workers need."""
sees_sensitive = manager | on_access_list
"""Health, disability, money, hazards: not for the secretariat."""
keeps_register = manager | secretary | case_worker
"""Changes identity, address, phones, membership."""
keeps_card = manager | case_worker
"""Changes the sensitive parts of the family card."""
registers = role(
    "manager", "secretary", "assistant", "social_worker", "coordinator", "team_leader", label="kto przyjmuje zgłoszenia"
)
searches = registers | role("specialist", label="specjalista")


def _named(actor: Actor, model: type[Model]) -> Q:
    if model is not SecretAddress:
        return NOTHING if model is not Model else Q(pk__isnull=False)
    return Q(readers__post_id=actor.post_id)


named_reader = Guard("imiennie wskazany przy adresie tajnym", _named)
"""A post named at the secret address. A substitute does not inherit it, nor does a team leader."""
reads_secret = manager | named_reader
