"""Screens of reports: the list, the numbers, the records behind a number, exports."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from gniazdo.access.queries import may
from gniazdo.access.views import Request, page
from gniazdo.kernel import clock
from gniazdo.platform.tables import csv_response, xlsx_response
from gniazdo.reports.actions import freeze_report
from gniazdo.reports.queries import REPORTS, Report, cell_rows, frozen_copies, report_values
from gniazdo.reports.rules import last_full, period_of, title_of

PAGE = 50


def _report(report_id: str) -> Report:
    if report_id not in REPORTS:
        raise Http404
    return REPORTS[report_id]


def _chosen(request: Request, report: Report) -> tuple[int, int]:
    year, number = last_full(report.kind, on=clock.today())
    try:
        year, number = int(request.GET.get("rok", year)), int(request.GET.get("nr", number))
        period_of(report.kind, year, number)
    except ValueError:
        raise Http404 from None
    return year, number


@page(reads="reports.report.view")
def reports(request: Request) -> HttpResponse:
    """All reports the institution can draw."""
    return render(request, "reports/list.html", {"reports": sorted(REPORTS.values(), key=lambda r: r.title)})


@page(reads="reports.report.view")
def report(request: Request, report_id: str) -> HttpResponse:
    """The numbers of one report for a period; `?format=csv|xlsx` downloads them. POST freezes a copy as sent."""
    chosen = _report(report_id)
    year, number = _chosen(request, chosen)
    if request.method == "POST":
        freeze_report(
            request.actor, None, report=chosen, year=year, number=number, note=request.POST.get("note", "")[:300]
        )
        messages.success(request, _("Zapisano kopię sprawozdania: %s.") % title_of(chosen.kind, year, number))
        return redirect(request.get_full_path())
    values = report_values(request.actor, chosen, period_of(chosen.kind, year, number))
    if request.GET.get("format") in ("csv", "xlsx"):
        rows = [(g.label, c.label, values[c.code], c.definition) for g in chosen.groups for c in g.cells]
        export = csv_response if request.GET["format"] == "csv" else xlsx_response
        return export(f"{chosen.id}-{year}-{number}", [_("Dział"), _("Wiersz"), _("Liczba"), _("Definicja")], rows)
    steps = {"HALF": 2, "YEAR": 1, "MONTH": 12}[chosen.kind]
    now_year = clock.today().year
    context = {
        "report": chosen,
        "groups": [(g.label, [(c, values[c.code]) for c in g.cells]) for g in chosen.groups],
        "year": year,
        "number": number,
        "period_title": title_of(chosen.kind, year, number),
        "choices": [
            (y, n, title_of(chosen.kind, y, n)) for y in range(now_year, now_year - 4, -1) for n in range(steps, 0, -1)
        ],
        "copies": frozen_copies(request.actor, chosen),
        "may_freeze": may(request.actor, "reports.report.freeze"),
    }
    return render(request, "reports/report.html", context)


@page(reads="reports.report.view")
def cell(request: Request, report_id: str, code: str) -> HttpResponse:
    """The records behind one number."""
    chosen = _report(report_id)
    year, number = _chosen(request, chosen)
    try:
        after = max(int(request.GET.get("od", 0)), 0)
    except ValueError:
        raise Http404 from None
    found, more = cell_rows(request.actor, chosen, code, period_of(chosen.kind, year, number), after=after, size=PAGE)
    shown = chosen.cells[code]
    context = {
        "report": chosen, "cell": shown, "records": [shown.show(r) for r in found], "year": year, "number": number,
        "period_title": title_of(chosen.kind, year, number), "next": after + PAGE if more else None, "start": after + 1,
    }  # fmt: skip
    return render(request, "reports/cell.html", context)
