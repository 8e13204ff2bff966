"""The deeds with which an editor mends the parser's stories: pure functions on plain data."""

import copy

import pytest

from newsletter.intake import review
from newsletter.intake.review import add, cleaned, make_title, merge, move, review_of, split, swap_titles, text_of
from newsletter.records.text import bare

PRINTED = [{"text": text} for text in ("端午送粽", "志愿者看望老人。", "老人很高兴。（扶苗）")]


def story(key, **values):
    empty = {"title": [], "byline": "", "section": "", "paragraphs": []}
    facts = {"organizations": [], "events": [], "awards": [], "amounts": []}
    beside = {"facts": facts, "remarks": [], "new_organizations": [], "doubts": [], "lines": [], "photos": []}
    return {**empty, **beside, "key": key, "taken": True, "form": "article", "dropped": [], **values}


def two_stories():
    return [
        story(1, title=["端午送粽"], byline="扶苗", paragraphs=["志愿者看望老人。", "老人很高兴。"], lines=[0, 1, 2]),
        story(2, title=["护送考生"], byline="促进会", paragraphs=["车队接送考生。"], lines=[3, 4], photos=[0]),
    ]


def words_of(stories):
    return sorted("".join("".join([*one["title"], *one["paragraphs"], one["byline"]]) for one in stories))


def titles(stories):
    return [one["title"] for one in stories]


# Beginning.


def test_review_begins_with_everything_as_the_parser_proposes_it():
    found = {"stories": [{**two_stories()[0], "section": "要闻"}]}

    begun = review_of(found)

    assert begun["stories"][0].items() >= {"key": 1, "taken": True, "form": "article", "dropped": []}.items()
    assert begun["kinds"] == {}


@pytest.mark.parametrize(
    ("section", "paragraphs", "form"),
    [
        ("图说", ["一", "二"], "photo_story"),
        ("简讯", ["一"], "brief"),
        ("简讯", ["一", "二"], "article"),
        ("", ["一"], "article"),
    ],
)
def test_section_tells_the_usual_form(section, paragraphs, form):
    found = {"stories": [story(1, section=section, paragraphs=paragraphs)]}

    assert review_of(found)["stories"][0]["form"] == form


def test_texts_pass_the_gate_and_empty_lines_are_none():
    typed = story(1, title=["\x00端午", " "], byline=" 扶\n苗 ", paragraphs=["一\r\n\r\n二\u202e", "\t"])

    cleaned(typed)

    assert text_of(typed) == {"title": ["端午"], "byline": "扶 苗", "section": "", "paragraphs": ["一", "二"]}


def test_text_that_findings_depend_on_does_not_change_with_the_story():
    one = story(1, title=["端午送粽"], paragraphs=["一", "二"])
    before = text_of(one)

    make_title([one], 1, 0, 1)

    assert before["paragraphs"] == ["一", "二"]
    assert text_of(one) != before


# Splitting.


def test_splitting_makes_a_story_of_its_own_below():
    stories = two_stories()

    key = split(stories, 1, 1, PRINTED)

    assert key == 3
    assert [one["key"] for one in stories] == [1, 3, 2]
    assert [one["paragraphs"] for one in stories[:2]] == [["志愿者看望老人。"], ["老人很高兴。"]]


def test_byline_goes_with_the_lower_part():
    stories = two_stories()

    split(stories, 1, 1, PRINTED)

    assert [one["byline"] for one in stories] == ["", "扶苗", "促进会"]


def test_printed_lines_are_shared_by_where_their_words_went():
    stories = two_stories()

    split(stories, 1, 1, PRINTED)

    assert [one["lines"] for one in stories] == [[0, 1], [2], [3, 4]]


def test_line_that_runs_through_both_parts_stays_above():
    stories = two_stories()
    printed = [{"text": text} for text in ("端午送粽", "志愿者看望老人。老人", "很高兴。（扶苗）")]

    split(stories, 1, 1, printed)

    assert [one["lines"] for one in stories] == [[0, 1], [2], [3, 4]]


def test_lower_part_takes_section_form_and_dropped_findings_along():
    stories = [story(1, paragraphs=["一", "二"], section="简讯", form="brief", dropped=[["organization", "老人"]])]

    split(stories, 1, 1, PRINTED)

    assert (stories[1]["section"], stories[1]["form"], stories[1]["taken"]) == ("简讯", "brief", True)
    assert stories[1]["dropped"] == stories[0]["dropped"]
    assert stories[1]["dropped"] is not stories[0]["dropped"]


@pytest.mark.parametrize("place", [0, -1, 2, 10**30])
def test_nothing_is_split_where_one_part_would_be_empty(place):
    stories = two_stories()

    key = split(stories, 1, place, PRINTED)

    assert (key, stories) == (1, two_stories())


# Joining.


