"""The cases room as a Django app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "gniazdo.cases"
    label = "cases"
    verbose_name = "Sprawy"
