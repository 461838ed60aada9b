"""Tables of what courts and institutions ask and what was answered when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gniazdo.assistance.vocab import COURT_REQUEST_KINDS, INFORMATION_DIRECTIONS, SENDING_CHANNELS
from gniazdo.cases.models import CaseFile
from gniazdo.orgs.models import Owned, Post
from gniazdo.people.models import Family
from gniazdo.platform.models import Privacy


class CourtRequest(Owned):
    """A court's demand and its way: received → answered on paper → sent → delivered. `due_on` is the court's own day.

    A call for the list of assistants (uwrspz art. 17 ust. 5) concerns no family; every other kind does.
    """

    access_path = "family_id"
    privacy = Privacy(
        sensitive=("note",),
        plain=(
            "kind", "court", "division", "docket", "letter_on", "received_on", "due_on", "prepared_on", "sent_on",
            "channel", "delivered_on", "withdrawn_on", "sheet_id",
        ),
    )  # fmt: skip

    family = models.ForeignKey(Family, null=True, blank=True, on_delete=models.PROTECT, related_name="court_requests")
    case = models.ForeignKey(CaseFile, null=True, blank=True, on_delete=models.PROTECT, related_name="court_requests")
    kind = models.CharField(_("czego żąda"), max_length=12, choices=COURT_REQUEST_KINDS.choices())
    court = models.CharField(_("sąd"), max_length=160)
    division = models.CharField(_("wydział"), max_length=160, blank=True)
    docket = models.CharField(_("sygnatura akt"), max_length=40)
    letter_on = models.DateField(_("pismo z dnia"), null=True, blank=True)
    received_on = models.DateField(_("wpłynęło"))
    due_on = models.DateField(_("termin wyznaczony przez sąd"))
    responsible = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sheet_id = models.UUIDField(null=True, blank=True)
    prepared_on = models.DateField(_("opinia gotowa"), null=True, blank=True)
    sent_on = models.DateField(_("wysłano"), null=True, blank=True)
    channel = models.CharField(_("sposób wysłania"), max_length=12, choices=SENDING_CHANNELS.choices(), blank=True)
    delivered_on = models.DateField(_("doręczono"), null=True, blank=True)
    withdrawn_on = models.DateField(_("sąd odstąpił dnia"), null=True, blank=True)
    note = models.TextField(_("uwagi"), blank=True)

    class Meta:
        verbose_name = _("żądanie sądu")
        indexes: ClassVar = [
            models.Index(fields=["institution", "sent_on", "due_on"], name="court_open"),
            models.Index(fields=["family", "-received_on"], name="court_family"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(family__isnull=False) | Q(kind="LIST"), name="court_about_family",
                                   violation_error_message=_("Wskaż rodzinę, której dotyczy żądanie sądu.")),
            models.CheckConstraint(condition=Q(delivered_on__isnull=True) | Q(delivered_on__gte=F("sent_on")),
                                   name="court_delivery_order",
                                   violation_error_message=_("Doręczenie nie może być przed wysłaniem.")),
            models.CheckConstraint(condition=Q(sent_on__isnull=True) | ~Q(channel=""), name="court_sent_how",
                                   violation_error_message=_("Podaj, jak wysłano odpowiedź do sądu.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.docket} ({COURT_REQUEST_KINDS.label_of(self.kind)})"

    @property
    def stage(self) -> str:
        """Where the request stands: a code of COURT_STAGES."""
        if self.withdrawn_on:
            return "WITHDRAWN"
        if self.delivered_on:
            return "DELIVERED"
        if self.sent_on:
            return "SENT"
        return "PREPARED" if self.prepared_on else "RECEIVED"


class InformationRequest(Owned):
    """A request for information under uwrspz art. 190a, ours or theirs: at most 7 days (C-GEN-01)."""

    access_path = "family_id"
    privacy = Privacy(
        personal=("institution_name", "person"), sensitive=("asked", "answer"), plain=("direction", "on", "answered_on")
    )

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="information_requests")
    case = models.ForeignKey(
        CaseFile, null=True, blank=True, on_delete=models.PROTECT, related_name="information_requests"
    )
    direction = models.CharField(_("kierunek"), max_length=3, choices=INFORMATION_DIRECTIONS.choices())
    institution_name = models.CharField(_("instytucja"), max_length=160)
    person = models.CharField(_("osoba kontaktowa"), max_length=120, blank=True)
    asked = models.TextField(_("o co chodzi"))
    on = models.DateField(_("wysłano lub wpłynęło"))
    answered_on = models.DateField(_("odpowiedź z dnia"), null=True, blank=True)
    answer = models.TextField(_("treść odpowiedzi"), blank=True)
    author = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("wymiana informacji")
        indexes: ClassVar = [models.Index(fields=["institution", "answered_on", "on"], name="information_open")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("on")),
                                   name="information_order",
                                   violation_error_message=_("Odpowiedź nie może być przed żądaniem.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.institution_name
