"""Screens of plans: reading a version, editing the draft beside the diagnosis, moves and signatures, print."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gniazdo.access.queries import fetch, may
from gniazdo.access.rules import Conflict, NotHere
from gniazdo.access.views import Request, page
from gniazdo.cases.models import CaseFile
from gniazdo.kernel import clock
from gniazdo.orgs.models import Institution
from gniazdo.papers.actions.drafts import save_draft
from gniazdo.papers.queries import final_answers
from gniazdo.papers.queries.sheets import draft_by_key
from gniazdo.plans.actions.approval import agree, attach_plan_scan, record_signature
from gniazdo.plans.actions.drafting import DRAFT, draw_from_diagnosis, edit_draft, new_version, start_plan
from gniazdo.plans.actions.progress import evaluate_goal, record_progress
from gniazdo.plans.forms import (
    AgreeForm,
    AttainmentForm,
    HeadForm,
    ProgressForm,
    ReasonForm,
    ScanForm,
    SignatureForm,
    head_of,
    read_content,
    read_goals,
    rows_of,
)
from gniazdo.plans.models import Goal, Plan, PlanTask, PlanVersion
from gniazdo.plans.queries import (
    content_of,
    members_of,
    plan_of,
    plan_of_case,
    version_view,
    waiting_for_approval,
)
from gniazdo.plans.queries.printing import blank_plan_pdf, plan_pdf
from gniazdo.plans.rules import KINDS, Content, diff, doer_of, gaps, kind_of, when_of
from gniazdo.plans.vocab import AREAS, DOERS, PRIORITIES, SIGNERS
from gniazdo.platform.forms import attempt
from gniazdo.platform.views import in_polish

NO_ONE = UUID(int=0)


@page(reads="plans.plan.view")
def plan_case(request: Request, case_id: UUID) -> HttpResponse:
    """The plan of a case, or the way to begin one."""
    case = fetch(request.actor, "plans.plan.view", CaseFile.objects.system().select_related("family"), case_id)
    plan = plan_of_case(case.pk)
    form = forms.Form(request.POST or None)
    if request.method == "POST" and plan is None:
        form.is_valid()
        made: list[PlanVersion] = []
        if attempt(form, lambda: made.append(start_plan(request.actor, case, on=clock.today()))):
            return redirect("plans:plan-edit", plan_id=made[0].plan_id)
    if plan is not None:
        return redirect("plans:plan-view", plan_id=plan.pk)
    return render(
        request, "plans/plan_case.html", {"case": case, "form": form, "may_start": may(request.actor, "plans.plan.start", case)}
    )  # fmt: skip


@page(reads="plans.plan.view")
def plan_view(request: Request, plan_id: UUID) -> HttpResponse:
    """One version of a plan: goals as sentences, tasks, effects, progress, changes, approval and signatures."""
    plan = plan_of(request.actor, plan_id)
    number = request.GET.get("wersja", "")
    view = version_view(request.actor, plan, on=clock.today(), number=int(number) if number.isdigit() else None)
    return render(request, "plans/plan_view.html", _view_context(request, plan, view))


def _view_context(request: Request, plan: Plan, view: Any, **bound: Any) -> dict[str, Any]:
    today, actor, version = clock.today(), request.actor, view.version
    goals = [
        {
            "goal": goal, "names": ", ".join(view.names.get(p, "") for p in goal.persons if p in view.names),
            "tasks": [{"task": t, "who": doer_of(t), "when": when_of(t)} for t in goal.tasks],
            "state": view.goals.get(goal.root), "area": AREAS.label_of(goal.area) if goal.area else "",
        }
        for goal in view.content.goals
    ]  # fmt: skip
    signed = {s.code: [x for x in view.signatures if x.signer == s.code] for s in SIGNERS}
    return {
        "plan": plan, "view": view, "version": version, "content": view.content, "goals": goals, "kind": kind_of(plan.kind),
        "gaps": gaps(view.content) if version.is_open else [],
        "signed": [(word.label, signed[word.code]) for word in SIGNERS],
        "move_url": _move_url(version), "may_write": may(actor, "plans.draft.edit", version),
        "may_approve": may(actor, "plans.version.approve", version),
        "agree_form": AgreeForm(initial={"on": today}), "reason_form": ReasonForm(),
        "signature_form": SignatureForm(initial={"on": today}), "scan_form": ScanForm(),
        "may_scan": version.status != "draft" and may(actor, "plans.version.scan", version),
        "progress_form": ProgressForm(initial={"on": today}), "attainment_form": AttainmentForm(initial={"on": today}),
        "open_version": next((v for v in view.versions if v.is_open), None), "today": today, **bound,
    }  # fmt: skip


def _move_url(version: PlanVersion) -> str:
    url = kind_of(version.plan.kind).move_url
    return reverse(url, args=[version.pk]) if url else ""


def _version(request: Request, version_id: UUID) -> PlanVersion:
    rows = PlanVersion.objects.system().select_related("plan__family", "plan__case")
    return fetch(request.actor, "plans.plan.view", rows, version_id)


def _do(
    request: Request, plan: Plan, form: forms.Form, act: Any, done: str, bound: str, number: int | None = None
) -> HttpResponse:
    """Run one verb from the plan's page; on refusal show the page again with the form as typed."""
    if form.is_valid() and attempt(form, act):
        messages.success(request, done)
        where = reverse("plans:plan-view", args=[plan.pk])
        return redirect(f"{where}?wersja={number}" if number else where)
    view = version_view(request.actor, plan, on=clock.today(), number=number)
    return render(request, "plans/plan_view.html", _view_context(request, plan, view, **{bound: form}))


