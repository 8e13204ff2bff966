"""Dates and date words in a text, resolved against the day of the edition.

A month and day without a year is put into the year that brings it nearest to the edition's date: a January edition that
tells of 12月28日 means last December. Impossible days (2月30日) are no dates. Without an edition date they stay words.
"""

import datetime
import re
from dataclasses import dataclass

from newsletter.intake.parser.recognize.numerals import number

PARTS_OF_DAY = {
    "morning": "上午 早上 清晨 凌晨 早晨 一早 清早 一大早 拂晓 黎明 晨",
    "noon": "中午 正午 午间",
    "afternoon": "下午 午后",
    "evening": "晚上 傍晚 晚间 当晚 夜间 夜里 晚 夜晚 深夜 入夜 黄昏",
}
_PART = {word: part for part, words in PARTS_OF_DAY.items() for word in words.split()}
_PART_WORDS = "|".join(sorted(_PART, key=len, reverse=True))
_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = (
    r"(?:(?P<year>(?:19|20)\d{2}|[一二][〇零○九][〇零一二三四五六七八九○]{2})\s*年\s*|(?P<rel>今年|"
    r"去年|上年|明年|前年)的?\s*)?"
)
_TIME = (
    r"(?:\s*(?:（(?:星期|周|礼拜)[一二三四五六日天]）|（农历[^）]{2,8}）))?"
    rf"\s*(?:(?P<part>{_PART_WORDS})\s*)?"
    r"(?:(?P<hour>\d{1,2})(?:[:：](?P<minute>[0-5]\d)|\s*(?:时|点)(?P<half>半|整|[0-5]?\d分)?))?"
)
_DAY = re.compile(
    rf"(?<![\d月第]){_YEAR}(?<![\d零〇十])(?P<month>{_N})\s*月(?:份)?\s*(?P<day>{_N})\s*[日号]?"
    rf"(?P<to>\s*(?:至|到|—+|-|~|－|、|和)\s*(?:(?P<year2>(?:19|20)\d{{2}})年)?(?:(?P<month2>{_N})\s*月)?\s*"
    rf"(?P<day2>{_N})\s*(?P<mark2>[日号]))?" + _TIME
)
_ISO = re.compile(
    r"(?<![\d.])(?P<year>(?:19|20)\d{2})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?![\d.-])" + _TIME
)
_BARE_DAY = re.compile(
    r"(?:(?<=[，。；\n于])|^|(?P<this>本月|当月|这个月))\s*(?P<day>\d{1,2})\s*[日号]"
    r"(?:(?P<to>\s*(?:至|到|—+|-|~)\s*(?P<day2>\d{1,2})\s*[日号])|(?=[上下中晚傍清凌，]|在|，|由|将|举))" + _TIME
)
_TERMS = (
    r"立春|雨水|惊蛰|春分|清明|谷雨|立夏|小满|芒种|夏至|小暑|大暑|"
    r"立秋|处暑|白露|秋分|寒露|霜降|立冬|小雪|大雪|冬至|小寒|大寒"
)
_FESTIVAL = (
    rf"(?:{_TERMS}|元旦|春节|元宵|劳动|五一|端午|七夕|中元|中秋|国庆|重阳|腊八|小年|除夕|妇女|三八|植树|青年|五四|母亲|父亲|"
    r"儿童|六一|建党|七一|建军|八一|教师|圣诞|学雷锋|世界[^，。“”]{1,8}日|国际[^，。“”]{1,8}日|全国[^，。“”]{1,8}日|新春|高考|"
    r"中考|暑假|寒假|开学|开学季|毕业季|护士|医师|警察|记者|情人|双节|开渔|老人|敬老|农民丰收|中华[^，。“”]{1,6}日|小年夜|下元|腊月|春运)"
)
WORDS = re.compile(
    r"(?<![最新])近日|日前|最近(?=[，、]|一段时间)|近期(?=[，、])|前不久|不久前|连日来|前段时间|前几天|这几天|近段时间|"
    rf"值?此?[“]?{_FESTIVAL}[”]?(?:国际)?(?:劳动|儿童|妇女|青年)?(?:节|佳节|日|长假|小长假)?(?:即将)?(?:到来|来临|将至|即将)?"
    r"(?:之前|之际|前夕|前后|期间|当天|当日|当晚|前一天|前日|假期|时节|之时|之后)(?:[，、]|(?=[^的]))|"
    rf"(?<!\d)(?P<xun>{_N}月(?:份)?(?:上旬|中旬|下旬|初|底|末))|"
    r"(?:上个?(?:星期|周)|本周)(?:[一二三四五六日天]|末)(?P<part>上午|中午|下午|晚上|傍晚|清晨|晚)?|"
    r"(?<=[，。])周(?:[一二三四五六日天]|末)(?=[，上下])|"
    r"(?:昨|今|前)(?:天|日)(?=[，上下晚由在])|(?:月初|月底|上月底|上个?月|本月初|本月中旬|本月底)(?=，)|"
    rf"农历[^，。]{{2,6}}(?:日|[初十廿][一二三四五六七八九十])|正月(?:初)?[一二三四五六七八九十]{{1,2}}|腊月[廿二三]?[一二三四五六七八九十]{{1,2}}"
)


