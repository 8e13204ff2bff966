"""Pages of long lists by a cursor: a deep page costs what the first one costs, and stays put when news comes."""

import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from newsletter.records.dates import iso_day

PAGE_SIZE = 25


@dataclass
class CursorPage:
    rows: list
    newer: str | None  # the value for `after=`, where there is a newer page
    older: str | None  # the value for `before=`, where there is an older page
    is_first: bool


def cursor_page(queryset, params, field="date", size=PAGE_SIZE, *, may_lack=False):
    """The page that `before` or `after` in `params` (a QueryDict) asks for, newest first by `field` and id.

    A cursor is the field's value (an ISO day or a year) and the id of a row, such as `2019-06-04.17`; the row itself
    need not exist. With `may_lack`, rows without a value come last, and their cursor is `.17`; without, PostgreSQL can
    read the rows in the order of a plain index. Raises `BadRequest` where a cursor is malformed or both are given.
    """
    before, after = (_cursor(queryset, field, params, name, may_lack) for name in ("before", "after"))
    if before and after:
        raise BadRequest(_("The address of this page of the list is damaged."))
    nulls = True if may_lack else None
    if after:
        ascending = F(field).asc(nulls_first=nulls)
        rows = list(queryset.filter(_newer(field, *after)).order_by(ascending, "pk")[: size + 1])
        more, rows = len(rows) > size, rows[:size][::-1]
        return CursorPage(rows, _of(rows[0], field) if more else None, _of(rows[-1], field) if rows else None, False)
    if before:
        queryset = queryset.filter(_older(field, *before, may_lack))
    rows = list(queryset.order_by(F(field).desc(nulls_last=nulls), "-pk")[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    return CursorPage(
        rows,
        _of(rows[0], field) if before and rows else None,
        _of(rows[-1], field) if more else None,
        not before,
    )


def _older(field, value, pk, may_lack):
    if value is None:
        return Q(**{f"{field}__isnull": True, "pk__lt": pk})
    older = Q(**{f"{field}__lt": value}) | Q(**{field: value, "pk__lt": pk})
    return older | Q(**{f"{field}__isnull": True}) if may_lack else older


def _newer(field, value, pk):
    if value is None:
        return Q(**{f"{field}__isnull": False}) | Q(pk__gt=pk)
    return Q(**{f"{field}__gt": value}) | Q(**{field: value, "pk__gt": pk})


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
