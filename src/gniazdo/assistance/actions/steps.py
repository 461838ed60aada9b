"""Building blocks of the verbs that move a case: the details under a lock, one move, the end of assignments."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gniazdo.access.actions import lock
from gniazdo.access.rules import HOUSE, Actor, Refusal
from gniazdo.assistance.models import AssistanceCase
from gniazdo.assistance.process import ASSISTANCE
from gniazdo.cases.actions import end_assignment, move_case
from gniazdo.cases.models import Assignment, CaseFile
from gniazdo.kernel.legal import UWRSPZ
from gniazdo.orgs.models import Post

KIND = "ASSISTANCE"
ART_7 = f"art. 7 ust. 1, {UWRSPZ}"
ART_8 = f"art. 8 ust. 3, {UWRSPZ}"
ART_11 = f"art. 11, {UWRSPZ}"
ART_15_4 = f"art. 15 ust. 4, {UWRSPZ}"
KRO_109 = "art. 109 § 2 pkt 1 i § 4 Kodeksu rodzinnego i opiekuńczego"


def details(case: CaseFile) -> AssistanceCase:
    """What the case knows beyond its file, locked for this verb. Raises Refusal for a file of another kind."""
    found = AssistanceCase.objects.system().filter(case_id=case.pk).first()
    if found is None:
        raise Refusal(
            _("Ta teczka nie jest sprawą asysty rodzinnej."),
            article=HOUSE,
            advice=_("Otwórz sprawę asysty tej rodziny i powtórz tę czynność w niej."),
        )
    return lock(found)


def move(
    actor: Actor, case: CaseFile, step: str, *, on: date, note: str = "", title: str = "", **values: Any
) -> CaseFile:
    """One move of the process, with the details that change with it. Raises Refusal like `move_case`."""
    row = details(case)
    moved = move_case(actor, case, ASSISTANCE, step, on=on, note=note, title=title)
    if values:
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
    return moved


def begin_diagnosis(actor: Actor, case: CaseFile, *, on: date) -> CaseFile:
    """The one way from "assigned" to the diagnosis: assistant and social worker were with the family together on `on`.

    The visit keeps its own day; a move is never dated before the one it follows.
    """
    return move(actor, case, "first_visit", on=max(on, case.state_since), first_visit_on=on)


def own_post(actor: Actor) -> Post | None:
    """The post that acts, None for the machine."""
    return None if actor.is_system else Post.objects.for_actor(actor).filter(pk=actor.post_id).first()


def open_assignments(case: CaseFile, role: str = "") -> list[Assignment]:
    """Assignments in force in a case, oldest first."""
    rows = Assignment.objects.system().filter(case_id=case.pk, until=None)
    if role:
        rows = rows.filter(role=role)
    return list(rows.select_related("case", "post__user").order_by("since", "id"))


def end_all_assignments(actor: Actor, case: CaseFile, *, on: date, reason: str) -> None:
    """Everyone stops working on the case; their access to the family ends unless another case keeps it."""
    for assignment in open_assignments(case):
        end_assignment(actor, assignment, on=on, reason=reason)


def require_state(case: CaseFile, *states: str, act: str) -> None:
    """Refuse an act that the present state does not admit. `act` completes the sentence."""
    if case.state not in states:
        raise Refusal(
            _("Sprawa jest w stanie „%(state)s”, dlatego nie można: %(act)s.")
            % {"state": ASSISTANCE.label_of(case.state), "act": act},
            advice=_("Odśwież stronę: ktoś mógł już zmienić bieg sprawy."),
            article=HOUSE,
        )


def require_past(on: date, *, today: date, field: str = "on") -> None:
    """Refuse a day that has not come yet."""
    if on > today:
        raise Refusal(_("Ta data jest w przyszłości. Podaj dzień, w którym to się stało."), field=field)
