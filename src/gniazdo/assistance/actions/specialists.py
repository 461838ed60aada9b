"""A psychologist, therapist or lawyer of the centre joins the work with a family, for a purpose, and leaves it."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from gniazdo.access.actions import action
from gniazdo.access.rules import Actor, NotHere, Refusal
from gniazdo.assistance.actions.steps import ART_7, open_assignments, require_state
from gniazdo.assistance.queries.case import OPEN
from gniazdo.assistance.queries.who import DISPOSES
from gniazdo.cases.actions import assign_worker, end_assignment
from gniazdo.cases.models import Assignment, CaseFile
from gniazdo.orgs.models import Post
from gniazdo.orgs.queries import posts_with_role


@action("assistance.specialist.assign", label="Włącz specjalistę do pracy z rodziną", who=DISPOSES)
def assign_specialist(actor: Actor, case: CaseFile, *, post: Post, purpose: str, on: date) -> Assignment:
    """The specialist sees the family and writes sheets about it from that day (uwrspz art. 10: specialist counselling and
    therapy are forms of work with the family); visits stay the assistant's and the social worker's.

    Raises NotHere, Refusal for an ended case, a wrong or present post or without a purpose.
    """
    if post.institution_id != case.institution_id:
        raise NotHere("Post", {"code": "assistance.specialist.assign", "id": str(post.pk)})
    require_state(case, *(OPEN - {"REFERRED"}), act=_("włączyć specjalistę"))
    if not posts_with_role(case.institution_id, "specialist", on=on).filter(pk=post.pk).exists():
        raise Refusal(
            _("%s nie ma w tym dniu roli specjalisty.") % post.user.full_name, field="post",
            advice=_("Wybierz specjalistę z listy albo poproś administratora o nadanie roli."),
        )  # fmt: skip
    if any(a.post_id == post.pk for a in open_assignments(case, "SPECIALIST")):
        raise Refusal(_("Ten specjalista już pracuje z tą rodziną."), field="post")
    if not purpose.strip():
        raise Refusal(
            _("Napisz, po co specjalista włącza się w pracę z rodziną."), article=ART_7, field="purpose",
            advice=_("Dostęp do danych rodziny musi mieć cel."),
        )  # fmt: skip
    return assign_worker(actor, case, post, role="SPECIALIST", on=on, purpose=purpose.strip())


@action("assistance.specialist.release", label="Zakończ pracę specjalisty z rodziną", who=DISPOSES)
def release_specialist(actor: Actor, case: CaseFile, *, post: Post, reason: str, on: date) -> Assignment:
    """The specialist's work with the family ends, and with it the access. Raises Refusal when they do not work with it."""
    found = next((a for a in open_assignments(case, "SPECIALIST") if a.post_id == post.pk), None)
    if found is None:
        raise Refusal(_("Ten specjalista nie pracuje teraz z tą rodziną."), field="post")
    return end_assignment(actor, found, on=on, reason=reason)
