"""How loaded assistants are against the limit of art. 15 ust. 4, on any day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from gniazdo.access.queries import reads
from gniazdo.access.rules import Actor
from gniazdo.assistance.queries.who import DISPOSES
from gniazdo.assistance.rules import Load, caseload
from gniazdo.cases.queries import families_by_post
from gniazdo.orgs.models import Absence, Post, Substitution
from gniazdo.orgs.queries import during, parameters, posts_with_role
from gniazdo.orgs.vocab import ABSENCE_KINDS

SETTINGS = ("assistance.caseload_states", "assistance.caseload_by_fte", "assistance.caseload_warning_percent")


@dataclass(frozen=True, slots=True)
class AssistantLoad:
    """One assistant on the board: families counted against the limit, absence and who stands in."""

    post: Post
    load: Load
    absence: Absence | None
    stand_in: str

    @property
    def percent(self) -> int:
        """How full the bar is, at most 100."""
        return min(self.load.count * 100 // self.load.limit, 100)

    @property
    def status(self) -> str:
        """The word beside the bar, so that colour is never alone."""
        if self.absence:
            return ABSENCE_KINDS.label_of(self.absence.kind)
        if self.load.over:
            return _("ponad limit")
        if self.load.full:
            return _("limit osiągnięty")
        return _("blisko limitu") if self.load.near else _("są miejsca")

    @property
    def tone(self) -> str:
        """The tone of the badge."""
        if self.absence:
            return ""
        return "bad" if self.load.over else "warn" if self.load.near else "ok"


def load_of(post: Post, *, on: date, plus: Iterable[tuple[UUID, str]] = ()) -> Load:
    """One assistant's load that day, with the families `plus` (id, state) as if already assigned."""
    settings = parameters(post.institution_id, SETTINGS, on=on)
    rows = families_by_post(post.institution_id, on=on, role="ASSISTANT", post_id=post.pk).get(post.pk, [])
    return caseload([*rows, *plus], on, parameters=settings, fte_percent=post.fte_percent)


def loads(institution_id: UUID, *, on: date) -> list[AssistantLoad]:
    """Every assistant of the institution that day, those with the most room first."""
    settings = parameters(institution_id, SETTINGS, on=on)
    rows = families_by_post(institution_id, on=on, role="ASSISTANT")
    away = {a.post_id: a for a in Absence.objects.system().filter(during(on), institution_id=institution_id)}
    stand_ins = {
        s.absent_id: s.stand_in.user.full_name
        for s in Substitution.objects.system()
        .filter(during(on), institution_id=institution_id)
        .select_related("stand_in__user")
    }
    found = [
        AssistantLoad(
            post,
            caseload(rows.get(post.pk, []), on, parameters=settings, fte_percent=post.fte_percent),
            away.get(post.pk),
            stand_ins.get(post.pk, ""),
        )
        for post in posts_with_role(institution_id, "assistant", on=on)
    ]
    return sorted(found, key=lambda a: (a.absence is not None, a.load.count - a.load.limit))


@reads("assistance.load.view", label="Obciążenie asystentów", who=DISPOSES)
def caseload_board(actor: Actor, *, on: date) -> list[AssistantLoad]:
    """The load of assistants: all for the head, the team's for its leader."""
    rows = loads(actor.institution_id, on=on)
    return rows if actor.has_role("manager") else [r for r in rows if r.post.pk in actor.reach_post_ids]
