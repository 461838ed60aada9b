"""The cache of due rows, extensions with their reasons, events of the institution itself, calendar keys, letters and notices sent."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gniazdo.cases.models import CaseFile
from gniazdo.deadlines.vocab import OFFICE_EVENTS
from gniazdo.orgs.models import Owned, Post
from gniazdo.people.models import Family
from gniazdo.platform.models import Privacy

OPEN = Q(fulfilled_on__isnull=True)


class DeadlineRow(Owned):
    """One due date as computed last: never counted by hand, equal to what the declarations compute from events.

    Without a family it is a duty of the institution itself.
    """

    access_path = "family_id"
    privacy = Privacy(
        sensitive=("extension",),
        plain=(
            "declaration", "subject_kind", "subject_id", "starts_on", "due_on", "original_due_on", "escalates_on",
            "fulfilled_on", "role", "why", "article", "mark", "url_name", "url_args",
        ),
    )  # fmt: skip

    family = models.ForeignKey(Family, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(CaseFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=16)
    declaration = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    starts_on = models.DateField()
    due_on = models.DateField()
    original_due_on = models.DateField(null=True, blank=True)
    extension = models.CharField(max_length=300, blank=True)
    escalates_on = models.DateField()
    fulfilled_on = models.DateField(null=True, blank=True)
    why = models.JSONField(default=list, blank=True)
    article = models.CharField(max_length=200)
    mark = models.CharField(max_length=60)
    url_name = models.CharField(max_length=60, blank=True)
    url_args = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("termin")
        indexes: ClassVar = [
            models.Index(fields=["post", "due_on", "id"], condition=OPEN, name="due_of_post"),
            models.Index(fields=["institution", "due_on", "id"], condition=OPEN, name="due_here"),
            models.Index(fields=["institution", "declaration", "due_on", "id"], condition=OPEN, name="due_of_kind"),
            models.Index(
                fields=["institution", "role", "due_on", "id"], condition=OPEN & Q(post=None), name="due_of_role"
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["family", "declaration", "subject_id", "starts_on"], name="due_once"),
            models.UniqueConstraint(fields=["institution", "declaration", "subject_id", "starts_on"],
                                    condition=Q(family__isnull=True), name="due_once_here"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.declaration} {self.due_on}"


class DeadlineExtension(Owned):
    """Somebody with the right to do so moved a due date and said why; computing honours it from that day."""

    access_path = "family_id"
    privacy = Privacy(
        sensitive=("reason",), plain=("declaration", "subject_id", "starts_on", "from_due_on", "to", "on")
    )

    family = models.ForeignKey(Family, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(CaseFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    declaration = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    starts_on = models.DateField()
    from_due_on = models.DateField()
    to = models.DateField(_("nowy termin"))
    on = models.DateField()
    reason = models.CharField(_("powód"), max_length=300)
    by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("przedłużenie terminu")
        indexes: ClassVar = [models.Index(fields=["family", "on"], name="extension_family")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(to__gt=models.F("from_due_on")), name="extension_later",
                                   violation_error_message=_("Nowy termin musi być późniejszy niż dotychczasowy.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.declaration}: {self.from_due_on} → {self.to}"


class OfficeEvent(Owned):
    """Something that happened in the institution itself and starts or ends its terms: an audit, a report, a court's call."""

    no_subject = "a duty of the institution; names of families do not belong here"
    privacy = Privacy(plain=("kind", "on", "done_on", "note", "cancelled_on", "cancelled_why"), retention="institution")

    kind = models.CharField(_("co się wydarzyło"), max_length=16, choices=OFFICE_EVENTS.choices())
    on = models.DateField(_("dzień"))
    done_on = models.DateField(_("wykonano dnia"), null=True, blank=True)
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
                             verbose_name=_("pracownik"))  # fmt: skip
    note = models.CharField(_("uwagi (bez danych osób)"), max_length=300, blank=True)
    by = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    cancelled_on = models.DateField(null=True, blank=True)
    cancelled_why = models.CharField(_("powód skreślenia"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("zdarzenie w jednostce")
        indexes: ClassVar = [models.Index(fields=["institution", "-on", "-id"], name="office_event_day")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(done_on__isnull=True) | Q(done_on__gte=models.F("on")), name="office_done_later",
                                   violation_error_message=_("Dzień wykonania nie może być przed dniem zdarzenia.")),
            models.CheckConstraint(condition=~Q(kind="STAFF_CHECK") | Q(post__isnull=False), name="office_check_of_whom",
                                   violation_error_message=_("Wskaż pracownika, którego sprawdzono.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{OFFICE_EVENTS.label_of(self.kind)}, {self.on:%d.%m.%Y}"


class DueNotice(Owned):
    """A worker was told in the application that this due day is near or has passed: once each."""

    no_subject = "a notice to a worker, without names of families"
    privacy = Privacy(plain=("declaration", "subject_id", "due_on", "stage", "on"), retention="institution")

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    declaration = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    due_on = models.DateField()
    stage = models.CharField(max_length=4, choices=[("SOON", _("zbliża się")), ("LATE", _("po terminie"))])
    on = models.DateField()

    class Meta:
        verbose_name = _("powiadomienie o terminie")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["post", "declaration", "subject_id", "due_on", "stage"], name="told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.declaration} {self.due_on} {self.stage}"


class CalendarKey(Owned):
    """The key of one post's private calendar feed; only its fingerprint is kept."""

    no_subject = "a worker's own calendar"
    privacy = Privacy(sensitive=("fingerprint",), plain=("made_on",), retention="institution")

    post = models.OneToOneField(Post, on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64, unique=True)
    made_on = models.DateField()

    class Meta:
        verbose_name = _("klucz kalendarza")

    def __str__(self) -> str:
        return f"kalendarz {self.made_on}"


class ReminderSent(Owned):
    """The daily letter about deadlines went out to this post: at most one a day."""

    no_subject = "a letter to a worker, without names of families"
    privacy = Privacy(plain=("on", "rows"), retention="institution")

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    rows = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("list o terminach")
        constraints: ClassVar = [models.UniqueConstraint(fields=["post", "on"], name="reminder_once")]

    def __str__(self) -> str:
        return f"{self.on}: {self.rows}"
