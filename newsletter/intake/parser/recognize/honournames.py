"""How an honour is called: its name without the year, its year, level, document and the project it is for."""

import re

from newsletter.intake.parser.recognize.roles import named

YEAR = re.compile(r"(?P<from>20\d{2})(?:\s*[—-]\s*(?P<to>20\d{2}))?\s*(?:年度|学年度?|年)?")
HONOUR = re.compile(
    r"称号|荣誉|先进|优秀|示范|十佳|十大|最美|最佳|模范|标兵|文明|杰出|品牌|亮点|[一二三特金银铜]等奖|[金银铜]奖|奖项?|红旗|星级|"
    r"[1-5]A|[四五]好|之星|好人|突出贡献|典型|表彰|表扬|基地|百强|优胜|集体|榜样|单位|案例|项目|团队|个人|名单|名录|组织"
)
DOCUMENT = re.compile(r"《[^《》]{2,60}(?:通报|通知|决定|公告|公示|名单|文件|批复)》")
_WORK = (
    r"(?:志愿服务|公益|慈善|服务|助学|党建|为老|敬老|扶贫|创投|便民|环保)?(?:项目|工作法|案例|品牌|作品|课题|课程|做法)"
)
_PROJECTS = [
    re.compile(r"《(?P<name>[^《》]{2,40})》"),
    re.compile(rf"(?P<name>“[^“”]{{2,40}}”{_WORK})"),
    re.compile(
        r"(?:申报的|报送的|选送的|[\ue000-\uf8ff]的?)(?P<name>“[^“”]{2,40}”)(?=[^，。“]{0,6}(?:被|获|入选|荣获|喜获|成功|从))"
    ),
]
_LEVELS = [
    ("national", r"全国|国家|中国|中华|民政部|团中央|国务院|中央"),
    ("provincial", r"省|自治区"),
    ("city", r"市(?!场|民(?!政))"),
    ("county", r"县|区(?!块)"),
    ("town", r"镇|乡(?!村|贤|亲)|街道"),
]
_QUOTED = re.compile(
    r"[^，。“”《》]{0,30}?“(?P<name>[^“”]{2,40})”(?P<tail>[^，。、；“”]{0,14}?(?=称号|荣誉|，|。|$|、|；))?"
)
_PLAIN = re.compile(
    r"[了为]?(?P<name>[^，。；：“”《》]{3,36}?)"
    r"(?:等?(?:荣誉)?称号|等?荣誉|名单|名录|，|。|；|$|、(?=[^，。]{2,20}(?:称号|荣誉)))"
)
_LIST = re.compile(
    r"(?:公布|印发|发布|揭晓|通报|下发|公示)了?(?:《关于(?:公布|认定|表彰|命名)?)?(?P<name>[^，。；《》]{4,44}?)"
    r"(?:评选)?(?:名单|结果|的通[报知]|的决定|》|，|。|$)"
)
_LEAD = re.compile(r"^.*(?:授予的?|颁发的?|评定的?|的)|[\ue000-\uf8ff][^“]*?(?=\d|全|省|市|县|$)")


def honour_name(after, names):
    """The name of the honour right after its verb in a masked line, "" where there is none."""
    text = after[:80]
    match = _QUOTED.match(text)
    if match and not re.match(r"[^“]*(?:项目|公布|名单)", text[: match.start("name")]):
        lead = _LEAD.sub("", text[: match.start("name") - 1]).lstrip("为了“")
        lead = "".join(char for char in lead if not "\ue000" <= char <= "\uf8ff")
        nested = match["name"].replace("‘", "“").replace("’", "”")
        tail = match["tail"] or ""
        whole = f"“{nested}”" if (without_year(lead) or tail) and "“" not in nested else nested
        return without_year(f"{without_year(lead)}{whole}{tail}" if len(lead) < 16 else nested)
    match = _PLAIN.match(text)
    if not match:
        return ""
    name = without_year(re.sub(r"^.*(?:授予的|颁发的|评定的|评选的)", "", named(match["name"], names)))
    return name if HONOUR.search(name) and not re.search(r"[了着]", name) else ""


def listed_name(text, names):
    """What a published list is a list of: 公布了2018年度…亮点项目, 公布…先进单位名单."""
    match = _LIST.search(text)
    return without_year(named(match["name"], names)) if match else ""


def without_year(name):
    return YEAR.sub("", name, count=1).strip("的了为，、 ") if YEAR.match(name) else name.strip("的了为，、 ")


def year_in(text):
    match = re.search(r"(?P<from>20\d{2})(?:\s*[—-]\s*(?P<to>20\d{2}))?\s*年?度", text) or YEAR.search(
        re.sub(r"20\d{2}年(?=\d{1,2}月)", "", text)
    )
    match = match or YEAR.search(text)
    return int(match["to"] or match["from"]) if match else None


def project_in(line, names):
    """《…》 or “…”项目 of a masked line; “…” alone stays without the word 项目 after it."""
    for rule in _PROJECTS:
        for match in rule.finditer(line):
            name = f"《{match['name']}》" if rule is _PROJECTS[0] else match["name"]
            if not re.search(r"通[报知]|决定|名单|公告|办法|意见", name):
                return named(re.sub(r"”(?:项目|作品|案例|品牌)$", "”", name), names)
    return ""


def level_of(fact, locality):
    for text in (fact["name"], fact.get("issuer", "")):
        for level, words in _LEVELS:
            if text and re.search(words, text.replace(locality, "县") if locality else text):
                return level
    return "county"
