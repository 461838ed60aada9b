"""Screens of the import: files taken in, their columns, the dry run and how the reading in goes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gniazdo.access.rules import Refusal
from gniazdo.access.views import Request, page
from gniazdo.exchange.actions import begin_import, map_columns, start_import
from gniazdo.exchange.forms import MapForm, UploadForm
from gniazdo.exchange.models import ImportRun
from gniazdo.exchange.queries import (
    days_kept,
    error_header,
    error_rows,
    import_run,
    import_runs,
    lists_read,
    outlooks_of,
    remarks,
    samples_of,
    saved_mappings,
)
from gniazdo.exchange.rules.sentences import from_json, told
from gniazdo.exchange.tasks import read_in
from gniazdo.exchange.vocab import IMPORT_FATES
from gniazdo.kernel import clock
from gniazdo.platform.forms import attempt
from gniazdo.platform.tables import csv_response, xlsx_response
from gniazdo.platform.views import in_polish

PAGE = 50
READS = "exchange.import.view"
FATES = {"new": "ok", "known": "", "changed": "warn", "here": "info", "blocked": "bad"}
TONES = {"MAPPING": "", "READY": "info", "RUNNING": "info", "DONE": "ok", "FAILED": "bad"}


@page(reads=READS)
def import_list(request: Request) -> HttpResponse:
    """Files taken in, and the form for the next one."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, made = form.cleaned_data["file"], []
        if attempt(
            form, lambda: made.append(start_import(request.actor, None, file_name=file.name, content=file.read()))
        ):
            return redirect("exchange:import-map", made[0].pk)
    runs = [(run, TONES[run.state]) for run in import_runs(request.actor)]
    return render(
        request,
        "exchange/import_list.html",
        {"form": form, "runs": runs, "kept": days_kept(request.actor.institution_id, on=clock.today())},
    )


@page(reads=READS)
def import_map(request: Request, run_id: UUID) -> HttpResponse:
    """Which column is what; sending it makes the dry run."""
    run = import_run(request.actor, run_id)
    if run.state not in ("MAPPING", "READY") or run.content is None:
        return redirect("exchange:import-preview", run.pk)
    saved = saved_mappings(request.actor)
    chosen = next((m for m in saved if str(m.pk) == request.GET.get("przypisanie")), None)
    form = MapForm(run.header, chosen.mapping if chosen else run.mapping, run.list_name, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: map_columns(
            request.actor, run, columns=form.wanted(), last_first=given["last_first"] == "1", on=clock.today(), save_as=given["save_as"],
            list_name=given["list_name"],
        )):  # fmt: skip
            return redirect("exchange:import-preview", run.pk)
    samples = samples_of(run)
    columns = [(form[f"c{n}"], samples[n]) for n in range(len(run.header))]
    context = {
        "run": run,
        "form": form,
        "columns": columns,
        "saved": saved,
        "chosen": chosen,
        "lists": lists_read(request.actor),
    }
    return render(request, "exchange/import_map.html", context)


def _tiles(run: ImportRun) -> list[tuple[str, int]]:
    names = {
        "new": _("rodzin do wczytania"), "people": _("osób w tych rodzinach"), "known": _("rodzin już wczytanych"),
        "changed": _("wczytanych, ale w pliku innych"), "here": _("rodzin w systemie, spoza wykazu"), "blocked": _("rodzin do poprawy"),
    }  # fmt: skip
    return [(name, n) for code, name in names.items() if (n := run.counts.get(code, 0)) or code in ("new", "people")]


def _families(run: ImportRun, start: int) -> tuple[list[Any], int | None]:
    if run.state != "READY" or run.content is None:
        return [], None
    found = outlooks_of(run, start=start, size=PAGE + 1, on=clock.today())
    rows = [
        (
            o,
            FATES[o.fate],
            IMPORT_FATES.label_of(o.fate),
            [told(p.reason) for p in o.reasons()] if o.fate != "new" else [],
        )
        for o in found[:PAGE]
    ]
    return rows, start + PAGE if len(found) > PAGE else None


@page(reads=READS)
def import_preview(request: Request, run_id: UUID) -> HttpResponse:
    """What the import would do, how far it is, or how it ended. POST starts it or goes on."""
    run = import_run(request.actor, run_id)
    if request.method == "POST":
        try:
            begin_import(request.actor, run)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            read_in.enqueue(run_id=str(run.pk), post_id=str(request.actor.post_id))
            messages.success(request, _("Wczytywanie ruszyło. Możesz zająć się czymś innym."))
        return redirect("exchange:import-preview", run.pk)
    if run.state == "MAPPING" and run.content is not None:
        return redirect("exchange:import-map", run.pk)
    try:
        start = max(int(request.GET.get("od", 0)), 0)
    except ValueError:
        raise Http404 from None
    families, after = _families(run, start)
    context = {
        "run": run, "has_file": run.content is not None, "tiles": _tiles(run), "families": families, "next": after, "problems": remarks(run, most=PAGE), "trouble": from_json(run.trouble),
        "more_problems": max(len(run.problems) - PAGE, 0), "made": run.families.count(), "tone": TONES[run.state],
        "button": ngettext("Wczytaj %(n)d rodzinę", "Wczytaj rodziny: %(n)d", run.counts.get("new", 0)) % {"n": run.counts.get("new", 0)},
    }  # fmt: skip
    template = "exchange/_progress.html" if request.htmx and run.state == "RUNNING" else "exchange/import_preview.html"
    response = render(request, template, context)
    if request.htmx and run.state != "RUNNING":
        response["HX-Refresh"] = "true"
    return response


@page(reads=READS)
@in_polish
def import_errors(request: Request, run_id: UUID) -> HttpResponse:
    """Everything that was wrong in the file, by row and column, as a file: `?format=xlsx` or CSV."""
    run = import_run(request.actor, run_id)
    export = xlsx_response if request.GET.get("format") == "xlsx" else csv_response
    return export("uwagi-do-pliku", error_header(), error_rows(run))
