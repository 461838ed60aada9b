"""Reads of case files: families and their cases in lists, the case page, workers, caseload, the timeline."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from gniazdo.access.queries import NOTHING, fetch, on_access_list, reads, role, visible
from gniazdo.access.rules import Actor
from gniazdo.cases.models import Assignment, CaseFile, Event, Transition
from gniazdo.cases.rules import KINDS, CaseKind
from gniazdo.cases.vocab import WORKER_ROLES
from gniazdo.kernel.process import Move
from gniazdo.orgs.models import Substitution
from gniazdo.orgs.queries import during
from gniazdo.people.models import Family
from gniazdo.people.rules.names import key_prefixes, polish_key
from gniazdo.platform.models import Prepared

PAGE = 25
EVENTS = 30  # of a timeline at once
READ_CASE = role("manager", label="kierownik jednostki") | on_access_list


# --- caseload ---------------------------------------------------------------------------------------------------------


def families_by_post(
    institution_id: UUID, *, on: date, role: str = "ASSISTANT", post_id: UUID | None = None
) -> dict[UUID, list[tuple[UUID, str]]]:
    """For each post the (family id, state of the case that day) it works with in that role. What counts is the caller's rule."""
    then = Transition.objects.system().filter(case_id=OuterRef("case_id"), on__lte=on).order_by("-on", "-id")
    rows = Assignment.objects.system().filter(during(on), institution_id=institution_id, role=role)
    if post_id:
        rows = rows.filter(post_id=post_id)
    found: dict[UUID, list[tuple[UUID, str]]] = {}
    for post, family, state, since, before in rows.annotate(then=Subquery(then.values("target")[:1])).values_list(
        "post_id", "case__family_id", "case__state", "case__state_since", "then"
    ):
        found.setdefault(post, []).append((family, state if since <= on else before or ""))
    return found


def caseload(institution_id: UUID, *, on: date, role: str = "ASSISTANT") -> dict[UUID, int]:
    """How many families each post works with that day in that role, whatever the state of their cases."""
    rows = families_by_post(institution_id, on=on, role=role)
    return {post: len({family for family, _state in families}) for post, families in rows.items()}


# --- workers ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Worker:
    """Someone working with a family that day: their role, phone, since when, and who stands in for them."""

    assignment: Assignment
    name: str
    role: str
    phone: str
    since: date
    stand_in: str
    stand_in_until: date | None

    @property
    def role_label(self) -> str:
        """The role in words."""
        return WORKER_ROLES.label_of(self.role)


def _assigned(on: date, family_id: UUID | None, case_id: UUID | None) -> QuerySet[Assignment]:
    rows = Assignment.objects.system().filter(during(on))
    rows = rows.filter(case__family_id=family_id) if family_id else rows.filter(case_id=case_id)
    standing = Substitution.objects.system().filter(during(on), absent_id=OuterRef("post_id")).order_by("-since", "-id")
    name = Concat("stand_in__user__first_name", Value(" "), "stand_in__user__last_name")
    return (
        rows.select_related("post__user")
        .annotate(
            stand_in=Subquery(standing.values_list(name)[:1]), stand_in_until=Subquery(standing.values("until")[:1])
        )
        .order_by("role", "since")
    )


_ASSIGNED = Prepared(_assigned)


def _workers(assigned: list[Any]) -> list[Worker]:
    return [
        Worker(a, a.post.user.full_name, a.role, a.post.phone, a.since, a.stand_in or "", a.stand_in_until)
        for a in assigned
    ]


def workers_of(family_id: UUID, *, on: date) -> list[Worker]:
    """Who works with a family that day in any case, with substitutions. For callers that hold an allowed family."""
    return _workers(_ASSIGNED.records(on=on, family_id=family_id, case_id=None))


def workers_of_case(case: CaseFile, *, on: date) -> list[Worker]:
    """Who works on one case that day."""
    return _workers(_ASSIGNED.records(on=on, family_id=None, case_id=case.pk))


# --- the case ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CaseHeader:
    """What stands on top of every page about a case."""

    case: CaseFile
    family: Family
    kind: CaseKind | None
    state: str
    workers: list[Worker]
    follows: CaseFile | None
    followed_by: CaseFile | None


