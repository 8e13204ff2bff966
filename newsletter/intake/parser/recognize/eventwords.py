"""What an event is called: its type, name, venue, places and series, by the words of its sentence."""

import re

from newsletter.intake.parser.recognize.numerals import CHINESE, number

# In the order in which they are tried; the first that fits is the type.
TYPES = [
    ("年会", r"年会|年终大会|年度大会|周年庆"),
    ("义卖", r"义卖|义拍|慈善拍卖"),
    ("讲座", r"讲座|大讲堂|大讲座|沙龙|宣讲|公开课|报告会|读书会|分享会|微课堂|开讲|故事会"),
    ("培训", r"培训|研修|学习班|集训|实训|夏令营|冬令营|轮训|训练营|授课|教学"),
    ("评选", r"评选|表彰|颁奖|评审|评估会"),
    ("座谈", r"座谈|恳谈|茶话会|交流会|联席会|对接会|联谊"),
    (
        "比赛",
        r"比赛|大赛|竞赛|联赛|锦标赛|运动会|争霸赛|邀请赛|友谊赛|赛事|公开赛|挑战赛|选拔赛|马拉松|[棋球歌舞]赛|杯赛",
    ),
    ("展览", r"展览|书画展|摄影展|作品展|图片展|美术展|书法展|展出|开展仪式|展示会|博览会"),
    (
        "志愿服务",
        r"志愿|义诊|义剪|义务|送考|助考|爱心车队|净滩|清扫|献血|植树|公益集市|便民服务|文明劝导|巡逻|值守|救援|清理|环保行动|普法宣传|宣传活动|疏导|学雷锋",
    ),
    ("调研", r"调研|考察|视察|走访企业|督查|参观学习|参观|观摩|来访|取经|走访会员"),
    ("慰问", r"慰问|看望|探望|送温暖|关爱|送清凉|走访困难|敬老|送去|发放|粽子|团圆饭|陪伴|结对|走访"),
    ("捐赠", r"捐赠|捐款|捐资|捐献|募捐|捐助|认捐|助学金|资助|赠书|赠送|筹款|捐出|爱心款"),
    (
        "会议",
        r"会议|大会|论坛|签约|例会|理事会|换届|选举|成立|推进会|动员会|总结会|工作会|揭牌|挂牌|研讨|培育会|启动会",
    ),
    (
        "文体活动",
        r"文艺|联欢|晚会|演出|游园|登山|健步|歌会|音乐会|汇演|旗袍|联谊|庆祝|趣味|亲子|踏青|采风|广场舞|猜灯谜",
    ),
    ("志愿服务", r"服务|公益|活动|行动|仪式"),
]
_TYPES = [(name, re.compile(words)) for name, words in TYPES]

