"""What the family card says of each person: needs, disability, school, health, life of adults and children."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from gniazdo.people.models.person import Corrected, OfPerson
from gniazdo.people.vocab import (
    DISABILITY_DEGREES,
    EDUCATION_LEVELS,
    MARITAL_STATUSES,
    NEED_KINDS,
    SCHOOL_STAGES,
    YES_NO,
)
from gniazdo.platform.models import NoOverlap, Privacy


class Need(Corrected, OfPerson):
    """A special need of a person."""

    privacy = Privacy(
        personal=("correction_reason",), sensitive=("kind", "note", "corrections"), plain=("since", "until")
    )  # fmt: skip
    kind = models.CharField(_("potrzeba"), max_length=14, choices=NEED_KINDS.choices())
    note = models.CharField(_("uwaga"), max_length=300, blank=True)
    since = models.DateField(_("od"), null=True, blank=True)
    until = models.DateField(_("do"), null=True, blank=True)

    class Meta:
        verbose_name = _("potrzeba")

    def __str__(self) -> str:
        return NEED_KINDS.label_of(self.kind)


class DisabilityCertificate(Corrected, OfPerson):
    """A certificate of disability: a child's, or a degree; symbols of the cause; when it expires."""

    privacy = Privacy(
        personal=("correction_reason",), sensitive=("kind", "symbols", "number", "point_7", "point_8", "corrections"),
        plain=("issued_on", "valid_until"),
    )  # fmt: skip
    kind = models.CharField(_("orzeczenie"), max_length=10, choices=DISABILITY_DEGREES.choices())
    symbols = models.JSONField(_("symbole"), default=list, blank=True)
    number = models.CharField(_("numer orzeczenia"), max_length=60, blank=True)
    point_7 = models.BooleanField(_("wskazanie z pkt 7 (stała opieka)"), default=False)
    point_8 = models.BooleanField(_("wskazanie z pkt 8 (współudział opiekuna)"), default=False)
    issued_on = models.DateField(_("z dnia"), null=True, blank=True)
    valid_until = models.DateField(_("ważne do (puste: na stałe)"), null=True, blank=True)

    class Meta:
        verbose_name = _("orzeczenie o niepełnosprawności")

    def __str__(self) -> str:
        return DISABILITY_DEGREES.label_of(self.kind)


