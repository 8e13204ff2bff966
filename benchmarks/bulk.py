"""Rows that go past the models into their tables, as fast as the database takes them."""

from contextlib import contextmanager
from io import StringIO

from django.core.management.color import no_style
from django.db import connection

from newsletter.page_cache.generation import follow_all_tables


class Table:
    """The table of a model: `names` are the fields in which rows differ, `values` are the same in all of them.

    What is in neither is as the model has it by default. Values are stored as they are given, so they are what both
    databases read: numbers, texts, ISO days, moments in UTC without a zone.
    """

    def __init__(self, model, *names, **values):
        self.model = model
        fields = {field.name: field for field in model._meta.concrete_fields}
        unnamed = {name: field for name, field in fields.items() if name not in names}
        self._same = tuple(values.pop(name, field.get_default()) for name, field in unnamed.items())
        if values:
            raise TypeError(f"{model.__name__} has no {', '.join(values)}.")
        self._columns = [fields[name].column for name in (*names, *unnamed)]

    def store(self, rows):
        if not rows:
            return
        quoted = ", ".join(map(connection.ops.quote_name, self._columns))
        into = f"{connection.ops.quote_name(self.model._meta.db_table)} ({quoted})"
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                same = "".join(f"\t{_copied(value)}" for value in self._same) + "\n"
                lines = ["\t".join([_copied(value) for value in row]) + same for row in rows]
                cursor.copy_expert(f"COPY {into} FROM STDIN", StringIO("".join(lines)))
            else:
                marks = ", ".join(["%s"] * len(self._columns))
                cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", [row + self._same for row in rows])


def _copied(value):
    """A value as COPY reads it."""
    if value is None:
        return r"\N"
    if isinstance(value, str):
        if "\n" in value or "\\" in value or "\t" in value:
            return value.replace("\\", r"\\").replace("\n", r"\n").replace("\t", r"\t")
        return value
    return str(int(value))


@contextmanager
def loading(models):
    """While many rows are stored: what is done for each of them is left, and done once for all of them at the end.

    In a transaction, which a test is, only what a transaction can take back.
    """
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        is_postgresql = connection.vendor == "postgresql"
        indexes = [] if connection.in_atomic_block else _indexes(cursor, tables)
        if is_postgresql:
            cursor.execute("SELECT current_setting('is_superuser')")
            is_superuser = cursor.fetchone() == ("on",)
            if is_superuser:
                # Without triggers, by which foreign keys are looked up, too.
                cursor.execute("SET session_replication_role = replica")
        else:
            cursor.execute("PRAGMA cache_size = -500000")
            cursor.execute("PRAGMA foreign_keys = OFF")
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s", ["page_cache_%"])
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        for name, _statement in indexes:
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for _name, statement in indexes:
                cursor.execute(statement)
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)
            if is_postgresql:
                if is_superuser:
                    cursor.execute("RESET session_replication_role")
                # Index-only scans need a vacuum, as one comes by itself to a running site.
                vacuum = "" if connection.in_atomic_block else "VACUUM "
                cursor.execute(f"{vacuum}ANALYZE {', '.join(map(connection.ops.quote_name, tables))}")
            else:
                follow_all_tables()
                cursor.execute("PRAGMA foreign_keys = ON")
                cursor.execute("ANALYZE")


def _indexes(cursor, tables):
    """`[(name, statement)]` of those that are there for speed alone."""
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s)"
            " AND NOT EXISTS (SELECT FROM pg_constraint WHERE conname = indexname)",
            [tables],
        )
    else:
        marks = ", ".join(["%s"] * len(tables))
        cursor.execute(
            f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql <> '' AND tbl_name IN ({marks})", tables
        )
    return cursor.fetchall()
