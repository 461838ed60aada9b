"""Form fields made from model fields, dates as date pickers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models


def day_field(label: Any, *, required: bool = True) -> forms.DateField:
    """A day, typed or picked."""
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def _formfield(db_field: models.Field[Any, Any], **how: Any) -> Any:
    if isinstance(db_field, models.DateField):
        how["widget"] = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    if isinstance(db_field, models.TextField):
        how["widget"] = forms.Textarea(attrs={"rows": 3})
    return db_field.formfield(**how)


def of(model: type[models.Model], *names: str) -> dict[str, forms.Field]:
    """Form fields of a model by name, in that order."""
    return forms.fields_for_model(model, fields=names, formfield_callback=_formfield)
