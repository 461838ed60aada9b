"""The desk room as a Django app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "gniazdo.desk"
    label = "desk"
    verbose_name = "Biurko"
