"""Rows for the board, My Day, the calendar feed, the daily letter and the command line: one query, one way to show a row."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, ngettext

from gniazdo.access.queries import on_access_list, reads, role, visible
from gniazdo.access.rules import Actor
from gniazdo.cases.models import CaseFile
from gniazdo.deadlines.models import OPEN, CalendarKey, DeadlineRow, ReminderSent
from gniazdo.deadlines.queries.computing import compute
from gniazdo.deadlines.queries.declaring import DEADLINES
from gniazdo.deadlines.rules import Fact, band, days_left, sureness, why_as_data, why_from_data
from gniazdo.kernel.speech import say
from gniazdo.orgs.models import Post
from gniazdo.people.models import Family

HORIZON = 30
LATE = -1  # a horizon of yesterday: only what is overdue
SOON = 14
PAGE = 25
BATCH = 500
WHOSE = ("mine", "team", "all")


@dataclass(frozen=True, slots=True)
class Filters:
    """What part of the board is asked for. `days` is how far ahead; overdue rows always come first."""

    whose: str = "mine"
    days: int = HORIZON
    kind: str = ""
    post_id: UUID | None = None
    family_id: UUID | None = None

    def until(self, on: date) -> date:
        """The last due day shown."""
        return on + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Line:
    """One due row as people read it."""

    row_id: UUID | None
    declaration: str
    clock: str
    label: str
    severity: str
    family_id: UUID
    family: str
    case_id: UUID | None
    case_mark: str
    starts_on: date
    due_on: date
    original_due_on: date | None
    extension: str
    days: int
    words: str
    band: str
    worker: str
    role: str
    why: str
    article: str
    mark: str
    url: str
    extendable: bool


def _theirs(actor: Actor, whose: str) -> Q:
    posts = actor.reach_post_ids if whose == "team" else actor.post_ids
    return Q(post_id__in=posts) | Q(post_id__isnull=True, role__in=actor.roles)


def _is_theirs(actor: Actor, whose: str, fact: Fact) -> bool:
    posts = actor.reach_post_ids if whose == "team" else actor.post_ids
    return fact.post_id in posts if fact.post_id else fact.role in actor.roles


@reads(
    "deadlines.board.view",
    label="Przeglądaj terminy",
    who=on_access_list | role("manager", label="kierownik jednostki"),
)
def due_rows(actor: Actor, *, on: date, filters: Filters | None = None) -> QuerySet[DeadlineRow]:
    """Open rows due until the horizon that this actor may see, the oldest first (not evaluated: cut it before showing)."""
    filters = filters or Filters()
    rows = visible(actor, "deadlines.board.view", DeadlineRow.objects.system()).filter(
        OPEN, due_on__lte=filters.until(on)
    )
    if filters.whose != "all":
        rows = rows.filter(_theirs(actor, filters.whose))
    if filters.kind:
        rows = rows.filter(declaration=filters.kind)
    if filters.post_id:
        rows = rows.filter(post_id=filters.post_id)
    if filters.family_id:
        rows = rows.filter(family_id=filters.family_id)
    return rows.select_related("family", "case", "post__user").order_by("due_on", "id")


def page_after(rows: QuerySet[DeadlineRow], cursor: str, *, size: int = PAGE) -> tuple[list[DeadlineRow], str]:
    """One page after a cursor ("day_id") and the next cursor, empty on the last page."""
    day, _sep, row_id = cursor.partition("_")
    try:
        if row_id:
            since, last = date.fromisoformat(day), UUID(row_id)
            # The second condition is what an index walks.
            rows = rows.filter(Q(due_on__gt=since) | Q(due_on=since, id__gt=last), due_on__gte=since)
    except ValueError:
        pass
    found = list(rows[: size + 1])
    more = found[:size]
    return more, f"{more[-1].due_on:%Y-%m-%d}_{more[-1].pk}" if len(found) > size else ""


def family_rows(actor: Actor, family_id: UUID, *, on: date) -> list[Line]:
    """Every open row of one family, for the family's page."""
    filters = Filters("all", 3650, family_id=family_id)
    return lines(due_rows(actor, on=on, filters=filters)[:200], on=on)


def next_lines(actor: Actor, family_ids: Sequence[UUID], *, on: date) -> dict[UUID, Line]:
    """The nearest open row of each of these families (a page of them), for lists and headers: two queries."""
    rows = visible(actor, "deadlines.board.view", DeadlineRow.objects.system()).filter(OPEN, family_id__in=family_ids)
    nearest: dict[UUID, DeadlineRow] = {}
    for row in rows.select_related("family", "case", "post__user").order_by("due_on", "id"):
        nearest.setdefault(row.family_id, row)
    return {line.family_id: line for line in lines(list(nearest.values()), on=on)}


