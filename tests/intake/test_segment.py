"""Which lines of a printed page are headlines, which are text, and which of them belong together.

`read` gives, for each story, its headline, its byline and its paragraphs.
"""

import pytest

from newsletter.intake.parser.headlines import match_headlines
from newsletter.intake.parser.labels import without_furniture
from newsletter.intake.parser.lines import Line
from newsletter.intake.parser.reading.text import lines_of
from newsletter.intake.parser.segment import layout_of

# Three stories in columns of twelve, the first lines of paragraphs two shorter, with nothing else to tell them apart.
TIGHT = """\
茶叶协会开办采茶培训班
4月2日上午，县茶叶
协会在白鹭镇开办采茶培训
班，六十名茶农到场听课。
老师把修剪、采摘的
要领写成口诀，茶农们边念
边学，说这样记得牢。
书香读书会
送书进山村
书香读书会的会员日
前来到后塘村，送去童书三
百册，并陪孩子们读书。
会员们还为村里的阅
览室钉好了书架，约定每月
来一次，孩子们拍手叫好。
乒乓球比赛收拍
经过三天的比赛，县
乒乓球团体赛日前落下帷幕
，松浦商会代表队夺冠。
"""


def read(text):
    lines = without_furniture(lines_of(text))
    layout = layout_of(lines)
    matches = match_headlines(lines, layout)
    return [
        ([lines[number].text for number in match.lines] if match else [], body.byline, body.paragraphs)
        for body, match in zip(layout.bodies, matches, strict=True)
    ]


def titles(text):
    return [title for title, _byline, _paragraphs in read(text)]


def bylines(text):
    return [byline for _title, byline, _paragraphs in read(text)]


def test_the_width_of_the_column_tells_headlines_from_text():
    assert titles(TIGHT) == [["茶叶协会开办采茶培训班"], ["书香读书会", "送书进山村"], ["乒乓球比赛收拍"]]


def test_a_first_line_is_shorter_by_the_indent_that_was_lost():
    first, second, third = (paragraphs for _title, _byline, paragraphs in read(TIGHT))

    assert [text[:9] for text in first] == ["4月2日上午，县茶", "老师把修剪、采摘的"]
    assert [text[:9] for text in second] == ["书香读书会的会员日", "会员们还为村里的阅"]
    assert [text[:9] for text in third] == ["经过三天的比赛，县"]


def test_spaces_of_justification_do_not_make_a_line_too_wide_or_too_short():
    full = "协会在白鹭镇开办采茶培训 要领写成口诀，茶农们边念 前来到后塘村，送去童书三 览室钉好了书架，约定每月".split()
    spaced = TIGHT
    for line in full:
        spaced = spaced.replace(line, " ".join(line))

    assert titles(spaced) == titles(TIGHT)
    assert [len(paragraphs) for _title, _byline, paragraphs in read(spaced)] == [2, 2, 1]


def test_empty_lines_after_every_line_of_text_do_not_part_paragraphs():
    apart = TIGHT.replace("\n", "\n\n").replace("书香读书会\n\n送书", "书香读书会\n送书")

    assert [paragraphs for _title, _byline, paragraphs in read(apart)] == [
        paragraphs for _title, _byline, paragraphs in read(TIGHT)
    ]


def test_a_byline_may_be_printed_over_two_lines():
    text = TIGHT.replace("边学，说这样记得牢。\n", "边学，说这样记得牢。\n（通讯员 赵子衿 记者\n孙见微）\n")

    assert bylines(text) == ["通讯员 赵子衿 记者 孙见微", "", ""]
    assert read(text)[0][2][-1].endswith("记得牢。")


def test_a_dateline_may_be_printed_over_two_lines_and_is_no_part_of_the_text():
    text = TIGHT.replace(
        "4月2日上午，县茶叶\n协会在白鹭镇开办采茶培训\n班，",
        "本报讯（记者 赵子衿\n通讯员 孙见微） 县茶叶协\n会在白鹭镇开办采茶培训班，\n",
    )

    _title, byline, paragraphs = read(text)[0]
    assert byline == "记者 赵子衿 通讯员 孙见微"
    assert paragraphs[0] == "县茶叶协会在白鹭镇开办采茶培训班，六十名茶农到场听课。"


