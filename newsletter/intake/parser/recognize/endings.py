"""How names of organizations end, and what kind an ending tells. Kinds are those of docs/edition-file.md."""

import re

_KINDS = {
    "association": (
        "促进会 联合会 联谊会 协会 学会 研究会 校友会 同乡会 慈善总会 体育总会 慈善会 义工联合会 志愿者联合会 "
        "志愿者总会 义工协会 互助会 理事会联盟 诗社 曲艺社 书画社 乡贤会 老年体协 志愿者联盟"
    ),
    "chamber": "总商会 商会",
    "foundation": "基金会",
    "service_agency": (
        "服务中心 公益中心 社工中心 救援中心 发展中心 帮扶中心 康复中心 托养中心 培训中心 养老中心 助残中心 关爱中心 "
        "助学中心 社会工作中心 事务所 救援队 服务队 志愿队 义工队 志愿者队伍 公益社 社工站 幼儿园 养老院 敬老院 "
        "服务社 公益联盟 志愿团 救援大队 救援总队 服务总队 中心"
    ),
    "institution": (
        "小学 中学 高中 学校 医院 卫生院 公益园 图书馆 文化馆 博物馆 体育馆 美术馆 大学 学院 福利院 少年宫 职教中心 "
        "保健院 血站 党校 研究院 研究所 救助站 组委会 融媒体中心 广播电视台 报社 居委会 村委会 居民委员会 村民委员会"
    ),
    "government": (
        "人民政府 镇政府 乡政府 县政府 市政府 区政府 街道办事处 民政局 教育局 司法局 公安局 卫健局 卫生健康局 财政局 "
        "文广旅体局 文旅局 体育局 文化局 农业农村局 农业局 水利局 税务局 市场监管局 市场监督管理局 "
        "应急管理局 消防救援局 "
        "人社局 人力资源和社会保障局 生态环境局 环保局 交通局 交通运输局 住建局 自然资源局 林业局 商务局 经信局 "
        "经济和信息化局 统计局 审计局 医保局 退役军人事务局 综合行政执法局 发改局 科技局 卫计局 卫生局 计生局 国税局 "
        "民政厅 教育厅 司法厅 民政部 民政办 统战部 宣传部 组织部 社会工作部 政法委 文明办 管委会 党工委 镇党委 镇委 "
        "县委 市委 残工委 消防大队 消防救援大队 交警大队 派出所 司法所 法院 检察院 气象局 档案局 信访局 民宗局 公路局"
    ),
    "mass_organization": (
        "红十字会 总工会 工商业联合会 妇女联合会 残疾人联合会 文学艺术界联合会 科学技术协会 归国华侨联合会 工商联 妇联 "
        "残联 文联 科协 侨联 社科联 团县委 团市委 团区委 团省委 团镇委 关工委 关心下一代工作委员会 少工委"
    ),
    "enterprise": "有限公司 股份公司 公司 集团 酒业 药业 银行 律师事务所 大药房",
}
KIND_OF_ENDING = {ending: kind for kind, endings in _KINDS.items() for ending in endings.split()}
KIND_OF_ENDING["大学"] = "institution"
_BY_LENGTH = sorted(KIND_OF_ENDING, key=len, reverse=True)
ENDING = re.compile("|".join(_BY_LENGTH))
ENDS_LIKE_A_NAME = re.compile(f"(?:{'|'.join(_BY_LENGTH)})$")

# What an organization is a part of, not a name of its own: 钱库商会秘书处.
PART_OF_IT = re.compile(
    r"(?:秘书处|理事会|监事会|党支部|党总支|党委|工会|团支部|办公室|分会|志愿者?服务队|志愿服务队|志愿服务分队|网站|"
    r"会员|志愿者|党员|领导|负责人|工作人员|教师|师生|学生|代表|青年团|艺术团|一行|主席|会长|秘书长|局长|部长|园长|校长)"
)

# Words that make up no name by themselves: 志愿服务中心, 行业协会, 各镇商会.
_GENERIC = (
    "行业 公益 志愿 志愿者 服务 社会 社会组织 社区 党群 党员 群众 活动 会员 优秀 先进 基层 兄弟 相关 "
    "有关 部分 各地 异地 "
    "其他 其它 其中 全国 全省 全市 全县 各级 各类 各个 各家 各镇 各乡镇 乡镇 镇街 村居 城乡 民间 慈善 "
    "爱心 文化 教育 培训 "
    "助学 救援 医疗 养老 中心 协会 商会 学会 基金 基金会 社工 专业 综合 政务 便民 就业 创业 企业 本地 当地 多家 "
    "地方 民办 公办 公立 幼教 文明 健身 体育 运动 科技 创新 这 该 本 我 某 各 此 每 两 一 几 多 新 老 "
    "小 大 县 市 区 镇 "
    "省 乡 村 家 个 所 间 支 名 所在 全体 县级 市级 省级 国家级 高等 中等 重点 示范 知名 著名 四好 五好 "
    "星级 等级 5A 4A 3A "
    "A 级 团体 群团 工青妇 主管 业务 政府 党委 机关 部门 民政 街道 等 之 类 十佳 义工 爱心人士 枢纽型 "
    "支持型 品牌 一流 现代 "
    "联合 共同 直属 下属 附属 分校 总部 职业 技工 技术 专科 希望 乡村 农村 山区 偏远 希望工程 高校 名牌 理想 母校 普通 "
    "活动中心 文化中心 老年 老人 青少年 儿童 妇女 残疾人 异地商会 行业商会 健康 康复 心理 法律 咨询 "
    "家庭 教会 首 家长 师范 系统 系统内 "
    "不少 许多 所有 任何 以上 上述 三 四 五 六 七 八 九 十 民营 国有 上市 外地 对口 定点 三甲 县内 市内 省内 国内"
).split()
_GENERIC_WORDS = re.compile("|".join(sorted(set(_GENERIC), key=len, reverse=True)))

VENUE_LIKE = re.compile(
    r"(?:会展|购物|市民|商业|行政|会议|体育|活动|展览|游客|购销|交易|物流|数据|指挥|调度|国际|广场|商务)中心$"
)


def kind_of(name):
    """The kind that the longest ending of `name` tells, "association" where none does."""
    match = ENDS_LIKE_A_NAME.search(name)
    if name.startswith(("共青团", "团")) and name.endswith(("委", "委员会")):
        return "mass_organization"
    return KIND_OF_ENDING[match.group()] if match else "association"


def is_everyday(name):
    """Whether `name` is made of everyday words only, as the aliases 促进会, 商会, 志愿者协会 are."""
    match = ENDS_LIKE_A_NAME.search(name)
    if match and KIND_OF_ENDING[match.group()] in ("government", "mass_organization"):
        return False
    rest = name[: match.start()] if match else name
    return bool(match) and not _GENERIC_WORDS.sub("", rest).strip()


def core_of(name):
    """What distinguishes `name`: without its ending and without everyday words."""
    match = ENDS_LIKE_A_NAME.search(name)
    return _GENERIC_WORDS.sub("", name[: match.start()] if match else name)
