"""NoOverlap: one declaration that forbids overlapping periods, an exclusion constraint on PostgreSQL, triggers on SQLite."""

from __future__ import annotations

import re
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table


class NoOverlap(models.BaseConstraint):
    """Rows that agree on `per` must not share a day between `since` and `until` (half-open, null = open).

    `where` is a plain SQL condition over columns, with `{row}` before each column, for rows that take part.
    """

    def __init__(
        self,
        *,
        name: str,
        per: tuple[str, ...],
        since: str = "since",
        until: str = "until",
        where: str = "",
        violation_error_message: Any = None,
    ) -> None:
        super().__init__(name=name, violation_error_message=violation_error_message)
        self.per, self.since, self.until, self.where = tuple(per), since, until, where

    def _columns(self, model: type[models.Model]) -> tuple[list[str], str, str]:
        def column(name: str) -> str:
            return str(model._meta.get_field(name).column)  # type: ignore[union-attr]

        return [column(f) for f in self.per], column(self.since), column(self.until)

    def _sqlite(self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor) -> list[Statement]:
        per, since, until = self._columns(model)
        same = " AND ".join(f'o."{c}" = NEW."{c}"' for c in per)
        mine = f"({self.where.format(row='NEW')}) AND " if self.where else ""
        theirs = f"({self.where.format(row='o')}) AND " if self.where else ""
        body = (
            f'{mine}EXISTS (SELECT 1 FROM %(table)s o WHERE {theirs}{same} AND o."id" <> NEW."id"'
            f' AND o."{since}" < COALESCE(NEW."{until}", \'9999-12-31\')'
            f' AND COALESCE(o."{until}", \'9999-12-31\') > NEW."{since}")'
        )
        table = Table(model._meta.db_table, schema_editor.quote_name)
        return [
            Statement(
                f'CREATE TRIGGER "{self.name}_{event.lower()}" BEFORE {event} ON %(table)s WHEN {body}'
                f" BEGIN SELECT RAISE(ABORT, '{self.name}'); END",
                table=table,
            )
            for event in ("INSERT", "UPDATE")
        ]

    def _postgres(self, model: type[models.Model]) -> str:
        per, since, until = self._columns(model)
        same = ", ".join(f'"{c}" WITH =' for c in per)
        where = f" WHERE ({self.where.format(row=chr(34) + model._meta.db_table + chr(34))})" if self.where else ""
        where = where.replace(f'"{model._meta.db_table}".', "")
        return f'EXCLUDE USING gist ({same}, daterange("{since}", "{until}") WITH &&){where}'

    @staticmethod
    def _prepare(schema_editor: Any) -> None:
        # The extension's own migration may come later in the plan than the first table that needs it.
        if not schema_editor.collect_sql:
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")

    def constraint_sql(self, model: Any, schema_editor: Any) -> str:
        if schema_editor.connection.vendor == "sqlite":
            # SQLite remakes whole tables when they change, so the triggers follow the table each time it is made.
            schema_editor.deferred_sql.extend(self._sqlite(model, schema_editor))
            return ""
        self._prepare(schema_editor)
        return f'CONSTRAINT "{self.name}" {self._postgres(model)}'

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        if schema_editor.connection.vendor == "sqlite":
            return None
        self._prepare(schema_editor)
        return f'ALTER TABLE "{model._meta.db_table}" ADD CONSTRAINT "{self.name}" {self._postgres(model)}'

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        return f'ALTER TABLE "{model._meta.db_table}" DROP CONSTRAINT "{self.name}"'

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Left to the database, which alone can answer under concurrency."""

    def deconstruct(self) -> Any:
        path, args, kwargs = super().deconstruct()
        kwargs |= {"per": self.per, "since": self.since, "until": self.until, "where": self.where}
        return path, args, kwargs

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NoOverlap) and self.deconstruct()[1:] == other.deconstruct()[1:]

    def __hash__(self) -> int:
        return hash((self.name, self.per))


def explain_integrity_error(error: IntegrityError) -> str | None:
    """The sentence of the constraint the database refused by, or None when it has none of its own."""
    text = str(error)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            by_name = re.search(rf"\b{re.escape(constraint.name)}\b", text) is not None
            by_columns = False
            if isinstance(constraint, models.UniqueConstraint) and "UNIQUE constraint failed" in text:
                columns = [f"{model._meta.db_table}.{model._meta.get_field(f).column}" for f in constraint.fields]  # type: ignore[union-attr]
                by_columns = bool(columns) and text.endswith("failed: " + ", ".join(columns))
            if (by_name or by_columns) and constraint.violation_error_message:
                return str(constraint.violation_error_message)
    return None
