"""The people room as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "gniazdo.people"
    label = "people"
    verbose_name = "Osoby i rodziny"