def state_label(case: CaseFile) -> str:
    """The Polish name of the case's state in the process of its kind."""
    kind = KINDS.get(case.kind)
    return kind.process.label_of(case.state) if kind else case.state


@reads("cases.case.view", label="Przeglądanie sprawy", who=READ_CASE)
def case_of(actor: Actor, case_id: UUID | str) -> CaseFile:
    """One case file the actor may see. Raises NotHere."""
    return fetch(actor, "cases.case.view", CaseFile.objects.system().select_related("family", "follows"), case_id)


def case_header(actor: Actor, case_id: UUID | str, *, on: date) -> CaseHeader:
    """The header of a case. Raises NotHere."""
    case = case_of(actor, case_id)
    later = CaseFile.objects.system().filter(follows_id=case.pk).order_by("opened_on").first()
    return CaseHeader(
        case, case.family, KINDS.get(case.kind), state_label(case), workers_of_case(case, on=on), case.follows, later
    )


def log_of(case: CaseFile) -> list[Transition]:
    """Every move of the case, the newest first."""
    return list(
        Transition.objects.system().filter(case_id=case.pk).select_related("by__user").order_by("-on", "-id")[:200]
    )


def former_workers(case: CaseFile, *, on: date) -> list[Assignment]:
    """Who worked on the case before."""
    rows = Assignment.objects.system().filter(case_id=case.pk, until__lte=on)
    return list(rows.select_related("post__user").order_by("-until", "-since")[:50])


def cases_of_family(family_id: UUID) -> list[CaseFile]:
    """All cases of a family, the newest first. For callers that hold an allowed family."""
    return list(CaseFile.objects.system().filter(family_id=family_id).order_by("-opened_on", "-id")[:50])


def open_case_of(family_id: UUID, kind: str) -> CaseFile | None:
    """The open case of that kind about a family, or None."""
    return (
        CaseFile.objects.system().filter(family_id=family_id, kind=kind, closed_on=None).order_by("-opened_on").first()
    )


# --- lists ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FamilyLine:
    """One row of the list of families; `opens` says whether the post may open the case."""

    family_id: UUID
    name: str
    case_id: UUID | None
    case_mark: str
    state: str
    since: date | None
    workers: str
    opens: bool


@dataclass(frozen=True, slots=True)
class FamilyPage:
    """A page of families and the key of the next one, empty on the last."""

    lines: list[FamilyLine]
    next: str


@reads("cases.family.list", label="Lista rodzin", who=READ_CASE | role("secretary", label="sekretariat"))
def families(
    actor: Actor, *, state: str = "", posts: list[UUID] | None = None, text: str = "", after: str = "", size: int = PAGE,
    on: date,
) -> FamilyPage:  # fmt: skip
    """Families in Polish order, keyset-paginated: by state of the open case, by worker, by the beginning of the name.

    `after` is "<sort key>|<id>" of the last row shown. A restricted post starts from its own short access list.
    """
    key, _, last = after.rpartition("|")
    asked: dict[str, Any] = {
        "actor": actor, "on": on, "state": state or None, "posts": posts, "key": key if after else None,
        "last": UUID(last) if after else None, "prefixes": (key_prefixes(text) or [polish_key(text)]) if text else None,
    }  # fmt: skip
    found = _FAMILIES.rows(**asked) if size == PAGE else list(_families(**asked, size=size))
    more, shown = len(found) > size, found[:size]
    return FamilyPage(_family_lines(actor, shown, on), f"{shown[-1][2]}|{shown[-1][0]}" if more else "")


def _families(
    actor: Actor, on: date, state: str | None, posts: list[UUID] | None, key: str | None, last: UUID | None,
    prefixes: list[str] | None, size: int = PAGE,
) -> QuerySet[Any, Any]:  # fmt: skip
    rows = visible(actor, "cases.family.list", Family.objects.system())
    if prefixes is not None:
        starts = NOTHING
        for prefix in prefixes:
            # Keys are digits, and letters come after digits in every collation.
            starts |= Q(sort_key__gte=prefix, sort_key__lt=Concat(Value(prefix), Value("a")))
        rows = rows.filter(starts)
    if state:
        rows = rows.filter(pk__in=CaseFile.objects.for_actor(actor).filter(state=state).values("family_id"))
    if posts is not None:
        mine = Assignment.objects.for_actor(actor).filter(during(on), post_id__in=posts)
        rows = rows.filter(pk__in=mine.values("case__family_id"))
    if key is not None:
        # The first condition is what an index walks; without it everything before the cursor would be read.
        rows = rows.filter(Q(sort_key__gt=key) | Q(sort_key=key, pk__gt=last), sort_key__gte=key)
    return rows.order_by("sort_key", "pk").values_list("pk", "name", "sort_key")[: size + 1]


