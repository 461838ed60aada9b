"""Reports as they were sent: numbers frozen with who, when and under which definitions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from gniazdo.orgs.models import Owned, Post
from gniazdo.platform.models import Privacy
from gniazdo.reports.vocab import PERIODS


class FrozenReport(Owned):
    """A copy of a report's numbers at the moment it was sent. Later changes of the files do not change it."""

    access_path = "institution_id"
    privacy = Privacy(
        plain=("report", "kind", "year", "number", "values", "note", "frozen_at"), retention="institution"
    )

    report = models.CharField(max_length=60)
    kind = models.CharField(max_length=5, choices=PERIODS.choices())
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    values = models.JSONField(default=dict)
    note = models.CharField(_("uwagi"), max_length=300, blank=True)
    frozen_at = models.DateTimeField()
    by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("sprawozdanie wysłane")
        indexes: ClassVar = [models.Index(fields=["institution", "report", "-frozen_at"], name="frozen_recent")]

    def __str__(self) -> str:
        return f"{self.report} {self.year}/{self.number}"
