"""Tables of the import: saved mappings, runs, and what each imported family came from."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from gniazdo.exchange.vocab import IMPORT_STATES
from gniazdo.orgs.models import Owned, Post
from gniazdo.people.models import Family
from gniazdo.platform.models import Privacy


class ImportMapping(Owned):
    """A saved mapping of headings to fields, offered again for the next file with the same headings."""

    access_path = "institution_id"
    privacy = Privacy(plain=("name", "mapping"), retention="institution")

    name = models.CharField(_("nazwa"), max_length=80)
    mapping = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("przypisanie kolumn")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "name"], name="import_mapping_once",
                                    violation_error_message=_("Przypisanie o tej nazwie już istnieje.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class ImportRun(Owned):
    """One file being imported, from upload to the last row. The file itself lies beside the attachments, by id."""

    access_path = "institution_id"
    privacy = Privacy(
        personal=("file_name",),
        sensitive=("problems", "content"),
        plain=(
            "state",
            "mapping",
            "header",
            "rows",
            "done",
            "total",
            "counts",
            "list_name",
            "moved_at",
            "finished_at",
            "trouble",
        ),
        retention="institution",
    )

    by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(_("plik"), max_length=200)
    list_name = models.CharField(_("wykaz"), max_length=80, blank=True)
    content = models.BinaryField(editable=False, null=True, blank=True)
    state = models.CharField(_("stan"), max_length=8, choices=IMPORT_STATES.choices(), default="MAPPING")
    header = models.JSONField(default=list, blank=True)
    mapping = models.JSONField(default=dict, blank=True)
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict, blank=True)
    problems = models.JSONField(default=list, blank=True)
    trouble = models.JSONField(default=dict, blank=True)  # a sentence of rules.sentences, told in the reader's language
    moved_at = models.DateTimeField(null=True, blank=True)  # when reading last went on: a killed worker stops saying so
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        indexes: ClassVar = [models.Index(fields=["institution", "-created_at"], name="import_recent")]

    def __str__(self) -> str:
        return self.file_name


class ImportedFamily(Owned):
    """Which family of which list became which family here: what makes a second run of the same list change nothing."""

    access_path = "family_id"
    privacy = Privacy(personal=("key",), plain=("source", "fingerprint"))

    source = models.CharField(max_length=80)  # which list the key is a number of (rules.sources.list_key)
    key = models.CharField(max_length=240)
    fingerprint = models.CharField(max_length=64)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="families")

    class Meta:
        verbose_name = _("wczytana rodzina")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "source", "key"], name="imported_once",
                                    violation_error_message=_("Ta rodzina została już wczytana.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.key
