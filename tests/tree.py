"""What the contract tests share: the tree of sources, and the graph of imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "gniazdo"


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a source file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def sources(*, tests: bool = False) -> Iterator[Path]:
    """Every module of ours except migrations."""
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).parts
        if "migrations" not in parts and (tests or "tests" not in parts):
            yield path


def templates() -> Iterator[Path]:
    """Every template of ours."""
    yield from sorted(p for p in SOURCE.rglob("templates/**/*") if p.suffix in (".html", ".txt", ".svg", ".xml"))


def room_of(path: Path) -> str:
    """The room a source file lies in."""
    return path.relative_to(SOURCE).parts[0]


def told(wrong: Iterator[str] | list[str]) -> str:
    """The list of what is wrong, one a line, for an assertion's message."""
    return "\n" + "\n".join(sorted(wrong))
