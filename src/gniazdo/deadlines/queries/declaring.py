"""What a deadline declaration is: of a family (its cases, papers, people) or of the institution itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gniazdo.deadlines.queries.seeing import Scope
from gniazdo.deadlines.rules import Fact
from gniazdo.kernel.catalogue import BadDeclaration, declare
from gniazdo.kernel.legal import CLOCKS, PARAMETERS

SEVERITIES = ("high", "normal", "low")
SUBJECTS = ("family", "institution")
WARN = "deadlines.warn_days"

DEADLINES: dict[str, Deadline] = {}


class Deadline:
    """A declared deadline: `Deadline("assistance.assessment", clock="C-ASSIST-05", label=…, role=…, reads=…, compute=…)`.

    `compute(deadline, scope)` yields Facts; `reads` are the tables it depends on (labels in lower case): a verb that
    touches none of them costs nothing. `of` says whose it is: of families, or of the institution itself, whose rows have no
    family. `warn` names the setting of the institution that says how many days ahead workers are told. `extendable` is
    False where an outside authority set the date. `doers` are the roles that may do it (empty: whoever sees it); others see
    the line without the way to its paper.
    Raises BadDeclaration for an unknown clock, setting, severity or subject, or without tables it reads.
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
        warn: str = WARN,
        extendable: bool = True,
        of: str = "family",
        doers: tuple[str, ...] = (),
    ) -> None:
        if (
            clock not in CLOCKS
            or severity not in SEVERITIES
            or of not in SUBJECTS
            or not reads
            or warn not in PARAMETERS
        ):
            raise BadDeclaration(
                f"Deadline {id}: unknown clock {clock}, setting {warn}, severity {severity}, subject {of}, or no tables"
            )
        self.id, self.clock, self.label, self.role = id, clock, label, role
        self.reads, self.compute = frozenset(reads), compute
        self.severity, self.warn, self.extendable, self.of = severity, warn, extendable, of
        self.doers = frozenset(doers)
        declare("deadline", id, label, self)
        DEADLINES[id] = self

    @property
    def counts_by_law(self) -> bool:
        """Whether a statute gives the number, so that an extension never changes what the law says."""
        return not CLOCKS[self.clock].parameter
