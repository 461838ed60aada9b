"""The reports room as a Django app; loads every report of the library."""

import importlib
import pkgutil

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "gniazdo.reports"
    label = "reports"
    verbose_name = "Sprawozdania"

    def ready(self) -> None:
        from gniazdo.reports import library

        for module in pkgutil.iter_modules(library.__path__):
            importlib.import_module(f"{library.__name__}.{module.name}")
