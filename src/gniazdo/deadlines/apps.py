"""The deadlines room as a Django app: finds every room's rules and deadline declarations, and follows every verb."""

from __future__ import annotations

import importlib
import importlib.util

from django.apps import AppConfig, apps


class DeadlinesConfig(AppConfig):
    name = "gniazdo.deadlines"
    label = "deadlines"
    verbose_name = "Terminy"

    def ready(self) -> None:
        """Import rules and deadline declarations of every installed room, then the verbs, whose follow-up keeps rows fresh."""
        for room in apps.get_app_configs():
            if not room.name.startswith("gniazdo."):
                continue
            for drawer in ("rules", "process", "deadlines"):
                name = f"{room.name}.{drawer}"
                if importlib.util.find_spec(name):
                    importlib.import_module(name)
        importlib.import_module("gniazdo.deadlines.actions")
