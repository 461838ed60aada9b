"""Tables of contacts with a family: the visit, who was there, activities, agreements, earlier wordings; the time card."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import ClassVar
from uuid import UUID

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gniazdo.assistance.vocab import (
    ACTIVITIES,
    AGREEMENT_STATES,
    CARD_STATES,
    CONTACT_KINDS,
    PLACES,
    SIDES,
    TIME_KINDS,
)
from gniazdo.cases.models import CaseFile
from gniazdo.orgs.models import Owned, Post
from gniazdo.people.models import Family, Person
from gniazdo.platform.models import Privacy


class AboutFamily(Owned):
    """A row about one family, on whose access list its readers stand."""

    access_path = "family_id"
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Visit(AboutFamily):
    """One contact, or an attempt at one. Facts (`course`, `observation`) stand apart from `opinion`."""

    privacy = Privacy(
        personal=("others_present",),
        sensitive=("topic", "course", "observation", "opinion"),
        plain=("on", "starts", "minutes", "place", "kind", "km", "ticket", "joint_minutes", "joint_km", "joint_ticket",
               "next_on", "next_at", "next_place"),
    )  # fmt: skip

    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="visits")
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("kto był"))
    joint_post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
                                   verbose_name=_("razem z"))  # fmt: skip
    on = models.DateField(_("dnia"))
    starts = models.TimeField(_("od godziny"))
    minutes = models.PositiveSmallIntegerField(_("czas (min)"), validators=[MaxValueValidator(720)])
    place = models.CharField(_("miejsce"), max_length=12, choices=PLACES.choices(), default="HOME")
    kind = models.CharField(_("rodzaj kontaktu"), max_length=12, choices=CONTACT_KINDS.choices(), default="PLANNED")
    others_present = models.CharField(_("inne osoby obecne"), max_length=300, blank=True)
    topic = models.CharField(_("temat"), max_length=200, blank=True)
    course = models.TextField(_("przebieg"), blank=True)
    observation = models.TextField(_("spostrzeżenia (fakty)"), blank=True)
    opinion = models.TextField(_("opinia"), blank=True)
    km = models.DecimalField(
        _("kilometry"), max_digits=5, decimal_places=1, default=0, validators=[MinValueValidator(0)]
    )
    ticket = models.DecimalField(
        _("bilet (zł)"), max_digits=6, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )
    # the second worker's own share; no minutes of their own means the whole visit
    joint_minutes = models.PositiveSmallIntegerField(
        _("czas drugiego pracownika (min)"), null=True, blank=True, validators=[MaxValueValidator(720)]
    )
    joint_km = models.DecimalField(
        _("kilometry drugiego pracownika"), max_digits=5, decimal_places=1, default=0, validators=[MinValueValidator(0)]
    )
    joint_ticket = models.DecimalField(
        _("bilet drugiego pracownika (zł)"),
        max_digits=6,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0)],
    )
    next_on = models.DateField(_("następne spotkanie"), null=True, blank=True)
    next_at = models.TimeField(_("o godzinie"), null=True, blank=True)
    next_place = models.CharField(_("gdzie"), max_length=12, choices=PLACES.choices(), blank=True)

    class Meta:
        verbose_name = _("wizyta")
        indexes: ClassVar = [
            models.Index(fields=["family", "-on", "-starts"], name="visit_family"),
            models.Index(fields=["post", "on", "starts"], name="visit_post"),
            models.Index(fields=["joint_post", "on", "starts"], name="visit_joint_post"),
            models.Index(fields=["institution", "next_on"], name="visit_next"),
            models.Index(fields=["case", "-on", "-starts"], name="visit_case"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(next_on__isnull=True) | Q(next_on__gte=models.F("on")), name="visit_next_later",
                                   violation_error_message=_("Następne spotkanie nie może być przed tym spotkaniem.")),
            models.CheckConstraint(
                condition=Q(joint_post__isnull=False) | Q(joint_minutes__isnull=True, joint_km=0, joint_ticket=0),
                name="visit_joint_share", violation_error_message=_("Wskaż, kto jeszcze był na wizycie.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{CONTACT_KINDS.label_of(self.kind)} {self.on:%d.%m.%Y}"

    @property
    def ends(self) -> time:
        """The hour it ended; a contact past midnight ends at 23:59 of its day."""
        return self.ends_after(self.minutes)

    def ends_after(self, minutes: int) -> time:
        """The hour so many minutes from its start, 23:59 at the latest."""
        end = datetime.combine(date.min, self.starts) + timedelta(minutes=minutes)
        return end.time() if end.date() == date.min else time(23, 59)

    @property
    def joint_share(self) -> int:
        """Minutes of the second worker: their own where said, else the whole visit."""
        return self.minutes if self.joint_minutes is None else self.joint_minutes

    @property
    def group(self) -> str:
        """visit, contact, failed or note (see CONTACT_KINDS)."""
        return CONTACT_KINDS[self.kind].group if self.kind in CONTACT_KINDS else "contact"


class VisitPerson(AboutFamily):
    """A member of the family at a visit: present, and for a child whether seen, how they looked, whether to act."""

    privacy = Privacy(sensitive=("looked",), plain=("present", "seen", "needs_action"))

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="persons")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    present = models.BooleanField(_("obecny"), default=False)
    seen = models.BooleanField(_("dziecko widziane"), null=True, blank=True)
    looked = models.CharField(_("jak wyglądało"), max_length=300, blank=True)
    needs_action = models.BooleanField(_("wymaga działania"), default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["visit", "person"], name="visit_person_once")]
        indexes: ClassVar = [models.Index(fields=["family", "needs_action"], name="visitperson_action")]

    def __str__(self) -> str:
        return str(self.person_id)


class VisitActivity(AboutFamily):
    """A kind of the assistant's activity done at a visit; counted under its point of art. 15 ust. 1."""

    privacy = Privacy(plain=("code",))

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="activities")
    code = models.CharField(max_length=16, choices=ACTIVITIES.choices())

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["visit", "code"], name="visit_activity_once")]

    def __str__(self) -> str:
        return ACTIVITIES.label_of(self.code)


