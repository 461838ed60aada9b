"""Screens of time and months: the time card, cards to accept, the monthly report on work with a family."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from gniazdo.access.queries import may
from gniazdo.access.views import Request, page
from gniazdo.assistance.actions.report import PARTS, edit_report, read_report, start_report, submit_report
from gniazdo.assistance.actions.timecard import accept_card, add_time_entry, remove_time_entry, return_card, submit_card
from gniazdo.assistance.models import MonthlyReport, TimeCard, TimeEntry
from gniazdo.assistance.queries.papers import CARD_HEAD, REPORT_PARTS, card_pdf, card_rows, report_pdf, spent_on
from gniazdo.assistance.queries.reviews import case_to_review, report_numbers, report_of, visits_between
from gniazdo.assistance.queries.timecard import Card, cards_to_accept, hours, time_card
from gniazdo.assistance.views.visit import pdf
from gniazdo.assistance.vocab import CONTACT_KINDS, TIME_KINDS
from gniazdo.cases.models import CaseFile
from gniazdo.kernel import clock
from gniazdo.kernel.terms import add_months
from gniazdo.platform.forms import Form, attempt
from gniazdo.platform.tables import csv_response, xlsx_response


class EntryForm(Form):
    """Own work outside visits."""

    on = forms.DateField(label=_l("Dzień"), widget=forms.DateInput)
    starts = forms.TimeField(label=_l("Od godziny"), widget=forms.TimeInput)
    minutes = forms.IntegerField(label=_l("Ile minut"), min_value=1, max_value=720)
    kind = forms.ChoiceField(label=_l("Co"), choices=TIME_KINDS.choices())
    note = forms.CharField(label=_l("Uwagi"), required=False, max_length=160)
    km = forms.DecimalField(
        label=_l("Kilometry"), required=False, min_value=0, max_digits=5, decimal_places=1, localize=True
    )


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return clock.today().replace(day=1)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@page(reads="assistance.timecard.view")
def timecard(request: Request) -> HttpResponse:
    """A month of one's own time, or of a worker whose time one may see; also as PDF, CSV and XLSX."""
    month = _month(request.GET.get("miesiac", ""))
    card = time_card(request.actor, month=month, post_id=_uuid(request.GET.get("osoba", "")))
    kind, name = request.GET.get("jako", ""), f"karta-czasu-{month:%Y-%m}"
    if kind == "pdf":
        return pdf(card_pdf(card), name)
    if kind in ("csv", "xlsx"):
        return (csv_response if kind == "csv" else xlsx_response)(name, [_(h) for h in CARD_HEAD], card_rows(card))
    form = EntryForm(initial={"on": clock.today(), "minutes": 60})
    other = forms.Form(request.POST or None)
    if request.method == "POST":
        if request.POST.get("do") == "add":
            form = EntryForm(request.POST)
            done = form.is_valid() and attempt(form, lambda: _add(request, card, form))
        else:
            done = other.is_valid() and attempt(other, lambda: _act(request, card))
        if done:
            return redirect(_url(card))
    problems = [*form.non_field_errors(), *other.non_field_errors()]
    return render(request, "assistance/timecard.html", {**_card_context(request, card, form), "problems": problems})


def _url(card: Card) -> str:
    return f"{reverse('assistance:timecard')}?miesiac={card.month:%Y-%m}&osoba={card.post.pk}"


def _add(request: Request, card: Card, form: EntryForm) -> object:
    given = {**form.cleaned_data, "km": form.cleaned_data["km"] or Decimal(0)}
    return add_time_entry(request.actor, card.post, today=clock.today(), **given)


def _act(request: Request, card: Card) -> object:
    actor, do, record = request.actor, request.POST.get("do", ""), card.record
    if do.startswith("remove:"):
        pk = _uuid(do.removeprefix("remove:"))
        entry = TimeEntry.objects.for_actor(actor).filter(pk=pk, post=card.post).first() if pk else None
        return remove_time_entry(actor, entry) if entry else None
    if do == "submit":
        return submit_card(actor, card.post, month=card.month, today=clock.today())
    if record is None:
        return None
    return (
        accept_card(actor, record)
        if do == "accept"
        else return_card(actor, record, reason=request.POST.get("reason", ""))
    )


