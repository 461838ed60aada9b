"""Screens of the periodic assessment and of the moves of a family plan."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gniazdo.access.queries import fetch, may
from gniazdo.access.rules import Actor, Conflict
from gniazdo.access.views import Request, page
from gniazdo.assistance.actions.assessment import (
    DRAFT,
    edit_assessment,
    period_offered,
    read_assessment,
    start_assessment,
    submit_assessment,
)
from gniazdo.assistance.actions.plan import approve_family_plan, return_family_plan, submit_family_plan
from gniazdo.assistance.forms.assessment import (
    HeadForm,
    area_rows,
    arrow,
    as_query,
    goal_rows,
    people_rows,
    read_written,
    values_of,
)
from gniazdo.assistance.models import FamilyAssessment
from gniazdo.assistance.process import ASSISTANCE
from gniazdo.assistance.queries.papers import assessment_pdf, blank_assessment_pdf
from gniazdo.assistance.queries.reviews import (
    assessed_goals,
    assessment_of,
    assessments_of,
    case_to_review,
    evidence_of,
    goals_to_assess,
    next_assessment,
    previous_scores,
    scale_of,
    trends,
)
from gniazdo.assistance.rules import assessment_due
from gniazdo.assistance.views.visit import pdf
from gniazdo.assistance.vocab import SCALE_STEPS
from gniazdo.kernel import clock
from gniazdo.orgs.models import Institution
from gniazdo.papers.actions.drafts import save_draft
from gniazdo.papers.queries.sheets import draft_by_key
from gniazdo.plans.models import PlanVersion
from gniazdo.plans.queries import members_of
from gniazdo.plans.vocab import AREAS
from gniazdo.platform.forms import attempt
from gniazdo.platform.views import in_polish


@page(reads="assistance.review.view")
def assessment_new(request: Request, case_id: UUID) -> HttpResponse:
    """Assessments of a case with their trend lines, and the way to begin the next."""
    case = case_to_review(request.actor, case_id)
    form = forms.Form(request.POST or None)
    if request.method == "POST":
        form.is_valid()
        made: list[FamilyAssessment] = []
        if attempt(form, lambda: made.append(start_assessment(request.actor, case, on=clock.today()))):
            return redirect("assistance:assessment-edit", assessment_id=made[0].pk)
    done = assessments_of(case.pk)
    return render(
        request, "assistance/assessment_list.html",
        {
            "case": case, "form": form, "assessments": done, "trends": lines_of(case.pk), "due_on": next_assessment(case),
            "may_start": may(request.actor, "assistance.assessment.start", case) and not any(a.state == "DRAFT" for a in done),
        },
    )  # fmt: skip


def lines_of(case_id: UUID) -> list[dict[str, Any]]:
    """Trend lines as the sparkline component takes them."""
    return [
        {"label": t.label, "values": [score for _on, score in t.points], "low": t.lowest, "high": t.highest}
        for t in trends(case_id)
    ]


@page(reads="assistance.assessment.view")
def assessment_edit(request: Request, assessment_id: UUID) -> HttpResponse:
    """Write an assessment area by area."""
    assessment = assessment_of(request.actor, assessment_id)
    if assessment.state != "DRAFT":
        return redirect("assistance:assessment-view", assessment_id=assessment.pk)
    if request.method == "POST":
        return _save(request, assessment)
    data = as_query(values_of(assessment))
    draft = draft_by_key(request.actor, DRAFT, str(assessment.pk))
    if draft:
        data = as_query(draft.data)
    return _form(request, assessment, HeadForm(initial=_initial(data)), data)


def _initial(data: QueryDict) -> dict[str, Any]:
    return {name: field.widget.value_from_datadict(data, {}, name) for name, field in HeadForm().fields.items()}


def _save(request: Request, assessment: FamilyAssessment) -> HttpResponse:
    head = HeadForm(request.POST)
    members = members_of(assessment.family_id, on=clock.today())
    clash: list[FamilyAssessment] = []

    def act() -> None:
        try:
            written = read_written(head, request.POST, members)
            edit_assessment(
                request.actor, assessment, written=written, today=clock.today(), rev=head.cleaned_data["rev"]
            )
        except Conflict as conflict:
            clash.append(conflict.record)  # type: ignore[arg-type]
            raise

    if head.is_valid() and attempt(head, act):
        if request.POST.get("do") == "review":
            return redirect("assistance:assessment-view", assessment_id=assessment.pk)
        messages.success(request, _("Zapisano szkic oceny."))
        return redirect("assistance:assessment-edit", assessment_id=assessment.pk)
    theirs = as_query(values_of(clash[0])) if clash else None
    return _form(request, assessment, head, request.POST, theirs=theirs)


def _form(
    request: Request, assessment: FamilyAssessment, head: HeadForm, data: QueryDict, *, theirs: QueryDict | None = None
) -> HttpResponse:
    before = previous_scores(assessment.case_id, before=assessment.pk)
    members = members_of(assessment.family_id, on=assessment.on)
    children, adults = people_rows(data, members)
    due = assessment_due(assessment.since, [assessment.on])
    differ = [
        (name, data.get(name, ""), theirs.get(name, ""))
        for name in (theirs or {})
        if name != "rev" and theirs is not None and data.getlist(name) != theirs.getlist(name)
    ]
    return render(
        request, "assistance/assessment_edit.html",
        {
            "assessment": assessment, "head": head, "children": children, "adults": adults, "differ": differ,
            "goals": goal_rows(data, goals_to_assess(assessment.case_id)),
            "their_rev": theirs.get("rev") if theirs else None, "is_clash": theirs is not None,
            "rows": area_rows(data, assessment.scale, before, period_offered(assessment)), "consequences": consequences(due, next_assessment(assessment.case)),
        },
        status=409 if theirs is not None else 200,
    )  # fmt: skip


def consequences(due: date, now: date | None) -> list[tuple[str, str]]:
    """What each conclusion leads to, said before it is saved: (code, sentence). `due`: the next term, `now`: the present."""
    day = f"{due:%d.%m.%Y}"
    moved = _("Termin oceny przesuwa się z %(now)s na %(day)s (art. 15 ust. 1 pkt 15).")
    first = (
        moved % {"now": f"{now:%d.%m.%Y}", "day": day}
        if now
        else _("Następna ocena najpóźniej %s (art. 15 ust. 1 pkt 15).") % day
    )
    return [
        ("CONTINUE", first),
        ("CHANGE_PLAN", f"{first} {_('Rozpocznij nową wersję planu z powodem zmiany.')}"),
        ("INTENSIFY", f"{first} {_('Umów gęstsze wizyty.')}"),
        (
            "CLOSE",
            _(
                "Po przekazaniu oceny rozpocznij zamykanie sprawy i sporządź kartę zakończenia pracy z rodziną, którą "
                "zatwierdza kierownik. Termin następnej oceny (%s) obowiązuje do zakończenia pracy."
            )
            % day,
        ),
        ("NOTIFY_COURT", f"{first} {_('Przygotuj pismo do sądu opiekuńczego.')}"),
    ]


def _term_now(assessment: FamilyAssessment) -> date | None:
    return next_assessment(assessment.case) if assessment.state == "DRAFT" else None


def leads_on(actor: Actor, assessment: FamilyAssessment) -> list[tuple[str, str]]:
    """Where the conclusion leads: (what, address) of each next step the actor may take now. One list, nothing automatic."""
    case, pk = assessment.case, assessment.case_id
    step = reverse("assistance:case-move", args=[pk, "start_closing"])
    closing = reverse("papers:sheet-start", args=[pk, "assistance.closing"])
    ways = {
        "CLOSE": [
            (_("Rozpocznij zamykanie sprawy"), f"{step}?ocena={assessment.pk}",
             ASSISTANCE.may(case.state, "start_closing") and may(actor, "assistance.case.start_closing", case)),
            (_("Sporządź kartę zakończenia pracy z rodziną"), closing,
             case.state == "CLOSING" and may(actor, "papers.sheet.start", case)),
        ],
        "CHANGE_PLAN": [(_("Przejdź do planu"), reverse("plans:plan-case", args=[pk]), True)],
        "INTENSIFY": [(_("Zapisz wizytę"), reverse("assistance:visit-new", args=[pk]), may(actor, "assistance.visit.record", case))],
        "NOTIFY_COURT": [(_("Przygotuj zawiadomienie sądu"), reverse("papers:letter-start", args=[pk, "assistance.court_notice"]),
                          actor.has_role("social_worker", "team_leader", "manager"))],
    }  # fmt: skip
    return [(label, url) for label, url, may_go in ways.get(assessment.conclusion, []) if may_go]


@page(reads="assistance.assessment.view")
def assessment_draft(request: Request, assessment_id: UUID) -> HttpResponse:
    """Where the form keeps itself while it is written."""
    assessment = assessment_of(request.actor, assessment_id)
    if request.method != "POST":
        return redirect("assistance:assessment-edit", assessment_id=assessment.pk)
    data = {k: v for k, v in request.POST.lists() if k not in ("csrfmiddlewaretoken", "do")}
    save_draft(
        request.actor, None, form=DRAFT, key=str(assessment.pk), data=data, subject_id=assessment.family_id,
        label=_("Ocena: %s") % assessment.family.name,
        resume_url=reverse("assistance:assessment-edit", args=[assessment.pk]),
    )  # fmt: skip
    return JsonResponse({"ok": True})


@page(reads="assistance.assessment.view")
def assessment_view(request: Request, assessment_id: UUID) -> HttpResponse:
    """An assessment as written; handing it in and taking note of it."""
    assessment = assessment_of(request.actor, assessment_id)
    form = forms.Form(request.POST or None)
    if request.method == "POST":
        form.is_valid()
        do = read_assessment if request.POST.get("do") == "read" else None
        if attempt(
            form,
            lambda: (
                do(request.actor, assessment) if do else submit_assessment(request.actor, assessment, on=clock.today())
            ),
        ):
            messages.success(request, _("Przyjęto ocenę.") if do else _("Ocenę przekazano kierownikowi."))
            return redirect("assistance:assessment-view", assessment_id=assessment.pk)
    labels, before = dict(SCALE_STEPS[assessment.scale]), previous_scores(assessment.case_id, before=assessment.pk)
    scores, evidence = {s.area: s for s in assessment.scores.order_by("id")}, evidence_of(assessment)
    rows = []
    for word in AREAS:
        now, old = scores.get(word.code), before.get(word.code)
        same = old if old is not None and old.scale == assessment.scale else None
        rows.append({
            "label": word.label, "now": labels.get(now.score, "") if now and now.score is not None else "",
            "before": labels.get(same.score, "") if same and same.score is not None else "", "comment": now.comment if now else "",
            "arrow": arrow(now.score if now else None, old, assessment.scale), "evidence": evidence.get(word.code, []),
        })  # fmt: skip
    due = assessment_due(assessment.since, [assessment.on])
    return render(
        request, "assistance/assessment_view.html",
        {
            "assessment": assessment, "rows": rows, "form": form, "trends": lines_of(assessment.case_id),
            "children": list(assessment.children.select_related("person").order_by("id")),
            "adults": list(assessment.adults.select_related("person").order_by("id")),
            "goals": assessed_goals(assessment),
            "consequence": dict(consequences(due, _term_now(assessment))).get(assessment.conclusion, ""),
            "leads": leads_on(request.actor, assessment) if assessment.state != "DRAFT" else [],
            "may_write": assessment.state == "DRAFT" and may(request.actor, "assistance.assessment.edit", assessment),
            "may_read": assessment.state == "SUBMITTED" and may(request.actor, "assistance.assessment.read", assessment),
        },
    )  # fmt: skip


@page(reads="assistance.assessment.view")
@in_polish
def assessment_print(request: Request, assessment_id: UUID) -> HttpResponse:
    """The assessment as PDF, to sign."""
    return pdf(assessment_pdf(assessment_of(request.actor, assessment_id)), "ocena")


@page(reads="assistance.assessment.view")
@in_polish
def assessment_blank(request: HttpRequest) -> HttpResponse:
    """An empty assessment on the institution's scale."""
    actor = request.actor  # type: ignore[attr-defined]
    institution = Institution.objects.system().get(pk=actor.institution_id)
    return pdf(blank_assessment_pdf(institution, scale_of(actor, on=clock.today())), "ocena-pusta")


@page(reads="plans.plan.view")
def plan_move(request: Request, version_id: UUID) -> HttpResponse:
    """Hand in, approve or return a family plan; the case moves with it."""
    rows = PlanVersion.objects.system().select_related("plan__family", "plan__case")
    version = fetch(request.actor, "plans.plan.view", rows, version_id)
    form, do, today = forms.Form(request.POST or None), request.POST.get("do", ""), clock.today()
    form.is_valid()

    def act() -> None:
        if do == "submit":
            submit_family_plan(request.actor, version, on=today)
        elif do == "approve":
            approve_family_plan(request.actor, version, on=today)
        elif do == "return":
            return_family_plan(request.actor, version, reason=request.POST.get("reason", ""), on=today)

    if request.method == "POST" and not attempt(form, act):
        return render(
            request, "assistance/plan_refused.html", {"version": version, "form": form, "reason": request.POST.get("reason", "")}
        )  # fmt: skip
    return redirect(f"{reverse('plans:plan-view', args=[version.plan_id])}?wersja={version.number}")
