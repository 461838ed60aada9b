"""The family page and its tabs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from gniazdo.access.queries import may
from gniazdo.access.views import Request, page
from gniazdo.assistance.models import CourtRequest
from gniazdo.assistance.queries.reviews import assessments_of, next_assessment, trends
from gniazdo.assistance.queries.visits import visits_of_case
from gniazdo.cases.queries import cases_of_family
from gniazdo.cases.vocab import EVENT_KINDS
from gniazdo.desk.queries.family import FamilyTop, family_glance, family_top
from gniazdo.kernel import clock
from gniazdo.kernel.speech import says
from gniazdo.papers.queries.files import files_of_family
from gniazdo.papers.queries.letters import letter_register
from gniazdo.papers.queries.sheets import papers_of_family, startable
from gniazdo.plans.models import PlanVersion
from gniazdo.plans.queries import plan_in_lines, plan_of_case


def _glance(request: Request, top: FamilyTop) -> dict[str, Any]:
    kinds = [k for k in request.GET.getlist("rodzaj") if k in EVENT_KINDS]
    before = request.GET.get("po", "")
    try:
        glance = family_glance(request.actor, top, kinds=kinds, before=before)
    except ValueError:
        glance = family_glance(request.actor, top, kinds=kinds, before="")
    return {"glance": glance, "kinds": EVENT_KINDS, "chosen": kinds, "more": before != ""}


def _plan(request: Request, top: FamilyTop) -> dict[str, Any]:
    plan = plan_of_case(top.case.pk) if top.case else None
    versions = PlanVersion.objects.for_actor(request.actor).filter(plan=plan).order_by("-number")[:50] if plan else ()
    return {
        "plan": plan,
        "versions": list(versions),
        "lines": plan_in_lines(top.case.pk, limit=30) if top.case else [],
    }


def _visits(request: Request, top: FamilyTop) -> dict[str, Any]:
    before = request.GET.get("po", "")
    try:
        edge = UUID(before) if before else None
    except ValueError:
        edge = None
    visits = visits_of_case(request.actor, top.case.pk, before=edge, limit=26) if top.case else []
    return {"visits": visits[:25], "next": visits[24].pk if len(visits) > 25 else ""}


def _assessments(_request: Request, top: FamilyTop) -> dict[str, Any]:
    if top.case is None:
        return {"assessments": [], "trends": [], "next_on": None}
    return {
        "assessments": assessments_of(top.case.pk), "trends": trends(top.case.pk), "next_on": next_assessment(top.case),
    }  # fmt: skip


def _papers(request: Request, top: FamilyTop) -> dict[str, Any]:
    return {
        "sheets": papers_of_family(request.actor, top.header.family_id, size=60),
        "files": files_of_family(request.actor, top.header.family_id),
        "letters": letter_register(request.actor, family_id=top.header.family_id, size=30),
        "may_papers": may(request.actor, "papers.sheet.start", top.case) if top.case else False,
        "startable": startable(request.actor, top.case),
    }


def _court(request: Request, top: FamilyTop) -> dict[str, Any]:
    rows = CourtRequest.objects.for_actor(request.actor).filter(case__family_id=top.header.family_id)
    return {"requests": list(rows.select_related("case").order_by("-received_on", "-id")[:50])}


def _deadlines(_request: Request, top: FamilyTop) -> dict[str, Any]:
    return {"lines": top.due}


def _cases(_request: Request, top: FamilyTop) -> dict[str, Any]:
    return {"cases": cases_of_family(top.header.family_id)}


TABS = {
    "": (says("Oś czasu"), _glance),
    "plan": (says("Plan"), _plan),
    "wizyty": (says("Wizyty"), _visits),
    "oceny": (says("Oceny"), _assessments),
    "pisma": (says("Pisma i dokumenty"), _papers),
    "sad": (says("Sprawy sądowe"), _court),
    "terminy": (says("Terminy"), _deadlines),
    "sprawy": (says("Sprawy"), _cases),
}


@page(reads="desk.family.view")
def family(request: Request, family_id: UUID) -> HttpResponse:
    """One family: the head always, below it the chosen tab (`?zakladka=`)."""
    today = clock.today()
    top = family_top(request.actor, family_id, on=today)
    tab = request.GET.get("zakladka", "")
    tab = tab if tab in TABS else ""
    context = {
        "top": top, "family_id": family_id, "tab": tab, "tab_template": f"desk/family/{tab or 'glance'}.html",
        "tabs": [(code, label) for code, (label, _view) in TABS.items()], "today": today, **TABS[tab][1](request, top),
        "may_visit": top.case is not None and may(request.actor, "assistance.visit.record", top.case),
    }  # fmt: skip
    return render(request, "desk/family.html", context)
