"""One screen to add anything to a family or a person, and one to end it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from gniazdo.access.queries import fetch, may
from gniazdo.access.rules import Actor
from gniazdo.access.views import Request, page
from gniazdo.kernel import clock
from gniazdo.kernel.terms import add_months
from gniazdo.orgs.models import Post
from gniazdo.orgs.queries import during, parameter
from gniazdo.people.forms.fields import day_field
from gniazdo.people.forms.nouns import FAMILY_NOUNS, NOUNS, PERSON_NOUNS, Noun
from gniazdo.people.models import Family, Membership, Person
from gniazdo.people.queries import family_of_id, person_of_id
from gniazdo.people.rules.checks import HAZARD_REVIEW
from gniazdo.platform.forms import attempt, draft_answer, draft_left, drop_draft, take_up


def _people_near(owner: Family | Person) -> list[Person]:
    """Members of the family, or of the person's families, other than the person."""
    families = (
        [owner.pk]
        if isinstance(owner, Family)
        else list(Membership.objects.system().filter(person=owner).values_list("family_id", flat=True))
    )
    rows = (
        Membership.objects.system()
        .filter(family_id__in=families, person__merged_into__isnull=True)
        .select_related("person")
    )
    people = {m.person_id: m.person for m in rows.order_by("id")[:300] if m.person_id != owner.pk}
    return sorted(people.values(), key=lambda p: (p.sort_key, p.pk))


def _fields(noun: Noun, owner: Family | Person) -> tuple[dict[str, forms.Field], dict[str, dict[str, Any]]]:
    fields: dict[str, forms.Field] = {}
    chosen: dict[str, dict[str, Any]] = {}
    if noun.people:
        people = {str(p.pk): p for p in _people_near(owner)}
        chosen[noun.people] = people
        first = [("", _("cała rodzina"))] if noun.people_optional else []
        label = {"second": _("Dla kogo (z kim)"), "parent": _("Rodzic")}.get(noun.people, _("Osoba"))
        fields[noun.people] = forms.ChoiceField(
            label=label,
            choices=[*first, *((pk, p.full_name or "?") for pk, p in people.items())],
            required=not noun.people_optional,
        )
    fields |= noun.fields()
    if noun.posts:
        rows = (
            Post.objects.system()
            .filter(during(clock.today()), institution_id=owner.institution_id)
            .select_related("user")
        )
        posts = {str(p.pk): p for p in rows.order_by("user__last_name", "user__first_name")}
        chosen[noun.posts] = posts
        fields[noun.posts] = forms.MultipleChoiceField(
            label=_("Kto poza kierownikiem może czytać ten adres"), required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(pk, str(p)) for pk, p in posts.items()],
        )  # fmt: skip
    return fields, chosen


def _review_on(actor: Actor, fields: Collection[str], on: date) -> dict[str, Any]:
    """The day a warning is looked at again, as the institution's setting proposes it; nothing for other forms."""
    if "review_on" not in fields:
        return {}
    months = int(parameter(actor.institution_id, HAZARD_REVIEW.id, on=on))
    return {"review_on": add_months(on, max(months, 1))}


def _values(cleaned: dict[str, Any], chosen: dict[str, dict[str, Any]]) -> dict[str, Any]:
    values = dict(cleaned)
    for name, objects in chosen.items():
        given = values[name]
        values[name] = [objects[pk] for pk in given] if isinstance(given, list) else objects.get(given)
    return values


def _add(request: Request, noun: Noun, owner: Family | Person, back: str) -> HttpResponse:
    if noun.add is None:
        raise Http404
    title = f"{noun.title}: {owner}"
    if not noun.is_secret and (answer := draft_answer(request, title)):
        return answer
    fields, chosen = _fields(noun, owner)
    today = clock.today()
    start: dict[str, Any] = {name: today for name in ("since", "on", "given_on") if name in fields}
    start |= _review_on(request.actor, fields, today)
    if request.GET.get("zacznij") in {str(pk) for pk in chosen.get(noun.people, {})}:
        start[noun.people] = request.GET["zacznij"]
    form = noun.form(request.POST or None, fields=fields, initial=start)
    if not noun.is_secret:
        take_up(form, draft_left(request))
    if request.method == "POST" and form.is_valid():
        values = _values(form.cleaned_data, chosen) | dict.fromkeys(noun.days, today)
        if attempt(form, lambda: noun.add(request.actor, owner, **values)):  # type: ignore[misc]
            drop_draft(request)
            messages.success(request, _("Zapisano: %s.") % str(noun.title).lower())
            return redirect(back, owner.pk)
    context = {
        "form": form, "title": noun.title, "owner": owner, "owner_id": owner.pk, "back": back, "allowed": may(request.actor, noun.code, owner),
        "keeps": not noun.is_secret,
    }  # fmt: skip
    return render(request, "people/noun_form.html", context, status=422 if form.errors else 200)


@page(reads="people.family.view")
def family_add(request: Request, family_id: UUID, noun: str) -> HttpResponse:
    """Add something to a family."""
    if noun not in FAMILY_NOUNS:
        raise Http404
    return _add(request, FAMILY_NOUNS[noun], family_of_id(request.actor, family_id), "people:family-people")


@page(reads="people.person.view")
def person_add(request: Request, person_id: UUID, noun: str) -> HttpResponse:
    """Add something to a person."""
    if noun not in PERSON_NOUNS:
        raise Http404
    return _add(request, PERSON_NOUNS[noun], person_of_id(request.actor, person_id), "people:person-view")


@page(reads="people.person.view")
def row_end(request: Request, noun: str, row_id: UUID) -> HttpResponse:
    """End something that was added."""
    kind = NOUNS.get(noun)
    if kind is None or kind.end is None or kind.model is None:
        raise Http404
    row: Any = fetch(request.actor, kind.reads, kind.model.objects.system(), row_id)  # type: ignore[attr-defined]
    today = clock.today()
    fields: dict[str, forms.Field] = kind.end_fields() if kind.end_fields else {"on": day_field(_("Od kiedy"))}
    start = {name: getattr(row, name) for name in fields if hasattr(row, name)} | {"on": today}
    start |= _review_on(request.actor, fields, today)
    form = kind.form(request.POST or None, fields=fields, initial=start)
    family_id = getattr(row, "family_id", None)
    owner_id = family_id or getattr(row, "person_id", None) or row.first_id
    back = "people:family-people" if family_id else "people:person-view"
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data | dict.fromkeys(kind.end_days, today)
        if attempt(form, lambda: kind.end(request.actor, row, **values)):  # type: ignore[misc]
            messages.success(request, _("Zapisano: %s.") % str(kind.end_title).lower())
            return redirect(back, owner_id)
    context = {"form": form, "title": kind.end_title, "owner": row, "owner_id": owner_id, "back": back, "allowed": True,
               "keeps": False}  # fmt: skip
    return render(request, "people/noun_form.html", context, status=422 if form.errors else 200)
