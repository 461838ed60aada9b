"""The base of every form, the one way a view calls a verb, two people correcting one record, and forms half written.

A view of a form that corrects a record: `form_of(request, record, make, saved)`, then `attempt(form, verb(rev=form.known_rev))`.
When somebody saved since, the same form shows both versions and posts the writer's choices; nothing is overwritten.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.utils.translation import gettext as _

from gniazdo.kernel.refusal import Conflict, Refusal
from gniazdo.platform.models import Record


class Renderer(TemplatesSetting):
    """Every form, ours and allauth's, looks the same: label, help, field, sentence."""

    form_template_name = "platform/form.html"
    field_template_name = "platform/field.html"


@dataclass(frozen=True, slots=True)
class Differing:
    """A field in which two versions differ: how each reads, and which is marked at first ("mine", "saved" or neither)."""

    name: str
    label: Any
    mine: str
    saved: str
    marked: str


class Form(forms.Form):
    """A form of ours: dates as the browser's date field, errors in words, nothing autocompleted that others may see.

    `versions` is filled when somebody else saved the record first; `taken_up` when a draft left behind was read in.
    """

    required_css_class = "required"
    versions: tuple[Differing, ...] = ()
    started_rev: int | None = None
    started_with: tuple[tuple[str, str], ...] = ()
    taken_up = False

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

    def full_clean(self) -> None:
        """As always; but a wrong choice is not repeated (it would be an id, and nothing may be told of what it leads to),
        and a file above the limit is told at its field."""
        for field in self.fields.values():
            for code in ("invalid_choice", "invalid_pk_value"):
                if field.error_messages.get(code) == getattr(type(field), "default_error_messages", {}).get(code, ""):
                    field.error_messages[code] = _("Wybierz pozycję z listy.")
        super().full_clean()
        for name, file in self.files.items():
            # Before anybody reads it into memory; the verbs look at what is inside.
            if name in self.fields and (getattr(file, "size", 0) or 0) > settings.UPLOAD_LIMIT:
                self.add_error(
                    name, _("Plik ma więcej niż 25 MB. Zmniejsz rozdzielczość skanu albo podziel plik na części.")
                )

    @property
    def known_rev(self) -> int:
        """The revision the writer started from; 0, which no saved record has, when it is unknown or a choice is missing."""
        raw = str(self.data.get("rev", ""))
        unchosen = [n for n in self.data.get("compared", "").split() if not self.data.get(f"pick.{n}")]
        return int(raw) if raw.isdigit() and not unchosen else 0

    def start(self, record: Record, saved: Mapping[str, Any]) -> None:
        """Remember what the writer starts from: the revision and the values, sent along hidden."""
        self.started_rev = self.known_rev if self.is_bound else record.rev
        if self.is_bound:
            given = [(n, self.data[f"was-{n}"]) for n in self.fields if f"was-{n}" in self.data]
        else:
            given = [(n, _text(saved[n])) for n in self.fields if n in saved]
        self.started_with = tuple(given)

    def compare(self, record: object) -> None:
        """Put the writer's version beside what `record` holds now, field by field, where they differ."""
        was, rows = dict(self.started_with), []
        for name, field in self.fields.items():
            if name not in self.cleaned_data or not hasattr(record, name):
                continue
            mine, saved = self.cleaned_data[name], getattr(record, name)
            if _text(mine) == _text(saved):
                continue
            marked = "" if name not in was else "saved" if _text(mine) == was[name] else ""
            marked = "mine" if name in was and _text(saved) == was[name] else marked
            rows.append(Differing(name, field.label, _said(field, mine), _said(field, saved), marked))
        self.versions, self.started_rev = tuple(rows), getattr(record, "rev", None)

    def carried(self) -> Iterator[Any]:
        """Every field as hidden inputs with what was typed: beneath a comparison nothing is lost."""
        for bound in self:
            yield bound.as_hidden()


def _inputs(value: Any) -> list[str]:
    """A saved value as a browser would send it."""
    if value is None or value is False or value == "":
        return []
    if value is True:
        return ["on"]
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    if isinstance(value, Model):
        return [str(value.pk)]
    return [value.isoformat() if isinstance(value, date) else str(value)]


def _text(value: Any) -> str:
    return "|".join(_inputs(value))


def _said(field: forms.Field, value: Any) -> str:
    """A value in the words of its field."""
    if isinstance(field, forms.BooleanField):
        return _("tak") if value else _("nie")
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    words = {str(code): str(word) for code, word in getattr(field, "choices", ())}
    return ", ".join(words.get(one, one) for one in _inputs(value))


