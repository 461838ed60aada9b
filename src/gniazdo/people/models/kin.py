"""Kinship, partners, twins; parental authority per child and parent with its court ruling."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gniazdo.orgs.models import Owned
from gniazdo.people.models.person import Corrected, Person, persons_of
from gniazdo.people.vocab import AUTHORITY_KINDS, KINSHIP_KINDS, PARTNER_KINDS
from gniazdo.platform.models import NoOverlap, Privacy

_PARTNERS = ", ".join(f"'{code}'" for code in PARTNER_KINDS)


class Kinship(Owned):
    """A typed, dated tie: `first` is the parent of `second`, or their partner or twin (then the smaller id stands first)."""

    privacy = Privacy(plain=("kind", "since", "until"))

    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="kin_as_first")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="kin_as_second")
    kind = models.CharField(_("rodzaj więzi"), max_length=14, choices=KINSHIP_KINDS.choices())
    since = models.DateField(_("od"), null=True, blank=True)
    until = models.DateField(_("do"), null=True, blank=True)

    class Meta:
        verbose_name = _("więź")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(first=F("second")), name="kin_other_person",
                                   violation_error_message=_("Więź łączy dwie różne osoby.")),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gt=F("since")),
                                   name="kin_period", violation_error_message=_("Koniec musi być po początku.")),
            models.UniqueConstraint(fields=["first", "second", "kind"], condition=Q(until__isnull=True), name="kin_once",
                                    violation_error_message=_("Ta więź jest już zapisana.")),
            NoOverlap(name="kin_partner_no_overlap", per=("first", "second"),
                      where="{row}.\"since\" IS NOT NULL AND {row}.\"kind\" IN (" + _PARTNERS + ")",
                      violation_error_message=_("Te osoby łączy już inny związek w tym okresie.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return KINSHIP_KINDS.label_of(self.kind)

    @classmethod
    def access_q(cls, subject_ids: frozenset[UUID]) -> Q:
        return Q(first_id__in=persons_of(subject_ids)) | Q(second_id__in=persons_of(subject_ids))


class ParentalAuthority(Corrected, Owned):
    """What parental authority a parent has over a child, by which ruling, in which period."""

    privacy = Privacy(
        personal=("court", "docket_number", "correction_reason"), sensitive=("limits", "corrections"),
        plain=("kind", "ruled_on", "since", "until"),
    )  # fmt: skip

    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="authorities")
    parent = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="authority_over")
    kind = models.CharField(_("władza rodzicielska"), max_length=10, choices=AUTHORITY_KINDS.choices())
    court = models.CharField(_("sąd"), max_length=160, blank=True)
    docket_number = models.CharField(_("sygnatura akt"), max_length=60, blank=True)
    ruled_on = models.DateField(_("data postanowienia"), null=True, blank=True)
    limits = models.TextField(_("zakres ograniczenia"), blank=True)
    since = models.DateField(_("od"))
    until = models.DateField(_("do"), null=True, blank=True)

    class Meta:
        verbose_name = _("władza rodzicielska")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(child=F("parent")), name="authority_other_person",
                                   violation_error_message=_("Nikt nie ma władzy rodzicielskiej nad samym sobą.")),
            NoOverlap(name="authority_no_overlap", per=("child", "parent"),
                      violation_error_message=_("Władza tego rodzica nad dzieckiem jest już zapisana w tym okresie.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return AUTHORITY_KINDS.label_of(self.kind)

    @classmethod
    def access_q(cls, subject_ids: frozenset[UUID]) -> Q:
        return Q(child_id__in=persons_of(subject_ids)) | Q(parent_id__in=persons_of(subject_ids))
