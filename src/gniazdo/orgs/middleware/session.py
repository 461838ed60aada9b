"""Who is asking: the session, and its user with their posts and roles, each by one compiled query: every page asks."""

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
from gniazdo.orgs.queries.acting import user_today
from gniazdo.platform.models import Prepared


def _live(key: str, now: datetime) -> QuerySet[Any, Any]:
    return Session.objects.filter(session_key=key, expire_date__gt=now).values_list("session_data")


_LIVE = Prepared(_live)


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
        user = user_today(user_id, on=clock.today()) or User.objects.filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
