"""One screen for each step of a case: the move or act named in the address, its form, its verb."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gniazdo.access.queries import PERMISSIONS, may
from gniazdo.access.rules import Actor, NotAllowed
from gniazdo.access.views import Request, page
from gniazdo.assistance.actions import assign, basis, closing, course, court, intake, specialists
from gniazdo.assistance.forms import steps as forms
from gniazdo.assistance.process import ASSISTANCE
from gniazdo.assistance.queries.case import ACTS, referral_of, specialists_of
from gniazdo.assistance.queries.reviews import assessments_of
from gniazdo.cases.models import CaseFile
from gniazdo.kernel import clock
from gniazdo.kernel.speech import say
from gniazdo.orgs.queries import posts_with_role
from gniazdo.platform.forms import attempt


@dataclass(frozen=True, slots=True)
class Step:
    """A form and the verb it calls with its cleaned answers; `posts` are the workers to choose from."""

    form: type[django_forms.Form]
    call: Callable[[Actor, CaseFile, dict[str, Any]], Any]
    posts: Callable[[CaseFile], Any] | None = None
    warning: str = ""


def verb(f: Callable[..., Any], *, today: bool = False) -> Callable[[Actor, CaseFile, dict[str, Any]], Any]:
    """Call a verb with the form's answers as they are named."""

    def call(actor: Actor, case: CaseFile, data: dict[str, Any]) -> Any:
        return f(actor, case, **data, **({"today": clock.today()} if today else {}))

    return call


def in_role(role: str) -> Callable[[CaseFile], Any]:
    """Everybody of the case's institution who has the role today."""
    return lambda case: posts_with_role(case.institution_id, role, on=clock.today())


def _obliges(actor: Actor, case: CaseFile, data: dict[str, Any]) -> Any:
    ruling = basis.Ruling(
        data["court"],
        data["docket"],
        data["ruling_on"],
        data["scope"],
        data["control"],
        data["final_on"],
        data["report_dates"],
    )
    return basis.court_obliges(actor, case, ruling=ruling, on=data["on"], today=clock.today())


def _change(actor: Actor, case: CaseFile, data: dict[str, Any]) -> Any:
    note = assign.Handover(data.pop("situation"), data.pop("agreements"), data.pop("dangers"), data.pop("next_steps"))
    return assign.change_assistant(actor, case, handover=note, **data)


def _demand(actor: Actor, case: CaseFile, data: dict[str, Any]) -> Any:
    return court.register_court_request(actor, case.family, demand=court.Demand(**data), today=clock.today())


def _information(actor: Actor, case: CaseFile, data: dict[str, Any]) -> Any:
    return court.request_information(actor, case.family, today=clock.today(), **data)


MOVES: dict[str, Step] = {
    "assign_social_worker": Step(forms.PickPost, verb(intake.assign_social_worker), in_role("social_worker")),
    "reject": Step(forms.Reject, verb(intake.reject_referral)),
    "find_need": Step(forms.WithNote, verb(intake.find_need)),
    "find_no_grounds": Step(forms.WithReason, verb(intake.find_no_grounds)),
    "family_refuses": Step(forms.Refuses, verb(intake.family_refuses)),
    "notify_court": Step(forms.WithReason, verb(intake.notify_court)),
    "court_obliges": Step(forms.CourtObliges, _obliges),
    "family_agrees": Step(forms.WithNote, verb(intake.family_agrees)),
    "court_declines": Step(forms.WithReason, verb(intake.court_declines)),
    "return_application": Step(forms.WithReason, verb(intake.return_application)),
    "put_on_waiting_list": Step(forms.Waiting, verb(assign.put_on_waiting_list)),
    "refuse_application": Step(forms.WithReason, verb(assign.refuse_application)),
    "first_visit": Step(forms.OnDay, verb(assign.first_visit, today=True)),
    "suspend": Step(forms.Suspend, verb(course.suspend_case)),
    "resume": Step(forms.WithNote, verb(course.resume_case)),
    "resume_diagnosis": Step(forms.WithNote, verb(course.resume_from_diagnosis)),
    "transfer": Step(forms.Transfer, verb(course.transfer_case)),
    "start_closing": Step(forms.StartClosing, verb(closing.start_closing)),
    "withdraw_closing": Step(forms.WithReason, verb(closing.withdraw_closing)),
    "close_to_monitoring": Step(forms.CloseToMonitoring, verb(closing.close_to_monitoring)),
    "close": Step(forms.Close, verb(closing.close_case)),
    "end_monitoring": Step(forms.WithNote, verb(closing.end_monitoring)),
    "reopen": Step(forms.WithReason, verb(closing.reopen_case)),
    "archive": Step(forms.WithNote, verb(closing.archive_case)),
}
"""Every move that has a screen here; `assign` has its own, the plan's moves are made from the plan."""

