import random
import unicodedata
from html.parser import HTMLParser

import pytest

from newsletter.records.text import (
    bare,
    clean_line,
    clean_lines,
    clean_rich,
    is_storable,
    paragraphs_of,
    rich_from_paragraphs,
)

UNSTORABLE = [
    *("\x00", "\x01", "\x08", "\x0e", "\x1b", "\x1f", "\x7f", "\x80", "\x9f"),
    *("\ufeff", "\u200b"),
    *("\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"),
    *("\ud800", "\udbff", "\udc00", "\udfff"),
    *("\ufdd0", "\ufdef", "\ufffe", "\uffff", "\U0001ffff", "\U0010fffe"),
]
TAGS = {
    *("p", "br", "hr", "h2", "h3", "strong", "em", "u", "s", "sub", "sup", "blockquote"),
    *("ul", "ol", "li", "a", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"href", "title", "rel", "start", "colspan", "rowspan"}
HOSTILE = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<svg/onload=alert(1)>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<style>@import 'javascript:alert(1)'</style>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<img src=x onerror=alert(1)>",
    "<p onclick='alert(1)' style='position:fixed'>正文</p>",
    "<a href='javascript:alert(1)'>点我</a>",
    "<a href='JaVa&#9;Script:alert(1)'>点我</a>",
    "<a href='&#106;avascript:alert(1)'>点我</a>",
    "<a href='\x01javascript:alert(1)'>点我</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>点我</a>",
    "<a title='a>\u0338<img src=x onerror=alert(1)>'>点我</a>",
    "<p>\u0338<img src=x onerror=alert(1)></p>",
    "<p title='x'>&#824;<img src=x onerror=alert(1)></p>",
    "<a href='/x'>\u0338 onmouseover=alert(1) y='</a>'>点我</a>",
    "<p>&#8238;倒&#x202e;着&#0;写&#11;的&#xfeff;字&#xd800;</p>",
    "<p>&amp;#8238;</p>",
    "<p>e&#769;</p><p>e\u0301</p>",
    "<p>\x00<\x0bscript\u200b>alert(1)</\u200bscript></p>",
    "<<p></p>script>alert(1)<<p></p>/script>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<table><td><p></p><caption><script>alert(1)</script>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<p><p><p></p></p> &nbsp;<br></p>",
    "未闭合 <a href='/x'><strong>文字",
]


class _Parts(HTMLParser):
    def __init__(self, markup):
        super().__init__()
        self.tags, self.attributes, self.links = set(), set(), []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}
        self.links += [value for name, value in attrs if name == "href"]


def test_line_becomes_nfc():
    assert clean_line("Cafe\u0301") == "Caf\u00e9"


@pytest.mark.parametrize("character", UNSTORABLE, ids=ascii)
def test_unstorable_character_is_refused_in_addresses_and_dropped_from_texts(character):
    assert is_storable(f"龙港{character}镇") is False

    # By ascii(): pytest-xdist cannot report a lone surrogate.
    assert ascii(clean_line(f"龙港{character}镇")) == ascii("龙港镇")
    assert ascii(clean_lines(f"龙港{character}镇")) == ascii("龙港镇")
    assert ascii(clean_rich(f"<p>龙港{character}镇</p>")) == ascii("<p>龙港镇</p>")


@pytest.mark.parametrize("text", ["龙港镇", "第13个年头\n“5+3”\t工作法", "🐉", "👩\u200d👩", "𠮷", "é"], ids=ascii)
def test_ordinary_text_is_storable_and_kept(text):
    assert is_storable(text)
    assert clean_lines(text) == text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"], ids=ascii)
def test_line_ends_of_every_system_become_one(end):
    assert clean_lines(f"两支爱心车队{end}护送考生") == "两支爱心车队\n护送考生"
    assert clean_line(f"两支爱心车队{end}护送考生") == "两支爱心车队 护送考生"


def test_lines_lose_trailing_spaces_and_blank_ends_but_not_blank_lines_between():
    assert clean_lines("\n\n第一段 \u3000\n\n第二段\t\n\n") == "第一段\n\n第二段"