def _cases_of(ids: list[UUID]) -> QuerySet[Any, Any]:
    rows = CaseFile.objects.system().filter(family_id__in=ids)
    return rows.order_by(F("closed_on").asc(nulls_last=True), "opened_on").values_list(
        "family_id", "id", "case_mark", "kind", "state", "state_since", "closed_on"
    )


def _workers_of(ids: list[UUID], on: date) -> QuerySet[Any, Any]:
    rows = Assignment.objects.system().filter(during(on), case__family_id__in=ids).exclude(role="INTAKE")
    return rows.order_by("role").values_list("case__family_id", "post__user__first_name", "post__user__last_name")


_FAMILIES, _CASES_OF, _WORKERS_OF = Prepared(_families), Prepared(_cases_of), Prepared(_workers_of)


def _family_lines(actor: Actor, shown: list[tuple[UUID, str, str]], on: date) -> list[FamilyLine]:
    ids = [row[0] for row in shown]
    latest: dict[UUID, tuple[UUID | None, str, str, date | None]] = {}
    for family_id, case_id, mark, kind, state, since, closed_on in _CASES_OF.rows(ids=ids):
        if family_id not in latest or not closed_on:
            known = KINDS.get(kind)
            latest[family_id] = (case_id, mark, known.process.label_of(state) if known else state, since)
    names: dict[UUID, list[str]] = {}
    for family_id, first, last in _WORKERS_OF.rows(ids=ids, on=on):
        names.setdefault(family_id, []).append(f"{first} {last}")
    all_open = actor.has_role("manager")
    return [
        FamilyLine(
            pk, name, *latest.get(pk, (None, "", "", None)), ", ".join(dict.fromkeys(names.get(pk, []))),
            all_open or pk in actor.subject_ids,
        )
        for pk, name, _key in shown
    ]  # fmt: skip


# --- timeline ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Timeline:
    """Some events, the newest first, and the cursor of older ones (empty when there are none)."""

    events: list[Event]
    next: str


@reads("cases.timeline.view", label="Oś czasu rodziny", who=READ_CASE)
def timeline(
    actor: Actor, family_id: UUID, *, kinds: Collection[str] = (), before: str = "", significant: bool = False
) -> Timeline:
    """What happened in a family, the newest first. `before` is "<moment>|<id>" of the last event shown."""
    moment, _, last = before.rpartition("|")
    found = _EVENTS.records(
        actor=actor, family_id=family_id, kinds=list(kinds) or None, significant=significant,
        at=datetime.fromisoformat(moment) if before else None, last=UUID(last) if before else None,
    )  # fmt: skip
    shown = found[:EVENTS]
    return Timeline(shown, f"{shown[-1].at.isoformat()}|{shown[-1].pk}" if len(found) > EVENTS else "")


def _events(
    actor: Actor, family_id: UUID, kinds: list[str] | None, significant: bool, at: datetime | None, last: UUID | None
) -> QuerySet[Event]:
    rows = visible(actor, "cases.timeline.view", Event.objects.system()).filter(family_id=family_id)
    if kinds is not None:
        rows = rows.filter(kind__in=kinds)
    if significant:
        rows = rows.filter(is_significant=True)
    if at is not None:
        rows = rows.filter(Q(at__lt=at) | Q(at=at, pk__lt=last), at__lte=at)
    return rows.select_related("by__user").order_by("-at", "-pk")[: EVENTS + 1]


_EVENTS = Prepared(_events)


def offered_moves(actor: Actor, case: CaseFile) -> list[tuple[Move, str, str]]:
    """(move, permission, URL name) for each move the process allows now; who may is asked by the page."""
    kind = KINDS.get(case.kind)
    if kind is None:
        return []
    return [(m, kind.permission_of(m.code), kind.urls.get(m.code, "")) for m in kind.shown_moves(case.state)]
