"""Legal values, clocks and local parameters over time, each with its article, validity and how sure its source is."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from gniazdo.kernel.catalogue import BadDeclaration, declare
from gniazdo.kernel.clock import WARSAW, today
from gniazdo.kernel.speech import say, says
from gniazdo.kernel.terms import Counting, Term, reworded
from gniazdo.kernel.workdays import add_working_days, why_free

UWRSPZ = "ustawa o wspieraniu rodziny i systemie pieczy zastępczej"
IN_FORCE = date(2012, 1, 1)
SURENESS = {
    "verified": says("przeczytane w tekście aktu"),
    "computed": says("obliczone z przepisu"),
    "recalled": says("z pamięci, do potwierdzenia"),
    "uncertain": says("niepewne, do potwierdzenia"),
    "author": says("bezpieczna wykładnia lub ustawienie lokalne"),
    "U": says("zwyczaj, nie przepis"),
}
MARKS = tuple(SURENESS)
PRACTICE = says("opis praktyki, rozdział")


def sureness(mark: str) -> tuple[str, str]:
    """How sure a source is, in words, and where it was read: „verified: UW24” → („przeczytane…”, „UW24”)."""
    kind, _sep, where = mark.partition(":")
    where = where.strip()
    if where.startswith("practice "):
        where = f"{say(PRACTICE)} {where.removeprefix('practice ')}"
    return SURENESS.get(kind.strip(), kind.strip()), where


class NotInForce(ValueError):
    """No version of the rule is known for that day."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A local setting where the law gives no number: its default, why it exists and how sure the source is."""

    id: str
    label: str
    default: Any
    why: str
    mark: str
    unit: str = ""


PARAMETERS: dict[str, Parameter] = {}


def parameter(id: str, label: str, *, default: Any, why: str, mark: str, unit: str = "") -> Parameter:
    """Declare a local setting that an institution may change from a given day (orgs.ParameterValue)."""
    made = Parameter(id, label, default, why, mark, unit)
    declare("parameter", id, label, made)
    PARAMETERS[id] = made
    return made


