"""Tables of one family assistance case: its referral, basis, waiting, interview, handover and monitoring."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gniazdo.assistance.vocab import (
    BASES,
    END_REASONS,
    INTERVIEW_KINDS,
    MINOR_FACILITIES,
    MONITORING_DECISIONS,
    MONITORING_FORMS,
    OUTCOMES,
    PRIORITIES,
    READINESS,
    REFERRAL_CHANNELS,
    REFERRERS,
    REJECTION_REASONS,
)
from gniazdo.cases.models import CaseFile
from gniazdo.orgs.models import Owned, Post
from gniazdo.people.models import Family
from gniazdo.platform.models import Privacy


class AssistanceCase(Owned):
    """What a family assistance case knows beyond its file: who referred, on what basis, since when it waits, how it ended."""

    access_path = "family_id"
    privacy = Privacy(
        personal=("referrer_institution", "referrer_name", "referrer_phone", "referrer_email"),
        sensitive=(
            "causes", "description", "incidents", "tried", "expectation", "urgency_reason", "priority_reason",
            "suspended_reason", "end_note", "ruling_scope",
        ),
        plain=(
            "learned_on", "channel", "referrer", "is_urgent", "is_informed", "readiness", "rejection", "basis",
            "consent_given_on", "consent_withdrawn_on", "ruling_court", "ruling_docket", "ruling_on", "ruling_final_on",
            "ruling_control", "ruling_ends_on", "minor_facility", "interview_on", "applied_on", "waiting_since", "priority",
            "assigned_on", "first_visit_planned_on", "first_visit_on", "care_since", "care_until", "suspended_on",
            "planned_end_on", "next_visit_at", "transferred_to", "ended_on", "end_reason", "outcome", "monitoring_until",
        ),
    )  # fmt: skip

    case = models.OneToOneField(CaseFile, on_delete=models.PROTECT, related_name="assistance")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="assistance_cases")
    # the referral
    learned_on = models.DateField(_("data powzięcia wiadomości"))
    channel = models.CharField(_("jak zgłoszono"), max_length=12, choices=REFERRAL_CHANNELS.choices(), default="PHONE")
    referrer = models.CharField(_("kto zgłasza"), max_length=16, choices=REFERRERS.choices())
    referrer_institution = models.CharField(_("instytucja zgłaszająca"), max_length=160, blank=True)
    referrer_name = models.CharField(_("zgłaszający"), max_length=120, blank=True)
    referrer_phone = models.CharField(_("telefon zgłaszającego"), max_length=40, blank=True)
    referrer_email = models.EmailField(_("e-mail zgłaszającego"), blank=True)
    is_urgent = models.BooleanField(_("pilne"), default=False)
    urgency_reason = models.CharField(_("dlaczego pilne"), max_length=300, blank=True)
    causes = models.JSONField(_("przyczyny trudności"), default=list, blank=True)
    description = models.TextField(_("opis zgłoszenia"), blank=True)
    incidents = models.TextField(_("zdarzenia z datami"), blank=True)
    tried = models.TextField(_("co już próbowano"), blank=True)
    is_informed = models.BooleanField(_("rodzina wie o zgłoszeniu"), null=True, blank=True)
    readiness = models.CharField(
        _("gotowość do współpracy"), max_length=8, choices=READINESS.choices(), default="UNKNOWN"
    )
    expectation = models.CharField(_("oczekiwanie zgłaszającego"), max_length=300, blank=True)
    registered_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    rejection = models.CharField(
        _("przyczyna odrzucenia"), max_length=12, choices=REJECTION_REASONS.choices(), blank=True
    )
    # the basis of work
    basis = models.CharField(_("podstawa pracy"), max_length=12, choices=BASES.choices(), blank=True)
    consent_given_on = models.DateField(_("zgoda rodziny z dnia"), null=True, blank=True)
    consent_withdrawn_on = models.DateField(_("zgodę cofnięto dnia"), null=True, blank=True)
    ruling_court = models.CharField(_("sąd"), max_length=160, blank=True)
    ruling_docket = models.CharField(_("sygnatura akt"), max_length=40, blank=True)
    ruling_on = models.DateField(_("postanowienie z dnia"), null=True, blank=True)
    ruling_final_on = models.DateField(_("prawomocne od"), null=True, blank=True)
    ruling_scope = models.TextField(_("kogo i do czego sąd zobowiązał"), blank=True)
    ruling_control = models.CharField(_("sposób kontroli wykonania"), max_length=300, blank=True)
    ruling_ends_on = models.DateField(_("zobowiązanie wygasło"), null=True, blank=True)
    minor_facility = models.CharField(
        _("małoletni rodzic opuszcza"), max_length=12, choices=MINOR_FACILITIES.choices(), blank=True
    )
    # the way to an assistant
    social_worker = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    interview_on = models.DateField(_("wywiad z dnia"), null=True, blank=True)
    applied_on = models.DateField(_("wniosek z dnia"), null=True, blank=True)
    waiting_since = models.DateField(_("oczekuje od"), null=True, blank=True)
    priority = models.CharField(_("pierwszeństwo"), max_length=8, choices=PRIORITIES.choices(), default="NORMAL")
    priority_reason = models.CharField(_("powód pierwszeństwa"), max_length=300, blank=True)
    # the work
    assigned_on = models.DateField(_("pierwszy przydział"), null=True, blank=True)
    first_visit_planned_on = models.DateField(_("planowana pierwsza wspólna wizyta"), null=True, blank=True)
    first_visit_on = models.DateField(_("pierwsza wspólna wizyta"), null=True, blank=True)
    care_since = models.DateField(_("dziecko w pieczy od"), null=True, blank=True)
    care_until = models.DateField(_("dziecko wróciło dnia"), null=True, blank=True)
    suspended_on = models.DateField(_("zawieszona od"), null=True, blank=True)
    suspended_reason = models.CharField(_("powód zawieszenia"), max_length=300, blank=True)
    planned_end_on = models.DateField(_("planowane zakończenie"), null=True, blank=True)
    next_visit_at = models.DateTimeField(_("następna wizyta"), null=True, blank=True)
    # the end
    transferred_to = models.CharField(_("przekazano do"), max_length=200, blank=True)
    ended_on = models.DateField(_("koniec pracy z rodziną"), null=True, blank=True)
    end_reason = models.CharField(_("przyczyna zakończenia"), max_length=12, choices=END_REASONS.choices(), blank=True)
    end_note = models.TextField(_("uzasadnienie zakończenia"), blank=True)
    outcome = models.CharField(
        _("sytuacja dzieci po zakończeniu"), max_length=12, choices=OUTCOMES.choices(), blank=True
    )
    monitoring_until = models.DateField(_("monitoring do"), null=True, blank=True)

    class Meta:
        verbose_name = _("sprawa asysty rodzinnej")
        indexes: ClassVar = [
            models.Index(fields=["institution", "waiting_since"], name="assist_waiting"),
            models.Index(fields=["institution", "learned_on"], name="assist_learned"),
            models.Index(fields=["institution", "ended_on"], name="assist_ended"),
            models.Index(fields=["institution", "assigned_on"], name="assist_assigned"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(is_urgent=False) | ~Q(urgency_reason=""), name="assist_urgency_explained",
                                   violation_error_message=_("Napisz, dlaczego zgłoszenie jest pilne.")),
            models.CheckConstraint(
                condition=Q(consent_withdrawn_on__isnull=True) | Q(consent_withdrawn_on__gte=F("consent_given_on")),
                name="assist_consent_order",
                violation_error_message=_("Zgody nie można cofnąć przed dniem jej udzielenia.")),
            models.CheckConstraint(condition=Q(care_until__isnull=True) | Q(care_until__gte=F("care_since")),
                                   name="assist_care_order",
                                   violation_error_message=_("Powrót dziecka nie może być przed umieszczeniem.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.case)

    @property
    def is_court_bound(self) -> bool:
        """Whether a court's obligation is in force, so that resigning does not end the work."""
        return self.basis == "COURT" and self.ruling_ends_on is None


