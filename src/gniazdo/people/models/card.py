"""What the family card says of the family as a whole: housing, money, hazards, consents, ties, history."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gniazdo.orgs.models import Owned
from gniazdo.people.models.person import Family, Person
from gniazdo.people.vocab import (
    CONSENT_KINDS,
    HAZARD_KINDS,
    HOUSING_STATES,
    HOUSING_TITLES,
    PAST_KINDS,
    TIE_DIRECTIONS,
    TIE_KINDS,
    TIE_STRENGTHS,
    YES_NO,
)
from gniazdo.platform.models import Privacy


class OfFamily(Owned):
    """A row about one family."""

    access_path = "family_id"
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class HousingSnapshot(OfFamily):
    """Housing as seen on a day."""

    privacy = Privacy(
        sensitive=("rent_arrears", "note"),
        plain=("on", "title", "rooms", "area", "heating", "water", "bathroom", "state", "child_bed", "child_desk"),
    )
    on = models.DateField(_("stan na dzień"))
    title = models.CharField(_("tytuł do mieszkania"), max_length=8, choices=HOUSING_TITLES.choices(), blank=True)
    rooms = models.PositiveSmallIntegerField(_("liczba pokoi"), null=True, blank=True)
    area = models.DecimalField(_("powierzchnia (m²)"), max_digits=6, decimal_places=1, null=True, blank=True)
    heating = models.CharField(_("ogrzewanie"), max_length=80, blank=True)
    water = models.CharField(_("bieżąca woda"), max_length=4, choices=YES_NO.choices(), blank=True)
    bathroom = models.CharField(_("łazienka"), max_length=4, choices=YES_NO.choices(), blank=True)
    state = models.CharField(_("stan mieszkania"), max_length=5, choices=HOUSING_STATES.choices(), blank=True)
    rent_arrears = models.DecimalField(
        _("zaległości w opłatach (zł)"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    child_bed = models.CharField(_("każde dziecko ma własne łóżko"), max_length=4, choices=YES_NO.choices(), blank=True)
    child_desk = models.CharField(_("miejsce do nauki"), max_length=4, choices=YES_NO.choices(), blank=True)
    note = models.TextField(_("uwagi"), blank=True)

    class Meta:
        verbose_name = _("mieszkanie")

    def __str__(self) -> str:
        return HOUSING_TITLES.label_of(self.title)


class FinanceSnapshot(OfFamily):
    """The family's money as seen on a day, in złoty a month."""

    privacy = Privacy(
        sensitive=("income_work", "income_benefits", "income_alimony", "income_other", "benefits", "expenses", "debts", "debts_note"),
        plain=("on", "bailiff"),
    )  # fmt: skip
    on = models.DateField(_("stan na dzień"))
    income_work = models.DecimalField(_("dochód z pracy (zł)"), max_digits=10, decimal_places=2, null=True, blank=True)
    income_benefits = models.DecimalField(_("świadczenia (zł)"), max_digits=10, decimal_places=2, null=True, blank=True)
    income_alimony = models.DecimalField(_("alimenty (zł)"), max_digits=10, decimal_places=2, null=True, blank=True)
    income_other = models.DecimalField(_("inne dochody (zł)"), max_digits=10, decimal_places=2, null=True, blank=True)
    benefits = models.CharField(_("jakie świadczenia"), max_length=300, blank=True)
    expenses = models.DecimalField(_("wydatki (zł)"), max_digits=10, decimal_places=2, null=True, blank=True)
    debts = models.DecimalField(_("zadłużenie (zł)"), max_digits=12, decimal_places=2, null=True, blank=True)
    debts_note = models.CharField(_("wobec kogo"), max_length=300, blank=True)
    bailiff = models.CharField(_("zajęcie komornicze"), max_length=4, choices=YES_NO.choices(), blank=True)

    class Meta:
        verbose_name = _("finanse")

    def __str__(self) -> str:
        return str(_("finanse"))

    @property
    def balance(self) -> object:
        """Incomes less expenses, or None while the expenses are unknown."""
        incomes = [self.income_work, self.income_benefits, self.income_alimony, self.income_other]
        return None if self.expenses is None else sum(i for i in incomes if i) - self.expenses


