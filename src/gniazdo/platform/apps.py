"""The platform room as a Django app."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    name = "gniazdo.platform"
    label = "platform"
    verbose_name = "Platforma"
