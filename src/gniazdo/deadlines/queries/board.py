"""Rows for the board, My Day, the calendar feed, the daily letter and the command line: one query, one way to show a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext, ngettext

from gniazdo.access.queries import note_read, on_access_list, reads, role, visible
from gniazdo.access.rules import Actor
from gniazdo.cases.models import CaseFile
from gniazdo.deadlines.models import OPEN, DeadlineRow
from gniazdo.deadlines.queries.declaring import DEADLINES
from gniazdo.deadlines.queries.office import of_the_office
from gniazdo.deadlines.queries.warning import warned, warned_apart, warned_until
from gniazdo.deadlines.rules import Fact, band, days_left, why_as_data, why_from_data
from gniazdo.kernel.legal import sureness
from gniazdo.kernel.speech import say, speaker
from gniazdo.orgs.models import Post
from gniazdo.people.models import Family
from gniazdo.platform.models import Prepared
from gniazdo.platform.templatetags.swift import address

HORIZON = 30
LATE = -1  # a horizon of yesterday: only what is overdue
WARNED = -2  # each kind as far as the institution's setting says
PAGE = 25
MOST = 100  # rows of one list
MANY = 1000  # counted no further
WHOSE = ("mine", "team", "all")


@dataclass(frozen=True, slots=True)
class Filters:
    """What part of the board is asked for. `days` is how far ahead (or LATE, WARNED); overdue rows always come first."""

    whose: str = "mine"
    days: int = HORIZON
    kind: str = ""
    post_ids: Sequence[UUID] | None = None
    family_id: UUID | None = None

    def until(self, on: date) -> date:
        """The last due day shown."""
        return on + timedelta(days=self.days)


@dataclass(slots=True)
class Line:
    """One due row as people read it."""

    row_id: UUID | None
    declaration: str
    clock: str
    label: str
    severity: str
    family_id: UUID | None
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

    @property
    def tone(self) -> str:
        """The class of the words that say how near the day is."""
        return "overdue" if self.band == "overdue" else "text-secondary"

    @property
    def held_by(self) -> str:
        """The worker, or in words whose duty it is when nobody by name."""
        if self.worker:
            return self.worker
        if self.role == "manager":
            return gettext("kierownik")
        return gettext("inspektor ochrony danych") if self.role == "dpo" else gettext("nieprzydzielone")

    __getitem__ = object.__getattribute__  # a template asks for keys first; 25 rows refuse them 600 times a page


def _theirs(actor: Actor, whose: str) -> Q:
    posts = actor.reach_post_ids if whose == "team" else actor.post_ids
    return Q(post_id__in=posts) | Q(post_id__isnull=True, role__in=actor.roles)


@reads(
    "deadlines.board.view",
    label="Przeglądaj terminy",
    who=on_access_list
    | role("manager", label="kierownik jednostki")
    | (role("dpo", label="inspektor ochrony danych") & of_the_office),
)
def due_rows(actor: Actor, *, on: date, filters: Filters | None = None) -> QuerySet[DeadlineRow]:
    """Open rows due until the horizon that this actor may see, the oldest first (not evaluated: cut it before showing)."""
    filters = filters or Filters()
    rows = _open(actor, **_asked(actor, filters, on))
    return rows.select_related("family", "case", "post__user").order_by("due_on", "id")


def _asked(actor: Actor, filters: Filters, on: date) -> dict[str, Any]:
    """The filters as a compiled query takes them."""
    near = warned_until(actor.institution_id, on=on) if filters.days == WARNED else None
    return {
        "until": max(near) if near else filters.until(on), "near": near, "everyone": filters.whose == "all", "team": filters.whose == "team",
        "kind": filters.kind or None, "posts": None if filters.post_ids is None else list(filters.post_ids), "family_id": filters.family_id,
    }  # fmt: skip


def _open(
    actor: Actor, *, until: date, everyone: bool, team: bool, kind: str | None, posts: list[UUID] | None,
    family_id: UUID | None, near: list[date] | None = None, kinds: list[str] | None = None, but: list[str] | None = None,
) -> QuerySet[DeadlineRow]:  # fmt: skip
    rows = visible(actor, "deadlines.board.view", DeadlineRow.objects.system()).filter(OPEN, due_on__lte=until)
    if near:
        rows = rows.filter(warned(near))
    if not everyone:
        rows = rows.filter(_theirs(actor, "team" if team else "mine"))
    if kind:
        rows = rows.filter(declaration=kind)
    if kinds is not None:
        rows = rows.filter(declaration__in=kinds)
    if but is not None:
        rows = rows.exclude(declaration__in=but)
    if posts is not None:
        rows = rows.filter(post_id__in=posts)
    return rows.filter(family_id=family_id) if family_id else rows


@dataclass(slots=True)
class Row:
    """One open row with the names it is shown with; the fields are the columns of SHOWN."""

    pk: UUID
    declaration: str
    family_id: UUID | None
    case_id: UUID | None
    starts_on: date
    due_on: date
    original_due_on: date | None
    extension: str
    post_id: UUID | None
    role: str
    why: list[Any]
    article: str
    mark: str
    url_name: str
    url_args: list[str]
    family_name: str | None
    case_mark: str | None
    first_name: str | None
    last_name: str | None


SHOWN = (
    "pk", "declaration", "family_id", "case_id", "starts_on", "due_on", "original_due_on", "extension", "post_id", "role",
    "why", "article", "mark", "url_name", "url_args", "family__name", "case__case_mark", "post__user__first_name",
    "post__user__last_name",
)  # fmt: skip


def _page(since: date | None, last: UUID | None, **asked: Any) -> QuerySet[Any, Any]:
    rows = _open(**asked)
    if since is not None:
        # The second condition is what an index walks.
        rows = rows.filter(Q(due_on__gt=since) | Q(due_on=since, id__gt=last), due_on__gte=since)
    return rows.order_by("due_on", "id").values_list(*SHOWN)[: PAGE + 1]


def _first(**asked: Any) -> QuerySet[Any, Any]:
    return _open(**asked).order_by("due_on", "id").values_list(*SHOWN)[:MOST]


def _nearest(actor: Actor, ids: list[UUID]) -> QuerySet[Any, Any]:
    rows = visible(actor, "deadlines.board.view", DeadlineRow.objects.system()).filter(OPEN, family_id__in=ids)
    return rows.order_by("due_on", "id").values_list(*SHOWN)


_PAGE, _FIRST, _NEAREST = Prepared(_page), Prepared(_first), Prepared(_nearest)


def page_after(actor: Actor, cursor: str, *, on: date, filters: Filters | None = None) -> tuple[list[Row], str]:
    """One page of open rows after a cursor ("day_id") and the next cursor, empty on the last page."""
    day, _sep, row_id = cursor.partition("_")
    try:
        since, last = (date.fromisoformat(day), UUID(row_id)) if row_id else (None, None)
    except ValueError:
        since = last = None
    note_read("deadlines.board.view")
    found = _PAGE.rows(since=since, last=last, actor=actor, **_asked(actor, filters or Filters(), on))
    more = [Row(*columns) for columns in found[:PAGE]]
    return more, f"{more[-1].due_on:%Y-%m-%d}_{more[-1].pk}" if len(found) > PAGE else ""


def first_lines(actor: Actor, *, on: date, filters: Filters) -> list[Line]:
    """The nearest open rows (MOST at most), as people read them."""
    note_read("deadlines.board.view")
    return for_actor(
        actor, lines([Row(*columns) for columns in _FIRST.rows(actor=actor, **_asked(actor, filters, on))], on=on)
    )


def for_actor(actor: Actor, found: list[Line]) -> list[Line]:
    """The same lines, without the way to a paper this post's roles do not write."""
    return [
        replace(line, url="")
        if (d := DEADLINES.get(line.declaration)) and d.doers and not actor.has_role(*d.doers)
        else line
        for line in found
    ]


