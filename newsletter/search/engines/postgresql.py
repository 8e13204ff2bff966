"""GIN over a `tsvector` of all tokens, without positions, which end at 16,383; then a look at the order of tokens.

Columns of search_entry that the ORM does not know: `words`, the tokens with a space around each, those of the head
first, then `^`; and `head_words`. The `tsvector`s stand in the index only, made by the function `search_tokens`: beside
the texts they would be the largest part of the whole.
"""

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from ..text import canonical, tokens
from . import Place

_TABLES = ("search_entry", "search_entrytext", "search_entryfacet")


def add(texts):
    columns = zip(*((text.pk, *_words(text)) for text in texts), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE search_entry SET words = added.words, head_words = added.head_words "
            "FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS added (id, words, head_words) "
            "WHERE search_entry.id = added.id",
            [list(column) for column in columns],
        )


def remove(texts):
    """Nothing: the words go with their entries."""


def clear():
    """Nothing: the words go with their entries."""


def tidy():
    if not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE search_entry, search_entrytext, search_entryfacet")


def holds(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT words, head_words FROM search_entry WHERE id = %s", [text.pk])
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
    head, body = tokens(canonical(text.head)), tokens(canonical(text.body))
    return f" {' '.join([*head, '^', *body])} ", f" {' '.join(head)} "


def _have(phrases, *, in_head):
    lexemes, needles = [], []
    for phrase in phrases:
        tokens, is_prefix = phrase.tokens
        # Tokens hold letters and digits only: nothing in them ends the quotation.
        lexemes += [f"'{token}'" for token in tokens[:-1]] + [f"'{tokens[-1]}'" + (":*" if is_prefix else "")]
        if len(tokens) > 1:
            needles.append(f" {' '.join(tokens)}" + ("" if is_prefix else " "))
    sql = "SELECT search_matches(%s::tsquery, %s::text[], %s)"
    return Q(pk__in=RawSQL(sql, [" & ".join(lexemes), needles, in_head]))