@page(reads="plans.plan.view")
def version_agree(request: Request, version_id: UUID) -> HttpResponse:
    """The family agreed."""
    version, form = _version(request, version_id), AgreeForm(request.POST or None)
    return _do(request, version.plan, form,
               lambda: agree(request.actor, version, on=form.cleaned_data["on"], today=clock.today()),
               _("Zapisano uzgodnienie z rodziną."), "agree_form")  # fmt: skip


@page(reads="plans.plan.view")
def version_new(request: Request, plan_id: UUID) -> HttpResponse:
    """A new version, with the reason for the change."""
    plan, form = plan_of(request.actor, plan_id), ReasonForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: new_version(request.actor, plan, reason=form.cleaned_data["reason"], on=clock.today())
    ):
        return redirect("plans:plan-edit", plan_id=plan.pk)
    view = version_view(request.actor, plan, on=clock.today())
    return render(
        request, "plans/plan_view.html", _view_context(request, plan, view, reason_form=form, opens_reason=True)
    )


@page(reads="plans.plan.view")
def signature_new(request: Request, version_id: UUID) -> HttpResponse:
    """A signature, or its refusal, on the printed plan."""
    version, form = _version(request, version_id), SignatureForm(request.POST or None)
    return _do(request, version.plan, form,
               lambda: record_signature(request.actor, version, today=clock.today(), **form.cleaned_data),
               _("Odnotowano podpis."), "signature_form", number=version.number)  # fmt: skip


@page(reads="plans.plan.view")
def scan_new(request: Request, version_id: UUID) -> HttpResponse:
    """The scan of the signed version."""
    version, form = _version(request, version_id), ScanForm(request.POST or None, request.FILES or None)

    def act() -> None:
        file = form.cleaned_data["file"]
        attach_plan_scan(request.actor, version, content=file.read(), name=file.name or "", on=clock.today())

    return _do(
        request, version.plan, form, act, _("Dołączono skan podpisanego planu."), "scan_form", number=version.number
    )


