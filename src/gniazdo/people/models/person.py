"""Persons, families and who belongs to which family when."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gniazdo.orgs.models import Owned
from gniazdo.people.vocab import FAMILY_ROLES, SEX
from gniazdo.platform.models import NoOverlap, Privacy


def persons_of(subject_ids: frozenset[UUID]) -> models.QuerySet[Membership, UUID]:
    """Ids of persons who belong or belonged to these families: the way from a person's row to its subjects."""
    return Membership.objects.system().filter(family_id__in=subject_ids).values_list("person_id", flat=True)


class Person(Owned):
    """A human being as one institution knows them. Unknown is allowed, wrong is not."""

    privacy = Privacy(
        personal=(
            "first_name", "second_name", "last_name", "family_name", "pesel", "pesel_reversed", "born_on", "died_on",
            "sort_key", "fold_first", "fold_last",
        ),
        plain=("sex", "citizenship", "is_unborn", "due_on", "birth_is_estimated", "not_duplicate_reason"),
    )  # fmt: skip

    first_name = models.CharField(_("imię"), max_length=60, blank=True)
    second_name = models.CharField(_("drugie imię"), max_length=60, blank=True)
    last_name = models.CharField(_("nazwisko"), max_length=90)
    family_name = models.CharField(_("nazwisko rodowe"), max_length=90, blank=True)
    pesel = models.CharField("PESEL", max_length=11, blank=True)
    sex = models.CharField(_("płeć"), max_length=1, choices=SEX.choices(), default="U")
    born_on = models.DateField(_("data urodzenia"), null=True, blank=True)
    birth_is_estimated = models.BooleanField(_("data przybliżona"), default=False)
    died_on = models.DateField(_("data zgonu"), null=True, blank=True)
    citizenship = models.CharField(_("obywatelstwo"), max_length=60, default="polskie", blank=True)
    is_unborn = models.BooleanField(_("dziecko nienarodzone"), default=False)
    due_on = models.DateField(_("termin porodu"), null=True, blank=True)
    not_duplicate_reason = models.CharField(_("dlaczego to inna osoba"), max_length=200, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from")
    sort_key = models.CharField(max_length=200, editable=False, default="")
    fold_first = models.CharField(max_length=60, editable=False, default="")
    fold_last = models.CharField(max_length=90, editable=False, default="")
    pesel_reversed = models.CharField(max_length=11, editable=False, default="")

    class Meta:
        verbose_name = _("osoba")
        indexes: ClassVar = [
            models.Index(fields=["institution", "sort_key", "id"], name="person_sorted"),
            models.Index(fields=["institution", "fold_last", "fold_first"], name="person_folded"),
            models.Index(fields=["institution", "pesel"], name="person_pesel"),
            models.Index(fields=["institution", "pesel_reversed"], name="person_pesel_end"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "pesel"], condition=~Q(pesel=""), name="person_pesel_once",
                                    violation_error_message=_("Osoba z tym numerem PESEL jest już w systemie.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @classmethod
    def access_q(cls, subject_ids: frozenset[UUID]) -> Q:
        return Q(pk__in=persons_of(subject_ids))


class Family(Owned):
    """A family as the subject of work; the unit of access. Who belongs to it is dated (Membership)."""

    access_path = "pk"
    seen_under = "people.family.view"
    privacy = Privacy(personal=("name", "sort_key"), plain=())

    name = models.CharField(_("nazwa rodziny"), max_length=120)
    sort_key = models.CharField(max_length=240, editable=False, default="")

    class Meta:
        verbose_name = _("rodzina")
        indexes: ClassVar = [models.Index(fields=["institution", "sort_key", "id"], name="family_sorted")]

    def __str__(self) -> str:
        return self.name


class Membership(Owned):
    """A person belongs to a family in a role for a period; `at_home` says whether they live with it."""

    access_path = "family_id"
    privacy = Privacy(plain=("role", "since", "until", "at_home"))

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("rola"), max_length=12, choices=FAMILY_ROLES.choices())
    since = models.DateField(_("od"))
    until = models.DateField(_("do"), null=True, blank=True)
    at_home = models.BooleanField(_("mieszka z rodziną"), default=True)

    class Meta:
        verbose_name = _("przynależność do rodziny")
        constraints: ClassVar = [
            NoOverlap(name="membership_no_overlap", per=("family", "person"),
                      violation_error_message=_("Ta osoba należy już do rodziny w tym okresie.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.person} – {FAMILY_ROLES.label_of(self.role)}"


class Corrected(models.Model):
    """A row that may have been typed wrong: why it was last corrected, and what it said before each correction.

    The journal keeps old and new as well, except what is sensitive: that stays only here, behind the row's own guard.
    """

    correction_reason = models.CharField(_("dlaczego poprawiono"), max_length=200, blank=True)
    corrections = models.JSONField(default=list, blank=True, editable=False)

    class Meta:
        abstract = True


class OfPerson(Owned):
    """A row about one person; whoever works with a family of theirs may reach it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @classmethod
    def access_q(cls, subject_ids: frozenset[UUID]) -> Q:
        return Q(person_id__in=persons_of(subject_ids))


class OfPersonOrFamily(Owned):
    """A row about one person or one family as a whole."""

    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    family = models.ForeignKey(Family, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @classmethod
    def access_q(cls, subject_ids: frozenset[UUID]) -> Q:
        return Q(family_id__in=subject_ids) | Q(person_id__in=persons_of(subject_ids))
