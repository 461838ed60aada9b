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
from django.utils.translation import gettext_lazy

from gniazdo.access.queries import may
from gniazdo.access.views import Request, page
from gniazdo.assistance.actions.report import PARTS, edit_report, read_report, start_report, submit_report
from gniazdo.assistance.actions.timecard import (
    accept_card,
    add_time_entry,
    remove_time_entry,
    return_card,
    set_own_share,
    submit_card,
    withdraw_card,
)
from gniazdo.assistance.models import MonthlyReport, TimeCard, TimeEntry, Visit
from gniazdo.assistance.queries.papers import REPORT_PARTS, blank_report_pdf, report_pdf
from gniazdo.assistance.queries.reviews import case_to_review, report_numbers, report_of, visits_between
from gniazdo.assistance.queries.timecard import Card, Row, cards_to_accept, hours, time_card, trainings
from gniazdo.assistance.queries.timeprints import (
    CARD_HEAD,
    blank_card_pdf,
    card_pdf,
    card_rows,
    row_words,
    spent_on,
    travel_pdf,
)
from gniazdo.assistance.views.visit import pdf
from gniazdo.assistance.vocab import CONTACT_KINDS, TIME_KINDS
from gniazdo.cases.models import CaseFile
from gniazdo.kernel import clock
from gniazdo.kernel.terms import add_months
from gniazdo.orgs.models import Institution
from gniazdo.platform.forms import Form, attempt
from gniazdo.platform.tables import csv_response, xlsx_response
from gniazdo.platform.views import in_polish


class EntryForm(Form):
    """Own work outside visits."""

    on = forms.DateField(label=gettext_lazy("Dzień"), widget=forms.DateInput)
    starts = forms.TimeField(label=gettext_lazy("Od godziny"), widget=forms.TimeInput)
    minutes = forms.IntegerField(label=gettext_lazy("Ile minut"), min_value=1, max_value=720)
    kind = forms.ChoiceField(label=gettext_lazy("Co"), choices=TIME_KINDS.choices())
    note = forms.CharField(label=gettext_lazy("Uwagi"), required=False, max_length=160)
    km = forms.DecimalField(
        label=gettext_lazy("Kilometry"), required=False, min_value=0, max_digits=5, decimal_places=1, localize=True
    )
    ticket = forms.DecimalField(
        label=gettext_lazy("Bilet (zł)"), required=False, min_value=0, max_digits=6, decimal_places=2, localize=True
    )


