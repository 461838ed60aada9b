"""Screens of deadlines: the board, extending, the private calendar, the law in the system."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gniazdo.access.queries import fetch, may
from gniazdo.access.views import Request, page
from gniazdo.deadlines import queries
from gniazdo.deadlines.actions import (
    cancel_office,
    close_calendar,
    complete_office,
    extend_deadline,
    open_calendar,
    record_office,
)
from gniazdo.deadlines.forms import CancelForm, DoneForm, ExtendForm, FilterForm, OfficeForm
from gniazdo.deadlines.models import CalendarKey, DeadlineRow, OfficeEvent
from gniazdo.deadlines.queries import Filters, Line
from gniazdo.deadlines.rules import BANDS
from gniazdo.deadlines.vocab import ASKED
from gniazdo.kernel import clock
from gniazdo.kernel.speech import say
from gniazdo.orgs.models import Post
from gniazdo.orgs.queries import actor_for, during
from gniazdo.orgs.queries.colleagues import colleagues, colleagues_said
from gniazdo.people.models import Family
from gniazdo.platform.forms import attempt
from gniazdo.platform.tables import csv_response

VIEW = "deadlines.board.view"
OFFICE = "deadlines.office.view"
KEY_IN_SESSION = "calendar_key"


def _asked(request: Request, on: date) -> tuple[FilterForm, Filters]:
    """The form of the board as sent, and what it asks for."""
    actor = request.actor
    form = FilterForm({"dni": queries.HORIZON, **request.GET.dict()}, posts=colleagues(actor, on=on))
    form.is_valid()
    said: dict[str, Any] = form.cleaned_data
    posts = colleagues_said(actor, said.get("osoba") or "", on=on)
    whose = said.get("czyje") or ("all" if posts or said.get("rodzina") else "mine")
    return form, Filters(
        whose, int(said.get("dni") or queries.HORIZON), said.get("rodzaj") or "", posts, said.get("rodzina")
    )


def _bands(lines: list[Line]) -> list[tuple[str, str, list[Line]]]:
    names = dict(BANDS)
    return [(code, say(names[code]), list(found)) for code, found in groupby(lines, key=lambda line: line.band)]


@page(reads=VIEW)
def board(request: Request) -> HttpResponse:
    """Deadlines of the worker, the team or the institution: overdue first, then by day."""
    actor, on = request.actor, clock.today()
    form, filters = _asked(request, on)
    rows, following = queries.page_after(actor, request.GET.get("po", ""), on=on, filters=filters)
    plain = request.GET.copy()
    plain.pop("po", None)
    late = plain.copy()
    late["dni"] = str(queries.LATE)
    near = plain.copy()
    near["dni"] = str(queries.WARNED)
    context = {
        "late": late.urlencode(),
        "near": near.urlencode(),
        "form": form,
        "filters": filters,
        "bands": _bands(queries.for_actor(request.actor, queries.lines(rows, on=on))),
        "counts": queries.counts(actor, on=on, filters=filters),
        "next": following,
        "query": plain.urlencode(),
        "on": on,
        "family": Family.objects.for_actor(actor).filter(pk=filters.family_id).first()
        if filters.family_id and rows
        else None,
        "may_office": may(actor, OFFICE),
        "may_extend": bool(rows)
        and may(
            actor, "deadlines.row.extend", DeadlineRow(institution_id=actor.institution_id, family_id=rows[0].family_id)
        ),
    }
    partial = "#rows" if request.htmx.target == "deadline-rows" else ""
    return render(request, f"deadlines/board.html{partial}", context)


@page(reads=VIEW)
def board_csv(request: Request) -> HttpResponse:
    """The same rows as the board, as a file for a spreadsheet (at most 5,000)."""
    actor, on = request.actor, clock.today()
    _form, filters = _asked(request, on)
    lines = queries.lines(queries.due_rows(actor, on=on, filters=filters)[:5000], on=on)
    header = [
        _("Termin"),
        _("Dni"),
        _("Co"),
        _("Rodzina"),
        _("Znak sprawy"),
        _("Pracownik"),
        _("Podstawa"),
        _("Dlaczego"),
    ]
    cells = [[x.due_on, x.days, x.label, x.family, x.case_mark, x.worker, x.article, x.why] for x in lines]
    return csv_response(f"terminy-{on:%Y-%m-%d}", header, cells)


@page(reads=VIEW)
def extend(request: Request, row_id: UUID) -> HttpResponse:
    """Give a due row a later day, with the reason."""
    actor, on = request.actor, clock.today()
    row = fetch(actor, VIEW, DeadlineRow.objects.system().select_related("family", "case", "post__user"), row_id)
    line = queries.lines([row], on=on)[0]
    form = ExtendForm(request.POST or None, initial={"to": max(row.due_on, on) + timedelta(days=7)})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if attempt(form, lambda: extend_deadline(actor, row, to=said["to"], reason=said["reason"], on=on)):
            messages.success(
                request, _("Termin przedłużono. Powód jest widoczny przy terminie i na osi czasu rodziny.")
            )
            return redirect("deadlines:board")
    return render(
        request, "deadlines/extend.html", {"form": form, "line": line, "may": may(actor, "deadlines.row.extend", row)}
    )


@page(reads=OFFICE)
def office(request: Request) -> HttpResponse:
    """Duties of the institution itself: what is due, what was written down, a form for what happened."""
    actor, on = request.actor, clock.today()
    posts = Post.objects.for_actor(actor).filter(during(on)).select_related("user").order_by("user__last_name", "pk")
    start = {"kind": request.GET.get("co", ""), "on": on}
    form = OfficeForm(request.POST or None, posts=posts, on=on, initial=start)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: record_office(actor, None, today=on, **form.cleaned_data))
    ):
        messages.success(request, _("Zapisano. Terminy jednostki policzono od nowa."))
        return redirect("deadlines:office")
    due = (
        queries.office_lines(actor, on=on) if may(actor, VIEW, DeadlineRow(institution_id=actor.institution_id)) else []
    )
    context = {"form": form, "due": due, "events": queries.office_events(actor), "asked": ASKED, "on": on}
    return render(request, "deadlines/office.html", context)


@page(reads=OFFICE)
def office_change(request: Request, office_event_id: UUID) -> HttpResponse:
    """Write down that the answer went out, or cross out a mistaken entry."""
    actor, on = request.actor, clock.today()
    event = fetch(actor, OFFICE, OfficeEvent, office_event_id)
    completing = "done" in request.POST
    form = (DoneForm if completing else CancelForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        done = attempt(
            form,
            (lambda: complete_office(actor, event, on=said["on"], today=on))
            if completing
            else (lambda: cancel_office(actor, event, reason=said["reason"], today=on)),
        )
        if done:
            messages.success(request, _("Zapisano. Terminy jednostki policzono od nowa."))
            return redirect("deadlines:office")
    open_here = event.kind in ASKED and not event.done_on
    context = {
        "event": event, "open_here": open_here,
        "done_form": form if completing else DoneForm(initial={"on": on}),
        "cancel_form": form if request.method == "POST" and not completing else CancelForm(),
    }  # fmt: skip
    return render(request, "deadlines/office_change.html", context)


@page(reads=VIEW)
def calendar(request: Request) -> HttpResponse:
    """The worker's own calendar address: made, shown once, closed."""
    actor = request.actor
    if request.method == "POST":
        if request.POST.get("close"):
            close_calendar(actor, None)
            messages.success(request, _("Adres kalendarza przestał działać."))
        else:
            request.session[KEY_IN_SESSION] = open_calendar(actor, None, on=clock.today())
        return redirect("deadlines:calendar")
    key = request.session.pop(KEY_IN_SESSION, "")
    kept = CalendarKey.objects.for_actor(actor).filter(post_id=actor.post_id).first()
    address = request.build_absolute_uri(reverse("deadlines:calendar-feed", args=[key])) if key and kept else ""
    return render(request, "deadlines/calendar.html", {"kept": kept, "address": address})


