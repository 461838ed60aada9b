"""Forms of the deadlines screens."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gniazdo.deadlines.queries import DEADLINES, HORIZON, LATE, WARNED
from gniazdo.deadlines.vocab import OFFICE_EVENTS
from gniazdo.kernel.speech import say
from gniazdo.orgs.models import Post
from gniazdo.platform.forms import Form

WHOSE = [("mine", _("moje")), ("team", _("mojego zespołu")), ("all", _("całej jednostki"))]
AHEAD = [
    (LATE, _("tylko po terminie")), (WARNED, _("w czasie ostrzegania")), (14, _("14 dni")), (30, _("30 dni")), (90, _("90 dni")), (365, _("rok")),
]  # fmt: skip


class ExtendForm(Form):
    """A later day and why."""

    to = forms.DateField(label=_("Nowy termin"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    reason = forms.CharField(
        label=_("Powód"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Powód zobaczy każdy, kto czyta tę sprawę. Termin z ustawy się nie zmienia: zapisujesz, dlaczego go przekroczysz."),
    )  # fmt: skip


class OfficeForm(Form):
    """An event in the institution itself."""

    kind = forms.ChoiceField(label=_("Co się wydarzyło"))
    on = forms.DateField(label=_("Dzień"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    done_on = forms.DateField(
        label=_("Wykonano dnia"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Tylko gdy trzeba było odpowiedzieć (zawiadomić zespół, przekazać akta) i już to zrobiono."),
    )  # fmt: skip
    post = forms.ModelChoiceField(
        label=_("Pracownik"), queryset=Post.objects.none(), required=False, empty_label=_("nie dotyczy"),
        help_text=_("Tylko przy sprawdzeniu w rejestrach: kogo sprawdzono."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Uwagi"), max_length=300, required=False,
        help_text=_("Bez nazwisk i danych rodzin. Na przykład: numer uchwały, gdzie leży wydruk."),
    )  # fmt: skip

    def __init__(self, *args: Any, posts: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = OFFICE_EVENTS.choices(on=on)  # type: ignore[attr-defined]
        self.fields["post"].queryset = posts  # type: ignore[attr-defined]


class DoneForm(Form):
    """The day the duty was done."""

    on = forms.DateField(label=_("Wykonano dnia"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class CancelForm(Form):
    """Why an entry is crossed out."""

    reason = forms.CharField(label=_("Powód skreślenia"), max_length=300)


class FilterForm(forms.Form):
    """What part of the board to show; a wrong value means the default."""

    czyje = forms.ChoiceField(label=_("Czyje"), choices=WHOSE, required=False)
    dni = forms.TypedChoiceField(
        label=_("Jak daleko"), choices=AHEAD, coerce=int, required=False, empty_value=str(HORIZON)
    )
    rodzaj = forms.ChoiceField(label=_("Rodzaj"), required=False)
    osoba = forms.CharField(label=_("Pracownik"), required=False, max_length=80)
    rodzina = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, posts: list[tuple[str, str]] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = sorted(((d.id, say(d.label)) for d in DEADLINES.values()), key=lambda pair: pair[1])
        self.fields["rodzaj"].choices = [("", _("wszystkie")), *kinds]  # type: ignore[attr-defined]
        if posts == []:
            del self.fields["osoba"]
        elif posts is not None:
            self.fields["osoba"] = forms.ChoiceField(
                label=_("Pracownik"), required=False, choices=[("", _("wszyscy")), *posts]
            )
