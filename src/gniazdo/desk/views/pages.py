"""My Day, search, the manager's board and its lists."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from gniazdo.access.rules import Actor
from gniazdo.access.views import Request, page
from gniazdo.assistance.actions.visit import NewAgreement, VisitEntry, record_note, record_visit
from gniazdo.assistance.queries.visits import case_to_visit, contact_gaps
from gniazdo.desk.forms import QuickNoteForm
from gniazdo.desk.queries.board import board as board_of
from gniazdo.desk.queries.board import state_of, without_plan
from gniazdo.desk.queries.my_day import my_day as day_of
from gniazdo.desk.queries.search import search as search_for
from gniazdo.desk.rules import WRITERS
from gniazdo.kernel import clock
from gniazdo.kernel.clock import WARSAW
from gniazdo.platform.forms import attempt

MOST = 200


@page(reads="desk.my_day.view")
def my_day(request: Request) -> HttpResponse:
    """The first page after signing in; a quick note posted here becomes a contact or a task of a family."""
    actor, today = request.actor, clock.today()
    day = day_of(actor, on=today)
    form = QuickNoteForm(request.POST or None, cases=day.note_cases) if day.note_cases else None
    if request.method == "POST" and form is not None and form.is_valid() and attempt(form, lambda: _write(actor, form)):
        messages.success(request, _("Zapisano na osi czasu rodziny."))
        return redirect("desk:my-day")
    context = {
        "day": day, "today": today, "has_families": bool(actor.subject_ids), "form": form,
        "writes": actor.has_role(*WRITERS),
    }  # fmt: skip
    return render(request, "desk/my_day.html", context)


def _write(actor: Actor, form: QuickNoteForm) -> None:
    """The verb the chosen kind calls."""
    said, now, today = form.cleaned_data, clock.now().astimezone(WARSAW), clock.today()
    case = case_to_visit(actor, UUID(said["case"]))
    if said["kind"] == "NOTE":
        record_note(actor, case, text=said["text"], at=now, today=today)
        return
    starts = now.time().replace(second=0, microsecond=0)
    if said["kind"] == "PHONE":
        entry = VisitEntry(
            on=today, starts=starts, minutes=said["minutes"], kind="PHONE", place="PHONE", course=said["text"]
        )
    else:
        task = NewAgreement("ASSISTANT", said["text"], said["due_on"])
        entry = VisitEntry(
            on=today, starts=starts, minutes=0, kind="NOTE", place="OFFICE", topic=_("Zadanie"), course=said["text"],
            agreements=(task,),
        )  # fmt: skip
    record_visit(actor, case, entry=entry, today=today)


@page(reads="desk.search.view")
def search(request: Request) -> HttpResponse:
    """Results of the global search."""
    hits = search_for(request.actor, request.GET.get("q", ""), on=clock.today())
    return render(request, "desk/search.html", {"hits": hits})


@page(reads="desk.board.view")
def board(request: Request) -> HttpResponse:
    """Exceptions, loads and the year."""
    today = clock.today()
    return render(request, "desk/board.html", {"board": board_of(request.actor, on=today), "today": today})


@page(reads="desk.board.view")
def families_without_plan(request: Request) -> HttpResponse:
    """Behind the tile: active cases without an approved plan."""
    cases = [(c, state_of(c)) for c in without_plan(request.actor)[:MOST]]
    return render(request, "desk/without_plan.html", {"cases": cases})


@page(reads="desk.board.view")
def families_without_contact(request: Request) -> HttpResponse:
    """Behind the tile: active cases without a real contact for longer than the unit allows."""
    gaps = contact_gaps(request.actor, on=clock.today(), limit=MOST)
    return render(request, "desk/contact_gaps.html", {"gaps": gaps})
