"""The composition root as a Django app: it registers the checks made at start."""

from django.apps import AppConfig


class ConfConfig(AppConfig):
    name = "gniazdo.conf"
    label = "conf"
    verbose_name = "Ustawienia"

    def ready(self) -> None:
        from gniazdo.conf import checks  # noqa: F401 - importing registers them