def calendar_feed(request: HttpRequest, key: str) -> HttpResponse:
    """The private feed: whoever knows the key reads marks and days, never names. A wrong key is 404."""
    on = clock.today()
    post = queries.post_of_key(key)
    actor = actor_for(post.user, on=on, post_id=post.pk) if post and post.user.is_active else None
    if actor is None or post is None or actor.post_id != post.pk:
        raise Http404
    request.actor = actor  # type: ignore[attr-defined]
    return _feed(request)


calendar_feed.open_page = "calendar programs cannot sign in; a secret key stands for the post"  # type: ignore[attr-defined]


@page(reads=VIEW)
def _feed(request: Request) -> HttpResponse:
    on = clock.today()
    rows = queries.due_rows(request.actor, on=on, filters=Filters("mine", 365))
    from icalendar import Calendar, Event  # slow to load: only the feed waits for it

    feed = Calendar()
    feed.add("prodid", "-//Gniazdo//terminy//PL")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", _("Gniazdo: terminy"))
    for line in queries.lines(rows[:2000], on=on):
        event = Event()
        event.add("uid", f"{line.row_id}@gniazdo")
        event.add("dtstamp", clock.now())
        event.add("dtstart", line.due_on)
        event.add("summary", f"{line.case_mark} {line.label}".strip())
        event.add("description", f"{line.why} ({line.article})")
        event.add("transp", "TRANSPARENT")
        feed.add_component(event)
    return HttpResponse(feed.to_ical(), content_type="text/calendar; charset=utf-8")


@page(reads="deadlines.law.view")
def law(request: Request) -> HttpResponse:
    """Everything the program knows of the law, with article, validity and how sure its source is."""
    query = request.GET.get("q", "")[:100]
    entries = queries.law_entries(request.actor, on=clock.today(), query=query)
    kinds = {"clock": _("Terminy"), "value": _("Limity i wartości"), "parameter": _("Ustawienia jednostki")}
    groups = [(kinds[kind], list(found)) for kind, found in groupby(entries, key=lambda e: e.kind)]
    context = {"groups": groups, "query": query, "count": len(entries)}
    partial = "#entries" if request.htmx.target == "law-entries" else ""
    return render(request, f"deadlines/law.html{partial}", context)
