"""What declarations see: some families of one institution, or the institution itself, on one day – as known now or as known then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Q

from gniazdo.access.models import JournalEntry
from gniazdo.cases.models import Assignment, CaseFile, Transition
from gniazdo.deadlines.models import OfficeEvent
from gniazdo.deadlines.rules import Fact, due_to_fact
from gniazdo.kernel.clock import WARSAW
from gniazdo.kernel.legal import CLOCKS, PARAMETERS, NotInForce
from gniazdo.orgs.models import Institution, ParameterValue, RoleGrant
from gniazdo.platform.models import Prepared, Record

NEVER = datetime(9999, 1, 1, tzinfo=UTC)


class Declared(Protocol):
    """As much of a declaration as a row needs."""

    id: str
    clock: str
    role: str


@dataclass(frozen=True, slots=True)
class Step:
    """One move of a case, as the log tells it."""

    move: str
    source: str
    target: str
    on: date


@dataclass(frozen=True, slots=True)
class CaseSeen:
    """One case file as far as deadlines need it."""

    id: UUID
    family_id: UUID
    kind: str
    case_mark: str
    opened_on: date


@dataclass(frozen=True, slots=True)
class Happened:
    """One event in the life of the institution itself, as far as deadlines need it."""

    id: UUID
    on: date
    done_on: date | None
    post_id: UUID | None


def end_of(day: date) -> datetime:
    """The first moment after the day in Warsaw."""
    return datetime.combine(day + timedelta(days=1), time.min, WARSAW)


class Scope:
    """Families of one institution (or, with none, the institution itself) on one day; what several declarations ask, asked once.

    Events after `on` are not seen: so the same declarations answer for any past day. With `as_known`, neither is what
    was written down after that day: rows are taken as they stood then, with later changes undone by the journal.
    """

    def __init__(self, institution_id: UUID, family_ids: Sequence[UUID], on: date, *, as_known: bool = False) -> None:
        self.institution_id, self.family_ids, self.on = institution_id, list(family_ids), on
        self.known: datetime | None = end_of(on) if as_known else None

    def rows(
        self,
        model: type[Record],
        *fields: str,
        day: str,
        of: dict[str, Any] | None = None,
        undated: bool = False,
        **where: Any,
    ) -> list[dict[str, Any]]:
        """Rows of a table (of these families, unless `of` says otherwise) whose `day` has come, as they were known.

        `where` takes exact values and `__in`; `undated` adds those without a day; rows come by day and then by id.
        """
        found = model.objects.system().filter(**(of if of is not None else {"family_id__in": self.family_ids}))
        names = {"id", day, *fields, *(name.removesuffix("__in") for name in where)}
        if self.known is None:
            come = Q(**{f"{day}__lte": self.on}) | (Q(**{day: None}) if undated else Q(pk__in=[]))
            found = found.filter(come, **where)
            return list(found.order_by(day, "id").values(*sorted(names)))
        rows = list(found.filter(created_at__lt=self.known).values(*sorted(names)))
        _undo(model, rows, self.known)
        rows = [r for r in rows if (r[day] <= self.on if r[day] else undated) and _meets(r, where)]
        return sorted(rows, key=lambda r: (r[day] or date.max, r["id"]))

    @cached_property
    def cases(self) -> list[CaseSeen]:
        """Case files opened by the day, oldest first."""
        rows = _CASES.rows(families=self.family_ids, on=self.on, known=self.known or NEVER)
        return [CaseSeen(*row) for row in rows]

    def cases_of(self, kind: str) -> list[CaseSeen]:
        """Case files of one kind."""
        return [case for case in self.cases if case.kind == kind]

    @cached_property
    def _steps(self) -> dict[UUID, list[Step]]:
        found: dict[UUID, list[Step]] = defaultdict(list)
        rows = _STEPS.rows(families=self.family_ids, on=self.on, known=self.known or NEVER)
        for case_id, move, source, target, on in rows:
            found[case_id].append(Step(move, source, target, on))
        return found

    def steps(self, case_id: UUID) -> list[Step]:
        """The moves of a case up to the day, in order."""
        return self._steps.get(case_id, [])

    def state(self, case_id: UUID) -> str:
        """The state a case was in at the end of the day."""
        steps = self.steps(case_id)
        return steps[-1].target if steps else ""

    @cached_property
    def _workers(self) -> dict[tuple[UUID, str], UUID]:
        if self.known is None:
            rows = _WORKERS.rows(families=self.family_ids, on=self.on)
            return {(case_id, role): post_id for case_id, role, post_id in rows}
        seen = self.rows(
            Assignment, "case_id", "role", "post_id", "until", day="since", of={"case__family_id__in": self.family_ids}
        )
        return {(r["case_id"], r["role"]): r["post_id"] for r in seen if r["until"] is None or r["until"] > self.on}

    def worker(self, case_id: UUID, role: str) -> UUID | None:
        """The post that works on the case in that role on the day, the latest when there are several."""
        return self._workers.get((case_id, role))

    @cached_property
    def institution(self) -> tuple[str, date]:
        """The kind of the institution and the day it began to work in the program."""
        kind, created_at = (
            Institution.objects.system().values_list("kind", "created_at").get(pk=self.institution_id)
        )  # fmt: skip
        return kind, created_at.astimezone(WARSAW).date()

    @cached_property
    def held_roles(self) -> frozenset[str]:
        """Roles that somebody in the institution holds on the day."""
        rows = self.rows(RoleGrant, "role", "until", day="since", of={"institution_id": self.institution_id})
        return frozenset(r["role"] for r in rows if r["until"] is None or r["until"] > self.on)

    @cached_property
    def _office(self) -> dict[str, list[Happened]]:
        rows = self.rows(
            OfficeEvent,
            "kind",
            "done_on",
            "post_id",
            "cancelled_on",
            day="on",
            of={"institution_id": self.institution_id},
        )
        found: dict[str, list[Happened]] = defaultdict(list)
        for row in rows:
            if row["cancelled_on"] is None:
                found[row["kind"]].append(Happened(row["id"], row["on"], row["done_on"], row["post_id"]))
        return found

    def office(self, kind: str) -> list[Happened]:
        """Events of one kind in the institution's own life up to the day, oldest first."""
        return self._office.get(kind, [])

    @cached_property
    def _settings(self) -> dict[str, list[tuple[date, Any]]]:
        found: dict[str, list[tuple[date, Any]]] = defaultdict(list)
        for code, since, value in _SETTINGS.rows(institution_id=self.institution_id, known=self.known or NEVER):
            found[code].append((since, value))
        return found

    def setting(self, code: str, day: date) -> Any:
        """The institution's setting in force on a day, else the declared default."""
        value = PARAMETERS[code].default
        for since, given in self._settings.get(code, []):
            if since <= day:
                value = given
        return value

    def fact(
        self,
        deadline: Declared,
        *,
        start: date,
        subject_id: UUID,
        family_id: UUID | None = None,
        case_id: UUID | None = None,
        subject_kind: str = "cases.casefile",
        fulfilled_on: date | None = None,
        post_id: UUID | None = None,
        role: str = "",
        url: tuple[str, ...] = (),
        set_on: date | None = None,
        **inputs: Any,
    ) -> Iterable[Fact]:
        """One row counted by the deadline's clock from `start`; nothing when no known law covers that day.

        Without `family_id` it is a row of the institution. `url` is a URL name followed by its arguments.
        A row fulfilled after the day is still open on it.
        """
        clock = CLOCKS[deadline.clock]
        settings = {code: self.setting(code, start) for code in clock.settings}
        try:
            due = clock.due(start, parameters=settings, set_on=set_on, **inputs)
        except NotInForce:
            return []
        done = fulfilled_on if fulfilled_on is not None and fulfilled_on <= self.on else None
        return [
            due_to_fact(
                due,
                declaration=deadline.id,
                family_id=family_id,
                case_id=case_id,
                subject_kind=subject_kind,
                subject_id=subject_id,
                fulfilled_on=done,
                post_id=None if done else post_id,
                role=role or deadline.role,
                url_name=url[0] if url else "",
                url_args=tuple(str(a) for a in url[1:]),
            )
        ]


