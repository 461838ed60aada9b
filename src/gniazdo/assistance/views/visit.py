"""Screens of visits: recording one in under a minute, what it fed, correcting it, the list, printing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gniazdo.access.queries import may
from gniazdo.access.views import Request, page
from gniazdo.assistance.actions.steps import open_assignments
from gniazdo.assistance.actions.visit import DRAFT, correct_visit, record_failed_contact, record_note, record_visit
from gniazdo.assistance.forms.visit import CorrectionForm, NoteForm, VisitForm, said_before, starting
from gniazdo.assistance.models import Visit
from gniazdo.assistance.queries.papers import blank_visit_pdf, visit_pdf
from gniazdo.assistance.queries.reviews import case_to_review
from gniazdo.assistance.queries.visits import (
    Beginning,
    beginning,
    case_to_visit,
    failed_in_a_row,
    fed_by,
    visit_of,
    visits_of_case,
)
from gniazdo.cases.models import CaseFile
from gniazdo.kernel import clock
from gniazdo.orgs.models import Institution
from gniazdo.orgs.queries import posts_with_role
from gniazdo.papers.actions.drafts import save_draft
from gniazdo.papers.queries.sheets import draft_by_key
from gniazdo.people.queries.families import family_header
from gniazdo.platform.forms import attempt
from gniazdo.platform.models import Prepared
from gniazdo.platform.views import in_polish


def pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF shown in the browser."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def _workers(request: Request) -> Callable[[], list[tuple[str, str]]]:
    """Who may have come along, asked only when the form is shown or somebody is chosen."""
    actor = request.actor

    @cache
    def ask() -> list[tuple[str, str]]:
        found = _COLLEAGUES.rows(institution_id=actor.institution_id, on=clock.today())
        people = [(str(pk), f"{first} {last}, {title}") for pk, first, last, title in found if pk != actor.post_id]
        return [("", _("z nikim")), *people]

    return ask


def _colleagues(institution_id: UUID, on: date) -> QuerySet[Any, Any]:
    """Who may be on a visit together: social workers and other assistants."""
    both = posts_with_role(institution_id, "social_worker", on=on) | posts_with_role(institution_id, "assistant", on=on)
    found: QuerySet[Any, Any] = both.values_list("pk", "user__first_name", "user__last_name", "title")
    return found[:MOST_WORKERS]


MOST_WORKERS = 1000
_COLLEAGUES = Prepared(_colleagues)


def _drafted(form: VisitForm, data: dict[str, Any]) -> dict[str, Any]:
    """A stored draft as initial values, read by the fields' own widgets."""
    kept = QueryDict(mutable=True)
    for name, values in data.items():
        kept.setlist(name, values if isinstance(values, list) else [values])
    return {name: field.widget.value_from_datadict(kept, {}, name) for name, field in form.fields.items()}


@page(reads="assistance.visit.prepare")
def visit_new(request: Request, case_id: UUID) -> HttpResponse:
    """The visit form. A failed attempt or a note is one tap of the same page."""
    case = case_to_visit(request.actor, case_id)
    begin = beginning(case, on=clock.today())
    workers = _workers(request)
    if request.method == "POST":
        form = VisitForm(request.POST, begin=begin, workers=workers)
        done = _quick(request, case, form) if "quick" in request.POST else _record(request, case, form)
        if done:
            messages.success(request, _("Zapisano. Poniżej widać, co z tego zapisu skorzystało."))
            _tell_of_silence(request, case, done)
            return redirect("assistance:visit-view", visit_id=done.pk)
    else:
        form = VisitForm(begin=begin, workers=workers, initial=starting(begin, now=clock.now()))
        draft = draft_by_key(request.actor, DRAFT, str(case.pk))
        if draft:
            form.initial = {**form.initial, **_drafted(form, draft.data)}
        elif "wspolna" in request.GET:
            form.initial["joint_post"] = next((str(a.post_id) for a in open_assignments(case, "SOCIAL_WORKER")), "")
    return render(request, "assistance/visit_new.html", _context(request, case, begin, form))


def _tell_of_silence(request: Request, case: CaseFile, visit: Visit) -> None:
    """After several attempts without contact: work may be suspended (practice 2.1). The worker decides."""
    tries = failed_in_a_row(case, on=clock.today()) if visit.group == "failed" else 0
    if tries and case.state != "SUSPENDED" and may(request.actor, "assistance.case.suspend", case):
        said = _("To %(n)s. próba z rzędu bez kontaktu z rodziną. Rozważ czynność „Zawieś pracę” na stronie sprawy.")
        messages.warning(request, said % {"n": tries})


def _context(request: Request, case: CaseFile, begin: Beginning, form: VisitForm) -> dict[str, Any]:
    return {
        "case": case, "begin": begin, "form": form, "note_form": NoteForm(), "is_first": case.state == "ASSIGNED",
        "header": family_header(request.actor, case.family_id, clock.today()),
    }  # fmt: skip