@page(reads="plans.plan.view")
def progress_new(request: Request, goal_root: UUID, plan_id: UUID) -> HttpResponse:
    """Progress of a goal, or of one task of it (`task` names its root)."""
    plan, form = plan_of(request.actor, plan_id), ProgressForm(request.POST or None)
    goal = _goal(plan, goal_root)
    task = (
        PlanTask.objects.for_actor(request.actor)
        .filter(goal=goal, root=_uuid(request.POST.get("task")) or NO_ONE)
        .first()
    )
    return _do(request, plan, form,
               lambda: record_progress(request.actor, goal, today=clock.today(), task=task, **form.cleaned_data),
               _("Zapisano realizację."), "progress_form")  # fmt: skip


@page(reads="plans.plan.view")
def attainment_new(request: Request, goal_root: UUID, plan_id: UUID) -> HttpResponse:
    """How far a goal is reached."""
    plan, form = plan_of(request.actor, plan_id), AttainmentForm(request.POST or None)
    goal = _goal(plan, goal_root)
    return _do(request, plan, form,
               lambda: evaluate_goal(request.actor, goal, today=clock.today(), **form.cleaned_data),
               _("Zapisano ocenę celu."), "attainment_form")  # fmt: skip


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _goal(plan: Plan, root: UUID) -> Goal:
    goal = (
        Goal.objects.system()
        .filter(version__plan=plan, root=root)
        .exclude(version__status="superseded")
        .select_related("version__plan")
        .order_by("version__number")
        .first()
    )
    if goal is None:
        raise NotHere("Goal", {"code": "plans.plan.view", "id": str(root)})
    return goal


@page(reads="plans.plan.view")
def plan_edit(request: Request, plan_id: UUID) -> HttpResponse:
    """The editor: goals that read as sentences, the diagnosis beside to draw from, changes since the signed version."""
    plan = plan_of(request.actor, plan_id)
    version = PlanVersion.objects.for_actor(request.actor).filter(plan=plan, status="draft").first()
    if version is None:
        messages.info(request, _("Plan nie ma teraz szkicu. Zwróć wersję do poprawy albo rozpocznij nową."))
        return redirect("plans:plan-view", plan_id=plan.pk)
    if request.method == "POST":
        return _save(request, plan, version)
    content = content_of(version)
    draft = draft_by_key(request.actor, DRAFT, str(version.pk))
    head = HeadForm(initial=head_of(content, version.rev))
    if draft:
        kept = QueryDict(mutable=True)
        for name, values in draft.data.items():
            kept.setlist(name, values if isinstance(values, list) else [values])
        head = HeadForm(kept)
        head.is_valid()
        content = read_content(head, kept)
    return _editor(request, plan, version, head, content)


def _save(request: Request, plan: Plan, version: PlanVersion) -> HttpResponse:
    head = HeadForm(request.POST)
    if not head.is_valid():
        return _editor(request, plan, version, head, Content(goals=read_goals(request.POST)))
    content, do = read_content(head, request.POST), request.POST.get("do", "save")
    rev = head.cleaned_data.get("rev")
    clash: list[PlanVersion] = []

    def act() -> None:
        try:
            if do.startswith("draw:"):
                _draw(request, plan, version, content, do.removeprefix("draw:"), rev)
            else:
                edit_draft(request.actor, version, content=content, rev=rev)
        except Conflict as conflict:
            clash.append(conflict.record)  # type: ignore[arg-type]
            raise

    if attempt(head, act):
        if do == "done":
            return redirect(f"{reverse('plans:plan-view', args=[plan.pk])}?wersja={version.number}")
        messages.success(request, _("Zapisano szkic planu."))
        return redirect("plans:plan-edit", plan_id=plan.pk)
    theirs = content_of(clash[0]) if clash else None
    return _editor(request, plan, version, head, content, theirs=theirs, their_rev=clash[0].rev if clash else None)


