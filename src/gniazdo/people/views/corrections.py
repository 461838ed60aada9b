"""Correcting what is saved: a person's data, a family's name, a row typed wrong. The second of two writers compares."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from gniazdo.access.queries import fetch, may
from gniazdo.access.views import Request, page
from gniazdo.kernel import clock
from gniazdo.people import actions
from gniazdo.people.forms import FamilyNameForm, PersonForm
from gniazdo.people.forms.nouns import NOUNS
from gniazdo.people.forms.people import PERSON
from gniazdo.people.queries import family_of_id, person_of_id
from gniazdo.platform.forms import (
    Form,
    attempt,
    draft_answer,
    draft_left,
    drop_draft,
    form_of,
    keep_draft,
    take_up,
)
from gniazdo.platform.models import Record


def _correct[F: Form](
    request: Request, record: Record, make: Callable[..., F], act: Callable[[F], Any], *, saved: dict[str, Any], title: str,
    back: tuple[str, Any], code: str, keeps: bool = True,
) -> HttpResponse:  # fmt: skip
    """One page of a form that corrects `record` by `act`; `keeps` says whether what is typed may lie in a draft."""
    if keeps and (answer := draft_answer(request, title)):
        return answer
    form = form_of(request, record, make, saved)
    if keeps:
        take_up(form, draft_left(request))
    if request.method == "POST" and form.is_valid():
        if attempt(form, lambda: act(form)):
            drop_draft(request)
            messages.success(request, _("Zapisano poprawkę."))
            return redirect(*back)
        if form.versions and keeps:
            keep_draft(request, title)
    context = {
        "form": form, "title": title, "owner": record, "owner_id": back[1], "back": back[0],
        "allowed": may(request.actor, code, record), "keeps": keeps,
    }  # fmt: skip
    return render(
        request, "people/noun_form.html", context, status=409 if form.versions else 422 if form.errors else 200
    )


@page(reads="people.person.view")
def person_edit(request: Request, person_id: UUID) -> HttpResponse:
    """Correcting a person's data."""
    person = person_of_id(request.actor, person_id)
    return _correct(
        request, person, lambda *args, **how: PersonForm(*args, with_deceased=True, **how),
        lambda form: actions.correct_person(request.actor, person, on=clock.today(), rev=form.known_rev, **form.person()),
        saved={name: getattr(person, name) for name in (*PERSON, "died_on", "due_on")},
        title=_("Popraw dane: %s") % person.full_name, back=("people:person-view", person.pk), code="people.person.correct",
    )  # fmt: skip


@page(reads="people.family.view")
def family_rename(request: Request, family_id: UUID) -> HttpResponse:
    """Another name for a family."""
    family = family_of_id(request.actor, family_id)
    return _correct(
        request, family, FamilyNameForm,
        lambda form: actions.rename_family(request.actor, family, name=form.cleaned_data["name"], rev=form.known_rev),
        saved={"name": family.name}, title=_("Zmień nazwę rodziny"), back=("people:family-people", family.pk),
        code="people.family.rename",
    )  # fmt: skip


@page(reads="people.person.view")
def row_edit(request: Request, noun: str, row_id: UUID) -> HttpResponse:
    """Correcting an address, phone, school, certificate or ruling that was typed wrong; the reason stays with it."""
    kind = NOUNS.get(noun)
    if kind is None or kind.fix is None or kind.model is None:
        raise Http404
    row: Any = fetch(request.actor, kind.reads, kind.model.objects.system(), row_id)  # type: ignore[attr-defined]
    fields = kind.fix_fields()
    saved = {name: getattr(row, name) for name in fields}
    family_id = getattr(row, "family_id", None)
    owner_id = family_id or getattr(row, "person_id", None) or row.child_id
    asked = forms.CharField(
        label=_("Co było pomyłką"), max_length=200, help_text=_("Powód i poprzednia treść zostaną przy tym wpisie.")
    )

    def make(data: Any, *, initial: dict[str, Any]) -> Form:
        return kind.form(data, fields={**fields, "reason": asked}, initial=initial)

    return _correct(
        request, row, make,
        lambda form: kind.fix(request.actor, row, rev=form.known_rev, on=clock.today(), **form.cleaned_data),  # type: ignore[misc]
        saved=saved, title=str(kind.fix_title), back=("people:family-people" if family_id else "people:person-view", owner_id),
        code=kind.fix_code, keeps=not kind.is_secret,
    )  # fmt: skip
