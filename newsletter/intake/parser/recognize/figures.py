"""Amounts that a story tells: money, people, households, vehicles, things, sessions, hours.

Units are those of docs/edition-file.md. Numbers in Arabic digits count, money in Chinese numerals, too; small Chinese
counts (两户, 三位) are manners of speaking. Money and hours by the head (每人50元) count, other rates do not. No
amounts are ages, dates, percentages, ordinals, numbers of phones, houses or documents, and what a quoted name has.
Copies, boxes and the like count where they were given or sold, organizations where they took part. A limit such as
不少于 is no approximation.
"""

import re

from newsletter.intake.parser.recognize.numerals import NUMBER, number
from newsletter.intake.parser.recognize.story import inside, quoted_spans

_ABOUT_BEFORE = r"(?:近|约|大约|将近|超过|超|逾|突破|达到约|上|数|几|约为|接近|大概)"
_ABOUT_AFTER = r"(?:余|多|来|几)"
_UNITS = [
    ("CNY", r"元(?!旦|宵|素|老|月|首|气|勋)|块钱|人民币"),
    ("person_time", r"人次|名次(?!列)"),
    ("household", r"户(?!外|口|籍|型|主)|个家庭|个困难家庭|个贫困家庭|组家庭|对亲子|个亲子家庭"),
    ("hour", r"个?(?:多)?小时|个钟头|学时|课时"),
    ("vehicle", r"辆|台(?=车|出租车|私家车|自备车|货车|大巴|救护车|爱心车)|部(?=车|出租车|私家车)"),
    ("session", r"场(?!地|所|馆|次$|面|景|上|内|外|长)(?:次)?"),
    ("organization", r"家(?!庭|长|人|里|中|乡|园|属|境|常|具|电|族|务)|个(?=社会组织|单位|部门|社团|商会|协会)"),
    (
        "item",
        r"件(?!事)|份(?!子|量|额)|副|本(?!次|届|地|月|年|县|市|科|报|期|着|来)|册|只|箱|棵|株|袋|套|床|桶|盒|张|把|条(?!件|例|款|路|街)|瓶|枝|幅|盆|顶|双(?!方|向|创|百|拥)",
    ),
    ("person", r"(?:名|位|人|对新人|对夫妻)(?!次|民币|均|士|额|单|称|牌|列|气|胜|数最)"),
]
_THING_UNITS = re.compile(r"件|份|副|本|册|只|箱|棵|株|袋|套|床|桶|盒|张|把|条|瓶|枝|幅|盆|顶|双")
_FIGURE = re.compile(
    rf"(?P<before>{_ABOUT_BEFORE})?(?<![\d.一二三四五六七八九十百千两万])(?P<number>{NUMBER})(?P<after>{_ABOUT_AFTER})?(?P<large>[万亿])?(?P<mid>余)?"
    rf"(?:{'|'.join(f'(?P<u{n}>{words})' for n, (_, words) in enumerate(_UNITS))})(?P<more>左右|上下|以上|之多)?"
)
_NOT_BEFORE = re.compile(
    r"(?:第|人均|户均|平均|年均|日均|单价|原价|售价|票价|门票|标价|定价|编号|电话|手机|热线|[号第]|〔\d{4}〕|"
    r"注册资[金本]|[a-zA-Z\-+×/:：])\s*$"
)
_RATE = re.compile(
    r"每(?:人|户|家|月|年|天|位|名|件|份|小时|辆|场|只|斤|个|次|张|套|学年|学期|生|班|组|桌|盒|本|袋|箱|平方米)[^，。；]{0,10}$"
)
_RATE_AFTER = re.compile(r"^\s*[/／每]|^的?(?:标准|高龄|门槛|起步)")
_RAISED = re.compile(r"筹|募|义卖|所得|善款|爱心款|拍得|众筹|收到|认捐|义拍|筹集")
_GIVEN = re.compile(r"捐|赠|资助|送|发放|慰问金|助学金|奖学金|慰问|给予|拨|出资|投入|价值|补助|奖励")
_PART = re.compile(
    r"参加|参与|到场|参赛|出席|参会|到会|加入|集结|组成|齐聚|赴会|报名|学员|选手|代表|志愿者|观众|听众|吸引|出动|聆听|观看|相聚|前来"
)
_DONATED = re.compile(r"捐|赠|义卖|送去|送上|慰问")
_SERVED = re.compile(r"受益|惠及|服务|帮助|接待|救助|义诊|咨询|就诊|护送|接送")
_CHINESE_ONLY = re.compile(r"[〇零一二三四五六七八九十百千两]+")
# What somebody says tells amounts like any other text; what has no stop within is a name: “5万元圆一个梦”.
_SPEECH = re.compile(r"[，。？！；]")
_YEAR = re.compile(r"(20\d{2})\s*年(?!\s*\d{1,2}\s*月)")


