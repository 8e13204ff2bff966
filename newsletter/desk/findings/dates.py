"""Days that cannot be: a weekday that does not agree, 2月30日, a year that is not this one."""

import calendar
import datetime
import re

from django.utils.translation import gettext as _

from newsletter.intake.parser.recognize.dates import day_or_none, find_dates
from newsletter.intake.parser.recognize.numerals import number
from newsletter.intake.parser.recognize.story import readable, sentences

from .finding import Severity, Spot

_WEEKDAYS = "一二三四五六日"
_WEEKDAY = re.compile(r"[ ，（(]{0,2}(?:星期|礼拜|周)([一二三四五六日天])(?!年|期|刊)")
_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_MONTH_DAY = re.compile(
    rf"(?<![\d零〇十历])(?:(?P<year>(?:19|20)\d{{2}})\s*年\s*)?(?P<month>{_N})\s*月\s*(?P<day>{_N})\s*[日号]"
)
_ISO = re.compile(
    r"(?<![\d.])(?P<year>(?:19|20)\d{2})(?P<sep>[-/])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?![\d.-])"
)
_LUNAR = re.compile(r"农历|旧历|阴历|腊月|正月")
# What a sentence says that looks back, or ahead: then another year is meant.
_OTHER_TIMES = re.compile(
    r"成立|创办|创立|组建|注册|登记|设立|建立|开业|出生|周年|以来|起|至今|迄今|截至|当年|曾|去年|前年|上年|历史|同期|"
    r"首次|第一次|最早|入党|参加工作|入伍|开始|发起|批准|印发|发布|施行|实施|年度|届满|到期|有效期|期间|获得|荣获|逝世|牺牲|回顾|"
    r"到|至|—|从|自"
)


def find(text, day):
    """The `Spot`s of a text that is listed under `day` (a date, or None where there is none)."""
    text = readable(text)
    impossible = list(_impossible(text, day))
    yield from impossible
    for when in find_dates(text, day):
        if not when.first:
            continue
        yield from _weekday(text, when)
        if day and when.year_told:
            yield from _year(text, when, day)


def _weekday(text, when):
    match = _WEEKDAY.search(text, when.start, when.end) or _WEEKDAY.match(text, when.end)
    if not match or when.last:
        return
    told = _WEEKDAYS.index(match[1].replace("天", "日"))
    if told != when.first.weekday():
        right = "星期" + _WEEKDAYS[when.first.weekday()]
        words = _("%(day)s is a %(weekday)s.") % {"day": _in_words(when.first), "weekday": right}
        yield Spot("weekday", words, ((when.start, match.end()),), Severity.WARNING)


def _year(text, when, day):
    """Of the day's own weeks but for its year: in January many a text still has the year before."""
    if when.first.year == day.year:
        return
    if when.first.year > day.year + 2:
        yield Spot("year", _("This year is far ahead."), ((when.start, when.end),), Severity.WARNING)
        return
    meant = min(
        filter(None, (day_or_none(day.year + step, when.first.month, when.first.day) for step in (-1, 0, 1))),
        key=lambda one: abs(one - day),
        default=None,
    )
    if meant is None or meant.year == when.first.year or abs(meant - day) > datetime.timedelta(31):
        return
    sentence = next((one.text for one in sentences(text) if one.start <= when.start < one.end), "")
    if _OTHER_TIMES.search(sentence):
        return
    words = _("Is %(year)s meant? The text is listed under %(day)s.") % {"year": meant.year, "day": _in_words(day)}
    yield Spot("year", words, ((when.start, when.end),), Severity.WARNING)


def _impossible(text, day):
    for match in (*_MONTH_DAY.finditer(text), *_ISO.finditer(text)):
        month, in_month = number(match["month"]), number(match["day"])
        if not month or not in_month or _LUNAR.search(text[max(0, match.start() - 4) : match.start()]):
            continue
        # Without a year 29 February is possible where a year near the day has it.
        years = [int(match["year"])] if match["year"] else [2000]
        if not match["year"] and day:
            years = [day.year - 1, day.year, day.year + 1]
        if month > 12 or in_month > max(calendar.monthrange(year, month)[1] for year in years):
            yield Spot("impossible_date", _("There is no such day."), (match.span(),), Severity.WARNING)


def _in_words(day):
    return f"{day.year}年{day.month}月{day.day}日"
