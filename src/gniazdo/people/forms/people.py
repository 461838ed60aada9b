"""Forms of a person, a family with its people, a new member, a merge."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gniazdo.people.forms.fields import day_field, of
from gniazdo.people.models import Membership, Person
from gniazdo.people.vocab import FAMILY_ROLES, SEX
from gniazdo.platform.forms import Form

PERSON = (
    "first_name",
    "second_name",
    "last_name",
    "family_name",
    "pesel",
    "sex",
    "born_on",
    "birth_is_estimated",
    "citizenship",
)


class PersonForm(Form):
    """A person's data. Unknown stays empty."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    not_duplicate_reason = forms.CharField(
        label=_("Dlaczego to ktoś inny niż znalezione osoby"), required=False, max_length=200
    )

    def __init__(self, *args: Any, with_deceased: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        extra = ("died_on", "due_on") if with_deceased else ("is_unborn", "due_on")
        fields = of(Person, *PERSON, *extra)
        reason, seen = self.fields.pop("not_duplicate_reason"), self.fields.pop("seen")
        self.fields |= fields
        self.fields["pesel"].required = False
        self.fields["pesel"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}
        self.fields["sex"].required = False
        if not with_deceased:
            self.fields |= {"not_duplicate_reason": reason, "seen": seen}

    def person(self) -> dict[str, Any]:
        """The person's fields, without the proof of search and its reason."""
        return {k: v for k, v in self.cleaned_data.items() if k in (*PERSON, "is_unborn", "due_on", "died_on")}


class MemberForm(PersonForm):
    """A new person who belongs to a family."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = of(Membership, "role", "since", "at_home")
        self.fields = fields | self.fields


class PersonRow(Form):
    """One person of a family being registered; an empty surname means the family's name."""

    role = forms.ChoiceField(label=_("Rola"), choices=FAMILY_ROLES.choices, required=False)
    first_name = forms.CharField(label=_("Imię"), max_length=60, required=False)
    last_name = forms.CharField(label=_("Nazwisko"), max_length=90, required=False)
    sex = forms.ChoiceField(label=_("Płeć"), choices=SEX.choices, required=False)
    born_on = day_field(_("Data urodzenia"), required=False)
    pesel = forms.CharField(label=_("PESEL"), max_length=14, required=False)

    def is_filled(self) -> bool:
        """Whether anything says that there is such a person."""
        return any(self.cleaned_data.get(name) for name in ("first_name", "last_name", "born_on", "pesel"))


PersonRows = forms.formset_factory(PersonRow, extra=1, max_num=15)


class FamilyForm(Form):
    """A family being registered."""

    name = forms.CharField(label=_("Nazwa rodziny (zwykle nazwisko)"), max_length=120)
    street = forms.CharField(label=_("Ulica i numer"), max_length=120, required=False)
    postal_code = forms.CharField(label=_("Kod pocztowy"), max_length=6, required=False)
    town = forms.CharField(label=_("Miejscowość"), max_length=80, required=False)
    phone = forms.CharField(label=_("Telefon"), max_length=40, required=False)
    not_duplicate_reason = forms.CharField(
        label=_("Dlaczego to ktoś inny niż znalezione osoby"), required=False, max_length=200
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)


class FamilyNameForm(Form):
    """Another name for a family."""

    name = forms.CharField(label=_("Nazwa rodziny (zwykle nazwisko)"), max_length=120)


class MergeForm(Form):
    """Why two records are one human being."""

    reason = forms.CharField(label=_("Skąd wiadomo, że to ta sama osoba"), max_length=300)
