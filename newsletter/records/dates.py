"""Days are Shanghai's: the only place where a moment becomes a day, or a day a span of moments."""

import datetime

from django.utils import timezone


def local_day(moment=None):
    """The day in Asia/Shanghai of an aware datetime (default: now)."""
    return timezone.localtime(moment).date()


def day_start(day):
    """The aware datetime at which the day begins in Asia/Shanghai."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
