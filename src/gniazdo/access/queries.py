"""Guards and reading: one rule answers for an object, narrows a list in SQL and shows or hides a button."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Concatenate, cast
from uuid import UUID

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Model, Q, QuerySet

from gniazdo.access.models import JournalEntry
from gniazdo.access.rules import Actor, NotAllowed, NotHere
from gniazdo.kernel.catalogue import BadDeclaration, declare
from gniazdo.kernel.clock import WARSAW
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
    seen = _reads.get()
    if seen is None or seen.listed is None:
        return None
    # Buttons of one page ask the same of the same record a dozen times; while a page is shown nothing changes.
    key = (obj._meta.label, obj.pk, actor.subject_ids)
    if key not in seen.listed:
        rows = _on_list(actor, type(obj))
        seen.listed[key] = rows != NOTHING and type(obj)._base_manager.filter(rows, pk=obj.pk).exists()
    return seen.listed[key]


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
        rows = rows.objects.system()
    try:
        found = visible(actor, code, rows).get(pk=pk)
    except (rows.model.DoesNotExist, ValidationError, ValueError):
        raise NotHere(rows.model.__name__, {"code": code, "id": str(pk)}) from None
    note_read(code, found)
    return found


@dataclass(slots=True)
class Reads:
    """What the page being made has read so far: written to the journal once, when it is done. While a page is only shown,
    `listed` remembers which records stand on the actor's access list; None while something may be written."""

    codes: set[str]
    objects: dict[tuple[str, str], tuple[str, UUID | None]]
    listed: dict[tuple[Any, ...], bool] | None = None


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
    return [PERMISSIONS[c].label if c in PERMISSIONS else DOOR_LABELS.get(c, c) for c in codes]


