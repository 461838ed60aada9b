"""Screens of the institution: its data, logo, file index, teams, settings, register of authorisations."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from gniazdo.access.queries import fetch, may
from gniazdo.access.views import Request, page
from gniazdo.kernel import clock
from gniazdo.kernel.legal import sureness
from gniazdo.orgs.actions import (
    change_institution,
    remove_jrwa_class,
    save_jrwa_class,
    save_team,
    set_logo,
    set_parameter,
)
from gniazdo.orgs.actions.institution import logo_kind
from gniazdo.orgs.forms.work import InstitutionForm, JrwaForm, LogoForm, ParameterForm, TeamForm
from gniazdo.orgs.models import JrwaClass, Team
from gniazdo.orgs.queries import Setting, authorisations, institution_of, jrwa_list, settings_of, teams
from gniazdo.orgs.rules import preview_mark, show_value, value_in_words
from gniazdo.platform.forms import attempt
from gniazdo.platform.tables import csv_response


def _preview(pattern: str) -> str:
    try:
        return preview_mark(pattern, year=clock.today().year)
    except ValueError as error:
        return str(error)


@page(reads="orgs.institution.view")
def institution_view(request: Request) -> HttpResponse:
    """The institution as its papers show it, and the way to everything that is set for it."""
    actor = request.actor
    institution = institution_of(actor)
    return render(request, "orgs/institution.html", {
        "institution": institution, "mark": _preview(institution.case_mark_pattern),
        "may_change": may(actor, "orgs.institution.change"), "may_staff": may(actor, "orgs.staff.view"),
        "may_absences": may(actor, "orgs.absence.view"), "may_register": may(actor, "orgs.authorisation.view"),
        "may_teams": may(actor, "orgs.team.view"),
    })  # fmt: skip


@page(reads="orgs.institution.view")
def institution_edit(request: Request) -> HttpResponse:
    """Change the institution's data; the pattern of the case mark shows what it makes."""
    actor = request.actor
    institution = institution_of(actor)
    names = [n for n in InstitutionForm.base_fields if n not in ("parent", "rev")]
    initial = {n: getattr(institution, n) for n in names} | {"parent": institution.parent_id, "rev": institution.rev}
    form = InstitutionForm(request.POST or None, actor=actor, initial=initial)
    pattern = request.POST.get("case_mark_pattern", institution.case_mark_pattern)
    if (
        request.method == "POST"
        and "preview" not in request.POST
        and form.is_valid()
        and attempt(form, lambda: change_institution(actor, None, **form.values()))
    ):
        messages.success(request, _("Zapisano dane instytucji."))
        return redirect("orgs:institution-view")
    return render(request, "orgs/institution_edit.html", {"form": form, "mark": _preview(pattern)})


@page(reads="orgs.institution.view")
def logo(request: Request) -> HttpResponse:
    """GET: the logo itself. POST: put a new one on the letterhead, or take it off."""
    actor = request.actor
    if request.method != "POST":
        content = bytes(institution_of(actor).logo or b"")
        kind = logo_kind(content)
        if kind is None:
            raise Http404
        return HttpResponse(content, content_type=kind, headers={"X-Content-Type-Options": "nosniff"})
    form = LogoForm(request.POST, request.FILES)
    if form.is_valid():
        sent = form.cleaned_data["logo"]
        content_new = sent.read(1024 * 1024) if sent and "remove" not in request.POST else None
        if attempt(form, lambda: set_logo(actor, None, content=content_new)):
            messages.success(request, _("Zapisano logo.") if content_new else _("Usunięto logo."))
            return redirect("orgs:institution-view")
    for errors in form.errors.values():
        messages.error(request, " ".join(str(e) for e in errors))
    return redirect("orgs:institution-view")


