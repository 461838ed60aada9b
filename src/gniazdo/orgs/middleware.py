"""Builds the actor of a request from its session."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from gniazdo.kernel import clock
from gniazdo.orgs.models import User
from gniazdo.orgs.queries import actor_for


class ActorMiddleware:
    """Sets `request.actor`: the Actor, or None for a stranger or a log-in without a post today."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor = None
        if not request.path.startswith("/static/") and request.user.is_authenticated:
            chosen = request.session.get("post_id")
            actor = actor_for(
                cast(User, request.user),
                on=clock.today(),
                post_id=UUID(chosen) if chosen else None,
                session_key=request.session.session_key or "",
            )
        request.actor = actor  # type: ignore[attr-defined]
        return self.get_response(request)
