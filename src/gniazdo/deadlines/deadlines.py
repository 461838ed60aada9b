"""Terms of the institution itself that every kind of institution has: safety of minors, information security."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from uuid import UUID, uuid5

from gniazdo.deadlines.queries import Deadline, Scope
from gniazdo.deadlines.queries.office import COMMUNE, OFFICE_URL, asked, chain, whose
from gniazdo.deadlines.rules import Fact
from gniazdo.orgs.models import Post

EVENT = "deadlines.officeevent"


def staff_check(deadline: Deadline, scope: Scope) -> Iterator[Fact]:
    """C-STD-04: the day before a person is let in to work with children; people at work before the program came are not asked about."""
    _kind, began = scope.institution
    checked: dict[UUID | None, date] = {}
    for event in scope.office("STAFF_CHECK"):
        checked.setdefault(event.post_id, event.on)
    for post in scope.rows(Post, "until", day="since", of={"institution_id": scope.institution_id}):
        gone = post["until"] is not None and post["until"] <= scope.on
        if post["since"] > began and (not gone or post["id"] in checked):
            yield from scope.fact(
                deadline, start=post["since"], subject_id=post["id"], subject_kind="orgs.post",
                fulfilled_on=checked.get(post["id"]), url=OFFICE_URL,
            )  # fmt: skip


def unknown_start(deadline: Deadline, scope: Scope, *, kinds: tuple[str, ...]) -> Iterator[Fact]:
    """C-LOCAL-09: nothing can be counted from a day nobody has written down; done when each has its first day."""
    kind, began = scope.institution
    wanted = [k for k in kinds if k != "PROGRAMME" or kind in COMMUNE]
    if began > scope.on:
        return
    first = [events[0].on if (events := scope.office(k)) else None for k in wanted]
    known = [day for day in first if day]
    yield from scope.fact(
        deadline, start=began, subject_id=uuid5(scope.institution_id, deadline.id), subject_kind="orgs.institution",
        fulfilled_on=max(began, *known) if len(known) == len(first) else None, role=whose(scope, deadline.role), url=OFFICE_URL,
    )  # fmt: skip


Deadline("deadlines.standards", clock="C-STD-01", label="Przegląd standardów ochrony małoletnich", role="manager", of="institution",
         reads=(EVENT,), compute=partial(chain, kind="STANDARDS"), severity="high",
         warn="deadlines.standards_warn_days")  # fmt: skip
Deadline("deadlines.incident", clock="C-STD-02", label="Zawiadomienie zespołu do spraw analizy zdarzeń", role="manager",
         of="institution", reads=(EVENT,), compute=partial(asked, kind="INCIDENT"), severity="high", extendable=False)  # fmt: skip
Deadline("deadlines.team_request", clock="C-STD-03", label="Przekazanie akt zespołowi do spraw analizy zdarzeń", role="manager",
         of="institution", reads=(EVENT,), compute=partial(asked, kind="TEAM_REQUEST"), severity="high", extendable=False)  # fmt: skip
Deadline("deadlines.staff_check", clock="C-STD-04", label="Sprawdzenie nowego pracownika w rejestrach", role="manager",
         of="institution", reads=(EVENT, "orgs.post"), compute=staff_check, severity="high", extendable=False)  # fmt: skip
Deadline("deadlines.audit", clock="C-DATA-02", label="Audyt wewnętrzny bezpieczeństwa informacji", role="dpo", of="institution",
         reads=(EVENT, "orgs.rolegrant"), compute=partial(chain, kind="AUDIT"), warn="deadlines.audit_warn_days")  # fmt: skip
Deadline("deadlines.office_start", clock="C-LOCAL-09", label="Daty początkowe: standardy i program", role="manager",
         of="institution", reads=(EVENT, "orgs.institution"), severity="low",
         compute=partial(unknown_start, kinds=("STANDARDS", "PROGRAMME")))  # fmt: skip
Deadline("deadlines.audit_start", clock="C-LOCAL-09", label="Data ostatniego audytu bezpieczeństwa", role="dpo",
         of="institution", reads=(EVENT, "orgs.institution", "orgs.rolegrant"), severity="low",
         compute=partial(unknown_start, kinds=("AUDIT",)))  # fmt: skip
