"""The base model: UUIDv7 key, revision, no writing outside a verb, no reading without saying for whom."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, Protocol, Self

import uuid_utils.compat
from django.db import models

from gniazdo.kernel import clock


class WriteOutsideVerb(RuntimeError):
    """Code tried to change a record without an @action around it: such a change would leave no trace."""


class UnscopedRead(RuntimeError):
    """Code tried to read records without `for_actor(actor)` or `system()`: it could show one institution's data to another."""


@dataclass(frozen=True, slots=True)
class Privacy:
    """How the fields of a table are treated when a file is anonymised; a test finds fields that are in no list.

    personal: replaced by a pseudonym; sensitive: erased, and never copied into the journal; plain: kept.
    Keys, foreign keys, `rev` and `created_at` are plain without being named. `retention` names the class of files.
    """

    personal: tuple[str, ...] = ()
    sensitive: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    retention: str = "case"

    def declared(self) -> frozenset[str]:
        return frozenset(self.personal + self.sensitive + self.plain)


@dataclass(slots=True)
class Change:
    """One record touched by a verb: `fields` maps a field to (old, new), both None where the value is sensitive."""

    record: Record
    verb: str
    fields: dict[str, tuple[Any, Any]]


@dataclass(slots=True)
class Act:
    """What one verb is doing: collected while it runs, written to the journal when it ends."""

    code: str
    at: datetime
    changes: list[Change] = field(default_factory=list)
    bulk: dict[str, int] = field(default_factory=dict)


_act: ContextVar[Act | None] = ContextVar("act", default=None)


def act_now() -> Act | None:
    """The act under way in this context, if any."""
    return _act.get()


@contextmanager
def acting(act: Act) -> Iterator[Act]:
    """Allow writing while `act` collects what changes. Used by @action and by migrations; nothing else."""
    token = _act.set(act)
    try:
        yield act
    finally:
        _act.reset(token)


def _require_act(what: str) -> Act:
    act = _act.get()
    if act is None:
        raise WriteOutsideVerb(f"{what} outside an @action")
    return act


def new_id() -> uuid.UUID:
    """A UUIDv7: sorts by time, so rows written together lie together."""
    return uuid_utils.compat.uuid7()


class HasInstitution(Protocol):
    @property
    def institution_id(self) -> uuid.UUID: ...


class RecordQuerySet[M: Record](models.QuerySet[M]):
    """A queryset that writes only inside a verb."""

    def update(self, **values: Any) -> int:
        act = _require_act(f"{self.model.__name__}.update()")
        rows = super().update(**values)
        act.bulk[f"{self.model._meta.label_lower}.update"] = rows
        return rows

    def delete(self) -> tuple[int, dict[str, int]]:
        act = _require_act(f"{self.model.__name__}.delete()")
        deleted = super().delete()
        act.bulk[f"{self.model._meta.label_lower}.delete"] = deleted[0]
        return deleted

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        act = _require_act(f"{self.model.__name__}.bulk_create()")
        rows = [(record, record.changed_fields()) for record in objs]
        made = super().bulk_create([record for record, _fields in rows], *args, **kwargs)
        act.changes += [Change(record, "create", fields) for record, fields in rows]
        return made

    def bulk_update(self, objs: Iterable[M], fields: Iterable[str], batch_size: int | None = None) -> int:
        objs = list(objs)
        act = _require_act(f"{self.model.__name__}.bulk_update()")
        act.changes += [Change(record, "change", dict.fromkeys(fields, (None, None))) for record in objs]
        return super().bulk_update(objs, fields, batch_size=batch_size)


class Records[M: Record](models.Manager[M]):
    """The default manager: says no until it knows for whom. A related manager inherits its owner's scope."""

    def get_queryset(self) -> RecordQuerySet[M]:
        return RecordQuerySet(self.model, using=self._db)

    def for_actor(self, actor: HasInstitution) -> RecordQuerySet[M]:
        """Records of the actor's institution (which of them the post may see is the guard's business)."""
        return self.get_queryset().filter(institution_id=actor.institution_id)

    def system(self) -> RecordQuerySet[M]:
        """Records of every institution: for jobs, rules under a lock, and code that already holds an allowed record."""
        return self.get_queryset()

    def _scoped(self) -> RecordQuerySet[M]:
        if not hasattr(self, "instance"):
            raise UnscopedRead(f"{self.model.__name__}.objects: use for_actor(actor) or system()")
        return self.get_queryset()

    def all(self) -> RecordQuerySet[M]:
        return self._scoped()

    def filter(self, *args: Any, **kwargs: Any) -> RecordQuerySet[M]:
        return self._scoped().filter(*args, **kwargs)

    def exclude(self, *args: Any, **kwargs: Any) -> RecordQuerySet[M]:
        return self._scoped().exclude(*args, **kwargs)

    def get(self, *args: Any, **kwargs: Any) -> M:
        return self._scoped().get(*args, **kwargs)

    def order_by(self, *fields: Any) -> RecordQuerySet[M]:
        return self._scoped().order_by(*fields)

    def count(self) -> int:
        return self._scoped().count()

    def exists(self) -> bool:
        return self._scoped().exists()


class Record(models.Model):
    """Base of every domain table. `privacy` must name every own field; saving checks fields and needs an act.

    Raises WriteOutsideVerb when saved or deleted without an @action, ValidationError when a field is wrong.
    """

    privacy: ClassVar[Privacy] = Privacy()

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    rev = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[Records[Self]] = Records()

    _loaded: dict[str, Any]

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **how: Any) -> Self:
        made = super().from_db(db, field_names, values, **how)
        made._loaded = dict(zip(field_names, values, strict=False))
        return made

    def changed_fields(self) -> dict[str, tuple[Any, Any]]:
        """Fields whose value differs from what was loaded, as field → (old, new); all of them for a new record."""
        before = getattr(self, "_loaded", {})
        adding = self._state.adding
        changed: dict[str, tuple[Any, Any]] = {}
        for f in self._meta.concrete_fields:
            if f.attname in ("id", "rev", "created_at") or (not adding and f.attname not in before):
                continue
            old, new = before.get(f.attname), getattr(self, f.attname)
            if old != new:
                secret = f.name in self.privacy.sensitive
                changed[f.attname] = (None, None) if secret else (old, new)
        return changed

    def save(self, *args: Any, **kwargs: Any) -> None:
        act = _require_act(f"{type(self).__name__}.save()")
        # A foreign key is checked by the database; asking for it here would cost a query each.
        self.clean_fields(exclude={f.name for f in self._meta.concrete_fields if f.is_relation})
        self.clean()
        adding = self._state.adding
        changed = self.changed_fields()
        self.rev += 1
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "rev"}
        super().save(*args, **kwargs)
        self._loaded = {f.attname: getattr(self, f.attname) for f in self._meta.concrete_fields}
        act.changes.append(Change(self, "create" if adding else "change", changed))

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        act = _require_act(f"{type(self).__name__}.delete()")
        act.changes.append(Change(self, "delete", {}))
        return super().delete(*args, **kwargs)


def plain_value(value: Any) -> Any:
    """A value as the journal keeps it: JSON-safe and short."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    text = str(value)
    return text if len(text) <= 200 else text[:199] + "…"
