"""Tables of letters in and out, and of the numbers papers get."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gniazdo.cases.models import CaseFile
from gniazdo.orgs.models import Owned, Post
from gniazdo.papers.vocab import CHANNELS, DIRECTIONS, LETTER_STATES
from gniazdo.people.models import Family
from gniazdo.platform.models import Privacy


class PaperCounter(Owned):
    """The last number given in a register and year: locked while a number is issued, so numbers have no gaps."""

    no_subject = "a counter of the institution, about no family"
    privacy = Privacy(plain=("register", "year", "last"), retention="institution")
    register = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "register", "year"], name="paper_counter_once")
        ]

    def __str__(self) -> str:
        return f"{self.register}/{self.year}: {self.last}"


class LetterRecord(Owned):
    """One letter in a register: what it says, when it went out or came in and how."""

    access_path = "family_id"
    privacy = Privacy(
        personal=("recipient", "fields"),
        sensitive=("body",),
        plain=(
            "code", "direction", "title", "register", "year", "number", "status", "written_on", "sent_on", "channel",
            "delivered_on", "their_mark", "void_reason",
        ),
    )  # fmt: skip

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="letters")
    case = models.ForeignKey(CaseFile, null=True, blank=True, on_delete=models.PROTECT, related_name="letters")
    code = models.CharField(_("rodzaj pisma"), max_length=60, blank=True)
    direction = models.CharField(_("kierunek"), max_length=3, choices=DIRECTIONS.choices(), default="out")
    title = models.CharField(_("w sprawie"), max_length=200)
    recipient = models.TextField(_("adresat lub nadawca"), blank=True)
    body = models.TextField(_("treść"), blank=True)
    fields = models.JSONField(default=dict, blank=True)
    register = models.CharField(max_length=60, default="letters")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    number = models.PositiveIntegerField(_("numer"), null=True, blank=True)
    status = models.CharField(_("stan"), max_length=10, choices=LETTER_STATES.choices(), default="draft")
    written_on = models.DateField(_("z dnia"))
    sent_on = models.DateField(_("wysłane lub otrzymane"), null=True, blank=True)
    channel = models.CharField(_("sposób przekazania"), max_length=12, choices=CHANNELS.choices(), blank=True)
    delivered_on = models.DateField(_("doręczone"), null=True, blank=True)
    their_mark = models.CharField(_("znak pisma nadawcy"), max_length=80, blank=True)
    author = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="letters")
    answers_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="answered_by")
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("pismo")
        indexes: ClassVar = [
            models.Index(fields=["family", "-id"], name="letter_family"),
            models.Index(fields=["institution", "direction", "-id"], name="letter_register"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "register", "year", "number"], name="letter_number_once",
                                    violation_error_message=_("Ten numer pisma jest już zajęty.")),
            models.CheckConstraint(condition=Q(delivered_on__isnull=True) | Q(delivered_on__gte=F("sent_on")),
                                   name="letter_delivered_after",
                                   violation_error_message=_("Doręczenie nie może być przed wysłaniem.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.title} {self.document_number}".strip()

    @property
    def document_number(self) -> str:
        """The number in the register of the year."""
        return f"{self.number}/{self.year}" if self.number else ""
