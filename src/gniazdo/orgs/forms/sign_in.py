"""Forms at the door: coming back after an idle time-out, one's own preferences."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.core import context
from allauth.mfa.base.forms import ReauthenticateForm as CodeForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm, LoginWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from gniazdo.orgs.models import User
from gniazdo.platform.forms import Form


class RenewForm(Form):
    """The password again, and the code of the authenticator app when one is set."""

    password = forms.CharField(
        label=_("Hasło"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    code = forms.CharField(
        label=_("Kod z aplikacji uwierzytelniającej"), max_length=20, required=True,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )  # fmt: skip

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        codes = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
        if not Authenticator.objects.filter(user_id=user.pk, type__in=codes).exists():
            del self.fields["code"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        adapter = get_adapter()
        if not adapter.reauthenticate(self.user, data["password"]):
            self.add_error("password", adapter.validation_error("incorrect_password"))
            return data
        if "code" in self.fields:
            code = CodeForm({"code": data["code"]}, user=self.user)
            if not code.is_valid():
                self.add_error("code", code.errors["code"])
                return data
        reauthenticate_by_password(context.request)
        return data


class PreferencesForm(Form):
    """How the screens look and in which language they speak."""

    theme = forms.ChoiceField(label=_("Motyw"), choices=User._meta.get_field("theme").choices or [])
    language = forms.ChoiceField(label=_("Język"), choices=User._meta.get_field("language").choices or [])


def _plain(form: forms.BaseForm) -> None:
    """Take off allauth's link to resetting a password by mail: here an administrator gives a new one."""
    for field in form.fields.values():
        field.help_text = ""
        field.widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):  # type: ignore[misc]
    """Log-in and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Login")
        _plain(self)


class ConfirmForm(ReauthenticateForm):  # type: ignore[misc]
    """The password before a change that touches the account's security."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """The old password and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)


class AddKeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey of this device, in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Nazwa klucza")
        self.fields["name"].help_text = _("Po niej poznasz go na liście, na przykład: laptop służbowy.")
        without = self.fields["passwordless"]
        without.label = _("Loguj tym kluczem bez hasła")
        without.help_text = _("Wystarczy wtedy odcisk palca, twarz lub PIN. Inaczej klucz jest tylko drugim składnikiem po haśle.")  # fmt: skip


class RenameKeyForm(EditWebAuthnForm):  # type: ignore[misc]
    """Another name of a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Nazwa klucza")


class KeyForm(LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey at the door. Which account it belonged to is never said."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()
        except forms.ValidationError:
            raise forms.ValidationError(
                _("Tego klucza nie ma na żadnym koncie albo został usunięty. Zaloguj się hasłem.")
            ) from None