class HomeInterview(Owned):
    """The environmental interview as the file keeps it: its number, day, kind and findings; the form itself stays in the
    benefit system and its scan among attachments."""

    access_path = "family_id"
    privacy = Privacy(sensitive=("findings",), plain=("number", "on", "kind"))

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="home_interviews")
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="home_interviews")
    number = models.CharField(_("numer wywiadu"), max_length=40)
    on = models.DateField(_("data wywiadu"))
    kind = models.CharField(_("rodzaj"), max_length=8, choices=INTERVIEW_KINDS.choices(), default="FULL")
    author = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    findings = models.TextField(_("ustalenia i wnioski"))

    class Meta:
        verbose_name = _("wywiad środowiskowy")
        indexes: ClassVar = [models.Index(fields=["case", "-on"], name="interview_case")]

    def __str__(self) -> str:
        return self.number


class HandoverNote(Owned):
    """What the leaving assistant tells the next one: agreements, dangers, what is under way. Kept with the case."""

    access_path = "family_id"
    privacy = Privacy(sensitive=("situation", "agreements", "dangers", "next_steps"), plain=("on", "reason"))

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="handovers")
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="handovers")
    giver = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    taker = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(_("dnia"))
    reason = models.CharField(_("powód zmiany"), max_length=200)
    situation = models.TextField(_("gdzie jesteśmy w pracy z rodziną"))
    agreements = models.TextField(_("ustalenia w toku"), blank=True)
    dangers = models.TextField(_("na co uważać"), blank=True)
    next_steps = models.TextField(_("najbliższe terminy i kroki"), blank=True)

    class Meta:
        verbose_name = _("notatka przekazania")
        indexes: ClassVar = [models.Index(fields=["case", "-on"], name="handover_case")]

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}"


class MonitoringEntry(Owned):
    """One look at the family after the work ended (uwrspz art. 15 ust. 1 pkt 16)."""

    access_path = "family_id"
    privacy = Privacy(sensitive=("stable", "worrying"), plain=("on", "form", "decision", "next_on"))

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="monitoring_entries")
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="monitoring_entries")
    on = models.DateField(_("data"))
    form = models.CharField(_("forma"), max_length=12, choices=MONITORING_FORMS.choices())
    stable = models.TextField(_("co się utrzymuje"))
    worrying = models.TextField(_("niepokojące sygnały"), blank=True)
    decision = models.CharField(_("decyzja"), max_length=8, choices=MONITORING_DECISIONS.choices())
    next_on = models.DateField(_("następny wpis"), null=True, blank=True)
    author = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("wpis monitoringu")
        indexes: ClassVar = [models.Index(fields=["case", "-on"], name="monitoring_case")]

    def __str__(self) -> str:
        return f"{self.case}, {self.on}"
