"""A limit of requests in a minute: counters in the worker's memory, so it costs a dictionary look-up."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import import_module
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from gniazdo.access.actions import journal_sign_in
from gniazdo.access.models import JournalEntry
from gniazdo.orgs.models import Post

JOURNAL_LINES = 20


class ThrottleMiddleware:
    """Counts requests per session and per address; over the limit answers 429 without touching the database.

    Each worker counts for itself, so with two workers a client may get through up to twice the limit. The journal gets
    one line per offender and minute, at most 20 a minute from one worker.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.minute = -1
        self.counts: dict[str, int] = {}
        self.told: set[str] = set()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        minute = int(time.time() // 60)
        if minute != self.minute:
            self.minute, self.counts, self.told = minute, {}, set()
        session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        address = "adres " + client_address(request)
        for key, limit in ((session, settings.THROTTLE_SESSION), (address, settings.THROTTLE_ADDRESS)):
            if not key:
                continue
            seen = self.counts[key] = self.counts.get(key, 0) + 1
            if seen > limit:
                return self.refuse(key, address, session, limit)
        if not session and self.counts[address] > settings.THROTTLE_SESSION:
            # Nobody signed in needs this many pages without a session.
            return self.refuse(address, address, "", settings.THROTTLE_SESSION)
        return self.get_response(request)

    def refuse(self, key: str, address: str, session: str, limit: int) -> HttpResponse:
        if key not in self.told and len(self.told) < JOURNAL_LINES:
            self.told.add(key)
            user_id, institution_id = _whose(session)
            journal_sign_in(
                "orgs.throttle", outcome=JournalEntry.Outcome.REFUSED, user_id=user_id, institution_id=institution_id,
                why=_("Ponad %(limit)d żądań w minucie, %(address)s.") % {"limit": limit, "address": address},
            )  # fmt: skip
        page = render_to_string("orgs/too_many.html", {"limit": limit})
        return HttpResponse(page, status=429, headers={"Retry-After": "60", "Cache-Control": "no-store"})


def client_address(request: HttpRequest) -> str:
    """The client's address; behind proxies (GNIAZDO_PROXIES) the one they vouch for."""
    if not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return str(request.META.get("REMOTE_ADDR", "?"))
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return "?"


def _whose(session: str) -> tuple[UUID | None, UUID | None]:
    """The user and institution behind a session key, for the journal."""
    if not session:
        return None, None
    found = import_module(settings.SESSION_ENGINE).SessionStore(session).get("_auth_user_id")
    if not found:
        return None, None
    user_id = UUID(str(found))
    return user_id, institution_of_user(user_id)


def institution_of_user(user_id: UUID) -> UUID | None:
    """The institution of a person's newest post: whose journal what they do at the door belongs to."""
    rows = Post.objects.system().filter(user_id=user_id).order_by("-since", "-pk")
    return rows.values_list("institution_id", flat=True).first()
