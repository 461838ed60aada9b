"""A setting that the institution may change must change something: every declared parameter is read by code that is not its own declaration."""

from __future__ import annotations

import ast
from collections import Counter

import pytest
from django.conf import settings
from tree import SOURCE, parsed, sources, told

from gniazdo.deadlines.queries import DEADLINES
from gniazdo.kernel import catalogue
from gniazdo.kernel.legal import CLOCKS, PARAMETERS

NO_READERS = (SOURCE / "exchange" / "library" / "demo",)  # the demo only sets them


@pytest.fixture(scope="module")
def read() -> set[str]:
    """Ids of parameters that code reads: by name, by the constant that holds the declaration, by a clock someone counts."""
    catalogue.load(settings.ROOMS)
    said: Counter[str] = Counter()
    held: dict[str, str] = {}
    names: Counter[str] = Counter()
    for path in sources():
        if any(path.is_relative_to(folder) for folder in NO_READERS):
            continue
        clocks = [n for n in ast.walk(parsed(path)) if isinstance(n, ast.Call) and _called(n) == "Clock"]
        of_clocks = {id(k.value) for n in clocks for k in n.keywords if k.arg == "parameter"}
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Constant) and node.value in PARAMETERS and id(node) not in of_clocks:
                said[node.value] += 1
            elif (
                isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and _called(node.value) == "parameter"
            ):
                first = node.value.args[0]
                if isinstance(first, ast.Constant) and isinstance(node.targets[0], ast.Name):
                    held[node.targets[0].id] = str(first.value)
            elif (
                isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in ("id", "default")
            ):
                names[node.value.id] += 1
    counted = {CLOCKS[d.clock].parameter for d in DEADLINES.values()}
    return (
        {code for code, times in said.items() if times > 1}
        | {code for name, code in held.items() if names[name]}
        | {code for code in counted if code}
    )


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def test_every_setting_is_read(read):
    unread = [f"{code}: {p.label}" for code, p in PARAMETERS.items() if code not in read and not code.startswith("t.")]
    assert not unread, told(unread)


def test_every_deadline_warns_by_a_setting_that_exists():
    assert not [d.id for d in DEADLINES.values() if d.warn not in PARAMETERS]
    assert all(isinstance(PARAMETERS[d.warn].default, int) for d in DEADLINES.values())
