"""Days are Shanghai's: the only place where a moment becomes a day, or a day a span of moments."""

import calendar
import datetime
import re

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def iso_day(text):
    """The day that `2019-06-04` names. Raises `ValueError` for anything else, other ISO forms included."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError(text)
    return datetime.date.fromisoformat(text)


def local_day(moment=None):
    """The day in Asia/Shanghai of an aware datetime (default: now)."""
    return timezone.localtime(moment).date()


def last_of_month(day):
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def year_in_words(year):
    """`2019年`, in English `2019`. Days and months have formats, in newsletter/records/formats."""
    return pgettext("a year", "%(year)s") % {"year": year}


def day_start(day):
    """The aware datetime at which the day begins in Asia/Shanghai."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def shanghai_words(moment):
    """`2019-06-04 08:00 Shanghai time (UTC+8)`, for staff whose computer may stand elsewhere."""
    return _("%(moment)s Shanghai time (UTC+8)") % {"moment": timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")}
