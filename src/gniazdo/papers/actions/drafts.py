"""Verbs of drafts: what is being typed into any long form is kept on the server at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from gniazdo.access.actions import action
from gniazdo.access.queries import anyone_here
from gniazdo.access.rules import HOUSE, Actor, Refusal
from gniazdo.papers.actions.sheets import clean_text
from gniazdo.papers.models import Draft
from gniazdo.papers.queries import OWN_DRAFT, draft_by_key
from gniazdo.platform.forms import drafts_kept_in
from gniazdo.platform.models import act_now


@action("papers.draft.save", label="Zapisz szkic formularza", who=anyone_here)
def save_draft(
    actor: Actor, subject: None = None, *, form: str, data: Mapping[str, Any], key: str = "", label: str = "",
    resume_url: str = "", subject_id: UUID | None = None, at: datetime | None = None,
) -> Draft:  # fmt: skip
    """Keep what was typed into `form`, as it stands, for the actor's own post; one draft per form and key.

    `resume_url` is a path of this application where the form can be taken up again. Raises Refusal for an address
    that leads elsewhere.
    """
    if resume_url and (not resume_url.startswith("/") or resume_url.startswith("//") or "\\" in resume_url):
        raise Refusal(
            _("Szkic może prowadzić tylko do stron tego programu."),
            article=HOUSE,
            advice=_("Otwórz formularz z menu programu i zapisz go ponownie."),
        )
    draft = (
        Draft.objects.for_actor(actor).select_for_update().filter(owner_id=actor.post_id, form=form, key=key).first()
    ) or Draft(institution_id=actor.institution_id, owner_id=actor.post_id, form=form, key=key)
    act = act_now()
    draft.data, draft.label = clean_text(data), clean_text(label)[:200] or draft.label
    draft.resume_url, draft.subject_id = resume_url[:300] or draft.resume_url, subject_id or draft.subject_id
    draft.updated_at = at or (act.at if act else draft.created_at)
    draft.save()
    return draft


@action("papers.draft.discard", label="Usuń własny szkic", who=OWN_DRAFT)
def discard_draft(actor: Actor, draft: Draft) -> None:
    """Throw away one's own draft: when its form was saved for good, or on purpose."""
    Draft.objects.for_actor(actor).filter(pk=draft.pk).delete()


def discard_drafts_of(actor: Actor, form: str, key: str = "") -> None:
    """A building block of verbs that save a form for good: its draft is no longer needed."""
    Draft.objects.for_actor(actor).filter(owner_id=actor.post_id, form=form, key=key).delete()


@action("papers.draft.forget", label="Usuń własny szkic zapisanego formularza", who=anyone_here)
def forget_drafts(actor: Actor, subject: None = None, *, form: str, key: str = "") -> None:
    """Drop one's own draft of a form that was saved for good; nothing happens when there is none."""
    discard_drafts_of(actor, form, key)


class Drafts:
    """The drafts of plain forms, for rooms below this one (`platform.forms.Cabinet`)."""

    FORM = "form"

    def keep(self, actor: Any, *, key: str, data: Mapping[str, Any], label: str, resume_url: str) -> None:
        save_draft(actor, None, form=self.FORM, key=key, data=data, label=label, resume_url=resume_url)

    def find(self, actor: Any, *, key: str) -> Mapping[str, Any] | None:
        draft = draft_by_key(actor, self.FORM, key)
        return draft.data if draft else None

    def drop(self, actor: Any, *, key: str) -> None:
        if draft_by_key(actor, self.FORM, key):
            forget_drafts(actor, None, form=self.FORM, key=key)


drafts_kept_in(Drafts())
