"""Verbs of deadlines: refreshing the cache after every act, extending, the institution's own events, telling the worker."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from gniazdo.access.actions import action, follow_up, lock, system_act
from gniazdo.access.queries import anyone_here, nobody, on_access_list, role
from gniazdo.access.rules import HOUSE, Actor, Refusal
from gniazdo.cases.actions import note_event
from gniazdo.deadlines.models import CalendarKey, DeadlineExtension, DeadlineRow, DueNotice, OfficeEvent, ReminderSent
from gniazdo.deadlines.queries import DEADLINES, Deadline, compute, compute_office, fingerprint, touched_families
from gniazdo.deadlines.queries.notices import Told, unsent_title
from gniazdo.deadlines.queries.office import KEEPERS
from gniazdo.deadlines.rules import Fact, why_as_data
from gniazdo.deadlines.vocab import ASKED
from gniazdo.kernel.clock import WARSAW
from gniazdo.kernel.legal import CLOCKS
from gniazdo.orgs.actions import notify
from gniazdo.orgs.models import Institution, Notice, ParameterValue, Post
from gniazdo.orgs.queries import posts_with_role
from gniazdo.people.models import Family
from gniazdo.platform.models import Act, Prepared

BATCH = 500
SINGLY = 5  # more notices than this on one day become one line
EXTENSION = DeadlineExtension._meta.label_lower
SETTING = ParameterValue._meta.label_lower
# What a declaration sees through its Scope, whatever its own tables.
ALWAYS = frozenset({"cases.casefile", "cases.transition", "cases.assignment", EXTENSION})
_held: ContextVar[bool] = ContextVar("deadlines_held", default=False)


@contextmanager
def refresh_held() -> Iterator[None]:
    """Years of history are being written at once: nothing is recomputed after each act. The caller rebuilds at the end."""
    token = _held.set(True)
    try:
        yield
    finally:
        _held.reset(token)


@follow_up
def refresh_after(actor: Actor, act: Act) -> None:
    """Recompute the rows an act may have changed: only for families it touched and declarations that read its tables."""
    touched = {change.record._meta.label_lower for change in act.changes}
    if not touched or _held.get():
        return
    if SETTING in touched:
        _follow_settings(actor, act)
    today = act.at.astimezone(WARSAW).date()
    office = [d for d in DEADLINES.values() if d.of == "institution" and touched & (d.reads | {EXTENSION})]
    if office:
        refresh_office(actor.institution_id, on=today, deadlines=office)
    concerned = [d for d in DEADLINES.values() if d.of == "family" and touched & (d.reads | ALWAYS)]
    if not concerned:
        return
    labels = {label for d in concerned for label in d.reads} | ALWAYS
    families = touched_families(act, labels)
    if families:
        refresh(actor.institution_id, families, on=today, deadlines=concerned)


def _follow_settings(actor: Actor, act: Act) -> None:
    """A local setting that a clock counts by has changed: count its deadlines again in the whole institution."""
    codes = {change.record.code for change in act.changes if isinstance(change.record, ParameterValue)}
    concerned = [d for d in DEADLINES.values() if codes.intersection(CLOCKS[d.clock].settings)]
    if concerned:
        families = Family.objects.for_actor(actor).values_list("pk", flat=True)
        today = act.at.astimezone(WARSAW).date()
        refresh(actor.institution_id, set(families), on=today, deadlines=concerned)
        refresh_office(actor.institution_id, on=today, deadlines=concerned)


def refresh(
    institution_id: UUID, family_ids: Collection[UUID], *, on: date, deadlines: Iterable[Deadline] | None = None
) -> int:
    """Make the cache of these families equal to what is computed for `on`; returns how many rows changed.

    Rows keep their ids where they stay the same row. Leaves no journal entries: rows are no one's work.
    """
    chosen = list(DEADLINES.values() if deadlines is None else deadlines)
    ids = sorted(family_ids)
    changed = 0
    for start in range(0, len(ids), BATCH):
        part = ids[start : start + BATCH]
        changed += _refresh_part(institution_id, part, on, chosen, everything=deadlines is None)
    return changed


def _refresh_part(
    institution_id: UUID, family_ids: list[UUID], on: date, deadlines: list[Deadline], *, everything: bool
) -> int:
    facts = compute(institution_id, family_ids, on=on, deadlines=deadlines)
    names = None if everything else [d.id for d in deadlines]
    return _make_equal(institution_id, facts, _THERE.records(families=family_ids, names=names))


def refresh_office(institution_id: UUID, *, on: date, deadlines: Iterable[Deadline] | None = None) -> int:
    """Make the cache of the institution's own rows equal to what is computed for `on`; returns how many rows changed."""
    chosen = list(DEADLINES.values() if deadlines is None else deadlines)
    facts = compute_office(institution_id, on=on, deadlines=chosen)
    rows = DeadlineRow.objects.system().filter(institution_id=institution_id, family=None)
    if deadlines is not None:
        rows = rows.filter(declaration__in=[d.id for d in chosen])
    return _make_equal(institution_id, facts, rows)