def _record(request: Request, case: CaseFile, form: VisitForm) -> Visit | None:
    made: list[Visit] = []
    if form.is_valid() and attempt(
        form, lambda: made.append(record_visit(request.actor, case, entry=form.entry(), today=clock.today()))
    ):
        return made[0]
    return None


def _quick(request: Request, case: CaseFile, form: VisitForm) -> Visit | None:
    made: list[Visit] = []
    now, today, quick = clock.now(), clock.today(), request.POST["quick"]

    def act() -> None:
        if quick == "NOTE":
            made.append(record_note(request.actor, case, text=request.POST.get("text", ""), at=now, today=today))
        else:
            made.append(record_failed_contact(request.actor, case, kind=quick, at=now, today=today))

    form.errors.clear()
    return made[0] if attempt(form, act) else None


@page(reads="assistance.visit.prepare")
def visit_draft(request: Request, case_id: UUID) -> HttpResponse:
    """Where the form keeps itself while it is written."""
    case = case_to_visit(request.actor, case_id)
    if request.method != "POST":
        return redirect("assistance:visit-new", case_id=case.pk)
    data = {k: v for k, v in request.POST.lists() if k != "csrfmiddlewaretoken"}
    save_draft(
        request.actor, None, form=DRAFT, key=str(case.pk), data=data, subject_id=case.family_id,
        label=_("Wizyta: %s") % case.family.name, resume_url=reverse("assistance:visit-new", args=[case.pk]),
    )  # fmt: skip
    return JsonResponse({"ok": True})


@page(reads="assistance.visit.view")
def visit_view(request: Request, visit_id: UUID) -> HttpResponse:
    """One visit and what it fed."""
    visit = visit_of(request.actor, visit_id)
    people = list(visit.persons.select_related("person").order_by("id"))
    can_correct = may(request.actor, "assistance.visit.correct", visit) and visit.post_id in request.actor.post_ids
    return render(
        request, "assistance/visit_view.html",
        {
            "visit": visit, "fed": fed_by(visit), "can_correct": can_correct,
            "present": [p.person for p in people if p.present], "children": [p for p in people if p.seen is not None],
        },
    )  # fmt: skip


@page(reads="assistance.visit.view")
def visit_correct(request: Request, visit_id: UUID) -> HttpResponse:
    """Correct a visit; its earlier wording stays readable."""
    visit = visit_of(request.actor, visit_id)
    known = beginning(visit.case, on=visit.on)
    begin = Beginning(known.members, known.last, known.present_last, (), ())
    workers = _workers(request)
    if request.method == "POST":
        form = CorrectionForm(request.POST, begin=begin, workers=workers)
        if form.is_valid() and attempt(
            form,
            lambda: correct_visit(
                request.actor, visit, entry=form.entry(), reason=form.cleaned_data["reason"], today=clock.today(),
                rev=form.cleaned_data["rev"],
            ),
        ):  # fmt: skip
            messages.success(request, _("Poprawiono. Poprzedni zapis został w historii."))
            return redirect("assistance:visit-view", visit_id=visit.pk)
    else:
        form = CorrectionForm(begin=begin, workers=workers, initial=said_before(visit))
    return render(
        request, "assistance/visit_correct.html",
        {"visit": visit, "case": visit.case, "form": form, "begin": begin},
    )  # fmt: skip


@page(reads="assistance.visit.list")
def visit_list(request: Request, case_id: UUID) -> HttpResponse:
    """Visits of a case, newest first."""
    case = case_to_review(request.actor, case_id)
    before = request.GET.get("po", "")
    size = 25
    rows = visits_of_case(request.actor, case.pk, before=_uuid(before), limit=size + 1)
    return render(
        request, "assistance/visit_list.html",
        {
            "case": case, "visits": rows[:size], "after": rows[size - 1].pk if len(rows) > size else "",
            "may_record": may(request.actor, "assistance.visit.record", case),
        },
    )  # fmt: skip


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@page(reads="assistance.visit.view")
@in_polish
def visit_print(request: Request, visit_id: UUID) -> HttpResponse:
    """The protocol of a meeting as PDF, to sign."""
    visit = visit_of(request.actor, visit_id)
    return pdf(visit_pdf(visit, fed_by(visit)), f"protokol-{visit.on}")


@page(reads="assistance.visit.list")
@in_polish
def visit_blank(request: HttpRequest) -> HttpResponse:
    """An empty protocol to take along on paper."""
    institution = Institution.objects.system().get(pk=request.actor.institution_id)  # type: ignore[attr-defined]
    return pdf(blank_visit_pdf(institution), "protokol-pusty")
