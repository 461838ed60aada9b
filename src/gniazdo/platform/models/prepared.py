"""Queries asked on every page, compiled once: building their SQL anew costs ten times what the database takes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models.query import get_related_populators
from django.utils import timezone

MOST = 512  # longer lists are compiled as they come


@dataclass(frozen=True, slots=True)
class Plan:
    """A compiled query: its SQL, its parameters with a Place where a value goes, what turns columns into values."""

    sql: str
    places: tuple[Any, ...]
    converters: tuple[tuple[int, tuple[Any, ...], Any], ...]
    make: Callable[[tuple[Any, ...]], Any] | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """Not a value of the query but a part of its form: whatever compares."""

    of: Any


class Prepared:
    """`Prepared(build)`: `build(**values)` gives a queryset of `values_list`; `rows(**values)` asks it.

    The first call compiles with stand-ins and remembers where each landed; later calls only fill in the values: UUIDs,
    days, moments, texts, lists of these, or a dataclass that names such fields in `VALUES` (the Actor). `build` must make
    the same query whatever the values. The query's form may hang on what is a bool or None, on the length of a list, and
    on the fields a dataclass names in `SHAPE`.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Any, Any]]) -> None:
        self.build = build
        self._plans: dict[tuple[Any, ...], Plan | None] = {}

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """The rows the query gives for these values."""
        flat = dict(_taken_apart(values))
        if any(isinstance(value, list) and len(value) > MOST for value in flat.values()):
            return list(self.build(**values))
        plan = self._plan(values, flat)
        if plan is None:
            return []
        with connection.cursor() as cursor:
            cursor.execute(plan.sql, _params(plan, flat))
            found = cursor.fetchall()
        return [_converted(row, plan.converters) for row in found] if plan.converters else found

    def records(self, **values: Any) -> list[Any]:
        """The records the query gives, with what it annotates and `select_related`s; `build` gives a plain queryset."""
        rows = self.rows(**values)
        if not rows or not isinstance(rows[0], tuple):
            return rows
        plan = self._plan(values, dict(_taken_apart(values)))
        assert plan is not None
        assert plan.make is not None
        return [plan.make(row) for row in rows]

    def count(self, **values: Any) -> int:
        """How many rows the query gives; cut the query in `build` and it counts no further."""
        return self.counts(values)[0]

    def counts(self, *asked: dict[str, Any]) -> list[int]:
        """`count` for each of these arguments, all in one question."""
        flats = [dict(_taken_apart(values)) for values in asked]
        if any(isinstance(value, list) and len(value) > MOST for flat in flats for value in flat.values()):
            return [len(self.build(**values)) for values in asked]
        plans = [self._plan(values, flat) for values, flat in zip(asked, flats, strict=True)]
        parts = [f"(SELECT COUNT(*) FROM ({plan.sql}) AS counted)" if plan else "0" for plan in plans]
        params = [one for plan, flat in zip(plans, flats, strict=True) if plan for one in _params(plan, flat)]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(parts)}", params)
            return list(cursor.fetchone())

    def _plan(self, values: dict[str, Any], flat: dict[str, Any]) -> Plan | None:
        key = (connection.vendor, *(_form(value) for value in flat.values()))
        plan = self._plans.get(key, UNKNOWN)
        if plan is UNKNOWN:
            plan = self._plans[key] = self._compile(values, flat)
        return plan

    def _compile(self, values: dict[str, Any], flat: dict[str, Any]) -> Plan | None:
        """The plan for arguments of this form; None when no row can ever match (an empty list)."""
        stands: dict[Any, Place] = {}

        def stand_for(name: str, n: int, value: Any) -> Any:
            made = _stand_in(value, len(stands))
            stands[ready_value(made)] = Place((name, n))
            return made

        filled = {
            name: [stand_for(name, n, one) for n, one in enumerate(value)] if isinstance(value, list)
            else value.of if isinstance(value, Shape)
            else stand_for(name, 0, value)
            for name, value in flat.items()
        }  # fmt: skip
        try:
            asked = self.build(**_put_together(values, filled))
            compiler = asked.query.get_compiler(connection=connection)
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        converters = compiler.get_converters([column[0] for column in compiler.select])
        return Plan(
            sql,
            tuple(stands.get(p, p) for p in params),
            tuple((at, tuple(how), of) for at, (how, of) in converters.items()),
            _maker(compiler, vars(asked)["_fetch_mode"]) if compiler.klass_info else None,
        )


