"""A pasted block is split into briefs: title, text and byline each in its place, and no word of it lost."""

import random

import pytest

from newsletter.desk.briefs.splitting import LONGEST_PROPOSAL, Piece, propose_title, split, split_off_byline
from newsletter.records.text import bare

BOOKS = "6月1日，扶苗公益中心走进灵溪三小，为四十名留守儿童送去书包和童书。"
CHECKUP = "日前，爱友公益在龙港镇河底高村义诊，一百二十位老人量了血压。"
MEETING = "钱库商会5月31日召开年会，选出新一届理事会。"


def pieces(block, *names):
    return [(piece.title, piece.text, piece.byline) for piece in split(block, lambda words: words in names)]


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (f"{BOOKS}（扶苗）", [("", BOOKS, "扶苗")]),
        (f"{BOOKS} (扶苗)  ", [("", BOOKS, "扶苗")]),
        (f"　　{BOOKS}（ 扶苗 ）　", [("", BOOKS, "扶苗")]),
        (f"{BOOKS}（扶苗、王芳）", [("", BOOKS, "扶苗、王芳")]),
        (f"{BOOKS}（扶苗 王芳）", [("", BOOKS, "扶苗 王芳")]),
        (f"{BOOKS}\n（通讯员 王芳）", [("", BOOKS, "通讯员 王芳")]),
        (f"{BOOKS}（扶苗）\n{CHECKUP}（爱友）", [("", BOOKS, "扶苗"), ("", CHECKUP, "爱友")]),
        (f"{BOOKS}（扶苗）\r\n\r\n\r\n{CHECKUP}（爱友）\r\n", [("", BOOKS, "扶苗"), ("", CHECKUP, "爱友")]),
        (f"送书进校园\n{BOOKS}（扶苗）", [("送书进校园", BOOKS, "扶苗")]),
        (f"送书进校园\n\n{BOOKS}（扶苗）", [("送书进校园", BOOKS, "扶苗")]),
        (f"童心向阳\n扶苗送书进校园\n{BOOKS}（扶苗）", [("童心向阳\n扶苗送书进校园", BOOKS, "扶苗")]),
        (f"【送书进校园】{BOOKS}（扶苗）", [("送书进校园", BOOKS, "扶苗")]),
        (f"简讯\n{BOOKS}（扶苗）", [("", BOOKS, "扶苗")]),
        (f"{BOOKS}（扶苗）\n{CHECKUP}", [("", BOOKS, "扶苗"), ("", CHECKUP, "")]),
        (f"{BOOKS}\n{CHECKUP}（爱友）", [("", f"{BOOKS}\n{CHECKUP}", "爱友")]),
        ("", []),
        (" \r\n\n　\n", []),
    ],
)
def test_a_byline_in_brackets_ends_a_brief_and_a_short_line_above_is_its_title(block, expected):
    assert pieces(block) == expected


@pytest.mark.parametrize(
    "marks",
    [
        "1. 2.",
        "1、 2、",
        "1） 2）",
        "（1） （2）",
        "一、 二、",
        "（一） （二）",
        "① ②",
        "9. 10.",
        "十九、 二十、",
        "● ●",
        "■ ■",
        "◆ ◆",
    ],
)
def test_numbers_and_bullets_part_briefs_and_are_no_part_of_them(marks):
    first, second = marks.split()
    block = f"{first}送书进校园\n{BOOKS}\n{second}{CHECKUP}（爱友）"

    assert pieces(block) == [("送书进校园", BOOKS, ""), ("", CHECKUP, "爱友")]


def test_the_numbers_of_a_list_inside_a_brief_part_nothing():
    text = "钱库商会召开年会，议程如下：\n一、审议报告；\n二、选举理事。"

    assert pieces(f"1.{text}（商会）\n2.{CHECKUP}（爱友）") == [("", text, "商会"), ("", CHECKUP, "爱友")]
    assert pieces(f"{text}（商会）") == [("", text, "商会")]


def test_a_number_that_belongs_to_the_words_stays():
    assert pieces("3.5万元善款5月31日送到两户困难家庭。（扶苗）") == [
        ("", "3.5万元善款5月31日送到两户困难家庭。", "扶苗")
    ]


