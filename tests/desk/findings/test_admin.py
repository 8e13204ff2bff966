"""The page of findings between the button and the step, and the question beside a save that was refused."""

import re

import pytest

from newsletter.articles.models import Article
from newsletter.desk.models import PersonalDataConfirmation, WatchedWord
from tests import factories
from tests.desk.forms import Form, add_form, address, change_form, controls, messages_of
from tests.desk.people import browser_of, chief_editor, correspondent, editor

pytestmark = pytest.mark.django_db
CALL = "<p>报名电话13812345678，请在工作时间来电。</p>"
STOPS = "<p>活动结束。。</p>"


def findings_address(obj, step=""):
    return address(obj, "change").replace("/change/", "/findings/") + (f"?step={step}" if step else "")


def path_of(response):
    path = response.redirect_chain[-1][0] if response.redirect_chain else response.request["PATH_INFO"]
    return path


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", response.content.decode()))


def state(obj):
    obj.refresh_from_db()
    return obj.state


def tick(form, reason="本人同意公开"):
    """Tick every number and say why."""
    names = re.findall(r'name="confirm" value="(\w+)"', form.page.content.decode())
    form.data |= {"confirm": names, **{f"reason-{name}": reason for name in names}}
    return form


@pytest.mark.parametrize("step", ["submit", "publish"])
def test_a_step_with_findings_saves_the_text_and_shows_them_first(step):
    article, client = factories.draft_article(), browser_of(chief_editor())

    response = change_form(client, article).fill(body=STOPS).post("_step", step)

    assert path_of(response) == findings_address(article, step)
    assert "Text, paragraph 1" in text_of(response)
    assert (state(article), article.body) == ("draft", STOPS)


def test_a_step_without_findings_is_taken_at_once():
    article, client = factories.draft_article(), browser_of(chief_editor())

    change_form(client, article).post("_step", "publish")

    assert state(article) == "published"


def test_steps_away_from_readers_show_no_findings():
    article, client = factories.article_in_review(body=STOPS), browser_of(chief_editor())

    change_form(client, article).fill(_note="句号多了一个").post("_step", "send_back")

    assert state(article) == "draft"


def test_a_new_article_is_saved_before_its_findings_are_shown():
    response = add_form(browser_of(chief_editor()), Article).fill(title="端午", body=STOPS).post("_step", "publish")

    assert path_of(response) == findings_address(Article.objects.get(), "publish")


def test_advice_is_passed_over_by_one_press():
    article, chief = factories.draft_article(body=STOPS), chief_editor()

    response = Form(browser_of(chief), findings_address(article, "publish")).post()

    assert (state(article), article.published_by) == ("published", chief)
    assert path_of(response) == address(Article)


def test_the_note_beside_the_button_goes_with_the_step():
    article, client = factories.draft_article(body=STOPS), browser_of(chief_editor())
    asked = change_form(client, article).fill(_note="句号是有意的").post("_step", "publish")

    client.post(path_of(asked), controls(asked.content.decode()))

    assert [step.note for step in article.review_steps()] == ["句号是有意的"]


def test_a_number_goes_out_when_it_is_ticked_with_a_reason():
    article, chief = factories.draft_article(body=CALL), chief_editor(name="陈编辑")
    form = Form(browser_of(chief), findings_address(article, "publish"))
    assert "I, 陈编辑, have checked that 138****5678 may be published." in text_of(form.page)

    tick(form).post()

    assert state(article) == "published"
    (row,) = PersonalDataConfirmation.objects.all()
    assert (row.by, row.step, row.masked, row.reason) == (chief, "publish", "138****5678", "本人同意公开")


def test_a_number_that_is_not_ticked_stays_in():
    article = factories.draft_article(body=CALL)

    response = Form(browser_of(chief_editor()), findings_address(article, "publish")).post()

    assert state(article) == "draft"
    assert "138****5678" in messages_of(response)[0]


