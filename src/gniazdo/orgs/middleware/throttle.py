"""A limit of requests in a minute: counters in the worker's memory, told to the other workers every so often through files."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gniazdo.access.actions import journal_sign_in
from gniazdo.access.models import JournalEntry
from gniazdo.orgs.models import Post

JOURNAL_LINES = 20


class ThrottleMiddleware:
    """Counts requests per session and per address; over the limit answers 429 without touching the database.

    Workers of one machine count together when `THROTTLE_FOLDER` is given: after each twentieth of the limit a worker adds
    what it saw to the client's file of that minute, and reads from its length what all saw. So nobody gets through more
    than the limit and a twentieth of it for each further worker, and a request costs a dictionary look-up. The journal
    gets one line per offender and minute, at most 20 a minute from one worker.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.minute = -1
        self.counts: dict[str, int] = {}
        self.elsewhere: dict[str, int] = {}
        self.told: set[str] = set()
        self.pages: dict[tuple[int, str | None], str] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        minute = int(time.time() // 60)
        if minute != self.minute:
            self.minute, self.counts, self.elsewhere, self.told = minute, {}, {}, set()
            forget_before(minute)
        session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        address = "adres " + client_address(request)
        for key, limit in ((session, settings.THROTTLE_SESSION), (address, settings.THROTTLE_ADDRESS)):
            if not key:
                continue
            if self.count(key, limit) > limit:
                return self.refuse(key, address, session, limit)
        if not session and self.counts[address] + self.elsewhere.get(address, 0) > settings.THROTTLE_SESSION:
            # Nobody signed in needs this many pages without a session.
            return self.refuse(address, address, "", settings.THROTTLE_SESSION)
        return self.get_response(request)

    def count(self, key: str, limit: int) -> int:
        """One more request of this client: how many all workers saw in this minute, as far as this one knows."""
        seen = self.counts[key] = self.counts.get(key, 0) + 1
        elsewhere = self.elsewhere.get(key, 0)
        step = max(settings.THROTTLE_SESSION // 20, 1)  # a stranger's address is held to the limit of a session
        if settings.THROTTLE_FOLDER and seen % step == 0 and seen + elsewhere <= limit + step:
            # A full disk must not shut the door: then each worker counts for itself.
            with suppress(OSError):
                elsewhere = self.elsewhere[key] = max(add_together(self.minute, key, step) - seen, 0)
        return seen + elsewhere

    def refuse(self, key: str, address: str, session: str, limit: int) -> HttpResponse:
        if key not in self.told and len(self.told) < JOURNAL_LINES:
            self.told.add(key)
            if settings.THROTTLE_FOLDER and not first_to_tell(self.minute, key):
                return self.answer(limit)
            user_id, institution_id = _whose(session)
            journal_sign_in(
                "orgs.throttle", outcome=JournalEntry.Outcome.REFUSED, user_id=user_id, institution_id=institution_id,
                why=_("Ponad %(limit)d żądań w minucie, %(address)s.") % {"limit": limit, "address": address},
            )  # fmt: skip
        return self.answer(limit)

    def answer(self, limit: int) -> HttpResponse:
        which = (limit, get_language())
        if which not in self.pages:
            self.pages[which] = render_to_string("orgs/too_many.html", {"limit": limit})
        return HttpResponse(self.pages[which], status=429, headers={"Retry-After": "60", "Cache-Control": "no-store"})


def _minute_folder(minute: int) -> Path:
    return Path(settings.THROTTLE_FOLDER) / str(minute)


def _file_of(minute: int, key: str, flags: int) -> int:
    """Opened, its folder made when missing. A session's key is a secret: the name is its digest."""
    folder = _minute_folder(minute)
    name = folder / blake2b(key.encode(), digest_size=16).hexdigest()
    try:
        return os.open(name.with_suffix(".told") if flags & os.O_EXCL else name, flags, 0o600)
    except FileNotFoundError:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _file_of(minute, key, flags)


def add_together(minute: int, key: str, seen: int) -> int:
    """Add to what all workers saw of a client, one byte a request; gives the sum. Appending is whole: no lock is needed."""
    opened = _file_of(minute, key, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    try:
        os.write(opened, b"." * seen)
        return os.fstat(opened).st_size
    finally:
        os.close(opened)


def first_to_tell(minute: int, key: str) -> bool:
    """Whether no other worker has journalled this offender in this minute."""
    try:
        os.close(_file_of(minute, key, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return False
    except OSError:
        return True
    return True


def forget_before(minute: int) -> None:
    """Remove the counts of past minutes; another worker may be a moment behind, so the last one stays."""
    if not settings.THROTTLE_FOLDER or not os.path.isdir(settings.THROTTLE_FOLDER):
        return
    for name in os.listdir(settings.THROTTLE_FOLDER):
        if name.isdigit() and int(name) < minute - 1:
            shutil.rmtree(_minute_folder(int(name)), ignore_errors=True)


def client_address(request: HttpRequest) -> str:
    """The client's address; behind proxies (GNIAZDO_PROXIES) the one they vouch for."""
    if not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return str(request.META.get("REMOTE_ADDR", "?"))
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return "?"


def _whose(session: str) -> tuple[UUID | None, UUID | None]:
    """The user and institution behind a session key, for the journal."""
    if not session:
        return None, None
    found = import_module(settings.SESSION_ENGINE).SessionStore(session).get("_auth_user_id")
    if not found:
        return None, None
    user_id = UUID(str(found))
    return user_id, institution_of_user(user_id)


def institution_of_user(user_id: UUID) -> UUID | None:
    """The institution of a person's newest post: whose journal what they do at the door belongs to."""
    rows = Post.objects.system().filter(user_id=user_id).order_by("-since", "-pk")
    return rows.values_list("institution_id", flat=True).first()
