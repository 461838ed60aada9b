"""The reports room as a Django app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "gniazdo.reports"
    label = "reports"
    verbose_name = "Sprawozdania"