class ShareForm(Form):
    """The second worker's own time and travel of a visit made together."""

    minutes = forms.IntegerField(label=gettext_lazy("Twój czas (minuty)"), min_value=1, max_value=720)
    km = forms.DecimalField(
        label=gettext_lazy("Twoje kilometry"),
        required=False,
        min_value=0,
        max_digits=5,
        decimal_places=1,
        localize=True,
    )
    ticket = forms.DecimalField(
        label=gettext_lazy("Twój bilet (zł)"),
        required=False,
        min_value=0,
        max_digits=6,
        decimal_places=2,
        localize=True,
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
    if kind in ("pdf", "przejazdy"):
        return _printed_card(card.post.pk, month, request, travel=kind == "przejazdy")
    if kind in ("csv", "xlsx"):
        return (csv_response if kind == "csv" else xlsx_response)(name, [_(h) for h in CARD_HEAD], card_rows(card))
    form = EntryForm(initial={"on": clock.today(), "minutes": 60})
    other: forms.Form = forms.Form(request.POST or None)
    share: ShareForm | None = None
    if request.method == "POST":
        do = request.POST.get("do", "")
        if do == "add":
            form = EntryForm(request.POST)
            done = form.is_valid() and attempt(form, lambda: _add(request, card, form))
        elif do.startswith("share:"):
            share = ShareForm(request.POST, prefix=do.removeprefix("share:"))
            done = share.is_valid() and attempt(share, lambda: _share(request, card, do.removeprefix("share:"), share))
        else:
            done = other.is_valid() and attempt(other, lambda: _act(request, card))
        if done:
            return redirect(_url(card))
    problems = [*form.non_field_errors(), *other.non_field_errors(), *(share.non_field_errors() if share else ())]
    context = {**_card_context(request, card, form, share), "problems": problems}
    return render(request, "assistance/timecard.html", context)


@in_polish
def _printed_card(post_id: UUID, month: date, request: Request, *, travel: bool) -> HttpResponse:
    """The card or its register of travel as paper: read anew, since its words are the reader's."""
    card = time_card(request.actor, month=month, post_id=post_id)
    if travel:
        return pdf(travel_pdf(card), f"rejestr-przejazdow-{month:%Y-%m}")
    return pdf(card_pdf(card), f"karta-czasu-{month:%Y-%m}")


@page(reads="assistance.timecard.view")
@in_polish
def timecard_blank(request: Request) -> HttpResponse:
    """An empty time card to fill by hand."""
    return pdf(blank_card_pdf(_institution(request)), "karta-czasu-pusta")


@page(reads="assistance.review.view")
@in_polish
def monthly_blank(request: Request) -> HttpResponse:
    """An empty monthly report to fill by hand."""
    return pdf(blank_report_pdf(_institution(request)), "sprawozdanie-puste")


def _institution(request: Request) -> Institution:
    return Institution.objects.system().get(pk=request.actor.institution_id)


def _url(card: Card) -> str:
    return f"{reverse('assistance:timecard')}?miesiac={card.month:%Y-%m}&osoba={card.post.pk}"


def _add(request: Request, card: Card, form: EntryForm) -> object:
    given = {**form.cleaned_data, "km": form.cleaned_data["km"] or Decimal(0),
             "ticket": form.cleaned_data["ticket"] or Decimal(0)}  # fmt: skip
    return add_time_entry(request.actor, card.post, today=clock.today(), **given)


def _share(request: Request, card: Card, key: str, form: ShareForm) -> object:
    pk, told = _uuid(key), form.cleaned_data
    visit = Visit.objects.for_actor(request.actor).filter(pk=pk, joint_post=card.post).first() if pk else None
    if visit is None:
        return None
    return set_own_share(
        request.actor, visit, minutes=told["minutes"], km=told["km"] or Decimal(0), ticket=told["ticket"] or Decimal(0)
    )


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
    if do == "withdraw":
        return withdraw_card(actor, record)
    return (
        accept_card(actor, record)
        if do == "accept"
        else return_card(actor, record, reason=request.POST.get("reason", ""))
    )


def _line(row: Row, *, may_write: bool, share: ShareForm | None) -> dict[str, Any]:
    """A row of the page: an own entry may be taken out, the own share of a joint visit put right."""
    kind, _sep, key = row.source.partition(":")
    form = None
    if may_write and row.is_joint:
        start = {"minutes": row.minutes, "km": row.km, "ticket": row.ticket}
        form = share if share is not None and share.prefix == key else ShareForm(initial=start, prefix=key)
    return {"row": row, "hours": hours(row.minutes), "entry": key if kind == "entry" else "", "share": form, "key": key}


def _card_context(request: Request, card: Card, form: EntryForm, share: ShareForm | None) -> dict[str, Any]:
    actor, record = request.actor, card.record
    is_own = card.post.pk == actor.post_id
    may_write = is_own and not card.is_locked and may(actor, "assistance.timecard.add", card.post)
    rows = [_line(r, may_write=may_write, share=share) for r in card.rows]
    return {
        "card": card, "form": form, "rows": rows, "shares": [one for one in rows if one["share"]],
        "hours": hours(card.totals.minutes), "groups": spent_on(card.totals), "tasks": card.tasks,
        "changes": [{"was": row_words(d.was), "now": row_words(d.now), "who": d.who, "at": d.at, "why": d.why} for d in card.differences],
        "before": add_months(card.month, -1), "after": add_months(card.month, 1), "is_own": is_own, "may_write": may_write,
        "may_withdraw": is_own and card.state == "SUBMITTED" and record is not None and may(actor, "assistance.timecard.withdraw", record),
        "may_accept": not is_own and record is not None and may(actor, "assistance.timecard.accept", record),
        "base": f"osoba={card.post.pk}&miesiac={card.month:%Y-%m}",
    }  # fmt: skip


@page(reads="assistance.timecard.list")
def timecard_list(request: Request) -> HttpResponse:
    """Time cards waiting to be accepted."""
    cards: list[TimeCard] = cards_to_accept(request.actor)
    return render(request, "assistance/timecard_list.html", {"cards": [(c, hours(c.minutes)) for c in cards]})


@page(reads="assistance.training.list")
def training_list(request: Request) -> HttpResponse:
    """The register of supervision and training of a year, from time cards; also as CSV."""
    told = request.GET.get("rok", "")
    year = int(told) if told.isdigit() and len(told) == 4 else clock.today().year
    rows = trainings(request.actor, year=year)
    if request.GET.get("format") == "csv":
        header = [_("Dzień"), _("Pracownik"), _("Co"), _("Godz."), _("Uwagi")]
        return csv_response(
            f"superwizje-{year}", header, [(r.on, r.post, r.get_kind_display(), hours(r.minutes), r.note) for r in rows]
        )
    context = {"rows": [(r, hours(r.minutes)) for r in rows], "year": year, "before": year - 1, "after": year + 1}
    return render(request, "assistance/training_list.html", context)


@in_polish
def _printed_report(case_id: UUID, report: MonthlyReport, month: date) -> HttpResponse:
    return pdf(report_pdf(report, report_numbers(case_id, report, month=month)), f"sprawozdanie-{month:%Y-%m}")


@page(reads="assistance.review.view")
def monthly_report(request: Request, case_id: UUID) -> HttpResponse:
    """The report of a month: counts, sentences of visits to tick, own words; handing in and reading."""
    case = case_to_review(request.actor, case_id)
    month = _month(request.GET.get("miesiac", ""))
    report = report_of(case.pk, month=month)
    if report and request.GET.get("jako") == "pdf":
        return _printed_report(case.pk, report, month)
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
            "code": part, "label": _(REPORT_PARTS[part]), "chosen": any(kind == part for kind, _pk in chosen),
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
        "may_read": report is not None and report.state == "SUBMITTED" and may(actor, "assistance.report.read", report)
        and not (report.read_by_manager_id if actor.has_role("manager", "team_leader") else report.read_by_worker_id),
    }  # fmt: skip
