"""Pages of long lists by a cursor: a deep page costs what the first one costs, and stays put when news comes."""

import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from newsletter.records.dates import iso_day

PAGE_SIZE = 25


@dataclass
class CursorPage:
    rows: list
    newer: str | None  # the value for `after=`, where there is a newer page
    older: str | None  # the value for `before=`, where there is an older page
    is_first: bool


def cursor_page(queryset, params, field="date", size=PAGE_SIZE, *, may_lack=False, shown=lambda rows: rows):
    """The page that `before` or `after` in `params` (a QueryDict) asks for, newest first by `field` and id.

    A cursor is the field's value (an ISO day or a year) and the id of a row, such as `2019-06-04.17`; the row itself
    need not exist. With `may_lack`, rows without a value come last, and their cursor is `.17`. `shown` adds to the rows
    what the page shows of them. Raises `BadRequest` where a cursor is malformed or both are given.
    """
    before, after = (_cursor(queryset, field, params, name, may_lack) for name in ("before", "after"))
    if before and after:
        raise BadRequest(_("The address of this page of the list is damaged."))
    if after:
        order = [field, "pk"] if not may_lack else [present(field).asc(), field, "pk"]
        rows = _picked(queryset.filter(_newer(field, *after)).order_by(*order)[: size + 1], shown)
        more, rows = len(rows) > size, rows[:size][::-1]
        return CursorPage(rows, _of(rows[0], field) if more else None, _of(rows[-1], field) if rows else None, False)
    if before:
        queryset = queryset.filter(_older(field, *before, may_lack))
    order = [f"-{field}", "-pk"] if not may_lack else [present(field).desc(), f"-{field}", "-pk"]
    rows = _picked(queryset.order_by(*order)[: size + 1], shown)
    more, rows = len(rows) > size, rows[:size]
    return CursorPage(
        rows,
        _of(rows[0], field) if before and rows else None,
        _of(rows[-1], field) if more else None,
        not before,
    )


def _picked(rows, shown):
    """The rows, in their order. They are picked by what an index has: only those of the page are read whole."""
    picked = rows.model._default_manager.filter(pk__in=rows.values("pk"))
    return list(shown(picked).order_by(*rows.query.order_by))


def present(field):
    """Whether the field has a value: to sort by before the field itself. Indexes of both databases can have this."""
    return models.ExpressionWrapper(Q(**{f"{field}__isnull": False}), output_field=models.BooleanField())


def _older(field, value, pk, may_lack):
    if value is None:
        return Q(**{f"{field}__isnull": True, "pk__lt": pk})
    # The first condition is for the index: from an "or" alone no database sees where to begin.
    older = Q(**{f"{field}__lte": value}) & (Q(**{f"{field}__lt": value}) | Q(pk__lt=pk))
    return older | Q(**{f"{field}__isnull": True}) if may_lack else older


def _newer(field, value, pk):
    if value is None:
        return Q(**{f"{field}__isnull": False}) | Q(pk__gt=pk)
    return Q(**{f"{field}__gte": value}) & (Q(**{f"{field}__gt": value}) | Q(pk__gt=pk))


def _of(row, field):
    value = getattr(row, field)
    return f"{'' if value is None else value}.{row.pk}"


def _cursor(queryset, field, params, name, may_lack) -> tuple[Any, int] | None:
    text = params.get(name)
    if text is None:
        return None
    column = queryset.model._meta.get_field(field)
    parse = iso_day if isinstance(column, models.DateField) else _year
    value, _dot, pk = text.partition(".")
    try:
        if not re.fullmatch("[0-9]{1,18}", pk):
            raise ValueError
        return None if may_lack and text.startswith(".") else parse(value), int(pk)
    except ValueError:
        raise BadRequest(_("The address of this page of the list is damaged.")) from None


def _year(text):
    if not re.fullmatch("[0-9]{4}", text):
        raise ValueError
    return int(text)
