"""Rows that go past the models into their tables, as fast as the database takes them."""

from io import StringIO

from django.core.management.color import no_style
from django.db import connection


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
    if value.__class__ is str:
        if "\n" in value or "\\" in value or "\t" in value:
            return value.replace("\\", r"\\").replace("\n", r"\n").replace("\t", r"\t")
        return value
    return str(int(value))


def settle(models):
    """After rows with ids of their own: the next ids follow them, and the planner knows how many there are."""
    tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
        if connection.vendor == "sqlite":
            cursor.execute("ANALYZE")
        else:
            # Index-only scans need a vacuum, as one comes by itself to a running site.
            vacuum = "" if connection.in_atomic_block else "VACUUM "
            cursor.execute(f"{vacuum}ANALYZE {tables}")
