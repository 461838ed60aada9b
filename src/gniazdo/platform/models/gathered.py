"""Rows of small tables fetched together with their owner: one question for a page instead of one for each kind of row."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from django.db import connection, models
from django.db.models import F, QuerySet, Subquery
from django.db.models.functions import JSONObject


class _Array(models.Aggregate):
    """All values of a group as one JSON array, in no order."""

    function = "JSON_GROUP_ARRAY"
    output_field = models.JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_AGG", **extra)


def gathered[M: models.Model](rows: QuerySet[M], link: str) -> Subquery:
    """An annotation: the rows (narrowed to their owner with OuterRef on `link`) as JSON. `taken` makes records of it."""
    columns = {f.attname: F(f.attname) for f in rows.model._meta.concrete_fields}
    return Subquery(rows.order_by().values(link).annotate(gathered=_Array(JSONObject(**columns))).values("gathered"))


def taken[M: models.Model](model: type[M], rows: list[dict[str, Any]] | None) -> list[M]:
    """The records that `gathered` fetched, in no order."""
    fields = model._meta.concrete_fields
    names = [f.attname for f in fields]
    return [model.from_db("default", names, [_value(f, row[f.attname]) for f in fields]) for row in rows or ()]


def _value(field: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(field, models.JSONField):
        return json.loads(value) if connection.vendor == "sqlite" else value  # there JSON within JSON is text
    if isinstance(field, models.DateTimeField):
        at = datetime.fromisoformat(value)
        return at if at.tzinfo else at.replace(tzinfo=UTC)  # SQLite keeps moments in UTC and says nothing of it
    return (field.target_field if field.is_relation else field).to_python(value)
