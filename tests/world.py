"""A rich world for the tests that walk every address: one object of every table, owned by the cast's institution.

Most rows are filled in by their fields; a table that needs more than that gets its own maker in MAKERS. An address whose
argument leads to no table gets a line in ARGUMENTS (to a table) or FIXED (to a value).
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models, transaction

from gniazdo.access.actions import system_act
from gniazdo.kernel.clock import WARSAW
from gniazdo.orgs.models import Institution, Owned
from gniazdo.orgs.tests.factories import Cast
from gniazdo.people.models import Family, Person
from gniazdo.people.tests.factories import make_family

MARK = "Tajemniccy"
"""The family's name: it may appear on no page shown to a stranger."""

# URL argument → table, where the name of the table does not follow from the argument (family_id → Family).
ARGUMENTS: dict[str, str] = {
    "case_id": "cases.CaseFile",
    "sheet_id": "papers.SheetRecord",
    "version_id": "plans.PlanVersion",
    "assessment_id": "assistance.FamilyAssessment",
    "child_id": "people.Person",
    "subject_id": "people.Family",
    "worker_id": "orgs.Post",
    "parent_id": "people.Family",
    "other_id": "people.Person",
    "entry_id": "access.JournalEntry",
    "grant_id": "orgs.RoleGrant",
    "row_id": "orgs.JrwaClass",
    "letter_id": "papers.LetterRecord",
    "file_id": "papers.StoredFile",
    "run_id": "exchange.ImportRun",
}
# URL arguments that mean something else at one address: part of the route → (table, field) or a value.
PLACES: dict[str, Any] = {
    "pisma/szkic/<form>": "assistance.referral",
    "asysta/sprawozdania/<report_id>": ("assistance.MonthlyReport", "pk"),
    "plany/pusty/<kind>": "FAMILY",
    "sad/<request_id>": ("assistance.CourtRequest", "pk"),
    "zapytania/<request_id>": ("assistance.InformationRequest", "pk"),
    "przekazania/<note_id>": ("assistance.HandoverNote", "pk"),
    "adres-tajny/<secret_id>": ("people.SecretAddress", "pk"),
    "cel/<goal_root>": ("plans.Goal", "root"),
    "osoba/<person_id>/dodaj/<noun>": "potrzeba",
    "rodzina/<family_id>/dodaj/<noun>": "kontakt",
    "popraw/<noun>/<row_id>": ("people.Schooling", "pk"),
    "popraw/<noun>": "szkola",
    "zakoncz/<noun>/<row_id>": ("people.Need", "pk"),
    "zakoncz/<noun>": "potrzeba",
    "kalendarz/<key>": "nie-ma-takiego-klucza",
    "karta/nowa/<case_id>/<code>": "assistance.interview",
    "druk/<code>": "assistance.interview",
    "ustawienia/karta/<code>": "assistance.interview",
    "ustawienia/pismo/<code>": "assistance.court_notice",
    "ustawienia/slowa/<code>": "assistance.place",
    "ustawienia/wzor/<kind>/<code>": "assistance.interview",
    "pismo/nowe/<case_id>/<code>": "assistance.court_notice",
    "instytucja/ustawienia/<code>": "deadlines.warn_days",
}
# Days that lie after the day a row is about.
LATER = {
    "until",
    "due_on",
    "review_on",
    "ends_on",
    "expires_on",
    "valid_until",
    "respond_by",
    "extended_to",
    "new_due_on",
    "to",
}
# URL arguments that are no ids: a value that exists.
FIXED: dict[str, Any] = {
    "code": "family_plan", "kind": "sheet", "year": 2026, "month": 11, "day": 18, "fmt": "pdf", "format": "xlsx", "area": 1,
    "number": 1, "role": "assistant", "token": "a" * 43, "step": 1, "report_id": "work", "slug": "x", "name": "x",
}  # fmt: skip


# Codes of what is declared: a row with another one could not have been written.
DECLARED = {
    ("papers.SheetRecord", "code"): "assistance.interview", ("papers.LetterRecord", "code"): "assistance.court_notice",
    ("assistance.VisitRevision", "content"): {"on": "2026-11-18", "course": MARK, "topic": MARK, "observation": "", "opinion": ""},
}  # fmt: skip


