"""Who is asking: the session and its user, each by one compiled query, since every page asks."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend as AllauthBackend
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from gniazdo.kernel import clock
from gniazdo.orgs.models import User
from gniazdo.platform.models import Prepared

COLUMNS = [field.attname for field in User._meta.concrete_fields]


def _live(key: str, now: datetime) -> QuerySet[Any, Any]:
    return Session.objects.filter(session_key=key, expire_date__gt=now).values_list("session_data")


def _one(pk: UUID) -> QuerySet[Any, Any]:
    return User.objects.filter(pk=pk).values_list(*COLUMNS)


_LIVE, _ONE = Prepared(_live), Prepared(_one)


class SessionStore(DatabaseStore):
    """Django's sessions in the database."""

    def load(self) -> dict[str, Any]:
        found = _LIVE.rows(key=self.session_key, now=clock.now()) if self.session_key else []
        if not found:
            self._session_key = None
            return {}
        return self.decode(found[0][0])


class AuthenticationBackend(AllauthBackend):  # type: ignore[misc]
    """allauth's: the log-in and the password."""

    def get_user(self, user_id: UUID) -> User | None:
        found = _ONE.rows(pk=user_id)
        user = User.from_db("default", COLUMNS, found[0]) if found else None
        return user if user and self.user_can_authenticate(user) else None