def test_merging_loses_no_word():
    stories = two_stories()
    before = words_of(stories)

    key = merge(stories, 2)

    assert (key, len(stories)) == (1, 1)
    assert words_of(stories) == sorted([*before, "（", "）"])


def test_second_title_and_first_byline_stay_as_printed():
    stories = two_stories()

    merge(stories, 2)

    assert stories[0]["title"] == ["端午送粽"]
    assert stories[0]["paragraphs"] == ["志愿者看望老人。", "老人很高兴。（扶苗）", "护送考生", "车队接送考生。"]
    assert stories[0]["byline"] == "促进会"


def test_merging_takes_the_one_title_byline_and_section_there_is():
    stories = [story(1, paragraphs=["一"]), story(2, title=["题"], byline="扶苗", section="要闻", paragraphs=["二"])]

    merge(stories, 2)

    assert text_of(stories[0]) == {"title": ["题"], "byline": "扶苗", "section": "要闻", "paragraphs": ["一", "二"]}


def test_byline_of_the_upper_story_stays_where_the_lower_has_none():
    stories = [story(1, title=["题"], byline="扶苗", paragraphs=["一"]), story(2, paragraphs=["二"])]

    merge(stories, 2)

    assert (stories[0]["byline"], stories[0]["paragraphs"]) == ("扶苗", ["一", "二"])


def test_bylines_of_stories_without_text_are_kept():
    stories = [story(1, title=["题"], byline="扶苗"), story(2, byline="促进会")]

    merge(stories, 2)

    assert (stories[0]["paragraphs"], stories[0]["byline"]) == (["（扶苗）"], "促进会")


def test_merging_joins_lines_photos_doubts_and_what_was_dropped():
    stories = two_stories()
    for one in stories:
        one |= {"doubts": ["没有找到标题"], "dropped": [["organization", one["byline"]]]}

    merge(stories, 2)

    assert (stories[0]["lines"], stories[0]["photos"]) == ([0, 1, 2, 3, 4], [0])
    assert stories[0]["doubts"] == ["没有找到标题"]
    assert stories[0]["dropped"] == [["organization", "扶苗"], ["organization", "促进会"]]


def test_what_was_split_is_joined_again():
    stories = two_stories()

    split(stories, 1, 1, PRINTED)
    merge(stories, 3)

    assert stories == two_stories()


def test_first_story_has_none_above_to_join():
    stories = two_stories()

    assert merge(stories, 1) == 1
    assert stories == two_stories()


# Order and headlines.


@pytest.mark.parametrize(("key", "step", "order"), [(2, -1, [2, 1]), (1, 1, [2, 1]), (1, -1, [1, 2]), (2, 1, [1, 2])])
def test_story_moves_but_not_over_an_end(key, step, order):
    stories = two_stories()

    assert move(stories, key, step) == key
    assert [one["key"] for one in stories] == order


def test_paragraph_becomes_the_last_line_of_the_headline():
    stories = two_stories()

    make_title(stories, 1, 1, 2)

    assert (stories[0]["title"], stories[0]["paragraphs"]) == (["端午送粽", "老人很高兴。"], ["志愿者看望老人。"])


@pytest.mark.parametrize(("first", "behind"), [(2, 3), (1, 1), (10**30, 10**30 + 1)])
def test_paragraph_that_is_not_there_becomes_no_headline(first, behind):
    stories = two_stories()

    assert make_title(stories, 1, first, behind) == 1
    assert stories == two_stories()


def test_headlines_change_places_and_are_doubted_no_longer():
    stories = two_stories()
    stories[0]["doubts"] = ["标题不太确定，请核对"]

    swap_titles(stories, 2)

    assert titles(stories) == [["护送考生"], ["端午送粽"]]
    assert stories[0]["doubts"] == []


def test_first_story_has_no_headline_above_to_change_with():
    stories = two_stories()

    assert swap_titles(stories, 1) == 1
    assert stories == two_stories()


# Adding.


def test_added_story_is_blank_last_and_has_a_key_of_its_own():
    stories = two_stories()

    key = add(stories)

    assert (key, stories[-1]) == (3, story(3))


def test_first_story_of_an_empty_page_can_be_added():
    stories = []

    assert add(stories) == 1
    assert bare("".join(stories[0]["paragraphs"])) == ""


@pytest.mark.parametrize("key", [0, 3, -1, 10**30, None])
@pytest.mark.parametrize(
    ("deed", "values"),
    [("split", (1, PRINTED)), ("merge", ()), ("move", (1,)), ("make_title", (0, 1)), ("swap_titles", ())],
)
def test_story_that_is_not_there_is_a_lookup_error(deed, values, key):
    stories = two_stories()
    before = copy.deepcopy(stories)

    with pytest.raises(LookupError):
        getattr(review, deed)(stories, key, *values)

    assert stories == before
