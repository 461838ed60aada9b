"""The exchange room as a Django app."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "gniazdo.exchange"
    label = "exchange"
    verbose_name = "Wymiana danych"