def _draw(request: Request, plan: Plan, version: PlanVersion, content: Content, area: str, rev: int | None) -> None:
    found = next((a for a in _diagnosis(plan) if a["code"] == area), None)
    draw_from_diagnosis(
        request.actor, version, area=area if area in AREAS else "", wording=(found or {}).get("problem", ""),
        family_words=(found or {}).get("family", ""), content=content, rev=rev,
    )  # fmt: skip


def _diagnosis(plan: Plan) -> list[dict[str, str]]:
    """The areas of the diagnosis that say something, in the words of worker and family."""
    code = kind_of(plan.kind).diagnosis
    record = final_answers(plan.case_id, code) if code else None
    if record is None:
        return []
    found = []
    for word in AREAS:
        said = {name: str(record.answers.get(f"{word.code.lower()}_{key}") or "") for name, key in
                (("problem", "problem"), ("cause", "cause"), ("resource", "resource"), ("family", "family_view"),
                 ("score", "score"))}  # fmt: skip
        if any(said[name] for name in ("problem", "cause", "resource", "family")):
            found.append({"code": word.code, "label": word.label, **said})
    return found


def _editor(
    request: Request, plan: Plan, version: PlanVersion, head: HeadForm, content: Content, *, theirs: Content | None = None,
    their_rev: int | None = None,
) -> HttpResponse:  # fmt: skip
    signed = (
        PlanVersion.objects.for_actor(request.actor)
        .filter(plan=plan, number__lt=version.number, status__in=("approved", "superseded"))
        .order_by("-number")
        .first()
    )
    return render(
        request, "plans/plan_edit.html",
        {
            "plan": plan, "version": version, "head": head, "rows": rows_of(content.goals), "kind": kind_of(plan.kind),
            "areas": AREAS, "doers": DOERS, "priorities": PRIORITIES, "diagnosis": _diagnosis(plan),
            "members": [(str(m.person_id), m.person.full_name) for m in members_of(plan.family_id, on=clock.today())],
            "gaps": gaps(content), "changes": diff(content_of(signed), content) if signed else [],
            "clash": diff(content, theirs) if theirs is not None else None, "their_rev": their_rev,
            "until": content.until, "today": clock.today(),
        },
        status=409 if theirs is not None else 200,
    )  # fmt: skip


@page(reads="plans.plan.view")
def plan_draft(request: Request, version_id: UUID) -> HttpResponse:
    """Where the editor keeps itself while it is written."""
    version = _version(request, version_id)
    if request.method != "POST":
        return redirect("plans:plan-edit", plan_id=version.plan_id)
    data = {k: v for k, v in request.POST.lists() if k not in ("csrfmiddlewaretoken", "do")}
    save_draft(
        request.actor, None, form=DRAFT, key=str(version.pk), data=data, subject_id=version.family_id,
        label=_("Plan: %s") % version.plan.family.name, resume_url=reverse("plans:plan-edit", args=[version.plan_id]),
    )  # fmt: skip
    return JsonResponse({"ok": True})


@page(reads="plans.plan.view")
@in_polish
def plan_print(request: Request, plan_id: UUID) -> HttpResponse:
    """A version as PDF, to sign."""
    plan = plan_of(request.actor, plan_id)
    number = request.GET.get("wersja", "")
    view = version_view(request.actor, plan, on=clock.today(), number=int(number) if number.isdigit() else None)
    return _pdf(plan_pdf(view), f"plan-{view.version.number}")


@page(reads="plans.plan.view")
@in_polish
def plan_blank(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty plan to fill by hand."""
    if kind not in KINDS:
        raise NotHere("PlanKind", {"code": "plans.plan.view", "id": kind})
    institution = Institution.objects.system().get(pk=request.actor.institution_id)  # type: ignore[attr-defined]
    return _pdf(blank_plan_pdf(institution, kind), "plan-pusty")


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


@page(reads="plans.approval.list")
def approval_list(request: Request) -> HttpResponse:
    """Plans waiting for approval, longest waiting first."""
    return render(request, "plans/approval_list.html", {"versions": waiting_for_approval(request.actor)})
