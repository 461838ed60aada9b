"""The form of a report taken by phone: who calls, about whom, what happens; three required answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from gniazdo.assistance.forms.steps import day, interview_term, text, words
from gniazdo.assistance.vocab import CAUSES, MINOR_FACILITIES, READINESS, REFERRAL_CHANNELS, REFERRERS
from gniazdo.people.vocab import FAMILY_ROLES, SEX
from gniazdo.platform.forms import Form

KNOWS = (("", _("nie wiadomo")), ("True", _("tak")), ("False", _("nie")))


class ReferralForm(Form):
    """Karta zgłoszenia rodziny (practice 1.A.1). Unknown is allowed; only who calls and about whom is required."""

    referrer = words(_("Kto zgłasza"), REFERRERS)
    referrer_institution = forms.CharField(label=_("Instytucja"), max_length=160, required=False)
    referrer_name = forms.CharField(label=_("Imię i nazwisko zgłaszającego"), max_length=120, required=False)
    referrer_phone = forms.CharField(label=_("Telefon zgłaszającego"), max_length=40, required=False)
    referrer_email = forms.EmailField(label=_("E-mail zgłaszającego"), required=False)
    channel = words(_("Jak wpłynęło"), REFERRAL_CHANNELS, initial="PHONE")
    learned_on = day(_("Data zgłoszenia"))
    family_name = forms.CharField(label=_("Nazwisko rodziny"), max_length=120, required=False)
    phone = forms.CharField(label=_("Telefon do rodziny"), max_length=40, required=False)
    street = forms.CharField(label=_("Ulica i numer"), max_length=120, required=False)
    postal_code = forms.CharField(label=_("Kod pocztowy"), max_length=6, required=False)
    town = forms.CharField(label=_("Miejscowość"), max_length=80, required=False)
    teryt = forms.CharField(label=_("TERYT"), max_length=7, required=False)
    causes = forms.MultipleChoiceField(
        label=_("Przyczyny trudności"), choices=CAUSES.choices(), required=False, widget=forms.CheckboxSelectMultiple
    )
    description = text(_("Co się dzieje"), required=False, rows=5)
    incidents = text(_("Zdarzenia z datami"), required=False, rows=2)
    is_urgent = forms.BooleanField(
        label=format_lazy(
            _("Pilne: zagrożenie życia lub zdrowia (termin wywiadu: {urgent}, zwykle {usual})"),
            urgent=interview_term(urgent=True),
            usual=interview_term(),
        ),
        required=False,
    )
    urgency_reason = forms.CharField(label=_("Dlaczego pilne"), max_length=300, required=False)
    tried = text(
        _("Co już próbowano"), required=False, rows=2,
        help_text=_("Instytucje, Niebieska Karta, kurator, świadczenia, wcześniejszy asystent."),
    )  # fmt: skip
    is_informed = forms.TypedChoiceField(
        label=_("Czy rodzina wie o zgłoszeniu"), choices=KNOWS, required=False, empty_value=None,
        coerce=lambda v: v == "True",
    )  # fmt: skip
    readiness = words(_("Gotowość do współpracy"), READINESS, required=False, initial="UNKNOWN")
    expectation = forms.CharField(label=_("Oczekiwanie zgłaszającego"), max_length=300, required=False)
    minor_facility = words(_("Małoletni rodzic opuszcza placówkę"), MINOR_FACILITIES, required=False)
    not_duplicate_reason = forms.CharField(
        label=_("Dlaczego to inna osoba niż ta w systemie"), max_length=200, required=False,
        help_text=_("Wypełnij tylko, gdy program wskaże podobną osobę."),
    )  # fmt: skip

    def __init__(self, *args: Any, known_family: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known_family:
            for name in ("family_name", "phone", "street", "postal_code", "town", "teryt", "not_duplicate_reason"):
                del self.fields[name]


class MemberForm(Form):
    """One member of the reported family: whatever the caller knows."""

    first_name = forms.CharField(label=_("Imię"), max_length=60, required=False)
    last_name = forms.CharField(label=_("Nazwisko"), max_length=90, required=False)
    role = forms.ChoiceField(label=_("Kim jest"), choices=[("", "———"), *FAMILY_ROLES.choices()], required=False)
    born_on = forms.DateField(label=_("Data urodzenia"), required=False, widget=forms.DateInput())
    sex = forms.ChoiceField(label=_("Płeć"), choices=[("", "———"), *SEX.choices()], required=False)
    pesel = forms.CharField(label="PESEL", max_length=11, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        said = [name for name in ("first_name", "born_on", "pesel") if data.get(name)]
        if said and not data.get("last_name"):
            self.add_error("last_name", _("Podaj nazwisko; gdy nieznane, wpisz „nieznane”."))
        return data


MemberRows = forms.formset_factory(MemberForm, extra=8, max_num=20)
