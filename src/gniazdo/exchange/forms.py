"""Forms of the import: the file, and what each of its columns means."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gniazdo.exchange.rules.mapping import FAMILY_FIELDS, SLOTS, slot_targets
from gniazdo.exchange.rules.reading import heading_shown
from gniazdo.exchange.rules.sentences import told
from gniazdo.kernel.speech import say
from gniazdo.platform.forms import Form


class UploadForm(Form):
    """A spreadsheet or CSV to import."""

    file = forms.FileField(
        label=gettext_lazy("Plik z rodzinami"),
        help_text=gettext_lazy("XLSX, ODS albo CSV, do 25 MB. Nic nie zostanie zapisane, dopóki nie zobaczysz próby."),
        widget=forms.FileInput({"class": "form-control", "accept": ".xlsx,.ods,.csv,.txt"}),
        error_messages={"empty": gettext_lazy("Plik jest pusty."), "required": gettext_lazy("Wybierz plik.")},
    )


def target_choices() -> list[tuple[str, Any]]:
    """What a column may mean, grouped as the select shows it."""
    groups: list[tuple[str, Any]] = [
        ("", _("– pomiń tę kolumnę –")),
        (_("Rodzina"), [(name, say(label)) for name, label in FAMILY_FIELDS.items()]),
        (_("Osoba (jedna w wierszu)"), list(slot_targets("").items())),
    ]
    for slot, who in SLOTS.items():
        if slot:
            label = told(who)
            groups.append((label[:1].upper() + label[1:], list(slot_targets(slot).items())))
    return groups


class MapForm(Form):
    """One select for each column of the file; the fields are named by the position of the column."""

    last_first = forms.ChoiceField(
        label=gettext_lazy("Kolejność w kolumnach z nazwiskiem i imieniem razem"),
        choices=[
            ("1", gettext_lazy("nazwisko, potem imię (Kowalska Anna)")),
            ("0", gettext_lazy("imię, potem nazwisko (Anna Kowalska)")),
        ],
        widget=forms.RadioSelect,
    )
    save_as = forms.CharField(
        label=gettext_lazy("Zapamiętaj to przypisanie pod nazwą"), required=False, max_length=80,
        help_text=gettext_lazy("Przy następnym pliku z takimi samymi nagłówkami kolumny przypiszą się same."),
    )  # fmt: skip
    list_name = forms.CharField(
        label=gettext_lazy("Z jakiego wykazu są te rodziny?"), max_length=80,
        help_text=gettext_lazy(
            "Po nazwie wykazu i numerze rodziny poznajemy, co już wczytano: ten sam wykaz można wczytać znowu, a rodziny nr 1 z dwóch "
            "wykazów się nie pomylą. Poprawionemu plikowi zostaw tę samą nazwę."
        ),
        widget=forms.TextInput({"list": "wykazy"}),
    )  # fmt: skip
    columns = forms.CharField(label=gettext_lazy("Kolumny pliku"), required=False, widget=forms.HiddenInput)

    def __init__(self, header: list[str], mapping: dict[str, Any], list_name: str, *args: Any, **kwargs: Any) -> None:
        chosen = mapping.get("columns", {})
        kwargs["initial"] = {
            "list_name": list_name,
            "last_first": "1" if mapping.get("last_first", True) else "0",
            **{f"c{n}": chosen.get(heading, "") for n, heading in enumerate(header)},
        }
        super().__init__(*args, **kwargs)
        self.header = header
        choices = target_choices()
        for n, heading in enumerate(header):
            self.fields[f"c{n}"] = forms.ChoiceField(
                label=heading_shown(heading),
                choices=choices,
                required=False,
                widget=forms.Select({"class": "form-select"}),
            )

    def wanted(self) -> dict[str, str]:
        """Heading → target of the columns that are not left out."""
        return {h: self.cleaned_data[f"c{n}"] for n, h in enumerate(self.header) if self.cleaned_data[f"c{n}"]}
