"""Files attached to sheets, letters, cases and families: their data; the content lies outside the web root."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from gniazdo.cases.models import CaseFile
from gniazdo.orgs.models import Owned, Post
from gniazdo.papers.models.letters import LetterRecord
from gniazdo.papers.models.sheets import SheetRecord
from gniazdo.people.models import Family
from gniazdo.platform.models import Privacy


class StoredFile(Owned):
    """One attached file. `path` is MEDIA_ROOT/<institution>/<uuid>; the original name is data, never a path."""

    access_path = "family_id"
    privacy = Privacy(
        personal=("original_name", "description"),
        plain=(
            "path",
            "media_type",
            "size",
            "sha256",
            "question",
            "is_signed_scan",
            "added_on",
            "removed_on",
            "revision",
        ),
    )

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="files")
    case = models.ForeignKey(CaseFile, null=True, blank=True, on_delete=models.PROTECT, related_name="files")
    sheet = models.ForeignKey(SheetRecord, null=True, blank=True, on_delete=models.PROTECT, related_name="files")
    letter = models.ForeignKey(LetterRecord, null=True, blank=True, on_delete=models.PROTECT, related_name="files")
    question = models.CharField(max_length=60, blank=True)
    revision = models.PositiveSmallIntegerField(null=True, blank=True)
    is_signed_scan = models.BooleanField(_("skan podpisanego dokumentu"), default=False)
    original_name = models.CharField(_("nazwa pliku"), max_length=200)
    description = models.CharField(_("opis"), max_length=200, blank=True)
    path = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    added_on = models.DateField()
    removed_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("załącznik")
        indexes: ClassVar = [
            models.Index(fields=["sheet"], name="file_sheet"),
            models.Index(fields=["family", "-id"], name="file_family"),
        ]

    def __str__(self) -> str:
        return self.original_name
