"""Two people edit one record: the second one sees both texts, decides, and nothing is lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from newsletter.articles.models import Article
from newsletter.records.history import versions_of
from tests import factories
from tests.desk.forms import Form, address, change_form, errors_of
from tests.desk.people import browser_of, chief_editor, editor

pytestmark = pytest.mark.django_db


def two_editors(obj):
    """The change forms of two editors who opened the same object."""
    return (
        change_form(browser_of(editor(name="陈编辑")), obj),
        change_form(browser_of(chief_editor(name="李总编")), obj),
    )


def differences(response):
    return {found.key: (found.saved, found.typed) for found in response.context["conflict"].differences}


def stored(article):
    return Article.objects.get(pk=article.pk)


def test_what_both_changed_is_shown_side_by_side_with_the_differences_marked():
    article = factories.draft_article(title="端午送粽子")
    first, second = two_editors(article)

    first.fill(title="端午前夕送粽子").save()
    response = second.fill(title="端午送温暖").post()

    assert errors_of(response)[""] == ["陈编辑 saved this while you were writing, so nothing was saved now."]
    assert differences(response) == {"title": ("端午<del>前夕送粽子</del>", "端午<ins>送温暖</ins>")}
    assert stored(article).title == "端午前夕送粽子"
    assert second.again(response).data["title"] == "端午送温暖"


@pytest.mark.parametrize(("decision", "title"), [("typed", "端午送温暖"), ("saved", "端午前夕送粽子")])
def test_the_second_decides_which_text_stays(decision, title):
    article = factories.draft_article(title="端午送粽子")
    first, second = two_editors(article)
    first.fill(title="端午前夕送粽子").save()

    page = second.again(second.fill(title="端午送温暖", subtitle="爱友在行动").post())
    page.fill(**{"_decide-title": decision}).save()

    assert (stored(article).title, stored(article).subtitle) == (title, "爱友在行动")
    titles = {version.field_dict["title"] for version in versions_of(article)}
    assert "端午前夕送粽子" in titles  # What was overwritten knowingly is in the history.


def test_what_only_the_other_one_changed_is_taken_over_without_a_question():
    article = factories.draft_article(title="端午送粽子", subtitle="旧副题", byline="扶苗")
    first, second = two_editors(article)
    first.fill(subtitle="新副题", date="2019-06-06", form=Article.Form.BRIEF).save()

    response = second.fill(title="端午送温暖").post()
    second.again(response).save()

    assert differences(response) == {}
    assert response.context["conflict"].taken == ["Form", "Subtitle", "Date"]
    now = stored(article)
    assert (now.title, now.subtitle, now.date, now.form) == ("端午送温暖", "新副题", factories.DAY, "brief")


def test_a_third_save_in_between_is_shown_again():
    article = factories.draft_article(title="端午送粽子")
    first, second = two_editors(article)
    first.fill(title="第一位").save()
    page = second.again(second.fill(title="第二位").post())
    change_form(first.client, article).fill(title="又是第一位").save()

    response = page.fill(**{"_decide-title": "typed"}).post()

    assert stored(article).title == "又是第一位"
    assert set(differences(response)) == {"title"}


def test_rows_that_only_one_of_them_changed_are_brought_together():
    article = factories.draft_article(title="端午送粽子")
    for number in (1, 2):
        factories.photo(article, caption=f"第{number}张", position=number)
    article.save()
    first, second = two_editors(article)
    first.fill(photos__0__caption="第一张，陈编辑改").save()
    added = factories.photo(article, caption="第三张", position=3)

    response = second.fill(photos__1__caption="第二张，李总编改").post()
    second.again(response).save()

    assert differences(response) == {}
    captions = [photo.caption for photo in article.photos.all()]
    assert captions == ["第一张，陈编辑改", "第二张，李总编改", added.caption]


def test_a_row_that_both_changed_is_decided_as_a_whole():
    article = factories.draft_article(title="端午送粽子")
    factories.photo(article, caption="第一张")
    article.save()
    first, second = two_editors(article)
    first.fill(photos__0__caption="陈编辑的说明").save()

    response = second.fill(photos__0__caption="李总编的说明").post()
    (key,) = differences(response)
    second.again(response).fill(**{f"_decide-{key}": "saved"}).save()

    assert article.photos.get().caption == "陈编辑的说明"


def test_a_row_that_the_other_one_took_away_comes_back_only_if_the_second_wants_it():
    article = factories.draft_article(title="端午送粽子", organizations=[factories.organization("龙港总商会")])
    article.save()
    for decision, role, count in (("typed", "contributor", 1), ("saved", "mentioned", 0)):
        article = stored(article)
        first, second = two_editors(article)
        first.fill(organization_links__0__DELETE="on").save()

        response = second.fill(organization_links__0__role=role).post()
        (key,) = differences(response)
        second.again(response).fill(**{f"_decide-{key}": decision}).save()

        assert article.organization_links.count() == count


def test_a_new_row_and_its_upload_are_kept_through_a_conflict():
    article = factories.draft_article(title="端午送粽子")
    first, second = two_editors(article)
    first.fill(subtitle="新副题").save()

    upload = SimpleUploadedFile("zongzi.jpg", factories.picture_file().read(), "image/jpeg")
    response = second.add_row("photos", caption="新照片", picture=upload).post()

    assert second.again(response).data["photos-0-caption"] == "新照片"


def test_an_object_whose_older_text_was_not_kept_asks_about_everything_that_differs():
    article = factories.draft_article(title="端午送粽子")
    versions_of(article).delete()
    first, second = two_editors(article)
    Article.objects.filter(pk=article.pk).update(subtitle="新副题", version=2)

    response = second.fill(title="端午送温暖").post()

    assert set(differences(response)) == {"title", "subtitle"}
    assert first


@pytest.mark.parametrize("read", [None, "", "0", "x", "1.5", "9" * 5000, "\u0661"])
def test_a_form_that_does_not_say_which_text_it_changes_is_shown_beside_what_is_stored(read):
    article = factories.draft_article(title="端午送粽子")
    form = change_form(browser_of(editor()), article).fill(title="端午送温暖", read_version=read)

    response = form.post()

    assert differences(response)["title"] == ("端午送<del>粽子</del>", "端午送<ins>温暖</ins>")
    assert stored(article).title == "端午送粽子"


def test_a_row_of_a_list_that_does_not_say_which_one_it_changes_is_not_saved():
    section = factories.section(position=1)
    form = Form(browser_of(editor()), address(section)).fill(form__0__position="7", form__0__read_version=None)

    form.post()

    section.refresh_from_db()
    assert section.position == 1


def test_typed_marks_are_escaped_in_the_comparison():
    article = factories.draft_article(title="端午")
    first, second = two_editors(article)
    first.fill(title="<b>甲</b>").save()

    response = second.fill(title="<script>乙</script>").post()

    assert "<script>乙" not in response.content.decode()