def form_of[F: Form](request: HttpRequest, record: Record, make: Callable[..., F], saved: Mapping[str, Any]) -> F:
    """The form `make(data, initial=…)` that corrects `record`, filled with `saved` (field name → value) or with a draft.

    Where the writer chose the saved version in a comparison, it has replaced what was typed.
    """
    data = None
    if request.method == "POST":
        data = request.POST.copy()
        for name in [n for n in data.get("compared", "").split() if data.get(f"pick.{n}") == "saved" and n in saved]:
            data.setlist(name, _inputs(saved[name]))
    form = make(data, initial=dict(saved))
    form.start(record, saved)
    return form


def attempt(form: forms.Form, act: Callable[[], Any]) -> bool:
    """Run a verb; put what it objects to on the form, the article and the advice with it. True when it was done.

    When somebody else saved the record first, a form made by `form_of` shows both versions.
    """
    try:
        act()
    except Conflict as conflict:
        if isinstance(form, Form) and form.started_rev is not None and conflict.record is not None:
            form.compare(conflict.record)
        form.add_error(None, str(conflict))
    except Refusal as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, str(refusal))
    except ValidationError as error:
        for name, sentences in getattr(error, "message_dict", {"": error.messages}).items():
            form.add_error(name if name in form.fields else None, sentences)
    else:
        return True
    return False


class Cabinet(Protocol):
    """Where half-written forms lie. A room above keeps it (`drafts_kept_in`); forms of every room reach it through here."""

    def keep(self, actor: Any, *, key: str, data: Mapping[str, Any], label: str, resume_url: str) -> None:
        """Put away what was typed."""

    def find(self, actor: Any, *, key: str) -> Mapping[str, Any] | None:
        """What the actor's own post left, or None."""

    def drop(self, actor: Any, *, key: str) -> None:
        """Throw it away."""


_cabinet: list[Cabinet] = []


def drafts_kept_in(cabinet: Cabinet) -> None:
    """Say where drafts are kept: called once, when the program starts."""
    _cabinet[:] = [cabinet]


def _drawer(request: HttpRequest) -> str:
    """Which draft: one per post and address of a page."""
    return (
        request.path if len(request.path) <= 80 else hashlib.blake2b(request.path.encode(), digest_size=20).hexdigest()
    )


def keep_draft(request: HttpRequest, label: str) -> None:
    """Keep what was posted to this page as a draft of the actor's post."""
    left_out = ("csrfmiddlewaretoken", "do")
    data = {
        name: values
        for name, values in request.POST.lists()
        if name not in left_out and not name.startswith(("pick.", "compared"))
    }
    for cabinet in _cabinet:
        cabinet.keep(request.actor, key=_drawer(request), data=data, label=label, resume_url=request.path)  # type: ignore[attr-defined]


def drop_draft(request: HttpRequest) -> None:
    """The form was saved for good: its draft is no longer needed."""
    for cabinet in _cabinet:
        cabinet.drop(request.actor, key=_drawer(request))  # type: ignore[attr-defined]


def draft_left(request: HttpRequest) -> QueryDict | None:
    """On GET, what was left half-written on this page; None when nothing was."""
    if request.method != "GET" or not _cabinet:
        return None
    found = _cabinet[0].find(request.actor, key=_drawer(request))  # type: ignore[attr-defined]
    if not found:
        return None
    data = QueryDict(mutable=True)
    for name, values in found.items():
        data.setlist(name, values if isinstance(values, list) else [str(values)])
    return data


def take_up(form: Form, data: QueryDict | None) -> None:
    """Fill an unbound form with what was typed before, right or wrong, unticked boxes too, from the revision it started at."""
    if data is None or form.is_bound:
        return
    for name, field in form.fields.items():
        form.initial[name] = field.widget.value_from_datadict(data, {}, form.add_prefix(name))
    rev = str(data.get("rev", ""))
    if form.started_rev is not None and rev.isdigit():
        form.started_rev = int(rev)
        form.started_with = tuple((n, str(data.get(f"was-{n}", text))) for n, text in form.started_with)
    form.taken_up = True


def draft_answer(request: HttpRequest, label: str) -> HttpResponse | None:
    """The answer when the form saved itself (`data-draft="?szkic=1"`) or the writer starts afresh; else None, to go on."""
    if request.method != "POST":
        return None
    if request.GET.get("szkic"):
        if "compared" not in request.POST:  # while two versions are compared, the draft kept at the conflict stands
            keep_draft(request, label)
        return JsonResponse({"saved": True})
    if request.POST.get("do") == "drop":
        drop_draft(request)
        return HttpResponseRedirect(request.get_full_path())
    return None
