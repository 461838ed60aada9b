"""Derived papers as PDF: the family card and the list of assistants."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse

from gniazdo.access.views import Request, page
from gniazdo.assistance.queries.prints import assistants_pdf, blank_family_card_pdf, family_card_pdf
from gniazdo.cases.queries import case_of
from gniazdo.kernel import clock
from gniazdo.orgs.models import Institution
from gniazdo.platform.views import in_polish


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


@page(reads="cases.case.view")
@in_polish
def family_card(request: Request, case_id: UUID) -> HttpResponse:
    """The family card of today."""
    case = case_of(request.actor, case_id)
    return _pdf(family_card_pdf(request.actor, case, on=clock.today()), "karta-rodziny")


@page(reads="assistance.visit.list")
@in_polish
def family_card_blank(request: Request) -> HttpResponse:
    """An empty family card to take along on paper."""
    institution = Institution.objects.system().get(pk=request.actor.institution_id)
    return _pdf(blank_family_card_pdf(institution), "karta-rodziny-pusta")


@page(reads="assistance.assistants.list")
@in_polish
def assistants(request: Request) -> HttpResponse:
    """The list of assistants with contact data."""
    return _pdf(assistants_pdf(request.actor, on=clock.today()), "lista-asystentow")
