"""What a deadline declaration is, and the scope it computes in: some families of one institution, seen on one day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from gniazdo.cases.models import Assignment, CaseFile, Transition
from gniazdo.deadlines.rules import Fact, due_to_fact
from gniazdo.kernel.catalogue import BadDeclaration, declare
from gniazdo.kernel.legal import CLOCKS, PARAMETERS, NotInForce
from gniazdo.orgs.models import ParameterValue
from gniazdo.platform.models import Prepared

SEVERITIES = ("high", "normal", "low")


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


class Scope:
    """Families of one institution on one day, and what several declarations want to know of them, each asked once.

    Events after `on` are not seen: so the same declarations answer for any past day.
    """

    def __init__(self, institution_id: UUID, family_ids: Sequence[UUID], on: date) -> None:
        self.institution_id, self.family_ids, self.on = institution_id, list(family_ids), on

    @cached_property
    def cases(self) -> list[CaseSeen]:
        """Case files opened by the day, oldest first."""
        return [CaseSeen(*row) for row in _CASES.rows(families=self.family_ids, on=self.on)]

    def cases_of(self, kind: str) -> list[CaseSeen]:
        """Case files of one kind."""
        return [case for case in self.cases if case.kind == kind]

    @cached_property
    def _steps(self) -> dict[UUID, list[Step]]:
        found: dict[UUID, list[Step]] = defaultdict(list)
        for case_id, move, source, target, on in _STEPS.rows(families=self.family_ids, on=self.on):
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
        rows = _WORKERS.rows(families=self.family_ids, on=self.on)
        return {(case_id, role): post_id for case_id, role, post_id in rows}

    def worker(self, case_id: UUID, role: str) -> UUID | None:
        """The post that works on the case in that role on the day, the latest when there are several."""
        return self._workers.get((case_id, role))

    @cached_property
    def _settings(self) -> dict[str, list[tuple[date, Any]]]:
        found: dict[str, list[tuple[date, Any]]] = defaultdict(list)
        for code, since, value in _SETTINGS.rows(institution_id=self.institution_id):
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
        deadline: Deadline,
        *,
        start: date,
        family_id: UUID,
        subject_id: UUID,
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

        `url` is a URL name followed by its arguments. A row fulfilled after the day is still open on it.
        """
        clock = CLOCKS[deadline.clock]
        settings = {clock.parameter: self.setting(clock.parameter, start)} if clock.parameter else {}
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


# Asked after nearly every verb, inside its transaction.
_CASES = Prepared(
    lambda families, on: (
        CaseFile.objects.system()
        .filter(family_id__in=families, opened_on__lte=on)
        .order_by("opened_on", "id")
        .values_list("id", "family_id", "kind", "case_mark", "opened_on")
    )
)
_STEPS = Prepared(
    lambda families, on: (
        Transition.objects.system()
        .filter(case__family_id__in=families, on__lte=on)
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
    lambda institution_id: (
        ParameterValue.objects.system()
        .filter(institution_id=institution_id)
        .order_by("since")
        .values_list("code", "since", "value")
    )
)

DEADLINES: dict[str, Deadline] = {}


class Deadline:
    """A declared deadline: `Deadline("assistance.assessment", clock="C-ASSIST-05", label=…, role=…, reads=…, compute=…)`.

    `compute(deadline, scope)` yields Facts; `reads` are the tables it depends on (labels in lower case): a verb that
    touches none of them costs nothing. `extendable` is False where an outside authority set the date.
    Raises BadDeclaration for an unknown clock or severity, or without tables it reads.
    """

    def __init__(
        self,
        id: str,
        *,
        clock: str,
        label: str,
        role: str,
        reads: tuple[str, ...],
        compute: Callable[[Deadline, Scope], Iterable[Fact]],
        severity: str = "normal",
        warn_days: int = 14,
        extendable: bool = True,
    ) -> None:
        if clock not in CLOCKS or severity not in SEVERITIES or not reads:
            raise BadDeclaration(f"Deadline {id}: unknown clock {clock}, severity {severity}, or no tables")
        self.id, self.clock, self.label, self.role = id, clock, label, role
        self.reads, self.compute = frozenset(reads), compute
        self.severity, self.warn_days, self.extendable = severity, warn_days, extendable
        declare("deadline", id, label, self)
        DEADLINES[id] = self

    @property
    def counts_by_law(self) -> bool:
        """Whether a statute gives the number, so that an extension never changes what the law says."""
        return not CLOCKS[self.clock].parameter
