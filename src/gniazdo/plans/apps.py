"""The plans room as a Django app."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "gniazdo.plans"
    label = "plans"
    verbose_name = "Plany"
