"""@action: permission, transaction, journal and follow-ups of a verb in one decorator. The only way to change anything."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Concatenate
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import CharField, Value

from gniazdo.access.models import AccessGrant, JournalEntry
from gniazdo.access.queries import PERMISSIONS, Guard, may, permit, role, subject_model, subject_of
from gniazdo.access.rules import Actor, Conflict, NotAllowed, NotHere, Refusal
from gniazdo.kernel import clock
from gniazdo.platform.models import Act, Record, act_now, acting, everywhere, explain_integrity_error
from gniazdo.platform.models.record import plain_value

_follow_ups: list[Callable[[Actor, Act], None]] = []


def follow_up(f: Callable[[Actor, Act], None]) -> Callable[[Actor, Act], None]:
    """Register what must happen inside the transaction after every verb (deadlines refresh themselves this way)."""
    _follow_ups.append(f)
    return f


def action[**P, T, R](
    code: str, *, label: str, who: Guard
) -> Callable[[Callable[Concatenate[Actor, T, P], R]], Callable[Concatenate[Actor, T, P], R]]:
    """Make `f(actor, obj, …)` a verb.

    Checks `who` against `obj` (a record, or None / a class for verbs that create from nothing), runs in a transaction,
    writes one journal entry per touched record (fields old → new), runs the follow-ups. A refusal is journalled too.
    A verb called by a verb joins its transaction and leaves its own entries; its permission is checked as well,
    unless the caller is the system actor.

    Raises NotHere for another institution's record, NotAllowed, Refusal, ValidationError.
    """

    def wrap(f: Callable[Concatenate[Actor, T, P], R]) -> Callable[Concatenate[Actor, T, P], R]:
        permit(code, label, who, is_read=False, where=f"{f.__module__}.{f.__qualname__}")

        @functools.wraps(f)
        def verb(actor: Actor, obj: T, /, *args: P.args, **kwargs: P.kwargs) -> R:
            outer = act_now()
            try:
                _check(actor, code, obj)
                act = Act(code, clock.now())
                with transaction.atomic(), acting(act):
                    done = f(actor, obj, *args, **kwargs)
                    for extra in _follow_ups:
                        extra(actor, act)
                    _write_journal(actor, act, obj)
                return done
            except IntegrityError as error:
                sentence = explain_integrity_error(error)
                if sentence is None:
                    raise
                refusal = Refusal(sentence)
                if outer is None:
                    _journal_refusal(actor, code, obj, refusal)
                raise refusal from error
            except (Refusal, NotHere) as refusal:
                if outer is None:
                    _journal_refusal(actor, code, obj, refusal)
                raise

        return verb

    return wrap


def _check(actor: Actor, code: str, obj: Any) -> None:
    if isinstance(obj, Record) and getattr(obj, "institution_id", actor.institution_id) != actor.institution_id:
        raise NotHere(type(obj).__name__, {"code": code, "id": str(obj.pk)})
    if not may(actor, code, obj):
        raise NotAllowed(
            f"Twoje stanowisko nie pozwala na tę czynność: {PERMISSIONS[code].label.lower()}.",
            advice=f"Może to zrobić: {PERMISSIONS[code].who.label}.",
        )


def _write_journal(actor: Actor, act: Act, obj: object) -> None:
    entries = []
    for change in act.changes:
        record = change.record
        if isinstance(record, AccessGrant):
            subject: UUID | None = record.subject_id
        else:
            subject = subject_of(record)
        entries.append(
            JournalEntry(
                at=act.at,
                institution_id=actor.institution_id,
                user_id=actor.user_id,
                post_id=actor.post_id,
                code=act.code,
                outcome=JournalEntry.Outcome.DONE,
                subject_id=subject,
                object_kind=record._meta.label_lower,
                object_id=record.pk,
                changes={
                    "verb": change.verb,
                    **{name: [plain_value(old), plain_value(new)] for name, (old, new) in change.fields.items()},
                },
            )
        )
    if act.bulk or not entries:
        entries.append(_entry(actor, act.code, obj, JournalEntry.Outcome.DONE, at=act.at, changes=dict(act.bulk)))
    JournalEntry.write(entries)


def _entry(actor: Actor, code: str, obj: object, outcome: str, **values: Any) -> JournalEntry:
    record = obj if isinstance(obj, Record) else None
    return JournalEntry(
        **{"at": clock.now(), **values},
        institution_id=actor.institution_id,
        user_id=actor.user_id,
        post_id=actor.post_id,
        code=code,
        outcome=outcome,
        subject_id=subject_of(record) if record else None,
        object_kind=record._meta.label_lower if record else "",
        object_id=record.pk if record else None,
    )


def _journal_refusal(actor: Actor, code: str, obj: object, refusal: Refusal | NotHere) -> None:
    why = refusal.sentence if isinstance(refusal, Refusal) else "inna instytucja lub brak dostępu"
    _entry(actor, code, obj, JournalEntry.Outcome.REFUSED, why=str(why)[:300]).save()


def journal_not_here(actor: Actor | None, error: NotHere) -> None:
    """Leave a trace of an attempt at a record the actor may not know about."""
    tried = error.tried.get("id", "")
    try:
        object_id: UUID | None = UUID(tried)
    except ValueError:
        object_id = None
    JournalEntry(
        at=clock.now(),
        institution_id=actor.institution_id if actor else None,
        user_id=actor.user_id if actor else None,
        post_id=actor.post_id if actor else None,
        code=error.tried.get("code", "page"),
        outcome=JournalEntry.Outcome.REFUSED,
        object_kind=error.what.lower()[:60],
        object_id=object_id,
        why="404",
    ).save()


def journal_strangers(actor: Actor, code: str, tried: Mapping[UUID, str], *, offered: bytes = b"") -> None:
    """Leave a trace of ids that a refused form or a filter carried (id → field) and that the actor may not know about.

    Those of another institution, and those of a family this post may not see, unless the page itself offers them.
    An id that exists nowhere is a typing mistake and leaves none. The form itself never says which it was.
    """
    kinds = [m for m in apps.get_models() if issubclass(m, Record) and hasattr(m, "institution_id") and m._meta.managed]
    label = CharField()
    asked = [
        kind._base_manager.order_by().filter(pk__in=tried).values_list(Value(kind._meta.label_lower, label), "pk")
        for kind in kinds
    ]
    with everywhere():
        found = list(asked[0].union(*asked[1:], all=True)) if tried else []
        rows = [apps.get_model(kind)._base_manager.get(pk=pk) for kind, pk in found]
    for row in rows:
        here = row.institution_id == actor.institution_id
        if here and (f'value="{row.pk}"'.encode() in offered or _may_know(actor, row)):
            continue
        JournalEntry(
            at=clock.now(), institution_id=actor.institution_id, user_id=actor.user_id, post_id=actor.post_id, code=code,
            outcome=JournalEntry.Outcome.REFUSED, subject_id=subject_of(row) if here else None,
            object_kind=row._meta.label_lower, object_id=row.pk,
            why=f"cudzy identyfikator w polu „{tried[row.pk]}”"[:300],
        ).save()  # fmt: skip


def _may_know(actor: Actor, row: Record) -> bool:
    """Whether the row is about no family, or about one that the post may see; the families' table says under what."""
    about_family = getattr(type(row), "access_path", None) or hasattr(type(row), "access_q")
    return not about_family or may(actor, subject_model().seen_under, row)  # type: ignore[attr-defined]