def test_a_tick_without_a_reason_is_asked_about_and_kept():
    article = factories.draft_article(body=CALL + "<p>或13987654321</p>")
    form = tick(Form(browser_of(chief_editor()), findings_address(article, "publish")), reason=" ")

    response = form.post()

    assert state(article) == "draft"
    assert PersonalDataConfirmation.objects.count() == 0
    assert text_of(response).count("Say why the number may be published.") == 2
    assert response.content.count(b" checked>") == 2


def test_a_refused_step_keeps_no_confirmation():
    article = factories.draft_article(body=CALL + "<p>或13987654321</p>")
    form = tick(Form(browser_of(chief_editor()), findings_address(article, "publish")))
    form.data["confirm"] = form.data["confirm"][:1]

    form.post()

    assert (state(article), PersonalDataConfirmation.objects.count()) == ("draft", 0)


def test_the_reviewer_reads_what_the_writer_confirmed_and_confirms_for_themselves():
    own = factories.organization()
    article = factories.draft_article(body=CALL, organizations=[own])
    writer, chief = correspondent(own, name="林通讯员"), chief_editor()
    tick(Form(browser_of(writer), findings_address(article, "submit")), "店主同意").post()
    assert state(article) == "review"

    form = Form(browser_of(chief), findings_address(article, "publish"))

    assert "Submitting · 林通讯员" in text_of(form.page)
    assert "店主同意" in text_of(form.page)
    tick(form).post()
    assert state(article) == "published"


def test_what_a_person_confirmed_once_is_not_asked_again():
    chief = chief_editor()
    article = factories.draft_article(body=CALL)
    client = browser_of(chief)
    tick(Form(client, findings_address(article, "submit"))).post()

    page = Form(client, findings_address(article, "publish"))

    assert b'name="confirm"' not in page.page.content
    page.post()
    assert state(article) == "published"


def test_a_text_that_was_changed_meanwhile_is_looked_at_again():
    article = factories.draft_article(body=STOPS)
    form = Form(browser_of(chief_editor()), findings_address(article, "publish"))
    article.body = "<p>老人的的笑容</p>"
    article.save()

    response = form.post()

    assert state(article) == "draft"
    assert "Somebody saved it since this page was opened" in messages_of(response)[0]
    assert "的的" in text_of(response)


def test_an_edition_is_published_with_the_numbers_of_its_stories_confirmed():
    story = factories.draft_article(body=CALL)
    edition, chief = factories.draft_edition(articles=[story]), chief_editor()
    form = Form(browser_of(chief), findings_address(edition, "publish"))
    assert story.title in text_of(form.page)

    tick(form).post()

    assert (state(edition), state(story)) == ("published", "published")
    assert PersonalDataConfirmation.objects.about(story).get().by == chief


def test_a_person_without_the_right_takes_no_step_here():
    article, client = factories.article_in_review(body=CALL), browser_of(editor())

    page = client.get(findings_address(article, "publish"))
    response = client.post(findings_address(article, "publish"), {"read_version": article.version})

    assert b"all the same" not in page.content
    assert response.status_code == 403
    assert state(article) == "review"


def test_a_correspondent_sees_only_what_is_theirs():
    client = browser_of(correspondent(factories.organization()))

    assert client.get(findings_address(factories.draft_article())).status_code == 404


# From a list.


def ticked(client, action, *chosen):
    return client.post(
        address(Article), {"action": action, "_selected_action": [one.pk for one in chosen]}, follow=True
    )


def confirm_page(client, response):
    """The form of the page that lists what was found in several."""
    form = Form(client, address(Article)).again(response)
    form.data["_selected_action"] = re.findall(r'name="_selected_action" value="(\d+)"', response.content.decode())
    return form


@pytest.mark.parametrize(("action", "after"), [("submit_selected", "review"), ("publish_selected", "published")])
def test_a_step_from_the_list_shows_what_was_found_in_each_and_is_taken_by_one_press(action, after):
    good, bad = factories.draft_article("好的"), factories.draft_article("标点重复的", body=STOPS)
    client = browser_of(chief_editor())

    page = ticked(client, action, good, bad)

    assert (state(good), state(bad)) == ("draft", "draft")
    assert "标点重复的 Probably wrong Text, paragraph 1" in text_of(page)
    confirm_page(client, page).post("_asked")
    assert (state(good), state(bad)) == (after, after)


