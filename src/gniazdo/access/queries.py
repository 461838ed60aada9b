"""Guards and reading: one rule answers for an object, narrows a list in SQL and shows or hides a button."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Concatenate, cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

from gniazdo.access.rules import Actor, NotAllowed, NotHere
from gniazdo.kernel.catalogue import BadDeclaration, declare
from gniazdo.platform.models import Record

NOTHING = Q(pk__in=[])


@dataclass(frozen=True, slots=True)
class Guard:
    """A rule about who. `narrow(actor, model)` gives the rows as Q: Q() for all, NOTHING for none; `allows` follows from it
    unless a quicker answer is given."""

    label: str
    narrow: Callable[[Actor, type[Model]], Q]
    quick: Callable[[Actor, Any], bool | None] = lambda actor, obj: None

    def allows(self, actor: Actor, obj: Any) -> bool:
        """Whether the rule holds for this object (already known to be of the actor's institution)."""
        if isinstance(obj, Record):
            answer = self.quick(actor, obj)
            if answer is not None:
                return answer
            rows = self.narrow(actor, type(obj))
            if rows == Q():
                return True
            return rows != NOTHING and type(obj)._base_manager.filter(rows, pk=obj.pk).exists()
        return self.narrow(actor, Model) == Q()

    def __or__(self, other: Guard) -> Guard:
        def narrow(actor: Actor, model: type[Model]) -> Q:
            mine, theirs = self.narrow(actor, model), other.narrow(actor, model)
            if Q() in (mine, theirs):
                return Q()
            if mine == NOTHING:
                return theirs
            return mine if theirs == NOTHING else mine | theirs

        def quick(actor: Actor, obj: Any) -> bool | None:
            answers = (self.quick(actor, obj), other.quick(actor, obj))
            return True if True in answers else (None if None in answers else False)

        return Guard(f"{self.label} lub {other.label}", narrow, quick)

    def __and__(self, other: Guard) -> Guard:
        def narrow(actor: Actor, model: type[Model]) -> Q:
            mine, theirs = self.narrow(actor, model), other.narrow(actor, model)
            return NOTHING if NOTHING in (mine, theirs) else mine & theirs

        def quick(actor: Actor, obj: Any) -> bool | None:
            answers = (self.quick(actor, obj), other.quick(actor, obj))
            return False if False in answers else (None if None in answers else True)

        return Guard(f"{self.label} i {other.label}", narrow, quick)


def role(*codes: str, label: str) -> Guard:
    """Everyone who holds one of these roles in the institution today."""
    return Guard(
        label,
        lambda actor, model: Q() if actor.has_role(*codes) else NOTHING,
        lambda actor, obj: actor.has_role(*codes),
    )


def _subject_path(model: type[Model]) -> str:
    path = getattr(model, "access_path", None)
    if path is None:
        raise BadDeclaration(f"{model.__name__} has no access_path: say how it leads to its subject (the family)")
    return cast(str, path)


def _on_list(actor: Actor, model: type[Model]) -> Q:
    if model is Model:
        # Asked about no record in particular: some rows, never all, so pages open and creating from nothing stays shut.
        return Q(pk__isnull=False)
    custom = getattr(model, "access_q", None)
    if custom is not None:
        return cast(Q, custom(actor.subject_ids))
    return Q(**{f"{_subject_path(model)}__in": actor.subject_ids}) if actor.subject_ids else NOTHING


def _on_list_quick(actor: Actor, obj: Any) -> bool | None:
    path = getattr(type(obj), "access_path", None)
    if path and "__" not in path and getattr(type(obj), "access_q", None) is None:
        return getattr(obj, "pk" if path == "pk" else path) in actor.subject_ids
    return None


on_access_list = Guard("pracuje z tą rodziną (przydział, zastępstwo, zespół)", _on_list, _on_list_quick)
"""The post stands on the subject's access list. A model says how it leads to its subject: `access_path = "family_id"`,
or a classmethod `access_q(subject_ids) -> Q` where the way forks."""

nobody = Guard("nikt", lambda actor, model: NOTHING, lambda actor, obj: False)
anyone_here = Guard("każdy pracownik instytucji", lambda actor, model: Q(), lambda actor, obj: True)


@dataclass(frozen=True, slots=True)
class Permission:
    """One act or reading that a post may be allowed: the row of the role matrix."""

    code: str
    label: str
    who: Guard
    is_read: bool
    where: str


PERMISSIONS: dict[str, Permission] = {}


def permit(code: str, label: str, who: Guard, *, is_read: bool, where: str, depth: int = 3) -> Permission:
    """Declare a permission. Raises BadDeclaration when the code is taken by another function."""
    permission = Permission(code, label, who, is_read, where)
    declare("permission", code, label, permission, depth=depth)
    PERMISSIONS[code] = permission
    return permission


def may(actor: Actor, code: str, obj: Any = None) -> bool:
    """Whether the verb `code` would be allowed for this object, without doing it. Buttons ask this."""
    permission = PERMISSIONS[code]
    if isinstance(obj, Record) and getattr(obj, "institution_id", actor.institution_id) != actor.institution_id:
        return False
    return actor.is_system or permission.who.allows(actor, obj)


def visible[M: Record](actor: Actor, code: str, rows: QuerySet[M]) -> QuerySet[M]:
    """Narrow a queryset to the actor's institution and to what `code` lets this post see."""
    rows = rows.filter(institution_id=actor.institution_id)
    if actor.is_system:
        return rows
    narrowed = PERMISSIONS[code].who.narrow(actor, rows.model)
    return rows if narrowed == Q() else rows.filter(narrowed)


def fetch[M: Record](actor: Actor, code: str, rows: QuerySet[M] | type[M], pk: UUID | str) -> M:
    """One record the actor may see under `code`, noted as read. Raises NotHere otherwise (404, journalled)."""
    if isinstance(rows, type):
        rows = rows.objects.system()  # type: ignore[attr-defined]
    try:
        found = visible(actor, code, rows).get(pk=pk)
    except (rows.model.DoesNotExist, ValidationError, ValueError):
        raise NotHere(rows.model.__name__, {"code": code, "id": str(pk)}) from None
    note_read(code, found)
    return found


@dataclass(slots=True)
class Reads:
    """What the page being made has read so far: written to the journal once, when it is done."""

    codes: set[str]
    objects: dict[tuple[str, str], tuple[str, UUID | None]]


_reads: ContextVar[Reads | None] = ContextVar("reads", default=None)
reads_now = _reads


def note_read(code: str, obj: Record | None = None) -> None:
    """Remember for the journal that this object was read (ids only)."""
    reads = _reads.get()
    if reads is None:
        return
    reads.codes.add(code)
    if obj is not None:
        subject = subject_of(obj)
        reads.objects[(obj._meta.label_lower, str(obj.pk))] = (code, subject)


def subject_of(obj: Record) -> UUID | None:
    """The subject (family) a record leads to, when its path is direct."""
    path = getattr(type(obj), "access_path", None)
    if not path or "__" in path:
        return None
    return cast("UUID | None", obj.pk if path == "pk" else getattr(obj, path, None))


def reads[**P, R](
    code: str, *, label: str, who: Guard
) -> Callable[[Callable[Concatenate[Actor, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Declare a reading query `f(actor, …)`: its permission and its line in the journal.

    The role part of the guard is checked before the query runs (a post with no way in gets NotAllowed);
    the query narrows its rows itself with `visible(actor, code, rows)` or `fetch`.
    """

    def wrap(f: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
        permit(code, label, who, is_read=True, where=f"{f.__module__}.{f.__qualname__}")

        @functools.wraps(f)
        def read(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            note_read(code)
            return f(actor, *args, **kwargs)

        return read

    return wrap


def require(actor: Actor, code: str) -> None:
    """Refuse a post that could see nothing at all under `code`. Raises NotAllowed."""
    if not actor.is_system and PERMISSIONS[code].who.narrow(actor, Model) == NOTHING:
        raise NotAllowed("Twoje stanowisko nie daje dostępu do tej strony.")


def labels(codes: Iterable[str]) -> list[str]:
    """Polish labels of permissions, for the journal screen."""
    return [PERMISSIONS[c].label if c in PERMISSIONS else c for c in codes]
