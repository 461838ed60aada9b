"""The papers room as a Django app."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "gniazdo.papers"
    label = "papers"
    verbose_name = "Karty i pisma"
