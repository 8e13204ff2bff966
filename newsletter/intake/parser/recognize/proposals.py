"""New organizations, proposed from how their names end and where they begin."""

import re

from newsletter.intake.parser.recognize.boundaries import LEFT, RIGHT
from newsletter.intake.parser.recognize.completion import PLACE, TOWN, stem_of
from newsletter.intake.parser.recognize.endings import ENDING, PART_OF_IT, VENUE_LIKE, core_of, kind_of
from newsletter.intake.parser.recognize.story import Mention, inside, quoted_spans

LONGEST_NAME = 22
UNLIKELY = 0.4
_CUT = re.compile(
    r"举办|举行|召开|开展|(?<!社会)(?<!公益)(?<!群众)(?<!自)组织(?!部)|组建|成立|走访|前往|来到|走进|进入|深入|联合(?!会|国)|联手|携手|邀请|特邀|应邀|参加|参与|承办|主办|协办|"
    r"支持|赞助|捐赠给|捐给|捐赠|捐助|资助|看望|陪同|考察|调研|参观|访问|加入|推荐|授予|通过|依托|作为|担任|创建|打造|建立|设立|创办|入驻|来自|感谢|"
    r"获得|荣获|会同|协同|协助|委托|经过|抵达|赶到|位于|走到|送到|送往|送至|带到|利用|围绕|按照|根据|关于|对于|由于|至于|为了|成为|认为|表示|指出|提出|报道|"
    r"以及|包括|例如|分别|其中|还有|并且|同时|随后|然后|最后|首先|接着|期间|之后|以后|之前|以来|当天|当日|当晚|上午|下午|中午|晚上|傍晚|清晨|日前|近日|最近|"
    r"登上|写进|交(?!通|流|响|友|易|警|运|投)|赶往|专程|工作人员|开进|驶入|驶进|考上|考入|就读|毕业|奔赴|奔向|搬进|回到|"
    r"我县|我市|我省|我区|我镇|全县|全市|本县|本市|当地|本地|各地|一家|两家|三家|多家|这家|那家|首家|几家|一所|这所|一个|各个|有关|相关|以|"
    r"负责人|代表|会长|秘书长|理事长|主任|主席|老师|学生|教师|志愿者(?!协会|联合会|总会|联盟|服务|志愿|队伍)|队员|会员|义工(?!协会|联合|队|服务)|成员|领导|先生|女士|同志|"
    r"发挥|推动|推进|促进(?!会)|加强|提升|增强|凝聚|引导|助力|助推|帮助|服务于|支援|选举|当选|任命|现任|曾任|历任|批准|核准|同意|聘请|聘任|引进|引入|带领|率领|号召|发动|动员|倡议|倡导|"
    r"年度|今年|去年|前年|明年|近年|年来|(?:名单|详情|详|另|可|请|参)见(?!义勇)|着|"
    r"(?:送|住|转|抬|搬|背|带|开|跑|走|冲|推|拉|请|调|迁|接|领|护|赶|抱)(?:进|到|回|往|入|去)|返回|离开|出发|出席|路过|经过|"
    r"前身|挂靠|隶属|归属|属于|就是|便是|正是|不是|还是|都是|是|的|了|该|由|被|把|将|让|使|于|赴|至|并|也|都|就|则|又|还|每|各|某"
)
# Conjunctions and prepositions that also stand in names (和平小学, 向阳幼儿园, 同心公益中心).
_SOFT_CUT = re.compile(
    r"(?<=[\u4e00-\u9fff])(?:与|及|和(?!平|谐|美|顺|睦|煦|合)|同(?!心|乐|创|乡|济|德|仁|行|人|学|业|盟|城|舟)|跟)|^(?:与|及|和(?!平|谐|美|顺|睦|煦)|跟|在|对|为|到|从|给|经|向(?!阳|日葵|上)|去|来|请|访|找|同(?!心|乐|创|济|德|仁|舟))|(?<=[日午晚])在|(?<=[\u4e00-\u9fff])(?:在|向(?!阳|日葵|上)|(?<!勇)为|对|到|从|给)"
)
_NEXT = re.compile(
    r"^(?:门|员(?!会)|长(?!期|达|年)|生(?!活|产|态)|议|场|谈|任务|思想|环节|位置|主题|城|镇(?!政府)|组|书记|常委|副书记|卡|军|所在|制|化|村|路|门口|旁)"
)
_LEADING = re.compile(
    r"^(?:家|所|名|位|个|支|等|新|原|县内|市内|县里|镇里|区内|民间|公益组织|社会组织(?!促进会|联合会|总会|党群|综合|服务|发展|孵化|学院))(?=.{4})"
)
_NOT_A_NAME = re.compile(
    r"[着过得没不很更最们她他它你您这那哪什怎啊吧吗呢]|如何|为什么|可以|能够|应该|需要|一起|共同|我们|大家|只有|一些|越来越|开始|进行|实现|做好|完成|得到|收到|接受|坚持|积极|充分|认真"
)
_STARTS_WITH_A_DEED = re.compile(
    r"增加|增进|提高|扩大|展示|展现|体现|加快|完善|深化|落实|巩固|树立|营造|保障|构建|壮大|强化|健全|激发|汇聚|丰富|改善|优化|调动|团结|弘扬|宣传|"
    r"协调|整合|依靠|借助|关心|关注|牵头|发展|规范|开办|筹建|筹备|解决|反映|维护|履行|围绕|突出|聚焦|服务|管理|领导|监督|指导|培育|扶持|共建|对接|"
    r"拥有|具有|注重|重视|希望|相信|鼓励|要求|需要|保持|形成|吸收|接纳|发现|了解|熟悉|学习|实施|制定|修订|负责|从事|办好|办理|申请|注册"
)
# Words of a story rather than of a name: what has them is proposed, but hardly believed.
_TELLING = re.compile(
    r"[说问听看背抬扶拿跑坐站吃喝买卖带等叫骑拍送]|下来|起来|出来|上来|回来|孩子|老人(?!院|公寓)|奶奶|爷爷|大爷|大妈|阿姨|叔叔|师傅|先生|女士|"
    r"大家|有人|自己|时候|这样|已经|曾经|正在|再次|就要|只要|几年|半年|当年|那年|第[一二三四五六七八九十]次|[一二三四五六七八九十]+[年天次]|之间|左右"
)
# 学会 is mostly a verb: 尤奶奶学会了视频通话.
_LEARNT = re.compile(
    r"孩子|奶奶|爷爷|大爷|大妈|阿姨|大叔|师傅|学员|居民|村民|老人$|妈妈$|爸爸$|[姐哥嫂伯]$|[小老][\u4e00-\u9fff]$"
)
_TOO_PLAIN = re.compile(
    r"中心|服务中心|公司|学校|集团|大学|学院|.{0,4}活动中心|.{0,2}行业协会|.{0,2}志愿服务队|.{0,4}协会商会"
)
# A county has one of these, so that its level alone tells which: 县图书馆.
_ONE_OF_A_PLACE = re.compile(r"(?:图书馆|博物馆|文化馆|美术馆|少年宫|福利院|救助站|党校|中医院|保健院|血站)$")
_LEVEL = set("县市省区镇")
SCHOOL = re.compile(
    r"第?[一二三四五六七八九十]{1,2}[中小幼高]"
    r"(?=$|[^\u4e00-\u9fff]|[的和与及在为校师学教举组承主派]|等|老师|体育|初|高[一二三])"
)
_SCHOOL_PLACE = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|[由在和与到往赴为向进是]|(?=..[镇乡]))([县市区]|[\u4e00-\u9fff]{2}[镇乡])$"
)
SHORT_FORM = re.compile(r"^（(?:以下)?(?:简称|又称|又名)：?[“]?([\u4e00-\u9fffA-Za-z0-9]{2,10})[”]?）")


