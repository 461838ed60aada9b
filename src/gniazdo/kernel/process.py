"""A process as data: states and the moves between them, readable as one diagram and drawn into the docs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gniazdo.kernel.catalogue import BadDeclaration, declare
from gniazdo.kernel.speech import say


@dataclass(frozen=True, slots=True)
class State:
    """Where a case can stand. `final` states admit no ordinary work; `counts` marks active work for caseload rules."""

    code: str
    label: str
    final: bool = False
    active: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """An allowed change of state. `paper` names the sheet or letter it leaves behind; `back` moves demand a reason.

    `label` is what the button says, `sentence` what the log and the timeline say once it is done.
    """

    code: str
    label: str
    sources: tuple[str, ...]
    target: str
    paper: str = ""
    needs_reason: bool = False
    sentence: str = ""

    @property
    def done(self) -> str:
        """What is said of the move when it has been made, in Polish."""
        return self.sentence or self.label


class Process:
    """A declared process. Raises BadDeclaration for a move from or to a state that does not exist, or a state no one reaches."""

    def __init__(self, id: str, label: str, *, start: str, states: tuple[State, ...], moves: tuple[Move, ...]) -> None:
        self.id, self.label, self.start = id, label, start
        self.states = {s.code: s for s in states}
        self.moves = {m.code: m for m in moves}
        if len(self.moves) != len(moves) or len(self.states) != len(states):
            raise BadDeclaration(f"Process {id} repeats a state or a move")
        named = {start} | {m.target for m in moves} | {s for m in moves for s in m.sources}
        if named != set(self.states):
            raise BadDeclaration(f"Process {id}: states and moves disagree: {sorted(named ^ set(self.states))}")
        declare("process", id, label, self)

    def may(self, state: str, move: str) -> bool:
        """Whether the process allows that move from that state (who may make it is the verb's business)."""
        return move in self.moves and state in self.moves[move].sources

    def moves_from(self, state: str) -> Iterator[Move]:
        """The moves open from a state, in the order declared."""
        return (m for m in self.moves.values() if state in m.sources)

    def label_of(self, state: str) -> str:
        """The name of a state in the reader's language."""
        return say(self.states[state].label) if state in self.states else state

    def mermaid(self) -> str:
        """The process as a Mermaid state diagram, for docs/generated."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.start}"]
        lines += [f"    {s.code}: {s.label}" for s in self.states.values()]
        lines += [f"    {source} --> {m.target}: {m.label}" for m in self.moves.values() for source in m.sources]
        lines += [f"    {s.code} --> [*]" for s in self.states.values() if s.final]
        return "\n".join(lines) + "\n"
