"""The base of every form, and the one way a view calls a verb: its objections land on the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gniazdo.kernel.refusal import Refusal


class Form(forms.Form):
    """A form of ours."""


def attempt(form: forms.Form, act: Callable[[], Any]) -> bool:
    """Run a verb; put what it objects to on the form. True when it was done."""
    try:
        act()
    except Refusal as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, str(refusal))
    except ValidationError as error:
        known = {f: m for f, m in getattr(error, "error_dict", {}).items() if f in form.fields}
        form.add_error(None, ValidationError(known) if known and len(known) == len(error.error_dict) else error.messages)
    else:
        return True
    return False
