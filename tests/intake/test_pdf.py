"""Reading PDF pages: in which order their lines are read, and which files are refused."""

import io
import json
import subprocess
import sys
import time

import pytest
from PIL import Image

from newsletter.intake.parser.child import ParseFailed, parse_in_child
from newsletter.intake.parser.page import parse_page
from newsletter.intake.parser.reading import Refused
from newsletter.intake.parser.reading.pdf import read_pdf
from tests.intake import pdfs
from tests.intake.bench import score, typeset
from tests.intake.bench.__main__ import scores

FIRST = (
    "　春天来了，河边的柳树",
    "发了新芽，协会的志愿者",
    "沿河走了一遍，捡起落叶",
    "和纸片。大家都说，这样",
    "的活动要常办。",
)
SECOND = (
    "　商会昨天在会馆开了年",
    "会，到会的会员有六十多",
    "人。会长说，去年大家齐",
    "心，今年还要再进一步，",
    "把服务做细做好。",
)


def head(x, y, words, size=16):
    return f'put({x}, {y}, size: {size}, "{words}"); '


def column(x, y, rows):
    return f"column({x}, {y}, {', '.join(json.dumps(row, ensure_ascii=False) for row in rows)}); "


LEFT = head(20, 40, "柳树发芽") + column(20, 70, FIRST)
RIGHT = head(150, 40, "商会年会") + column(150, 70, SECOND)


def read(code):
    return read_pdf(pdfs.printed(f"#{{ {code} }}"))


def texts(code):
    return [line.text for line in read(code).lines]


def lines(*columns):
    return [line.strip("　") for column in columns for line in column]


BOTH = lines(["柳树发芽"], FIRST, ["商会年会"], SECOND)


def test_columns_are_read_one_after_the_other():
    assert texts(LEFT + RIGHT) == BOTH


def test_a_narrow_gap_of_eight_points_parts_columns():
    assert texts(LEFT + head(127, 40, "商会年会") + column(127, 70, SECOND)) == BOTH


def test_the_order_of_the_file_does_not_matter():
    letters = [
        f'put({20 + 9 * across}, {70 + 13.5 * down}, "{letter}"); '
        for down, row in enumerate(FIRST)
        for across, letter in enumerate(row.replace("　", "　　"))
    ]
    scattered = "".join(letter for step in range(7) for letter in letters[step::7])

    assert texts(RIGHT + scattered + head(20, 40, "柳树发芽")) == BOTH


def test_a_headline_over_two_columns_has_both():
    code = (
        head(20, 30, "沿河走来的志愿者年会", 22) + column(20, 70, FIRST[:4]) + column(150, 70, FIRST[4:] + SECOND[:3])
    )

    assert texts(code) == lines(["沿河走来的志愿者年会"], FIRST, SECOND[:3])


def test_headlines_beneath_their_texts_are_put_before_them():
    left = column(20, 40, FIRST) + head(20, 115, "柳树发芽") + column(20, 145, SECOND) + head(20, 220, "商会年会")

    assert texts(left) == BOTH


def test_headlines_side_by_side_are_two():
    above = head(20, 40, "春到柳树河边", 20) + head(150, 40, "商会年会", 20)

    assert texts(above + column(20, 70, FIRST) + column(150, 70, SECOND)) == lines(
        ["春到柳树河边"], FIRST, ["商会年会"], SECOND
    )


def test_stories_of_two_columns_stand_above_each_other():
    upper = head(20, 30, "沿河走来的志愿者年会", 22) + column(20, 70, FIRST[:3]) + column(150, 70, FIRST[3:])
    lower = head(20, 150, "商会在会馆开了年会啦", 22) + column(20, 190, SECOND[:3]) + column(150, 190, SECOND[3:])

    assert texts(lower + upper) == lines(["沿河走来的志愿者年会"], FIRST, ["商会在会馆开了年会啦"], SECOND)


def test_a_story_goes_on_at_the_top_of_the_next_column():
    beneath = head(20, 160, "商会年会") + column(20, 190, SECOND[:2])

    assert texts(LEFT + beneath + column(150, 40, SECOND[2:])) == BOTH


def test_a_story_goes_on_beneath_a_picture_without_its_caption():
    picture = "place(dx: 20pt, dy: 100pt, rect(width: 100pt, height: 60pt, fill: gray)); "
    picture += 'put(20, 164, size: 8, "图为活动现场。"); '
    code = head(20, 40, "柳树发芽") + column(20, 70, FIRST[:2]) + picture + column(20, 190, FIRST[2:])

    assert texts(code + RIGHT) == BOTH


def test_a_credit_to_the_right_belongs_to_the_last_line():
    printed = texts(LEFT + RIGHT + 'put(93, 124, "（柳某）"); put(240, 124, "（商）")')

    assert [line for line in printed if "（" in line] == ["的活动要常办。（柳某）", "把服务做细做好。（商）"]


def test_a_credit_to_the_right_follows_a_line_of_one_word():
    left = head(20, 40, "柳树发芽") + column(20, 70, [*FIRST[:4], "好。"]) + 'put(93, 137.5, "（柳某）"); '

    assert texts(left + RIGHT)[:7] == lines(["柳树发芽"], FIRST[:4], ["好。", "（柳某）"])


