"""Word files as editors get them: what becomes a headline, text, a photo, a caption, and what is left out."""

import base64

import pytest

from newsletter.intake.parser.page import parse_page
from newsletter.intake.parser.reading.docx import read_docx
from tests.intake.bench import compose, score
from tests.intake.word import paragraph, part, picture, png, run, styles, table, text_box, word

TEXT = "9月1日上午，县登山协会在乌石镇举办登山比赛，来自各地的选手三百余人参加了活动，年龄最大的一位已经八十二岁。"
OTHER = "9月3日，县摄影家协会走进海星幼儿园，为孩子们拍下一张张笑脸，并送去书籍二百册，孩子们用自己画的画回赠叔叔阿姨。"

FIRST = [paragraph("登山协会举办比赛", size=22), paragraph(TEXT)]
SECOND = [paragraph("摄影家走进幼儿园", size=22), paragraph(OTHER)]


def texts(content):
    return [line.text for line in read_docx(content).lines]


def stories(*blocks, **options):
    """Title, number of paragraphs, and numbers of the photos of each story."""
    result = parse_page(word(*blocks, **options))
    return [("".join(one["title"]), len(one["paragraphs"]), one["photos"]) for one in result["stories"]]


LOOKS = {
    "heading": {"style": "Heading1"},
    "own style": {"style": "Big"},
    "large": {"size": 22},
    "bold": {"bold": True},
    "centred": {"centred": True},
    "plain": {},
}


@pytest.mark.parametrize("look", [*LOOKS, "mixed"])
def test_stories_are_found_however_their_headlines_look(look):
    edition = compose.editions()[0]
    blocks = []
    for number, story in enumerate(edition["stories"]):
        looks = LOOKS[[*LOOKS][number % len(LOOKS)] if look == "mixed" else look]
        size = 16 if looks == LOOKS["large"] else None
        *paragraphs, last = story["paragraphs"]
        signature = f"（{story['byline']}）" if story["byline"] else ""
        # Where looks do not tell, an empty line does.
        blocks += [paragraph()] * (look == "mixed") + [paragraph(title, **looks) for title in story["title"]]
        blocks += [paragraph(text, size=size, indent=24) for text in [*paragraphs, last + signature]]

    result = parse_page(word(*blocks, styles=styles(Heading1=("heading 1", 12), Big=("小标宋", 22))))

    found = score.score(edition["stories"], result["stories"])
    assert (found.stories.f1, found.byline, found.paragraph) == (1, 1, 1)
    assert found.title >= 0.9


@pytest.mark.parametrize("look", [*LOOKS][:-1])
def test_a_headline_is_told_by_its_look(look):
    content = word(
        paragraph("登山协会举办比赛", **LOOKS[look]),
        *[paragraph(TEXT)] * 3,
        styles=styles(Heading1=("heading 1", 10.5), Big=("小标宋", 22)),
    )

    assert [line.size for line in read_docx(content).lines] == [16, 10.5, 10.5, 10.5]


def test_a_headline_is_larger_than_the_text_below_it_and_not_than_any_other():
    blocks = [paragraph(TEXT, size=16), paragraph("摄影家走进幼儿园", size=14), paragraph(OTHER, size=10.5)]

    assert [line.size for line in read_docx(word(*blocks)).lines] == [10.5, 16, 10.5]


def test_text_in_large_type_under_a_headline_no_larger_says_nothing():
    blocks = [paragraph("登山协会举办比赛", size=16), paragraph(TEXT, size=16)]

    assert [line.size for line in read_docx(word(*blocks)).lines] == [None, None]


def test_a_section_label_is_no_headline_however_large():
    (label, headline, _text) = read_docx(word(paragraph("要闻", size=26), *FIRST)).lines

    assert (label.size, headline.size) == (None, 16)


def test_styles_that_stand_on_each_other_have_no_size():
    ring = styles(A=("甲", 10)).replace('<w:rPr><w:sz w:val="20"/></w:rPr>', '<w:basedOn w:val="A"/>')

    assert texts(word(paragraph(TEXT, style="A"), styles=ring)) == [TEXT]


def test_a_bold_subheading_of_a_large_headline_stays_in_the_text():
    blocks = [paragraph("登山协会举办比赛", size=22), paragraph(TEXT), paragraph("一、比赛经过", bold=True)]

    assert stories(*blocks, paragraph(OTHER)) == [("登山协会举办比赛", 3, [])]


def test_a_line_break_ends_a_line_but_not_the_look_of_the_paragraph():
    lines = read_docx(word(paragraph("登山协会\n举办比赛", size=22), paragraph(TEXT))).lines

    assert [(line.text, line.size) for line in lines] == [("登山协会", 16), ("举办比赛", 16), (TEXT, 10.5)]


def test_runs_of_a_paragraph_are_one_line_and_its_look_is_that_of_most_of_it():
    lines = read_docx(word(paragraph(run("9月1日", 22), run(TEXT[4:], 10.5)), *FIRST)).lines

    assert (lines[0].text, lines[0].size) == (TEXT, 10.5)


def test_an_empty_paragraph_is_a_gap_and_an_indent_is_told_in_characters():
    lines = read_docx(word(paragraph(TEXT), paragraph(), paragraph(OTHER, indent=21))).lines

    assert [(line.gap, line.indent) for line in lines] == [(False, 0), (True, 2)]


def test_tables_and_text_boxes_are_text():
    content = word(
        paragraph("开头", text_box(paragraph("框内一行"), paragraph("框内二行"))),
        table(["姓名", "奖项"], ["李小桐", "一等奖"]),
        table([TEXT, OTHER]),
    )

    assert texts(content) == ["开头", "框内一行", "框内二行", "姓名 奖项", "李小桐 一等奖", TEXT, OTHER]