def _there(families: list[UUID], names: list[str] | None) -> QuerySet[DeadlineRow]:
    rows = DeadlineRow.objects.system().filter(family_id__in=families)
    return rows if names is None else rows.filter(declaration__in=names)


_THERE = Prepared(_there)


def _make_equal(institution_id: UUID, computed: list[Fact], rows: Iterable[DeadlineRow]) -> int:
    facts = {fact.identity: fact for fact in computed}
    there = {(row.declaration, row.family_id, row.subject_id, row.starts_on): row for row in rows}
    gone = [row.pk for identity, row in there.items() if identity not in facts]
    new = [_row_of(institution_id, fact) for identity, fact in facts.items() if identity not in there]
    other = [row for identity, row in there.items() if identity in facts and _take(row, facts[identity])]
    if not gone and not new and not other:
        return 0
    # An act of its own that is thrown away: the cache is not work and leaves no lines in the journal.
    with system_act("deadlines.row.refresh"):
        if gone:
            DeadlineRow.objects.system().filter(pk__in=gone).delete()
        if new:
            DeadlineRow.objects.system().bulk_create(new, batch_size=200)
        if other:
            DeadlineRow.objects.system().bulk_update(other, FIELDS, batch_size=200)
    return len(gone) + len(new) + len(other)


FIELDS = [
    "case_id", "post_id", "role", "subject_kind", "due_on", "original_due_on", "extension", "escalates_on",
    "fulfilled_on", "why", "article", "mark", "url_name", "url_args",
]  # fmt: skip


def _values(fact: Fact) -> dict[str, object]:
    return {
        **{name: getattr(fact, name) for name in FIELDS if name not in ("why", "url_args")},
        "why": why_as_data(fact.why),
        "url_args": list(fact.url_args),
    }


def _row_of(institution_id: UUID, fact: Fact) -> DeadlineRow:
    return DeadlineRow(
        institution_id=institution_id, declaration=fact.declaration, family_id=fact.family_id, subject_id=fact.subject_id,
        starts_on=fact.starts_on, **_values(fact),
    )  # fmt: skip


def _take(row: DeadlineRow, fact: Fact) -> bool:
    """Give the cached row the computed values; whether any was different."""
    different = False
    for name, value in _values(fact).items():
        if getattr(row, name) != value:
            setattr(row, name, value)
            different = True
    return different


@action("deadlines.row.rebuild", label="Przelicz terminy od nowa", who=nobody)
def rebuild(actor: Actor, institution: Institution, *, on: date) -> int:
    """Compute every row of the institution again from events, in batches; returns how many rows differed.

    Only the system may: each night, after a restore, after the law or a local setting changes.
    """
    changed = refresh_office(institution.pk, on=on)
    last: UUID | None = None
    while True:
        families = Family.objects.system().filter(institution_id=institution.pk).order_by("pk")
        if last is not None:
            families = families.filter(pk__gt=last)
        ids = list(families.values_list("pk", flat=True)[:BATCH])
        if not ids:
            return changed
        changed += refresh(institution.pk, ids, on=on)
        last = ids[-1]