class Schooling(Corrected, OfPerson):
    """A stage of education: where, which class, since when."""

    privacy = Privacy(
        personal=("school", "correction_reason"), sensitive=("corrections",),
        plain=("stage", "class_name", "special_education", "since", "until"),
    )  # fmt: skip
    stage = models.CharField(_("etap edukacyjny"), max_length=16, choices=SCHOOL_STAGES.choices())
    school = models.CharField(_("szkoła lub przedszkole"), max_length=160, blank=True)
    class_name = models.CharField(_("klasa"), max_length=12, blank=True)
    special_education = models.BooleanField(_("orzeczenie o potrzebie kształcenia specjalnego"), default=False)
    since = models.DateField(_("od"))
    until = models.DateField(_("do"), null=True, blank=True)

    class Meta:
        verbose_name = _("nauka")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="schooling_period",
                                   violation_error_message=_("Koniec musi być po początku.")),
            NoOverlap(name="schooling_no_overlap", per=("person",),
                      violation_error_message=_("Ta osoba ma już zapisaną szkołę w tym okresie.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return SCHOOL_STAGES.label_of(self.stage)


class HealthCard(OfPerson):
    """Health as seen on a day: doctors, vaccinations, illness, treatment, addiction therapy. All sensitive."""

    privacy = Privacy(
        sensitive=("doctor", "dentist", "vaccinations", "illnesses", "treatment", "addiction"), plain=("on",)
    )
    on = models.DateField(_("stan na dzień"))
    doctor = models.CharField(_("lekarz rodzinny"), max_length=160, blank=True)
    dentist = models.CharField(_("dentysta"), max_length=160, blank=True)
    vaccinations = models.CharField(_("szczepienia"), max_length=200, blank=True)
    illnesses = models.TextField(_("choroby"), blank=True)
    treatment = models.TextField(_("leczenie, rehabilitacja"), blank=True)
    addiction = models.TextField(_("uzależnienie i terapia"), blank=True)

    class Meta:
        verbose_name = _("zdrowie")

    def __str__(self) -> str:
        return str(_("zdrowie"))

    @property
    def in_words(self) -> str:
        """What is known, one after another; what is not is passed over."""
        named = ((_("lekarz"), self.doctor), (_("dentysta"), self.dentist), (_("szczepienia"), self.vaccinations),
                 (_("choroby"), self.illnesses), (_("leczenie"), self.treatment), (_("uzależnienie"), self.addiction))  # fmt: skip
        return "; ".join(f"{name}: {said}" for name, said in named if said.strip())


class LifeSituation(OfPerson):
    """An adult's situation as seen on a day (uwrspz art. 16: marital status, education, profession, workplace, income)."""

    privacy = Privacy(
        personal=("profession", "workplace"), sensitive=("income_sources",), plain=("on", "marital_status", "education")
    )
    on = models.DateField(_("stan na dzień"))
    marital_status = models.CharField(_("stan cywilny"), max_length=10, choices=MARITAL_STATUSES.choices(), blank=True)
    education = models.CharField(_("wykształcenie"), max_length=10, choices=EDUCATION_LEVELS.choices(), blank=True)
    profession = models.CharField(_("zawód"), max_length=120, blank=True)
    workplace = models.CharField(_("miejsce pracy"), max_length=160, blank=True)
    income_sources = models.CharField(_("źródła dochodu"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("sytuacja życiowa")

    def __str__(self) -> str:
        return MARITAL_STATUSES.label_of(self.marital_status)

    @property
    def in_words(self) -> str:
        """What is known, one after another; what is not is passed over."""
        said = (MARITAL_STATUSES.label_of(self.marital_status), EDUCATION_LEVELS.label_of(self.education), self.profession,
                self.workplace, self.income_sources)  # fmt: skip
        return "; ".join(filter(None, said))


class ChildSituation(OfPerson):
    """A child's situation as seen on a day: where they live now, contact with the absent parent, maintenance."""

    privacy = Privacy(
        sensitive=("lives_where", "legal_situation", "absent_parent"),
        plain=("on", "in_care", "alimony_ordered", "alimony_paid", "alimony_enforced"),
    )
    on = models.DateField(_("stan na dzień"))
    in_care = models.BooleanField(_("dziecko jest w pieczy zastępczej"), default=False)
    lives_where = models.CharField(_("gdzie dziecko mieszka"), max_length=200, blank=True)
    legal_situation = models.CharField(_("sytuacja prawna"), max_length=200, blank=True)
    absent_parent = models.CharField(_("kontakty z nieobecnym rodzicem"), max_length=300, blank=True)
    alimony_ordered = models.DecimalField(
        _("alimenty zasądzone (zł miesięcznie)"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    alimony_paid = models.CharField(_("alimenty płacone"), max_length=4, choices=YES_NO.choices(), blank=True)
    alimony_enforced = models.CharField(
        _("egzekwowane przez komornika"), max_length=4, choices=YES_NO.choices(), blank=True
    )

    class Meta:
        verbose_name = _("sytuacja dziecka")

    def __str__(self) -> str:
        return str(_("sytuacja dziecka"))

    @property
    def in_words(self) -> str:
        """What is known, one after another; what is not is passed over."""
        parts = [self.lives_where, self.legal_situation, self.absent_parent]
        if self.alimony_ordered is not None:
            parts.append(_("alimenty %s zł") % number_format(self.alimony_ordered))
        named = ((_("płacone"), self.alimony_paid), (_("egzekwowane przez komornika"), self.alimony_enforced))
        parts += [f"{name}: {YES_NO.label_of(code)}" for name, code in named if code]
        return "; ".join(part.strip(" .") for part in parts if part.strip())
