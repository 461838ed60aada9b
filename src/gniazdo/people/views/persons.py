"""Finding persons and one person's page; the secret address; duplicates and merging."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from gniazdo.access.queries import fetch, labels, may
from gniazdo.access.views import Request, page
from gniazdo.kernel import clock
from gniazdo.people import actions
from gniazdo.people.forms import MergeForm
from gniazdo.people.forms.nouns import PERSON_NOUNS
from gniazdo.people.models import Merge
from gniazdo.people.queries import (
    duplicates_of,
    find_people,
    person_of_id,
    person_page,
    read_secret_address,
    suggested_duplicates,
)
from gniazdo.people.queries.secrets import readers_of
from gniazdo.people.vocab import KINSHIP_KINDS
from gniazdo.platform.forms import attempt

COMPARED = (
    "first_name",
    "second_name",
    "last_name",
    "family_name",
    "pesel",
    "sex",
    "born_on",
    "died_on",
    "citizenship",
)


@page(reads="people.person.find")
def person_find(request: Request) -> HttpResponse:
    """Search of persons: name, part of a PESEL, phone."""
    text = request.GET.get("q", "").strip()[:100]
    found = find_people(request.actor, text, on=clock.today()) if text else []
    context = {"text": text, "found": found, "may_register": may(request.actor, "people.person.register"),
               "may_tidy": may(request.actor, "people.duplicates.list")}  # fmt: skip
    return render(request, "people/person_find.html", context)


@page(reads="people.person.view")
def person_view(request: Request, person_id: UUID) -> HttpResponse:
    """A person's page: data, kinship, authority, addresses, documents, changes."""
    shown = person_page(request.actor, person_id, clock.today())
    person, today = shown.person, clock.today()
    unfit = {"urodzenie"} if not person.is_unborn else {"zgon"}
    context = {
        "shown": shown, "person": person,
        "adding": [(slug, noun.title) for slug, noun in PERSON_NOUNS.items()
                   if noun.add and slug not in unfit and may(request.actor, noun.code, person)],
        "may_edit": may(request.actor, "people.person.correct", person),
        "today": today, "undo_from": today - timedelta(days=actions.UNDO_DAYS),
        "may_merge": may(request.actor, "people.person.merge", person),
        "changes": [(entry, labels([entry.code])[0]) for entry in shown.changes],
        "kin": [(tie, other, _kin_words(tie.kind, side)) for tie, other, side in shown.kin],
    }  # fmt: skip
    return render(request, "people/person_view.html", context)


def _kin_words(kind: str, side: str) -> str:
    label = KINSHIP_KINDS.label_of(kind)
    if KINSHIP_KINDS[kind].group != "PARENT":
        return label
    return _("dziecko (ta osoba to: %s)") % label if side == "first" else label


@page(reads="people.secret_address.read")
def secret_view(request: Request, secret_id: UUID) -> HttpResponse:
    """A secret address in words; this reading is in the journal under its own name."""
    secret = read_secret_address(request.actor, secret_id)
    context = {
        "secret": secret,
        "readers": readers_of(secret),
        "may_fix": may(request.actor, "people.secret_address.correct", secret),
    }
    return render(request, "people/secret_view.html", context)


@page(reads="people.duplicates.list")
def duplicates_list(request: Request) -> HttpResponse:
    """Pairs that may be one human being."""
    return render(request, "people/duplicates_list.html", {"pairs": suggested_duplicates(request.actor)})


@page(reads="people.person.view")
def person_alike(request: Request, person_id: UUID) -> HttpResponse:
    """Who may be the same human being as this person, of those the post may open."""
    person = person_of_id(request.actor, person_id)
    known = {name: getattr(person, name) for name in ("first_name", "last_name", "pesel", "born_on")}
    found = duplicates_of(request.actor, known, on=clock.today())
    alike = [one for one in found if one.may_open and one.person_id != person.pk]
    return render(request, "people/person_alike.html", {"person": person, "alike": alike})


@page(reads="people.person.view")
def person_merge(request: Request, person_id: UUID, other_id: UUID) -> HttpResponse:
    """Two records side by side; the first is kept."""
    kept, lost = person_of_id(request.actor, person_id), person_of_id(request.actor, other_id)
    form = MergeForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            lambda: actions.merge_persons(
                request.actor, kept, lost=lost, reason=form.cleaned_data["reason"], on=clock.today()
            ),
        )
    ):
        messages.success(request, _("Połączono. Można to cofnąć przez 30 dni na karcie osoby."))
        return redirect("people:person-view", kept.pk)
    rows = [
        (
            kept._meta.get_field(name).verbose_name,  # type: ignore[union-attr]
            _shown(kept, name),
            _shown(lost, name),
            _shown(kept, name) != _shown(lost, name),
        )
        for name in COMPARED
    ]
    context = {"form": form, "kept": kept, "lost": lost, "rows": rows}
    return render(request, "people/person_merge.html", context, status=422 if form.is_bound else 200)


def _shown(person: object, name: str) -> object:
    display = getattr(person, f"get_{name}_display", None)
    return display() if display else getattr(person, name)


@page(reads="people.person.view")
def merge_undo(request: Request, merge_id: UUID) -> HttpResponse:
    """Undo a merge within its 30 days."""
    merge = fetch(request.actor, "people.person.view", Merge.objects.system().select_related("kept", "lost"), merge_id)
    if request.method == "POST":
        restored = actions.undo_merge(request.actor, merge, on=clock.today())
        messages.success(request, _("Cofnięto połączenie: są znów dwie osoby."))
        return redirect("people:person-view", restored.pk)
    return render(request, "people/merge_undo.html", {"merge": merge})
