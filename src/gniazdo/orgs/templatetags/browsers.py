"""`{{ session.user_agent|browser }}`: the browser and the system in words people know."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from gniazdo.orgs.rules import browser_of

register = template.Library()


@register.filter
def browser(user_agent: str) -> str:
    """„Firefox, Windows”; what a program calls itself when it is no browser we know."""
    return ", ".join(part for part in browser_of(user_agent) if part) or _("nieznana przeglądarka")
