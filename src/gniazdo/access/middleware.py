"""Puts the actor on the request and turns the verbs' refusals that no form caught into pages."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gniazdo.access.actions import journal_not_here
from gniazdo.access.rules import NotAllowed, NotHere, Refusal


class RefusalMiddleware:
    """NotHere → 404 (journalled), NotAllowed → 403, Refusal → 409, each a page in the words of the office."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NotHere):
            journal_not_here(getattr(request, "actor", None), error)
            raise Http404 from error
        if isinstance(error, NotAllowed):
            return render(request, "platform/refused.html", {"refusal": error}, status=403)
        if isinstance(error, Refusal):
            return render(request, "platform/refused.html", {"refusal": error}, status=409)
        return None
