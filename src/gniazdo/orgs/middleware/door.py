"""Stops a signed-in person whose sign-in is not finished: a first password, a missing second factor, no active post."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from gniazdo.kernel import clock
from gniazdo.orgs.queries import posts_without_access

OPEN = ("/konto/", "/static/", "/jezyk/")


class DoorMiddleware:
    """Redirects to the step that is missing; pages of one's own account stay open."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        user = request.user
        if not user.is_authenticated or request.path.startswith(OPEN):
            return None
        if user.must_change_password:
            messages.info(request, _("Ustaw własne hasło: pierwsze hasło jest tylko na jedno logowanie."))
            return redirect("account_change_password")
        if request.session.get("needs_factor"):
            if not Authenticator.objects.filter(user=user).exists():
                messages.info(
                    request, _("W Twojej jednostce ta rola loguje się dwoma składnikami. Ustaw drugi składnik.")
                )
                return redirect("mfa_index")
            del request.session["needs_factor"]
        if getattr(request, "actor", None) is None:
            posts = posts_without_access(user, on=clock.today())
            return render(request, "orgs/no_post.html", {"posts": posts}, status=403)
        return None
