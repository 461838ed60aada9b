"""The menu of every page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from gniazdo.access.queries import PERMISSIONS, may, require
from gniazdo.access.rules import Actor, NotAllowed
from gniazdo.desk.rules import ADDITIONS, NAV, NavItem


@dataclass(frozen=True, slots=True)
class NavLink:
    """A link ready to show."""

    url: str
    label: str
    icon: str
    is_here: bool

    @property
    def here(self) -> str:
        """Whether one is already there, as `aria-current` says it."""
        return "page" if self.is_here else "false"


def frame_context(request: HttpRequest) -> dict[str, Any]:
    """`nav` and `additions` the actor may open, `search_url`. Asks the database nothing."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {}
    path = request.path
    return {
        "nav": SimpleLazyObject(lambda: _links(actor, NAV, path)),
        "additions": SimpleLazyObject(lambda: _links(actor, ADDITIONS, path)),
        "search_url": _address("desk:search"),
    }


@cache
def _address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _opens(actor: Actor, item: NavItem) -> bool:
    permission = PERMISSIONS.get(item.needs)
    if permission is None or (item.roles and not actor.has_role(*item.roles)):
        return False
    if not permission.is_read:
        return may(actor, item.needs)
    try:
        require(actor, item.needs)
    except NotAllowed:
        return False
    return True


def _links(actor: Actor, items: tuple[NavItem, ...], path: str) -> list[NavLink]:
    open_ones = [(url, item) for item in items if (url := _address(item.url_name)) and _opens(actor, item)]
    around = [url for url, _item in open_ones if path == url or (url != "/" and path.startswith(url))]
    here = max(around, key=len, default="")
    return [NavLink(url, _(item.label), item.icon, url == here) for url, item in open_ones]
