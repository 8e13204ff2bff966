"""Pages of long lists by a cursor: a deep page costs what the first one costs, and stays put when news comes."""

import datetime
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


def cursor_page(queryset, params, field="date", size=PAGE_SIZE):
    """The page that `before` or `after` in `params` (a QueryDict) asks for, newest first by `field` and id.

    A cursor is the field's value (an ISO day or a year) and the id of a row, such as `2019-06-04.17`; the row itself
    need not exist. Raises `BadRequest` where it is malformed or both are given.
    """
    before, after = (_cursor(queryset, field, params, name) for name in ("before", "after"))
    if before and after:
        raise BadRequest(_("The address of this page of the list is damaged."))
    if after:
        rows = list(queryset.filter(_beyond(field, "gt", *after)).order_by(field, "pk")[: size + 1])
        more, rows = len(rows) > size, rows[:size][::-1]
        return CursorPage(rows, _of(rows[0], field) if more else None, _of(rows[-1], field) if rows else None, False)
    if before:
        queryset = queryset.filter(_beyond(field, "lt", *before))
    rows = list(queryset.order_by(f"-{field}", "-pk")[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    return CursorPage(
        rows,
        _of(rows[0], field) if before and rows else None,
        _of(rows[-1], field) if more else None,
        not before,
    )


def _beyond(field, side, value, pk):
    return Q(**{f"{field}__{side}": value}) | Q(**{field: value, f"pk__{side}": pk})


def _of(row, field):
    value = getattr(row, field)
    return f"{value.isoformat() if isinstance(value, datetime.date) else value}.{row.pk}"


def _cursor(queryset, field, params, name) -> tuple[Any, int] | None:
    text = params.get(name)
    if text is None:
        return None
    parse = iso_day if isinstance(queryset.model._meta.get_field(field), models.DateField) else _year
    value, _dot, pk = text.partition(".")
    try:
        if not re.fullmatch("[0-9]{1,18}", pk):
            raise ValueError
        return parse(value), int(pk)
    except ValueError:
        raise BadRequest(_("The address of this page of the list is damaged.")) from None


def _year(text):
    if not re.fullmatch("[0-9]{4}", text):
        raise ValueError
    return int(text)
