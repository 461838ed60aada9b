"""Stops on size, docstrings, and what may never be committed."""

from __future__ import annotations

import ast
import re
import subprocess

from tree import ROOT, SOURCE, parsed, sources, templates, told

MODULE, FUNCTION, TEMPLATE = 400, 40, 200


def test_no_module_is_too_long():
    assert not (
        wrong := [
            f"{p.relative_to(ROOT)}: {n}"
            for p in sources(tests=True)
            if (n := len(p.read_text().splitlines())) > MODULE
        ]
    ), told(wrong)


def test_no_function_is_too_long():
    wrong = []
    for path in sources():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                doc = ast.get_docstring(node, clean=False)
                length -= len(doc.splitlines()) if doc else 0
                if length > FUNCTION:
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {length}")
    assert not wrong, told(wrong)


def test_no_template_is_too_long():
    assert not (
        wrong := [
            f"{p.relative_to(ROOT)}: {n}" for p in templates() if (n := len(p.read_text().splitlines())) > TEMPLATE
        ]
    ), told(wrong)


def test_every_module_says_what_lives_there():
    wrong = []
    for path in sources(tests=True):
        if path.name == "__init__.py" and not path.read_text().strip():
            continue
        doc = ast.get_docstring(parsed(path))
        if not doc:
            wrong.append(f"{path.relative_to(ROOT)}: no docstring")
    assert not wrong, told(wrong)


def test_every_rule_action_and_query_says_what_it_does():
    wrong = []
    for path in sources():
        parts = path.relative_to(SOURCE).with_suffix("").parts
        if len(parts) < 2 or parts[1] not in ("rules", "actions", "queries"):
            continue
        wrong += [
            f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
            for node in parsed(path).body
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
        ]
    assert not wrong, told(wrong)


def test_no_inline_script_or_style():
    """The content security policy would drop it silently."""
    pattern = re.compile(
        r"<style\b|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", re.I
    )
    wrong = [
        f"{p.relative_to(ROOT)}:{n}"
        for p in templates()
        for n, line in enumerate(p.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line) and not line.lstrip().startswith(("{#", "{% comment"))
    ]
    assert not wrong, told(wrong)


def tracked() -> list[str]:
    return subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")[
        :-1
    ]


def test_no_tracked_file_names_a_registry_or_a_private_path():
    pattern = re.compile(
        r"https?://(?:[\w.-]*\.)?(?:pypi|pythonhosted|npmjs|yarnpkg)\.(?:org|com)|file:///|(?<![\w.])/(?:work|root|home)/[\w.]|/opt/(?:pypi|wheels)"
    )
    wrong = []
    for name in tracked():
        path = ROOT / name
        if not path.is_file() or name == "tests/test_sizes.py":
            continue
        text = path.read_bytes()
        if b"\0" in text[:4096]:
            continue
        wrong += [
            f"{name}:{n}"
            for n, line in enumerate(text.decode("utf-8", "replace").splitlines(), 1)
            if pattern.search(line)
        ]
    assert not wrong, told(wrong)


def test_nothing_built_or_secret_is_tracked():
    pattern = re.compile(
        r"(^|/)(node_modules|dist|\.data|__pycache__|\.venv)/|\.(mo|sqlite3|pyc|whl|pem|key|map)$|(^|/)uv\.lock$|\.min\.(js|css)$"
    )
    assert not (wrong := [name for name in tracked() if pattern.search(name)]), told(wrong)


def test_commit_is_of_reasonable_files():
    wrong = [name for name in tracked() if (ROOT / name).is_file() and (ROOT / name).stat().st_size > 1_500_000]
    assert not wrong, told(wrong)