def due_for(actor: Actor, *, on: date, filters: Filters | None = None) -> list[dict[str, Any]]:
    """The actor's board on any day, computed from events and not from the cache: for `gniazdo due --as LOGIN`."""
    filters = filters or Filters()
    families = visible(actor, "deadlines.board.view", Family.objects.system()).order_by("pk")
    if filters.family_id:
        families = families.filter(pk=filters.family_id)
    ids = list(families.values_list("pk", flat=True))
    facts: list[Fact] = []
    for start in range(0, len(ids), BATCH):
        facts += [
            fact
            for fact in compute(actor.institution_id, ids[start : start + BATCH], on=on)
            if fact.fulfilled_on is None
            and fact.due_on <= filters.until(on)
            and (filters.whose == "all" or _is_theirs(actor, filters.whose, fact))
            and (not filters.kind or fact.declaration == filters.kind)
            and (not filters.post_id or fact.post_id == filters.post_id)
        ]
    facts.sort(key=lambda f: (f.due_on, f.declaration, str(f.subject_id)))
    return [
        {
            "due_on": line.due_on.isoformat(),
            "days": line.days,
            "label": line.label,
            "case_mark": line.case_mark,
            "clock": line.clock,
            "article": line.article,
            "mark": line.mark,
            "sentence": line.why,
            "subject": str(fact.subject_id),
        }
        for fact, line in zip(facts, lines(facts, on=on), strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many open rows of one's own are overdue, due today, due in two weeks."""

    overdue: int
    today: int
    soon: int


def counts(actor: Actor, *, on: date, filters: Filters | None = None) -> Counts:
    """Numbers for the menu and the top of the board, of the same rows the board shows with these filters."""
    wanted = replace(filters or Filters(), days=SOON)
    found = due_rows(actor, on=on, filters=wanted).order_by().aggregate(
        overdue=Count("pk", filter=Q(due_on__lt=on)),
        today=Count("pk", filter=Q(due_on=on)),
        soon=Count("pk", filter=Q(due_on__gt=on)),
    )  # fmt: skip
    return Counts(**found)


def lines(rows: Sequence[DeadlineRow] | QuerySet[DeadlineRow] | Sequence[Fact], *, on: date) -> list[Line]:
    """Cached rows or computed facts as people read them (three queries at most, whatever their number)."""
    found = list(rows)
    names = _names(found)
    return [_line(row, names, on) for row in found]


def _names(rows: Iterable[Any]) -> dict[UUID, str]:
    facts = [r for r in rows if isinstance(r, Fact)]
    if not facts:
        return {}
    families = Family.objects.system().filter(pk__in={f.family_id for f in facts}).values_list("pk", "name")
    cases = CaseFile.objects.system().filter(pk__in={f.case_id for f in facts}).values_list("pk", "case_mark")
    posts = Post.objects.system().filter(pk__in={f.post_id for f in facts}).select_related("user")
    return {**dict(families), **dict(cases), **{p.pk: p.user.full_name for p in posts}}


def _line(row: Any, names: dict[UUID, str], on: date) -> Line:
    deadline = DEADLINES.get(row.declaration)
    cached = isinstance(row, DeadlineRow)
    why = row.why if cached else why_as_data(row.why)
    return Line(
        row_id=row.pk if cached else None,
        declaration=row.declaration,
        clock=deadline.clock if deadline else "",
        label=say(deadline.label) if deadline else row.declaration,
        severity=deadline.severity if deadline else "normal",
        family_id=row.family_id,
        family=row.family.name if cached else names.get(row.family_id, ""),
        case_id=row.case_id,
        case_mark=(row.case.case_mark if row.case_id else "") if cached else names.get(row.case_id, ""),
        starts_on=row.starts_on,
        due_on=row.due_on,
        original_due_on=row.original_due_on,
        extension=row.extension,
        days=days_left(row.due_on, on),
        words=in_words(days_left(row.due_on, on)),
        band=band(row.due_on, on),
        worker=(row.post.user.full_name if row.post_id else "") if cached else names.get(row.post_id, ""),
        role=row.role,
        why=why_from_data(why, say),
        article=row.article,
        mark=mark_in_words(row.mark),
        url=_url(row.url_name, row.url_args),
        extendable=bool(deadline and deadline.extendable),
    )


def mark_in_words(mark: str) -> str:
    """„przeczytane w tekście aktu (UW24)” in the reader's language."""
    words, where = sureness(mark)
    return f"{say(words)} ({where})" if where else say(words)


def _url(name: str, args: Sequence[str]) -> str:
    """The address that starts the paper fulfilling the row, empty while that page does not exist."""
    try:
        return reverse(name, args=args) if name else ""
    except NoReverseMatch:
        return ""


def in_words(days: int) -> str:
    """„3 dni po terminie”, „dziś”, „jutro”, „za 5 dni”."""
    if days == 0:
        return gettext("dziś")
    if days == 1:
        return gettext("jutro")
    if days > 0:
        return ngettext("za %(days)d dzień", "za %(days)d dni", days) % {"days": days}
    return ngettext("%(days)d dzień po terminie", "%(days)d dni po terminie", -days) % {"days": -days}


def fingerprint(key: str) -> str:
    """What is kept of a calendar key."""
    return hashlib.sha256(key.encode()).hexdigest()


def post_of_key(key: str) -> Post | None:
    """The post whose calendar that key opens, or None."""
    found = CalendarKey.objects.system().filter(fingerprint=fingerprint(key)).select_related("post__user").first()
    return found.post if found else None


def was_reminded(post_id: UUID, on: date) -> bool:
    """Whether the day's letter already went to the post."""
    return ReminderSent.objects.system().filter(post_id=post_id, on=on).exists()
