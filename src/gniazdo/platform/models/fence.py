"""The second fence: row-level security of PostgreSQL by institution, derived from a base model. On SQLite nothing happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from uuid import UUID

from django.apps import apps
from django.db import DatabaseError, connection, models
from django.db.models.functions import Cast

SETTING = "gniazdo.institution"
EVERYWHERE = "all"
"""What a connection of ours begins with (settings.DATABASES) and comes back to; one that says nothing sees no row."""
POLICY = "institution"
# Each setting is asked once for a query. The roundabout IS NOT NULL is for the planner: it takes nearly every row to pass,
# so the plans are those without the fence. An `OR` alone would be taken for rare and would bend the plans.
RULE = (
    f"CASE WHEN (institution_id = (SELECT nullif(nullif(current_setting('{SETTING}', true), ''), '{EVERYWHERE}')::uuid)) IS TRUE"
    f" OR (SELECT coalesce(current_setting('{SETTING}', true), '') = '{EVERYWHERE}') THEN true END IS NOT NULL"
)


def has_fence() -> bool:
    """Whether this database can keep institutions apart by itself."""
    return connection.vendor == "postgresql"


def fenced_tables(base: type[models.Model]) -> list[str]:
    """The tables of every model that inherits the base, whatever room it stands in."""
    return sorted({m._meta.db_table for m in apps.get_models() if issubclass(m, base) and m._meta.managed})


def unfenced(base: type[models.Model]) -> list[str]:
    """Tables that stand in the database without today's policy; always empty on SQLite."""
    if not has_fence():
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid AND p.polname = %s"
            " WHERE c.oid = ANY (SELECT to_regclass(quote_ident(t)) FROM unnest(%s::text[]) t)"
            " AND (NOT c.relrowsecurity OR NOT c.relforcerowsecurity"
            " OR obj_description(p.oid, 'pg_policy') IS DISTINCT FROM %s) ORDER BY 1",
            [POLICY, fenced_tables(base), RULE],
        )
        return [row[0] for row in cursor.fetchall()]


def raise_fence(base: type[models.Model]) -> list[str]:
    """Put the policy on every table that lacks it; gives their names. Run after each `migrate`."""
    bare = unfenced(base)
    with connection.cursor() as cursor:
        for table in bare:
            name = connection.ops.quote_name(table)
            cursor.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
            cursor.execute(f"DROP POLICY IF EXISTS {POLICY} ON {name}")
            cursor.execute(f"CREATE POLICY {POLICY} ON {name} USING ({RULE})")
            quoted = RULE.replace("'", "''")
            cursor.execute(f"COMMENT ON POLICY {POLICY} ON {name} IS '{quoted}'")
    return bare


def lower_fence(base: type[models.Model]) -> None:
    """Let the tables' owner past the policies until `raise_fence`: COPY FROM works no other way. Inside a transaction."""
    with connection.cursor() as cursor:
        for table in fenced_tables(base):
            cursor.execute(f"ALTER TABLE {connection.ops.quote_name(table)} NO FORCE ROW LEVEL SECURITY")


class Inside(models.Func):
    """In a question: fence this connection to an institution. Costs no trip of its own; gives back the institution."""

    function = "set_config"
    output_field = models.UUIDField()

    def __init__(self, institution_id: UUID) -> None:
        of = Cast(models.Value(institution_id, output_field=models.UUIDField()), models.TextField())
        super().__init__(models.Value(SETTING), of, models.Value(False, output_field=models.BooleanField()))

    def as_postgresql(self, compiler: object, connection: object, **extra: object) -> object:
        sql, params = super().as_sql(compiler, connection, **extra)  # type: ignore[arg-type]
        return f"({sql})::uuid", params


def outside() -> None:
    """Take the connection out of the fence: after every request. A connection that cannot say it is closed."""
    if has_fence() and connection.connection is not None:
        _say(EVERYWHERE)


def _say(value: str) -> None:
    """Past the cursor of Django, which would count and log it among the questions of a page."""
    try:
        connection.connection.execute(f"SELECT set_config('{SETTING}', %s, false)", [value])
    except Exception:
        # A transaction that failed (tests only: a request has ended its own) takes the setting back when it is rolled back.
        if not connection.in_atomic_block:
            with suppress(DatabaseError):
                connection.close()


@contextmanager
def everywhere() -> Iterator[None]:
    """Within a request: see what belongs to the same person in every institution, then go back inside."""
    if not has_fence():
        yield
        return
    connection.ensure_connection()
    asked = f"SELECT current_setting('{SETTING}', true), set_config('{SETTING}', '{EVERYWHERE}', false)"
    before = connection.connection.execute(asked).fetchone()[0]
    try:
        yield
    finally:
        if before != EVERYWHERE:
            _say(before or "")
