"""What is read in a review, as plain lines, and its digest: the same on every database and in every language."""

import hashlib
import json

from django.db.models import prefetch_related_objects


def lines_of(publishable):
    """Each field and each part that staff edit as a line of JSON; empty ones and `NOT_READ` left out.

    What is linked is told by its row, not by its name: a renamed organization makes no other text. Parts are sorted
    by what they say, as their place is a field where it matters.
    """
    lines = [_line("", _fields(publishable, without=publishable.NOT_READ))]
    for name in publishable.PARTS:
        parent = getattr(type(publishable), name).rel.field.name
        lines += sorted(_line(name, _fields(part, without={parent})) for part in getattr(publishable, name).all())
    return lines


def _line(name, values):
    return json.dumps([name, values], ensure_ascii=False, sort_keys=True, default=str)


def _fields(row, without):
    values = {
        field.name: field.value_from_object(row)
        for field in row._meta.concrete_fields
        if field.editable and not field.primary_key and field.name not in without
    }
    return {name: value for name, value in values.items() if value is not None and value != "" and value is not False}


def digests_of(publishables):
    """`{publishable: hexadecimal SHA-256 of its stored text}`, by the same number of queries for one and for many."""
    stored = {}
    for model in {type(publishable) for publishable in publishables}:
        pks = [publishable.pk for publishable in publishables if type(publishable) is model]
        rows = list(model._base_manager.filter(pk__in=pks))
        prefetch_related_objects(rows, *model.PARTS)
        stored |= {row: row for row in rows}
    return {
        publishable: hashlib.sha256("\n".join(stored[publishable].read_in_review()).encode()).hexdigest()
        for publishable in publishables
    }
