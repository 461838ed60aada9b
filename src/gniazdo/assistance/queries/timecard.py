"""The time card: a month of one worker, read from visits, own entries and absences. Families appear by number, not name.

What was handed in is a picture of its day: `differences` tells what was written otherwise since, by whom and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from gniazdo.access.queries import NOTHING, Guard, reads, role, visible
from gniazdo.access.rules import Actor, NotHere
from gniazdo.assistance.models import TimeCard, TimeEntry, Visit, VisitRevision
from gniazdo.assistance.queries.tasks import Tally, tally
from gniazdo.assistance.vocab import ACTIVITIES, CONTACT_KINDS, PLACES, TIME_KINDS
from gniazdo.kernel.terms import add_months
from gniazdo.orgs.models import Absence, Post
from gniazdo.orgs.vocab import ABSENCE_KINDS
from gniazdo.platform.models import Prepared

HANDED_IN = ("SUBMITTED", "ACCEPTED")
WITH_TIME = ("assistant", "social_worker", "specialist", "coordinator")


def _post_path(model: type[Model]) -> str:
    return "pk" if model is Post else "post_id"


def _own(actor: Actor, model: type[Model]) -> Q:
    if not actor.has_role(*WITH_TIME):
        return NOTHING
    return Q(pk__isnull=False) if model is Model else Q(**{_post_path(model): actor.post_id})


def _led(actor: Actor, model: type[Model]) -> Q:
    if not actor.has_role("team_leader"):
        return NOTHING
    if model is Model:
        return Q(pk__isnull=False)
    return Q(**{f"{_post_path(model)}__in": actor.reach_post_ids - {actor.post_id}})


OWN_TIME = Guard("własny czas pracy", _own)
TEAM_TIME = Guard("kierownik zespołu wobec swojego zespołu", _led)


def _there(actor: Actor, model: type[Model]) -> Q:
    if model is Model:
        return Q(pk__isnull=False)
    return Q(joint_post_id=actor.post_id) if model is Visit else NOTHING


WAS_THERE = Guard("drugi pracownik obecny na wspólnej wizycie", _there)
CAN_ACCEPT = role("manager", label="kierownik jednostki") | TEAM_TIME
CAN_SEE = CAN_ACCEPT | OWN_TIME


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a time card. `group`: visit, contact, failed, or a code of TIME_KINDS; `family`: whose, as a key only."""

    on: date
    starts: time
    ends: time
    minutes: int
    group: str
    what: str
    mark: str = ""
    place: str = ""
    activities: str = ""
    km: Decimal = Decimal(0)
    ticket: Decimal = Decimal(0)
    source: str = ""
    family: str = ""
    codes: tuple[str, ...] = ()
    is_joint: bool = False
    overlaps: bool = False

    @property
    def facts(self) -> tuple[object, ...]:
        """What pay, the refund of travel and the count of tasks stand on; another wording is no difference."""
        return self.on, self.starts, self.minutes, self.group, self.mark, self.km, self.ticket, self.codes


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of a month: minutes by group and in all, days worked, families reached (each once), kilometres and tickets."""

    minutes: int
    by_group: tuple[tuple[str, int], ...]
    days: int
    families: int
    km: Decimal
    ticket: Decimal


def totals(rows: Sequence[Row]) -> Totals:
    """Add up a month. Each minute is counted once under one group, so the groups sum to the whole."""
    groups: dict[str, int] = {}
    for row in rows:
        groups[row.group] = groups.get(row.group, 0) + row.minutes
    return Totals(
        minutes=sum(groups.values()),
        by_group=tuple(sorted(groups.items())),
        days=len({row.on for row in rows if row.minutes}),
        families=len({row.family or row.mark for row in rows if row.mark and row.group != "failed"}),
        km=sum((row.km for row in rows), Decimal(0)),
        ticket=sum((row.ticket for row in rows), Decimal(0)),
    )


def mark_overlaps(rows: Iterable[Row]) -> list[Row]:
    """Rows in time order; one that begins before an earlier one of its day ended is marked, so it can be put right."""
    ordered = sorted(rows, key=lambda r: (r.on, r.starts, r.ends))
    marked: list[Row] = []
    day, until = None, time.min
    for row in ordered:
        if row.on != day:
            day, until = row.on, time.min
        marked.append(replace(row, overlaps=bool(row.minutes and marked and row.starts < until)))
        if row.minutes:
            until = max(until, row.ends)
    return marked


def hours(minutes: int) -> str:
    """Minutes as hours and minutes: 90 is 1:30."""
    return f"{minutes // 60}:{minutes % 60:02d}"


@dataclass(frozen=True, slots=True)
class Card:
    """A month of one post: its rows, totals, absences, and the card that was handed in, if any."""

    post: Post
    month: date
    rows: tuple[Row, ...]
    totals: Totals
    absences: tuple[tuple[str, date, date | None], ...]
    record: TimeCard | None
    differences: tuple[Difference, ...] = ()

    @property
    def state(self) -> str:
        """A code of CARD_STATES."""
        return self.record.state if self.record else "OPEN"

    @property
    def is_locked(self) -> bool:
        """Accepted or waiting: own entries may not change."""
        return self.state in HANDED_IN

    @property
    def tasks(self) -> tuple[Tally, ...]:
        """Contacts of the month by the points of art. 15 ust. 1; only those in which the family was reached."""
        return tally(row.codes for row in self.rows if row.group in ("visit", "contact"))


@reads("assistance.timecard.view", label="Karta czasu pracy", who=CAN_SEE)
def time_card(actor: Actor, *, month: date, post_id: UUID | None = None) -> Card:
    """The card of a month (any day of it) of the actor's own post or one the actor may see. Raises NotHere."""
    month = month.replace(day=1)
    wanted = post_id or actor.post_id
    post = Post.objects.for_actor(actor).filter(pk=wanted).select_related("user").first()
    if post is None or not (actor.is_system or CAN_SEE.allows(actor, post)):
        raise NotHere("Post", {"code": "assistance.timecard.view", "id": str(wanted)})
    record = (
        TimeCard.objects.for_actor(actor).filter(post=post, month=month).select_related("approved_by__user").first()
    )
    if record is not None and record.state in HANDED_IN and record.rows:
        rows = frozen_rows(record)
        absences = tuple(absence_from(stored) for stored in record.absences)
        changed = tuple(differences(record, rows))
    else:
        rows, absences, changed = derived_rows(post, month), absences_of(post, month), ()
    return Card(post, month, tuple(rows), totals(rows), absences, record, changed)


