"""Forms of the deadlines screens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gniazdo.deadlines.queries import DEADLINES, HORIZON, LATE
from gniazdo.kernel.speech import say
from gniazdo.platform.forms import Form

WHOSE = [("mine", _("moje")), ("team", _("mojego zespołu")), ("all", _("całej jednostki"))]
AHEAD = [(LATE, _("tylko po terminie")), (14, _("14 dni")), (30, _("30 dni")), (90, _("90 dni")), (365, _("rok"))]


class ExtendForm(Form):
    """A later day and why."""

    to = forms.DateField(label=_("Nowy termin"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    reason = forms.CharField(
        label=_("Powód"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Powód zobaczy każdy, kto czyta tę sprawę. Termin z ustawy się nie zmienia: zapisujesz, dlaczego go przekroczysz."),
    )  # fmt: skip


class FilterForm(forms.Form):
    """What part of the board to show; a wrong value means the default."""

    czyje = forms.ChoiceField(label=_("Czyje"), choices=WHOSE, required=False)
    dni = forms.TypedChoiceField(
        label=_("Jak daleko"), choices=AHEAD, coerce=int, required=False, empty_value=str(HORIZON)
    )
    rodzaj = forms.ChoiceField(label=_("Rodzaj"), required=False)
    osoba = forms.ChoiceField(label=_("Pracownik"), required=False)
    rodzina = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, posts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = sorted(((d.id, say(d.label)) for d in DEADLINES.values()), key=lambda pair: pair[1])
        self.fields["rodzaj"].choices = [("", _("wszystkie")), *kinds]  # type: ignore[attr-defined]
        self.fields["osoba"].choices = [("", _("wszyscy")), *posts]  # type: ignore[attr-defined]
