"""@page: what every view stands in. Signed in or shown the door; reading journalled once; a GET that writes blows up."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Concatenate, cast
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.db import connection
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from gniazdo.access.actions import journal_strangers
from gniazdo.access.forms import JournalForm
from gniazdo.access.models import JournalEntry
from gniazdo.access.queries import (
    PERMISSIONS,
    JournalFilter,
    JournalLine,
    Reads,
    family_log,
    journal,
    journal_export,
    reads_now,
    require,
)
from gniazdo.access.rules import Actor, Refusal
from gniazdo.kernel import clock
from gniazdo.kernel.catalogue import BadDeclaration
from gniazdo.platform.tables import csv_response
from gniazdo.platform.views import signed_out


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
) -> Callable[[Callable[Concatenate[Request, P], HttpResponse]], Callable[Concatenate[HttpRequest, P], HttpResponse]]:
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
                if request.method == "POST" and not request.user.is_authenticated:
                    return signed_out(request)
                return redirect_to_login(request.get_full_path())
            require(actor, reads)
            seen = Reads(set(), {}, {} if request.method in ("GET", "HEAD") else None)
            token = reads_now.set(seen)
            try:
                response = _answer(request, lambda: view(request, *args, **kwargs))  # type: ignore[arg-type]
            except Refusal:
                journal_strangers(actor, reads, _tried(request.POST))
                raise
            finally:
                reads_now.reset(token)
            _journal_tried(request, response, actor, reads)
            if request.method != "POST" or not 300 <= response.status_code < 400:
                _journal_reads(actor, reads, seen)
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        shown.reads = reads  # type: ignore[attr-defined]
        return cast("Callable[Concatenate[HttpRequest, P], HttpResponse]", shown)

    return wrap


def _answer(request: HttpRequest, ask: Callable[[], HttpResponse]) -> HttpResponse:
    if request.method not in ("GET", "HEAD"):
        return ask()
    with reading_only():
        response = ask()
        # A lazy response would run its queries outside the guard.
        if hasattr(response, "render") and not getattr(response, "is_rendered", True):
            response = response.render()
        return response


def _journal_tried(request: HttpRequest, response: HttpResponse, actor: Actor, reads: str) -> None:
    if request.method == "POST" and _is_form_again(response):
        journal_strangers(actor, reads, _tried(request.POST), offered=response.content)
    elif asked := _tried(request.GET, known=actor.subject_ids | actor.reach_post_ids):
        journal_strangers(actor, reads, asked)


MOST_TRIED = 40


def _is_form_again(response: HttpResponse) -> bool:
    """Whether a post was answered by a page (its form once more), not by going on or by a word to a script."""
    gone_on = 300 <= response.status_code < 400
    return not gone_on and not response.streaming and "html" in response.headers.get("Content-Type", "")


def _tried(sent: QueryDict, *, known: Collection[UUID] = ()) -> dict[UUID, str]:
    """Every id that a form or an address's filter carried, in a field or in a field's name, and where; not the `known`.

    Those of a form are asked about only when it was not taken; a filter takes any id, and shows nothing of a stranger's.
    """
    found: dict[UUID, str] = {}
    for name, values in sent.lists():
        for text in (*values, *IN_A_NAME.findall(name)):
            if len(text) in (32, 36) and len(found) < MOST_TRIED:
                with suppress(ValueError):
                    found.setdefault(UUID(text), name[:60])
    return {pk: name for pk, name in found.items() if pk not in known}


IN_A_NAME = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


def _journal_reads(actor: Actor, code: str, seen: Reads) -> None:
    """A line for each record shown. A post that sends elsewhere has shown nothing; its verb wrote its own line."""
    at = clock.now()
    base = {"at": at, "institution_id": actor.institution_id, "user_id": actor.user_id, "post_id": actor.post_id}
    entries = [
        JournalEntry(
            **base,
            code=read_code,
            outcome=JournalEntry.Outcome.READ,
            subject_id=subject,
            object_kind=kind,
            object_id=UUID(pk),
        )
        for (kind, pk), (read_code, subject) in seen.objects.items()
    ] or [JournalEntry(**base, code=code, outcome=JournalEntry.Outcome.READ)]
    JournalEntry.write(entries)


def _before(request: HttpRequest) -> int | None:
    """The key of the page before this one, when the address carries a sensible one."""
    text = request.GET.get("przed", "")
    return int(text) if text.isdigit() and len(text) < 19 else None


def _next(request: HttpRequest, key: int | None) -> str:
    """The address of the next page with the same filter, or nothing on the last."""
    if key is None:
        return ""
    query = request.GET.copy()
    query["przed"] = str(key)
    return "?" + query.urlencode()


def _file(name: str, lines: list[JournalLine]) -> HttpResponse:
    header = [
        _("Kiedy"),
        _("Kto"),
        _("Czynność"),
        _("Wynik"),
        _("Dotyczy"),
        _("Rodzina"),
        _("Zmiana"),
        _("Uwagi"),
    ]
    return csv_response(name, header, [
        (line.at.astimezone(clock.WARSAW).strftime("%d.%m.%Y %H:%M:%S"), line.who, line.what, line.outcome_label, line.kind,
         line.subject, ": ".join(filter(None, (line.change, ", ".join(line.fields)))), line.why)
        for line in lines
    ])  # fmt: skip


@page(reads="access.journal.view")
def journal_list(request: Request) -> HttpResponse:
    """The journal of the institution, filtered, page by page; `plik=csv` gives the filtered lines as a file."""
    form = JournalForm(request.GET or None)
    wanted = form.wanted() if form.is_bound else JournalFilter()
    if request.GET.get("plik") == "csv":
        return _file("dziennik", journal_export(request.actor, wanted))
    lines, key = journal(request.actor, wanted, before=_before(request))
    export = request.GET.copy()
    export["plik"] = "csv"
    shown = {"form": form, "lines": lines, "next": _next(request, key), "export": "?" + export.urlencode()}
    return render(request, "access/journal.html", shown)


@page(reads="access.journal.family")
def family_log_page(request: Request, family_id: UUID) -> HttpResponse:
    """Who looked into a family's file."""
    lines, key = family_log(request.actor, family_id, before=_before(request))
    if request.GET.get("plik") == "csv":
        return _file("kto-zagladal", family_log(request.actor, family_id, limit=2000)[0])
    return render(
        request, "access/family_log.html", {"lines": lines, "next": _next(request, key), "family_id": family_id}
    )