GRACE = parameter(
    "deadlines.grace_days", "Dni robocze na to, co trzeba zrobić niezwłocznie", default=1, unit="working_days",
    why="Ustawa mówi „niezwłocznie” bez liczby: termin jest tego samego dnia, a tyle dni roboczych to ostateczność.",
    mark="author: R-TIME-05",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Version:
    """A rule as it stood from `since` until `until` (half-open): its value or term, article and source mark.

    `variants` are terms that replace the ordinary one when an input of that name is true ("urgent"). With `older`,
    `since` is only the day of the text that was read: the rule may be older.
    """

    value: Any
    since: date
    article: str
    mark: str
    until: date | None = None
    sentence: str = ""
    variants: Mapping[str, Term] = field(default_factory=dict)
    older: bool = False

    def valid(self, on: date) -> bool:
        """Whether it was the law on that day."""
        return self.since <= on and (self.until is None or on < self.until)


def _checked(id: str, versions: tuple[Version, ...]) -> tuple[Version, ...]:
    if not versions:
        raise BadDeclaration(f"{id} has no version")
    for before, after in itertools.pairwise(versions):
        if before.until is None or before.until > after.since:
            raise BadDeclaration(f"{id}: the version from {before.since} must end before the one from {after.since}")
    for version in versions:
        if version.mark.split(":")[0] not in MARKS or not version.article:
            raise BadDeclaration(f"{id}: version from {version.since} lacks an article or a known mark")
    return versions


def _in_force(id: str, versions: tuple[Version, ...], day: date) -> Version:
    for version in reversed(versions):
        if version.valid(day):
            return version
    raise NotInForce(f"{id}: nie znam przepisu obowiązującego {day:%d.%m.%Y}")


def _term(unit: str, amount: int) -> Term:
    words: dict[str, Any] = {unit: amount}
    return Term(**words)


VALUES: dict[str, LegalValue] = {}
CLOCKS: dict[str, Clock] = {}


class LegalValue:
    """A number or fact of law over time: `VALUES["L-01"].on(day).value`. Raises BadDeclaration when versions overlap."""

    def __init__(self, id: str, label: str, *versions: Version, unit: str = "") -> None:
        self.id, self.label, self.unit = id, label, unit
        self.versions = _checked(id, versions)
        declare("legal value", id, label, self)
        VALUES[id] = self

    def on(self, day: date) -> Version:
        """The version in force that day. Raises NotInForce for a day no known text covers."""
        return _in_force(self.id, self.versions, day)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A Polish sentence with its values apart, so a screen may translate it: `str()` is the Polish."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template % self.values


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due and why. `escalates_on` is the last day "immediately" may mean; `at` ends hours."""

    clock: str
    on: date
    start: date
    why: tuple[Sentence, ...]
    article: str
    mark: str
    since: date
    until: date | None
    escalates_on: date
    at: datetime | None = None

    @property
    def sentence(self) -> str:
        """Why this date, in Polish."""
        return " ".join(str(part) for part in self.why)


class Clock:
    """A legal term: what starts it, how it is counted, whose it is. `CLOCKS["C-ASSIST-05"].due(start)`.

    `parameter` names the local setting that gives the number where the law gives none (its unit is a unit of Term).
    """

    def __init__(
        self,
        id: str,
        label: str,
        *versions: Version,
        trigger: str,
        counting: Counting = Counting.FACTUAL,
        next: str = "",
        subject: str = "",
        responsible: str = "",
        parameter: str = "",
    ) -> None:
        self.id, self.label, self.trigger, self.counting = id, label, trigger, counting
        self.next, self.subject, self.responsible, self.parameter = next, subject, responsible, parameter
        self.versions = _checked(id, versions)
        if any(not isinstance(v.value, Term) and not parameter for v in self.versions) or not trigger:
            raise BadDeclaration(f"{id}: a clock needs a trigger, and a term or the parameter that gives it")
        declare("clock", id, label, self)
        CLOCKS[id] = self

    @cached_property
    def settings(self) -> tuple[str, ...]:
        """Ids of the local settings it counts by: its own number, and what "immediately" may mean at the latest."""
        own = (self.parameter,) if self.parameter else ()
        said = [t for v in self.versions for t in (v.value, *v.variants.values()) if isinstance(t, Term)]
        return (*own, GRACE.id) if own or any(t.immediately for t in said) else own

    def on(self, day: date) -> Version:
        """The version in force that day. Raises NotInForce for a day no known text covers."""
        return _in_force(self.id, self.versions, day)

    def term(self, version: Version, parameters: Mapping[str, Any] | None = None, **inputs: Any) -> Term:
        """The term of a version for these inputs: a variant, the law's own, or the local parameter's."""
        for name, term in version.variants.items():
            if inputs.get(name):
                return term
        if isinstance(version.value, Term):
            return version.value
        setting = PARAMETERS[self.parameter]
        given = (parameters or {}).get(setting.id, setting.default)
        return _term(setting.unit, int(given)) if given else Term(immediately=True)

    def due(
        self,
        start: date | datetime,
        *,
        on: date | None = None,
        parameters: Mapping[str, Any] | None = None,
        set_on: date | None = None,
        **inputs: Any,
    ) -> Due:
        """The due date counted from `start` by the law in force on `on` (the start day unless said).

        `set_on` is the day an authority named, or one the unit chose where the law gives no number. `inputs` choose a variant (`urgent=True`).
        Raises NotInForce when no known text covers the day, ValueError when a set date is missing.
        """
        first = start.astimezone(WARSAW).date() if isinstance(start, datetime) else start
        version = self.on(on or first)
        term = self.term(version, parameters, **inputs)
        at = term.end_at(start) if isinstance(start, datetime) and term.hours else None
        if term.set_date:
            if set_on is None:
                raise ValueError(f"{self.id}: podaj dzień wyznaczony (set_on)")
            last = raw = set_on
        elif set_on is not None and self.parameter:
            at, last, raw, term = None, set_on, set_on, Term(set_date=True)
        else:
            raw = at.date() if at else term.raw_end(first)
            last = at.date() if at else term.end(first, self.counting)
        grace = int((parameters or {}).get(GRACE.id, GRACE.default))
        escalates = add_working_days(last, grace) if term.immediately else last
        why = tuple(self._why(term, version, first, raw, last, at, escalates))
        return Due(
            self.id, last, first, why, version.article, version.mark, version.since, version.until, escalates, at
        )  # fmt: skip

    def _why(
        self, term: Term, version: Version, first: date, raw: date, last: date, at: datetime | None, escalates: date
    ) -> list[Sentence]:
        common = {"trigger": self.trigger, "start": f"{first:%d.%m.%Y}", "term": term.label(), "end": f"{raw:%d.%m.%Y}"}
        if term.immediately:
            latest = {**common, "latest": f"{escalates:%d.%m.%Y}"}
            said = [
                Sentence(
                    "Niezwłocznie: %(trigger)s %(start)s. Zrób to tego dnia, najpóźniej %(latest)s: ta druga data to bezpieczna wykładnia, nie przepis.",
                    latest,
                )
            ]
        elif term.set_date:
            said = [Sentence("Dzień wyznaczony: %(end)s (%(trigger)s %(start)s).", common)]
        elif at:
            moment = {**common, "at": f"{at:%d.%m.%Y %H:%M}"}
            said = [
                Sentence(
                    "Ostatnia chwila: %(at)s – %(term)s bez przerw, także w święta, od %(start)s (%(trigger)s).", moment
                )
            ]
        elif term.yearly:
            said = [Sentence("Ostatni dzień: %(end)s – %(term)s, licząc od %(start)s (%(trigger)s).", common)]
        elif term.before:
            said = [Sentence("Ostatni dzień: %(end)s – %(term)s zdarzeniem z dnia %(start)s (%(trigger)s).", common)]
        else:
            said = [Sentence("Ostatni dzień: %(end)s – %(term)s od dnia %(start)s (%(trigger)s).", common)]
        if raw != last:
            moved = {"free": why_free(raw), "end": f"{last:%d.%m.%Y}"}
            said.append(Sentence("Koniec przypada w %(free)s, więc termin mija dopiero %(end)s.", moved))
        elif free := (why_free(last) if not term.immediately and not at else ""):
            said.append(
                Sentence("Ten dzień przypada w %(free)s, a termin się nie przesuwa: zrób to wcześniej.", {"free": free})
            )
        if self.parameter and not isinstance(version.value, Term):
            said.append(self._local(term))
        if version.sentence:
            said.append(Sentence(version.sentence.replace("%", "%%")))
        return said

    def _local(self, term: Term) -> Sentence:
        """That the number is the unit's own, and how sure its source is."""
        if term.set_date:
            return Sentence("Ustawa nie podaje liczby: ten dzień wybrała jednostka.")
        setting = PARAMETERS[self.parameter]
        return Sentence(
            "Ustawa nie podaje liczby: to ustawienie jednostki „%(label)s” (%(sure)s).",
            {"label": setting.label, "sure": sureness(setting.mark)[0]},
        )


def term_in_words(clock_id: str, on: date | None = None, **inputs: Any) -> str:
    """The term of a clock in force that day (today unless said), as the reader says it: „14 dni roboczych”; `inputs` choose a variant.

    For sentences and labels that name a term: written there by hand it would outlive the law. Raises NotInForce.
    """
    clock = CLOCKS[clock_id]
    return reworded(clock.term(clock.on(on or today()), **inputs).label(), say)


def _read(value: Any) -> Any:
    """An input typed on the command line: a day, yes/no, a number, else the text itself."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if text.lower() in ("tak", "yes", "true"):
        return True
    if text.lower() in ("nie", "no", "false"):
        return False
    for kind in (int, date.fromisoformat, datetime.fromisoformat):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer of `gniazdo law ID`: a date for a clock, a value for a limit or a parameter, and why."""

    id: str
    kind: str
    label: str
    article: str
    mark: str
    sentence: str
    value: Any = None
    unit: str = ""
    due_on: date | None = None
    since: date | None = None
    until: date | None = None
    older: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON-safe values, dates as ISO text."""
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in asdict(self).items()}


def explain(id: str, on: date, values: Mapping[str, Any] | None = None, **inputs: Any) -> dict[str, Any]:
    """`explanation` as plain JSON-safe values, for `gniazdo law ID [--on] [name=value …] [--json]`."""
    return explanation(id, on, **{**(values or {}), **inputs}).as_dict()


def explanation(id: str, on: date, **inputs: Any) -> Explanation:
    """Any clock, limit or parameter by its id: what it gives on that day, its article, validity and a Polish sentence.

    For a clock `start=2026-05-18` is the day it starts (else `on`), other names choose variants, `set_on` a set date;
    names of parameters override their defaults. Raises KeyError for an unknown id, NotInForce for a day before the law.
    """
    given = {name: _read(value) for name, value in inputs.items()}
    if id in VALUES:
        v, rule = VALUES[id].on(on), VALUES[id]
        said = v.sentence or f"{rule.label}: {v.value} {rule.unit}".strip() + "."
        return Explanation(
            id, "value", rule.label, v.article, v.mark, said, v.value, rule.unit, None, v.since, v.until, v.older
        )
    if id in PARAMETERS:
        p = PARAMETERS[id]
        return Explanation(id, "parameter", p.label, "", p.mark, p.why, given.get(id, p.default), p.unit)
    clock = CLOCKS[id]
    overrides = {name: given.pop(name) for name in list(given) if name in PARAMETERS}
    start = given.pop("start", on)
    version = clock.on(start.astimezone(WARSAW).date() if isinstance(start, datetime) else start)
    term = clock.term(version, overrides, **given)
    if term.set_date and "set_on" not in given:
        said = version.sentence or "Dzień wyznacza sąd lub organ w piśmie."
        return Explanation(id, "clock", clock.label, version.article, version.mark,
                           f"{said} Podaj ten dzień jako set_on=RRRR-MM-DD.",
                           term.label(), "", None, version.since, version.until, version.older)  # fmt: skip
    due = clock.due(start, parameters=overrides, **given)
    return Explanation(
        id, "clock", clock.label, due.article, due.mark, due.sentence, term.label(), "", due.on, due.since, due.until,
        version.older,
    )  # fmt: skip