def find_figures(passages, events, edition):
    """[(where, start, end, fact)] in the order of the text; `events` as `find_events` gives them."""
    found, heard = [], set()
    for passage in passages:
        quotes = [span for span in quoted_spans(passage.text) if not _SPEECH.search(passage.text[slice(*span)])]
        for sentence in passage.sentences:
            for match in _FIGURE.finditer(sentence.text):
                start = sentence.start + match.start()
                if inside(quotes, start):
                    continue
                fact = _read(match, sentence.text)
                if not fact:
                    continue
                key = (fact["value"], fact["unit"], fact.get("approximate"))
                if key in heard:
                    continue
                heard.add(key)
                _place(fact, match, sentence, passage.where, events)
                found.append((passage.where, start, sentence.start + match.end(), fact))
    return found


def _read(match, text):
    n, unit = next((n, code) for n, (code, _) in enumerate(_UNITS) if match[f"u{n}"])
    printed = match["number"]
    value = number(printed + (match["large"] or ""))
    before = text[max(0, match.start() - 16) : match.start()]
    after = text[match.end() : match.end() + 12]
    if not value or value <= 0:
        return None
    if match["large"] and re.search(r"[万亿]$", printed):
        return None
    chinese = bool(_CHINESE_ONLY.fullmatch(printed.rstrip("万亿")))
    if chinese and unit != "CNY":
        return None
    if chinese and unit == "CNY" and (value < 10 or (match[f"u{n}"] != "元" and value < 100)):
        return None
    if _NOT_BEFORE.search(before) or (
        unit not in ("CNY", "hour") and (_RATE.search(before) or _RATE_AFTER.match(after))
    ):
        return None
    if unit == "item" and match[f"u{n}"] != "件" and not _DONATED.search(_clause(text, match)):
        return None
    if re.search(r"[\d年月.]$", before) and unit == "person":
        return None
    if unit == "person" and re.match(r"(?:一|为一)组|份|床|座|制|以下|民|才|大代|员|称|物|造|间|生", after):
        return None
    if unit == "organization" and not (_PART.search(_clause(text, match)) or re.search(r"捐", _clause(text, match))):
        return None
    if unit == "item" and value < 5 and match[f"u{n}"] not in ("件", "份"):
        return None
    if unit == "item" and match[f"u{n}"] in ("把", "条", "张", "双", "幅") and value < 10:
        return None
    fact = {"value": value, "unit": unit, "text": match.group()}
    if match["before"] or match["after"] or match["mid"] or match["more"] or "多" in match[f"u{n}"]:
        fact["approximate"] = True
    fact["what"] = _what(_clause(text, match), unit, text)
    return fact


def _clause(text, match):
    start = max(text.rfind(stop, 0, match.start()) for stop in "，；。：") + 1
    ends = [end for stop in "，；。：" if (end := text.find(stop, match.end())) >= 0]
    return text[start : min(ends, default=len(text))]


def _what(clause, unit, sentence):
    if unit == "CNY":
        rules = (("raised", _RAISED), ("donated", _GIVEN))
    elif unit == "item":
        rules = (("donated", _GIVEN), ("raised", _RAISED))
    else:
        rules = (("taking part", _PART), ("服务", _SERVED), ("donated", re.compile("捐|资助")))
    for text in (clause, sentence):
        for what, words in rules:
            if words.search(text):
                return what
    return {"CNY": "金额", "hour": "时长", "session": "活动", "item": "物品"}.get(unit, "人员")


def _place(fact, match, sentence, where, events):
    """The year and the event of an amount, as far as its sentence tells."""
    years = list(_YEAR.finditer(sentence.text, 0, match.start()))
    if years:
        fact["year"] = int(years[-1][1])
        return
    before = [event for event in events if (event.where, event.sentence[0]) <= (where, sentence.start + match.start())]
    if before and before[-1].fact.get("name"):
        fact["event"] = before[-1].fact["name"]
