"""What a kind of case declares about itself, so that the one case page can show any of them. No Django."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from gniazdo.kernel.catalogue import BadDeclaration
from gniazdo.kernel.process import Move, Process


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of facts on the case page: a label, words, and perhaps where to read more."""

    label: str
    text: str
    url: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be done in a case besides moving it: a button with its address."""

    code: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class CaseKind:
    """How a kind of case is shown and moved.

    move_url: URL name taking (case_id, move). urls: moves done on a page of their own (URL name taking case_id).
    permission: pattern of the verb behind a move, with {move}. permissions: exceptions.
    path: the ordinary way through the states, drawn on the page. facts(actor, case, on) and acts(actor, case, on) fill the page; papers(actor, case) are sheets that may be
    started now.
    """

    code: str
    process: Process
    move_url: str
    permission: str
    facts: Callable[..., Sequence[Fact]]
    acts: Callable[..., Sequence[Act]] = lambda actor, case, on: ()
    urls: dict[str, str] = field(default_factory=dict)
    permissions: dict[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    path: tuple[str, ...] = ()
    papers: Callable[..., Sequence[Act]] = lambda actor, case: ()

    def permission_of(self, move: str) -> str:
        """The verb behind a move."""
        return self.permissions.get(move, self.permission.format(move=move))

    def leads_on(self, state: str, move: Move) -> bool:
        """Whether the move is the ordinary next step, to be offered first."""
        here = self.path.index(state) if state in self.path else -1
        return not move.needs_reason and 0 <= here < len(self.path) - 1 and move.target == self.path[here + 1]

    def shown_moves(self, state: str) -> list[Move]:
        """Moves to offer as buttons from a state."""
        return [m for m in self.process.moves_from(state) if m.code not in self.hidden]


KINDS: dict[str, CaseKind] = {}


def case_kind(kind: CaseKind) -> CaseKind:
    """Declare a kind of case. Raises BadDeclaration when another declaration has its code."""
    if kind.code in KINDS and KINDS[kind.code] is not kind:
        raise BadDeclaration(f"Case kind {kind.code} is declared twice")
    unknown = {*kind.urls, *kind.permissions, *kind.hidden} - set(kind.process.moves)
    if unknown:
        raise BadDeclaration(f"Case kind {kind.code} names moves its process does not have: {sorted(unknown)}")
    KINDS[kind.code] = kind
    return kind
