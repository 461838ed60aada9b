"""Emergency access to a family's file, notices in the application, and the age of the journal."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from gniazdo.access.actions import action, grant_access, moment
from gniazdo.access.models import AccessGrant, JournalEntry
from gniazdo.access.queries import nobody, role
from gniazdo.access.rules import Actor, Refusal
from gniazdo.orgs.models import Institution, Notice, Post
from gniazdo.orgs.queries import mine, parameter, posts_with_role
from gniazdo.platform.models import Record

REASON_LENGTH = 20


def notify(actor: Actor, post: Post, *, title: str, url: str = "") -> Notice:
    """A building block of verbs: show one line to a post in the application."""
    made = Notice(institution_id=post.institution_id, post=post, title=title[:240], url=url)
    made.save()
    return made


@action(
    "orgs.access.break_glass",
    label="Otwórz teczkę rodziny w trybie awaryjnym",
    who=role(
        "social_worker", "assistant", "team_leader", label="pracownik socjalny, asystent rodziny, kierownik zespołu"
    ),
)
def break_glass(actor: Actor, obj: Record, *, reason: str, on: date) -> AccessGrant:
    """Open a family the post does not work with for 24 hours, with a written reason.

    The manager and the data-protection officer are told in the application; the journal keeps the reason.
    Raises Refusal when the reason is missing or shorter than 20 characters, or when the post already has access.
    """
    reason = reason.strip()
    if len(reason) < REASON_LENGTH:
        raise Refusal(
            _("Napisz, dlaczego dostęp jest potrzebny teraz (co najmniej %d znaków).") % REASON_LENGTH, field="reason",
            advice=_("Powód przeczytają kierownik i inspektor ochrony danych."),
        )  # fmt: skip
    if obj.pk in actor.subject_ids:
        raise Refusal(_("Masz już dostęp do tej rodziny."))
    grant = grant_access(
        actor, subject_id=obj.pk, post_id=actor.post_id, since=on, until=on + timedelta(days=2),
        basis=AccessGrant.Basis.BREAK_GLASS, reason=reason[:300],
    )  # fmt: skip
    for code in ("manager", "dpo"):
        for post in posts_with_role(actor.institution_id, code, on=on):
            notify(
                actor, post, url=f"/dziennik/rodzina/{obj.pk}/",
                title=_("Dostęp awaryjny na 24 godziny: %(who)s. Powód: %(why)s") % {"who": actor.name, "why": reason},
            )  # fmt: skip
    return grant


@action("orgs.notice.read", label="Oznacz powiadomienia jako przeczytane", who=mine)
def mark_notices_read(actor: Actor, obj: Notice) -> int:
    """Mark this notice and all older ones of the same post as read."""
    rows = Notice.objects.for_actor(actor).filter(post_id=actor.post_id, read_at=None, pk__lte=obj.pk)
    return rows.update(read_at=moment())


@action("orgs.journal.purge", label="Usuń wpisy dziennika po okresie przechowywania", who=nobody)
def purge_journal(actor: Actor, obj: Institution, *, on: date) -> int:
    """Delete journal entries older than the institution's period, never under 2 years (KRI24 § 20, C-DATA-01).

    Entries of no institution (unknown log-ins, throttling) go after 2 years. The deletion itself is journalled with its counts.
    """
    years = max(int(parameter(obj.pk, "orgs.journal_years", on=on)), 2)
    try:
        edge = on.replace(year=on.year - years)
    except ValueError:  # 29 February
        edge = on.replace(year=on.year - years, day=28)
    gone, _kinds = JournalEntry.objects.filter(institution_id=obj.pk, at__date__lt=edge).delete()
    if gone:
        JournalEntry(
            at=moment(), institution_id=obj.pk, code="orgs.journal.purge", outcome=JournalEntry.Outcome.DONE,
            why=_("Usunięto %(n)d wpisów sprzed %(day)s.") % {"n": gone, "day": edge.strftime("%d.%m.%Y")},
        ).save()  # fmt: skip
    return gone
