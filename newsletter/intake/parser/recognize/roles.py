"""Who did what in an event: host 主办, organizer 承办, co_organizer 协办, supporter 支持, participant, visitor, escort.

The mentions of a text become single placeholder characters, so that each rule reads as the sentence does.
"""

import re

_BASE = 0xE000  # the private use area: no newspaper prints it
_M = "[\ue000-\uf8ff]"
_UNITS = (
    r"(?:（[^）]{1,20}）|志愿者(?:们|服务队)?|秘书处|党支部|工会|分会|会员|领导班子|党员|女?青年|"
    r"的?(?:有关|相关)?(?:领导|负责人|代表|人员|同志)){0,2}"
)
_ONE = rf"{_M}{_UNITS}"
_SEP = r"(?:\s*[、，]\s*|\s+|和|与|及|以及|暨|联合|携手|会同)"
_LIST = (
    rf"(?:{_ONE}(?:{_SEP}{_ONE}){{0,14}})(?:等(?:单位|部门|组织|社会组织|多家[^，。]{{0,6}}|"
    rf"[^，。]{{0,4}}家[^，。]{{0,6}})?)?"
)
_STEP = r"(?:共同|联合|隆重|成功|精心|具体|一起|首次|专门|积极|在[^，。]{2,16}|于[^，。]{2,16}|日前|近日){0,3}"
_DEED = (
    r"(?:举办|举行|召开|开展|组织|发起|启动|推出|开设|走进|走访|慰问|看望|探望|前往|来到|深入|赴|为|向|给|捐赠|捐资|募集|义卖|"
    r"带领|联合开展|送去|发放|设立|成立|迎来|举行了|带着|奔赴|动员|邀请|送|走上|派出|出动)"
)
_WITH = r"(?:携手|联合|联手|会同|协同|协同|偕同|牵手)"

_RULES = [
    ("host", re.compile(rf"(?:由\s*)?({_LIST}){_STEP}主办")),
    ("host", re.compile(rf"主办(?:单位|方)?(?:是|为|：)({_LIST})")),
    ("organizer", re.compile(rf"(?:由\s*)?({_LIST}){_STEP}承办")),
    ("organizer", re.compile(rf"承办(?:单位|方)?(?:是|为|：)({_LIST})")),
    ("organizer", re.compile(rf"({_LIST})共组织")),
    ("co_organizer", re.compile(rf"(?:由\s*)?({_LIST}){_STEP}协办")),
    ("co_organizer", re.compile(rf"协办(?:单位|方)?(?:是|为|：)({_LIST})")),
    ("supporter", re.compile(rf"({_LIST})(?:的)?(?:大力|特别|倾情|友情|鼎力|提供|给予)*(?:支持|赞助|冠名|资助)")),
    ("supporter", re.compile(rf"支持单位(?:是|为|：)({_LIST})")),
    ("escort", re.compile(rf"({_LIST})[^，。{chr(_BASE)}-\uf8ff]{{0,12}}陪同")),
    ("visitor", re.compile(rf"({_M})[^，。、\ue000-\uf8ff]{{0,16}}一行")),
    ("participant", re.compile(rf"(?:邀请|特邀|邀)(?:了)?({_LIST})")),
    ("participant", re.compile(rf"({_LIST})[^，。\ue000-\uf8ff]{{0,16}}(?:参加|参与|出席|到会|应邀)")),
    ("participant", re.compile(rf"(?:向|给|赠予|捐给|捐赠给)({_M})[^，。]{{0,10}}(?:捐|赠)")),
]
_PARTNERS = re.compile(rf"({_ONE}(?:、{_ONE}){{0,4}})\s*{_WITH}({_LIST})，?{_STEP}[^。]{{0,24}}?{_DEED}")
_TOGETHER = re.compile(rf"({_LIST}){_STEP}{_DEED}")
ROLES = ("host", "organizer", "co_organizer", "supporter", "participant", "visitor", "escort")


class Names(list):
    """Full names by placeholder number; `printed` as the text has them."""

    def __init__(self):
        super().__init__()
        self.printed = []


def masked(text, mentions, offset=0):
    """`text` with each mention as one placeholder; and the list of names by placeholder number."""
    parts, names, at = [], Names(), 0
    for mention in mentions[: 0xF8FF - _BASE]:
        start, end = mention.start - offset, mention.end - offset
        if start < at or end > len(text):
            continue
        parts += [text[at:start], chr(_BASE + len(names))]
        names.append(mention.name)
        names.printed.append(text[start:end])
        at = end
    return "".join([*parts, text[at:]]), names


def find_roles(text, mentions, offset=0):
    """{role: [full names]} told by `text`; `mentions` with offsets in the passage, `text` begins at `offset` of it."""
    line, names = masked(text[:600], mentions, offset)
    roles, placed = {}, set()

    def place(role, group):
        for char in group:
            if _BASE <= ord(char) <= 0xF8FF:
                name = names[ord(char) - _BASE]
                if name not in placed:
                    placed.add(name)
                    roles.setdefault(role, []).append(name)

    if not names:
        return {}
    for role, rule in _RULES:
        for match in rule.finditer(line):
            place(role, match[1])
    for match in _PARTNERS.finditer(line):
        place("host", match[1])
        place("participant", match[2])
    if "host" not in roles and "organizer" not in roles and "visitor" not in roles:
        match = _TOGETHER.search(line)
        if match:
            place("host", match[1])
    return {role: roles[role] for role in ROLES if role in roles}


def names_in(text, names):
    """The full names behind the placeholders of a masked text, in its order."""
    numbers = [ord(char) - _BASE for char in text if _BASE <= ord(char) <= 0xF8FF]
    return [names[number] for number in numbers if number < len(names)]


def named(text, names):
    """A masked text with the printed names in place of its placeholders."""
    return "".join(
        names.printed[ord(char) - _BASE] if _BASE <= ord(char) <= 0xF8FF and ord(char) - _BASE < len(names) else char
        for char in text
    )
