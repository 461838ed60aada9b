"""The base of every form, and the one way a view calls a verb: its objections land on the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting

from gniazdo.kernel.refusal import Refusal


class Renderer(TemplatesSetting):
    """Every form, ours and allauth's, looks the same: label, help, field, sentence."""

    form_template_name = "platform/form.html"
    field_template_name = "platform/field.html"


class Form(forms.Form):
    """A form of ours: dates as the browser's date field, errors in words, nothing autocompleted that others may see."""

    required_css_class = "required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            widget = field.widget
            if isinstance(widget, forms.DateInput):
                widget.input_type, widget.format = "date", "%Y-%m-%d"
            elif isinstance(widget, forms.TimeInput):
                widget.input_type, widget.format = "time", "%H:%M"
            elif isinstance(widget, forms.DateTimeInput):
                widget.input_type, widget.format = "datetime-local", "%Y-%m-%dT%H:%M"
            elif isinstance(widget, forms.Textarea):
                widget.attrs.setdefault("rows", 4)


def attempt(form: forms.Form, act: Callable[[], Any]) -> bool:
    """Run a verb; put what it objects to on the form, the article and the advice with it. True when it was done."""
    try:
        act()
    except Refusal as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, str(refusal))
    except ValidationError as error:
        for name, sentences in getattr(error, "message_dict", {"": error.messages}).items():
            form.add_error(name if name in form.fields else None, sentences)
    else:
        return True
    return False
