"""What import-linter cannot see of the rooms: keys, templates and web drawers that reach over the wall."""

from __future__ import annotations

import ast
import re

import grimp
import pytest
from django.conf import settings
from tree import ROOT, SOURCE, parsed, room_of, sources, templates, told

RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
WEB = ("urls", "views", "forms", "tables", "admin")
EVERYWHERE = ("platform", "orgs", "access")
ORDER = [
    "kernel", "platform", "access", "orgs", "people", "cases", "papers", "plans", "deadlines", "assistance",
    "reports", "exchange", "desk", "conf",
]  # fmt: skip
SIGN_IN = ("account", "mfa", "usersessions", "allauth")  # the library's own pages, dressed by orgs
FORBIDDEN = {"utils", "util", "common", "core", "shared", "helpers", "helper", "misc", "base", "lib"}


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph("gniazdo", cache_dir=None)


def test_no_foreign_key_is_a_string_that_points_up_or_beside():
    wrong = []
    for path in sources():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in RELATIONS:
                target = node.args[0] if node.args else next((k.value for k in node.keywords if k.arg == "to"), None)
                if (
                    not isinstance(target, ast.Constant)
                    or target.value == "self"
                    or target.value == settings.AUTH_USER_MODEL
                ):
                    continue
                app = str(target.value).split(".")[0]
                if "." not in str(target.value):
                    continue
                if app in ORDER and ORDER.index(app) >= ORDER.index(room_of(path)):
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} → {target.value}")
    assert not wrong, told(wrong)


def test_templates_of_one_room_do_not_use_anothers():
    wrong = []
    named = re.compile(r"{%\s*(?:include|extends)\s+[\"']([^\"'#]+)")
    for path in templates():
        for name in named.findall(path.read_text(encoding="utf-8")):
            room = name.split("/")[0]
            if room not in ("platform", "ui", room_of(path), *SIGN_IN):
                wrong.append(f"{path.relative_to(ROOT)} uses {name}")
    assert not wrong, told(wrong)


def test_a_rooms_templates_lie_in_a_folder_of_its_name():
    allowed = {
        "platform": {
            "platform",
            "ui",
            "django",
            "allauth",
            "account",
            "mfa",
            "usersessions",
            "404.html",
            "403.html",
            "500.html",
            "400.html",
            "403_csrf.html",
            "413.html",
            "429.html",
            "503.html",
        }
    }
    allowed["orgs"] = {"orgs", "429.html", *SIGN_IN}
    wrong = []
    for path in templates():
        room, rest = room_of(path), path.relative_to(SOURCE).parts[2:]
        if rest[0] not in allowed.get(room, {room}):
            wrong.append(str(path.relative_to(ROOT)))
    assert not wrong, told(wrong)


def test_one_rooms_web_drawers_are_not_used_by_another(graph):
    # access.views holds @page, platform.forms and platform.views the frame: they are made to be used from everywhere.
    shared = {"gniazdo.access.views", "gniazdo.platform.forms", "gniazdo.platform.views", "gniazdo.platform.tables"}
    wrong = []
    for module in graph.modules:
        parts = module.split(".")
        if len(parts) < 3 or parts[2] not in WEB or any(module == s or module.startswith(s + ".") for s in shared):
            continue
        for importer in graph.find_modules_that_directly_import(module):
            other = importer.split(".")
            if other[1] != parts[1] and other[1] != "conf" and "tests" not in other:
                wrong.append(f"{importer} imports {module}")
    assert not wrong, told(wrong)


def test_nothing_outside_tests_imports_tests(graph):
    wrong = [
        f"{importer} imports {module}"
        for module in graph.modules
        if "tests" in module.split(".")
        for importer in graph.find_modules_that_directly_import(module)
        if "tests" not in importer.split(".")
    ]
    assert not wrong, told(wrong)


def test_no_room_or_module_is_a_drawer_for_everything():
    wrong = [
        str(p.relative_to(ROOT))
        for p in SOURCE.rglob("*.py")
        if FORBIDDEN & {p.stem, *p.relative_to(SOURCE).parts[:-1]}
    ]
    assert not wrong, told(wrong)


def test_no_signals_no_save_override_no_meta_ordering():
    wrong = []
    for path in sources():
        for node in ast.walk(parsed(path)):
            place = f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django.db.models.signals"):
                wrong.append(f"{place} signals")
            if isinstance(node, ast.ClassDef) and node.name == "Meta":
                wrong += [
                    f"{place} Meta.ordering"
                    for a in node.body
                    if isinstance(a, ast.Assign) and any(getattr(t, "id", "") == "ordering" for t in a.targets)
                ]
            if isinstance(node, ast.ClassDef) and room_of(path) != "platform" and path.match("*models*"):
                wrong += [
                    f"{place} {node.name}.save()"
                    for a in node.body
                    if isinstance(a, ast.FunctionDef) and a.name == "save"
                ]
    assert not wrong, told(wrong)


CLOCK_READERS = {"views", "tasks", "management", "middleware", "conf", "library"}


def test_only_views_tasks_and_commands_read_the_clock():
    wrong = []
    for path in sources():
        parts = set(path.relative_to(SOURCE).with_suffix("").parts)
        if room_of(path) in ("kernel", "access", "platform", "conf") or parts & CLOCK_READERS:
            continue
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = getattr(node.func.value, "id", "")
                if (owner, node.func.attr) in {
                    ("clock", "today"),
                    ("clock", "now"),
                    ("date", "today"),
                    ("datetime", "now"),
                    ("timezone", "now"),
                }:
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} {owner}.{node.func.attr}()")
    assert not wrong, told(wrong)
