"""Forms of My Day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gniazdo.platform.forms import Form

KINDS = [("NOTE", _("notatka")), ("PHONE", _("rozmowa telefoniczna")), ("TASK", _("zadanie dla mnie"))]
LONGEST_TASK = 400


class QuickNoteForm(Form):
    """A few words, said or typed, about one family: a note, a call, or something to do."""

    text = forms.CharField(
        label=_("Co się wydarzyło albo co trzeba zrobić"), widget=forms.Textarea(attrs={"rows": 3, "autocapitalize": "sentences"}),
        help_text=_("Możesz podyktować: mikrofon na klawiaturze telefonu."),
    )  # fmt: skip
    case = forms.ChoiceField(label=_("Rodzina"))
    kind = forms.ChoiceField(label=_("Zapisz jako"), choices=KINDS, initial="NOTE")
    minutes = forms.IntegerField(label=_("Ile minut trwała rozmowa"), min_value=1, max_value=600, required=False)
    due_on = forms.DateField(
        label=_("Zadanie na dzień"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, cases: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        empty = [("", _("wybierz rodzinę"))] if len(cases) > 1 else []
        self.fields["case"].choices = [*empty, *cases]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A call needs its length; a task is short."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("kind") == "PHONE" and not said.get("minutes") and "minutes" not in self.errors:
            self.add_error("minutes", _("Podaj, ile minut trwała rozmowa."))
        if said.get("kind") == "TASK" and len(said.get("text") or "") > LONGEST_TASK:
            self.add_error("text", _("Zadanie zapisz krócej, do 400 znaków, albo zapisz je jako notatkę."))
        return said
