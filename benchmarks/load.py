"""Bulk loading of rows into any table on either database, past the ORM: minutes for millions, not hours."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import batched
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

CHUNK = 20_000


def load(model: type[models.Model], rows: Iterable[dict[str, Any]]) -> int:
    """Insert dicts of attname → value; what is missing takes the field's default. Returns the number of rows."""
    fields = [f for f in model._meta.concrete_fields if not (f.primary_key and isinstance(f, models.AutoField))]
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(f.column) for f in fields)
    takers = [_taker(f) for f in fields]
    total = 0
    for chunk in batched(rows, CHUNK):
        prepared: Iterator[tuple[Any, ...]] = (tuple([take(row) for take in takers]) for row in chunk)
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for row in prepared:
                        copy.write_row(row)
            else:
                marks = ", ".join(["?"] * len(fields))
                sql = f"INSERT INTO {table} ({columns}) VALUES ({marks})"
                connection.connection.executemany(sql, prepared)
        total += len(chunk)
    return total


def _taker(field: Any) -> Callable[[dict[str, Any]], Any]:
    """What reads one column from a row, ready for the driver: chosen once per column, called millions of times."""
    name = field.attname
    fresh = field.get_default if callable(field.default) else None
    default = None if fresh else field.get_default()
    postgres = connection.vendor == "postgresql"
    convert: Callable[[Any], Any] | None = None
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    if isinstance(field, models.JSONField):
        convert = _json
    elif not postgres and isinstance(field, models.UUIDField):
        convert = _hex
    elif not postgres and isinstance(
        field, models.DateTimeField | models.DecimalField | models.DateField | models.TimeField
    ):
        kept = field

        def convert(value: Any) -> Any:
            return None if value is None else kept.get_db_prep_save(value, connection)

    def take(row: dict[str, Any]) -> Any:
        value = row[name] if name in row else (fresh() if fresh else default)
        return convert(value) if convert else value

    return take


def _hex(value: Any) -> Any:
    return None if value is None else value.hex


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
