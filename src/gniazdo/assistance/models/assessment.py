"""Tables of looking back: the monthly report, scores by area, the periodic assessment with its evidence."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from gniazdo.assistance.models.visit import AboutFamily, Visit
from gniazdo.assistance.vocab import (
    ASSESSMENT_STATES,
    CONCLUSIONS,
    ENGAGEMENT,
    REPORT_STATES,
    SCALES,
    WHEREABOUTS,
)
from gniazdo.cases.models import CaseFile
from gniazdo.orgs.models import Post
from gniazdo.people.models import Person
from gniazdo.plans.models import Goal
from gniazdo.plans.vocab import AREAS
from gniazdo.platform.models import Privacy


class MonthlyReport(AboutFamily):
    """A month of work with a family: counts taken from visits, words chosen or written by the assistant."""

    privacy = Privacy(
        sensitive=("topics", "tasks_done", "results", "problems", "next_plan"),
        plain=("month", "state", "counts", "submitted_at", "read_by_worker_at", "read_by_manager_at"),
    )

    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="monthly_reports")
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    month = models.DateField(_("miesiąc"))
    state = models.CharField(_("stan"), max_length=10, choices=REPORT_STATES.choices(), default="DRAFT")
    counts = models.JSONField(default=dict, blank=True)
    topics = models.TextField(_("tematy"), blank=True)
    tasks_done = models.TextField(_("zrealizowane zadania"), blank=True)
    results = models.TextField(_("rezultaty"), blank=True)
    problems = models.TextField(_("trudności"), blank=True)
    next_plan = models.TextField(_("plan na następny miesiąc"), blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    read_by_worker = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    read_by_worker_at = models.DateTimeField(null=True, blank=True)
    read_by_manager = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    read_by_manager_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("sprawozdanie miesięczne")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "case", "month"], name="monthly_report_once",
                                    violation_error_message=_("Sprawozdanie za ten miesiąc już istnieje.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.month:%m.%Y}"


class MonthlyInsert(AboutFamily):
    """A sentence from a visit chosen into a monthly report, with the visit it comes from."""

    privacy = Privacy(sensitive=("text",), plain=("part",))

    report = models.ForeignKey(MonthlyReport, on_delete=models.CASCADE, related_name="inserts")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=12)
    text = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "visit", "part"], name="monthly_insert_once")
        ]

    def __str__(self) -> str:
        return self.text[:60]


class FamilyAssessment(AboutFamily):
    """Okresowa ocena sytuacji rodziny: area by area, never a total; handed to the head of the unit (art. 15 ust. 1 pkt 15)."""

    privacy = Privacy(
        sensitive=("family_view", "institutions", "conclusion_reason", "worker_opinion", "goals_note"),
        plain=(
            "number", "state", "on", "since", "scale", "visits", "minutes", "family_heard", "conclusion", "next_on",
            "submitted_at", "read_at",
        ),
    )  # fmt: skip

    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="assessments")
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(_("stan"), max_length=10, choices=ASSESSMENT_STATES.choices(), default="DRAFT")
    since = models.DateField(_("okres od"))
    on = models.DateField(_("data oceny"))
    scale = models.CharField(_("skala"), max_length=8, choices=SCALES.choices())
    visits = models.PositiveSmallIntegerField(default=0)
    minutes = models.PositiveIntegerField(default=0)
    goals_note = models.TextField(_("cele planu"), blank=True)
    institutions = models.TextField(_("co zrobiły inne instytucje"), blank=True)
    family_heard = models.BooleanField(_("rodzina wysłuchana"), null=True, blank=True)
    family_view = models.TextField(_("zdanie rodziny"), blank=True)
    worker_opinion = models.TextField(_("opinia pracownika socjalnego"), blank=True)
    conclusion = models.CharField(_("wniosek"), max_length=12, choices=CONCLUSIONS.choices(), blank=True)
    conclusion_reason = models.TextField(_("uzasadnienie"), blank=True)
    next_on = models.DateField(_("następna ocena do"), null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("okresowa ocena sytuacji rodziny")
        indexes: ClassVar = [models.Index(fields=["family", "-on"], name="assessment_family")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="assessment_number"),
            models.UniqueConstraint(fields=["case"], condition=models.Q(state="DRAFT"), name="assessment_one_open",
                                    violation_error_message=_("Ta sprawa ma już rozpoczętą ocenę: dokończ ją.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number} / {self.on:%d.%m.%Y}"


class AreaScore(AboutFamily):
    """The score of one area on a day, from the diagnosis (no assessment) or from an assessment. Never summed."""

    privacy = Privacy(sensitive=("comment",), plain=("area", "on", "scale", "score"))

    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="area_scores")
    assessment = models.ForeignKey(
        FamilyAssessment, null=True, blank=True, on_delete=models.CASCADE, related_name="scores"
    )
    area = models.CharField(max_length=12, choices=AREAS.choices())
    on = models.DateField()
    scale = models.CharField(max_length=8, choices=SCALES.choices())
    score = models.SmallIntegerField(_("ocena"), null=True, blank=True)
    comment = models.TextField(_("komentarz"), blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "area", "on"], name="areascore_case")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "area"], condition=models.Q(assessment__isnull=True), name="areascore_diagnosed"
            ),
            models.UniqueConstraint(fields=["assessment", "area"], name="areascore_once"),
        ]

    def __str__(self) -> str:
        return f"{self.area}: {self.score}"


class AssessedChild(AboutFamily):
    """A child in an assessment: safety, health, school, emotions, where they are."""

    privacy = Privacy(sensitive=("safety", "health", "school", "emotions"), plain=("whereabouts",))

    assessment = models.ForeignKey(FamilyAssessment, on_delete=models.CASCADE, related_name="children")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    whereabouts = models.CharField(_("gdzie jest"), max_length=10, choices=WHEREABOUTS.choices(), default="HOME")
    safety = models.TextField(_("bezpieczeństwo"), blank=True)
    health = models.TextField(_("zdrowie"), blank=True)
    school = models.TextField(_("szkoła"), blank=True)
    emotions = models.TextField(_("stan emocjonalny"), blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["assessment", "person"], name="assessed_child_once")]

    def __str__(self) -> str:
        return str(self.person_id)


class AssessedAdult(AboutFamily):
    """How an adult cooperates, as seen in an assessment."""

    privacy = Privacy(sensitive=("comment",), plain=("engagement",))

    assessment = models.ForeignKey(FamilyAssessment, on_delete=models.CASCADE, related_name="adults")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    engagement = models.CharField(_("zaangażowanie"), max_length=8, choices=ENGAGEMENT.choices(), blank=True)
    comment = models.TextField(_("komentarz"), blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["assessment", "person"], name="assessed_adult_once")]

    def __str__(self) -> str:
        return str(self.person_id)


class AssessedGoal(AboutFamily):
    """A goal of the plan in an assessment: how far it was reached (0–100 %), what shows it, why not further."""

    privacy = Privacy(sensitive=("evidence", "cause"), plain=("root", "degree"))

    assessment = models.ForeignKey(FamilyAssessment, on_delete=models.CASCADE, related_name="goals")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="+")
    root = models.UUIDField()
    degree = models.PositiveSmallIntegerField(
        _("stopień osiągnięcia (%)"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    evidence = models.TextField(_("po czym to widać"), blank=True)
    cause = models.TextField(_("przyczyny niepowodzenia"), blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["assessment", "root"], name="assessed_goal_once")]

    def __str__(self) -> str:
        return str(self.root)


class Evidence(AboutFamily):
    """Something of the period chosen as evidence for an area: a visit, a task of the plan; with its own words."""

    privacy = Privacy(sensitive=("text",), plain=("area", "source_kind", "source_id", "on"))

    assessment = models.ForeignKey(FamilyAssessment, on_delete=models.CASCADE, related_name="evidence")
    area = models.CharField(max_length=12, choices=AREAS.choices())
    source_kind = models.CharField(max_length=40)
    source_id = models.UUIDField()
    on = models.DateField()
    text = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "area", "source_id"], name="evidence_once"),
        ]

    def __str__(self) -> str:
        return self.text[:60]
