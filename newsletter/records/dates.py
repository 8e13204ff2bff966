"""Days are Shanghai's: the only place where a moment becomes a day, or a day a span of moments."""

import datetime
import re

from django.utils import timezone


def iso_day(text):
    """The day that `2019-06-04` names. Raises `ValueError` for anything else, other ISO forms included."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(text)
    return datetime.date.fromisoformat(text)


def local_day(moment=None):
    """The day in Asia/Shanghai of an aware datetime (default: now)."""
    return timezone.localtime(moment).date()


def day_start(day):
    """The aware datetime at which the day begins in Asia/Shanghai."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
