"""The tabs that join the office's lists; only those the post may open."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from gniazdo.access.queries import PERMISSIONS, require
from gniazdo.access.rules import NotAllowed
from gniazdo.access.views import Request

LISTS = (
    ("assistance:intake-list", "assistance.intake.list", "Zgłoszenia"),
    ("assistance:waiting-list", "assistance.waiting.list", "Oczekujący"),
    ("assistance:caseload", "assistance.load.view", "Obciążenie"),
    ("assistance:court-list", "assistance.court.list_view", "Sąd i zapytania"),
    ("assistance:monitoring-list", "assistance.monitoring.list", "Monitoring"),
    ("assistance:register", "assistance.register.view", "Rejestr rodzin"),
)


def office_tabs(request: Request) -> list[tuple[str, str, bool]]:
    """(address, words, whether we are there) of each list this post may open."""
    found = []
    for name, code, label in LISTS:
        try:
            require(request.actor, code)
        except NotAllowed:
            continue
        if code in PERMISSIONS:
            url = reverse(name)
            found.append((url, _(label), request.path == url))
    return found