def journal_sign_in(
    code: str, *, outcome: str, why: str, user_id: UUID | None = None, institution_id: UUID | None = None
) -> None:
    """Leave a trace of what happens at the door, before there is an actor: signing in, throttling."""
    JournalEntry(
        at=clock.now(), code=code, outcome=outcome, why=why[:300], user_id=user_id, institution_id=institution_id
    ).save()


def lock[M: Record](record: M, *, rev: int | None = None) -> M:
    """The same record, fresh and locked for this transaction.

    With `rev`, the revision the user started from: raises Conflict when somebody saved since.
    """
    rows = type(record)._base_manager.select_for_update()
    fresh = rows.get(pk=record.pk)
    if rev is not None and fresh.rev != rev:
        conflict = Conflict(
            "Ktoś inny zapisał tę kartę, zanim skończyłeś.",
            advice="Porównaj obie wersje i wybierz, co ma zostać. Twój tekst nie przepadł.",
        )
        conflict.record = fresh
        raise conflict
    return fresh


def moment() -> datetime:
    """When the verb under way happens: what it writes down and its journal entry carry the same time."""
    act = act_now()
    return act.at if act else clock.now()


@contextmanager
def system_act(code: str) -> Iterator[Act]:
    """Writing by the machine itself (rebuilds, migrations, test factories): in a transaction, but by no post."""
    act = Act(code, clock.now())
    with transaction.atomic(), acting(act):
        yield act


def grant_access(
    actor: Actor,
    *,
    subject_id: UUID,
    post_id: UUID,
    since: date,
    basis: str,
    reason: str = "",
    until: date | None = None,
) -> AccessGrant:
    """Put a post on a subject's access list. A building block of verbs (assignment, share, break-glass), not a verb."""
    grant = AccessGrant(
        institution_id=actor.institution_id,
        subject_id=subject_id,
        post_id=post_id,
        since=since,
        until=until,
        basis=basis,
        reason=reason,
    )
    grant.save()
    return grant


def end_access(actor: Actor, *, subject_id: UUID, post_id: UUID, basis: str, on: date) -> None:
    """Take a post off a subject's access list from that day. A building block of verbs."""
    for grant in AccessGrant.objects.for_actor(actor).filter(
        subject_id=subject_id, post_id=post_id, basis=basis, until=None
    ):
        grant.until = on
        grant.save()


__all__ = [
    "action",
    "end_access",
    "follow_up",
    "grant_access",
    "journal_not_here",
    "journal_sign_in",
    "journal_strangers",
    "lock",
    "moment",
    "role",
    "system_act",
]