@page(reads="orgs.jrwa.view")
def jrwa(request: Request, row_id: UUID | None = None) -> HttpResponse:
    """The subject file index: list, and one form that adds a class or changes the chosen one."""
    actor = request.actor
    row = fetch(actor, "orgs.jrwa.view", JrwaClass, row_id) if row_id else None
    initial = JrwaForm.initial_of(row) if row else {"since": clock.today().replace(month=1, day=1)}
    if request.method == "POST" and row and "remove" in request.POST:
        remove_jrwa_class(actor, row)
        messages.success(request, _("Usunięto klasę z wykazu akt."))
        return redirect("orgs:jrwa-list")
    form = JrwaForm(request.POST or None, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: save_jrwa_class(actor, row, **form.period_data()))
    ):
        messages.success(request, _("Zapisano klasę w wykazie akt."))
        return redirect("orgs:jrwa-list")
    shown = {"form": form, "row": row, "rows": jrwa_list(actor)[:500], "may_change": may(actor, "orgs.jrwa.change")}
    return render(request, "orgs/jrwa.html", shown)


@page(reads="orgs.team.view")
def team_list(request: Request, team_id: UUID | None = None) -> HttpResponse:
    """Teams: list, and one form that adds a team or renames the chosen one."""
    actor = request.actor
    team = fetch(actor, "orgs.team.view", Team, team_id) if team_id else None
    form = TeamForm(request.POST or None, initial={"name": team.name} if team else None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: save_team(actor, team, name=form.cleaned_data["name"]))
    ):
        messages.success(request, _("Zapisano zespół."))
        return redirect("orgs:team-list")
    found = teams(actor, on=clock.today())[:500]
    shown = {"form": form, "team": team, "teams": found, "may_change": may(actor, "orgs.team.change")}
    return render(request, "orgs/teams.html", shown)


def _words(setting: Setting, value: Any) -> str:
    return value_in_words(value, setting.declared.unit)


def _source(setting: Setting) -> str:
    """How sure the source is, in words, and where it was read."""
    words, where = sureness(setting.declared.mark)
    return f"{_(words)} ({where})" if where else _(words)


@page(reads="orgs.parameter.view")
def parameter_list(request: Request) -> HttpResponse:
    """Every local setting: what the law leaves open, what is in force here, why it exists."""
    rows = [
        (s, _words(s, s.value), _words(s, s.declared.default), _source(s))
        for s in settings_of(request.actor, on=clock.today())
    ]
    return render(
        request, "orgs/parameters.html", {"rows": rows, "may_change": may(request.actor, "orgs.parameter.set")}
    )


@page(reads="orgs.parameter.view")
def parameter_edit(request: Request, code: str) -> HttpResponse:
    """One local setting with its history, and its change from a day on."""
    actor = request.actor
    setting = next((s for s in settings_of(actor, on=clock.today()) if s.declared.id == code), None)
    if setting is None:
        raise Http404
    form = ParameterForm(request.POST or None, initial={"value": show_value(setting.value), "since": clock.today()})
    if request.method == "POST" and form.is_valid():
        d = form.cleaned_data
        if attempt(
            form,
            lambda: set_parameter(
                actor, None, code=code, text=d["value"], since=d["since"], decided_by=d["decided_by"]
            ),
        ):
            messages.success(request, _("Zapisano ustawienie."))
            return redirect("orgs:parameter-edit", code)
    return render(request, "orgs/parameter.html", {
        "form": form, "setting": setting, "value": _words(setting, setting.value), "default": _words(setting, setting.declared.default),
        "mark": _source(setting),
        "history": [(row, _words(setting, row.value)) for row in setting.history], "may_change": may(actor, "orgs.parameter.set"),
    })  # fmt: skip


@page(reads="orgs.authorisation.view")
def authorisation_list(request: Request) -> HttpResponse:
    """The register of authorisations to process data and of undertakings of secrecy; `?plik=csv` gives it as a file."""
    posts = authorisations(request.actor)
    if request.GET.get("plik") == "csv":
        header = [
            _("Nazwisko i imię"), _("Stanowisko"), _("Upoważnienie z dnia"), _("Zobowiązanie do tajemnicy z dnia"),
            _("Pracuje od"), _("Pracuje do"),
        ]  # fmt: skip
        return csv_response("rejestr-upowaznien", header, [
            (f"{p.user.last_name} {p.user.first_name}", p.title, p.authorised_on, p.secrecy_signed_on, p.since, p.last_on)
            for p in posts
        ])  # fmt: skip
    return render(request, "orgs/authorisations.html", {"posts": posts})
