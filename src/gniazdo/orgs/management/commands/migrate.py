"""Django's `migrate`, and after it the second fence: every table of an institution gets its policy, new ones as well."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate

from gniazdo.orgs.models import Owned
from gniazdo.platform.models import raise_fence


class Command(migrate.Command):
    """Whatever makes tables (serve, tests, restore) comes through here."""

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if not options.get("plan") and not options.get("check_unapplied"):
            raise_fence(Owned)
