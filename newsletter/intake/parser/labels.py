"""Lines that are neither headline nor text: section labels, and the furniture of a page."""

import re

SECTIONS = frozenset(
    "要闻 头条 简讯 短讯 快讯 动态 图说 图片新闻 公益 党建 荣誉 人物 专题 专版 副刊 通知 公告 "
    "综合 综合新闻 会员动态 商会动态 社会组织 社会组织动态 志愿服务 社区 关注 聚焦 基层 要闻简讯 "
    "活动预告 一句话新闻 信息 资讯 文化 来稿".split()
)

_FURNITURE = re.compile(
    r"""
    ^(?:
        第?\s*[0-9A-Z一二三四五六七八九十]{1,3}\s*版(?:[\s:：]*\S{0,8})?      # 第2版, 02版 要闻
      | [-—·\s]*\d{1,3}[-—·\s]*                                             # a page number
      | (?:本版|责任|本期)?\s*(?:责任)?编辑[\s:：].{0,40}
      | .{0,12}(?:校对|版式|排版|美编|组版|审读)[\s:：].{0,40}
      | (?:\d{4}\s*年\s*)?\d{1,2}\s*月\s*\d{1,2}\s*日\s*(?:星期.)?(?:\s*农历.{0,8})?(?:\s*第.{1,8}[期版])*
      | (?:\S{0,8}\s+)?(?:总|第|总第)\s*\d+\s*期(?:[\s（(·].{0,20})?         # the number of the issue
      | (?:投稿|联系|值班|新闻热线|热线)?(?:电话|邮箱|E-?mail|网址)[\s:：].{0,60}
      | (?:主办|承办|协办|编印|出版)(?:单位)?[:：].{0,40}
      | (?:内部资料|免费赠阅|准印证).{0,40}
    )$
    """,
    re.VERBOSE | re.IGNORECASE,
)

_CAPTION = re.compile(
    r"^[▲△▼▽↑↓←→\s（(【]*(?:图为|[上下左右]图(?=[:：为])|资料(?:图片|图|照片)|(?:图片|照片|图注|图)[\s一二三四五\d①-⑩]*[:：/])"
    r"|^.{2,40}(?:[\s。（(/][^\s。，]{2,4}\s*[\s/]\s*摄|供图)\s*[）)]?$"
)
# The end of a caption on a line of its own: who took the picture.
_PHOTOGRAPHER = re.compile(r"^(?:[^\s，。]{1,4}\s*[\s/]?)?\s*摄$|^[（(]?资料(?:图片|照片)[）)]?$")


def is_section(text, known=frozenset()):
    """Whether a line is a section label, of the house's own or of the usual ones, with or without ornaments."""
    name = section_name(text)
    return name in SECTIONS or name in known


def section_name(text):
    return re.sub(r"[\s●■◆▲★☆○□◇△【】\[\]〔〕·•|｜—\-]+", "", text)


def without_furniture(lines):
    """The lines that belong to stories: no date line, page number or editor line, and no masthead above such a line.

    Their photos go to the line above, or else below.
    """
    top = next((number for number, line in enumerate(lines[:5]) if is_furniture(line.text)), 0)
    if not all(line.width <= 12 and not line.ends_sentence for line in lines[:top]):
        top = 0
    kept, waiting = [], ()
    for number, line in enumerate(lines):
        if number >= top and not is_furniture(line.text):
            line.photos, waiting = (*waiting, *line.photos), ()
            kept.append(line)
        elif kept:
            kept[-1].photos += line.photos
        else:
            waiting += line.photos
    return kept


def is_caption(text):
    """Whether a line begins as the words below a picture do, or names its photographer."""
    return _CAPTION.search(text[:120]) is not None and len(text) <= 100


def is_photographer(text):
    return _PHOTOGRAPHER.match(text[:20]) is not None


def is_furniture(text):
    """Whether a line belongs to the page and to no story: date line, page number, editors, telephone."""
    return _FURNITURE.match(text.strip()) is not None
