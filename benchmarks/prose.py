"""Texts as such a newsletter has them, thousands in a second; the same each time."""

import random
from itertools import product

# No county has all of these: whom the texts tell of is nobody.
TOWNS = (
    *("青溪", "白沙", "临江", "东桥", "石门", "南塘", "云岭", "沙埠", "永安", "金滩"),
    *("上河", "下湾", "竹林", "古渡", "花园", "新塘", "大岙", "梅山", "长堤", "北屿"),
)
FIELDS = (
    *("摄影", "书法", "围棋", "慈善", "养老", "助学", "心理健康", "环境保护", "青少年", "老年体育", "印刷", "茶叶"),
    *("塑料制品", "餐饮", "物流", "电子商务", "家庭教育", "红十字", "太极拳", "民间文艺", "登山", "无偿献血"),
    *("社区治理", "法律服务", "紧急救援"),
)
# `{name of the kind in the database: ends of names}`
FORMS = {
    "association": ("协会", "联合会"),
    "service_agency": ("公益服务中心", "社会工作站"),
    "foundation": ("基金会",),
    "chamber": ("商会", "行业商会"),
}
EVENT_TYPES = (
    *("讲座", "慰问", "调研", "年会", "义卖", "志愿服务", "培训", "评选", "捐赠", "交流"),
    *("义诊", "文艺演出"),
)
SECTIONS = ("要闻", "简讯", "图说", "公益", "党建")
TAGS = (
    *("端午", "助学", "敬老", "防溺水", "垃圾分类", "乡村振兴", "五水共治", "反诈", "献血", "禁毒"),
    *("党建引领", "等级评估", "公益创投", "四好商会", "东西部协作", "抗台救灾", "高考", "重阳", "春节", "植树"),
    *("文明城市", "非遗", "读书", "健康", "就业", "消防安全", "关爱儿童", "残疾人", "退役军人", "志愿者日"),
    *("慈善日", "安全生产", "法律援助", "换届", "诚信建设", "数字化", "捐资", "文化下乡", "科普", "河长制"),
)
AWARDS = (
    *("优秀社会组织", "“四好”商会", "先进基层党组织", "最美志愿者", "慈善工作先进集体", "敬老文明号"),
    *("公益创投优秀项目", "青年志愿服务项目大赛金奖", "星级志愿服务站", "诚信服务示范单位", "助学工作突出贡献奖"),
    "社会组织参与社会治理十佳案例",
)
VENUES = (
    "文化礼堂",
    "敬老院",
    "中心小学",
    "村委会",
    "社区服务中心",
    "会议室",
    "人民广场",
    "图书馆",
    "福利院",
    "体育馆",
)

_WHO = ("志愿者", "会员", "义工队", "理事", "党员", "青年会员", "老会员", "社工", "医护人员", "大学生志愿者")
_WHOM = ("孤寡老人", "困难学生", "环卫工人", "留守儿童", "残疾人家庭", "退役军人", "新居民子女", "高龄老人", "重病患者")
_DEEDS = (
    *("开展端午慰问", "举行年度会员大会", "组织防溺水讲座", "发放助学金", "举办爱心义卖", "清理河道垃圾"),
    *("走访结对帮扶村", "开展安全生产培训", "组织无偿献血", "举行公益项目评审", "召开理事会", "开设书法公益课"),
    *("为考生免费接送", "送文艺演出下乡", "开展社会组织评估", "慰问敬老院", "宣传反诈知识", "组织植树活动"),
)
_GOODS = ("粽子", "大米和食用油", "书包和文具", "棉被", "急救包", "月饼", "图书", "防暑药品", "轮椅", "慰问金")
_AIMS = (
    *("弘扬尊老爱老的传统美德", "引导会员参与社会治理", "让公益的力量走进乡村", "提升社会组织的规范化水平"),
    *("帮助企业渡过难关", "丰富村民的文化生活", "把党建引领落到实处", "营造全社会关心困难群体的氛围"),
)
_SPEAKERS = ("会长", "秘书长", "党支部书记", "理事长", "县民政局有关负责人", "项目负责人", "村党支部书记")
_SENTENCES = (
    "{day}，{town}{venue}里十分热闹，{count}名{who}在这里{deed}，{aim}。",
    "{who}一早来到{town}{venue}，把{goods}送到{whom}手中，并与他们拉起了家常。",
    "活动由{town}{field}{form}主办，共有{count}名{who}参加，为{whom}送去{goods}。",
    "{speaker}表示，今后将继续{deed}，{aim}。",
    "据了解，该{form}成立以来已累计为{count}名{whom}提供服务，价值{count}余万元。",
    "“没想到{who}这么热心。”收到{goods}的{whom}说，心里觉得很温暖。",
    "当天下午，{who}分成{few}个小组，分别前往{town}、{town2}等地{deed}。",
    "{speaker}在会上作工作报告，回顾了一年来{deed}、{deed2}等工作，并对下一步作出部署。",
    "近年来，{town}{field}{form}坚持每年{deed}，受到群众的好评。",
    "仪式上，{few}家会员单位向{whom}捐赠{goods}，总价值{count}万元。",
    "此次活动旨在{aim}，共惠及{town}、{town2}的{count}户家庭。",
    "{who}还在{venue}设立咨询台，现场解答群众提出的问题，发放宣传资料{count}份。",
)
_TITLES = (
    "{town}{field}{form}{deed}",
    "{count}名{who}走进{town}{venue}",
    "{who}情系{whom}，\n{goods}送到{town}",
    "{town}{venue}：{who}{deed}",
    "{town}{field}{form}：{aim}",
    "{aim}\n{town}{field}{form}{deed}",
)
_DAYS = ("日前", "近日", "连日来", "上周末", "节日前夕", "当天上午", "一大早")
_POOL = 6000


class Prose:
    """Sentences are made once and then taken again: it is the archive that is to be large, not what there is to say."""

    def __init__(self, seed=2010):
        self._random = random.Random(seed)
        self._sentences = [self._filled(_SENTENCES) for _number in range(_POOL)]
        self._titles = [self._filled(_TITLES) for _number in range(_POOL)]

    def text(self, shortest=300, longest=900):
        """Sentences of `shortest` to `longest` characters in all."""
        # Whole sentences: the last one may be longer than what is wanted.
        wanted, sentences, length = self._random.randint(shortest, longest - 60), [], 0
        while length < wanted:
            sentence = self._sentences[int(self._random.random() * _POOL)]
            sentences.append(sentence)
            length += len(sentence)
        return "".join(sentences)

    def title(self):
        return self._titles[int(self._random.random() * _POOL)]

    def _filled(self, forms):
        choice = self._random.choice
        return choice(forms).format(
            day=choice(_DAYS),
            town=choice(TOWNS),
            town2=choice(TOWNS),
            venue=choice(VENUES),
            field=choice(FIELDS),
            form=choice(FORMS[choice([*FORMS])]),
            who=choice(_WHO),
            whom=choice(_WHOM),
            deed=choice(_DEEDS),
            deed2=choice(_DEEDS),
            goods=choice(_GOODS),
            aim=choice(_AIMS),
            speaker=choice(_SPEAKERS),
            count=self._random.randint(3, 480),
            few=self._random.randint(2, 9),
        )


def organizations(random):
    """`(kind, name, short name)` of all that there are, in mixed order."""
    forms = [(kind, form) for kind, forms in FORMS.items() for form in forms]
    found = [
        (kind, f"{town}镇{field}{form}", f"{town}{field}{form}")
        for town, field, (kind, form) in product(TOWNS, FIELDS, forms)
    ]
    random.shuffle(found)
    return found