@dataclass(frozen=True)
class When:
    """A date (`first`, `last` where a range) or only `words`; `part` is morning, noon, afternoon or evening."""

    start: int
    end: int
    text: str
    first: datetime.date | None = None
    last: datetime.date | None = None
    part: str = ""
    time: str = ""
    words: str = ""
    year_told: bool = False
    doubt: str = ""


def find_dates(text, edition):
    """All `When`s of a readable text in its order, none overlapping; `edition` is a date or None."""
    found = [when for match in _DAY.finditer(text) if (when := _from_day(match, edition))]
    found += [when for match in _ISO.finditer(text) if (when := _from_iso(match))]
    found += [when for match in _BARE_DAY.finditer(text) if (when := _from_bare_day(match, found, edition))]
    found += [_from_words(match) for match in WORDS.finditer(text)]
    found.sort(key=lambda when: (when.start, -when.end))
    kept, end = [], -1
    for when in found:
        if when.words and kept and kept[-1].first and 0 <= when.start - end <= 1:
            continue  # 4月5日清明节当天
        if when.first and kept and kept[-1].words and not kept[-1].first and 0 <= when.start - end <= 1:
            kept.pop()  # 清明节当天（4月5日）
        if when.start >= end:
            kept.append(when)
            end = when.end
    return kept


def nearest(month, day, edition):
    """The day nearest to `edition`; None where no year near it has that day (29 February)."""
    days = [one for step in (0, -1, 1) if (one := day_or_none(edition.year + step, month, day))]
    near = min(days, key=lambda one: abs((one - edition).days), default=None)
    return near if near and abs((near - edition).days) <= 184 else None


def day_or_none(year, month, day):
    try:
        return datetime.date(year, month, day)
    except (ValueError, TypeError, OverflowError):
        return None


def _from_day(match, edition):
    printed = match.group()
    if not re.search(r"[日号]", printed) and not match["part"]:
        return None  # 6月5 alone may be anything
    month, day = number(match["month"]), number(match["day"])
    if not (month and day and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    year = number(match["year"]) if match["year"] else None
    if match["rel"] and edition:
        year = edition.year + {"今年": 0, "去年": -1, "上年": -1, "明年": 1, "前年": -2}[match["rel"]]
    part, time = _time_of(match)
    text = printed.rstrip()
    if year is None and edition is None:
        if not day_or_none(2000, month, day):
            return None
        return When(
            match.start(),
            match.start() + len(text),
            text,
            part=part,
            words=text,
            doubt="本期没有填写日期，无法推定年份",
        )
    first = day_or_none(year, month, day) if year else nearest(month, day, edition)
    if not first:
        return None
    last = None
    if match["to"]:
        month2 = number(match["month2"]) if match["month2"] else month
        last = day_or_none(number(match["year2"]) if match["year2"] else first.year, month2, number(match["day2"]))
        if last and last < first and not match["year2"]:
            last = day_or_none(first.year + 1, month2, last.day)
        if not last or last <= first or (last - first).days > 366:
            last = None
        elif re.match(r"\s*[、和]", match["to"]) and (last - first).days > 1:
            last = None  # two days, not a range
    return When(match.start(), match.start() + len(text), text, first, last, part, time, year_told=bool(match["year"]))


def _from_iso(match):
    first = day_or_none(int(match["year"]), int(match["month"]), int(match["day"]))
    part, time = _time_of(match)
    return first and When(match.start(), match.end(), match.group(), first, None, part, time, year_told=True)


def _from_bare_day(match, dated, edition):
    """`4日下午`: of the month told before in the text, or else of the edition's."""
    before = [when for when in dated if when.end <= match.start() and when.first]
    base = before[-1].first if before else edition
    if not base:
        return None
    first = day_or_none(base.year, base.month, int(match["day"]))
    if first and not before and first > edition and not match["this"]:
        month = edition.replace(day=1) - datetime.timedelta(days=1)
        first = day_or_none(month.year, month.month, first.day)
    last = first and match["to"] and day_or_none(first.year, first.month, int(match["day2"]))
    if not first:
        return None
    part, time = _time_of(match)
    last = last if last and last > first else None
    doubt = "只印了日，月份是按上下文推定的"
    return When(match.start(), match.end(), match.group().strip(), first, last, part, time, doubt=doubt)


def _from_words(match):
    text = match.group().rstrip("，、")
    return When(match.start(), match.start() + len(text), text, words=text, part=_PART.get(match["part"] or "", ""))


def _time_of(match):
    """Part of the day, and the time as HH:MM where the text tells an hour."""
    part = _PART.get(match["part"] or "", "")
    if not match["hour"]:
        return part, ""
    hour, minute = int(match["hour"]), 0
    if match["minute"]:
        minute = int(match["minute"])
    elif match["half"]:
        minute = 30 if match["half"] == "半" else int(match["half"].rstrip("分整") or 0)
    if hour > 24:
        return part, ""
    if part in ("afternoon", "evening") and hour < 12:
        hour += 12
    elif part == "noon" and hour < 4:
        hour += 12
    return part, f"{hour % 24:02d}:{minute:02d}"
