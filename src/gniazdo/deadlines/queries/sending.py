"""What is known of deadlines sent out: whose calendar a key opens, whether the day's letter went."""

from __future__ import annotations

import hashlib
from datetime import date
from uuid import UUID

from gniazdo.deadlines.models import CalendarKey, ReminderSent
from gniazdo.orgs.models import Post


def fingerprint(key: str) -> str:
    """What is kept of a calendar key."""
    return hashlib.sha256(key.encode()).hexdigest()


def post_of_key(key: str) -> Post | None:
    """The post whose calendar that key opens, or None."""
    found = CalendarKey.objects.system().filter(fingerprint=fingerprint(key)).select_related("post__user").first()
    return found.post if found else None


def was_reminded(post_id: UUID, on: date) -> bool:
    """Whether the day's letter already went to the post."""
    return ReminderSent.objects.system().filter(post_id=post_id, on=on).exists()
