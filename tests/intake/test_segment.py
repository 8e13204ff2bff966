"""Which lines of a printed page are headlines, which are text, and which of them belong together.

`read` gives, for each story, its headline, its byline and its paragraphs.
"""

from newsletter.intake.headlines import match_headlines
from newsletter.intake.labels import without_furniture
from newsletter.intake.lines import Line
from newsletter.intake.reading.text import lines_of
from newsletter.intake.segment import layout_of

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
