"""The journal, and the access list that says which posts work with which subject. No foreign keys: both outlive their subjects."""

from __future__ import annotations

import json
from itertools import batched
from typing import ClassVar

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from gniazdo.platform.models import Privacy, Record, ready_value

ONE_TRIP = 4  # lines sent together: the driver reads longer statements anew each time


class JournalEntry(models.Model):
    """Who did, read or was refused what, when. Written by the decorators only; never changed; ids, never free text."""

    class Outcome(models.TextChoices):
        DONE = "done", _("wykonano")
        READ = "read", _("odczyt")
        REFUSED = "refused", _("odmowa")

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    institution_id = models.UUIDField(null=True)
    user_id = models.UUIDField(null=True)
    post_id = models.UUIDField(null=True)
    code = models.CharField(max_length=80)
    outcome = models.CharField(max_length=8, choices=Outcome)
    subject_id = models.UUIDField(null=True)
    object_kind = models.CharField(max_length=60, blank=True)
    object_id = models.UUIDField(null=True)
    changes = models.JSONField(default=dict, blank=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["institution_id", "-id"], name="journal_institution"),
            models.Index(fields=["subject_id", "-id"], name="journal_subject"),
            models.Index(fields=["object_id", "-id"], name="journal_object"),
            models.Index(fields=["user_id", "-id"], name="journal_user"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.code} {self.outcome}"

    @classmethod
    def write(cls, entries: list[JournalEntry]) -> None:
        """Add lines past the ORM: every page and every verb writes some, and their keys are asked by nobody."""
        fields = [f for f in cls._meta.concrete_fields if not f.primary_key]
        quote = connection.ops.quote_name
        columns, marks = ", ".join(quote(str(f.column)) for f in fields), f"({', '.join(['%s'] * len(fields))})"
        sql = f"INSERT INTO {quote(cls._meta.db_table)} ({columns}) VALUES "  # noqa: S608
        rows = [
            [
                json.dumps(entry.changes) if f.attname == "changes" else ready_value(getattr(entry, f.attname))
                for f in fields
            ]
            for entry in entries
        ]
        with connection.cursor() as cursor:
            for part in batched(rows, ONE_TRIP):
                cursor.execute(sql + ", ".join([marks] * len(part)), [value for row in part for value in row])


class AccessGrant(Record):
    """A post may work with a subject (a family) from `since` until `until`: by assignment, share or break-glass."""

    class Basis(models.TextChoices):
        ASSIGNMENT = "assignment", _("przydział sprawy")
        INTAKE = "intake", _("przyjęcie zgłoszenia")
        BREAK_GLASS = "break_glass", _("dostęp awaryjny")
        SHARE = "share", _("udostępnienie")

    privacy = Privacy(plain=("institution_id", "subject_id", "post_id", "since", "until", "basis", "reason"))

    institution_id = models.UUIDField()
    subject_id = models.UUIDField()
    post_id = models.UUIDField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=12, choices=Basis)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("dostęp do teczki")
        indexes: ClassVar = [
            models.Index(fields=["post_id", "until", "subject_id"], name="grant_post"),
            models.Index(fields=["subject_id", "post_id"], name="grant_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} → {self.subject_id}"