class Proposer:
    def __init__(self, index):
        self.index = index
        self.proposed = {}

    def find(self, text, known):
        """Mentions of organizations that the directory lacks; `known` are the mentions already found."""
        found, quotes = [], quoted_spans(text)
        taken = [(mention.start, mention.end) for mention in known]
        at = 0
        for match in SCHOOL.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                mention = self._school(text, match, quotes)
                found += mention
                taken += [(one.start, one.end) for one in mention]
        for match in ENDING.finditer(text):
            if match.start() < at:
                continue
            start, end = match.start(), match.end()
            while adjacent := ENDING.match(text, end):
                end = adjacent.end()
            at = end
            mention = self._at(text, start, end, taken, quotes)
            if mention:
                found.append(mention)
                taken.append((mention.start, mention.end))
        return found

    def _school(self, text, match, quotes):
        """槐江二中, 县三中, 白塔镇一小: a number and 中 or 小 make a school only behind a known place."""
        places = [
            name for place in (self.index.locality, *self.index.cities) for name in (place, stem_of(place)) if name
        ]
        before = text[max(0, match.start() - 6) : match.start()]
        known = max((place for place in places if before.endswith(place)), key=len, default="")
        place = known or (_SCHOOL_PLACE.search(before) or ["", ""])[1]
        if not place or inside(quotes, match.start()):
            return []
        return [self._propose(text, match.start() - len(place), match.end(), 0.7)]

    def _at(self, text, ending, end, taken, quotes):
        if inside(quotes, end - 1) or _NEXT.match(text[end : end + 4]):
            return None
        floor = max(0, ending - LONGEST_NAME)
        joined = None
        for known_start, known_end in taken[-8:] if len(taken) > 40 else taken:
            if known_start < end <= known_end:
                return None
            if known_end <= ending and known_end > floor:
                floor, joined = known_end, known_start
        before = text[floor:ending]
        cut = max((m.end() for m in re.finditer(r"[^\u4e00-\u9fff]", before)), default=0)
        start = floor + cut
        if start != floor:
            joined = None
        if joined is not None:
            rest = text[start:end]
            if PART_OF_IT.match(rest) or len(rest) > 10 or _CUT.search(rest) or _SOFT_CUT.search(rest):
                joined = None
            elif (
                not core_of(rest)
                and kind_of(rest) in ("service_agency", "institution")
                and text[joined : joined + 1]
                and len(text[joined:start]) >= 4
            ):
                return self._propose(text, joined, end, 0.5)
        start = self._cut(text, start, ending)
        name = text[start:end]
        place = name.find(stem_of(self.index.locality)) if self.index.locality else -1
        if place > 0 and not PLACE.match(name):
            start, name = start + place, name[place:]
        town = max(name.rfind(word, 0, len(name) - 2) for word in ("镇", "乡", "街道", "县"))
        if town > 4 and not PLACE.match(name) and name[0] not in _LEVEL:
            start, name = start + town - 2, name[town - 2 :]
        if PART_OF_IT.match(name) and not core_of(name):
            return None
        if not self._is_name(name, text[max(0, start - 3) : start]) or _is_a_verb(name, text[end : end + 4]):
            return None
        return self._propose(text, start, end, 0.7 if self._is_likely(text, start, end) else UNLIKELY)

    def _cut(self, text, start, ending):
        """The left end of a name: after the last verb, measure word or preposition before its ending."""
        cuts = [m.end() for m in _CUT.finditer(text, start, ending)]
        start = cuts[-1] if cuts else start
        while soft := [m.end() for m in _SOFT_CUT.finditer(text[start:ending])]:
            start += soft[-1]
        while match := _LEADING.match(text[start : ending + 2]):
            start += match.end()
        return start

    def _is_name(self, name, before):
        if re.search(r"(?:简称|又称|又名)[：“]?$", before) or name.startswith(("简称", "又称", "又名")):
            return False
        if not 4 <= len(name) <= LONGEST_NAME or VENUE_LIKE.search(name) or _NOT_A_NAME.search(name):
            return name[:1] in _LEVEL and len(name) >= 3 and kind_of(name) in ("government", "mass_organization")
        body = name
        place = PLACE.match(name) or TOWN.match(name)
        if place and place.end() < len(name):
            body = name[place.end() :]
        elif name[0] in _LEVEL:
            body = name[1:]
        elif self.index.locality and name.startswith(stem_of(self.index.locality)):
            body, place = name[len(stem_of(self.index.locality)) :], True
        core = core_of(body)
        if place or name[0] in _LEVEL:
            return (
                bool(core)
                or kind_of(name) in ("government", "mass_organization")
                or bool(_ONE_OF_A_PLACE.search(name))
                or (bool(place) and not _TOO_PLAIN.fullmatch(body))
            )
        if kind_of(name) == "government":
            return False  # a bare 民政局 tells no place
        return 2 <= len(core) <= 9 and not _STARTS_WITH_A_DEED.match(name)

    def _is_likely(self, text, start, end):
        """Whether both ends of a name are certain, and nothing within is told rather than named."""
        name = text[start:end]
        placed = name[0] in _LEVEL or PLACE.match(name) or TOWN.match(name)
        if self.index.locality and name.startswith(stem_of(self.index.locality)):
            placed = True
        before, after = text[max(0, start - 8) : start], text[end : end + 8]
        if _TELLING.search(name) or (len(name) > 14 and not placed):
            return False
        return bool(placed or LEFT.search(before) or RIGHT.match(after))

    def _propose(self, text, start, end, score):
        printed = text[start:end]
        name = self.full(printed)
        known = self.index.names.get(name)
        if known:
            return Mention(start, end, known.full, 0.8, "按简称推定的单位，请核对", True, known.kind)
        kind = kind_of(name)
        entry = self.proposed.setdefault(name, {"name": name, "kind": kind, "names": []})
        if printed != name and printed not in entry["names"] and printed not in self.index.names:
            entry["names"].append(printed)
        short = SHORT_FORM.match(text[end : end + 24])
        if short and short[1] not in entry["names"] and short[1] not in self.index.names:
            entry["names"].append(short[1])
        doubt = "名录中没有，而且不太像单位名称，请核对" if score <= UNLIKELY else "名录中没有这个单位，采用即新增"
        return Mention(start, end, name, score, doubt, False, kind)

    def full(self, printed):
        """县篮球协会 with the locality 苍南县 is 苍南县篮球协会; 市… with one known city likewise."""
        locality = self.index.locality
        if printed.startswith("团") and printed[1:2] in ("县", "市", "区") and locality[-1:] == printed[1]:
            return f"共青团{locality}{printed[2:]}"
        if locality and printed[0] == locality[-1]:
            return locality + printed[1:]
        if printed[0] == "市" and len(self.index.cities) == 1:
            return self.index.cities[0] + printed[1:]
        return printed

    def join(self, passages):
        """Proposed names that are the tail of a longer name of the same story are that one."""
        names = {mention.name for passage in passages for mention in passage.mentions}
        same = {}
        for short in [name for name in self.proposed if name in names]:
            called = [name for name, entry in self.proposed.items() if short in entry["names"] and name != short]
            longer = called or [
                name for name in names if name != short and name.endswith(short) and len(name) - len(short) <= 5
            ]
            if len(longer) == 1:
                same[short] = longer[0]
        for passage in passages:
            passage.mentions = [_renamed(mention, same, self.index) for mention in passage.mentions]
        for short, full in same.items():
            entry = self.proposed.pop(short)
            if full in self.proposed:
                self.proposed[full]["names"] += [
                    name for name in [short, *entry["names"]] if name not in self.proposed[full]["names"]
                ]
        return {name: self.proposed[name] for name in self.proposed if name in names}


def _is_a_verb(name, after):
    """学会 of people is what they learnt; after the name of a body stands what it does."""
    if not name.endswith("学会"):
        return False
    return bool(_LEARNT.search(name[:-2]) or re.match(r"[了着过用使]|如何|怎", after))


def _renamed(mention, same, index):
    if mention.name not in same:
        return mention
    full = same[mention.name]
    known = index.names.get(full)
    return Mention(
        mention.start, mention.end, full, mention.score, "按文中出现的全称推定，请核对", bool(known), mention.kind
    )