@action(
    "deadlines.row.extend",
    label="Przedłuż termin z podaniem powodu",
    who=(
        on_access_list
        & role("assistant", "social_worker", "team_leader", "specialist", label="prowadzący lub kierownik zespołu")
    )
    | role("manager", label="kierownik jednostki"),
)
def extend_deadline(actor: Actor, row: DeadlineRow, *, to: date, reason: str, on: date) -> DeadlineExtension:
    """Give one due row a later day and keep the first day and the reason in sight of everyone.

    Raises Refusal when the row is done, the day is not later, the reason is missing, or an outside authority set the day.
    """
    row = lock(row)
    deadline = DEADLINES[row.declaration]
    if row.fulfilled_on:
        raise Refusal(
            _("Ten termin jest już wykonany."), article=HOUSE, advice=_("Nie trzeba nic robić: odśwież listę terminów.")
        )
    if not deadline.extendable:
        raise Refusal(
            _("Tego terminu nie można przedłużyć tutaj: wyznaczył go sąd lub organ."),
            article=row.article,
            advice=_("Nową datę wpisz w sprawie, gdy przyjdzie nowe pismo."),
        )
    if to <= row.due_on:
        raise Refusal(
            _("Nowy termin musi być późniejszy niż dotychczasowy (%s).") % row.due_on.strftime("%d.%m.%Y"), field="to"
        )
    if not reason.strip():
        raise Refusal(_("Podaj powód przedłużenia terminu."), field="reason")
    made = DeadlineExtension(
        institution_id=row.institution_id, family_id=row.family_id, case_id=row.case_id, declaration=row.declaration,
        subject_id=row.subject_id, starts_on=row.starts_on, from_due_on=row.due_on, to=to, on=on, reason=reason.strip(),
        by_id=actor.post_id,
    )  # fmt: skip
    made.save()
    if row.family:
        note_event(
            actor, row.family, kind="deadline", on=on, case=row.case, record=made, summary=reason.strip(),
            title=f"Przedłużono termin: {deadline.label}, do {to:%d.%m.%Y}",
        )  # fmt: skip
    return made


@action("deadlines.office.record", label="Zapisz zdarzenie w jednostce", who=KEEPERS)
def record_office(
    actor: Actor,
    obj: None,
    *,
    kind: str,
    on: date,
    today: date,
    done_on: date | None = None,
    post: Post | None = None,
    note: str = "",
) -> OfficeEvent:
    """Write down what starts or ends a term of the institution: an audit, a report to the council, a court's call.

    Raises Refusal for a day that has not come, for an answer before the question, or a check of nobody.
    """
    if max(on, done_on or on) > today and kind != "PROGRAMME":
        raise Refusal(_("Zapisz dopiero to, co się już wydarzyło."), field="on")
    if done_on and done_on < on:
        raise Refusal(_("Dzień wykonania nie może być przed dniem zdarzenia."), field="done_on")
    if kind == "STAFF_CHECK" and post is None:
        raise Refusal(_("Wskaż pracownika, którego sprawdzono."), field="post")
    made = OfficeEvent(
        institution_id=actor.institution_id, kind=kind, on=on, done_on=done_on if kind in ASKED else None,
        post=post if kind == "STAFF_CHECK" else None, note=note.strip(), by_id=None if actor.is_system else actor.post_id,
    )  # fmt: skip
    made.save()
    return made


@action("deadlines.office.complete", label="Zapisz wykonanie obowiązku jednostki", who=KEEPERS)
def complete_office(actor: Actor, event: OfficeEvent, *, on: date, today: date) -> OfficeEvent:
    """The day the answer went out. Raises Refusal when it is done, crossed out, or the day does not fit."""
    event = lock(event)
    if event.kind not in ASKED or event.done_on or event.cancelled_on:
        raise Refusal(
            _("Ten wpis nie czeka na wykonanie."),
            article=HOUSE,
            advice=_("Odśwież listę: wpis mógł już zostać wykonany albo skreślony."),
        )
    if not event.on <= on <= today:
        raise Refusal(_("Dzień wykonania musi być między dniem zdarzenia a dzisiejszym."), field="on")
    event.done_on = on
    event.save()
    return event


