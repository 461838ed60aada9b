"""Bulk loading of rows into any table on either database, past the ORM: minutes for millions, not hours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import batched
from typing import Any

from django.db import connection, models, transaction

CHUNK = 20_000


def load(model: type[models.Model], rows: Iterable[dict[str, Any]]) -> int:
    """Insert dicts of attname → value; what is missing takes the field's default. Returns the number of rows."""
    fields = [f for f in model._meta.concrete_fields if not (f.primary_key and isinstance(f, models.AutoField))]
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(f.column) for f in fields)
    total = 0
    for chunk in batched(rows, CHUNK):
        prepared = _prepared(fields, chunk)
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for row in prepared:
                        copy.write_row(row)
            else:
                marks = ", ".join(["%s"] * len(fields))
                cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(prepared))  # noqa: S608
        total += len(chunk)
    return total


def _prepared(fields: list[Any], rows: Iterable[dict[str, Any]]) -> Iterator[tuple[Any, ...]]:
    from psycopg.types.json import Jsonb

    postgres = connection.vendor == "postgresql"
    for row in rows:
        values = []
        for field in fields:
            value = row[field.attname] if field.attname in row else field.get_default()
            if isinstance(field, models.JSONField) and postgres:
                value = Jsonb(value)
            elif not (postgres and isinstance(field, models.UUIDField | models.ForeignKey)):
                value = field.get_db_prep_save(value, connection)
            values.append(value)
        yield tuple(values)
