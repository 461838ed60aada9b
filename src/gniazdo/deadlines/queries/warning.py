"""How many days ahead a deadline begins to warn: a dated setting of the institution, one for each way of warning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from uuid import UUID

from django.db.models import Q

from gniazdo.deadlines.queries.declaring import DEADLINES, WARN
from gniazdo.orgs.queries import parameters


@cache
def _groups() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(setting, declarations that warn by it), in a fixed order; the last, general one has no list: it has the rest."""
    found: dict[str, list[str]] = defaultdict(list)
    for deadline in DEADLINES.values():
        found[deadline.warn].append(deadline.id)
    special = tuple((code, tuple(sorted(ids))) for code, ids in sorted(found.items()) if code != WARN)
    return (*special, (WARN, ()))


def warned_until(institution_id: UUID, *, on: date) -> list[date]:
    """The last due day that already warns on a day, for each of the groups in their order (one query)."""
    days = parameters(institution_id, [code for code, _ids in _groups()], on=on)
    return [on + timedelta(days=max(int(days[code]), 0)) for code, _ids in _groups()]


def warned(until: Sequence[date]) -> Q:
    """Rows inside their warning time (overdue ones among them), as `warned_until` told."""
    *special, (_code, _rest) = _groups()
    apart = [one for _code, ids in special for one in ids]
    condition = Q(due_on__lte=until[len(special)]) & ~Q(declaration__in=apart)
    for (_code, ids), last in zip(special, until, strict=False):
        condition |= Q(declaration__in=ids, due_on__lte=last)
    return condition


def warned_apart(until: Sequence[date]) -> list[tuple[list[str] | None, list[str] | None, date]]:
    """The same as few ways to ask one by one: (only these declarations, or all but these, the last due day that warns)."""
    *special, _rest = _groups()
    general = until[len(special)]
    by_day: dict[date, list[str]] = defaultdict(list)
    for (_code, ids), last in zip(special, until, strict=False):
        if last != general:
            by_day[last] += ids
    apart = [one for ids in by_day.values() for one in ids]
    return [(None, apart or None, general), *((ids, None, last) for last, ids in sorted(by_day.items()))]


def warned_by_kind(until: Sequence[date]) -> Mapping[str, date]:
    """The last due day that warns, by declaration."""
    by_setting = {code: last for (code, _ids), last in zip(_groups(), until, strict=False)}
    return {deadline.id: by_setting[deadline.warn] for deadline in DEADLINES.values()}
