"""Builds the actor of a request from its session, and speaks to them in their language."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from gniazdo.access.rules import Actor
from gniazdo.kernel import clock
from gniazdo.orgs.queries import actor_for
from gniazdo.platform.models import outside


class ActorMiddleware:
    """Sets `request.actor`: the Actor, or None for a stranger or a log-in without a post today.

    With an actor the rest of the request runs behind the second fence; the connection, which is kept, leaves it at the end.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            request.actor = self.actor_of(request)  # type: ignore[attr-defined]
            return self.get_response(request)
        finally:
            if getattr(request, "actor", True) is not None:
                outside()

    def actor_of(self, request: HttpRequest) -> Actor | None:
        if request.path.startswith("/static/") or not request.user.is_authenticated:
            return None
        chosen = request.session.get("post_id")
        now = clock.now()
        return actor_for(
            request.user,
            on=now.date(),
            post_id=UUID(chosen) if chosen else None,
            session_key=request.session.session_key or "",
            at=now,
            fenced=True,
        )


class LanguageMiddleware:
    """A signed-in person reads in the language they chose; a stranger in that of the cookie, otherwise in Polish."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = dict(settings.LANGUAGES)
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        if request.user.is_authenticated:
            wanted = request.user.language
        language = wanted if wanted in known else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        return self.get_response(request)
