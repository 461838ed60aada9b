"""@page: what every view stands in. Signed in or shown the door; reading journalled once; a GET that writes blows up."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Concatenate

from django.contrib.auth.views import redirect_to_login
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from gniazdo.access.models import JournalEntry
from gniazdo.access.queries import PERMISSIONS, Reads, reads_now, require
from gniazdo.access.rules import Actor
from gniazdo.kernel import clock
from gniazdo.kernel.catalogue import BadDeclaration


class Request(HttpRequest):
    """A request that has passed @page: it has an actor."""

    actor: Actor
    htmx: HtmxDetails


class GetThatWrites(RuntimeError):
    """A page shown by GET tried to change the database."""


PAGES: dict[str, str] = {}
"""view (module.name) → the permission it reads under; the outsider test walks it."""


@contextmanager
def reading_only() -> Iterator[None]:
    """Let nothing but the session be written while a GET is answered."""

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        head = sql.lstrip()[:6].upper()
        if head in ("INSERT", "UPDATE", "DELETE") and "django_session" not in sql and "usersession" not in sql:
            raise GetThatWrites(sql[:200])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield


def page[**P](
    *, reads: str
) -> Callable[
    [Callable[Concatenate[Request, P], HttpResponse]], Callable[Concatenate[HttpRequest, P], HttpResponse]
]:
    """Declare a screen and the permission it reads under (declared by @reads; `people.family.view`)."""

    def wrap(
        view: Callable[Concatenate[Request, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        if reads not in PERMISSIONS:
            raise BadDeclaration(f"{view.__module__}.{view.__qualname__} reads under unknown {reads}")
        PAGES[f"{view.__module__}.{view.__qualname__}"] = reads

        @functools.wraps(view)
        def shown(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            actor: Actor | None = getattr(request, "actor", None)
            if actor is None:
                return redirect_to_login(request.get_full_path())
            require(actor, reads)
            seen = Reads(set(), {})
            token = reads_now.set(seen)
            try:
                if request.method in ("GET", "HEAD"):
                    with reading_only():
                        response = view(request, *args, **kwargs)  # type: ignore[arg-type]
                        # A lazy response would run its queries outside the guard.
                        if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                            response = response.render()
                else:
                    response = view(request, *args, **kwargs)  # type: ignore[arg-type]
            finally:
                reads_now.reset(token)
            _journal_reads(actor, reads, seen)
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        shown.reads = reads  # type: ignore[attr-defined]
        return shown

    return wrap


def _journal_reads(actor: Actor, code: str, seen: Reads) -> None:
    at = clock.now()
    base = {"at": at, "institution_id": actor.institution_id, "user_id": actor.user_id, "post_id": actor.post_id}
    entries = [
        JournalEntry(
            **base,
            code=read_code,
            outcome=JournalEntry.Outcome.READ,
            subject_id=subject,
            object_kind=kind,
            object_id=pk,
        )
        for (kind, pk), (read_code, subject) in seen.objects.items()
    ] or [JournalEntry(**base, code=code, outcome=JournalEntry.Outcome.READ)]
    JournalEntry.objects.bulk_create(entries)