def test_letters_drawn_apart_are_closed():
    drawn = "".join(f'put({20 + 12 * number}, 97, "{letter}"); ' for number, letter in enumerate("沿河走了一遍捡起"))
    code = head(20, 40, "柳树发芽") + column(20, 70, FIRST[:2]) + drawn + column(20, 110.5, FIRST[3:])

    assert "沿河走了一遍捡起" in texts(code + RIGHT)


def test_letters_printed_twice_to_look_bold_are_read_once():
    assert texts(LEFT + RIGHT + head(20.3, 40, "柳树发芽")) == BOTH


def test_masthead_date_page_number_and_editors_are_left_out():
    above = head(20, 5, "某县社会组织", 20) + head(280, 14, "2019年6月6日　第3版", 7)
    beneath = head(20, 540, "责任编辑：某某", 7) + head(370, 540, "— 3 —", 7)

    assert texts(above + LEFT + RIGHT + beneath) == BOTH


def test_turned_and_tiny_text_is_left_out():
    turned = "place(dx: 300pt, dy: 100pt, rotate(90deg, text(size: 12pt)[广告])); "

    assert texts(LEFT + RIGHT + turned + head(300, 300, "微小文字", 3)) == BOTH


def test_a_story_flows_on_to_the_next_page():
    code = LEFT + head(150, 40, "商会年会") + column(150, 70, SECOND[:3]) + "pagebreak(); " + column(20, 40, SECOND[3:])

    reading = read(code)

    assert [line.text for line in reading.lines] == BOTH
    assert [line.page for line in reading.lines] == [0] * 10 + [1] * 2
    assert len(reading.pages) == 2


def test_lines_tell_where_they_stand_and_how_they_look():
    first, second, third, *_others = read(LEFT).lines

    assert (first.kind, first.size, first.block) == ("head", 16, 0)
    assert (second.kind, second.size, second.block, second.indent) == ("text", 9, 1, 2)
    assert third.indent == 0
    assert first.box == pytest.approx((0.05, 40 / 560, 84 / 400, 54 / 560), abs=0.02)
    assert all(0 <= side <= 1 for line in (first, second, third) for side in line.box)


def test_each_page_has_a_picture_to_look_at():
    (file,) = read(LEFT).pages

    with Image.open(io.BytesIO(file)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1400, 1960))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (pdfs.scanned, "scanned"),
        (pdfs.encrypted, "encrypted"),
        (pdfs.without_unicode, "unreadable_fonts"),
        (lambda: pdfs.printed(f"#{{ {LEFT} }}")[:-40], "damaged"),
        (lambda: pdfs.of_pages(3)[:-20], "damaged"),  # PDFium would mend it
        (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 9 + b"%%EOF", "damaged"),
        (lambda: pdfs.of_pages(17), "too_many_pages"),
        (lambda: pdfs.of_pages(1), "no_stories"),
    ],
    ids=["scanned", "encrypted", "fonts", "cut off", "nearly whole", "noise", "pages", "empty"],
)
def test_what_cannot_be_read_is_refused(content, code):
    with pytest.raises(Refused) as refused:
        parse_page(content())

    assert refused.value.code == code


def test_a_file_of_thousands_of_pages_is_refused_at_once():
    content, start = pdfs.of_pages(5000), time.monotonic()

    with pytest.raises(Refused):
        read_pdf(content)

    assert time.monotonic() - start < 0.5


def test_pages_of_the_bench_keep_their_scores():
    names = ["pdf-flow-5", "pdf-flow-two-pages", "pdf-blocks-5", "pdf-blocks-labels", "pdf-blocks-around"]

    total = score.total(scores([typeset.pdf_page(name) for name in names]).values())

    # A little below what was measured.
    assert total.stories.f1 >= 0.97
    assert total.title >= 0.95
    assert total.body >= 0.98


MEASURED = """
import resource, sys, time
from newsletter.intake.parser.child import parse_in_child
content, start = sys.stdin.buffer.read(), time.monotonic()
result = parse_in_child(content, {})
children = resource.getrusage(resource.RUSAGE_CHILDREN)
print(len(result["stories"]), len(result["pages"]), time.monotonic() - start, children.ru_maxrss / 1024)
"""


def test_the_confined_process_reads_a_page_in_two_seconds_and_two_hundred_megabytes():
    page = typeset.pdf_page("pdf-blocks-5")

    # A process counts the memory of the one that it was forked from: here a small one, not that of the tests.
    run = subprocess.run([sys.executable, "-c", MEASURED], input=page.pdf, capture_output=True, check=True)

    stories, pages, seconds, megabytes = map(float, run.stdout.split())
    assert (stories, pages) == (len(page.stories), 1)
    assert seconds < 2
    assert megabytes < 200


def test_the_confined_process_tells_why_a_file_is_refused():
    with pytest.raises(ParseFailed) as failed:
        parse_in_child(pdfs.encrypted(), {})

    assert failed.value.code == "encrypted"
