"""Families: the list, people and ties, genogram, ecomap, the family card."""

from __future__ import annotations

import bisect
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from gniazdo.access.queries import may
from gniazdo.access.views import Request, page
from gniazdo.kernel import clock
from gniazdo.people.forms.nouns import FAMILY_NOUNS
from gniazdo.people.models import Address, Consent, Contact, Family, InstitutionContact
from gniazdo.people.queries import (
    families_page,
    family_card,
    family_ecomap,
    family_genogram,
    family_header,
    family_of_id,
    moments_of,
    tie_words,
)
from gniazdo.people.queries.families import hazards_of
from gniazdo.people.queries.secrets import secret_addresses_open_to


def _day(request: Request) -> date:
    """The day of the date slider (`na`), else today."""
    try:
        return date.fromisoformat(request.GET.get("na", ""))
    except ValueError:
        return clock.today()


@page(reads="people.family.list")
def family_list(request: Request) -> HttpResponse:
    """Families in Polish order, page after page."""
    text = request.GET.get("q", "").strip()[:60]
    families, following = families_page(request.actor, clock.today(), text=text, after=request.GET.get("po", ""))
    context = {"families": families, "following": following, "text": text,
               "may_register": may(request.actor, "people.family.register")}  # fmt: skip
    return render(request, "people/family_list.html", context)


def _addresses(request: Request, family: Family, *, hides_past: bool) -> QuerySet[Address]:
    """The family's addresses; where the present one is secret, a past one must not pass for it."""
    rows = Address.objects.for_actor(request.actor).filter(family=family)
    return (rows.filter(until=None) if hides_past else rows).order_by("kind", "-since", "id")[:50]


@page(reads="people.family.view")
def family_people(request: Request, family_id: UUID) -> HttpResponse:
    """Osoby i więzi: members, genogram and ecomap, addresses, institutions, hazards, consents."""
    on, today = _day(request), clock.today()
    header = family_header(request.actor, family_id, on)
    family = family_of_id(request.actor, family_id)
    drawing, _people = family_genogram(request.actor, family_id, on)
    eco, ties = family_ecomap(request.actor, family_id, on)
    institutions = (
        InstitutionContact.objects.for_actor(request.actor).filter(family=family).order_by("until", "name", "id")
    )
    open_sensitive = may(request.actor, "people.sensitive.view", family)
    consents = (
        Consent.objects.for_actor(request.actor)
        .filter(family=family)
        .select_related("person")
        .order_by("-given_on", "id")
    )
    context = {
        "family": family, "header": header, "drawing": drawing, "eco": eco, "ties": ties, "on": on, "today": today,
        "addresses": _addresses(request, family, hides_past=header.address_is_secret),
        "contacts": Contact.objects.for_actor(request.actor).filter(family=family).order_by("until", "-is_preferred", "id")[:50],
        "institutions": institutions[:50], "consents": [(c, c.has_expired(today)) for c in consents[:50]] if open_sensitive else [],
        "hazards": hazards_of(request.actor, family_id, on) if open_sensitive else [],
        "secrets": secret_addresses_open_to(request.actor, family_id=family.pk), "sees_sensitive": open_sensitive,
        "adding": [(slug, noun.title) for slug, noun in FAMILY_NOUNS.items() if noun.add and may(request.actor, noun.code, family)],
        "may_edit": may(request.actor, "people.family.join", family),
    }  # fmt: skip
    return render(request, "people/family_people.html", context)


def _slider(moments: list[date], on: date) -> dict[str, Any]:
    """The days the picture changed, the last of them not after `on`, and its neighbours."""
    at = max(bisect.bisect_right(moments, on) - 1, 0)
    return {
        "last": len(moments) - 1, "at": at, "before": moments[at - 1] if at and moments[at] <= on else None,
        "after": moments[at + 1] if at + 1 < len(moments) else None,
    }  # fmt: skip


@page(reads="people.family.genogram")
def genogram(request: Request, family_id: UUID) -> HttpResponse:
    """The genogram large, on any day, with the list that says the same; `druk` leaves only what is printed."""
    family = family_of_id(request.actor, family_id)
    moments = moments_of(request.actor, family, clock.today())
    step = request.GET.get("krok", "")
    on = moments[min(int(step), len(moments) - 1)] if step.isdigit() and len(step) < 5 else _day(request)
    index = request.GET.get("osoba", "")
    drawing, _people = family_genogram(request.actor, family_id, on, index=UUID(index) if _is_id(index) else None)
    words = tie_words(drawing)
    listed = [(symbol, words[symbol.human.id]) for symbol in drawing.symbols]
    context = {"family": family, "drawing": drawing, "listed": listed, "on": on, "today": clock.today(),
               "slider": _slider(moments, on)}  # fmt: skip
    return render(request, "people/genogram.html", context)


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@page(reads="people.family.ecomap")
def ecomap(request: Request, family_id: UUID) -> HttpResponse:
    """The ecomap large, on any day, with the list that says the same."""
    on = _day(request)
    family = family_of_id(request.actor, family_id)
    eco, ties = family_ecomap(request.actor, family_id, on)
    return render(
        request, "people/ecomap.html", {"family": family, "eco": eco, "ties": ties, "on": on, "today": clock.today()}
    )


@page(reads="people.family.card")
def card(request: Request, family_id: UUID) -> HttpResponse:
    """The family card of a day, derived, never retyped."""
    on = _day(request)
    return render(request, "people/family_card.html", {"card": family_card(request.actor, family_id, on), "on": on})
