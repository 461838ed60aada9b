"""The record of a merge: enough to undo it."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gniazdo.orgs.models import Owned
from gniazdo.people.models.person import Person, persons_of
from gniazdo.platform.models import Privacy


class Merge(Owned):
    """`lost` was found to be the same human as `kept`. Holds which rows moved and which empty fields were filled."""

    privacy = Privacy(personal=("filled", "surrendered"), plain=("moved", "reason", "merged_on", "undone_on"))

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    lost = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("dlaczego to ta sama osoba"), max_length=300)
    merged_on = models.DateField(_("połączono"))
    undone_on = models.DateField(_("cofnięto"), null=True, blank=True)
    moved = models.JSONField(default=dict, blank=True)
    filled = models.JSONField(default=dict, blank=True)
    surrendered = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("połączenie osób")
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(kept=models.F("lost")), name="merge_two_persons")]

    def __str__(self) -> str:
        return str(_("połączenie osób"))

    @classmethod
    def access_q(cls, subject_ids: frozenset[UUID]) -> Q:
        return Q(kept_id__in=persons_of(subject_ids)) | Q(lost_id__in=persons_of(subject_ids))