@dataclass
class World:
    """The institution, its family, and one row of every table."""

    cast: Cast
    family: Family
    rows: dict[str, models.Model] = field(default_factory=dict)
    unmade: dict[str, str] = field(default_factory=dict)

    @property
    def institution(self) -> Institution:
        return self.cast.institution

    def row(self, model: type[models.Model]) -> models.Model | None:
        """The world's row of that table, made when first asked for; None (and why, in `unmade`) when it cannot be."""
        label = model._meta.label
        if label not in self.rows and label not in self.unmade:
            try:
                with transaction.atomic(), system_act("test"):
                    self.rows[label] = MAKERS[label](self) if label in MAKERS else self.bake(model)
            except Exception as error:
                self.unmade[label] = f"{type(error).__name__}: {error}"
        return self.rows.get(label)

    def bake(self, model: type[models.Model], **given: Any) -> models.Model:
        """A row with every required field filled by its kind."""
        values = {f.name: self.fill(f) for f in model._meta.concrete_fields if f.name not in given and self.needs(f)}
        made = model(**{**values, **given})
        made.save()
        return made

    def several(self, model: type[models.Model], place: int) -> Any:
        """Different persons and posts where a table names two of them; the one row of any other table."""
        if model is Person:
            return self.family.memberships.order_by("id")[place % 3].person
        if model._meta.label == "orgs.Post":
            return (self.cast.anna, self.cast.adam)[place % 2]
        return self.row(model)

    def needs(self, f: models.Field) -> bool:
        if isinstance(f, models.JSONField) and not f.blank:
            return True
        if f.null and not f.blank and not f.is_relation:
            return True
        if f.primary_key or f.has_default() or getattr(f, "auto_now", False) or getattr(f, "auto_now_add", False):
            return False
        if isinstance(f, models.ForeignKey) and f.related_model in (Family, Person):
            return True
        return not (f.null or (f.blank and isinstance(f, models.CharField | models.TextField)))

    def fill(self, f: models.Field) -> Any:
        """A value of the field's kind that a careful person could have typed."""
        if isinstance(f, models.ForeignKey):
            alike = [
                k.name for k in f.model._meta.concrete_fields if k.is_relation and k.related_model is f.related_model
            ]
            return self.several(f.related_model, alike.index(f.name)) if f.related_model is not f.model else None
        if (f.model._meta.label, f.name) in DECLARED:
            return DECLARED[f.model._meta.label, f.name]
        if f.choices:
            return next(code for code, _ in f.flatchoices if code not in ("", None))
        today = self.cast.today
        for kind, value in (
            (models.DateTimeField, datetime.combine(today, time(10), WARSAW)),
            (models.DateField, today + timedelta(days=30) if f.name in LATER else today),
            (models.TimeField, time(10)),
            (models.DurationField, timedelta(hours=1)),
            (models.BooleanField, False),
            (models.DecimalField, Decimal(1)),
            (models.IntegerField, 1),
            (models.FloatField, 1.0),
            (models.UUIDField, self.family.pk if f.name in ("subject_id", "family_id") else uuid.uuid4()),
            (models.JSONField, ["x"] if getattr(f, "default", None) is list else {"x": 1}),
            (models.FileField, ContentFile(b"%PDF-1.7", "skan.pdf")),
            (models.BinaryField, b"x"),
            (models.EmailField, "ktos@example.invalid"),
        ):
            if isinstance(f, kind):
                return value
        return (
            ("x" * 64)[: f.max_length or 64] if "sha" in f.name or "checksum" in f.name else MARK[: f.max_length or 60]
        )

    def argument(self, name: str, route: str = "") -> Any:
        """The value of a URL argument, or None when the world knows none. A line for one address wins: `sad/<request_id>`."""
        plain = re.sub(r"<\w+:", "<", route)
        special = next((v for k, v in PLACES.items() if k.endswith(f"<{name}>") and k in plain), None)
        if isinstance(special, tuple):
            row = self.row(apps.get_model(special[0]))
            return getattr(row, special[1]) if row is not None else None
        if special is not None:
            return special
        if name in FIXED:
            return FIXED[name]
        if name in ARGUMENTS:
            row = self.row(apps.get_model(ARGUMENTS[name]))
            return row.pk if row is not None else None
        stem = name.removesuffix("_id").replace("_", "")
        for model in apps.get_models():
            if model._meta.model_name == stem and model.__module__.startswith("gniazdo."):
                row = self.row(model)
                return row.pk if row is not None else None
        return None


MAKERS: dict[str, Callable[[World], models.Model]] = {
    "people.Family": lambda w: w.family,
    "people.Person": lambda w: w.family.memberships.order_by("id").first().person,
    "people.Membership": lambda w: w.family.memberships.order_by("id").first(),
    "orgs.Institution": lambda w: w.institution,
    "orgs.User": lambda w: w.cast.anna.user,
    "orgs.Post": lambda w: w.cast.anna,
    "orgs.Team": lambda w: w.cast.team,
    "orgs.RoleGrant": lambda w: w.cast.anna.role_grants.order_by("id").first(),
    "orgs.Substitution": lambda w: w.bake(
        apps.get_model("orgs.Substitution"),
        absent=w.cast.anna,
        stand_in=w.cast.adam,
        until=w.cast.today + timedelta(days=5),
    ),
    "cases.CaseFile": lambda w: _case(w),
    "exchange.ImportRun": lambda w: w.bake(
        apps.get_model("exchange.ImportRun"),
        content="Nazwisko;Imię;PESEL\nLis;Ewa;\n".encode(),
        file_name="rodziny.csv",
        header=["Nazwisko", "Imię", "PESEL"],
    ),
    "cases.Assignment": lambda w: w.row(apps.get_model("cases.CaseFile")).assignments.order_by("id").first(),
}


def _case(world: World) -> models.Model:
    from gniazdo.assistance.process import ASSISTANCE
    from gniazdo.cases.tests.factories import make_case

    return make_case(world.family, ASSISTANCE, on=date(2026, 1, 5), assistant=world.cast.anna)


def make_world(cast: Cast) -> World:
    """The cast's institution with a family whose name is MARK, its case, and one row of every table of ours."""
    world = World(cast, make_family(cast.institution, MARK))
    world.row(apps.get_model("cases.CaseFile"))
    for model in apps.get_models():
        if issubclass(model, Owned):
            world.row(model)
    return world
