"""Where families and persons live, how to reach them, who else is involved; the secret address apart, with its own guard."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gniazdo.orgs.models import Owned, Post
from gniazdo.people.models.person import Corrected, OfPersonOrFamily
from gniazdo.people.vocab import ADDRESS_KINDS, CONTACT_KINDS
from gniazdo.platform.models import NoOverlap, Privacy


class AddressLines(models.Model):
    """The lines of an address."""

    street = models.CharField(_("ulica i numer"), max_length=120, blank=True)
    postal_code = models.CharField(_("kod pocztowy"), max_length=6, blank=True)
    town = models.CharField(_("miejscowość"), max_length=80)
    teryt = models.CharField(_("TERYT"), max_length=7, blank=True)

    class Meta:
        abstract = True

    @property
    def one_line(self) -> str:
        town = f"{self.postal_code} {self.town}".strip()
        return ", ".join(part for part in (self.street, town) if part)


class Address(AddressLines, Corrected, OfPersonOrFamily):
    """An address of a family or of one person, with its history. Never a secret one."""

    privacy = Privacy(
        personal=("street", "postal_code", "town", "teryt", "correction_reason"), sensitive=("corrections",),
        plain=("kind", "since", "until"),
    )  # fmt: skip

    kind = models.CharField(_("rodzaj"), max_length=10, choices=ADDRESS_KINDS.choices(), default="RESIDENCE")
    since = models.DateField(_("od"))
    until = models.DateField(_("do"), null=True, blank=True)

    class Meta:
        verbose_name = _("adres")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(family__isnull=False) | Q(person__isnull=False), name="address_of_somebody"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="address_period",
                                   violation_error_message=_("Koniec musi być po początku.")),
            NoOverlap(name="address_family_no_overlap", per=("family", "kind"), where="{row}.\"family_id\" IS NOT NULL",
                      violation_error_message=_("Rodzina ma już taki adres w tym okresie.")),
            NoOverlap(name="address_person_no_overlap", per=("person", "kind"), where="{row}.\"person_id\" IS NOT NULL",
                      violation_error_message=_("Ta osoba ma już taki adres w tym okresie.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.one_line


class SecretAddress(AddressLines, Corrected, OfPersonOrFamily):
    """A protected address (shelter, hidden flat). Only named posts and the manager read it, each reading journalled.

    All its words are sensitive, so not even the journal holds them. Nothing but `queries.secrets` may select this table.
    """

    privacy = Privacy(
        sensitive=("street", "postal_code", "town", "teryt", "why", "correction_reason", "corrections"), plain=("since", "until")
    )  # fmt: skip

    why = models.CharField(_("powód ochrony"), max_length=200, blank=True)
    since = models.DateField(_("od"))
    until = models.DateField(_("do"), null=True, blank=True)

    class Meta:
        verbose_name = _("adres tajny")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(family__isnull=False) | Q(person__isnull=False), name="secret_of_somebody"
            ),
        ]

    def __str__(self) -> str:
        return str(_("adres tajny"))


class SecretAddressReader(Owned):
    """A post named as one that may read a secret address."""

    privacy = Privacy(plain=())
    access_path = "secret__family_id"

    secret = models.ForeignKey(SecretAddress, on_delete=models.CASCADE, related_name="readers")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["secret", "post"], name="secret_reader_once")]

    def __str__(self) -> str:
        return str(self.post)


class Contact(Corrected, OfPersonOrFamily):
    """A telephone number or an e-mail address; `digits` is the number as it is searched."""

    privacy = Privacy(
        personal=("value", "digits", "correction_reason"), sensitive=("corrections",), plain=("kind", "note", "is_preferred", "until")
    )  # fmt: skip

    kind = models.CharField(_("rodzaj"), max_length=6, choices=CONTACT_KINDS.choices(), default="PHONE")
    value = models.CharField(_("numer lub adres"), max_length=120)
    digits = models.CharField(max_length=20, editable=False, default="")
    note = models.CharField(_("uwaga"), max_length=120, blank=True)
    is_preferred = models.BooleanField(_("dzwonić najpierw tu"), default=False)
    until = models.DateField(_("nieaktualny od"), null=True, blank=True)

    class Meta:
        verbose_name = _("kontakt")
        indexes: ClassVar = [models.Index(fields=["institution", "digits"], name="contact_digits")]

    def __str__(self) -> str:
        return self.value


class InstitutionContact(Corrected, OfPersonOrFamily):
    """An institution or key person involved with the family: who, how to reach them, in what matter, since when."""

    privacy = Privacy(
        personal=("contact_person", "phone", "email", "correction_reason"), sensitive=("corrections",),
        plain=("name", "matter", "since", "until"),
    )  # fmt: skip

    name = models.CharField(_("instytucja"), max_length=160)
    contact_person = models.CharField(_("osoba"), max_length=120, blank=True)
    phone = models.CharField(_("telefon"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    matter = models.CharField(_("w jakiej sprawie"), max_length=200, blank=True)
    since = models.DateField(_("od"), null=True, blank=True)
    until = models.DateField(_("do"), null=True, blank=True)

    class Meta:
        verbose_name = _("instytucja zaangażowana")

    def __str__(self) -> str:
        return self.name
