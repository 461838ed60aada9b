"""What the frame of every page shows about people at work; each part asks the database only when the template uses it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from gniazdo.kernel import clock
from gniazdo.orgs.models import Institution
from gniazdo.orgs.queries import my_posts, substitute_notice


def frame_context(request: HttpRequest) -> dict[str, Any]:
    """`substitutes`: SubstituteNotice lines of today; `unread`: waiting notices; `other_posts`: posts to switch to;
    `my_institution`. Lazy: a frame that does not show a part does not pay for it."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {}
    today = clock.today()
    return {
        "substitutes": SimpleLazyObject(lambda: substitute_notice(actor, on=today) if actor.in_substitution else []),
        "unread": actor.unread,
        "other_posts": SimpleLazyObject(
            lambda: (
                [p for p in my_posts(request.user, on=today) if p.pk != actor.post_id]  # type: ignore[arg-type]
                if actor.has_other_posts
                else []
            )
        ),
        "my_institution": SimpleLazyObject(
            lambda: Institution.objects.system().defer("logo", "privacy_clause").get(pk=actor.institution_id)
        ),
    }
