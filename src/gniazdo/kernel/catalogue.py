"""The one list of everything that is declared: rules, clocks, sheets, letters, permissions, word lists, processes.

Each declaring class calls `declare` when it is built, so a duplicate id or an empty label stops the program at start.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

KINDS = (
    "word list",
    "legal value",
    "clock",
    "process",
    "deadline",
    "sheet",
    "letter",
    "report",
    "permission",
    "parameter",
)


class BadDeclaration(Exception):
    """A declaration that would mislead its users; raised while the program starts."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """One line of `gniazdo catalogue`: what is declared and where it stands."""

    kind: str
    id: str
    room: str
    file: str
    line: int
    label: str
    thing: object


_declared: dict[tuple[str, str], Declaration] = {}


def declare(kind: str, id: str, label: str, thing: object, *, depth: int = 2) -> None:
    """Enter `thing` in the catalogue under (kind, id); `depth` counts call frames up to the declaring line.

    Raises BadDeclaration for an unknown kind, an empty id or label, or an id already taken from another line.
    """
    if kind not in KINDS:
        raise BadDeclaration(f"Unknown kind of declaration: {kind}")
    if not id or not label:
        raise BadDeclaration(f"A {kind} needs an id and a label: {id!r}, {label!r}")
    frame = sys._getframe(depth)
    module = str(frame.f_globals.get("__name__", "?"))
    room = module.split(".")[1] if module.startswith("gniazdo.") and module.count(".") else module
    file = module.replace(".", "/") + ("/__init__.py" if "__path__" in frame.f_globals else ".py")
    entry = Declaration(kind, id, room, file, frame.f_lineno, label, thing)
    before = _declared.get((kind, id))
    if before is not None and (before.file, before.line) != (entry.file, entry.line):
        raise BadDeclaration(
            f"{kind} {id} is declared twice: {before.file}:{before.line} and {entry.file}:{entry.line}"
        )
    _declared[(kind, id)] = entry


def declared(kind: str | None = None) -> Iterator[Declaration]:
    """All declarations, or those of one kind, ordered by kind, room and id."""
    chosen = (d for d in _declared.values() if kind is None or d.kind == kind)
    return iter(sorted(chosen, key=lambda d: (KINDS.index(d.kind), d.room, d.id)))


def find(kind: str, id: str) -> Declaration | None:
    """The declaration of that kind and id, or None."""
    return _declared.get((kind, id))


DRAWERS = (
    "vocab",
    "rules",
    "process",
    "queries",
    "actions",
    "deadlines",
    "sheets",
    "letters",
    "library",
    "tasks",
    "views",
)


def load(rooms: Iterable[str]) -> None:
    """Import every drawer of these rooms (dotted names), so that all they declare is in the catalogue."""
    for room in rooms:
        for drawer in DRAWERS:
            name = f"{room}.{drawer}"
            if importlib.util.find_spec(name) is None:
                continue
            module = importlib.import_module(name)
            for inner in pkgutil.walk_packages(getattr(module, "__path__", ()), f"{name}."):
                importlib.import_module(inner.name)
