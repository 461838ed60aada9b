"""Tables of plans: the plan, its versions, goals, tasks, expected effects, progress, attainments and signatures.

Goals, tasks and effects carry a `root`: the same through all versions, so progress follows a goal when the plan changes.
"""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gniazdo.cases.models import CaseFile
from gniazdo.orgs.models import Owned, Post
from gniazdo.people.models import Family, Person
from gniazdo.plans.process import PLAN_VERSION
from gniazdo.plans.vocab import AREAS, DOERS, PRIORITIES, PROGRESS, SIGNERS
from gniazdo.platform.models import Privacy, new_id


class OfFamily(Owned):
    """A row about one family, on whose access list its readers stand."""

    access_path = "family_id"
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Plan(OfFamily):
    """A plan of work in one case; what it says stands in its versions."""

    privacy = Privacy(plain=("kind", "started_on"))

    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="plans")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("rodzaj planu"), max_length=16)
    started_on = models.DateField(_("rozpoczęty"))

    class Meta:
        verbose_name = _("plan")
        indexes: ClassVar = [models.Index(fields=["family", "kind"], name="plan_family")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "case", "kind"], condition=Q(person__isnull=True), name="plan_once",
                                    violation_error_message=_("Ta sprawa ma już taki plan.")),
            models.UniqueConstraint(fields=["institution", "case", "kind", "person"], condition=Q(person__isnull=False),
                                    name="plan_once_each", violation_error_message=_("Ta osoba ma już taki plan.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.started_on}"


class PlanVersion(OfFamily):
    """One version of a plan: a draft until signed, then unchanging; older ones stay readable."""

    privacy = Privacy(
        sensitive=("main_goal", "coordination", "reason", "returned_reason"),
        plain=("number", "status", "since", "until", "consulted_with", "agreed_on", "submitted_on", "approved_at"),
    )

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("wersja"))
    status = models.CharField(_("stan"), max_length=12, default="draft",
                              choices=[(s.code, s.label) for s in PLAN_VERSION.states.values()])  # fmt: skip
    since = models.DateField(_("od"), null=True, blank=True)
    until = models.DateField(_("do"), null=True, blank=True)
    main_goal = models.TextField(_("cel główny"), blank=True)
    consulted_with = models.CharField(_("w konsultacji z pracownikiem socjalnym"), max_length=160, blank=True)
    coordination = models.TextField(_("powiązanie z planem pomocy dziecku"), blank=True)
    reason = models.TextField(_("powód zmiany planu"), blank=True)
    agreed_on = models.DateField(_("uzgodniony z rodziną"), null=True, blank=True)
    submitted_on = models.DateField(_("przekazany do zatwierdzenia"), null=True, blank=True)
    submitted_by = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    returned_reason = models.TextField(_("powód zwrotu"), blank=True)
    approved_at = models.DateTimeField(_("zatwierdzony"), null=True, blank=True)
    approved_by = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("wersja planu")
        indexes: ClassVar = [
            models.Index(fields=["institution", "status", "submitted_on"], name="planversion_status"),
            models.Index(fields=["family", "status"], name="planversion_family"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="planversion_number",
                                    violation_error_message=_("Ktoś właśnie rozpoczął tę wersję planu.")),
            models.UniqueConstraint(fields=["plan"], condition=Q(status="approved"), name="planversion_one_in_force"),
            models.UniqueConstraint(fields=["plan"], condition=Q(status__in=["draft", "agreed", "submitted"]),
                                    name="planversion_one_open",
                                    violation_error_message=_("Plan ma już otwartą nową wersję: dokończ ją.")),
            models.CheckConstraint(condition=Q(approved_at__isnull=True) | Q(approved_by__isnull=False),
                                   name="planversion_approved_pair"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gt=F("since")),
                                   name="planversion_period",
                                   violation_error_message=_("Koniec okresu planu musi być po jego początku.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.plan}, wersja {self.number}"

    @property
    def is_open(self) -> bool:
        """Whether its content is still being worked on."""
        return self.status in ("draft", "agreed", "submitted")


class Goal(OfFamily):
    """A detailed goal of one version."""

    privacy = Privacy(sensitive=("wording", "family_words"), plain=("root", "area", "priority", "order"))

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="goals")
    root = models.UUIDField(default=new_id)
    area = models.CharField(_("obszar"), max_length=12, choices=AREAS.choices(), blank=True)
    wording = models.TextField(_("cel"), blank=True)
    family_words = models.TextField(_("słowami rodziny"), blank=True)
    priority = models.CharField(_("ważność"), max_length=1, choices=PRIORITIES.choices(), default="2")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("cel")
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "root"], name="goal_root_once")]
        indexes: ClassVar = [models.Index(fields=["root"], name="goal_root")]

    def __str__(self) -> str:
        return self.wording[:60]


