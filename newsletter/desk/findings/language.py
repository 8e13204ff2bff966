"""Slips of the hand in Chinese text: punctuation, brackets that do not close, words set twice."""

import re

from django.utils.translation import gettext as _

from .finding import Severity, Spot

_HAN = "\u4e00-\u9fff"
_WIDE = rf"{_HAN}，。、；：！？”’》）〉】」』…—"
# A half-width mark leans on the Chinese character before it; one behind a number or a Latin word may belong to that.
_HALF = re.compile(
    rf"(?<=[{_WIDE}])[,;:!?](?!\d*/)|(?<=[{_HAN}])\.(?![A-Za-z0-9])|(?<=[{_HAN}])['\"]|['\"](?=[{_HAN}])"
)
_HALF_BRACKETS = re.compile(r"\([^()\n]{0,60}\)")
_ADDRESS = re.compile(r"(?:https?://|www\.)[\w./?=&%#:+~-]+|[\w.+-]+@[\w.-]+", re.A)
_DOUBLED_MARK = re.compile(r"[，、；：]{2,}|。{2,}|[，、；：]。|。[，、；：]")

_PAIRS = {"“": "”", "《": "》", "（": "）", "〈": "〉", "【": "】", "「": "」", "『": "』"}
_CLOSING = {closing: opening for opening, closing in _PAIRS.items()}
_NUMBERED = re.compile(r"(?:^|[^\w”》）])(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[A-Za-z])$")

# Small words that no sentence has twice in a row, and where two of them meet all the same (目的的, 为了了解).
_TWICE = re.compile(
    r"(?<!目)的的(?!确|士)|(?<![为除不得])了了(?![解却结断])|(?<![不总])是是(?!非|否)|(?<![现正实存所内])在在|(?<!共)和和(?!睦|气|美|平|谐)|"
    r"(?<!参)与与|(?<!以)及及(?!时)|(?<!首|成)都都(?!市)|(?<!然)而而|(?<!由|关|对|终)于于|(?<!用|改)将将|被被(?!子)|们们|也也|(?<!随|本|执|显|沿)着着"
)
_PHRASE = re.compile(rf"([{_HAN}]{{2,12}})\1|([{_HAN}，、]{{6,30}})\2")
# Two characters that stand twice in a row with good reason: deeds done a little (看看 of two syllables), manners, and
# nouns that are verbs, too (社会组织组织活动).
_MAY_STAND_TWICE = set(
    (
        "组织 代表 领导 指导 服务 教育 管理 研究 讨论 学习 商量 休息 放松 锻炼 了解 考虑 体验 "
        "感受 交流 打扫 收拾 整理 准备 帮助 照顾 关心 介绍 宣传 培训 计划 建设 慰问 调查 "
        "评审 编辑 导演 翻译 采访 报道 救援 援助 捐赠 资助 志愿 公益 关爱 支持 加油 努力 非常 "
        "特别 很多 许多 真的 慢慢 好好 谢谢 欢迎 恭喜 注意 放心 高兴 热闹 热乎 轻松 开心 快乐 "
        "舒服 漂亮 干净 来来 哗啦 叮咚 叮当 轰隆 滴答 扑通 呼噜 咕噜 咔嚓 噼啪 哈哈 嘻嘻 呵呵 "
        "哎呀 天天 人人 家家 年年 月月 日日 处处 时时 点点 滴滴 星星 爸爸 妈妈 爷爷 奶奶 等等 "
        "常常"
    ).split()
)


def find(text):
    """The `Spot`s of one text, at most one of a kind that comes in numbers."""
    yield from _half_width(text)
    marks = [match.span() for match in _DOUBLED_MARK.finditer(text)]
    if marks:
        yield Spot("doubled_mark", _("Punctuation marks stand twice."), tuple(marks), Severity.WARNING)
    twice = [match.span() for match in _TWICE.finditer(text)]
    twice += [match.span() for match in _PHRASE.finditer(text) if not _may_stand_twice(match)]
    if twice:
        yield Spot("doubled_words", _("This stands twice."), tuple(sorted(twice)), Severity.WARNING)


def _half_width(text):
    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    spans = [match.span() for match in _HALF.finditer(text)]
    spans += [
        match.span()
        for match in _HALF_BRACKETS.finditer(text)
        if re.search(f"[{_HAN}]", match.group()) or not match.group()[1:-1].strip()
    ]
    spans = sorted(span for span in spans if not any(start < span[1] and span[0] < end for start, end in addresses))
    if spans:
        # Where a bracket holds a comma both were found: the outer one tells enough.
        apart = [span for n, span in enumerate(spans) if not n or span[0] >= max(end for _start, end in spans[:n])]
        yield Spot("half_width", _("Half-width punctuation in Chinese text."), tuple(apart))


def _may_stand_twice(match):
    words = match[1] or match[2]
    if words == "活动":
        return match.string[match.end() : match.end() + 1] in set("筋手腿身胳")
    if words in _MAY_STAND_TWICE or words[0] in "一几每" or words[1] == "着" or len(set(words)) == 1:
        return True
    return len(words) == 4 and words[:2] == words[2:]


def find_unbalanced(texts):
    """(index of the text, `Spot`) for each bracket or quotation mark without its other half; `texts` are paragraphs.

    A quotation over several paragraphs opens anew in each of them and closes in the last.
    """
    open_marks = []  # (mark, index of its text, offset)
    for number, text in enumerate(texts):
        for at, mark in enumerate(text):
            if mark in _PAIRS:
                if at == 0 and mark == "“":
                    open_marks = [one for one in open_marks if one[0] != "“"]
                open_marks.append((mark, number, at))
            elif mark in _CLOSING:
                opened = next((one for one in reversed(open_marks) if one[0] == _CLOSING[mark]), None)
                if opened:
                    open_marks.remove(opened)
                elif mark != "）" or not _NUMBERED.search(text[:at]):
                    yield number, _unbalanced(at)
        # Only a quotation goes on in the next paragraph.
        for mark, start, at in open_marks:
            if mark != "“" or number + 1 == len(texts):
                yield start, _unbalanced(at)
        open_marks = [one for one in open_marks if one[0] == "“"]


def _unbalanced(at):
    return Spot("unbalanced", _("Its other half is missing."), ((at, at + 1),), Severity.WARNING)
