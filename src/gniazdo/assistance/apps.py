"""The assistance room as a Django app."""

from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    name = "gniazdo.assistance"
    label = "assistance"
    verbose_name = "Asysta rodzinna"
