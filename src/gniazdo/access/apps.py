"""The access room as a Django app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "gniazdo.access"
    label = "access"
    verbose_name = "Dostęp"
