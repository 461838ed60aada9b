"""Nightly jobs of deadlines: computing all rows anew, then one letter a day to each worker who has something due."""

from __future__ import annotations

import logging
import smtplib
from datetime import date

from crontask import cron
from django.conf import settings
from django.core.mail import EmailMessage
from django.tasks import task
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from gniazdo.deadlines.actions import note_reminder, rebuild, tell_due, tell_unsent
from gniazdo.deadlines.queries import MOST, WARNED, Counts, Filters, Line, counts, first_lines, untold, was_reminded
from gniazdo.kernel import clock
from gniazdo.orgs.models import Institution, Post
from gniazdo.orgs.queries import actor_for, during, parameter, system_actor
from gniazdo.platform.tasks import retried

log = logging.getLogger(__name__)


@cron("10 3 * * *")  # type: ignore[untyped-decorator]
@task
def rebuild_everything() -> int:
    """Compute every institution's rows again: days pass, settings change, and the cache must never drift."""
    today = clock.today()
    found = Institution.objects.system().order_by("pk")
    return sum(rebuild(system_actor(institution), institution, on=today) for institution in found)


@cron("40 3 * * *")  # type: ignore[untyped-decorator]
@task
def tell_everyone() -> int:
    """Show each worker in the application, once, the due days that came near or passed since the last night."""
    today = clock.today()
    posts = Post.objects.system().filter(during(today), user__is_active=True).select_related("user", "institution")
    return sum(tell(post, on=today) for post in posts.order_by("pk"))


def tell(post: Post, *, on: date) -> int:
    """The notices of one post, in its user's language; how many. Asked twice a day, it says nothing the second time."""
    actor = actor_for(post.user, on=on, post_id=post.pk)
    if actor is None or actor.post_id != post.pk or not (actor.subject_ids or actor.has_role("manager", "dpo")):
        return 0
    with translation.override(post.user.language):
        found = untold(actor, on=on)
        return tell_due(system_actor(post.institution), post, found=found, on=on) if found else 0


@cron("30 6 * * Mon,Tue,Wed,Thu,Fri")  # type: ignore[untyped-decorator]
@task
def remind_everyone() -> int:
    """Plan today's letter for every post of institutions that want letters."""
    today = clock.today()
    planned = 0
    for institution in Institution.objects.system().order_by("pk"):
        if not parameter(institution.pk, "deadlines.mail", on=today):
            continue
        posts = Post.objects.system().filter(during(today), institution=institution, user__is_active=True)
        for post_id in posts.exclude(user__email="").order_by("pk").values_list("pk", flat=True):
            remind.enqueue(post_id=str(post_id), day=today.isoformat())
            planned += 1
    return planned


@task
def remind(post_id: str, day: str, attempt: int = 1) -> bool:
    """Send one post its letter for the day, at most once; whether it was sent now. Given up, it is told in the application."""
    try:
        with retried(remind, attempt, post_id=post_id, day=day):
            return send_letter(post_id, date.fromisoformat(day))
    except Exception as error:
        _told_unsent(post_id, date.fromisoformat(day), error)
        raise
    return False


def _told_unsent(post_id: str, on: date, error: Exception) -> None:
    """Tell the people concerned; a fault in telling must not hide the first one, which the job fails with."""
    try:
        post = Post.objects.system().select_related("user", "institution").get(pk=post_id)
        said = " ".join(str(part) for part in (type(error).__name__, getattr(error, "smtp_code", "")) if part)
        refused = isinstance(error, smtplib.SMTPRecipientsRefused)
        tell_unsent(system_actor(post.institution), post, on=on, error=said, refused=refused)
    except Exception:
        log.exception("It could not be told that the letter of %s was not sent", on)


def send_letter(post_id: str, on: date) -> bool:
    """The letter itself: marks and days only, no names of families. Nothing due, nothing sent."""
    post = Post.objects.system().select_related("user", "institution").get(pk=post_id)
    actor = actor_for(post.user, on=on, post_id=post.pk)
    if actor is None or actor.post_id != post.pk:
        return False
    with translation.override(post.user.language):
        due = first_lines(actor, on=on, filters=Filters("mine", WARNED))
        if not due or was_reminded(post.pk, on):
            return False
        letter = EmailMessage(
            _subject(counts(actor, on=on)), _body(due, on), settings.DEFAULT_FROM_EMAIL, [post.user.email]
        )
        letter.send()
        # Noted after sending, and without holding the database while the mail server thinks: better twice than never.
        note_reminder(system_actor(post.institution), post, on=on, rows=len(due))
    return True


def _subject(found: Counts) -> str:
    late, soon = found.overdue, found.today + found.soon
    parts = []
    if late:
        parts.append(_("po terminie: %d") % late)
    if soon:
        parts.append(_("zbliża się: %d") % soon)
    return _("Gniazdo: %s") % ", ".join(parts)


def _body(due: list[Line], on: date) -> str:
    address = settings.PUBLIC_URL.rstrip("/") + reverse("deadlines:board")
    return render_to_string("deadlines/reminder.txt", {"lines": due, "on": on, "address": address, "most": MOST})