def _maker(compiler: Any, mode: Any) -> Callable[[tuple[Any, ...]], Any]:
    """What makes a record of a row, as the ORM does it: its own columns, related records, annotations."""
    info, select, alias = compiler.klass_info, compiler.select, compiler.connection.alias
    model, first, last = info["model"], info["select_fields"][0], info["select_fields"][-1] + 1
    names = [column[0].target.attname for column in select[first:last]]
    related = get_related_populators(info, select, alias, mode)
    annotated = tuple(compiler.annotation_col_map.items())

    def make(row: tuple[Any, ...]) -> Any:
        made = model.from_db(alias, names, row[first:last], fetch_mode=mode)
        for populator in related:
            populator.populate(row, made)
        for name, at in annotated:
            setattr(made, name, row[at])
        return made

    return make


UNKNOWN = Plan("", (), ())


def _taken_apart(values: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """(name, value) with a dataclass as „argument.field”, sets as lists of a length that is a power of two."""
    for name, value in values.items():
        if isinstance(value, bool) or value is None:
            yield name, Shape(value)
        elif isinstance(value, list | set | frozenset | tuple):
            yield name, _padded(value)
        elif hasattr(value, "SHAPE"):
            for field in value.VALUES:
                one = getattr(value, field)
                yield f"{name}.{field}", _padded(one) if isinstance(one, frozenset) else one
            yield f"{name}.", Shape(tuple(getattr(value, field) for field in value.SHAPE))
        else:
            yield name, value


def _put_together(values: dict[str, Any], filled: dict[str, Any]) -> dict[str, Any]:
    """The arguments of `build` again, with stand-ins in the place of values."""
    made = {}
    for name, value in values.items():
        if hasattr(value, "SHAPE"):
            given = {field: filled[f"{name}.{field}"] for field in value.VALUES}
            made[name] = replace(value, **{f: frozenset(v) if isinstance(v, list) else v for f, v in given.items()})
        else:
            made[name] = filled[name]
    return made


def _padded(values: Collection[Any]) -> list[Any]:
    """The values, the last repeated up to a power of two: a few forms of a query instead of one for each length."""
    found = list(values)
    return found + found[-1:] * ((1 << (len(found) - 1).bit_length()) - len(found)) if found else found


def _form(value: Any) -> Any:
    return len(value) if isinstance(value, list) else value if isinstance(value, Shape) else None


def _params(plan: Plan, flat: dict[str, Any]) -> list[Any]:
    return [_filled(place, flat) if type(place) is Place else place for place in plan.places]


def _filled(place: Place, flat: dict[str, Any]) -> Any:
    value = flat[place[0]]
    return ready_value(value[place[1]] if isinstance(value, list) else value)


class Place(tuple[str, int]):
    """Where a value goes: the name of the argument and its place in a list."""

    __slots__ = ()


def _converted(row: Any, converters: tuple[tuple[int, tuple[Any, ...], Any], ...]) -> tuple[Any, ...]:
    made = list(row)
    for at, how, of in converters:
        for convert in how:
            made[at] = convert(made[at], of, connection)
    return tuple(made)


def ready_value(value: Any) -> Any:
    """A value as the driver of this database wants it."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value


def _stand_in(value: Any, n: int) -> Any:
    """A value of the same type that no query contains by itself."""
    if isinstance(value, UUID):
        return UUID(int=(0xFEED << 112) + n)
    if isinstance(value, datetime):
        return datetime(9100 + n, 7, 7, 7, 7, 7, tzinfo=timezone.get_default_timezone())
    if isinstance(value, date):
        return date(9100 + n, 7, 7)
    if isinstance(value, str):
        return f"\x02stand-in {n}\x03"
    raise TypeError(f"Prepared takes UUIDs, days, moments, texts and lists of them, not {type(value).__name__}")