def absences_of(post: Post, month: date) -> tuple[tuple[str, date, date | None], ...]:
    """Leave and illness that touch the month: (kind in words, since, until)."""
    end = add_months(month, 1)
    rows = Absence.objects.system().filter(post=post, since__lt=end).exclude(until__lte=month).order_by("since", "id")
    return tuple((ABSENCE_KINDS.label_of(a.kind), a.since, a.until) for a in rows)


def derived_rows(post: Post, month: date) -> list[Row]:
    """Rows of a month as visits (own and those made together) and own entries say now. Two queries and one for activities."""
    end = add_months(month, 1)
    visits = (
        Visit.objects.system()
        .filter(Q(post=post) | Q(joint_post=post), on__gte=month, on__lt=end)
        .exclude(kind="NOTE")
        .select_related("case", "post__user", "joint_post__user")
        .prefetch_related("activities")
        .order_by("on", "starts", "id")
    )
    rows = [_row_of(visit, post) for visit in visits]
    for entry in TimeEntry.objects.system().filter(post=post, on__gte=month, on__lt=end).order_by("on", "starts", "id"):
        ends = Visit(on=entry.on, starts=entry.starts, minutes=entry.minutes).ends
        rows.append(
            Row(entry.on, entry.starts, ends, entry.minutes, entry.kind, TIME_KINDS.label_of(entry.kind), "", "",
                entry.note, entry.km, entry.ticket, f"entry:{entry.pk}")
        )  # fmt: skip
    return mark_overlaps(rows)


