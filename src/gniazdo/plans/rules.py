"""What a plan must contain, how two versions differ, how a goal reads as a sentence. Plans as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date

from gniazdo.kernel.catalogue import BadDeclaration
from gniazdo.plans.vocab import AREAS, DOERS

ART_15_3 = "art. 15 ust. 3 ustawy o wspieraniu rodziny i systemie pieczy zastępczej"


@dataclass(frozen=True, slots=True)
class PlanKind:
    """A kind of plan: which sheet feeds it, which article it answers, and the address of its moves (submit, approve,
    return) where the room that owns the work does more than move the version."""

    code: str
    label: str
    article: str
    diagnosis: str = ""
    move_url: str = ""


KINDS: dict[str, PlanKind] = {}


def plan_kind(code: str, label: str, *, article: str, diagnosis: str = "", move_url: str = "") -> PlanKind:
    """Declare a kind of plan; the room that owns the work does it. Raises BadDeclaration for a repeated code."""
    made = PlanKind(code, label, article, diagnosis, move_url)
    if KINDS.get(code, made) != made:
        raise BadDeclaration(f"Plan kind {code} is declared twice")
    KINDS[code] = made
    return made


def kind_of(code: str) -> PlanKind:
    """The kind of that code; an unknown old code is shown as it stands rather than lost."""
    return KINDS.get(code) or PlanKind(code, code, "")


@dataclass(frozen=True, slots=True)
class Effect:
    """An expected effect: what will be seen, and how it is measured. `root` ties it to itself in older versions."""

    indicator: str = ""
    measured: str = ""
    root: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """Who does what by when (a day or a rhythm), and what help they need."""

    description: str = ""
    doer: str = "FAMILY"
    doer_name: str = ""
    due_on: date | None = None
    frequency: str = ""
    support: str = ""
    root: str = ""
    state: str = "NOT_STARTED"


@dataclass(frozen=True, slots=True)
class Goal:
    """A detailed goal with its tasks and effects. `persons` are ids of those it is for."""

    wording: str = ""
    area: str = ""
    family_words: str = ""
    priority: str = "2"
    persons: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()
    effects: tuple[Effect, ...] = ()
    root: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """All that a family and a worker agree on in one version of a plan."""

    main_goal: str = ""
    since: date | None = None
    until: date | None = None
    consulted_with: str = ""
    coordination: str = ""
    goals: tuple[Goal, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Gap:
    """Something a plan may not go to approval without. `where` points at the goal or task."""

    what: str
    where: str = ""


def gaps(plan: Content) -> list[Gap]:
    """A plan states the scope of actions, their dates and the expected effects (art. 15(3)): what of this is missing."""
    return list(_gaps(plan))


def _gaps(plan: Content) -> Iterator[Gap]:
    if not plan.main_goal.strip():
        yield Gap("cel główny")
    if plan.since is None or plan.until is None:
        yield Gap("okres, na który plan jest zawarty")
    if not plan.goals:
        yield Gap("zakres działań: przynajmniej jeden cel szczegółowy")
    for n, goal in enumerate(plan.goals, 1):
        where = f"cel {n}"
        if not goal.wording.strip():
            yield Gap("treść celu", where)
        if not goal.tasks:
            yield Gap("zakres działań: przynajmniej jedno zadanie", where)
        for m, task in enumerate(goal.tasks, 1):
            if not task.description.strip():
                yield Gap("opis zadania", f"zadanie {n}.{m}")
            if task.due_on is None and not task.frequency.strip():
                yield Gap("termin lub częstotliwość", f"zadanie {n}.{m}")
        if not any(e.indicator.strip() for e in goal.effects):
            yield Gap("przewidywany efekt", where)


def doer_of(task: Task) -> str:
    """Who does the task, in words: the name when given, else the kind."""
    return task.doer_name.strip() or DOERS.label_of(task.doer)


def when_of(task: Task) -> str:
    """By when or how often, in words; empty when the plan does not say."""
    parts = []
    if task.due_on:
        parts.append(f"do {task.due_on:%d.%m.%Y}")
    if task.frequency.strip():
        parts.append(task.frequency.strip())
    return ", ".join(parts)


def sentence(goal: Goal, names: str = "") -> str:
    """A goal as a sentence people would say: area, wording, for whom."""
    text = goal.wording.strip() or "Cel bez treści"
    text = text[0].upper() + text[1:]
    if not text.endswith((".", "!", "?")):
        text += "."
    if names:
        text += f" Dotyczy: {names}."
    return text


@dataclass(frozen=True, slots=True)
class Changed:
    """One difference between two versions: `how` is added, removed or changed; `what` names the field."""

    how: str
    what: str
    before: str = ""
    after: str = ""
    root: str = ""


_NAMES = {
    "main_goal": "cel główny", "since": "początek okresu", "until": "koniec okresu", "consulted_with": "konsultacja",
    "coordination": "powiązanie z planem pomocy dziecku", "wording": "treść celu", "area": "obszar",
    "family_words": "słowa rodziny", "priority": "ważność", "persons": "kogo dotyczy", "description": "zadanie",
    "doer": "kto wykonuje", "doer_name": "kto wykonuje (nazwa)", "due_on": "termin", "frequency": "częstotliwość",
    "support": "potrzebne wsparcie", "indicator": "efekt", "measured": "sposób sprawdzenia",
}  # fmt: skip


def diff(old: Content, new: Content) -> list[Changed]:
    """What changed since the older version: own fields, goals, tasks and effects matched by their root."""
    changes = list(_fields(old, new, ""))
    changes += _rows("cel", [(g.root, g.wording, g) for g in old.goals], [(g.root, g.wording, g) for g in new.goals])
    before = {g.root: g for g in old.goals}
    for goal in new.goals:
        was = before.get(goal.root, Goal())
        changes += _rows(
            "zadanie", [(t.root, t.description, t) for t in was.tasks], [(t.root, t.description, t) for t in goal.tasks]
        )
        changes += _rows(
            "efekt", [(e.root, e.indicator, e) for e in was.effects], [(e.root, e.indicator, e) for e in goal.effects]
        )
    return changes


type _Row = tuple[str, str, Goal | Task | Effect]


def _rows(what: str, old: list[_Row], new: list[_Row]) -> Iterator[Changed]:
    before = {root: (text, row) for root, text, row in old}
    for root, text, row in new:
        if root in before:
            yield from _fields(before[root][1], row, root)
        else:
            yield Changed("added", what, after=text, root=root)
    kept = {root for root, _text, _row in new}
    for root, text, _row in old:
        if root not in kept:
            yield Changed("removed", what, before=text, root=root)


def _fields(old: object, new: object, root: str) -> Iterator[Changed]:
    for f in fields(new):  # type: ignore[arg-type]
        if f.name not in _NAMES or f.name == "persons":
            continue
        a, b = getattr(old, f.name), getattr(new, f.name)
        if a != b:
            yield Changed("changed", _NAMES[f.name], before=shown(f.name, a), after=shown(f.name, b), root=root)


def shown(name: str, value: object) -> str:
    """A field of a plan as people read it."""
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if name == "area":
        return AREAS.label_of(str(value))
    return DOERS.label_of(str(value)) if name == "doer" else str(value)


def with_drawn_goal(plan: Content, *, area: str, wording: str, family_words: str, root: str = "") -> Content:
    """The plan with one more goal drawn from an area of the diagnosis, in the family's own words beside ours."""
    goal = Goal(wording=wording, area=area, family_words=family_words, tasks=(Task(),), effects=(Effect(),), root=root)
    return replace(plan, goals=(*plan.goals, goal))
