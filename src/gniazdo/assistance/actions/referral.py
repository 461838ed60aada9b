"""Taking a report by phone: the family, its people and the case in one act, out of a draft that survives a dropped call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from gniazdo.access.actions import action
from gniazdo.access.queries import fetch
from gniazdo.access.rules import Actor, Refusal
from gniazdo.assistance.actions.intake import Referral, register_referral
from gniazdo.assistance.queries.case import lookalikes
from gniazdo.assistance.queries.who import REGISTRAR
from gniazdo.cases.models import CaseFile
from gniazdo.papers.actions.drafts import discard_drafts_of
from gniazdo.people.actions.family import register_family_with_people
from gniazdo.people.models import Family

DRAFT = "assistance.referral"


@action("assistance.referral.register", label="Przyjmij zgłoszenie rodziny", who=REGISTRAR)
def take_referral(
    actor: Actor, nothing: None, *, referral: Referral, on: date, family_id: UUID | None = None, family_name: str = "",
    people: Sequence[Mapping[str, Any]] = (), address: Mapping[str, Any] | None = None, phone: str = "",
    not_duplicate_reason: str = "",
) -> CaseFile:  # fmt: skip
    """A report about a family already here (`family_id`) or a new one with its people; its draft is then thrown away.

    Raises NotHere for a family the post may not see, Refusal as `register_referral`, when nobody is named, or when
    somebody of that name and birth date is already here and no reason says it is another person.
    """
    if family_id is not None:
        family = fetch(actor, "people.family.view", Family, family_id)
    else:
        name = family_name.strip() or next((str(p.get("last_name") or "").strip() for p in people), "")
        if not name:
            raise Refusal(_("Podaj nazwisko rodziny."), field="family_name")
        _refuse_lookalikes(actor, people, on=on, reason=not_duplicate_reason)
        family = register_family_with_people(
            actor, None, name=name, people=people, on=on, address=address, phone=phone,
            not_duplicate_reason=not_duplicate_reason,
        )  # fmt: skip
    case = register_referral(actor, family, referral=referral, on=on)
    discard_drafts_of(actor, DRAFT)
    return case


def _refuse_lookalikes(actor: Actor, people: Sequence[Mapping[str, Any]], *, on: date, reason: str) -> None:
    """Search before create: nobody is written in twice because a name was heard with a typo."""
    alike = [] if reason.strip() else lookalikes(actor, people, on=on)
    if alike:
        raise Refusal(
            _("Podobne osoby są już w systemie: %s.") % ", ".join(dict.fromkeys(one.name for one, _family in alike)),
            advice=_("Wybierz ich rodzinę z listy albo napisz, dlaczego to ktoś inny."),
            field="not_duplicate_reason",
        )