_NOUN = (
    r"(?:启动仪式|捐赠仪式|授牌仪式|揭牌仪式|开班仪式|颁奖仪式|签约仪式|仪式|大讲座|大讲堂|系列讲座|讲座|主题活动|系列活动|慰问活动|活动|"
    r"年会|会员大会|换届大会|代表大会|成立大会|总结大会|表彰大会|大会|座谈会|茶话会|联席会议|工作会议|会议|推进会|交流会|研讨会|论坛|培训班|培训会|培训|"
    r"比赛|大赛|邀请赛|友谊赛|联赛|锦标赛|运动会|竞赛|展览|作品展|书画展|摄影展|晚会|联欢会|演出|沙龙|读书会|分享会|义卖会|义卖|义诊|行动|公开课|夏令营|"
    r"集市|课堂|音乐会|歌会|汇演|游园会|报告会|宣讲会|招聘会|听证会|对接会|调研|考察)"
)
_QUOTED_NAME = re.compile(
    rf"(?P<quote>“[^“”]{{2,40}}”)(?:为主题的|主题的?)?(?P<rest>[^，。；“”、的]{{0,14}}?{_NOUN})(?![的中上])"
)
_PLAIN_NAME = re.compile(
    rf"(?:举办|举行|召开|开展|组织开展|启动|组织|推出|承办|主办|举行了|召开了|开展了|举办了)了?(?P<name>[^，。；“”（）、]{{2,26}}?{_NOUN})(?=[，。；！、]|$)"
)
_HELD_NAME = re.compile(
    rf"(?:[，、。的]|日|午|晚|^|承办|主办)(?P<name>[^，。；“”（）、]{{2,26}}?{_NOUN})(?:在|于|如期|隆重|正式|顺利|成功|圆满)[^，。]{{0,24}}?(?:举行|举办|召开|启动|开幕|开班|落幕)"
)
_VENUE = re.compile(
    r"(?:在|于)(?P<venue>[^，。；“”（）、的]{2,20}?)(?:的?(?:隆重|顺利|成功|正式|如期|热闹|圆满|联合|共同|火热|精彩)){0,2}(?:举行|举办|召开|启动|开展|开幕|开班|拉开|开赛|上演|举办了|举行了|设|组织|为)"
)
_VENUE_CLAUSE = re.compile(
    r"(?:^|[，。日号午晚])在(?P<venue>[^，。；“”（）、的]{2,18}?(?:广场|中心|馆|室|礼堂|公园|学校|小学|中学|幼儿园|酒店|大楼|社区|村|园|院|厅|堂|镇|楼|基地|剧院|街道|街|站|店|所|会所|码头|海滩|沙滩|场))(?:，|内)"
)
_PLACES = re.compile(
    r"(?:走进|来到|前往|赴|深入|奔赴|走访(?:了)?|抵达)(?P<places>[\u4e00-\u9fff]{2,12}(?:、[\u4e00-\u9fff]{2,12}){0,5}?)(?=[，。]|对|为|慰问|开展|看望|参观|调研|考察|走访|给|的)"
)
_SERIES = re.compile(
    rf"第(?P<nth>\d{{1,3}}|{CHINESE}{{1,4}})(?:个年头|届|年|次|期|季)|连续(?:第)?(?P<years>\d{{1,2}}|{CHINESE}{{1,3}})(?:个年头|年|届)"
)
_YEAR_MEETING = re.compile(r"(?P<year>20\d{2})(?:年度|年)?(?:年会|年终总结|会员大会|年度)")
_NOT_VENUE = re.compile(
    r"^(?:此|这|会上|活动|当天|当日|期间|现场|仪式|全|各|我县$|县内|[^，]*(?:支持|指导|组织|带领|陪同|号召|引导|努力|过程|方面|基础|领导|积极))|[了着]"
)


def event_type(*texts):
    """The type that the first telling text names; the texts from the most to the least certain."""
    for text in texts:
        if text:
            for name, words in _TYPES[:-1]:
                if words.search(text):
                    return name
    return "志愿服务" if _TYPES[-1][1].search("".join(text for text in texts if text)) else "活动"


def event_name(sentence, title=""):
    """The printed name of the event that `sentence` tells, "" where it has none."""
    match = _QUOTED_NAME.search(sentence)
    if match:
        return match["quote"] + match["rest"].removeprefix("的")
    for rule in (_HELD_NAME, _PLAIN_NAME):
        match = rule.search(sentence)
        if match and not re.search(r"[的了]{1}.*[的了]|工作|在内", match["name"]) and len(match["name"]) > 3:
            return _trimmed(match["name"])
    match = _QUOTED_NAME.search(title)
    return match["quote"] + match["rest"] if match else ""


def _trimmed(name):
    name = re.sub(r"^.*(?:举办|举行|召开|开展|承办|主办)(?:的|了)?", "", name)
    return re.sub(r"^(?:一场|一次|首届的|以|了|的|为期[^的]{1,5}的?)", "", name)


def venue(sentence):
    for rule in (_VENUE, _VENUE_CLAUSE):
        for match in rule.finditer(sentence):
            if not _NOT_VENUE.search(match["venue"]):
                return match["venue"]
    return ""


def places(sentence):
    match = _PLACES.search(sentence)
    if not match:
        return []
    found = [
        re.sub(r"(?:慰问|看望|开展|参观|调研|考察|走访|进行|为).*$", "", one) for one in match["places"].split("、")
    ]
    return [one for one in found if 2 <= len(one) <= 10]


def series(text):
    """(series_text, series_year) such as (第13个年头, 13), or None."""
    match = _SERIES.search(text)
    count = match and number(match["nth"] or match["years"])
    return (match.group(), count) if count and 1 < count < 200 else None


def meeting_year(text):
    match = _YEAR_MEETING.search(text)
    return int(match["year"]) if match else None
