"""FTS5: phrases of tokens. The table keeps no text of its own (`content=''`), so that removing needs the old text."""

from django.db import connection

from ..text import canonical, tokens
from . import Place

_TABLES = ("search_entry", "search_entrytext", "search_entryfacet", "search_fts_data", "search_fts_idx")


def add(texts):
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO search_fts(rowid, head, body) VALUES (%s, %s, %s)", map(_row, texts))


def remove(texts):
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_fts(search_fts, rowid, head, body) VALUES ('delete', %s, %s, %s)", map(_row, texts)
        )


def clear():
    _command("delete-all")


def settle():
    """Nothing: what is added is in the index at once."""


def tidy():
    _command("optimize")


def _command(name):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_fts(search_fts) VALUES (%s)", [name])


def holds(text):
    entry_id, *columns = _row(text)
    sql = "SELECT 1 FROM search_fts WHERE search_fts MATCH %s AND rowid = %s"
    with connection.cursor() as cursor:
        return all(
            cursor.execute(sql, [f'{{{name}}} : "{words}"', entry_id]).fetchone()
            for name, words in zip(("head", "body"), columns, strict=True)
            if words
        )


def size():
    marks = ", ".join("%s" for _table in _TABLES)
    of_tables = f"SELECT name FROM sqlite_master WHERE tbl_name IN ({marks})"
    with connection.cursor() as cursor:
        return cursor.execute(f"SELECT sum(pgsize) FROM dbstat WHERE name IN ({of_tables})", _TABLES).fetchone()[0]


def narrowed(entries, query, place):
    wanted = " AND ".join(map(_phrase, query.phrases))
    if place is not Place.ANYWHERE:
        head = f"{{head}} : ({wanted})"
        wanted = head if place is Place.HEAD else f"({wanted}) NOT ({head})"
    if query.without:
        wanted = f"({wanted}) NOT ({' OR '.join(map(_phrase, query.without))})"
    # A join, and its own order: the index gives as many rows as are read, not all that match.
    return entries.extra(
        tables=["search_fts"],
        where=["search_fts MATCH %s", "search_fts.rowid = search_entry.id"],
        params=[wanted],
        order_by=["-search_fts.rowid"],
    )


def _row(text):
    return text.pk, " ".join(tokens(canonical(text.head))), " ".join(tokens(canonical(text.body)))


def _phrase(phrase):
    # No token has a character that the query language of FTS5 knows.
    tokens, is_prefix = phrase.tokens
    return f'"{" ".join(tokens)}"' + (" *" if is_prefix else "")
