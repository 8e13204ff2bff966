"""What an editor types into a review and which buttons are pressed: each answer comes from the server."""

import pytest

from newsletter.articles.models import Article
from newsletter.intake.models import PageImport
from tests.desk.people import browser_of, editor
from tests.intake.printed import change, imported, story_of
from tests.intake.review_form import ReviewForm

pytestmark = pytest.mark.django_db

TITLES = ["龙港总商会获评“四好”商会", "义卖款送到孩子手中"]
HUGE = "9" * 30


@pytest.fixture
def client():
    return browser_of(editor())


@pytest.fixture
def form(client):
    return ReviewForm(client, imported())


def stored():
    return PageImport.objects.get().review["stories"]


# Deeds.


def test_what_is_typed_is_saved_clean(form):
    form.fill(story__1__title="\x00端午\r\n\r\n送粽\u202e ", story__1__byline=" 扶\x07苗\n", story__1__section="要闻")

    form.fill(story__1__paragraph=["一\r\n二", " "], story__1__form="brief").press()

    story = stored()[0]
    assert (story["title"], story["byline"], story["section"]) == (["端午", "送粽"], "扶苗", "要闻")
    assert (story["paragraphs"], story["form"]) == (["一", "二"], "brief")


def test_saving_an_untouched_review_changes_nothing(form):
    before = PageImport.objects.get()

    form.press()

    after = PageImport.objects.get()
    assert (stored(), after.result, after.version) == (before.review["stories"], before.result, 2)


def test_changed_text_is_recognized_anew(form):
    form.fill(story__1__paragraph="6月4日上午，海星公益中心举办健康讲座。").press()

    facts = stored()[0]["facts"]
    assert (facts["organizations"], facts["awards"]) == (["海星公益中心"], [])


def test_changed_date_is_reckoned_with_in_every_story(form):
    form.fill(date="2021-06-06").press()

    assert stored()[1]["facts"]["events"][0]["start"] == "2021-05-31"


def test_unticked_story_is_not_taken(form):
    form.fill(story__2__taken=[]).press()

    assert [story["taken"] for story in stored()] == [True, False]


def test_unticked_findings_are_dropped_and_can_be_taken_again(form):
    form.fill(story__2__finding=["0", "1"]).press()
    assert [kind for kind, _value in stored()[1]["dropped"]] == ["organization", "event", "amount"]
    assert form.data["story-2-finding"] == ["0", "1"]

    form.fill(story__2__finding=["0", "1", "2", "3", "4"]).press()

    assert stored()[1]["dropped"] == []


def test_kind_of_a_new_organization_is_chosen(form):
    names = form.data["new-name"]
    kinds = ["foundation" if name == "扶苗公益中心" else "chamber" for name in names]

    form.fill(new__kind=kinds).press()

    assert PageImport.objects.get().review["kinds"] == dict(zip(names, kinds, strict=True))
    assert form.data["new-kind"] == kinds


def test_story_is_split_where_the_button_stands(client):
    form = ReviewForm(client, change(imported(), paragraphs=["一。", "二。", "三。"]))

    form.fill(story__1__paragraph=["一。", " ", "二。", "三。"]).press("split:1:2")

    assert [story["paragraphs"] for story in stored()[:2]] == [["一。"], ["二。", "三。"]]
    assert [story["key"] for story in stored()] == [1, 3, 2]


def test_paragraph_becomes_headline_as_it_was_typed(form):
    form.fill(story__1__paragraph=["", "副题\r\n又一行", "正文。"]).press("title:1:1")

    assert (stored()[0]["title"], stored()[0]["paragraphs"]) == ([TITLES[0], "副题", "又一行"], ["正文。"])


def test_empty_paragraph_becomes_no_headline(form):
    form.fill(story__1__paragraph=["", "正文。"]).press("title:1:0")

    assert (stored()[0]["title"], stored()[0]["paragraphs"]) == (TITLES[:1], ["正文。"])


