"""The platform room as a Django app."""

from django.apps import AppConfig
from django.db.models import fields
from django.utils.translation import gettext_lazy as _


class PlatformConfig(AppConfig):
    name = "gniazdo.platform"
    label = "platform"
    verbose_name = "Platforma"

    def ready(self) -> None:
        """Choices with nothing chosen yet say so in the reader's language (Django knows no Polish for it)."""
        fields.BLANK_CHOICE_LABEL = _("– wybierz –")
