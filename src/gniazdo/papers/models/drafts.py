"""Unfinished forms of any kind, kept on the server."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gniazdo.orgs.models import Owned, Post
from gniazdo.platform.models import Privacy


class Draft(Owned):
    """What a worker has typed into a long form and not yet saved: also before any family exists. Seen by its owner only.

    form: a code like "assistance.referral" or "sheet:<id>"; key: which of several (an id, or empty); data: the fields as typed.
    """

    privacy = Privacy(
        personal=("label",), sensitive=("data",), plain=("form", "key", "subject_id", "resume_url", "updated_at")
    )

    owner = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="drafts")
    form = models.CharField(max_length=80)
    key = models.CharField(max_length=80, blank=True)
    subject_id = models.UUIDField(null=True, blank=True)
    data = models.JSONField(default=dict, blank=True)
    label = models.CharField(_("czego dotyczy"), max_length=200, blank=True)
    resume_url = models.CharField(max_length=300, blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("szkic")
        indexes: ClassVar = [models.Index(fields=["owner", "-updated_at"], name="draft_owner")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "owner", "form", "key"], name="draft_once")
        ]

    def __str__(self) -> str:
        return self.label or self.form

    @classmethod
    def access_q(cls, subject_ids: frozenset[UUID]) -> Q:
        """Nobody reaches another's draft through a family."""
        return Q(pk__in=[])
