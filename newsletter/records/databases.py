"""From which database is read: a replica while a reader is answered from it, else the primary, which alone is written.

What asks the ORM is led by the `Router`; what has SQL of its own asks `connection_for_reading()`.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db import DEFAULT_DB_ALIAS, connections

_chosen = ContextVar("database_for_reading", default=DEFAULT_DB_ALIAS)


@contextmanager
def read_from(alias):
    """Everything that is read inside comes from this database."""
    token = _chosen.set(alias)
    try:
        yield
    finally:
        _chosen.reset(token)


def database_for_reading():
    # What was written in a transaction can be read in it alone.
    return DEFAULT_DB_ALIAS if connections[DEFAULT_DB_ALIAS].in_atomic_block else _chosen.get()


def connection_for_reading():
    return connections[database_for_reading()]


class Router:
    def db_for_read(self, model, **hints):
        return database_for_reading()

    def db_for_write(self, model, **hints):
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one, other, **hints):
        # All hold the same rows.
        return True

    def allow_migrate(self, db, app_label, **hints):
        return db == DEFAULT_DB_ALIAS