def test_line_has_neither_tabs_nor_spaces_at_its_ends():
    assert clean_line(" \u3000扶苗\t公益\n\n中心 ") == "扶苗 公益 中心"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("<script>alert(1)</script><p>正文</p>", "<p>正文</p>"),
        ('<p onclick="alert(1)" class="x" style="color:red">正文</p>', "<p>正文</p>"),
        ('<a href="javascript:alert(1)">点我</a>', '<a rel="noopener">点我</a>'),
        ('<a href="java&#10;script:alert(1)">点我</a>', '<a rel="noopener">点我</a>'),
        ('<a href="data:text/html,x">点我</a>', '<a rel="noopener">点我</a>'),
        ('<p>图<img src="x.jpg" onerror="alert(1)">文</p>', "<p>图文</p>"),
        ("<h1>大标题</h1><h2>小标题</h2>", "大标题<h2>小标题</h2>"),
        ("<p>一</p><p></p><p><br></p><p>&nbsp; </p><ul><li></li></ul><p>二</p>", "<p>一</p><ul></ul><p>二</p>"),
        ("<blockquote><p><br/></p></blockquote>", ""),
        ('<p class="MsoNormal"><span lang="EN-US">正文<o:p></o:p></span></p>', "<p>正文</p>"),
        ("<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]--><p>正文</p>", "<p>正文</p>"),
        ("<xml>Normal 0</xml><title>文档1</title><style>p{}</style><p>正文</p>", "<p>正文</p>"),
        (
            '<section data-tools="135"><section style="margin:0"><span>微信正文</span></section></section>',
            "微信正文",
        ),
        ("<p>数据：1 &lt; 2 &amp; 3</p>", "<p>数据：1 &lt; 2 &amp; 3</p>"),
        ("<p>\x00控\x0b制</p>", "<p>控\n制</p>"),
        ("<p>&#8238;倒&#x202E;写&#65279;</p>", "<p>倒写</p>"),
        ("<p>e&#769;</p>", "<p>é</p>"),
        ("", ""),
    ],
)
def test_rich_text_keeps_only_what_the_list_allows(given, kept):
    assert clean_rich(given) == kept


@pytest.mark.parametrize(
    "markup",
    [
        "<h2>小标题</h2><p><strong>粗</strong><em>斜</em><u>线</u><s>删</s>H<sub>2</sub>O<sup>2</sup><br>换行</p><hr>",
        '<ol start="3"><li><p>三</p></li></ol><ul><li>点</li></ul><blockquote><p>引文</p></blockquote>',
        '<p><a href="https://example.org/?a=1&amp;b=2" rel="noopener">链接</a></p>',
        '<p><a href="/articles/17/" title="旧闻" rel="noopener">站内</a></p>',
        '<p><a href="mailto:desk@example.org" rel="noopener">信</a><a href="tel:0577" rel="noopener">电话</a></p>',
        '<table><tbody><tr><th colspan="2">年</th></tr><tr><td rowspan="2">一</td><td>二</td></tr></tbody></table>',
    ],
)
def test_rich_text_of_the_editor_is_left_as_it_is(markup):
    assert clean_rich(markup) == markup


def test_composing_character_does_not_swallow_the_end_of_a_tag():
    cleaned = clean_rich("<p>\u0338 a='><img src=x onerror=alert(1)>'</p><p>正文</p>")

    assert _Parts(cleaned).attributes == set()
    assert _Parts(cleaned).tags <= {"p"}
    assert "正文" in cleaned


def check(markup):
    cleaned = clean_rich(markup)
    parts = _Parts(cleaned)
    assert (parts.tags - TAGS, parts.attributes - ATTRIBUTES) == (set(), set())
    assert [link for link in parts.links if "script:" in link.lower() or link.startswith("data:")] == []
    assert is_storable(cleaned), ascii(cleaned)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert ascii(clean_rich(cleaned)) == ascii(cleaned)


@pytest.mark.parametrize("markup", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_markup_becomes_harmless_and_stays_the_same_when_cleaned_again(markup):
    check(markup)


@pytest.mark.parametrize("seed", range(5))
def test_hostile_mixtures_become_harmless_and_stay_the_same_when_cleaned_again(seed):
    chance = random.Random(seed)
    pieces = [
        *HOSTILE,
        *UNSTORABLE,
        "<",
        ">",
        "\u0338",
        "&#824;",
        "'",
        '"',
        "=",
        "<p>",
        "</p>",
        "<br>",
        " ",
        "正文",
        "&",
    ]
    for _ in range(100):
        check("".join(chance.choices(pieces, k=6)))


@pytest.mark.parametrize("text", [*HOSTILE, *UNSTORABLE, "a\r\x00\n b", "\u2126\u1e9b\u0323"], ids=ascii)
def test_plain_text_stays_the_same_when_cleaned_again(text):
    lines, line = clean_lines(text), clean_line(text)

    assert ascii((clean_lines(lines), clean_line(line))) == ascii((lines, line))
    assert "\n" not in line


def test_paragraphs_survive_the_way_to_html_and_back():
    paragraphs = ["“5+3”工作法 <创新> & 实干", "6月4日下午，a < b。"]

    markup = rich_from_paragraphs(paragraphs)

    assert clean_rich(markup) == markup == ("<p>“5+3”工作法 &lt;创新&gt; &amp; 实干</p><p>6月4日下午，a &lt; b。</p>")
    assert paragraphs_of(markup) == paragraphs


def test_paragraphs_of_rich_text_are_its_blocks_without_markup():
    markup = "<h2>题</h2><p>一<br>二 <strong>粗</strong></p><p></p><ul><li>甲</li><li>乙</li></ul>"

    assert paragraphs_of(markup) == ["题", "一", "二 粗", "甲", "乙"]


def test_bare_text_has_no_white_space_of_any_kind():
    assert bare(" 扶苗\u3000公益\n中\u00a0心\t") == "扶苗公益中心"
