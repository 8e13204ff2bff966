"""Events of a story: a date (or date words) and a deed in one sentence.

What is told as history, as a deadline or as the name of a day is no event; an announced date is one of its own. Date
words (日前, 端午前夕) make an event only where the story has no dated one.
"""

import re
from dataclasses import dataclass, field, replace

from newsletter.intake.parser.recognize.dates import When, find_dates
from newsletter.intake.parser.recognize.eventwords import event_name, event_type, meeting_year, places, series, venue
from newsletter.intake.parser.recognize.roles import find_roles
from newsletter.intake.parser.recognize.story import inside, quoted_spans

_HELD = (
    r"举行|举办|召开|开展|启动|开班|开幕|开赛|开讲|走访|慰问|看望|探望|捐赠|捐款|来到|走进|前往|赴|奔赴|(?<!社会)组织|参观|考察|调研|送去|送上|发放|"
    r"成立|揭牌|挂牌|签约|颁奖|义卖|义诊|植树|清理|献血|比赛|讲座|培训|座谈|大会|会议|年会|仪式|活动|演出|展出|展览|联欢|表彰|"
    r"落幕|落下帷幕|结束(?!后|时|之)|开张|开课|开业|展演|过节|倡导|收官|上演|亮相|上门|集结|出发|参加|邀请|迎来|拉开|落成|募集|护送|接送|送考|宣讲|授课|共度|欢度|包粽子|服务|相聚|齐聚|访问|交流|出征|驰援|搬进|入驻|开放|开馆|开园|投入使用|摆|种下|设|搜救|救起|施救|营救|搜寻|抢险|转移|转战|救援(?!队|中心|协会|站)|熬|煮"
)
_DEED = re.compile(_HELD)
_AWARDING = re.compile(
    r"荣获|获评|被评为|评为|授予|入选|公布|印发|发布|揭晓|通报|下发|获得[^，。]{0,24}(?:称号|奖)|名单|喜获|荣膺|上榜|认定"
)
_CEREMONY = re.compile(r"举行|举办|召开|开展|启动|仪式|大会|会议上|会上|走访|慰问|捐赠|颁奖典礼|晚会")
_HISTORY_BEFORE = re.compile(
    r"(?:成立于|始建于|创办于|创建于|组建于|注册于|登记于|建成于|出生于|生于|始于|源于|截至|截止|截止到|截止至|早在|曾于|曾在|首次于|起步于|自从?|从|打从|追溯到|去年|往年|上届|上一届)\s*$"
)
_HISTORY_AFTER = re.compile(
    r"^(?:以来|至今|之前|以前|前(?!往|来|去|夕|进|期)|止|截止|成立(?!大会|仪式|了?[^，。]{0,12}(?:举行|召开))|经[^，。]{2,12}(?:批准|登记)|注册|创办|登记成立|出生|去世|的[^，。]{0,6}(?:文件|通知|通报|报道))"
)
_HABIT = re.compile(r"每年|每逢|每到|每一年|历年|往年|每月|逢年过节|每当")
_PAST_YEAR = re.compile(r"(?:去年|前年|上年|曾经|曾于|曾在|回忆|当年|那年|早在|还记得|往年)[^，。]{0,12}$")
_DAY_NAME = re.compile(r"^(?:正)?(?:是|为|恰逢|适逢|正值|迎来)[^，。]{0,20}(?:节|日|纪念日|生日|“[^”]*”)(?=[，。])")
_SAME_DAY = re.compile(
    r"(?:当天|当日|这天|这一天|同日)(?P<part>上午|中午|下午|晚上|傍晚|清晨)?|^(?P<part2>上午|下午|晚上|傍晚|中午)(?=[，]|\d)"
)
_PART = {
    "上午": "morning",
    "清晨": "morning",
    "中午": "noon",
    "下午": "afternoon",
    "傍晚": "evening",
    "晚上": "evening",
}
_UNTIL = re.compile(r"(?:至|到|持续|延续|结束于|截止)(?:到|至)?$")
_ACTORS = re.compile(r"志愿者|队员|会员|义工|社工|师生|孩子|协会|商会|学会|中心|基金会|幼儿园|演员|选手")
_TOLD = re.compile(r"获悉|了解到|传来|记者从|谈到|介绍[，：说]|透露|表示[，：]")
_TODAY = re.compile(r"[昨今前]")  # 今天 is a manner of speaking where nothing is said to be held
_TERM = re.compile(r"公示|报名|截止|放假|申报|有效|停[电水]")
LONGEST_PAST = 200  # days before the edition after which a date with its year told is history