DONE: dict[str, Step] = {
    "wywiad": Step(forms.Interview, verb(intake.record_interview, today=True)),
    "pilnosc": Step(forms.Urgency, verb(intake.set_urgency)),
    "zgoda": Step(forms.WithNote, verb(basis.record_consent, today=True)),
    "zobowiazanie": Step(forms.CourtObliges, _obliges),
    "maloletni-rodzic": Step(forms.Minor, verb(basis.record_minor_parent)),
    "rezygnacja": Step(
        forms.WithReason, verb(basis.withdraw_consent, today=True),
        warning="Rezygnacja kończy pracę opartą na zgodzie. Gdy rodzinę zobowiązał sąd, praca trwa, a do sądu trafia sprawozdanie.",
    ),
    "pierwszenstwo": Step(forms.Priority, verb(assign.change_priority)),
    "zmiana-asystenta": Step(forms.ChangeAssistant, _change, in_role("assistant")),
    "zmiana-pracownika": Step(forms.ChangeSocialWorker, verb(intake.change_social_worker), in_role("social_worker")),
    "specjalista": Step(forms.AssignSpecialist, verb(specialists.assign_specialist), in_role("specialist")),
    "koniec-specjalisty": Step(forms.ReleaseSpecialist, verb(specialists.release_specialist), specialists_of),
    "dziecko-w-pieczy": Step(forms.WithNote, verb(course.child_placed)),
    "powrot-dziecka": Step(forms.WithNote, verb(course.child_returned)),
    "koniec-zobowiazania": Step(forms.WithReason, verb(basis.end_ruling)),
    "planowany-koniec": Step(forms.PlannedEnd, verb(course.set_planned_end, today=True)),
    "wpis-monitoringu": Step(forms.Monitoring, verb(closing.record_monitoring, today=True)),
    "nowa-sprawa": Step(forms.WithReason, verb(closing.reopen_case)),
    "zadanie-sadu": Step(forms.CourtDemand, _demand),
    "zapytanie": Step(forms.Information, _information),
}  # fmt: skip
"""Every act besides the moves, by its word in the address."""

_CODES = {act: code for act, code, _states in ACTS}


def back_to(actor: Actor, case: CaseFile) -> str:
    """Where to go after a step: the case while one may see it, else the referrals or the list of families."""
    if may(actor, "cases.case.view", case):
        return reverse("cases:case-view", args=[case.pk])
    return reverse("assistance:intake-list") if actor.has_role("secretary") else reverse("cases:family-list")


def _given(request: Request, case: CaseFile, code: str) -> dict[str, Any]:
    """What the step starts with when a periodic assessment led to it: its conclusion's own words."""
    told = request.GET.get("ocena", "")
    if code != "assistance.case.start_closing" or not told:
        return {}
    found = next((a for a in assessments_of(case.pk) if str(a.pk) == told and a.state != "DRAFT"), None)
    if found is None or not may(request.actor, "assistance.assessment.view", found):
        return {}
    said = _("Okresowa ocena z dnia %(day)s: %(why)s") % {"day": f"{found.on:%d.%m.%Y}", "why": found.conclusion_reason}
    return {"note": said}


def _step_page(request: Request, case: CaseFile, step: Step, code: str, title: str) -> HttpResponse:
    target = case.family if code in ("assistance.court.register", "assistance.information.request") else case
    if not may(request.actor, code, target):
        raise NotAllowed(
            _("Twoje stanowisko nie pozwala na tę czynność."), advice=say(str(PERMISSIONS[code].who.label))
        )
    extra = {}
    if step.posts:
        extra["posts"] = step.posts(case)
    form = step.form(request.POST or None, initial=_given(request, case, code), **extra)
    if request.method == "POST" and form.is_valid() and attempt(
        form, lambda: step.call(request.actor, case, dict(form.cleaned_data))
    ):  # fmt: skip
        messages.success(request, _("Zapisano: %s.") % say(title).lower())
        if code == "assistance.case.start_closing" and may(request.actor, "papers.sheet.start", case):
            return redirect("papers:sheet-start", case.pk, "assistance.closing")
        return redirect(back_to(request.actor, case))
    context = {
        "case": case, "form": form, "heading": say(title), "state": say(ASSISTANCE.label_of(case.state)),
        "warning": say(step.warning), "back": back_to(request.actor, case),
    }  # fmt: skip
    return render(request, "assistance/step.html", context)


@page(reads="assistance.referral.view")
def move(request: Request, case_id: str, step: str) -> HttpResponse:
    """A move of the process. POST calls its verb."""
    case = referral_of(request.actor, case_id)
    if step not in MOVES or step not in ASSISTANCE.moves:
        raise Http404
    if step == "first_visit" and case.state == "ASSIGNED" and may(request.actor, "assistance.visit.record", case):
        return redirect(reverse("assistance:visit-new", args=[case.pk]) + "?wspolna=1")
    return _step_page(request, case, MOVES[step], f"assistance.case.{step}", ASSISTANCE.moves[step].label)


@page(reads="assistance.referral.view")
def act(request: Request, case_id: str, step: str) -> HttpResponse:
    """An act that does not move the case. POST calls its verb."""
    case = referral_of(request.actor, case_id)
    if step not in DONE:
        raise Http404
    return _step_page(request, case, DONE[step], _CODES[step], PERMISSIONS[_CODES[step]].label)