def test_a_step_from_the_list_is_taken_at_once_where_nothing_was_found():
    good, client = factories.draft_article(), browser_of(chief_editor())

    ticked(client, "publish_selected", good)

    assert state(good) == "published"


def test_numbers_are_not_confirmed_for_many_at_once():
    good, bad = factories.draft_article("好的"), factories.draft_article("有号码的", body=CALL)
    client = browser_of(chief_editor())

    page = ticked(client, "publish_selected", good, bad)
    assert findings_address(bad, "publish") in page.content.decode()
    confirm_page(client, page).post("_asked")

    assert (state(good), state(bad)) == ("published", "draft")
    # Whoever leads the page's answer around it is told why it does not go out.
    data = {"action": "publish_selected", "_selected_action": [bad.pk], "_asked": "1"}
    response = client.post(address(Article), data, follow=True)
    assert state(bad) == "draft"
    assert any("有号码的" in message and "138****5678" in message for message in messages_of(response))


def test_a_text_that_was_changed_while_it_was_looked_at_does_not_go_out():
    bad, client = factories.draft_article("标点重复的", body=STOPS), browser_of(chief_editor())
    form = confirm_page(client, ticked(client, "publish_selected", bad))
    Article.objects.get(pk=bad.pk).save(by=editor())

    response = form.post("_asked")

    assert state(bad) == "draft"
    assert messages_of(response) == ["标点重复的：somebody changed it since you looked at it"]


def test_what_cannot_take_the_step_is_told_after_the_page():
    public, bad = factories.published_article(title="早已发布的"), factories.draft_article("标点重复的", body=STOPS)
    client = browser_of(chief_editor())

    response = confirm_page(client, ticked(client, "publish_selected", public, bad)).post("_asked")

    assert state(bad) == "published"
    assert "早已发布的：This is published already." in messages_of(response)


def test_the_form_of_a_text_says_how_much_there_is_to_look_at():
    article = factories.draft_article(body=STOPS)
    client = browser_of(editor())

    assert "1 thing to look at in the saved text" in text_of(client.get(address(article, "change")))
    article.body = "<p>活动结束。</p>"
    article.save()
    assert "to look at in the saved text" not in text_of(client.get(address(article, "change")))


# A new number in what is public.


def test_a_new_number_in_a_public_text_is_asked_about_beside_what_was_typed():
    article, chief = factories.published_article(body="<p>旧文。</p>"), chief_editor(name="陈编辑")
    client = browser_of(chief)

    refused = change_form(client, article).fill(body=CALL, title="新的标题").post()

    article.refresh_from_db()
    assert article.body == "<p>旧文。</p>"
    assert "138****5678" in text_of(refused)
    assert "I, 陈编辑, have checked that these numbers may be published, because:" in text_of(refused)
    typed = controls(refused.content.decode())
    assert (typed["title"], typed["body"]) == ("新的标题", CALL)

    client.post(address(article, "change"), {**typed, "_confirm-reason": "店主同意", "_save": "1"})

    article.refresh_from_db()
    assert (article.body, article.title) == (CALL, "新的标题")
    assert [(row.by, row.step, row.reason) for row in PersonalDataConfirmation.objects.all()] == [
        (chief, "save", "店主同意")
    ]


def test_a_photo_that_was_chosen_does_not_break_the_form_that_comes_again():
    article = factories.published_article()
    form = change_form(browser_of(chief_editor()), article)
    form.add_row("photos", picture=factories.picture_file(), picture_ppoi="0.5x0.5", caption="王芳13812345678")

    refused = form.post()

    assert "138****5678" in text_of(refused)
    assert article.photos.count() == 0
    assert controls(refused.content.decode())["photos-0-caption"] == "王芳13812345678"


# The list of words.


def test_editors_keep_the_list_of_words():
    add_form(browser_of(editor()), WatchedWord).fill(word=" 残废人 ", replacement="残疾人").save()

    assert WatchedWord.objects.get().word == "残废人"
