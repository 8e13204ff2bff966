"""Whom a byline names: an organization or persons."""

import re

from newsletter.intake.parser.recognize.endings import ENDS_LIKE_A_NAME

_DUTY = re.compile(
    r"本[报刊](?:讯|通讯员|记者)?|特约|通讯员|见习|实习|记者|作者|编辑|文/图|图/文|文图|图文|摄影|供稿|供图|撰稿|来稿|整理|报道|[文图]\s*[/／:：]|[:：/／|]"
)
_BRACKETS = re.compile(r"^[（(\[【\s]+|[）)\]】\s]+$")
_SURNAMES = set(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊甄曲家封储靳段富巫乌焦巴弓牧谷车侯班仰秋仲伊宫宁仇栾甘厉戎祖武符刘景詹束龙叶幸司韶黎乔苍双闻莘党翟谭贡姬申扶冉宰雍桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎慕连茹习艾鱼容向古易慎戈廖终居衡步都耿满弘匡国文寇广禄阙东欧利师巩聂关肖付闫游"
)


def find_contributor(byline, index, proposer):
    """({"contributor_kind", "contributor"}, full name or "", proposed or not, start, end); an empty "
    "dict for no byline."""
    names = names_in_byline(byline)
    whole = _DUTY.sub("", _BRACKETS.sub("", byline)).strip()
    if not names:
        return {}, ""
    for name in [whole, *names]:
        known = index.names.get(name)
        if known:
            return {"contributor_kind": "organization", "contributor": known.full}, known.full
    for name in [whole, *names]:
        for start, misprint in index.misprints.find(name[:40]):
            if start == 0 and misprint.end == len(name):
                full = index.names[misprint.name].full
                return {"contributor_kind": "organization", "contributor": full}, full
        for start in range(min(len(name), 30)):
            longest = index.ends_at(name, start)
            if longest and len(longest[-1]) >= 4 and (start == 0 or name[:start] in ("我县", "供稿")):
                full = index.names[longest[-1]].full
                return {"contributor_kind": "organization", "contributor": full}, full
    if len(names) == 1 and not _is_person(names[0]) and len(names[0]) > 3 and ENDS_LIKE_A_NAME.search(names[0]):
        return {"contributor_kind": "organization", "contributor": proposer.full(names[0])}, ""
    return {"contributor_kind": "person", "contributor": "、".join(names)}, ""


def names_in_byline(byline):
    """The names of organizations and persons in a printed byline, without words of the trade, as a list."""
    text = _DUTY.sub(" ", _BRACKETS.sub("", byline))
    return _joined([name for name in re.split(r"[\s、，,;；]+", text) if name])


def _joined(names):
    """Two single characters in a row are one name printed with a space (王 芳)."""
    joined = []
    for name in names:
        if len(name) == 1 and joined and len(joined[-1]) == 1:
            joined[-1] += name
        else:
            joined.append(name)
    return joined


def _is_person(name):
    return 2 <= len(name) <= 3 and name[0] in _SURNAMES
