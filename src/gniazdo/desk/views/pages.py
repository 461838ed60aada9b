"""My Day, search, the manager's board and its lists."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from gniazdo.access.views import Request, page
from gniazdo.assistance.queries.visits import contact_gaps
from gniazdo.desk.queries.board import board as board_of
from gniazdo.desk.queries.board import state_of, without_plan
from gniazdo.desk.queries.my_day import my_day as day_of
from gniazdo.desk.queries.search import search as search_for
from gniazdo.kernel import clock

MOST = 200


@page(reads="desk.my_day.view")
def my_day(request: Request) -> HttpResponse:
    """The first page after signing in."""
    today = clock.today()
    context = {"day": day_of(request.actor, on=today), "today": today, "has_families": bool(request.actor.subject_ids)}
    return render(request, "desk/my_day.html", context)


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
