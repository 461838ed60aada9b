"""Writing persons and families in: first who may be here already, then the form."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import HiddenInput
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from gniazdo.access.views import Request, page
from gniazdo.kernel import clock
from gniazdo.people import actions
from gniazdo.people.forms import FamilyForm, MemberForm, PersonForm, PersonRows
from gniazdo.people.forms.fields import of
from gniazdo.people.models import Membership
from gniazdo.people.queries import duplicates_of, family_of_id, person_of_id, proof_of_search, was_searched
from gniazdo.people.queries.duplicates import Lookalike
from gniazdo.platform.forms import Form, attempt, draft_answer, draft_left, drop_draft, take_up

START = [{"role": role, "sex": "U"} for role in ("PARENT", "PARENT", "CHILD", "CHILD", "CHILD")]


def _searched(request: Request, form: PersonForm) -> list[Lookalike] | None:
    """None when the search was already shown and it is time to save; else the lookalikes, with the proof put on the form."""
    draft = form.person()
    if was_searched(request.actor, draft, form.cleaned_data.get("seen", "")):
        return None
    form.data = {**form.data.dict(), "seen": proof_of_search(request.actor, draft)}  # type: ignore[attr-defined]
    return duplicates_of(request.actor, draft, on=clock.today())


def _typed(request: Request, *names: str) -> str:
    """What was typed into these fields, for the name of a draft."""
    return " ".join(request.POST.get(name, "").strip() for name in names).strip()[:100] or _("bez nazwiska")


def _rows_left(left: QueryDict) -> list[dict[str, Any]]:
    """The rows of persons in a draft, in order, with the empty ones between them."""
    count = left.get("osoba-TOTAL_FORMS", "")
    names = PersonRows.form.base_fields
    return [
        {name: left.get(f"osoba-{n}-{name}", "") for name in names}
        for n in range(min(int(count) if count.isdigit() else 0, PersonRows.max_num))
    ]


@page(reads="people.duplicates.view")
def person_register(request: Request) -> HttpResponse:
    """A new person: who looks like them, then saving."""
    if answer := draft_answer(request, _("Nowa osoba: %s") % _typed(request, "first_name", "last_name")):
        return answer
    today, found, made = clock.today(), None, []
    form = PersonForm(
        request.POST or None, initial={"citizenship": "polskie", "last_name": request.GET.get("nazwisko", "")}
    )
    take_up(form, draft_left(request))
    if request.method == "POST" and form.is_valid():
        found = _searched(request, form)
        if not found and attempt(
            form,
            lambda: made.append(
                actions.register_person(
                    request.actor, None, on=today, seen=form.data["seen"],
                    not_duplicate_reason=form.cleaned_data["not_duplicate_reason"], **form.person(),
                )
            ),
        ):  # fmt: skip
            drop_draft(request)
            messages.success(request, _("Zapisano osobę: %s.") % made[0].full_name)
            if not request.actor.has_role("manager", "secretary"):
                return redirect("people:person-find")  # until she joins a family of theirs, they may not open her
            return redirect("people:person-view", made[0].pk)
        if form.errors:
            found = duplicates_of(request.actor, form.person(), on=today)
    _quiet(form, found)
    return render(
        request, "people/person_register.html", {"form": form, "found": found, "family": None}, status=_status(form)
    )


def _quiet(form: Any, found: object) -> None:
    """Ask why it is somebody else only when somebody was found."""
    if not found and "not_duplicate_reason" not in form.errors:
        form.fields["not_duplicate_reason"].widget = HiddenInput()


def _status(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200


@page(reads="people.duplicates.view")
def member_register(request: Request, family_id: UUID) -> HttpResponse:
    """A new person who belongs to a family."""
    family, today, found = family_of_id(request.actor, family_id), clock.today(), None
    typed = _typed(request, "first_name", "last_name")
    if answer := draft_answer(
        request, _("Nowa osoba w rodzinie %(family)s: %(name)s") % {"family": family.name, "name": typed}
    ):
        return answer
    form = MemberForm(request.POST or None, initial={"since": today, "at_home": True, "citizenship": "polskie"})
    take_up(form, draft_left(request))
    if request.method == "POST" and form.is_valid():
        found = _searched(request, form)
        extra = {name: form.cleaned_data[name] for name in ("role", "since", "at_home", "not_duplicate_reason")}
        if not found and attempt(
            form,
            lambda: actions.register_member(
                request.actor, family, on=today, seen=form.data["seen"], **extra, **form.person()
            ),
        ):
            drop_draft(request)
            messages.success(request, _("Dołączono osobę do rodziny."))
            return redirect("people:family-people", family.pk)
        if form.errors:
            found = duplicates_of(request.actor, form.person(), on=today)
    _quiet(form, found)
    return render(
        request, "people/person_register.html", {"form": form, "found": found, "family": family}, status=_status(form)
    )


@page(reads="people.person.view")
def member_join(request: Request, family_id: UUID, person_id: UUID) -> HttpResponse:
    """Somebody already here joins a family."""
    family, person = family_of_id(request.actor, family_id), person_of_id(request.actor, person_id)
    form = Form(request.POST or None, initial={"since": clock.today(), "at_home": True})
    form.fields |= of(Membership, "role", "since", "at_home")
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: actions.join_family(request.actor, family, person=person, **form.cleaned_data))
    ):
        messages.success(request, _("Dołączono osobę do rodziny."))
        return redirect("people:family-people", family.pk)
    context = {"form": form, "title": _("Dołącz do rodziny: %s") % person.full_name, "owner": family, "owner_id": family.pk,
               "back": "people:family-people", "allowed": True, "keeps": False}  # fmt: skip
    return render(request, "people/noun_form.html", context, status=_status(form))


@page(reads="people.duplicates.view")
def family_register(request: Request) -> HttpResponse:
    """A family with its people at once; lookalikes of any of them come first."""
    if answer := draft_answer(request, _("Nowa rodzina: %s") % _typed(request, "name")):
        return answer
    today, found, made = clock.today(), [], []
    form = FamilyForm(request.POST or None)
    left = draft_left(request)
    take_up(form, left)
    rows = PersonRows(request.POST or None, prefix="osoba", initial=_rows_left(left) if left else START)
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        data = form.cleaned_data
        people = [
            row.cleaned_data | {"last_name": row.cleaned_data["last_name"] or data["name"]}
            for row in rows
            if row.is_filled()
        ]
        shown = "|".join(f"{p['first_name']} {p['last_name']} {p['born_on']} {p['pesel']}" for p in people)
        if data["shown"] != shown:
            found = [alike for person in people for alike in duplicates_of(request.actor, person, on=today)]
            form.data = {**form.data.dict(), "shown": shown}  # type: ignore[attr-defined]
        address = {name: data[name] for name in ("street", "postal_code", "town")}
        if not found and attempt(
            form,
            lambda: made.append(
                actions.register_family_with_people(
                    request.actor, None, name=data["name"], people=people, address=address, phone=data["phone"], on=today,
                    not_duplicate_reason=data["not_duplicate_reason"],
                )
            ),
        ):  # fmt: skip
            drop_draft(request)
            messages.success(request, _("Zapisano rodzinę: %s.") % made[0].name)
            return redirect("people:family-people", made[0].pk)
    _quiet(form, found)
    bad = form.is_bound and (form.errors or not rows.is_valid())
    context = {"form": form, "rows": rows, "found": found, "family": None}
    return render(request, "people/family_register.html", context, status=422 if bad else 200)
