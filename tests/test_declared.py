"""Truths about what is declared: privacy of every field, the way to the subject, pages, URL names, permissions."""

from __future__ import annotations

import inspect
import re

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from tree import SOURCE, told

from gniazdo.access.queries import PERMISSIONS
from gniazdo.access.views import PAGES
from gniazdo.kernel import catalogue
from gniazdo.orgs.models import Owned
from gniazdo.platform.models import Record

FREE_FIELDS = {"id", "rev", "created_at"}

NO_SUBJECT = {
    # Owned rows that lead to no family: the office itself, seen by role guards only.
    "orgs": "people at work and settings of the institution",
    "cases.casecounter": "a counter: only the verb that opens a case touches it",
}
OPEN_VIEWS = {
    # Views of ours that are not @page, and why.
}
THIRD_PARTY = ("allauth.", "django.")


@pytest.fixture(autouse=True, scope="module")
def everything_loaded():
    catalogue.load(settings.ROOMS)


def records() -> list[type[Record]]:
    return [m for m in apps.get_models() if issubclass(m, Record)]


def test_every_field_declares_its_privacy():
    wrong = []
    for model in records():
        own = {f.name for f in model._meta.concrete_fields if not f.is_relation} - FREE_FIELDS
        said = model.privacy.declared()
        listed = list(model.privacy.personal + model.privacy.sensitive + model.privacy.plain)
        wrong += [f"{model._meta.label}: {f} is undeclared" for f in own - said]
        wrong += [f"{model._meta.label}: {f} is declared but no field" for f in said - own]
        wrong += [f"{model._meta.label}: {f} is declared twice" for f in said if listed.count(f) > 1]
    assert not wrong, told(wrong)


def test_every_domain_table_belongs_to_an_institution():
    outside = {"orgs.Institution", "access.AccessGrant"}
    assert not (
        wrong := [m._meta.label for m in records() if not issubclass(m, Owned) and m._meta.label not in outside]
    ), told(wrong)


def test_every_owned_table_leads_to_its_subject():
    wrong = []
    for model in records():
        if not issubclass(model, Owned) or model._meta.app_label in NO_SUBJECT or model._meta.label_lower in NO_SUBJECT:
            continue
        path, custom = getattr(model, "access_path", None), getattr(model, "access_q", None)
        if path is None and custom is None and not hasattr(model, "no_subject"):
            wrong.append(f"{model._meta.label}: neither access_path nor access_q (nor no_subject = 'why')")
        if path and path != "pk":
            try:
                model.objects.system().filter(**{f"{path}__in": []})  # type: ignore[attr-defined]
            except Exception as error:
                wrong.append(f"{model._meta.label}: access_path {path}: {error}")
    assert not wrong, told(wrong)


def test_what_may_be_unknown_may_be_left_empty():
    """`null` without `blank` reads well and fails on the first save without a value."""
    wrong = [
        f"{model._meta.label}.{f.name}: null=True without blank=True"
        for model in records()
        for f in model._meta.concrete_fields
        if f.null and not f.blank and not f.is_relation
    ]
    assert not wrong, told(wrong)


def our_patterns(resolver=None, prefix: str = "", namespace: str = ""):
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = ":".join(x for x in (namespace, entry.namespace or "") if x)
            yield from our_patterns(entry, prefix + str(entry.pattern), inner)
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), namespace, entry


def view_of(pattern: URLPattern) -> str:
    view = inspect.unwrap(pattern.callback)
    return f"{view.__module__}.{getattr(view, '__qualname__', type(view).__name__)}"


def test_every_view_is_a_page():
    wrong = []
    for route, _namespace, pattern in our_patterns():
        name = view_of(pattern)
        if name.startswith(THIRD_PARTY) or name in OPEN_VIEWS or not name.startswith("gniazdo."):
            continue
        if name in PAGES:
            continue
        if getattr(inspect.unwrap(pattern.callback), "open_page", "") or getattr(pattern.callback, "open_page", ""):
            continue
        wrong.append(f"{route}: {name} is not @page (nor has open_page = 'why')")
    assert not wrong, told(wrong)


def test_url_names_are_room_noun_verb():
    wrong = []
    shape = re.compile(r"^[a-z]+(-[a-z0-9]+)*$")
    for route, namespace, pattern in our_patterns():
        name = view_of(pattern)
        if not name.startswith("gniazdo."):
            continue
        room = name.split(".")[1]
        if namespace != room:
            wrong.append(f"{route}: namespace {namespace!r}, room {room}")
        if not pattern.name or not shape.match(pattern.name):
            wrong.append(f"{route}: name {pattern.name!r}")
        if (
            route
            and not route.endswith(
                ("/", ".ics", ".svg", ".json", ".csv", ".xlsx", ".pdf", ".js", ".webmanifest", ".txt")
            )
            and not route.endswith(">")
        ):
            wrong.append(f"{route}: does not end with a slash")
    assert not wrong, told(wrong)


def test_permissions_are_named_after_their_room():
    wrong = []
    for code, permission in PERMISSIONS.items():
        room = permission.where.split(".")[1] if permission.where.startswith("gniazdo.") else ""
        if code.startswith("test.") or ".tests." in permission.where:
            continue
        if not re.fullmatch(r"[a-z]+\.[a-z_]+\.[a-z_]+", code) or code.split(".")[0] != room:
            wrong.append(f"{code} at {permission.where}")
    assert not wrong, told(wrong)


def test_every_template_is_used():
    """A template that no code and no other template names is dead."""
    text = "\n".join(
        p.read_text(encoding="utf-8")
        for p in SOURCE.rglob("*")
        if p.suffix in (".py", ".html", ".txt", ".svg") and p.is_file()
    )
    by_library = {"404.html", "403.html", "500.html", "400.html", "403_csrf.html", "413.html", "429.html", "503.html"}
    wrong = []
    for path in SOURCE.rglob("templates/**/*.html"):
        name = path.relative_to(SOURCE).as_posix().split("templates/", 1)[1]
        if name in by_library or name.split("/")[0] in ("account", "mfa", "usersessions", "allauth", "django"):
            continue
        stem = name.rsplit("/", 1)[-1].removesuffix(".html")
        if name not in text and not re.search(rf"ui/\{{|ui/%s|['\"]{re.escape(stem)}['\"]", text):
            wrong.append(name)
    assert not wrong, told(wrong)


def test_the_catalogue_has_a_place_for_everything():
    found = list(catalogue.declared())
    assert {"permission", "word list"} <= {d.kind for d in found}
    assert all(d.line > 0 and d.file for d in found)


def test_every_address_named_in_a_template_exists() -> None:
    """`{% url … as x %}` is silent about a name that does not exist: the link would just be missing."""
    names = get_resolver(None)
    known: set[str] = set()

    def walk(resolver: URLResolver, prefix: str) -> None:
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                walk(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
            elif entry.name:
                known.add(prefix + entry.name)

    walk(names, "")
    said = {
        (str(path), name)
        for path in SOURCE.rglob("templates/**/*.html")
        for name in re.findall(r"""{% url ['"]([^'"]+)['"]""", path.read_text())
    }
    assert len(said) > 100
    assert not [(path, name) for path, name in sorted(said) if name not in known]