def _undo(model: type[Record], rows: list[dict[str, Any]], known: datetime) -> None:
    """Give the rows the values they had at the moment: the journal's later changes, undone from the newest back.

    What the journal keeps no words of (sensitive fields, changes in bulk, entries past their retention) stays as it is.
    """
    by_id = {row["id"]: row for row in rows}
    fields = {f.attname: f for f in model._meta.concrete_fields}
    later = JournalEntry.objects.filter(
        object_kind=model._meta.label_lower, object_id__in=list(by_id), at__gte=known, outcome=JournalEntry.Outcome.DONE
    )
    for object_id, changes in later.order_by("-at", "-id").values_list("object_id", "changes"):
        row = by_id[object_id]
        if changes.get("verb") != "change":
            continue
        for name, pair in changes.items():
            if name in row and isinstance(pair, list) and pair != [None, None]:
                row[name] = fields[name].to_python(pair[0])


def _meets(row: dict[str, Any], where: dict[str, Any]) -> bool:
    return all(
        row[name.removesuffix("__in")] in value if name.endswith("__in") else row[name] == value
        for name, value in where.items()
    )


# Asked after nearly every verb, inside its transaction.
_CASES = Prepared(
    lambda families, on, known: (
        CaseFile.objects.system()
        .filter(family_id__in=families, opened_on__lte=on, created_at__lt=known)
        .order_by("opened_on", "id")
        .values_list("id", "family_id", "kind", "case_mark", "opened_on")
    )
)
_STEPS = Prepared(
    lambda families, on, known: (
        Transition.objects.system()
        .filter(case__family_id__in=families, on__lte=on, created_at__lt=known)
        .order_by("on", "id")
        .values_list("case_id", "move", "source", "target", "on")
    )
)
_WORKERS = Prepared(
    lambda families, on: (
        Assignment.objects.system()
        .filter(case__family_id__in=families, since__lte=on)
        .exclude(until__lte=on)
        .order_by("since", "id")
        .values_list("case_id", "role", "post_id")
    )
)
_SETTINGS = Prepared(
    lambda institution_id, known: (
        ParameterValue.objects.system()
        .filter(institution_id=institution_id, created_at__lt=known)
        .order_by("since")
        .values_list("code", "since", "value")
    )
)