def test_a_line_of_credit_under_the_headline_signs_the_story():
    text = TIGHT.replace("收拍\n", "收拍\n本报记者 许立夏\n")

    assert bylines(text) == ["", "", "本报记者 许立夏"]
    assert titles(text) == titles(TIGHT)


def test_a_sentence_about_a_reporter_signs_nothing():
    text = TIGHT.replace("经过三天的比赛，县\n", "记者从县体育局了解到\n")

    assert bylines(text) == ["", "", ""]


def test_a_number_in_brackets_signs_nothing():
    assert [Line(text).byline for text in ("（一）", "(2)", "（茶协）")] == [None, None, "茶协"]


def test_the_number_of_an_activity_is_no_number_of_an_issue():
    lines = lines_of("的“新火课堂”第8期在柳湾镇文化礼堂开\n总第 58 期\n县报 第12期\n")

    assert [line.text for line in without_furniture(lines)] == ["的“新火课堂”第8期在柳湾镇文化礼堂开"]


# Headlines and their texts

FAR = """\
县茶叶协会在白鹭镇开办采茶培训班，六十名茶农到场听课。（茶协）
书香读书会来到后塘村，送去童书三百册。（叶青禾）
经过三天的比赛，县乒乓球团体赛落下帷幕。（乒协）
比赛落幕，县乒乓球协会
举行颁奖典礼

一缕清风

采茶培训班
开进白鹭镇
"""


def test_headlines_far_from_their_texts_are_found_by_their_words():
    assert titles(FAR)[0] == ["采茶培训班", "开进白鹭镇"]
    assert titles(FAR)[2] == ["比赛落幕，县乒乓球协会", "举行颁奖典礼"]


def test_a_headline_without_a_word_of_its_text_goes_to_the_text_that_has_none():
    assert titles(FAR)[1] == ["一缕清风"]


def test_a_line_that_shares_no_word_stays_with_its_headline():
    text = "寒冬里的坚守\n救援队搜救走失老人\n永不言弃\n" + TIGHT.split("\n", 1)[1].replace("县茶叶", "救援队")

    assert titles(text)[0] == ["寒冬里的坚守", "救援队搜救走失老人", "永不言弃"]


# Credits under headlines


@pytest.mark.parametrize(
    ("printed", "byline"),
    [
        ("本报记者 江 南", "本报记者 江 南"),
        ("本报通讯员 江南 记者 童 画", "本报通讯员 江南 记者 童 画"),
        ("□ 特约记者 欧阳澈", "特约记者 欧阳澈"),
        ("文/图 韦一诺", "文/图 韦一诺"),
        ("供稿：县乒乓球协会", "供稿：县乒乓球协会"),
        ("阚立新 摄影报道", "阚立新 摄影报道"),
        ("◎ 藏协", "藏协"),
        ("■ 县中医药学会 谷一帆", "县中医药学会 谷一帆"),
    ],
)
def test_a_credit_under_the_headline_is_the_byline_without_its_ornament(printed, byline):
    text = TIGHT.replace("收拍\n", f"收拍\n{printed}\n")

    assert bylines(text) == ["", "", byline]
    assert titles(text) == titles(TIGHT)


def test_a_credit_needs_no_indent_where_texts_have_one():
    lines = TIGHT.replace("收拍\n", "收拍\n本报记者 江 南\n").split("\n")
    starts = ("4月2日", "老师把", "书香读书会的", "会员们", "经过三天")
    text = "\n".join("　　" + line if line.startswith(starts) else line for line in lines)

    assert bylines(text) == ["", "", "本报记者 江 南"]
    assert titles(text) == titles(TIGHT)


def test_a_line_with_an_ornament_that_no_text_follows_is_a_headline():
    assert ["采茶培训班", "■ 开进白鹭镇"] in titles(FAR.replace("开进白鹭镇", "■ 开进白鹭镇"))


def test_a_headline_with_an_ornament_is_no_credit():
    text = TIGHT.replace("乒乓球比赛收拍", "■ 乒乓球比赛收拍")

    assert bylines(text) == ["", "", ""]
    assert titles(text)[2] == ["■ 乒乓球比赛收拍"]


