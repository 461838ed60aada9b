"""The papers room as a Django app; finds every room's declared sheets and letters."""

import importlib
import importlib.util
import pkgutil

from django.apps import AppConfig, apps


def discover() -> None:
    """Import `<room>.sheets.*` and `<room>.letters.*` of every installed room, so that what they declare is known."""
    for config in apps.get_app_configs():
        if not config.name.startswith("gniazdo."):
            continue
        for drawer in ("sheets", "letters"):
            name = f"{config.name}.{drawer}"
            if importlib.util.find_spec(name) is None:
                continue
            package = importlib.import_module(name)
            for module in pkgutil.iter_modules(getattr(package, "__path__", [])):
                importlib.import_module(f"{name}.{module.name}")


class PapersConfig(AppConfig):
    name = "gniazdo.papers"
    label = "papers"
    verbose_name = "Karty i pisma"

    def ready(self) -> None:
        discover()
        importlib.import_module("gniazdo.papers.actions.drafts")  # says where forms of lower rooms keep their drafts
