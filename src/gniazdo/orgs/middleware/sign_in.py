"""allauth's hooks: no self sign-up, wrong passwords told and journalled, first passwords changed, second factor by role."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gniazdo.access.actions import journal_sign_in
from gniazdo.access.models import JournalEntry
from gniazdo.kernel import clock
from gniazdo.orgs.middleware.throttle import client_address, institution_of_user
from gniazdo.orgs.models import User
from gniazdo.orgs.queries import actor_for, parameter

CODE = "orgs.sign_in"


def journal_wrong(request: HttpRequest, login: str, why: str) -> None:
    """A failed attempt. An unknown log-in is not written down: people type passwords into the wrong box."""
    user = User.objects.filter(login__iexact=login).first() if login else None
    journal_sign_in(
        CODE, outcome=JournalEntry.Outcome.REFUSED, user_id=user.pk if user else None,
        institution_id=institution_of_user(user.pk) if user else None,
        why=f"{why} {'' if user else _('Nieznany login. ')}{_('Adres')} {client_address(request)}.",
    )  # fmt: skip


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in as an office wants it."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": gettext_lazy(
            "Login albo hasło są niepoprawne. Sprawdź, czy nie jest włączony Caps Lock."
        ),
        "invalid_login": gettext_lazy("Login albo hasło są niepoprawne."),
        "incorrect_password": gettext_lazy("Hasło jest niepoprawne."),
        "too_many_login_attempts": gettext_lazy(
            "Zbyt wiele nieudanych prób. Logowanie jest wstrzymane na kwadrans; potem spróbuj ponownie "
            "albo poproś administratora o nowe hasło."
        ),
        "enter_current_password": gettext_lazy("Wpisz swoje obecne hasło."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            journal_wrong(request, str(credentials.get("username", "")), _("Zbyt wiele nieudanych prób logowania."))
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        journal_wrong(request, str(credentials.get("username", "")), _("Błędne hasło."))

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        journal_sign_in(
            CODE, outcome=JournalEntry.Outcome.DONE, user_id=user.pk, institution_id=institution_of_user(user.pk),
            why=f"{_('Adres')} {client_address(request)}.",
        )  # fmt: skip
        request.session["seen_at"] = clock.now().timestamp()
        if second_factor_required(user):
            request.session["needs_factor"] = True
        response = cast(HttpResponse, super().post_login(request, user, **kwargs))
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
        return response

    def set_password(self, user: Any, password: str) -> None:
        user.must_change_password = False
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("orgs:account")

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Accounts of an office have no private mail to write to; the journal keeps the trace."""

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        # "Signed in as …" at every sign-in is noise, and its text is not ours.
        if message_template and message_template.endswith(("logged_in.txt", "logged_out.txt")):
            return
        super().add_message(request, level, message_template, *args, **kwargs)


def second_factor_required(user: User) -> bool:
    """Whether the institution demands a second factor of a role this person holds today."""
    on = clock.today()
    actor = actor_for(user, on=on)
    if actor is None:
        return False
    return bool(actor.roles.intersection(parameter(actor.institution_id, "orgs.second_factor_roles", on=on)))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors under their own names."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": gettext_lazy("Kod jest niepoprawny.")}

    def _get_user_identifier(self, user: Any) -> str:
        return str(user.login)

    def _get_site_name(self) -> str:
        return "Gniazdo"
