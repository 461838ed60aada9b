"""Forms of the institution and of people at work. Last days are shown as people write them; the verbs get the day after."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gniazdo.access.rules import Actor
from gniazdo.orgs.models import Institution, JrwaClass, Post, Team
from gniazdo.orgs.queries import during
from gniazdo.orgs.vocab import ABSENCE_KINDS, CONTRACT_KINDS, INSTITUTION_KINDS, JRWA_USES, ROLES
from gniazdo.platform.forms import Form


def day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A date field with the browser's own calendar."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class PeriodForm(Form):
    """A form with a last day: `period_data()` gives `until`, the first day after it."""

    def period_data(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        last: date | None = data.pop("last_on", None)
        data["until"] = last + timedelta(days=1) if last else None
        return data


class InstitutionForm(Form):
    """The institution's data as they stand on its letterhead."""

    kind = forms.ChoiceField(label=_("Rodzaj"), choices=INSTITUTION_KINDS.choices())
    name = forms.CharField(label=_("Pełna nazwa"), max_length=200)
    short_name = forms.CharField(label=_("Nazwa skrócona"), max_length=40)
    teryt = forms.CharField(label=_("Kod TERYT"), max_length=7, help_text=_("4 cyfry (powiat) albo 7 cyfr (gmina)."))
    parent = forms.ModelChoiceField(
        label=_("Jednostka powiatowa"), queryset=Institution.objects.system().none(), required=False, empty_label=_("— brak —"),
        help_text=_("Centrum pomocy rodzinie powiatu, w którym leży gmina."),
    )  # fmt: skip
    street = forms.CharField(label=_("Ulica i numer"), max_length=120, required=False)
    postal_code = forms.RegexField(
        r"^\d{2}-\d{3}$", label=_("Kod pocztowy"), required=False,
        error_messages={"invalid": _("Kod pocztowy ma postać 00-000.")},
    )  # fmt: skip
    town = forms.CharField(label=_("Miejscowość"), max_length=80)
    phone = forms.CharField(label=_("Telefon"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    edelivery = forms.CharField(label=_("Adres do e-Doręczeń"), max_length=40, required=False)
    nip = forms.CharField(label="NIP", max_length=10, required=False)
    regon = forms.CharField(label="REGON", max_length=14, required=False)
    head_title = forms.CharField(label=_("Tytuł kierującego"), max_length=60)
    case_mark_pattern = forms.CharField(
        label=_("Wzór znaku sprawy"), max_length=60,
        help_text=_("Pola w klamrach: {jrwa} – symbol z wykazu akt, {number} – numer, {year} – rok; {number:03} dopisze zera."),
    )  # fmt: skip
    privacy_clause = forms.CharField(
        label=_("Klauzula informacyjna (RODO)"), widget=forms.Textarea(attrs={"rows": 5}), required=False
    )
    rev = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counties = (
            Institution.objects.system().filter(kind__in=("PCPR", "MOPR", "ORG")).exclude(pk=actor.institution_id)
        )
        self.fields["parent"].queryset = counties.order_by("name")  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        parent = data.pop("parent")
        return {**data, "parent_id": parent.pk if parent else None}


class LogoForm(Form):
    """The picture of the letterhead."""

    logo = forms.FileField(label=_("Logo (PNG lub JPEG, do 512 kB)"), required=False)


class JrwaForm(PeriodForm):
    """One class of the subject file index."""

    symbol = forms.RegexField(
        r"^[0-9A-Za-z.\-]+$", label=_("Symbol"), max_length=12,
        error_messages={"invalid": _("Symbol składa się z cyfr, liter, kropek i łączników.")},
    )  # fmt: skip
    title = forms.CharField(label=_("Hasło klasyfikacyjne"), max_length=200)
    category = forms.RegexField(
        r"^(A|B[Ec]?\d{0,3})$", label=_("Kategoria archiwalna"), required=False, help_text=_("Na przykład A, B5, BE10."),
        error_messages={"invalid": _("Kategoria to A, B z liczbą lat, BE z liczbą lat albo Bc.")},
    )  # fmt: skip
    used_for = forms.ChoiceField(label=_("Używany do"), choices=JRWA_USES.choices())
    since = day(_("Obowiązuje od"))
    last_on = day(_("Obowiązuje do (ostatni dzień)"), required=False)

    @staticmethod
    def initial_of(row: JrwaClass) -> dict[str, Any]:
        return {n: getattr(row, n) for n in ("symbol", "title", "category", "used_for", "since", "last_on")}


class TeamForm(Form):
    """The name of a team."""

    name = forms.CharField(label=_("Nazwa zespołu"), max_length=80)


class ParameterForm(Form):
    """A new value of a local setting from a day on."""

    value = forms.CharField(label=_("Nowa wartość"), max_length=2000)
    since = day(_("Obowiązuje od"))
    decided_by = forms.CharField(
        label=_("Podstawa decyzji"),
        max_length=200,
        help_text=_("Na przykład: zarządzenie nr 4/2026 z 2 stycznia 2026 r."),
    )


class PostForm(PeriodForm):
    """A post: its contract, dates and the two papers without which the account opens nothing."""

    title = forms.CharField(label=_("Stanowisko"), max_length=80)
    contract = forms.ChoiceField(label=_("Forma zatrudnienia"), choices=CONTRACT_KINDS.choices())
    fte_percent = forms.IntegerField(label=_("Wymiar etatu (%)"), min_value=1, max_value=100, initial=100)
    phone = forms.CharField(label=_("Telefon służbowy"), max_length=40, required=False)
    team = forms.ModelChoiceField(
        label=_("Zespół"), queryset=Team.objects.system().none(), required=False, empty_label=_("— bez zespołu —")
    )
    since = day(_("Pracuje od"))
    last_on = day(_("Pracuje do (ostatni dzień)"), required=False)
    authorised_on = day(_("Upoważnienie do przetwarzania danych z dnia"), required=False)
    secrecy_signed_on = day(
        _("Zobowiązanie do zachowania tajemnicy z dnia"), required=False,
        help_text=_("Bez obu pism konto nie otwiera żadnych danych (uwrspz art. 7 ust. 4)."),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = Team.objects.for_actor(actor).order_by("name")  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(post: Post) -> dict[str, Any]:
        names = (
            "title",
            "contract",
            "fte_percent",
            "phone",
            "team",
            "since",
            "last_on",
            "authorised_on",
            "secrecy_signed_on",
        )
        return {n: getattr(post, n) for n in names}


class PersonPostForm(PostForm):
    """A post with the name of its person, for changes."""

    first_name = forms.CharField(label=_("Imię"), max_length=60)
    last_name = forms.CharField(label=_("Nazwisko"), max_length=80)
    email = forms.EmailField(label=_("E-mail służbowy"), required=False)
    rev = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = ("first_name", "last_name", "email")


class AccountForm(PostForm):
    """A new person: name, log-in, post and first role."""

    first_name = forms.CharField(label=_("Imię"), max_length=60)
    last_name = forms.CharField(label=_("Nazwisko"), max_length=80)
    login = forms.RegexField(
        r"^[a-z0-9._\-]{3,60}$", label=_("Login"), help_text=_("Małe litery bez polskich znaków, cyfry, kropka, łącznik."),
        error_messages={"invalid": _("Login to 3–60 znaków: małe litery bez polskich znaków, cyfry, kropka, łącznik.")},
    )  # fmt: skip
    email = forms.EmailField(label=_("E-mail służbowy"), required=False)
    role = forms.ChoiceField(
        label=_("Pierwsza rola"), choices=[("", _("— nadam później —")), *ROLES.choices()], required=False
    )
    field_order = ("first_name", "last_name", "login", "email", "role")


class RoleForm(PeriodForm):
    """A role for a period."""

    role = forms.ChoiceField(label=_("Rola"), choices=ROLES.choices())
    since = day(_("Od"))
    last_on = day(_("Do (ostatni dzień)"), required=False)


class EndForm(Form):
    """The day something ends: the first day without it."""

    on = day(_("Pierwszy dzień bez"))


class ResetForm(Form):
    """A new first password, and whether a lost second factor goes with the old one."""

    drop_second_factor = forms.BooleanField(
        label=_("Usuń też drugi składnik logowania (zgubiony telefon lub klucz)"), required=False
    )


class PostChoice(forms.ModelChoiceField[Post]):
    """A choice of people at work, shown as „Nazwisko Imię, stanowisko”, in Polish order."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.user.last_name} {obj.user.first_name}, {obj.title}"


def people_at_work(actor: Actor, *, on: date) -> Any:
    """Posts of the institution that work on or after that day."""
    rows = Post.objects.for_actor(actor).filter(during(on) | Q(since__gt=on)).select_related("user")
    return rows.order_by("user__last_name", "user__first_name")


class AbsenceForm(PeriodForm):
    """When a person does not work."""

    post = PostChoice(label=_("Pracownik"), queryset=Post.objects.system().none(), empty_label=_("— wybierz —"))
    kind = forms.ChoiceField(label=_("Rodzaj"), choices=ABSENCE_KINDS.choices())
    since = day(_("Od"))
    last_on = day(_("Do (ostatni dzień)"), required=False, help_text=_("Tylko zawieszenie może nie mieć końca."))

    def __init__(self, *args: Any, actor: Actor, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = people_at_work(actor, on=today)  # type: ignore[attr-defined]


class SubstitutionForm(PeriodForm):
    """Who stands in for whom, when, and what the other needs to know."""

    absent = PostChoice(label=_("Kogo nie będzie"), queryset=Post.objects.system().none(), empty_label=_("— wybierz —"))
    stand_in = PostChoice(label=_("Kto zastępuje"), queryset=Post.objects.system().none(), empty_label=_("— wybierz —"))
    since = day(_("Od"))
    last_on = day(_("Do (ostatni dzień)"))
    reason = forms.CharField(label=_("Powód"), max_length=200, required=False)
    handover = forms.CharField(
        label=_("Co przekazuję na czas zastępstwa"), required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Widzą to obie osoby i kierownik."),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("absent", "stand_in"):
            self.fields[name].queryset = people_at_work(actor, on=today)  # type: ignore[attr-defined]


class HandOverForm(Form):
    """What the two need to know of each other's work in the period."""

    handover = forms.CharField(label=_("Notatka zastępstwa"), required=False, widget=forms.Textarea(attrs={"rows": 8}))
    rev = forms.IntegerField(widget=forms.HiddenInput, required=False)


class BreakGlassForm(Form):
    """Why the file must be opened now."""

    reason = forms.CharField(
        label=_("Dlaczego dostęp jest potrzebny teraz"), max_length=300, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Co najmniej 20 znaków. Powód przeczytają kierownik i inspektor ochrony danych; zostanie w dzienniku."),
    )  # fmt: skip
