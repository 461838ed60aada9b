"""Error pages and what every page's frame needs. An error page says what happened, what was saved and what to do."""

from __future__ import annotations

import errno
import functools
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE, get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)


def in_polish[**P, R](f: Callable[P, R]) -> Callable[P, R]:
    """For what is printed: a document of a Polish office, whatever language its reader has chosen (ADR 0005)."""

    @functools.wraps(f)
    def made(*args: P.args, **kwargs: P.kwargs) -> R:
        with translation.override("pl"):
            return f(*args, **kwargs)

    return made


def page_context(request: HttpRequest) -> dict[str, Any]:
    """What the frame of every page needs."""
    return {"actor": getattr(request, "actor", None)}


@dataclass(frozen=True, slots=True)
class Kept:
    """What was typed into a form that could not be taken: shown, and ready to be sent again."""

    address: str
    fields: tuple[tuple[str, str], ...]
    had_files: bool
    token: str


def kept_from(request: HttpRequest) -> Kept | None:
    """The fields of a post except secrets, or None. Never raises."""
    if request.method != "POST":
        return None
    try:
        fields = tuple(
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name != "csrfmiddlewaretoken" and "password" not in name and "haslo" not in name
        )
        return Kept(request.get_full_path(), fields, bool(request.FILES), get_token(request)) if fields else None
    except Exception:
        log.exception("the form could not be kept")
        return None


def _words(status: int) -> tuple[str, str]:
    return {
        400: (
            _("Nie rozumiemy tego żądania"),
            _(
                "Przeglądarka wysłała coś, czego system nie umie przyjąć. Wróć do poprzedniej strony i spróbuj jeszcze raz."
            ),
        ),
        403: (
            _("Brak uprawnień"),
            _(
                "Twoje stanowisko nie daje dostępu do tej strony. Jeżeli powinno, powiedz o tym osobie, która zarządza uprawnieniami."
            ),
        ),
        404: (
            _("Nie ma takiej strony"),
            _("Adres jest błędny albo ta sprawa nie należy do Twojej instytucji. Sprawdź adres lub użyj wyszukiwarki."),
        ),
        413: (
            _("To, co wysłano, jest za duże"),
            _("Przyjmujemy pliki do 25 MB. Zmniejsz rozdzielczość skanu albo podziel plik i spróbuj ponownie."),
        ),
    }[status]


def _calm(request: HttpRequest, status: int) -> HttpResponse:
    """An error page in the frame; without the frame when even the frame cannot be made."""
    title, text = _words(status)
    try:
        return render(request, "platform/error.html", {"title": title, "text": text}, status=status)
    except Exception:
        log.exception("the frame of the error page could not be made")
        return HttpResponse(
            render_to_string("platform/broken.html", {"title": title, "text": text, "kept": None}), status=status
        )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 for a body above the limit."""
    return _calm(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return _calm(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return _calm(request, 404)


def _says_disk_is_full(error: BaseException | None) -> bool:
    """Whether this, or what it came from, is a disk without room: of files, of SQLite, of PostgreSQL (SQLSTATE 53100)."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return True
        if getattr(error, "sqlstate", "") == "53100" or "disk is full" in str(error):
            return True
        error = error.__cause__
    return False


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 when the database is locked or away, or the disk full: nothing was saved, the form can be sent again.

    Asks no database.
    """
    error, kept = sys.exc_info()[1], kept_from(request)
    if _says_disk_is_full(error):
        title, status = _("Na serwerze zabrakło miejsca na dysku"), 503
        text = _(
            "Nic nie zostało zapisane, a to, co zapisano wcześniej, jest bezpieczne. Powiadom administratora: trzeba zwolnić miejsce."
        )
    elif isinstance(error, OperationalError) and "disk I/O error" in str(error):
        title, status = _("Serwer nie może zapisać na dysku"), 503
        text = _("Nic nie zostało zapisane. Powiadom administratora: dysk jest pełny, ograniczony albo uszkodzony.")
    elif isinstance(error, OperationalError):
        title, status = _("Baza danych jest chwilowo zajęta"), 503
        text = _("Nic nie zostało zapisane. Odczekaj chwilę i spróbuj jeszcze raz.")
    else:
        title, status = _("Coś poszło nie tak po naszej stronie"), 500
        text = _("Błąd został zapisany w dzienniku serwera. To, co zapisano wcześniej, jest bezpieczne.")
    if status == 503 and kept:
        text += " " + _("To, co wpisano, czeka niżej: gdy będzie można, wyślij to samo jeszcze raz.")
    page = render_to_string("platform/broken.html", {"title": title, "text": text, "kept": kept})
    headers = {"Cache-Control": "no-store"} | ({"Retry-After": "10"} if status == 503 else {})
    return HttpResponse(page, status=status, headers=headers)


def signed_out(request: HttpRequest) -> HttpResponse:
    """401 for a form sent by somebody who has been signed out: what was typed waits here while they sign in beside."""
    title = _("Trzeba zalogować się ponownie")
    text = _(
        "Wylogowano Cię, zanim formularz dotarł. Nic nie zostało zapisane, ale nic nie zginęło: zaloguj się w nowej karcie,"
        " wróć tutaj i wyślij to samo jeszcze raz."
    )
    shown = {"title": title, "text": text, "kept": kept_from(request), "sign_in": settings.LOGIN_URL}
    page = render_to_string("platform/broken.html", shown)
    return HttpResponse(page, status=401, headers={"Cache-Control": "no-store"})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's key has grown old (sign-in in another tab): what was typed is kept and can be sent with a fresh one.

    A post from another site gets no „send again” button: only a post whose origin is this host does.
    """
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    ours = origin.split("://")[-1].split("/")[0] == request.get_host() or (
        not origin and reason == REASON_NO_CSRF_COOKIE
    )
    title = _("Strona była otwarta zbyt długo")
    text = _("Zanim wysłano formularz, zalogowano się na nowo albo wyłączono ciasteczka. Nic nie zostało zapisane.")
    kept = kept_from(request) if ours else None
    page = render_to_string("platform/broken.html", {"title": title, "text": text, "kept": kept})
    return HttpResponse(page, status=403, headers={"Cache-Control": "no-store"})
