"""Tables of the case file: the file itself, its marks, workers, moves and timeline."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from gniazdo.cases.vocab import CASE_KINDS, EVENT_KINDS, WORKER_ROLES
from gniazdo.orgs.models import Owned, Post
from gniazdo.people.models import Family
from gniazdo.platform.models import NoOverlap, Privacy


class CaseFile(Owned):
    """Teczka: one case of one kind about one family. `state` belongs to the process of its kind."""

    access_path = "family_id"
    privacy = Privacy(plain=("kind", "case_mark", "year", "number", "state", "state_since", "opened_on", "closed_on"))

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="cases")
    kind = models.CharField(_("rodzaj sprawy"), max_length=16, choices=CASE_KINDS.choices())
    case_mark = models.CharField(_("znak sprawy"), max_length=60)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    state = models.CharField(_("stan"), max_length=24)
    state_since = models.DateField()
    opened_on = models.DateField(_("wszczęta"))
    closed_on = models.DateField(_("zakończona"), null=True, blank=True)
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by")

    class Meta:
        verbose_name = _("sprawa")
        indexes: ClassVar = [
            models.Index(fields=["institution", "kind", "state", "state_since"], name="case_state"),
            models.Index(fields=["institution", "case_mark"], name="case_mark"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "kind", "year", "number"], name="case_number_once",
                                    violation_error_message=_("Ten numer sprawy jest już zajęty.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.case_mark


class CaseCounter(Owned):
    """The last number issued per kind and year: locked while a mark is issued, so numbers have no gaps."""

    privacy = Privacy(plain=("kind", "year", "last"), retention="institution")
    kind = models.CharField(max_length=16)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["institution", "kind", "year"], name="counter_once")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.year}: {self.last}"


class Assignment(Owned):
    """A post works on a case in a role for a period. Creating one puts the post on the family's access list."""

    access_path = "case__family_id"
    privacy = Privacy(plain=("role", "since", "until", "over_limit_reason", "end_reason"))

    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="assignments")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(_("rola"), max_length=16, choices=WORKER_ROLES.choices())
    since = models.DateField(_("od"))
    until = models.DateField(_("do"), null=True, blank=True)
    over_limit_reason = models.CharField(_("powód przydziału ponad limit"), max_length=300, blank=True)
    end_reason = models.CharField(_("powód zakończenia"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("przydział")
        indexes: ClassVar = [models.Index(fields=["post", "until", "role"], name="assignment_post")]
        constraints: ClassVar = [
            NoOverlap(name="assignment_no_overlap", per=("case", "post", "role"),
                      violation_error_message=_("Ten pracownik jest już przydzielony do tej sprawy w tym okresie.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.case}: {self.post}"


class Transition(Owned):
    """One move of a case in its process: the log that never changes."""

    access_path = "case__family_id"
    privacy = Privacy(sensitive=("note",), plain=("move", "source", "target", "on"))

    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="transitions")
    move = models.CharField(max_length=32)
    source = models.CharField(max_length=24, blank=True)
    target = models.CharField(max_length=24)
    on = models.DateField()
    by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "on", "id"], name="transition_case")]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


class Event(Owned):
    """One line of the family's timeline, opening its record. Written by the verb that made the record, in its transaction."""

    access_path = "family_id"
    privacy = Privacy(
        sensitive=("summary",), plain=("kind", "at", "title", "record_kind", "record_id", "is_significant", "url_name")
    )

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="events")
    case = models.ForeignKey(CaseFile, null=True, blank=True, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=EVENT_KINDS.choices())
    at = models.DateTimeField()
    title = models.CharField(max_length=160)
    summary = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    record_kind = models.CharField(max_length=40, blank=True)
    record_id = models.UUIDField(null=True, blank=True)
    url_name = models.CharField(max_length=60, blank=True)
    is_significant = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["family", "-at", "-id"], name="event_family"),
            models.Index(fields=["record_id"], name="event_record"),
        ]

    def __str__(self) -> str:
        return self.title
