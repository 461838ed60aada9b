"""The time card: a month of one worker, read from visits, own entries and absences. Families appear by number, not name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from uuid import UUID

from django.db.models import Model, Q

from gniazdo.access.queries import NOTHING, Guard, reads, role
from gniazdo.access.rules import Actor, NotHere
from gniazdo.assistance.models import TimeCard, TimeEntry, Visit
from gniazdo.assistance.vocab import ACTIVITIES, CONTACT_KINDS, PLACES, TIME_KINDS
from gniazdo.kernel.terms import add_months
from gniazdo.orgs.models import Absence, Post
from gniazdo.orgs.vocab import ABSENCE_KINDS

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
    overlaps: bool = False


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

    @property
    def state(self) -> str:
        """A code of CARD_STATES."""
        return self.record.state if self.record else "OPEN"

    @property
    def is_locked(self) -> bool:
        """Accepted or waiting: own entries may not change."""
        return self.state in ("SUBMITTED", "ACCEPTED")


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
    if record and record.state == "ACCEPTED":
        rows = [row_from(stored) for stored in record.rows]
    else:
        rows = derived_rows(post, month)
    end = add_months(month, 1)
    absences = (
        Absence.objects.for_actor(actor).filter(post=post, since__lt=end).exclude(until__lte=month).order_by("since")
    )
    return Card(
        post, month, tuple(rows), totals(rows),
        tuple((ABSENCE_KINDS.label_of(a.kind), a.since, a.until) for a in absences), record,
    )  # fmt: skip


def derived_rows(post: Post, month: date) -> list[Row]:
    """Rows of a month as visits and own entries say now. Two queries and one for activities."""
    end = add_months(month, 1)
    visits = (
        Visit.objects.system()
        .filter(post=post, on__gte=month, on__lt=end)
        .exclude(kind="NOTE")
        .select_related("case")
        .prefetch_related("activities")
        .order_by("on", "starts", "id")
    )
    rows = [
        Row(
            visit.on, visit.starts, visit.ends, visit.minutes, visit.group, CONTACT_KINDS.label_of(visit.kind),
            visit.case.case_mark, PLACES.label_of(visit.place),
            ", ".join(ACTIVITIES.label_of(a.code) for a in visit.activities.all()), visit.km, visit.ticket,
            f"visit:{visit.pk}", str(visit.family_id),
        )
        for visit in visits
    ]  # fmt: skip
    for entry in TimeEntry.objects.system().filter(post=post, on__gte=month, on__lt=end).order_by("on", "starts", "id"):
        ends = Visit(on=entry.on, starts=entry.starts, minutes=entry.minutes).ends
        rows.append(
            Row(entry.on, entry.starts, ends, entry.minutes, entry.kind, TIME_KINDS.label_of(entry.kind), "", "",
                entry.note, entry.km, Decimal(0), f"entry:{entry.pk}")
        )  # fmt: skip
    return mark_overlaps(rows)


def row_to_json(row: Row) -> dict[str, object]:
    """A row as an accepted card keeps it."""
    return {
        "on": row.on.isoformat(), "starts": f"{row.starts:%H:%M}", "ends": f"{row.ends:%H:%M}", "minutes": row.minutes,
        "group": row.group, "what": row.what, "mark": row.mark, "place": row.place, "activities": row.activities,
        "km": str(row.km), "ticket": str(row.ticket), "source": row.source,
        "family": row.family,
    }  # fmt: skip


def row_from(stored: dict[str, str]) -> Row:
    """A row of an accepted card."""
    return Row(
        date.fromisoformat(stored["on"]), time.fromisoformat(stored["starts"]), time.fromisoformat(stored["ends"]),
        int(stored["minutes"]), stored["group"], stored["what"], stored["mark"], stored["place"], stored["activities"],
        Decimal(stored["km"]), Decimal(stored["ticket"]), stored.get("source", ""), stored.get("family", ""),
    )  # fmt: skip


@reads("assistance.timecard.list", label="Karty czasu pracy do przyjęcia", who=CAN_ACCEPT)
def cards_to_accept(actor: Actor, *, limit: int = 60) -> list[TimeCard]:
    """Cards handed in and waiting, that the actor may accept, longest waiting first."""
    rows = TimeCard.objects.for_actor(actor).filter(state="SUBMITTED").select_related("post__user")
    if not actor.has_role("manager"):
        rows = rows.filter(_led(actor, TimeCard))
    return list(rows.order_by("submitted_at", "id")[:limit])
