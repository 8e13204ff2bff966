"""Honours: who received what, of which year, from whom, for which project, by which document.

A granting verb (授予, 表彰) has its recipients after it, a receiving one (荣获, 被评为, 入选) before it. Who published,
and of which year, may stand in a sentence before.
"""

import re
from dataclasses import dataclass, field

from newsletter.intake.parser.recognize.honournames import (
    DOCUMENT,
    HONOUR,
    YEAR,
    honour_name,
    level_of,
    listed_name,
    project_in,
    year_in,
)
from newsletter.intake.parser.recognize.roles import masked, named, names_in
from newsletter.intake.parser.recognize.story import inside, quoted_spans

_ONE = "[\ue000-\uf8ff]"
_SELECTED = "入选|跻身|上榜|名列其中|榜上有名|位列其中|列入其中|在列"
_PRAISED = "受到(?:通报)?表彰|获表彰|获得?表扬|受表彰"
_GOT = re.compile(
    r"荣获|喜获|获评为?|荣膺|荣登|斩获|摘得|捧回|获颁|获授|"
    r"被(?P<by>[^，。“”]{0,24}?)(?:评为|评定为|授予|认定为|命名为|确定为|列为|评选为|评选认定为)|"
    rf"{_PRAISED}|获得|获|当选为?|评为|{_SELECTED}"
)
# 评定结果 and 认定工作 are what a list or a sentence is about, not what was done.
_GAVE = re.compile(
    r"(?P<verb>授予|表彰|(?:评定|认定|命名)(?!结果|名单|工作|办法|标准|活动|会|通知)|颁发给|颁给|授牌)(?=(?P<rest>[^。]{0,80}))"
)
_AS = re.compile(r"[^。；为“]{1,60}?为(?=[“\d全省市县]|[^，。]{2,20}(?:单位|集体|组织|商会|协会|基地))")
_HANDED = re.compile(
    rf"[为向给](?P<to>{_ONE}(?:[、和与]{_ONE})*)[^，。“]{{0,6}}(?:颁发|授|颁授)了?(?=(?P<rest>“[^。]{{0,80}}))"
)
_TELLING = r"公布|印发|发布|揭晓|通报|下发|授予|表彰|认定|命名|颁发|评选|评定|发文|公示|评为|寄来|发来|传来|获悉"
_ISSUED = re.compile(
    rf"(?:由|经|从)?(?P<who>{_ONE}(?:[、和与]{_ONE})*)(?P<between>[^。；\ue000-\uf8ff]{{0,26}}?)(?<!被)(?:{_TELLING})"
)
_NOT = re.compile(
    r"获得(?:了)?(?:感|好评|肯定|成功|支持|认可|证书|帮助|知识|收入|赞|点赞|贷款|批准|通过|关注|掌声|机会|信息|经验|显著|冠军|亚军|季军|"
    r"第[一二三四五六七八九十])|入选(?:单位|项目|作品|者|名单|的)|获(?:悉|得感|益|取|批|救|准|利|赠|胜|奖者|捐)"
)
_PERSON = re.compile(
    r"(?:会长|秘书长|理事长|主任|社工|志愿者|老师|教师|队长|队员|会员|园长|理事|书记|院长|创始人|负责人|同志)(?P<name>[\u4e00-\u9fff]{2,3})$"
)
_BARE_SUBJECT = re.compile(
    r"(?:^|[，。；年])(?:该|本|我)?(?P<word>中心|协会|商会|学会|基金会|联合会|促进会|总会|幼儿园|学校|服务队|救援队|会|园)$"
)
_REPEATED = re.compile(r"(?:曾|先后|多次|屡次|累计|连续多年)[^，。]{0,4}$")


@dataclass
class _Heard:
    """What the sentences before told: who published what of which year, by which document, who was spoken of."""

    issuer: list = field(default_factory=list)
    year: int | None = None
    list_name: str = ""
    document: str = ""
    spoken: list = field(default_factory=list)


def find_awards(passages, edition, locality):
    """[(where, start, end, fact)] of the honours that the text tells."""
    found, heard = [], _Heard()
    for passage in passages:
        for sentence in passage.sentences:
            mentions = passage.mentions_in(sentence.start, sentence.end)
            line, names = masked(sentence.text, mentions, sentence.start)
            issued = _issuer(line, names)
            document = DOCUMENT.search(sentence.text)
            if document:
                heard.document = document.group()
            if issued and HONOUR.search(sentence.text):
                heard.issuer, heard.year = issued, year_in(sentence.text) or heard.year
                heard.list_name = listed_name(line, names) or heard.list_name
            for fact in _given(line, names, heard) or _received(line, names, issued, heard):
                fact.setdefault("year", heard.year or (edition.year if edition else None))
                if fact["year"] is None:
                    del fact["year"]
                if heard.document:
                    fact["document"] = heard.document
                fact["level"] = level_of(fact, locality)
                _add(found, (passage.where, sentence.start, sentence.end, fact))
            heard.spoken += names
    return found


