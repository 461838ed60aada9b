"""One's own account: coming back after an idle time-out, preferences, language, switching posts, notices, emergency access."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gniazdo.access.queries import fetch
from gniazdo.access.views import Request, page
from gniazdo.kernel import clock
from gniazdo.orgs.actions import break_glass, mark_notices_read
from gniazdo.orgs.forms.sign_in import PreferencesForm, RenewForm
from gniazdo.orgs.forms.work import BreakGlassForm
from gniazdo.orgs.models import Notice
from gniazdo.orgs.queries import find_subject, my_posts, notices
from gniazdo.platform.forms import attempt

SALT = "orgs.kept"
NEVER_KEPT = ("csrfmiddlewaretoken", "password", "oldpassword", "password1", "password2", "code")


def _safe(request: HttpRequest, url: str | None) -> str:
    if url and url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure()):
        return url
    return settings.LOGIN_REDIRECT_URL


def renew_page(
    request: HttpRequest, form: RenewForm, *, next_url: str, kept: QueryDict | None = None, token: str = ""
) -> HttpResponse:
    """The page that asks for the password again and carries what was being sent, sealed, so nothing typed is lost."""
    if kept is not None:
        pairs = [(k, v) for k, values in kept.lists() if k not in NEVER_KEPT for v in values]
        token = signing.dumps([str(request.user.pk), next_url, pairs], salt=SALT, compress=True)
    is_dialog = request.headers.get("HX-Request") == "true" or request.headers.get("X-Requested-With") == "fetch"
    template = "orgs/renew.html#dialog" if is_dialog else "orgs/renew.html"
    response = render(
        request, template, {"form": form, "next": next_url, "kept": token, "minutes": settings.IDLE_MINUTES}
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@never_cache
def session_renew(request: HttpRequest) -> HttpResponse:
    """GET: the dialog or page that asks for the password. POST: back to work; what was being sent is shown again."""
    if not request.user.is_authenticated:
        return redirect(settings.LOGIN_URL)
    script = request.headers.get("HX-Request") == "true" or request.headers.get("X-Requested-With") == "fetch"
    next_url = _safe(request, request.POST.get("next") or request.GET.get("next"))
    if request.method != "POST":
        return renew_page(request, RenewForm(user=request.user), next_url=next_url)
    form = RenewForm(request.POST, user=request.user)
    token = request.POST.get("kept", "")
    if not form.is_valid():
        response = renew_page(request, form, next_url=next_url, token=token)
        response.status_code = 422 if script else 200
        return response
    request.session["seen_at"] = clock.now().timestamp()
    if script:
        return HttpResponse(status=204)
    if not token:
        return redirect(next_url)
    try:
        user_id, target, pairs = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return redirect(next_url)
    if user_id != str(request.user.pk):
        return redirect(next_url)
    shown = [(k, v) for k, v in pairs if v.strip()]
    return render(request, "orgs/renewed.html", {"target": _safe(request, target), "pairs": pairs, "shown": shown})


@never_cache
def session_status(request: HttpRequest) -> HttpResponse:
    """How many seconds are left before the idle time-out; asking does not count as activity."""
    if not request.user.is_authenticated:
        return JsonResponse({"seconds_left": 0, "signed_in": False}, status=401)
    seen = request.session.get("seen_at") or clock.now().timestamp()
    left = settings.IDLE_MINUTES * 60 - (clock.now().timestamp() - seen)
    return JsonResponse({"seconds_left": max(int(left), 0), "signed_in": True})


def account(request: HttpRequest) -> HttpResponse:
    """My account: theme, language, password, second factor, sessions, posts. Open also without a post."""
    if not request.user.is_authenticated:
        return redirect(settings.LOGIN_URL)
    user = request.user
    form = PreferencesForm(request.POST or None, initial={"theme": user.theme, "language": user.language})
    if request.method == "POST" and form.is_valid():
        user.theme, user.language = form.cleaned_data["theme"], form.cleaned_data["language"]
        user.save(update_fields=["theme", "language"])
        messages.success(request, _("Zapisano."))
        response = redirect("orgs:account")
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
        return response
    posts = list(my_posts(user, on=clock.today()))
    return render(request, "orgs/account.html", {"form": form, "posts": posts})


@require_POST
def language_set(request: HttpRequest) -> HttpResponse:
    """Switch the language of the screens; kept with the person who is signed in, otherwise in a cookie."""
    wanted = request.POST.get("language", "")
    language = wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    if request.user.is_authenticated:
        user = request.user
        user.language = language
        user.save(update_fields=["language"])
    response = redirect(_safe(request, request.POST.get("next") or request.headers.get("Referer")))
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=365 * 24 * 3600, samesite="Lax")
    return response


@require_POST
def theme_set(request: HttpRequest) -> HttpResponse:
    """Switch the theme of the screens of the person who is signed in."""
    wanted = request.POST.get("theme", "")
    if request.user.is_authenticated and wanted in ("auto", "light", "dark"):
        user = request.user
        user.theme = wanted
        user.save(update_fields=["theme"])
    return redirect(_safe(request, request.POST.get("next") or request.headers.get("Referer")))


@require_POST
def post_switch(request: HttpRequest) -> HttpResponse:
    """Work at another of one's own posts from now on."""
    if not request.user.is_authenticated:
        return redirect(settings.LOGIN_URL)
    posts = {str(p.pk): p for p in my_posts(request.user, on=clock.today())}
    chosen = posts.get(request.POST.get("post", ""))
    if chosen is None:
        messages.error(request, _("To nie jest Twoje obecne stanowisko."))
        return redirect("orgs:account")
    request.session["post_id"] = str(chosen.pk)
    messages.success(request, _("Pracujesz teraz jako: %s.") % chosen.title)
    return redirect(settings.LOGIN_REDIRECT_URL)


@page(reads="orgs.notice.view")
def notice_list(request: Request) -> HttpResponse:
    """What the system told this post; POST marks the shown ones as read."""
    if request.method == "POST":
        newest = fetch(request.actor, "orgs.notice.view", Notice, request.POST.get("newest", ""))
        mark_notices_read(request.actor, newest)
        return redirect("orgs:notice-list")
    return render(request, "orgs/notices.html", {"notices": notices(request.actor)})


@page(reads="orgs.notice.view")
def break_glass_form(request: Request, subject_id: UUID) -> HttpResponse:
    """Ask for emergency access to a family's file, with a reason."""
    subject = find_subject(request.actor, subject_id)
    form = BreakGlassForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: break_glass(request.actor, subject, reason=reason, on=clock.today())):
            messages.success(request, _("Masz dostęp do teczki przez 24 godziny. Kierownik i inspektor wiedzą o tym."))
            return redirect(
                _safe(request, request.GET.get("next")) if request.GET.get("next") else reverse("orgs:account")
            )
    return render(request, "orgs/break_glass.html", {"form": form})


for _view, _why in (
    (session_renew, "whose session went idle must be able to come back"),
    (session_status, "asked by a script that may no longer be signed in"),
    (account, "one's own account, also without a post today"),
    (language_set, "a stranger at the door may choose a language"),
    (theme_set, "a stranger at the door may choose light or dark"),
    (post_switch, "chooses the post a page is then read under"),
):
    _view.open_page = _why  # type: ignore[attr-defined]