def test_a_name_in_brackets_apart_signs_a_text_without_a_full_stop():
    assert Line("路线都记下了 （段一凡）").byline == "段一凡"
    assert Line("路线都记下了（段一凡）").byline is None
    assert Line("路线都记下了 （每周六上午出发）").byline is None
    assert Line("活动现场。（资料图片）").byline is None


# What is neither headline nor the beginning of a story

PASTED = """\
{}
4月2日上午，县茶叶协会在白鹭镇开办采茶培训班，六十名茶农到场听课，老师把修剪、采摘的要领写成口诀。

{}

{}

书香读书会送书进山村
书香读书会的会员日前来到后塘村，送去童书三百册，并陪孩子们读书，会员们还为村里的阅览室钉好了书架。
"""


def pasted(headline="茶叶协会开办采茶培训班", second="茶农们边念边学。", third="培训为期三天。"):
    return PASTED.format(headline, second, third)


def test_questions_and_answers_stay_in_their_story():
    first, second = read(pasted(second="问：最难的是什么？", third="答：天不亮就要上山。（协会会长 洪敏）"))

    assert first[2][1:] == ["问：最难的是什么？", "答：天不亮就要上山。"]
    assert second[0] == ["书香读书会送书进山村"]


def test_a_question_after_an_empty_line_is_no_headline():
    question = "问：最难的是什么？\n答：天不亮就要上山采\n茶，最难的是没有帮手。\n"
    text = TIGHT.replace("书香读书会\n送书", f"\n{question}\n书香读书会\n送书").replace(
        "乒乓球比赛收拍", "\n乒乓球比赛收拍"
    )

    assert titles(text) == titles(TIGHT)


def test_an_interview_goes_on_after_a_name_in_brackets():
    text = pasted(second="答：天不亮就要上山。（协会会长 洪敏）", third="问：最难的是什么？")

    assert read(text)[0][2][1:] == ["答：天不亮就要上山。（协会会长 洪敏）", "问：最难的是什么？"]


def test_whom_a_notice_is_for_is_its_first_paragraph():
    for text in (TIGHT, TIGHT.replace("培训班\n", "培训班\n\n", 1)):
        text = text.replace("培训班\n", "培训班\n各社会组织：\n", 1)

        assert titles(text) == titles(TIGHT)
        assert read(text)[0][2][0] == "各社会组织："


def test_the_last_words_of_a_notice_need_no_full_stop():
    text = TIGHT.replace("书香读书会\n送书", "逾期不报的，列入重点\n监管名单\n书香读书会\n送书")

    assert read(text)[0][2][-1] == "逾期不报的，列入重点监管名单"
    assert titles(text) == titles(TIGHT)


def test_an_exclamation_between_long_paragraphs_is_a_headline():
    text = (
        pasted(third="培训为期三天。（茶协）").replace("书香读书会送书进山村\n", "扇子舞起来！\n").replace("\n\n", "\n")
    )

    assert titles(text)[1] == ["扇子舞起来！"]


@pytest.mark.parametrize(
    "caption",
    [
        "图为活动现场。",
        "图为茶农们在一起。 童画 摄",
        "图为会场一角。（资料图片）",
        "图①：签到现场 图②：合影留念",
        "上图：听课。 车前子/摄",
    ],
)
def test_the_words_below_a_picture_belong_to_no_story(caption):
    assert read(pasted() + caption) == read(pasted())
    assert read(TIGHT.replace("书香读书会\n送书", f"{caption}\n书香读书会\n送书")) == read(TIGHT)


def test_a_caption_may_be_printed_over_two_lines():
    caption = "图为茶农们在听老师讲课。\n童画 摄\n"

    assert read(TIGHT.replace("书香读书会\n送书", f"{caption}书香读书会\n送书")) == read(TIGHT)


def test_words_below_a_picture_that_are_all_a_headline_has_are_its_text():
    text = TIGHT + "采茶忙\n图为茶农们在白鹭\n镇采茶。\n"

    assert read(text)[3] == (["采茶忙"], "", ["图为茶农们在白鹭镇采茶。"])