def _card_context(request: Request, card: Card, form: EntryForm) -> dict[str, Any]:
    is_own = card.post.pk == request.actor.post_id
    return {
        "card": card, "form": form, "rows": [{"row": r, "hours": hours(r.minutes), "entry": r.source.removeprefix("entry:") if r.source.startswith("entry:") else ""} for r in card.rows],
        "hours": hours(card.totals.minutes), "groups": spent_on(card.totals),
        "before": add_months(card.month, -1), "after": add_months(card.month, 1), "is_own": is_own,
        "may_write": is_own and not card.is_locked and may(request.actor, "assistance.timecard.add", card.post),
        "may_accept": not is_own and card.record is not None and may(request.actor, "assistance.timecard.accept", card.record),
        "base": f"osoba={card.post.pk}&miesiac={card.month:%Y-%m}",
    }  # fmt: skip


@page(reads="assistance.timecard.list")
def timecard_list(request: Request) -> HttpResponse:
    """Time cards waiting to be accepted."""
    cards: list[TimeCard] = cards_to_accept(request.actor)
    return render(request, "assistance/timecard_list.html", {"cards": [(c, hours(c.minutes)) for c in cards]})


@page(reads="assistance.review.view")
def monthly_report(request: Request, case_id: UUID) -> HttpResponse:
    """The report of a month: counts, sentences of visits to tick, own words; handing in and reading."""
    case = case_to_review(request.actor, case_id)
    month = _month(request.GET.get("miesiac", ""))
    report = report_of(case.pk, month=month)
    if report and request.GET.get("jako") == "pdf":
        return pdf(report_pdf(report, report_numbers(case.pk, report, month=month)), f"sprawozdanie-{month:%Y-%m}")
    form = forms.Form(request.POST or None)
    if request.method == "POST":
        form.is_valid()
        if attempt(form, lambda: _report_act(request, case, report, month)):
            messages.success(request, _("Zapisano."))
            return redirect(f"{reverse('assistance:monthly-report', args=[case.pk])}?miesiac={month:%Y-%m}")
    return render(request, "assistance/monthly_report.html", _report_context(request, case, report, month, form))


@page(reads="assistance.review.view")
def monthly_view(request: Request, report_id: UUID) -> HttpResponse:
    """A report opened from the timeline."""
    report = MonthlyReport.objects.for_actor(request.actor).filter(pk=report_id).first()
    case = case_to_review(request.actor, report.case_id if report else report_id)
    month = report.month if report else clock.today()
    return redirect(f"{reverse('assistance:monthly-report', args=[case.pk])}?miesiac={month:%Y-%m}")


def _report_act(request: Request, case: CaseFile, report: MonthlyReport | None, month: date) -> object:
    do = request.POST.get("do", "")
    if report is None:
        return start_report(request.actor, case, month=month, today=clock.today())
    if do == "read":
        return read_report(request.actor, report)
    if do == "submit":
        return submit_report(request.actor, report, on=clock.today())
    known = {v.pk: v for v in visits_between(case.pk, since=report.month, until=add_months(report.month, 1))}
    inserts: dict[tuple[UUID, str], str] = {}
    for part in PARTS:
        for pk, visit in known.items():
            if str(pk) in request.POST.getlist(f"in-{part}"):
                inserts[(pk, part)] = visit.course.strip() or visit.topic
    rev = request.POST.get("rev", "")
    return edit_report(
        request.actor, report, texts={p: request.POST.get(p, "") for p in PARTS}, inserts=inserts,
        rev=int(rev) if rev.isdigit() else None,
    )  # fmt: skip


def _report_context(
    request: Request, case: CaseFile, report: MonthlyReport | None, month: date, form: forms.Form
) -> dict[str, Any]:
    chosen = {(i.part, i.visit_id) for i in report.inserts.order_by("id")} if report else set()
    visits = [
        v for v in visits_between(case.pk, since=month, until=add_months(month, 1)) if v.course.strip() or v.topic
    ]
    counts = report_numbers(case.pk, report, month=month)
    typed = request.POST if request.method == "POST" and "rev" in request.POST else None
    parts = [
        {
            "code": part, "label": _(REPORT_PARTS[part]),
            "text": typed.get(part, "") if typed else getattr(report, part, ""),
            "visits": [(v, (str(v.pk) in typed.getlist(f"in-{part}")) if typed else (part, v.pk) in chosen,
                        CONTACT_KINDS.label_of(v.kind)) for v in visits],
        }
        for part in PARTS
    ]  # fmt: skip
    actor = request.actor
    return {
        "case": case, "report": report, "month": month, "form": form, "counts": counts, "hours": hours(counts.minutes),
        "parts": parts, "before": add_months(month, -1), "after": add_months(month, 1),
        "may_start": report is None and may(actor, "assistance.report.start", case),
        "may_write": report is not None and report.state == "DRAFT" and may(actor, "assistance.report.edit", report),
        "may_read": report is not None and report.state == "SUBMITTED" and may(actor, "assistance.report.read", report),
    }  # fmt: skip