class VisitRevision(AboutFamily):
    """What a visit said before it was corrected, who corrected it and why."""

    privacy = Privacy(sensitive=("content",), plain=("number", "at", "reason"))

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("powód poprawki"), max_length=300)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["visit", "number"], name="visit_revision_once")]

    def __str__(self) -> str:
        return f"{self.visit_id} r{self.number}"


class Agreement(AboutFamily):
    """What the family or the assistant will do until next time; settled at a later visit, done or not and why."""

    privacy = Privacy(sensitive=("text", "why"), plain=("side", "due_on", "state", "settled_on"))

    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="agreements")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="agreements")
    side = models.CharField(_("kto"), max_length=10, choices=SIDES.choices())
    text = models.CharField(_("ustalenie"), max_length=400)
    due_on = models.DateField(_("do kiedy"), null=True, blank=True)
    state = models.CharField(_("stan"), max_length=10, choices=AGREEMENT_STATES.choices(), default="OPEN")
    settled_on = models.DateField(null=True, blank=True)
    settled_at_visit = models.ForeignKey(Visit, null=True, blank=True, on_delete=models.PROTECT, related_name="settled")
    why = models.CharField(_("dlaczego niewykonane"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("ustalenie")
        indexes: ClassVar = [
            models.Index(fields=["family", "state", "due_on"], name="agreement_open"),
            models.Index(fields=["institution", "state", "due_on"], name="agreement_due"),
        ]

    def __str__(self) -> str:
        return self.text


class OfPost(Owned):
    """A row about a worker's own time: the worker, those who stand above, and the manager see it."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @classmethod
    def access_q(cls, subject_ids: frozenset[UUID]) -> Q:
        """Time is no family's: nobody reaches it by an access list."""
        return Q(pk__in=[])


class TimeEntry(OfPost):
    """Work outside visits: office, training, supervision, travel."""

    privacy = Privacy(plain=("on", "starts", "minutes", "kind", "note", "km", "ticket"), retention="institution")

    on = models.DateField(_("dnia"))
    starts = models.TimeField(_("od godziny"))
    minutes = models.PositiveSmallIntegerField(
        _("czas (min)"), validators=[MinValueValidator(1), MaxValueValidator(720)]
    )
    kind = models.CharField(_("rodzaj"), max_length=12, choices=TIME_KINDS.choices())
    note = models.CharField(_("uwagi"), max_length=160, blank=True)
    km = models.DecimalField(
        _("kilometry"), max_digits=5, decimal_places=1, default=0, validators=[MinValueValidator(0)]
    )
    ticket = models.DecimalField(
        _("bilet (zł)"), max_digits=6, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )

    class Meta:
        verbose_name = _("wpis czasu pracy")
        indexes: ClassVar = [models.Index(fields=["post", "on"], name="timeentry_post")]

    def __str__(self) -> str:
        return f"{self.on} {TIME_KINDS.label_of(self.kind)}"


class TimeCard(OfPost):
    """A month of a worker's time. Derived until handed in; then `rows` and `absences` keep what was handed in, and only
    taking the card back or returning it opens the month again."""

    privacy = Privacy(
        plain=("month", "state", "rows", "absences", "minutes", "km", "submitted_at", "approved_at", "returned_reason"),
        retention="institution",
    )

    month = models.DateField(_("miesiąc"))
    state = models.CharField(_("stan"), max_length=10, choices=CARD_STATES.choices(), default="OPEN")
    rows = models.JSONField(default=list, blank=True)
    absences = models.JSONField(default=list, blank=True)
    minutes = models.PositiveIntegerField(default=0)
    km = models.DecimalField(max_digits=7, decimal_places=1, default=0)
    submitted_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    returned_reason = models.CharField(_("powód zwrotu"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("karta czasu pracy")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "post", "month"], name="timecard_once",
                                    violation_error_message=_("Karta za ten miesiąc już istnieje.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.post_id} {self.month:%m.%Y}"
