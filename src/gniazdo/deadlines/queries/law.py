"""The list of everything the program knows of the law, for the page "Prawo w systemie"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from gniazdo.access.queries import anyone_here, reads
from gniazdo.access.rules import Actor
from gniazdo.deadlines.queries.board import mark_in_words
from gniazdo.kernel.legal import CLOCKS, PARAMETERS, VALUES, Version
from gniazdo.kernel.speech import say
from gniazdo.kernel.terms import Term, reworded
from gniazdo.orgs.queries import parameters


@dataclass(frozen=True, slots=True)
class LawEntry:
    """One rule as the page shows it: `now` says whether this version is in force on the day asked about."""

    id: str
    kind: str
    label: str
    value: str
    article: str
    mark: str
    since: date | None
    until: date | None
    now: bool
    note: str = ""
    older: bool = False


def _shown(value: Any, unit: str = "") -> str:
    if isinstance(value, Term):
        return reworded(value.label(), say)
    if isinstance(value, bool):
        return gettext("tak") if value else gettext("nie")
    if isinstance(value, tuple | list):
        return " / ".join(str(v) for v in value)
    return f"{value} {unit}".strip()


def _matches(entry: LawEntry, query: str) -> bool:
    text = f"{entry.id} {entry.label} {entry.article} {entry.value} {entry.note}".lower()
    return all(word in text for word in query.lower().split())


@reads("deadlines.law.view", label="Czytaj prawo w systemie", who=anyone_here)
def law_entries(actor: Actor, *, on: date, query: str = "") -> list[LawEntry]:
    """Clocks, values and local settings (the institution's own where it has one), narrowed to those with all the words."""
    local = parameters(actor.institution_id, PARAMETERS, on=on)
    entries = []
    for clock in CLOCKS.values():
        for v in clock.versions:
            entries.append(_of_clock(clock, v, local, on))
    entries += [
        LawEntry(rule.id, "value", say(rule.label), _shown(v.value, say(rule.unit)), v.article, mark_in_words(v.mark), v.since, v.until, v.valid(on),
                 say(v.sentence), v.older)
        for rule in VALUES.values() for v in rule.versions
    ]  # fmt: skip
    entries += [
        LawEntry(
            p.id,
            "parameter",
            say(p.label),
            _shown(local[p.id], ""),
            "",
            mark_in_words(p.mark),
            None,
            None,
            True,
            say(p.why),
        )
        for p in PARAMETERS.values()
    ]
    order = {"clock": 0, "value": 1, "parameter": 2}
    return sorted((e for e in entries if _matches(e, query)), key=lambda e: (order[e.kind], e.id, e.since or date.min))


def _of_clock(clock: Any, v: Version, local: dict[str, Any], on: date) -> LawEntry:
    term = _shown(v.value) if v.value is not None else reworded(clock.term(v, local).label(), say)
    variants = ", ".join(reworded(t.label(), say) for t in v.variants.values())
    if variants:
        term = f"{term} ({variants})"
    note = " ".join(
        part
        for part in (
            gettext("Od: %s.") % say(clock.trigger),
            gettext("Następny: %s.") % say(clock.next) if clock.next else "",
            say(v.sentence),
        )
        if part
    )
    return LawEntry(
        clock.id, "clock", say(clock.label), term, v.article, mark_in_words(v.mark), v.since, v.until, v.valid(on), note,
        v.older,
    )  # fmt: skip