def family_rows(actor: Actor, family_id: UUID, *, on: date) -> list[Line]:
    """Every open row of one family, for the family's page."""
    return first_lines(actor, on=on, filters=Filters("all", 3650, family_id=family_id))


def office_lines(actor: Actor, *, on: date) -> list[Line]:
    """Every open row of the institution itself, the nearest first."""
    rows = due_rows(actor, on=on, filters=Filters("all", 3650)).filter(family=None)
    return lines(rows[:MOST], on=on)


def next_lines(actor: Actor, family_ids: Sequence[UUID], *, on: date) -> dict[UUID, Line]:
    """The nearest open row of each of these families (a page of them), for lists and headers: one query."""
    nearest: dict[UUID, Row] = {}
    for columns in _NEAREST.rows(actor=actor, ids=family_ids):
        nearest.setdefault(columns[2], Row(*columns))
    return {line.family_id: line for line in lines(list(nearest.values()), on=on) if line.family_id}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many open rows of one's own are overdue, due today, inside their warning time."""

    overdue: int
    today: int
    soon: int
    many: int = MANY


def counts(actor: Actor, *, on: date, filters: Filters | None = None) -> Counts:
    """Numbers for the top of the board and the daily letter, of the rows the board shows; none told beyond MANY."""
    asked = {"actor": actor, **_asked(actor, replace(filters or Filters(), days=WARNED), on)}
    if not asked["everyone"]:
        found = _OF_SOME.rows(on=on, **asked)
        return Counts(*(min(n, MANY) for n in found[0])) if found else Counts(0, 0, 0)
    # Of the whole unit each group by itself, through an index: some warn months ahead, and most rows there are of others.
    plain = {**asked, "near": None, "since": None}
    overdue, today, *rest = _OF_ALL.counts(
        {**plain, "until": on - timedelta(days=1)}, {**plain, "since": on, "until": on},
        *({**plain, "since": on + timedelta(days=1), "until": last, "kinds": kinds, "but": but}
          for kinds, but, last in warned_apart(asked["near"])),
    )  # fmt: skip
    return Counts(overdue, today, min(sum(rest), MANY))


