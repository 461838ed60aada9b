"""The deadlines room as a Django app."""

from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "gniazdo.deadlines"
    label = "deadlines"
    verbose_name = "Terminy"
