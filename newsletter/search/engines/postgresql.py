"""GIN over a `tsvector` of all tokens, without positions, which end at 16,383; then a look at the order of the words.

The table search_words, which the ORM does not know, has for each entry its `words`: the canonical text of the head,
then `^`, then that of the body; and its `head_words`. The `tsvector`s stand in the index only, made by the function
`search_tokens`, which reads words as `text.tokens` does: beside the texts they would be the largest part of the whole.
"""

from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from ..text import canonical
from . import Place

_TABLES = ("search_entry", "search_entrytext", "search_entryfacet", "search_words")


def add(texts):
    columns = zip(*((text.pk, *_words(text)) for text in texts), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_words (id, words, head_words) "
            "SELECT * FROM unnest(%s::bigint[], %s::text[], %s::text[]) "
            "ON CONFLICT (id) DO UPDATE SET words = EXCLUDED.words, head_words = EXCLUDED.head_words",
            [list(column) for column in columns],
        )


def remove(texts):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_words WHERE id = ANY(%s)", [[text.pk for text in texts]])


def clear():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_words")


def settle():
    # What is added waits in a list that each search reads from end to end. PostgreSQL empties it beside the writing and
    # lets it grow where two write, to a gigabyte at 200,000 articles. Here each waits until it is empty.
    with connection.cursor() as cursor:
        for name in ("search_words_all", "search_words_head"):
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [name])


def tidy():
    if not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE " + ", ".join(_TABLES))


def holds(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT words, head_words FROM search_words WHERE id = %s", [text.pk])
        return cursor.fetchone() == _words(text)


def size():
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(pg_total_relation_size(name::regclass)) FROM unnest(%s) AS name", [list(_TABLES)])
        return cursor.fetchone()[0]


def narrowed(entries, query, place):
    entries = entries.filter(_have(query.phrases, in_head=place is Place.HEAD))
    if place is Place.NOT_HEAD:
        entries = entries.exclude(_have(query.phrases, in_head=True))
    for phrase in query.without:
        entries = entries.exclude(_have([phrase], in_head=False))
    return entries.order_by("-pk")


def _words(text):
    head = canonical(text.head)
    return f"{head}^{canonical(text.body)}", head


def _have(phrases, *, in_head):
    lexemes, needles = [], []
    for phrase in phrases:
        tokens, is_prefix = phrase.tokens
        # Tokens hold letters and digits only: nothing in them ends the quotation.
        lexemes += [f"'{token}'" for token in tokens[:-1]] + [f"'{tokens[-1]}'" + (":*" if is_prefix else "")]
        if len(tokens) > 1:
            needles.append(phrase.needle)
    # An array, not a subquery: of it the planner reads one id after the other, from the newest on, until it has enough.
    # A subquery it joins to all entries, because it counts what `visible` asks once for each id.
    sql = "search_entry.id = ANY(ARRAY(SELECT search_matches(%s::tsquery, %s::text[], %s)))"
    return RawSQL(sql, [" & ".join(lexemes), needles, in_head], BooleanField())