class HazardFlag(OfFamily):
    """A danger to the worker, shown before a visit until lifted; to be reviewed on a day."""

    privacy = Privacy(
        sensitive=("words", "lift_reason"), plain=("kind", "visit_in_pairs", "raised_on", "review_on", "lifted_on")
    )
    kind = models.CharField(_("zagrożenie"), max_length=10, choices=HAZARD_KINDS.choices())
    words = models.CharField(_("na co uważać"), max_length=300)
    visit_in_pairs = models.BooleanField(_("wizyta w parze"), default=False)
    raised_on = models.DateField(_("zapisano"))
    review_on = models.DateField(_("sprawdzić do"))
    lifted_on = models.DateField(_("odwołano"), null=True, blank=True)
    lift_reason = models.CharField(_("powód odwołania"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("ostrzeżenie przed wizytą")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(review_on__gt=F("raised_on")), name="hazard_review_later",
                                   violation_error_message=_("Termin sprawdzenia musi być po dniu zapisania.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return HAZARD_KINDS.label_of(self.kind)


class Consent(OfFamily):
    """A consent given by a family member, perhaps for a time, perhaps withdrawn later."""

    privacy = Privacy(plain=("kind", "scope", "given_on", "valid_until", "withdrawn_on"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("zgoda"), max_length=12, choices=CONSENT_KINDS.choices())
    scope = models.CharField(_("zakres, instytucja"), max_length=200, blank=True)
    given_on = models.DateField(_("wyrażona"))
    valid_until = models.DateField(_("ważna do"), null=True, blank=True, help_text=_("Puste pole: do odwołania."))
    withdrawn_on = models.DateField(_("wycofana"), null=True, blank=True)

    class Meta:
        verbose_name = _("zgoda")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                                   name="consent_order",
                                   violation_error_message=_("Zgody nie można wycofać przed jej wyrażeniem.")),
            models.CheckConstraint(condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("given_on")),
                                   name="consent_valid_order",
                                   violation_error_message=_("Zgoda nie może skończyć się przed jej wyrażeniem.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return CONSENT_KINDS.label_of(self.kind)

    def is_in_force(self, on: date) -> bool:
        """Whether it counts that day: given, not withdrawn, its last day not past."""
        is_withdrawn = self.withdrawn_on is not None and self.withdrawn_on <= on
        return self.given_on <= on and not is_withdrawn and not self.has_expired(on)

    def has_expired(self, on: date) -> bool:
        """Whether its last day is past."""
        return self.valid_until is not None and self.valid_until < on


class EcoTie(OfFamily):
    """A tie of the family, or one person of it, with somebody outside."""

    privacy = Privacy(
        personal=("party",), sensitive=("note",), plain=("kind", "strength", "direction", "since", "until")
    )
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    party = models.CharField(_("z kim"), max_length=120)
    kind = models.CharField(_("rodzaj"), max_length=8, choices=TIE_KINDS.choices())
    strength = models.CharField(_("siła"), max_length=10, choices=TIE_STRENGTHS.choices())
    direction = models.CharField(_("przepływ energii"), max_length=12, choices=TIE_DIRECTIONS.choices(), default="BOTH")
    note = models.CharField(_("uwaga"), max_length=200, blank=True)
    since = models.DateField(_("od"))
    until = models.DateField(_("do"), null=True, blank=True)

    class Meta:
        verbose_name = _("więź z otoczeniem")

    def __str__(self) -> str:
        return self.party


class PastEvent(OfFamily):
    """A line of the family's history from before this file: assistance, removals, returns, court cases."""

    privacy = Privacy(sensitive=("words",), plain=("kind", "since", "until"))
    kind = models.CharField(_("wydarzenie"), max_length=10, choices=PAST_KINDS.choices())
    words = models.CharField(_("opis"), max_length=300)
    since = models.DateField(_("od"))
    until = models.DateField(_("do"), null=True, blank=True)

    class Meta:
        verbose_name = _("historia rodziny")

    def __str__(self) -> str:
        return PAST_KINDS.label_of(self.kind)