def _issuer(line, names):
    for match in _ISSUED.finditer(line):
        if not re.search(r"[被获]|荣膺|入选|申报|当选|参[加与]", match["between"]):
            return names_in(match["who"], names)
    return []


def _given(line, names, heard):
    facts, titles = [], quoted_spans(line, "《》")
    for match in _GAVE.finditer(line):
        if inside(titles, match.start()):
            continue
        before, rest = line[: match.start()], match["rest"]
        if before.endswith("被") or re.search(r"被[^，。]{0,24}$", before):
            continue
        called = _AS.match(rest) if match["verb"] in ("评定", "认定", "命名") else None
        name = honour_name(rest[called.end() :] if called else rest, names)
        receivers = names_in(_outside_quotes(re.split("[；。]", rest)[0]), names)
        if not name or not receivers:
            continue
        issuer = names_in(before, names)[:1] or heard.issuer[:1]
        facts.append(_fact(name, line, names, receivers, issuer))
    for match in _HANDED.finditer(line):
        name = honour_name(match["rest"], names)
        if name and HONOUR.search(name) and not inside(titles, match.start()):
            issuer = names_in(line[: match.start()], names)[:1] or heard.issuer[:1]
            facts.append(_fact(name, line, names, names_in(match["to"], names), issuer))
    return facts


def _received(line, names, issued, heard):
    facts, titles = [], quoted_spans(line, "《》")
    for match in _GOT.finditer(line):
        if inside(titles, match.start()):
            continue
        verb, start = match.group(), max(line.rfind(stop, 0, match.start()) for stop in "；。") + 1
        before, after = line[start : match.start()], line[match.end() :]
        if after.startswith("的"):
            continue  # 这是我县目前获评的最高星级 speaks of an honour told before
        if _NOT.match(line, match.start()) or (verb == "获" and not re.match(r"[“\d全省市县]", after)):
            continue
        if _REPEATED.search(before) and not YEAR.search(after[:12] + before[-8:]):
            continue
        listed = bool(re.fullmatch(f"{_SELECTED}|{_PRAISED}", verb))
        name = honour_name(after, names)
        if not name and listed:
            name = listed_name(before, names) or heard.list_name
        quoted = re.match(r"[^，。“”]{0,14}“", after) and verb not in ("获", "获得", "入选", "当选")
        near = after[: len(name) + 12]
        if not name or not (quoted or HONOUR.search(name) or "称号" in near or "荣誉" in near):
            continue
        by = names_in(match["by"] or "", names) or names_in((re.match(r"[^，。“]*?授予的?", after) or [""])[0], names)
        issuer = by or issued or heard.issuer
        person = _PERSON.search(before.rstrip("，"))
        receivers = [] if person else _receivers(before, names, issuer, heard)
        fact = _fact(name, line[start : match.end() + 60], names, receivers, issuer[:1])
        if not listed and heard.year and not year_in(after[:60]) and not year_in(before):
            fact["year"] = heard.year
        if person:
            fact["person_recipients"] = [person["name"]]
        if fact["recipients"] or person:
            facts.append(fact)
    return facts[:6]


def _receivers(before, names, issuer, heard):
    """Who stands before the verb, without the issuer; or whom 中心, 协会 mean."""
    clause = re.split(r"，其中|，", _outside_quotes(before))
    for n in range(len(clause) - 1, -1, -1):
        receivers = [name for name in names_in(clause[n], names) if name not in issuer]
        if receivers:
            while n and re.search(rf"{_ONE}$", clause[n - 1]) and re.match(_ONE, clause[n]):
                n -= 1
                receivers = [name for name in names_in(clause[n], names) if name not in issuer] + receivers
            return receivers
    subject = _BARE_SUBJECT.search(before)
    word = subject["word"] if subject else ""
    return [name for name in reversed(heard.spoken) if name.endswith(word) and name not in issuer][:1]


def _fact(name, near, names, receivers, issuer):
    fact = {"name": named(name, names)}
    year = year_in(near)
    if year:
        fact["year"] = year
    if issuer:
        fact["issuer"] = issuer[0]
    fact["recipients"] = [one for one in dict.fromkeys(receivers) if one not in issuer[:1]]
    project = project_in(near, names)
    if project and project.strip("“”《》") not in fact["name"]:
        fact["project"] = project
    return fact


def _outside_quotes(text):
    return re.sub(r"[“《][^“”《》]*[”》]", lambda match: "　" * len(match.group()), text)


def _add(found, new):
    """The same honour told again adds what was missing."""
    for _, _, _, one in found:
        two = new[3]
        persons = one.get("person_recipients"), two.get("person_recipients")
        if not (set(one["recipients"]) & set(two["recipients"]) or (persons[0] and persons[0] == persons[1])):
            continue
        names = _bare(one["name"]), _bare(two["name"])
        if (names[0] in names[1] or names[1] in names[0]) and one.get("year") == two.get("year"):
            for key, value in two.items():
                one.setdefault(key, value)
            return
    found.append(new)


def _bare(name):
    return re.sub(r"[“”‘’《》\s]|称号|荣誉", "", name)