def _of_some(on: date, near: list[date], **asked: Any) -> QuerySet[Any, Any]:
    """(overdue, today, soon) of what one worker or team has in hand: each row looked at once."""
    rows = _open(**asked).order_by().values("institution_id")
    return rows.annotate(
        overdue=Count("pk", filter=Q(due_on__lt=on)), today=Count("pk", filter=Q(due_on=on)),
        soon=Count("pk", filter=Q(due_on__gt=on) & warned(near)),
    ).values_list("overdue", "today", "soon")  # fmt: skip


def _of_all(since: date | None, **asked: Any) -> QuerySet[Any, Any]:
    rows = _open(**asked)
    return (rows.filter(due_on__gte=since) if since else rows).order_by().values_list("pk")[:MANY]


_OF_SOME, _OF_ALL = Prepared(_of_some), Prepared(_of_all)


def lines(rows: Sequence[Row | DeadlineRow | Fact] | QuerySet[DeadlineRow], *, on: date) -> list[Line]:
    """Cached rows or computed facts as people read them (three queries at most, whatever their number)."""
    found = list(rows)
    names, translate = _names(found), speaker()
    return [_line(row, names, on, translate) for row in found]


def _names(rows: Iterable[Any]) -> dict[UUID, str]:
    facts = [r for r in rows if isinstance(r, Fact)]
    if not facts:
        return {}
    families = Family.objects.system().filter(pk__in={f.family_id for f in facts}).values_list("pk", "name")
    cases = CaseFile.objects.system().filter(pk__in={f.case_id for f in facts}).values_list("pk", "case_mark")
    posts = Post.objects.system().filter(pk__in={f.post_id for f in facts}).select_related("user")
    return {**dict(families), **dict(cases), **{p.pk: p.user.full_name for p in posts}}


def office_name() -> str:
    """What stands where a family's name would, for duties of the institution."""
    return gettext("Sprawy jednostki")


def _called(row: Any, names: dict[UUID, str]) -> tuple[str, str, str]:
    """(family, case mark, worker) of a row of any kind."""
    if isinstance(row, Row):
        return (
            row.family_name or office_name(),
            row.case_mark or "",
            f"{row.first_name} {row.last_name}" if row.post_id else "",
        )
    if isinstance(row, DeadlineRow):
        case_mark = row.case.case_mark if row.case else ""
        return row.family.name if row.family else office_name(), case_mark, row.post.user.full_name if row.post else ""
    family = names.get(row.family_id, "") if row.family_id else office_name()
    return family, names.get(row.case_id, ""), names.get(row.post_id, "")


def _line(row: Any, names: dict[UUID, str], on: date, translate: Callable[[str], str]) -> Line:
    deadline = DEADLINES.get(row.declaration)
    computed = isinstance(row, Fact)
    why = why_as_data(row.why) if computed else row.why
    family, case_mark, worker = _called(row, names)
    left = days_left(row.due_on, on)
    return Line(
        row_id=None if computed else row.pk,
        declaration=row.declaration,
        clock=deadline.clock if deadline else "",
        label=translate(deadline.label) if deadline else row.declaration,
        severity=deadline.severity if deadline else "normal",
        family_id=row.family_id,
        family=family,
        case_id=row.case_id,
        case_mark=case_mark,
        starts_on=row.starts_on,
        due_on=row.due_on,
        original_due_on=row.original_due_on,
        extension=row.extension,
        days=left,
        words=in_words(left),
        band=band(row.due_on, on),
        worker=worker,
        role=row.role,
        why=why_from_data(why, translate),
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
        return address(name, *map(UUID, args)) if name else ""
    except ValueError:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def in_words(days: int) -> str:
    """„3 dni po terminie”, „dziś”, „jutro”, „za 5 dni”."""
    return _distance(days, get_language())


@lru_cache(maxsize=4096)
def _distance(days: int, language: str | None) -> str:
    """Remembered: plural forms are looked up long, and the same few distances stand on every page."""
    if days == 0:
        return gettext("dziś")
    if days == 1:
        return gettext("jutro")
    if days > 0:
        return ngettext("za %(days)d dzień", "za %(days)d dni", days) % {"days": days}
    return ngettext("%(days)d dzień po terminie", "%(days)d dni po terminie", -days) % {"days": -days}
