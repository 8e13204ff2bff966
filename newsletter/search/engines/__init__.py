"""The full-text index of each database, behind one small interface."""

from enum import Enum, auto

from django.db import connection


class Place(Enum):
    ANYWHERE = auto()
    HEAD = auto()  # all words stand in the head
    NOT_HEAD = auto()


def engine():
    """The module for the database in use.

    `add(texts)` and `remove(texts)` take `EntryText`s; `remove` those that were added, to the letter.
    `narrowed(entries, query, place)` is a queryset of `Entry` narrowed to those that match, the newest first.
    `clear()` empties the index, `holds(text)` says whether it has a text as it was added. `settle()`, after each of
    many additions, keeps searches quick meanwhile; `tidy()` makes the index smaller and faster after all of them.
    `size()` is its size in bytes, with the tables of the entries.
    """
    from . import postgresql, sqlite

    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]