@action("deadlines.office.cancel", label="Skreśl błędny wpis o zdarzeniu w jednostce", who=KEEPERS)
def cancel_office(actor: Actor, event: OfficeEvent, *, reason: str, today: date) -> OfficeEvent:
    """Cross out a mistaken entry; it stays visible with the reason. Raises Refusal without one or when done twice."""
    event = lock(event)
    if event.cancelled_on:
        raise Refusal(
            _("Ten wpis jest już skreślony."),
            article=HOUSE,
            advice=_("Jeśli zdarzenie jednak było, zapisz je na nowo."),
        )
    if not reason.strip():
        raise Refusal(_("Podaj powód skreślenia."), field="reason")
    event.cancelled_on, event.cancelled_why = today, reason.strip()
    event.save()
    return event


@action("deadlines.notice.tell", label="Powiadom pracownika o terminach", who=nobody)
def tell_due(actor: Actor, post: Post, *, found: list[Told], on: date) -> int:
    """Show a worker, once each, the due days that came near or passed; many at once become one line. Returns how many."""
    for told in found:
        DueNotice(
            institution_id=post.institution_id, post=post, declaration=told.declaration, subject_id=told.subject_id,
            due_on=told.due_on, stage=told.stage, on=on,
        ).save()  # fmt: skip
    if len(found) <= SINGLY:
        for told in found:
            notify(actor, post, title=told.title, url=told.url)
    else:
        late = sum(told.stage == "LATE" for told in found)
        title = _("Terminy: %(late)d po terminie, %(soon)d zbliża się.") % {"late": late, "soon": len(found) - late}
        notify(actor, post, title=title, url=reverse("deadlines:board"))
    return len(found)


def _own_post(actor: Actor) -> Post:
    return Post.objects.for_actor(actor).get(pk=actor.post_id)


@action("deadlines.calendar.open", label="Utwórz adres prywatnego kalendarza", who=anyone_here)
def open_calendar(actor: Actor, obj: None, *, on: date) -> str:
    """A new key of the actor's own calendar feed, shown once; the former one stops working at once."""
    key = secrets.token_urlsafe(32)
    kept = CalendarKey.objects.for_actor(actor).filter(post_id=actor.post_id).first()
    kept = kept or CalendarKey(institution_id=actor.institution_id, post=_own_post(actor))
    kept.fingerprint, kept.made_on = fingerprint(key), on
    kept.save()
    return key


@action("deadlines.calendar.close", label="Zamknij prywatny kalendarz", who=anyone_here)
def close_calendar(actor: Actor, obj: None) -> None:
    """Revoke the key: calendars that used it get nothing from now on."""
    for kept in CalendarKey.objects.for_actor(actor).filter(post_id=actor.post_id):
        kept.delete()


@action("deadlines.reminder.note", label="Odnotuj wysłany list o terminach", who=nobody)
def note_reminder(actor: Actor, post: Post, *, on: date, rows: int) -> ReminderSent:
    """Write down that the day's letter went to this post. Raises IntegrityError when it is already noted."""
    made = ReminderSent(institution_id=post.institution_id, post=post, on=on, rows=rows)
    made.save()
    return made


@action("deadlines.reminder.unsent", label="Powiadom o niewysłanym liście o terminach", who=nobody)
def tell_unsent(actor: Actor, post: Post, *, on: date, error: str, refused: bool = False) -> int:
    """Show in the application that the day's letter did not go out: to the worker, and why to those who mind the server.

    `error` names the fault without a word of the letter; `refused`: the mail server would not take this one address.
    Administrators (without any, managers) get one line a day for one fault, however many letters it stopped. Returns how many.
    """
    here, told = post.institution_id, 0
    keepers = list(posts_with_role(here, "administrator", on=on) or posts_with_role(here, "manager", on=on))
    for reader in [post, *keepers]:
        with translation.override(reader.user.language):
            title = unsent_title(post, on=on, error="" if reader is post else error, refused=refused)
        if not Notice.objects.system().filter(post=reader, title=title).exists():
            notify(actor, reader, title=title, url=reverse("deadlines:board") if reader is post else "")
            told += 1
    return told


__all__ = [
    "cancel_office",
    "close_calendar",
    "complete_office",
    "extend_deadline",
    "note_reminder",
    "open_calendar",
    "rebuild",
    "record_office",
    "refresh",
    "refresh_after",
    "refresh_office",
    "tell_due",
    "tell_unsent",
]