@dataclass
class Found:
    """An event as the facts have it, and the `when` that told it at `where`."""

    when: When
    where: int
    sentence: tuple
    fact: dict = field(default_factory=dict)


def find_events(passages, title, edition):
    """Events in the order of the text; `passages` those of the paragraphs, `title` the headline in one line."""
    dated, worded, scenes = [], [], []
    for passage in passages:
        quotes = quoted_spans(passage.text)
        whens = [when for when in find_dates(passage.text, edition) if not inside(quotes, when.start)]
        _read(passage, whens, edition, dated, worded, scenes)
    dated = _without_sums(dated)
    found = dated or worded[:1] or scenes[:1]
    if dated and worded and _stands_beside(worded[0], dated, edition):
        found = [worded[0], *dated]
    for event in found:
        event.fact = _describe(event, passages, title, len(found) == 1)
    _tell_series(found, passages, title)
    return found


def _read(passage, whens, edition, dated, worded, scenes):
    text, pending = passage.text, None
    for n, sentence in enumerate(passage.sentences):
        here = [when for when in whens if sentence.start <= when.start < sentence.end]
        if not here and pending:
            same = _SAME_DAY.search(sentence.text)
            if (same or _DEED.search(sentence.text)) and not _HABIT.search(sentence.text):
                part = _PART.get((same["part"] or same["part2"] or "") if same else "", "")
                when = When(pending.start, pending.end, pending.text, pending.first, pending.last, part or pending.part)
                _add(dated, Found(when, passage.where, (sentence.start, sentence.end)))
        pending = None
        for m, when in enumerate(here):
            end = here[m + 1].start if m + 1 < len(here) else sentence.end
            before, after = text[max(sentence.start, when.start - 14) : when.start], text[when.end : end]
            if _is_history(when, before, after, sentence.text, edition):
                continue
            if when.first and _DAY_NAME.match(after):
                pending = when
                if not _DEED.search(after[_DAY_NAME.match(after).end() :]):
                    continue
            if m and here[m - 1].first and when.first and _UNTIL.search(before):
                _lengthen(dated, here[m - 1], when)
                continue
            if _UNTIL.search(before):
                continue
            if not _DEED.search(after) and not (
                m == 0 and when.first and _DEED.search(text[sentence.start : when.start])
            ):
                if not _TOLD.search(after) and not _AWARDING.search(sentence.text):
                    acts = bool(_ACTORS.search(after) or passage.mentions_in(when.start, end))
                    _read_quiet(passage, (n, m, when, end), acts, dated, worded, scenes)
                continue
            if m and when.first and not re.search(rf"{_HELD}", after) and not when.last:
                continue
            if _AWARDING.search(sentence.text) and not _CEREMONY.search(sentence.text):
                continue
            pending = None if when.words and not when.first else pending
            span = (sentence.start if m == 0 else when.start, end)
            event = Found(when, passage.where, span)
            if when.first or when.doubt:
                _add(dated, event)
            elif _DEED.search(after) and (not passage.where or n == 0 or when.start == sentence.start):
                worded.append(event)


def _read_quiet(passage, place, acts, dated, worded, scenes):
    """A day of which no usual deed is told: 近日，钱库商会开出首张“体检单”.

    Somebody has to act in its sentence; a range of days stands for itself. A part of a day at the beginning of a story
    (6月9日上午，河水又涨了半米) sets its scene, which is its event where it tells no other.
    """
    n, m, when, end = place
    sentence = passage.sentences[n]
    event = Found(when, passage.where, (sentence.start if m == 0 else when.start, end))
    if when.first and ((m == 0 and acts) or (when.last and not _TERM.search(passage.text[when.start : end]))):
        _add(dated, event)
    elif m == 0 and acts and when.words and not passage.where and not _TODAY.match(when.words):
        worded.append(event)
    elif when.first and when.part and not passage.where and n < 3:
        doubt = "文中没有说明这一天的活动，请核对"
        scenes.append(Found(replace(when, doubt=doubt), event.where, event.sentence))


