"""One term per concept: no identifier uses a word the glossary forbids."""

from __future__ import annotations

import ast
import re

import pytest
import yaml
from tree import ROOT, parsed, sources, told

GLOSSARY = yaml.safe_load((ROOT / "docs" / "glossary.yml").read_text(encoding="utf-8"))
FORBIDDEN = {word: entry["code"] for entry in GLOSSARY for word in entry["not"]}


def snake(name: str) -> str:
    """CamelCase as snake_case, so that one list serves classes and functions."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def names_in(tree: ast.Module):
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id


def test_the_glossary_is_whole():
    codes = [entry["code"] for entry in GLOSSARY]
    assert len(codes) == len(set(codes))
    assert all(entry["pl"] and entry["source"] for entry in GLOSSARY)
    assert not set(codes) & set(FORBIDDEN)


def test_no_identifier_uses_a_forbidden_synonym():
    wrong = []
    for path in sources(tests=True):
        for line, name in names_in(parsed(path)):
            words = f"_{snake(name)}_"
            wrong += [
                f"{path.relative_to(ROOT)}:{line} {name}: say {right}"
                for bad, right in FORBIDDEN.items()
                if f"_{bad}_" in words or f"_{bad}s_" in words
            ]
    assert not wrong, told(wrong)


@pytest.mark.parametrize(("name", "expected"), [("CourtOpinion", "court_opinion"), ("case_mark", "case_mark")])
def test_snake(name, expected):
    assert snake(name) == expected