DPO = role("dpo", label="inspektor ochrony danych")
LOG_PAGE = 50
EXPORT_LIMIT = 20_000


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """What to show of the journal. `server`: lines of no institution (unknown log-ins, throttling) instead of one's own."""

    who: str = ""
    since: date | None = None
    last_on: date | None = None
    code: str = ""
    outcome: str = ""
    server: bool = False


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One line of the journal in words."""

    id: int
    at: datetime
    who: str
    what: str
    outcome: str
    outcome_label: str
    kind: str
    subject: str
    subject_id: UUID | None
    change: str
    fields: tuple[str, ...]
    why: str


@reads("access.journal.view", label="Dziennik dostępu", who=DPO)
def journal(
    actor: Actor, wanted: JournalFilter, *, before: int | None = None, limit: int = LOG_PAGE
) -> tuple[list[JournalLine], int | None]:
    """Lines of the institution's journal, the newest first, and the key of the next page (None on the last).

    Ids, verbs and names of changed fields only: what was written stays with those who work with the family.
    """
    rows = JournalEntry.objects.filter(institution_id=None if wanted.server else actor.institution_id)
    if wanted.who:
        rows = rows.filter(user_id__in=list(_users_named(wanted.who)))
    if wanted.since:
        rows = rows.filter(at__gte=datetime.combine(wanted.since, time(), WARSAW))
    if wanted.last_on:
        rows = rows.filter(at__lt=datetime.combine(wanted.last_on + timedelta(days=1), time(), WARSAW))
    if wanted.code:
        rows = rows.filter(code=wanted.code)
    if wanted.outcome:
        rows = rows.filter(outcome=wanted.outcome)
    return _lines(rows, before, limit)


@reads("access.journal.export", label="Pobierz dziennik dostępu", who=DPO)
def journal_export(actor: Actor, wanted: JournalFilter) -> list[JournalLine]:
    """The filtered journal for a file, at most 20 000 newest lines."""
    return journal(actor, wanted, limit=EXPORT_LIMIT)[0]


@reads(
    "access.journal.family",
    label="Kto zaglądał do teczki rodziny",
    who=role("dpo", "manager", label="inspektor ochrony danych, kierownik jednostki") | on_access_list,
)
def family_log(
    actor: Actor, family_id: UUID | str, *, before: int | None = None, limit: int = LOG_PAGE
) -> tuple[list[JournalLine], int | None]:
    """Who did, read or was refused what in a family's file, the newest first, and the key of the next page.

    Raises NotHere for a family the actor may not know about.
    """
    if visible(actor, "access.journal.family", subject_model().objects.system()).filter(pk=family_id).first() is None:
        raise NotHere("family", {"code": "access.journal.family", "id": str(family_id)})
    rows = JournalEntry.objects.filter(institution_id=actor.institution_id, subject_id=family_id)
    return _lines(rows, before, limit)


def subject_model() -> type[Record]:
    """The model whose rows are subjects of access lists: the one that says `access_path = "pk"`."""
    found = [m for m in apps.get_models() if issubclass(m, Record) and getattr(m, "access_path", None) == "pk"]
    if len(found) != 1:
        raise LookupError(f"Exactly one model must be the subject of access lists, found {found}")
    return found[0]


def _users_named(text: str) -> QuerySet[Any]:
    users = get_user_model()._default_manager.all()
    for part in text.split():
        users = users.filter(Q(last_name__istartswith=part) | Q(first_name__istartswith=part) | Q(login__iexact=part))
    return users.order_by("pk").values_list("pk", flat=True)[:200]


def _lines(rows: QuerySet[JournalEntry], before: int | None, limit: int) -> tuple[list[JournalLine], int | None]:
    """Entries in words, names resolved in two queries whatever the length of the page."""
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: limit + 1])
    more, found = len(found) > limit, found[:limit]
    users = {
        u.pk: str(u) for u in get_user_model()._default_manager.filter(pk__in={e.user_id for e in found if e.user_id})
    }
    model = subject_model()
    ids = {e.subject_id for e in found if e.subject_id}
    subjects = {s.pk: str(s) for s in model.objects.system().filter(pk__in=ids)} if ids else {}
    lines = [_line(entry, users, subjects) for entry in found]
    return lines, (found[-1].pk if more and found else None)


VERBS = {"create": "nowy zapis", "change": "zmiana", "delete": "usunięcie"}
TECHNICAL = frozenset({"verb", "institution_id", "post_id", "url", "sort_key", "fold_first", "fold_last"})


def _line(entry: JournalEntry, users: dict[Any, str], subjects: dict[Any, str]) -> JournalLine:
    verb = str(entry.changes.get("verb", ""))
    # A new record names no fields: all of them are new. A reason for emergency access is there to be read.
    names = [n for n in entry.changes if n not in TECHNICAL] if verb == "change" else []
    reason = entry.changes.get("reason") if entry.code == "orgs.access.break_glass" else None
    return JournalLine(
        id=entry.pk,
        at=entry.at,
        who=_who(entry, users),
        what=labels([entry.code])[0],
        outcome=entry.outcome,
        outcome_label=str(entry.get_outcome_display()),
        kind=_kind(entry.object_kind),
        subject=subjects.get(entry.subject_id, ""),
        subject_id=entry.subject_id,
        change=VERBS.get(verb, ""),
        fields=tuple(_field(entry.object_kind, name) for name in names),
        why=str(reason[1]) if isinstance(reason, list) and len(reason) == 2 else entry.why,
    )


DOOR_LABELS = {"orgs.sign_in": "Logowanie", "orgs.throttle": "Zbyt wiele żądań", "page": "Otwarcie strony"}


def _who(entry: JournalEntry, users: dict[Any, str]) -> str:
    if entry.user_id is None:
        return "—"
    return "Gniazdo (automatycznie)" if entry.user_id.int == 0 else users.get(entry.user_id, "—")


def _kind(label: str) -> str:
    """The Polish name of a kind of object, or as much as is known of it."""
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label


def _field(label: str, name: str) -> str:
    try:
        field = apps.get_model(label)._meta.get_field(name.removesuffix("_id"))
    except (LookupError, ValueError, FieldDoesNotExist):
        return name
    return str(getattr(field, "verbose_name", name))
