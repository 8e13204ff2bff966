import copy
import random
from collections import Counter

import pypdfium2
import pytest

from tests.intake.bench import compose
from tests.intake.bench.score import Count, Score, edit_distance, score, shared_characters, table, total
from tests.intake.bench.typeset import pdf_page
from tests.intake.bench.wrap import CLOSING, OPENING, width, wrap


@pytest.fixture
def page():
    return compose.page("seed-like")


@pytest.fixture
def result(page):
    return copy.deepcopy(page.stories)


def slow_distance(left, right):
    row = list(range(len(right) + 1))
    for i, char in enumerate(left, 1):
        above, row = row, [i]
        for j, other in enumerate(right, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (char != other)))
    return row[-1]


def slow_shared(left, right):
    row = [0] * (len(right) + 1)
    for char in left:
        above, row = row, [0]
        for j, other in enumerate(right, 1):
            row.append(above[j - 1] + 1 if char == other else max(above[j], row[-1]))
    return row[-1]


def test_fast_distances_equal_the_slow_ones():
    rng = random.Random(7)

    for _ in range(300):
        left, right = ("".join(rng.choices("县协会，。a", k=rng.randrange(80))) for _ in range(2))
        assert edit_distance(left, right) == slow_distance(left, right)
        assert shared_characters(left, right) == slow_shared(left, right)


def test_expected_stories_score_one_on_every_page():
    pages = [*compose.pages(), *compose.random_pages(20)]

    scores = [score(page.stories, copy.deepcopy(page.stories)) for page in pages]

    whole = total(scores)
    assert [whole.stories.f1, whole.title, whole.byline, whole.body, whole.paragraph] == [1.0] * 5
    for count in (whole.organizations, whole.dates, whole.awards, whole.amounts):
        assert (count.missed, count.false) == (0, 0)
        assert count.found > 20
    assert whole.remarks == []


def test_white_space_and_order_do_not_count(page, result):
    for story in result:
        story["title"] = [f" {line[:2]} {line[2:]}" for line in story["title"]]
        story["paragraphs"] = ["\n".join("".join(story["paragraphs"]))]

    score_ = score(page.stories, result[::-1])

    assert (score_.stories.f1, score_.title, score_.body) == (1.0, 1.0, 1.0)
    assert score_.paragraphs < len(result)


def test_wrong_title_costs_one_title_only(page, result):
    result[0]["title"] = result[0]["title"][::-1]

    wrong = score(page.stories, result)

    assert wrong.title == 7 / 8
    assert (wrong.stories.f1, wrong.byline, wrong.body) == (1.0, 1.0, 1.0)
    assert len(wrong.remarks) == 1


def test_title_on_one_line_instead_of_two_is_wrong(page, result):
    result[0]["title"] = ["".join(result[0]["title"])]

    assert score(page.stories, result).titles == 7


def test_byline_that_was_not_found_is_wrong_and_empty_equals_none(page, result):
    signed = next(story for story in result if story["byline"])
    unsigned = next(story for story in result if not story["byline"])
    signed["byline"], unsigned["byline"] = None, ""

    assert score(page.stories, result).bylines == 7


def test_merged_stories_are_two_missed_and_one_false():
    expected = [{"title": ["甲"], "paragraphs": ["一二三四五"]}, {"title": ["乙"], "paragraphs": ["六七八九十"]}]
    merged = [{"title": ["甲"], "paragraphs": ["一二三四五", "六七八九十"]}]

    counts = score(expected, merged)

    assert counts.stories == Count(found=0, missed=2, false=1)
    assert (counts.title, counts.byline, counts.body) == (0.0, 0.0, 1.0)


@pytest.mark.parametrize(("kept", "found"), [(8, 1), (7, 0)])
def test_story_matches_from_80_per_cent_of_both_bodies(kept, found):
    whole, part = [{"paragraphs": ["一二三四五六七八九十"]}], [{"paragraphs": ["一二三四五六七八九十"[:kept]]}]

    assert score(whole, part).stories.found == found
    assert score(part, whole).stories.found == found


def test_story_proposed_twice_is_found_once(page, result):
    counts = score(page.stories, [*result, copy.deepcopy(result[0])])

    assert counts.stories == Count(found=8, missed=0, false=1)


def test_body_is_measured_by_edit_distance(page, result):
    length = sum(len("".join("".join(story["paragraphs"]).split())) for story in page.stories)
    result[3]["paragraphs"][0] = result[3]["paragraphs"][0][3:] + "图为活动现场"

    counts = score(page.stories, result)

    assert counts.distance == 9
    assert counts.body == pytest.approx(1 - 9 / length)


def test_story_not_found_misses_its_facts_and_invented_one_has_false_ones(page, result):
    gone = result.pop(2)
    result.append({"title": ["无"], "paragraphs": ["无中生有"], "facts": {"organizations": ["某某协会", "某某商会"]}})

    counts = score(page.stories, result)

    assert counts.organizations.missed == len(gone["facts"]["organizations"])
    assert counts.organizations.false == 2


