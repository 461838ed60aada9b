"""What an institution adds to declared papers: questions, hidden words, own wording and Word templates."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from gniazdo.orgs.models import Owned, Post
from gniazdo.papers.vocab import LOCAL_KINDS
from gniazdo.platform.models import Privacy


class LocalQuestion(Owned):
    """A question the institution adds to a sheet. It may be retired, never deleted: old sheets keep their answers."""

    no_subject = "what an institution asks, about no family"
    privacy = Privacy(
        plain=("sheet", "section", "code", "kind", "label", "help", "options", "position", "since", "until"),
        retention="institution",
    )
    sheet = models.CharField(_("karta"), max_length=60)
    section = models.CharField(_("część"), max_length=60, blank=True)
    code = models.CharField(max_length=40)
    kind = models.CharField(_("rodzaj"), max_length=8, choices=LOCAL_KINDS.choices())
    label = models.CharField(_("pytanie"), max_length=200)
    help = models.CharField(_("wyjaśnienie"), max_length=300, blank=True)
    options = models.JSONField(_("odpowiedzi do wyboru"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    since = models.DateField(_("od"))
    until = models.DateField(_("do"), null=True, blank=True)

    class Meta:
        verbose_name = _("pytanie instytucji")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "sheet", "code"], name="local_question_once",
                                    violation_error_message=_("Takie pytanie już jest w tej karcie.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.label


class HiddenWord(Owned):
    """A word of a list the institution does not use: not offered, still shown where it was chosen."""

    no_subject = "what an institution does not offer, about no family"
    privacy = Privacy(plain=("list_id", "code"), retention="institution")
    list_id = models.CharField(max_length=80)
    code = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("ukryte słowo")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "list_id", "code"], name="hidden_word_once")
        ]

    def __str__(self) -> str:
        return f"{self.list_id}: {self.code}"


class LocalTemplate(Owned):
    """The institution's own Word template of a sheet or letter, or its own wording of a letter."""

    no_subject = "how an institution prints, about no family"
    privacy = Privacy(
        plain=("kind", "code", "body", "body_on", "path", "original_name", "sha256", "file_on", "since"),
        retention="institution",
    )
    kind = models.CharField(max_length=8, choices=[("sheet", _("karta")), ("letter", _("pismo"))])
    code = models.CharField(max_length=60)
    body = models.TextField(_("własna treść"), blank=True)
    path = models.CharField(max_length=120, blank=True)
    original_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    body_on = models.DateField(null=True, blank=True)
    body_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    file_on = models.DateField(null=True, blank=True)
    file_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()

    class Meta:
        verbose_name = _("własny wzór")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "kind", "code"], name="local_template_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"