def test_remarks_notes_deletions_and_contents_are_no_text():
    content = word(
        paragraph("登山协会举办比赛\t1", style="TOC1"),
        paragraph(
            TEXT[:10],
            '<w:del><w:r><w:delText>删去的话</w:delText></w:r></w:del><w:r><w:footnoteReference w:id="1"/></w:r>',
            '<w:ins><w:r><w:t>新添的话</w:t></w:r></w:ins><w:r><w:commentReference w:id="1"/></w:r>',
            '<w:r><w:instrText>HYPERLINK "http://127.0.0.1/"</w:instrText></w:r>',
            TEXT[10:],
        ),
        styles=styles(TOC1=("toc 1", 10.5)),
        comments=part("comments", f'<w:comment w:id="1">{paragraph("批注的话")}</w:comment>'),
        footnotes=part("footnotes", f'<w:footnote w:id="1">{paragraph("脚注的话")}</w:footnote>'),
        header1=part("hdr", paragraph("页眉的话")),
    )

    assert texts(content) == [TEXT[:10] + "新添的话" + TEXT[10:]]


def test_links_are_their_words():
    link = '<w:hyperlink r:id="bad"><w:r><w:t>点这里</w:t></w:r></w:hyperlink>'

    assert texts(word(paragraph("请", link, "报名"), links={"bad": "javascript:alert(1)"})) == ["请点这里报名"]


PHOTO = [paragraph(picture("p0"))]


@pytest.mark.parametrize(
    ("blocks", "first", "second"),
    [
        ([*PHOTO, *FIRST, *SECOND], [0], []),
        ([FIRST[0], *PHOTO, FIRST[1], *SECOND], [0], []),
        ([*FIRST, *PHOTO, *SECOND], [0], []),
        ([*FIRST, paragraph(), *PHOTO, paragraph(), *SECOND], [0], []),
        ([*FIRST, SECOND[0], *PHOTO, SECOND[1]], [], [0]),
        ([*FIRST, *SECOND, *PHOTO], [], [0]),
        ([*FIRST, paragraph(picture("p0"), "摄影家走进幼儿园", size=22), SECOND[1]], [], [0]),
        ([*FIRST, *SECOND, table([""]).replace("<w:p>", f"<w:p>{picture('p0')}", 1)], [], [0]),
        ([*FIRST, paragraph("简讯"), *PHOTO, *SECOND], [], [0]),
        ([*FIRST, *SECOND, paragraph("责任编辑：李小桐"), *PHOTO], [], [0]),
        ([paragraph(picture("p0"), "第3版"), *FIRST, *SECOND], [0], []),
    ],
    ids=range(11),
)
def test_a_photo_belongs_to_the_story_that_it_stands_in(blocks, first, second):
    assert stories(*blocks, pictures=[png()]) == [
        ("登山协会举办比赛", 1, first),
        ("摄影家走进幼儿园", 1, second),
    ]


def test_photos_are_kept_as_they_are_and_once():
    files = [png(1), png(2)]
    shown = [paragraph(picture("p1"), picture("p0")), paragraph(picture("p1"))]

    result = parse_page(word(*FIRST, *shown, *SECOND, pictures=files))

    assert [base64.b64decode(photo) for photo in result["photos"]] == [files[1], files[0]]
    assert [story["photos"] for story in result["stories"]] == [[0, 1], []]


def test_pictures_of_other_kinds_are_left_out():
    emf, gif, jpeg, webp = b"\1\0\0\0 EMF", b"GIF89a", b"\xff\xd8\xff\xe0JFIF", b"RIFF\0\0\0\0WEBPVP8 "
    shown = [paragraph(picture(f"p{number}")) for number in range(4)]

    assert read_docx(word(*FIRST, *shown, pictures=[emf, gif, jpeg, webp])).photos == [jpeg, webp]


@pytest.mark.parametrize(
    "words", ["图为比赛现场。", "▲图为比赛现场", "图：比赛现场", "选手们在登山（李小桐摄）", "比赛现场 县登山协会供图"]
)
def test_words_below_a_photo_are_its_caption_and_no_text(words):
    result = parse_page(word(*FIRST, *PHOTO, paragraph(words, centred=True), *SECOND, pictures=[png()]))

    assert result["captions"] == [words]
    assert [story["paragraphs"] for story in result["stories"]] == [[TEXT], [OTHER]]


def test_a_caption_may_stand_in_the_paragraph_of_its_photo():
    reading = read_docx(word(*FIRST, paragraph(picture("p0"), "\n图为比赛现场。"), *SECOND, pictures=[png()]))

    assert reading.captions == ["图为比赛现场。"]


@pytest.mark.parametrize("above", [[], [*PHOTO, paragraph(OTHER)]])
def test_the_same_words_without_a_photo_directly_above_are_text(above):
    reading = read_docx(word(*FIRST, *above, paragraph("图为比赛现场。"), pictures=[png()]))

    assert (reading.lines[-1].text, [*filter(None, reading.captions)]) == ("图为比赛现场。", [])


def test_a_caption_that_is_all_its_headline_has_is_the_text_of_a_photo_story():
    blocks = [paragraph("登山", size=22), *PHOTO, paragraph("图为县登山协会的选手在乌石镇登山。"), *SECOND]

    assert stories(*blocks, pictures=[png()]) == [("登山", 1, [0]), ("摄影家走进幼儿园", 1, [])]