def test_facts_are_compared_by_the_keys_that_the_readme_names():
    story = {"title": ["一"], "paragraphs": ["正文"], "facts": {}}
    facts = {
        "organizations": ["甲商会", "乙协会"],
        "events": [
            {"type": "年会", "start": "2019-06-04", "part_of_day": "morning", "roles": {}},
            {"when_text": "日前"},
        ],
        "awards": [{"name": "先进", "year": 2018, "issuer": "丙局", "recipients": ["甲商会", "乙协会"]}],
        "amounts": [{"value": 2000, "unit": "CNY", "approximate": True, "text": "近2000元"}],
    }
    others = {
        "organizations": ["乙协会", "丁中心", "丁中心"],
        "events": [
            {"type": "会议", "start": "2019-06-04", "end": None, "part_of_day": "morning"},
            {"when_text": "近日"},
            {"type": "讲座"},
        ],
        "awards": [{"name": "优秀", "year": 2018, "issuer": "丙局", "recipients": ["乙协会", "甲商会"], "project": ""}],
        "amounts": [{"value": 2000.0, "unit": "CNY", "text": "2000元"}],
    }

    counts = score([{**story, "facts": facts}], [{**story, "facts": others}])

    assert counts.organizations == Count(found=1, missed=1, false=1)
    assert counts.dates == Count(found=1, missed=1, false=1)
    assert counts.awards == Count(found=1, missed=0, false=0)
    assert counts.amounts == Count(found=0, missed=1, false=1)
    assert counts.organizations.precision == counts.organizations.recall == 0.5


def test_total_adds_up_counts_not_rates():
    small, large = Score(Count(found=1, missed=1)), Score(Count(found=8))

    assert total([small, large]).stories.recall == 0.9


def test_table_has_a_row_per_page_and_a_total(page, result):
    lines = table({"甲": score(page.stories, result), "乙": score(page.stories, result[1:])}).splitlines()

    assert [line.split()[0] for line in lines if not line.startswith("-")] == ["page", "甲", "乙", "TOTAL"]
    assert "0.875" in lines[3]


def test_table_has_a_second_total_without_captioned_pages(page, result):
    lines = table({"甲": score(page.stories, result), "乙": score(page.stories, [])}, captioned={"乙"}).splitlines()

    assert lines[-2].split()[:2] == ["TOTAL", "16"]
    assert lines[-1].split()[:3] == ["NO", "CAPTIONS", "8"]


def test_empty_result_scores_nothing_and_raises_nothing(page):
    counts = score(page.stories, [])

    assert (counts.stories.recall, counts.title, counts.byline) == (0.0, 0.0, 0.0)
    assert "0.000" in table({"empty": counts})


def test_same_shape_is_the_same_page():
    assert [page.text for page in compose.random_pages(5, seed=3)] == [
        *(page.text for page in compose.random_pages(3, seed=3)),
        *(page.text for page in compose.random_pages(2, seed=6)),
    ]


def test_pages_have_many_shapes():
    pages = compose.pages()

    assert len({page.name for page in pages}) == len(pages) >= 30
    assert {3, 12} <= {len(page.stories) for page in pages}
    assert len(set(map(str, (page.text for page in pages)))) == len(pages)


def test_every_character_of_every_story_is_printed():
    for page in [*compose.pages(), *compose.random_pages(30)]:
        printed = "".join(page.text.split())
        for story in page.stories:
            assert "".join("".join(story["title"]).split()) in printed
            assert "".join("".join(story["paragraphs"]).split()) in printed
            assert "".join((story["byline"] or "").split()) in printed


@pytest.mark.parametrize("columns", range(9, 23))
def test_lines_keep_to_their_width_and_begin_with_no_closing_mark(columns):
    for edition in [*compose.editions(), *compose.editions("more-stories")]:
        for story in edition["stories"]:
            for text in story["paragraphs"]:
                lines = wrap(text, columns, indent=2)

                assert "".join("".join(lines).split()) == "".join(text.split())
                assert all(width(line) <= columns or width(line[:-1]) <= columns for line in lines)
                assert not any(line[0] in CLOSING or line[-1] in OPENING for line in lines)


def test_sheets_are_set_the_same_twice_and_hold_every_character():
    page, again = pdf_page("pdf-flow-two-pages"), pdf_page("pdf-flow-two-pages")

    assert page.pdf == again.pdf
    assert len(page.pdf) < 200_000
    with pypdfium2.PdfDocument(page.pdf) as document:
        printed = Counter("".join(leaf.get_textpage().get_text_bounded() for leaf in document))
        assert len(document) == 2
    for story in page.stories:
        assert not Counter("".join("".join([*story["title"], *story["paragraphs"]]).split())) - printed