def _is_history(when, before, after, sentence, edition):
    if _HISTORY_BEFORE.search(before) and not (when.last and re.search(r"(?:从|自)\s*$", before)):
        return True
    if _HISTORY_AFTER.match(after) or _PAST_YEAR.search(before) or _HABIT.search(before):
        return True
    if when.words and not when.first and _HABIT.search(sentence):
        return True
    if when.first and edition and (when.first - edition).days < -LONGEST_PAST:
        return True
    return (
        bool(re.match(r"^去年|^前年|^上年", when.text) and edition and (edition - when.first).days > 120)
        if when.first
        else False
    )


def _stands_beside(worded, dated, edition):
    """端午前夕 beside a later day is an event of its own; 日前 only beside days to come."""
    first = dated[0]
    if (worded.where, worded.sentence) >= (first.where, first.sentence) or worded.sentence == first.sentence:
        return False
    if re.search(r"前夕|之际|前后|旬", worded.when.words):
        return True
    return bool(edition and first.when.first and first.when.first > edition)


def _within(day, days):
    """Whether `day` is a single one of the range `days`."""
    return bool(days.last and day.first and not day.last and days.first <= day.first <= days.last)


def _without_sums(found):
    """6月3日、4日 told in sum and then day by day are two events; else a day of a range is a part of it."""
    kept = []
    for event in found:
        inside_it = [other for other in found if _within(other.when, event.when)]
        around_it = [other for other in found if _within(event.when, other.when)]
        if len(inside_it) > 1 or (
            around_it and not event.when.part and sum(_within(other.when, around_it[0].when) for other in found) < 2
        ):
            continue
        kept.append(event)
    return kept


def _lengthen(found, begin, until):
    for n, other in enumerate(found):
        if other.when.first == begin.first and not other.when.last and until.first > begin.first:
            one = other.when
            when = When(one.start, until.end, one.text, one.first, until.first, one.part, one.time)
            found[n] = Found(when, other.where, other.sentence)


def _add(found, event):
    """The same day told again is the same event, unless it has another part of the day and a deed of its own."""
    for n, other in enumerate(found):
        one, two = other.when, event.when
        if (one.first, one.words) != (two.first, two.words):
            if _within(two, one) and not two.part:
                return
            continue
        if one.part and two.part and one.part != two.part:
            continue
        if (one.last and not two.last and two.part and not one.part) or (two.last and one.part and not two.part):
            continue
        if one.last and two.last and one.last != two.last:
            continue
        if (two.part and not one.part) or (two.last and not one.last):
            when = When(
                one.start,
                one.end,
                one.text,
                one.first,
                one.last or two.last,
                one.part or two.part,
                one.time or two.time,
                one.words,
            )
            found[n] = Found(when, other.where, other.sentence)
        return
    found.append(event)


def _describe(event, passages, title, only):
    passage = next(passage for passage in passages if passage.where == event.where)
    start, end = event.sentence
    text, when = passage.text[start:end], event.when
    name = event_name(text, title if only else "")
    title = title if only else ""
    fact = {"type": event_type(name, title, text)}
    if name:
        fact["name"] = name
    if when.first:
        fact["start"] = when.first.isoformat()
        if when.last:
            fact["end"] = when.last.isoformat()
        if when.part:
            fact["part_of_day"] = when.part
        if when.time:
            fact["time"] = when.time
    else:
        fact["when_text"] = when.words
        if when.part:
            fact["part_of_day"] = when.part
    year = meeting_year(text)
    if year and not when.first:
        fact["year"] = year
    where = venue(text)
    if where:
        fact["venue"] = where
    elif went_to := places(text):
        fact["places"] = went_to
    fact["roles"] = find_roles(text, passage.mentions_in(start, end), start)
    if not fact["roles"] and only:
        for sentence in passage.sentences:
            mentions = passage.mentions_in(sentence.start, sentence.end)
            if sentence.start >= end and mentions:
                fact["roles"] = find_roles(sentence.text, mentions, sentence.start)
                break
    return fact


def _tell_series(found, passages, title):
    if not found:
        return
    for text in (
        [
            passage.text[event.sentence[0] : event.sentence[1]]
            for event in found
            for passage in passages
            if passage.where == event.where
        ]
        + [title]
        + [passage.text for passage in passages]
    ):
        told = series(text[:3000])
        if told and not re.search(r"连续.{0,4}年来", told[0]):
            found[0].fact["series_text"], found[0].fact["series_year"] = told
            return