def test_joining_takes_what_was_typed_along_and_is_recognized(form):
    form.fill(story__2__title="新题").press("merge:2")

    (story,) = stored()
    assert "新题" in story["paragraphs"]
    assert [len(story["facts"][kind]) for kind in ("organizations", "events", "awards", "amounts")] == [4, 1, 1, 1]


@pytest.mark.parametrize("deed", ["up:2", "down:1"])
def test_story_moves(form, deed):
    form.press(deed)

    assert form.texts("title") == TITLES[::-1]


def test_headlines_change_places(form):
    form.press("swap:2")

    assert [story["title"] for story in stored()] == [[TITLES[1]], [TITLES[0]]]


def test_added_story_waits_for_its_words(form):
    response = form.post("add")
    assert response["Location"].endswith("#story-3")
    form.read(form.client.get(form.path)).fill(story__3__title="补遗", story__3__paragraph="扶苗公益中心举办讲座。")

    form.press()

    assert stored()[2]["title"] == ["补遗"]
    assert stored()[2]["facts"]["organizations"] == ["扶苗公益中心"]


def test_story_without_words_goes(form):
    form.fill(story__1__title="", story__1__paragraph=" ").press()

    assert [story["key"] for story in stored()] == [2]


def test_deed_without_the_texts_changes_them_and_recognizes_anew(form):
    form.client.post(form.path, {**place(form), "do": "title:2:0"})

    assert stored()[1]["paragraphs"] == []
    assert stored()[1]["title"][0] == TITLES[1]
    assert stored()[1]["facts"]["amounts"] == []


def place(form):
    names = ("read_version", "title", "number", "date", "page", "locality")
    return {name: form.data[name] for name in names}


def test_form_of_thirty_stories_is_saved(client):
    page_import = imported(
        "\n".join(
            story_of(f"海{letter}公益中心") for letter in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉天地玄黄宇宙洪荒日月"
        )
    )
    form = ReviewForm(client, page_import)
    assert len(form.texts("title")) == 30

    form.fill(story__30__title="最后一篇").press()

    assert (len(stored()), stored()[29]["title"]) == (30, ["最后一篇"])


# Two editors, and typing errors.


def test_second_editor_overwrites_nothing_and_keeps_what_was_typed(form):
    other = ReviewForm(browser_of(editor()), PageImport.objects.get())
    other.fill(story__1__title="先").press()

    response = form.fill(story__1__title="后", story__1__paragraph="后写的正文。").post()

    assert stored()[0]["title"] == ["先"]
    assert "Somebody else worked on this page" in response.content.decode()
    shown = form.read(response)
    assert (shown.data["story-1-title"], shown.data["story-1-paragraph"]) == (["后"], ["后写的正文。"])
    assert shown.post().status_code == 200
    assert stored()[0]["title"] == ["先"]


@pytest.mark.parametrize("deed", ["save", "merge:2", "split:2:0", "accept"])
def test_text_typed_into_a_story_that_a_colleague_joined_is_kept(form, deed):
    ReviewForm(browser_of(editor()), PageImport.objects.get()).press("merge:2")
    before = stored()

    response = form.fill(story__2__title="后").post(deed)

    assert "后" in form.read(response).texts("title")
    assert stored() == before
    assert not Article.objects.exists()


def test_post_without_a_version_saves_nothing(form):
    del form.data["read_version"]

    assert form.fill(story__1__title="后").post().status_code == 200
    assert stored()[0]["title"] == TITLES[:1]


@pytest.mark.parametrize(
    ("name", "value"), [("date", "2019-02-30"), ("date", ""), ("title", " "), ("page", "0"), ("page", HUGE)]
)
def test_wrong_field_stands_as_typed_and_nothing_is_saved(form, name, value):
    response = form.fill(**{name: value, "story__1__title": "新"}).post("accept")

    assert 'class="errorlist"' in response.content.decode()
    form.read(response)
    assert (form.data[name], form.data["story-1-title"]) == ([value], ["新"])
    assert stored()[0]["title"] == TITLES[:1]
    assert not Article.objects.exists()
