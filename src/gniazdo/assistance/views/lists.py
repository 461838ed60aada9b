"""Screens the office works from: waiting list, caseload, assigning, bulk reassign, court, information, monitoring, register."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gniazdo.access.queries import may
from gniazdo.access.rules import NotHere, Refusal
from gniazdo.access.views import Request, page
from gniazdo.assistance.actions import assign, court
from gniazdo.assistance.forms import steps as forms
from gniazdo.assistance.process import ASSISTANCE
from gniazdo.assistance.queries.case import details_of, handover_of, referral_of
from gniazdo.assistance.queries.load import caseload_board, loads
from gniazdo.assistance.queries.registers import (
    assisted,
    court_register,
    court_request_of,
    families_of_post,
    information,
    information_of,
    monitored,
    waiting,
)
from gniazdo.assistance.views.steps import back_to
from gniazdo.assistance.views.tabs import office_tabs
from gniazdo.assistance.vocab import COURT_STAGES, END_REASONS
from gniazdo.kernel import clock
from gniazdo.orgs.models import Post
from gniazdo.platform.forms import attempt
from gniazdo.platform.tables import csv_response


@page(reads="assistance.waiting.list")
def waiting_list(request: Request) -> HttpResponse:
    """Families waiting for an assistant; `?format=csv` downloads them."""
    lines = waiting(request.actor, on=clock.today())
    if request.GET.get("format") == "csv":
        header = [_("Miejsce"), _("Rodzina"), _("Znak sprawy"), _("Oczekuje od"), _("Dni"), _("Pierwszeństwo")]
        rows = [(x.place, x.row.family.name, x.row.case.case_mark, x.row.waiting_since, x.days, x.row.get_priority_display())
                for x in lines]  # fmt: skip
        return csv_response("oczekujacy", header, rows)
    return render(request, "assistance/waiting.html", {"lines": lines, "office_tabs": office_tabs(request)})


@page(reads="assistance.load.view")
def caseload(request: Request) -> HttpResponse:
    """How loaded assistants are against the limit."""
    board = caseload_board(request.actor, on=clock.today())
    if request.GET.get("format") == "csv":
        header = [_("Asystent"), _("Rodziny"), _("Limit"), _("Uwagi")]
        return csv_response(
            "obciazenie", header, [(r.post.user.full_name, r.load.count, r.load.limit, r.status) for r in board]
        )
    may_reassign = may(request.actor, "assistance.post.reassign")
    return render(
        request,
        "assistance/caseload.html",
        {"board": board, "may_reassign": may_reassign, "office_tabs": office_tabs(request)},
    )


def _post(request: Request, post_id: str) -> Post:
    try:
        return Post.objects.for_actor(request.actor).select_related("user").get(pk=UUID(str(post_id)))
    except (Post.DoesNotExist, ValueError):
        raise NotHere("Post", {"code": "assistance.case.assign", "id": str(post_id)}) from None


@page(reads="assistance.referral.view")
def case_assign(request: Request, case_id: UUID) -> HttpResponse:
    """Choose an assistant with everybody's load in view. POST assigns."""
    case = referral_of(request.actor, case_id)
    form = forms.Assign(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        post = _post(request, data.pop("post"))
        if attempt(form, lambda: assign.assign_assistant(request.actor, case, post=post, **data)):
            messages.success(request, _("Przydzielono asystenta: %s.") % post.user.full_name)
            return redirect(back_to(request.actor, case))
    context = {
        "case": case, "form": form, "row": details_of(case), "board": loads(case.institution_id, on=clock.today()),
        "chosen": request.POST.get("post", ""), "may_assign": may(request.actor, "assistance.case.assign", case),
        "back": back_to(request.actor, case), "open": case.state in ASSISTANCE.moves["assign"].sources,
    }  # fmt: skip
    return render(request, "assistance/assign.html", context)


@page(reads="assistance.load.view")
def post_reassign(request: Request, post_id: UUID) -> HttpResponse:
    """All families of one who leaves, each with its next assistant and note. POST moves them in one act."""
    leaving = _post(request, str(post_id))
    if not may(request.actor, "assistance.post.reassign"):
        raise NotHere("Post", {"code": "assistance.post.reassign", "id": str(post_id)})
    today = clock.today()
    families = families_of_post(request.actor, leaving.pk, on=today)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            count = _move_all(request, leaving, families)
        except Refusal as said:
            refusal = said
        else:
            done = ngettext("Przekazano %(n)d rodzinę.", "Przekazano %(n)d rodzin(y).", count) % {"n": count}
            messages.success(request, done)
            return redirect("assistance:caseload")
    rows = [
        (a.case, request.POST.get(f"to_{a.case_id}", ""), request.POST.get(f"note_{a.case_id}", ""),
         bool(refusal and refusal.field in (f"to_{a.case_id}", f"note_{a.case_id}")))
        for a in families
    ]  # fmt: skip
    context = {
        "leaving": leaving, "rows": rows, "board": [r for r in loads(leaving.institution_id, on=today) if r.post != leaving],
        "refusal": refusal, "today": today, "typed": {k: request.POST.get(k, "") for k in ("on", "reason", "over_limit_reason")},
    }  # fmt: skip
    return render(request, "assistance/reassign.html", context)


def _move_all(request: Request, leaving: Post, families: list[Any]) -> int:
    to, notes = {}, {}
    for a in families:
        chosen = request.POST.get(f"to_{a.case_id}", "")
        if chosen:
            to[a.case_id] = _post(request, chosen)
            notes[a.case_id] = assign.Handover(request.POST.get(f"note_{a.case_id}", ""))
    try:
        on = date.fromisoformat(request.POST.get("on", ""))
    except ValueError:
        raise Refusal(_("Podaj dzień przekazania."), field="on") from None
    made = assign.bulk_reassign(
        request.actor, leaving, to=to, on=on, reason=request.POST.get("reason", ""), handovers=notes,
        over_limit_reason=request.POST.get("over_limit_reason", ""),
    )  # fmt: skip
    return len(made)


@page(reads="assistance.court.list_view")
def court_list(request: Request) -> HttpResponse:
    """The register of court requests; `?stan=wszystkie` shows all, `?format=csv` downloads."""
    all_of_them = request.GET.get("stan") == "wszystkie"
    rows = court_register(request.actor, open_only=not all_of_them)
    if request.GET.get("format") == "csv":
        header = [_("Sygnatura"), _("Sąd"), _("Rodzina"), _("Czego żąda"), _("Wpłynęło"), _("Termin"), _("Gotowe"), _("Wysłano"),
                  _("Doręczono")]  # fmt: skip
        return csv_response("zadania-sadu", header, [
            (r.docket, r.court, r.family.name if r.family else "", r.get_kind_display(), r.received_on, r.due_on,
             r.prepared_on or "", r.sent_on or "", r.delivered_on or "") for r in rows
        ])  # fmt: skip
    context = {
        "rows": [(r, COURT_STAGES.label_of(r.stage)) for r in rows], "all": all_of_them,
        "information": information(request.actor), "office_tabs": office_tabs(request), "may_list": may(request.actor, "assistance.court.list"),
    }  # fmt: skip
    return render(request, "assistance/court_list.html", context)


@page(reads="assistance.court.list_view")
def court_new_list(request: Request) -> HttpResponse:
    """A criminal court calls for the list of assistants. POST registers the call."""
    form = forms.ListCall(request.POST or None)
    if request.method == "POST" and form.is_valid():
        demand = court.Demand(kind="LIST", **form.cleaned_data)
        if attempt(form, lambda: court.register_list_call(request.actor, None, demand=demand, today=clock.today())):
            messages.success(request, _("Zarejestrowano wezwanie sądu."))
            return redirect("assistance:court-list")
    return render(request, "assistance/plain_form.html", {"form": form, "heading": _("Wezwanie sądu o listę asystentów"),
                                                          "lead": _("Pracodawca przekazuje listę niezwłocznie (art. 17 ust. 5)."),
                                                          "back": "/asysta/sad/"})  # fmt: skip


COURT_STEPS: dict[str, tuple[type[Any], Any, bool, str]] = {
    "gotowe": (forms.CourtPrepare, court.prepare_answer, False, "assistance.court.prepare"),
    "wyslij": (forms.CourtSend, court.send_answer, True, "assistance.court.send"),
    "doreczono": (forms.OnDay, court.deliver_answer, True, "assistance.court.deliver"),
    "termin": (forms.CourtMoveDue, court.move_due, False, "assistance.court.move_due"),
    "odstapil": (forms.WithReason, court.withdraw_request, False, "assistance.court.withdraw"),
}
NEXT_STEP = {
    "RECEIVED": ("gotowe", "termin", "odstapil"),
    "PREPARED": ("wyslij", "termin", "odstapil"),
    "SENT": ("doreczono",),
}


@page(reads="assistance.court.view")
def court_request(request: Request, request_id: UUID) -> HttpResponse:
    """One court request with its steps; `?krok=` opens a step's form. POST makes it."""
    found = court_request_of(request.actor, request_id)
    steps = NEXT_STEP.get(found.stage, ())
    if found.kind == "LIST" and found.stage == "RECEIVED":
        steps = ("wyslij", "odstapil")
    step = request.GET.get("krok") or (steps[0] if steps else "")
    form = None
    if step in steps:
        make, call, dated, code = COURT_STEPS[step]
        if may(request.actor, code, found):
            form = make(request.POST or None)
            if request.method == "POST" and form.is_valid():
                extra = {"today": clock.today()} if dated else {}
                if attempt(form, lambda: call(request.actor, found, **form.cleaned_data, **extra)):
                    messages.success(request, _("Zapisano."))
                    return redirect("assistance:court-view", found.pk)
    labels = {"gotowe": _("Odpowiedź gotowa"), "wyslij": _("Wysłano do sądu"), "doreczono": _("Doręczono sądowi"),
              "termin": _("Sąd zmienił termin"), "odstapil": _("Sąd odstąpił")}  # fmt: skip
    context = {
        "request_": found, "stage": COURT_STAGES.label_of(found.stage), "form": form, "step": step,
        "steps": [(s, labels[s]) for s in steps], "step_label": labels.get(step, ""),
        "may_case": found.case is not None and may(request.actor, "cases.case.view", found.case),
    }  # fmt: skip
    return render(request, "assistance/court_view.html", context)


@page(reads="assistance.information.view")
def information_view(request: Request, request_id: UUID) -> HttpResponse:
    """One question to or from an institution. POST records the answer."""
    found = information_of(request.actor, request_id)
    form = forms.Answer(request.POST or None) if found.answered_on is None else None
    if form is not None and request.method == "POST" and form.is_valid() and attempt(
        form, lambda: court.answer_information(request.actor, found, today=clock.today(), **form.cleaned_data)
    ):  # fmt: skip
        messages.success(request, _("Zapisano odpowiedź."))
        return redirect("assistance:court-list")
    return render(request, "assistance/information.html", {"found": found, "form": form})


@page(reads="assistance.monitoring.list")
def monitoring_list(request: Request) -> HttpResponse:
    """Families in monitoring."""
    return render(
        request, "assistance/monitoring.html", {"rows": monitored(request.actor), "office_tabs": office_tabs(request)}
    )


@page(reads="assistance.register.view")
def register(request: Request) -> HttpResponse:
    """The register of families with an assistant in a year; `?format=csv` downloads it."""
    try:
        year = int(request.GET.get("rok", clock.today().year))
        since, until = date(year, 1, 1), date(year, 12, 31)
    except ValueError:
        raise Http404 from None
    rows = assisted(request.actor, since=since, until=until)
    if request.GET.get("format") == "csv":
        header = [
            _("Lp."),
            _("Znak sprawy"),
            _("Rodzina"),
            _("Podstawa"),
            _("Asystent"),
            _("Od"),
            _("Do"),
            _("Przyczyna zakończenia"),
        ]
        return csv_response(f"rejestr-rodzin-{year}", header, [
            (n, r.case.case_mark, r.family.name, r.get_basis_display(), who, r.assigned_on, r.ended_on or "",
             END_REASONS.label_of(r.end_reason) if r.end_reason else "") for n, (r, who) in enumerate(rows, start=1)
        ])  # fmt: skip
    years = range(clock.today().year, clock.today().year - 6, -1)
    return render(
        request,
        "assistance/register.html",
        {"rows": rows, "year": year, "years": years, "office_tabs": office_tabs(request)},
    )


@page(reads="assistance.handover.view")
def handover_view(request: Request, note_id: UUID) -> HttpResponse:
    """A handover note, printable."""
    return render(request, "assistance/handover.html", {"note": handover_of(request.actor, note_id)})
