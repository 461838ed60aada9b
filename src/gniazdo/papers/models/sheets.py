"""Tables of filled sheets, their frozen revisions and who signed them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gniazdo.cases.models import CaseFile
from gniazdo.orgs.models import Owned, Post
from gniazdo.papers.rules import Sheet, sheet_of
from gniazdo.papers.vocab import SHEET_STATES
from gniazdo.people.models import Family, Person
from gniazdo.platform.models import Privacy


class SheetRecord(Owned):
    """One filled sheet. While a draft it holds whatever was typed; when final it has a number, a hash and a frozen revision."""

    access_path = "family_id"
    privacy = Privacy(
        sensitive=("answers", "summary"),
        plain=(
            "code", "version", "status", "for_registry", "started_on", "finalised_on", "period_from", "period_to",
            "year", "number", "sha256", "revision", "void_reason", "prefilled",
        ),
    )  # fmt: skip

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="sheets")
    case = models.ForeignKey(CaseFile, null=True, blank=True, on_delete=models.PROTECT, related_name="sheets")
    about_person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="sheets")
    code = models.CharField(_("rodzaj karty"), max_length=60)
    version = models.PositiveSmallIntegerField(_("wersja wzoru"))
    status = models.CharField(_("stan"), max_length=10, choices=SHEET_STATES.choices(), default="draft")
    for_registry = models.BooleanField(default=False)
    answers = models.JSONField(_("odpowiedzi"), default=dict, blank=True)
    prefilled = models.JSONField(default=dict, blank=True)
    summary = models.CharField(_("skrót"), max_length=300, blank=True)
    author = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="sheets")
    started_on = models.DateField(_("rozpoczęta"))
    finalised_on = models.DateField(_("sporządzona"), null=True, blank=True)
    period_from = models.DateField(_("za okres od"), null=True, blank=True)
    period_to = models.DateField(_("do"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    number = models.PositiveIntegerField(_("numer"), null=True, blank=True)
    revision = models.PositiveSmallIntegerField(_("wydanie"), default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    void_reason = models.CharField(_("powód unieważnienia"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("karta")
        indexes: ClassVar = [
            models.Index(fields=["family", "-id"], name="sheet_family"),
            models.Index(fields=["case", "code", "status", "-finalised_on"], name="sheet_case_code"),
            models.Index(fields=["author", "status"], name="sheet_author"),
            models.Index(fields=["institution", "code", "finalised_on"], name="sheet_register"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "code", "year", "number"], name="sheet_number_once",
                                    violation_error_message=_("Ten numer karty jest już zajęty.")),
            models.CheckConstraint(condition=Q(status="draft") | Q(finalised_on__isnull=False) | Q(status="void"),
                                   name="sheet_final_has_day"),
            models.CheckConstraint(
                condition=Q(period_from__isnull=True) | Q(period_to__isnull=True) | Q(period_to__gte=models.F("period_from")),
                name="sheet_period", violation_error_message=_("Koniec okresu nie może być przed jego początkiem.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.declaration.title} {self.document_number}".strip()

    @property
    def declaration(self) -> Sheet:
        """The declared sheet in the version this record was written on."""
        return sheet_of(self.code, self.version)

    @property
    def document_number(self) -> str:
        """The number in the register of the year, empty while it was never final."""
        return f"{self.number}/{self.year}" if self.number else ""


class SheetRevision(Owned):
    """The content of a sheet as it was made final: never changed, readable for ever."""

    access_path = "sheet__family_id"
    privacy = Privacy(sensitive=("answers",), plain=("revision", "sha256", "finalised_on", "reason"))

    sheet = models.ForeignKey(SheetRecord, on_delete=models.PROTECT, related_name="revisions")
    revision = models.PositiveSmallIntegerField()
    answers = models.JSONField(default=dict, blank=True)
    sha256 = models.CharField(max_length=64)
    finalised_on = models.DateField()
    by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("powód poprawki"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("wydanie karty")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "sheet", "revision"], name="revision_once")
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} / {self.revision}"


class SignatureRecord(Owned):
    """Who signed a paper, as what, on which day; or refused, with the reason and a witness."""

    access_path = "sheet__family_id"
    privacy = Privacy(
        personal=("name", "witness"),
        sensitive=("reason",),
        plain=("role", "signed_on", "refused", "on_paper", "revision"),
    )

    sheet = models.ForeignKey(SheetRecord, on_delete=models.PROTECT, related_name="signatures")
    revision = models.PositiveSmallIntegerField()
    role = models.CharField(_("jako"), max_length=40)
    name = models.CharField(_("imię i nazwisko"), max_length=150)
    signed_on = models.DateField(_("dnia"))
    on_paper = models.BooleanField(_("na papierze"), default=True)
    refused = models.BooleanField(_("odmowa podpisu"), default=False)
    reason = models.CharField(_("powód odmowy"), max_length=300, blank=True)
    witness = models.CharField(_("świadek"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("podpis")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "sheet", "revision", "role", "name"], name="signature_once",
                                    violation_error_message=_("Ten podpis jest już zapisany.")),
            models.CheckConstraint(condition=Q(refused=False) | (~Q(reason="") & ~Q(witness="")), name="refusal_explained",
                                   violation_error_message=_("Odmowa podpisu wymaga powodu i świadka.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.role}: {self.name}"