def test_wrapped_lines_are_joined_and_their_first_is_no_title():
    block = "五月三十一日中午蓝精灵幼儿园携手扶苗公\n益中心看望两户困难家庭送去义卖所得的善\n款和学习用品。（扶苗）"

    assert pieces(block) == [
        ("", "五月三十一日中午蓝精灵幼儿园携手扶苗公益中心看望两户困难家庭送去义卖所得的善款和学习用品。", "扶苗")
    ]


def test_a_byline_over_two_lines_is_one():
    assert pieces(f"{BOOKS}（通讯员\n王芳）\n{CHECKUP}（爱友）")[0] == ("", BOOKS, "通讯员 王芳")


def test_a_title_set_apart_begins_a_brief_where_the_one_above_has_no_byline():
    assert pieces(f"送书进校园\n{BOOKS}\n\n义诊进村\n{CHECKUP}（爱友）") == [
        ("送书进校园", BOOKS, ""),
        ("义诊进村", CHECKUP, "爱友"),
    ]


def test_brackets_without_a_stop_before_them_are_a_byline_only_where_they_hold_a_known_name():
    block = "扶苗公益中心端午送粽（扶苗）\n龙港镇举办插花讲座（第二期）"

    assert pieces(block, "扶苗") == [("", "扶苗公益中心端午送粽", "扶苗"), ("", "龙港镇举办插花讲座（第二期）", "")]
    assert len(pieces(block)) == 1


def test_a_single_text_gives_its_byline_and_no_title():
    assert split_off_byline(f"送书进校园\n{BOOKS}（扶苗）") == (f"送书进校园\n{BOOKS}", "扶苗")
    assert split_off_byline(BOOKS) == (BOOKS, "")
    assert split_off_byline("") == ("", "")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (BOOKS, "扶苗公益中心走进灵溪三小"),
        (CHECKUP, "爱友公益在龙港镇河底高村义诊"),
        (MEETING, "钱库商会5月31日召开年会"),
        ("近日扶苗公益中心举办讲座。", "扶苗公益中心举办讲座"),
        ("2019年6月7日至8日，爱心车队送考。", "爱心车队送考"),
        ("端午前夕，志愿者包粽子。", "志愿者包粽子"),
        ("日前，", "日前"),
        ("字" * 50, "字" * LONGEST_PROPOSAL),
        ("", ""),
        ("。", ""),
    ],
)
def test_the_title_proposed_is_the_first_clause_without_its_day(text, title):
    assert propose_title(text) == title


@pytest.mark.parametrize("seed", range(150))
def test_whatever_stands_between_them_the_same_briefs_come_out(seed):
    """Blocks put together at random: with titles or without, numbered or not, with any line ends and empty lines."""
    dice = random.Random(seed)
    briefs = [
        Piece(
            dice.choice(["", "送书进校园", "义诊进村 老人点赞", "百人献血忙"]),
            "\n".join(dice.sample([BOOKS, CHECKUP, MEETING], dice.randint(1, 3))),
            dice.choice(["扶苗", "爱友", "扶苗 王芳", "扶苗、爱友", "通讯员 李明"]),
        )
        for _number in range(dice.randint(1, 25))
    ]
    mark = dice.choice(["", "● ", "{}. ", "{}、", "（{}）", "◆"])
    bracket = dice.choice(["（{}）", "({})", " （{}） ", "\n（{}）"])
    end = dice.choice(["\n", "\r\n", "\n\n", "\r\n \r\n", "\n\n\n"])
    block = end.join(
        mark.format(number) + f"{brief.title}\n" * bool(brief.title) + brief.text + bracket.format(brief.byline)
        for number, brief in enumerate(briefs, 1)
    )

    assert split(block) == briefs


@pytest.mark.parametrize("seed", range(150))
def test_no_word_of_any_block_is_lost(seed):
    dice = random.Random(seed)
    parts = [BOOKS, CHECKUP, "送书进校园", "（扶苗）", "(王芳)", "字" * 40, *"（）【】，。\n 　", "\r\n\n"]
    block = "".join(dice.choices(parts, k=dice.randint(0, 30)))

    found = "".join(f"{piece.title}{piece.text}（{piece.byline}）" for piece in split(block))

    def words(text):
        return sorted(char for char in bare(text) if char not in "（）()【】")

    assert words(found) == words(block)