class GoalPerson(OfFamily):
    """A member of the family a goal is for."""

    privacy = Privacy()

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="for_persons")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["goal", "person"], name="goal_person_once")]

    def __str__(self) -> str:
        return str(self.person_id)


class PlanTask(OfFamily):
    """Who does what by when. `state` repeats the latest progress entry so that lists need not look for it."""

    privacy = Privacy(
        sensitive=("description", "support"),
        plain=("root", "doer", "doer_name", "due_on", "frequency", "state", "order"),
    )

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="tasks")
    root = models.UUIDField(default=new_id)
    description = models.TextField(_("zadanie"), blank=True)
    doer = models.CharField(_("kto wykonuje"), max_length=16, choices=DOERS.choices(), default="FAMILY")
    doer_name = models.CharField(_("imię i nazwisko lub nazwa"), max_length=120, blank=True)
    due_on = models.DateField(_("termin"), null=True, blank=True)
    frequency = models.CharField(_("częstotliwość"), max_length=80, blank=True)
    support = models.TextField(_("potrzebne wsparcie"), blank=True)
    state = models.CharField(_("stan"), max_length=12, choices=PROGRESS.choices(), default="NOT_STARTED")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("zadanie")
        indexes: ClassVar = [models.Index(fields=["institution", "state", "due_on"], name="plantask_due")]

    def __str__(self) -> str:
        return self.description[:60]


class ExpectedEffect(OfFamily):
    """What will be seen when a goal is reached, and how it is measured."""

    privacy = Privacy(sensitive=("indicator", "measured"), plain=("root", "order"))

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="effects")
    root = models.UUIDField(default=new_id)
    indicator = models.TextField(_("przewidywany efekt"), blank=True)
    measured = models.TextField(_("jak to sprawdzimy"), blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("przewidywany efekt")

    def __str__(self) -> str:
        return self.indicator[:60]


class Progress(OfFamily):
    """One entry about how a goal or a task goes, with where it came from (a visit, an assessment, the plan itself)."""

    privacy = Privacy(sensitive=("comment",), plain=("root", "task_root", "on", "state", "source_kind", "source_id"))

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="progress")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="progress")
    task = models.ForeignKey(PlanTask, null=True, blank=True, on_delete=models.PROTECT, related_name="progress")
    root = models.UUIDField()
    task_root = models.UUIDField(null=True, blank=True)
    on = models.DateField(_("dnia"))
    state = models.CharField(_("stan"), max_length=12, choices=PROGRESS.choices(), blank=True)
    comment = models.TextField(_("komentarz"), blank=True)
    source_kind = models.CharField(max_length=40, blank=True)
    source_id = models.UUIDField(null=True, blank=True)
    by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("realizacja")
        indexes: ClassVar = [
            models.Index(fields=["plan", "root", "-on"], name="progress_goal"),
            models.Index(fields=["source_id"], name="progress_source"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.state}"


class GoalAttainment(OfFamily):
    """How far a goal was reached on a day (0–100 %), and why it was not."""

    privacy = Privacy(sensitive=("cause", "change"), plain=("root", "on", "degree"))

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="attainments")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="attainments")
    root = models.UUIDField()
    on = models.DateField(_("dnia"))
    degree = models.PositiveSmallIntegerField(_("stopień osiągnięcia (%)"), validators=[MaxValueValidator(100)])
    cause = models.TextField(_("przyczyny niepowodzenia"), blank=True)
    change = models.TextField(_("zmiana w planie"), blank=True)
    by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("ewaluacja celu")
        indexes: ClassVar = [models.Index(fields=["plan", "root", "-on"], name="attainment_goal")]

    def __str__(self) -> str:
        return f"{self.on}: {self.degree} %"


class PlanSignature(OfFamily):
    """Who signed a version on paper and when, or refused and why, before which witness."""

    privacy = Privacy(personal=("name", "witness"), sensitive=("refusal",), plain=("signer", "signed_on"))

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="signatures")
    signer = models.CharField(_("kto"), max_length=16, choices=SIGNERS.choices())
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("imię i nazwisko"), max_length=160)
    signed_on = models.DateField(_("dnia"))
    refusal = models.TextField(_("powód odmowy podpisu"), blank=True)
    witness = models.CharField(_("świadek odmowy"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("podpis")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "signer", "name"], name="plan_signature_once",
                                    violation_error_message=_("Ten podpis jest już odnotowany.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name} {self.signed_on}"
