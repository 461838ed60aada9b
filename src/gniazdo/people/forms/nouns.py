"""Everything one can add to a person or a family, each with its form, its verb and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from gniazdo.people import actions
from gniazdo.people.forms.fields import day_field, of
from gniazdo.people.models import (
    Address,
    ChildSituation,
    Consent,
    Contact,
    DisabilityCertificate,
    EcoTie,
    FinanceSnapshot,
    HazardFlag,
    HealthCard,
    HousingSnapshot,
    InstitutionContact,
    Kinship,
    LifeSituation,
    Membership,
    Need,
    ParentalAuthority,
    PastEvent,
    Person,
    Schooling,
    SecretAddress,
)
from gniazdo.people.vocab import DISABILITY_SYMBOLS
from gniazdo.platform.forms import Form


@dataclass(frozen=True, slots=True)
class Noun:
    """One thing to add: `add` is the verb on the owner, `end` the verb on the row. `days` names the arguments that get today.

    `people` and `posts` name fields to choose a person or posts in; `code` is the permission that shows the button.
    `fix` corrects a row typed wrong, with the fields `fix_fields`; `reads` is the permission to read the row.
    """

    title: Any
    code: str
    add: Callable[..., Any] | None = None
    fields: Callable[[], dict[str, forms.Field]] = dict
    days: tuple[str, ...] = ()
    people: str = ""
    people_optional: bool = False
    posts: str = ""
    model: type[models.Model] | None = None
    end: Callable[..., Any] | None = None
    end_title: Any = ""
    end_fields: Callable[[], dict[str, forms.Field]] | None = None
    end_days: tuple[str, ...] = ()
    sensitive: bool = False
    fix: Callable[..., Any] | None = None
    fix_code: str = ""
    fix_title: Any = ""
    fix_fields: Callable[[], dict[str, forms.Field]] = dict
    is_secret: bool = False

    @property
    def reads(self) -> str:
        """The permission under which a row is fetched to be ended or corrected."""
        if self.is_secret:
            return "people.secret_address.read"
        return "people.sensitive.view" if self.sensitive else "people.person.view"

    def form(self, data: Any, *, fields: dict[str, forms.Field], initial: dict[str, Any]) -> Form:
        """A form with these fields."""
        made = Form(data, initial=initial)
        made.fields |= fields
        return made


LINES = ("street", "postal_code", "town")


def _on() -> dict[str, forms.Field]:
    return {"on": day_field(_("Od kiedy"))}


def _lift() -> dict[str, forms.Field]:
    return {"reason": forms.CharField(label=_("Dlaczego zagrożenie ustało"), max_length=300)}


def _certificate() -> dict[str, forms.Field]:
    fields = of(DisabilityCertificate, "kind", "number", "issued_on", "valid_until", "point_7", "point_8")
    symbols = forms.MultipleChoiceField(
        label=_("Symbole"), choices=DISABILITY_SYMBOLS.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    return {"kind": fields.pop("kind"), "symbols": symbols, **fields}


def _address() -> dict[str, forms.Field]:
    return of(Address, "kind", *LINES, "since", "until")


def _contact() -> dict[str, forms.Field]:
    return of(Contact, "kind", "value", "note", "is_preferred")


FAMILY_NOUNS = {
    "adres": Noun(
        _("Adres rodziny"), "people.address.set_family", actions.set_address, lambda: of(Address, "kind", *LINES, "since"),
        model=Address, end=actions.end_address, end_title=_("Zakończ adres"),
        fix=actions.correct_address, fix_code="people.address.correct", fix_title=_("Popraw adres"), fix_fields=_address,
    ),
    "przeprowadzka": Noun(
        _("Przeprowadzka rodziny"), "people.address.move_household", actions.move_household, lambda: of(Address, *LINES, "since")
    ),
    "adres-tajny": Noun(
        _("Adres tajny"), "people.secret_address.set", actions.set_secret_address,
        lambda: of(SecretAddress, *LINES, "why", "since"), posts="readers", model=SecretAddress, is_secret=True,
        end=actions.end_secret_address, end_title=_("Zakończ adres tajny"),
        fix=actions.correct_secret_address, fix_code="people.secret_address.correct", fix_title=_("Popraw adres tajny"),
        fix_fields=lambda: of(SecretAddress, *LINES, "why", "since", "until"),
    ),
    "kontakt": Noun(
        _("Telefon lub e-mail"), "people.contact.add", actions.add_contact, _contact,
        model=Contact, end=actions.end_contact, end_title=_("Oznacz jako nieaktualny"),
        fix=actions.correct_contact, fix_code="people.contact.correct", fix_title=_("Popraw telefon lub e-mail"),
        fix_fields=_contact,
    ),
    "instytucja": Noun(
        _("Instytucja lub osoba zaangażowana"), "people.institution_contact.add", actions.add_institution_contact,
        lambda: of(InstitutionContact, "name", "contact_person", "phone", "email", "matter", "since"),
        model=InstitutionContact, end=actions.end_institution_contact, end_title=_("Zakończ udział instytucji"),
        fix=actions.correct_institution_contact, fix_code="people.institution_contact.correct",
        fix_title=_("Popraw dane instytucji zaangażowanej"),
        fix_fields=lambda: of(InstitutionContact, "name", "contact_person", "phone", "email", "matter", "since", "until"),
    ),
    "ostrzezenie": Noun(
        _("Ostrzeżenie przed wizytą"), "people.hazard.raise", actions.raise_hazard,
        lambda: of(HazardFlag, "kind", "words", "visit_in_pairs", "review_on"), days=("on",),
        model=HazardFlag, end=actions.lift_hazard, end_title=_("Odwołaj ostrzeżenie"), end_fields=_lift, end_days=("on",), sensitive=True,
    ),
    "ostrzezenie-przeglad": Noun(
        _("Potwierdź ostrzeżenie"), "people.hazard.review", model=HazardFlag, end=actions.review_hazard,
        end_title=_("Potwierdź ostrzeżenie"), end_fields=lambda: of(HazardFlag, "review_on"), end_days=("on",), sensitive=True,
    ),
    "zgoda": Noun(
        _("Zgoda"), "people.consent.give", actions.give_consent, lambda: of(Consent, "kind", "scope", "given_on", "valid_until"), days=("today",),
        people="person", model=Consent, end=actions.withdraw_consent, end_title=_("Zapisz wycofanie zgody"),
    ),
    "mieszkanie": Noun(
        _("Warunki mieszkaniowe"), "people.housing.set", actions.set_housing,
        lambda: of(HousingSnapshot, "on", "title", "rooms", "area", "heating", "water", "bathroom", "state", "rent_arrears",
                   "child_bed", "child_desk", "note"), days=("today",), sensitive=True,
    ),
    "finanse": Noun(
        _("Sytuacja finansowa"), "people.finance.set", actions.set_finance,
        lambda: of(FinanceSnapshot, "on", "income_work", "income_benefits", "income_alimony", "income_other", "benefits",
                   "expenses", "debts", "debts_note", "bailiff"), days=("today",), sensitive=True,
    ),
    "otoczenie": Noun(
        _("Więź z otoczeniem"), "people.ecotie.add", actions.add_ecotie,
        lambda: of(EcoTie, "party", "kind", "strength", "direction", "note", "since"), people="person", people_optional=True,
        model=EcoTie, end=actions.end_ecotie, end_title=_("Zakończ więź z otoczeniem"),
    ),
    "historia": Noun(
        _("Wydarzenie z historii rodziny"), "people.past.add", actions.add_past_event,
        lambda: of(PastEvent, "kind", "words", "since", "until"), sensitive=True,
    ),
    "zmiana-w-rodzinie": Noun(
        _("Zmiana w rodzinie"), "people.family.change_membership", model=Membership, end=actions.change_membership,
        end_title=_("Zmień rolę w rodzinie lub to, czy z nią mieszka"), end_fields=lambda: {**of(Membership, "role", "at_home"), **_on()},
    ),
    "odejscie": Noun(
        _("Zakończ przynależność"), "people.family.leave", model=Membership, end=actions.leave_family,
        end_title=_("Zakończ przynależność do rodziny"),
    ),
}  # fmt: skip
PERSON_NOUNS = {
    "adres-osoby": Noun(
        _("Adres osoby"), "people.address.set_person", actions.set_person_address, lambda: of(Address, "kind", *LINES, "since")
    ),
    "adres-tajny-osoby": Noun(
        _("Adres tajny osoby"), "people.secret_address.set", actions.set_secret_address,
        lambda: of(SecretAddress, *LINES, "why", "since"), posts="readers", is_secret=True,
    ),
    "kontakt-osoby": Noun(_("Telefon lub e-mail"), "people.contact.add", actions.add_contact, _contact),
    "wiez": Noun(
        _("Więź: ta osoba jest…"), "people.kinship.set", actions.set_kinship, lambda: of(Kinship, "kind", "since", "until"),
        people="second", model=Kinship, end=actions.end_kinship, end_title=_("Zakończ więź"),
    ),
    "wladza": Noun(
        _("Władza rodzicielska nad tym dzieckiem"), "people.authority.set", actions.set_parental_authority,
        lambda: of(ParentalAuthority, "kind", "since", "court", "docket_number", "ruled_on", "limits"), days=("on",), people="parent",
        model=ParentalAuthority, fix=actions.correct_authority, fix_code="people.authority.correct",
        fix_title=_("Popraw wpis o władzy rodzicielskiej"),
        fix_fields=lambda: of(ParentalAuthority, "kind", "since", "until", "court", "docket_number", "ruled_on", "limits"),
    ),
    "potrzeba": Noun(
        _("Potrzeba"), "people.need.add", actions.add_need, lambda: of(Need, "kind", "note", "since"),
        model=Need, end=actions.end_need, end_title=_("Zakończ potrzebę"), sensitive=True,
        fix=actions.correct_need, fix_code="people.need.correct", fix_title=_("Popraw potrzebę"),
        fix_fields=lambda: of(Need, "kind", "note", "since", "until"),
    ),
    "orzeczenie": Noun(
        _("Orzeczenie o niepełnosprawności"), "people.certificate.add", actions.add_certificate, _certificate, sensitive=True,
        model=DisabilityCertificate, fix=actions.correct_certificate, fix_code="people.certificate.correct",
        fix_title=_("Popraw orzeczenie o niepełnosprawności"), fix_fields=_certificate,
    ),
    "szkola": Noun(
        _("Szkoła"), "people.schooling.add", actions.add_schooling,
        lambda: of(Schooling, "stage", "school", "class_name", "special_education", "since"),
        model=Schooling, fix=actions.correct_schooling, fix_code="people.schooling.correct", fix_title=_("Popraw szkołę"),
        fix_fields=lambda: of(Schooling, "stage", "school", "class_name", "special_education", "since", "until"),
    ),
    "zdrowie": Noun(
        _("Zdrowie"), "people.health.set", actions.set_health,
        lambda: of(HealthCard, "on", "doctor", "dentist", "vaccinations", "illnesses", "treatment", "addiction"), days=("today",),
        sensitive=True,
    ),
    "sytuacja": Noun(
        _("Sytuacja życiowa"), "people.life.set", actions.set_life_situation,
        lambda: of(LifeSituation, "on", "marital_status", "education", "profession", "workplace", "income_sources"), days=("today",),
        sensitive=True,
    ),
    "sytuacja-dziecka": Noun(
        _("Sytuacja dziecka"), "people.child_situation.set", actions.set_child_situation,
        lambda: of(ChildSituation, "on", "in_care", "lives_where", "legal_situation", "absent_parent", "alimony_ordered",
                   "alimony_paid", "alimony_enforced"), days=("today",), sensitive=True,
    ),
    "urodzenie": Noun(
        _("Dziecko urodziło się"), "people.person.born", actions.mark_born,
        lambda: of(Person, "first_name", "sex", "born_on", "pesel"), days=("on",),
    ),
    "zgon": Noun(_("Zgon"), "people.person.deceased", actions.mark_deceased, lambda: of(Person, "died_on"), days=("on",)),
}  # fmt: skip
NOUNS = FAMILY_NOUNS | PERSON_NOUNS
