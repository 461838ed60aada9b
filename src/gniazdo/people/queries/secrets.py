"""The only place that selects secret addresses; each reading is journalled under its own code."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from gniazdo.access.queries import fetch, reads, visible
from gniazdo.access.rules import Actor
from gniazdo.orgs.queries import during
from gniazdo.people.models import Membership, SecretAddress, SecretAddressReader
from gniazdo.people.queries.guards import reads_secret
from gniazdo.platform.models import Prepared


def has_secret_address(family_id: UUID, on: date) -> bool:
    """Whether the family or somebody of it has a secret address that day: the fact, never the words."""
    people = Membership.objects.system().filter(during(on), family_id=family_id).values("person_id")
    rows = SecretAddress.objects.system().filter(during(on))
    return rows.filter(family_id=family_id).exists() or rows.filter(person_id__in=people).exists()


@reads("people.secret_address.read", label="Odczytaj adres tajny", who=reads_secret)
def read_secret_address(actor: Actor, secret_id: UUID) -> SecretAddress:
    """A secret address, for the manager and the posts named at it; the reading is journalled apart. Raises NotHere."""
    return fetch(actor, "people.secret_address.read", SecretAddress, secret_id)


def secret_addresses_open_to(
    actor: Actor, *, family_id: UUID | None = None, person_ids: list[UUID] | None = None
) -> list[UUID]:
    """Ids of secret addresses this actor may open (no words are read): the links on a page."""
    return [row[0] for row in _SECRETS.rows(actor=actor, family_id=family_id, persons=person_ids or [])]


def _secrets(actor: Actor, family_id: UUID | None, persons: list[UUID]) -> QuerySet[Any, Any]:
    rows = visible(actor, "people.secret_address.read", SecretAddress.objects.system()).filter(until__isnull=True)
    rows = rows.filter(family_id=family_id) if family_id else rows.filter(person_id__in=persons)
    return rows.order_by("id").values_list("id").distinct()


_SECRETS = Prepared(_secrets)


def readers_of(secret: SecretAddress) -> list[SecretAddressReader]:
    """Posts named at a secret address, by name."""
    rows = SecretAddressReader.objects.system().filter(secret=secret).select_related("post__user")
    return list(rows.order_by("post__user__last_name", "post__user__first_name", "id"))
