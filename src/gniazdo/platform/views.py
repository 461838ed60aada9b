"""Error pages, the component gallery and what every page's frame needs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def page_context(request: HttpRequest) -> dict[str, Any]:
    """What the frame of every page needs."""
    return {"actor": getattr(request, "actor", None)}
