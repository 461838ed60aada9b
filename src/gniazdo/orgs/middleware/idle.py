"""Idle time-out: the session stays, the person proves who they are, and what they were sending is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from gniazdo.kernel import clock
from gniazdo.orgs.forms.sign_in import RenewForm
from gniazdo.orgs.views.account import renew_page

FREE = ("/konto/ponownie/", "/konto/stan/", "/konto/logout/", "/konto/login/", "/jezyk/", "/static/")
QUIET = ("/konto/stan/",)


def idle_seconds(request: HttpRequest) -> float:
    """How long ago the person last did something; 0 for a session that has not begun to count."""
    seen = request.session.get("seen_at")
    return max(clock.now().timestamp() - seen, 0.0) if seen else 0.0


def is_locked(request: HttpRequest) -> bool:
    """Whether the session waits for its person to come back."""
    return idle_seconds(request) > settings.IDLE_MINUTES * 60


class IdleMiddleware:
    """After IDLE_MINUTES: a page goes to the renewal page and comes back; a form post is kept and shown again; calls of
    scripts (htmx, drafts, fetch) get 401 with `X-Session-Renew`, the address of the dialog to open in place.

    Runs after CSRF has been checked, so nobody else's post can be kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not request.user.is_authenticated or request.path.startswith(FREE):
            return None
        if not is_locked(request):
            # Written at most once a minute: a session row for each request would be a write for each read.
            if not request.session.get("seen_at") or idle_seconds(request) > min(60, settings.IDLE_MINUTES * 6):
                request.session["seen_at"] = clock.now().timestamp()
            return None
        renew = reverse("orgs:session-renew")
        if is_script(request):
            return HttpResponse(status=401, headers={"X-Session-Renew": renew, "Cache-Control": "no-store"})
        if request.method == "POST":
            return renew_page(
                request, RenewForm(user=request.user), next_url=request.get_full_path(), kept=request.POST
            )
        return redirect(f"{renew}?{urlencode({'next': request.get_full_path()})}")


def is_script(request: HttpRequest) -> bool:
    """Whether a script in the page asks, not the browser itself going somewhere."""
    mode = request.headers.get("Sec-Fetch-Mode")
    return (
        request.headers.get("HX-Request") == "true"
        or request.headers.get("X-Requested-With") in ("XMLHttpRequest", "fetch")
        or (mode is not None and mode != "navigate")
        or "application/json" in request.headers.get("Accept", "")
    )
