"""Queries asked on every page, compiled once: building their SQL anew costs ten times what the database takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.utils import timezone

MOST = 40  # longer lists are compiled as they come


@dataclass(frozen=True, slots=True)
class Plan:
    """A compiled query: its SQL, its parameters with (name, index) where a value goes, what turns columns into values."""

    sql: str
    places: tuple[Any, ...]
    converters: tuple[tuple[int, tuple[Any, ...], Any], ...]


class Prepared:
    """`Prepared(build)`: `build(**values)` gives a queryset of `values_list`; `rows(**values)` asks it.

    The first call compiles with stand-ins and remembers where each landed; later calls only fill in the values: UUIDs,
    days, moments, texts or lists of these. `build` must make the same query whatever the values.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Any, Any]]) -> None:
        self.build = build
        self._plans: dict[tuple[Any, ...], Plan] = {}

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """The rows the query gives for these values."""
        lists = {name: list(v) for name, v in values.items() if isinstance(v, list | set | frozenset | tuple)}
        if any(not given or len(given) > MOST for given in lists.values()):
            return list(self.build(**values))
        key = (connection.vendor, *((name, len(given)) for name, given in lists.items()))
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = self._compile(values, lists)
        given = {(name, n): one for name in values for n, one in enumerate(lists.get(name, [values[name]]))}
        params = [ready_value(given[place]) if isinstance(place, Place) else place for place in plan.places]
        with connection.cursor() as cursor:
            cursor.execute(plan.sql, params)
            found = cursor.fetchall()
        return [_converted(row, plan.converters) for row in found] if plan.converters else found

    def _compile(self, values: dict[str, Any], lists: dict[str, list[Any]]) -> Plan:
        stands: dict[Any, Place] = {}
        filled: dict[str, Any] = {}
        for name, value in values.items():
            made = []
            for n, one in enumerate(lists.get(name, [value])):
                stand = _stand_in(one, len(stands))
                stands[ready_value(stand)] = Place((name, n))
                made.append(stand)
            filled[name] = made if name in lists else made[0]
        compiler = self.build(**filled).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        converters = compiler.get_converters([column[0] for column in compiler.select])
        return Plan(
            sql,
            tuple(stands.get(p, p) for p in params),
            tuple((at, tuple(how), of) for at, (how, of) in converters.items()),
        )


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
