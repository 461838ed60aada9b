"""The orgs room as a Django app."""

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "gniazdo.orgs"
    label = "orgs"
    verbose_name = "Instytucje i pracownicy"
