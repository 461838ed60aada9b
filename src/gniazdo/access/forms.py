"""The filter of the journal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gniazdo.access.models import JournalEntry
from gniazdo.access.queries import DOOR_LABELS, PERMISSIONS, JournalFilter
from gniazdo.kernel.speech import say
from gniazdo.platform.forms import Form


class JournalForm(Form):
    """Who, when, what, with what outcome."""

    who = forms.CharField(label=_("Pracownik"), required=False, max_length=80, help_text=_("Nazwisko, imię lub login."))
    since = forms.DateField(label=_("Od"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last_on = forms.DateField(label=_("Do"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    code = forms.ChoiceField(label=_("Czynność"), required=False)
    outcome = forms.ChoiceField(
        label=_("Wynik"), required=False, choices=[("", _("wszystkie")), *JournalEntry.Outcome.choices]
    )
    server = forms.BooleanField(label=_("Zdarzenia bez instytucji (nieznane loginy, nadmiar żądań)"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = sorted(
            [(p.code, say(p.label)) for p in PERMISSIONS.values()]
            + [(code, say(label)) for code, label in DOOR_LABELS.items()],
            key=lambda c: c[1],
        )
        self.fields["code"].choices = [("", _("wszystkie")), *known]  # type: ignore[attr-defined]

    def wanted(self) -> JournalFilter:
        """The filter of a valid form; an invalid one filters nothing."""
        data = self.cleaned_data if self.is_valid() else {}
        return JournalFilter(**data)