def _row_of(visit: Visit, post: Post) -> Row:
    """A visit on the card of one of those who made it: each with their own minutes and travel."""
    codes = tuple(sorted(a.code for a in visit.activities.all()))
    is_own = visit.post_id == post.pk
    minutes = visit.minutes if is_own else visit.joint_share
    other = (visit.joint_post if is_own else visit.post) if visit.joint_post_id != visit.post_id else None
    what = CONTACT_KINDS.label_of(visit.kind)
    if other is not None:
        what = _("%(what)s, razem z: %(who)s") % {"what": what, "who": other.user.full_name}
    return Row(
        visit.on, visit.starts, visit.ends_after(minutes), minutes, visit.group, what, visit.case.case_mark,
        PLACES.label_of(visit.place), ", ".join(ACTIVITIES.label_of(code) for code in codes),
        visit.km if is_own else visit.joint_km, visit.ticket if is_own else visit.joint_ticket,
        f"visit:{visit.pk}", str(visit.family_id), codes, not is_own,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One entry of a card handed in that is written otherwise now: `was` and `now` (None: not there), who, when and why."""

    was: Row | None
    now: Row | None
    who: str
    at: datetime | None
    why: str

    @property
    def on(self) -> date:
        """The day on the card, or of the new entry."""
        return (self.was or self.now).on  # type: ignore[union-attr]


def differences(record: TimeCard, frozen: Sequence[Row]) -> list[Difference]:
    """What corrections and visits written down later changed since the card was handed in, in time order."""
    was = {row.source: row for row in frozen}
    now = {row.source: row for row in derived_rows(record.post, record.month)}
    apart = [
        source
        for source in sorted(was.keys() | now.keys(), key=lambda s: (was.get(s) or now[s]).on)
        if source not in was or source not in now or was[source].facts != now[source].facts
    ]
    if not apart:
        return []
    ids = [UUID(source.removeprefix("visit:")) for source in apart if source.startswith("visit:")]
    told = _last_words(ids, record.submitted_at)
    return [Difference(was.get(s), now.get(s), *told.get(s, ("", None, ""))) for s in apart]


def _last_words(visit_ids: Sequence[UUID], since: datetime | None) -> dict[str, tuple[str, datetime | None, str]]:
    """Who last changed each visit since then, when and why; who wrote it down, for one never corrected."""
    visits = Visit.objects.system().filter(pk__in=visit_ids).select_related("post__user")
    found: dict[str, tuple[str, datetime | None, str]] = {
        f"visit:{v.pk}": (str(v.post or ""), v.created_at, "") for v in visits
    }
    revisions = VisitRevision.objects.system().filter(visit_id__in=visit_ids).select_related("by__user")
    if since is not None:
        revisions = revisions.filter(at__gte=since)
    for one in revisions.order_by("number"):
        found[f"visit:{one.visit_id}"] = (str(one.by or ""), one.at, one.reason)
    return found


def frozen_rows(record: TimeCard) -> list[Row]:
    """Rows as they were handed in."""
    return mark_overlaps(row_from(stored) for stored in record.rows)


def absence_to_json(absence: tuple[str, date, date | None]) -> list[str]:
    """An absence as a card handed in keeps it."""
    kind, since, until = absence
    return [kind, since.isoformat(), until.isoformat() if until else ""]


def absence_from(stored: Sequence[str]) -> tuple[str, date, date | None]:
    """An absence of a card handed in."""
    return stored[0], date.fromisoformat(stored[1]), date.fromisoformat(stored[2]) if stored[2] else None


def row_to_json(row: Row) -> dict[str, object]:
    """A row as a card handed in keeps it."""
    return {
        "on": row.on.isoformat(), "starts": f"{row.starts:%H:%M}", "ends": f"{row.ends:%H:%M}", "minutes": row.minutes,
        "group": row.group, "what": row.what, "mark": row.mark, "place": row.place, "activities": row.activities,
        "km": str(row.km), "ticket": str(row.ticket), "source": row.source,
        "family": row.family, "codes": list(row.codes), "is_joint": row.is_joint,
    }  # fmt: skip


def row_from(stored: Mapping[str, Any]) -> Row:
    """A row of a card handed in."""
    return Row(
        date.fromisoformat(stored["on"]), time.fromisoformat(stored["starts"]), time.fromisoformat(stored["ends"]),
        int(stored["minutes"]), stored["group"], stored["what"], stored["mark"], stored["place"], stored["activities"],
        Decimal(stored["km"]), Decimal(stored["ticket"]), stored.get("source", ""), stored.get("family", ""),
        tuple(stored.get("codes", ())), bool(stored.get("is_joint", False)),
    )  # fmt: skip


@reads("assistance.timecard.list", label="Karty czasu pracy do przyjęcia", who=CAN_ACCEPT)
def cards_to_accept(actor: Actor, *, limit: int = 60) -> list[TimeCard]:
    """Cards handed in and waiting, that the actor may accept, longest waiting first."""
    rows = TimeCard.objects.for_actor(actor).filter(state="SUBMITTED").select_related("post__user")
    if not actor.has_role("manager"):
        rows = rows.filter(_led(actor, TimeCard))
    return list(rows.order_by("submitted_at", "id")[:limit])


@reads("assistance.training.list", label="Rejestr superwizji i szkoleń", who=CAN_SEE)
def trainings(actor: Actor, *, year: int, limit: int = 500) -> list[TimeEntry]:
    """Supervision and training attended in a year by the workers whose time the actor may see, in time order."""
    rows = visible(actor, "assistance.training.list", TimeEntry.objects.for_actor(actor))
    rows = rows.filter(kind__in=("SUPERVISION", "TRAINING"), on__year=year).select_related("post__user")
    return list(rows.order_by("on", "starts", "id")[:limit])


def card_is_accepted(actor: Actor, *, on: date) -> bool:
    """Whether the actor's time card of that day's month is accepted and closed (asked with each visit)."""
    return bool(_ACCEPTED.rows(institution_id=actor.institution_id, post_id=actor.post_id, month=on.replace(day=1)))


def _accepted(institution_id: UUID, post_id: UUID, month: date) -> QuerySet[Any, Any]:
    cards = TimeCard.objects.system().filter(institution_id=institution_id, post_id=post_id, month=month)
    return cards.filter(state="ACCEPTED").order_by().values_list("pk")


_ACCEPTED = Prepared(_accepted)
