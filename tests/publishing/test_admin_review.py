"""Reviews in the admin: who is offered which step, what a change of an approved text leads to, and the record."""

import re

import pytest
from django.contrib import admin

from newsletter.articles.models import Article
from newsletter.publishing.models import ReviewStep
from newsletter.records.history import versions_of
from tests import factories
from tests.desk.forms import add_form, address, change_form, messages_of
from tests.desk.people import browser_of, chief_editor, correspondent, editor
from tests.publishing.kinds import HOUR

KINDS = ("article", "event", "award", "edition", "page")

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(settings):
    settings.REVIEWS = 3


def offered(person, obj):
    return browser_of(person).get(address(obj, "change")).context["steps"]


def passed(obj, count):
    obj.submit(by=editor())
    for _ in range(count):
        obj.approve(by=editor())
    return obj


def record_page(obj):
    return address(obj, "change").replace("/change/", "/record/")


# Steps.


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("count", "of_editor", "of_chief_editor"),
    [
        (0, ["approve", "send_back"], ["approve", "send_back"]),
        (1, ["approve", "send_back"], ["approve", "send_back"]),
        (2, ["send_back"], ["publish", "send_back"]),
    ],
)
def test_of_three_reviews_the_last_one_is_offered_to_those_who_may_publish(
    three, kind, count, of_editor, of_chief_editor
):
    obj = passed(getattr(factories, f"draft_{kind}")(), count)

    assert offered(editor(), obj) == of_editor
    assert offered(chief_editor(), obj) == of_chief_editor


def test_with_several_reviews_a_draft_is_submitted_not_published(three):
    assert offered(chief_editor(), factories.draft_article()) == ["submit"]

    response = add_form(browser_of(chief_editor()), Article).fill(title="端午送粽子").post("_step", "publish")

    assert "Its earlier reviews are not passed yet." in messages_of(response)
    assert Article.objects.get(title="端午送粽子").state == "draft"


def test_who_passed_one_review_is_told_that_the_next_is_anothers(three):
    article, reader = factories.article_in_review(), editor()
    article.approve(by=reader)

    assert offered(reader, article) == ["send_back"]
    response = change_form(browser_of(reader), article).post("_step", "approve")

    article.refresh_from_db()
    assert "another person's" in messages_of(response)[0]
    assert article.reviews_passed == 1


def test_an_editor_cannot_pass_the_final_review_by_posting_it(three):
    article = passed(factories.draft_article(), 2)

    response = change_form(browser_of(editor()), article).post("_step", "approve")

    article.refresh_from_db()
    assert (response.status_code, article.reviews_passed, article.state) == (403, 2, "review")


@pytest.mark.parametrize("step", ["approve", "send_back", "publish"])
def test_a_correspondent_takes_no_step_of_a_review(step):
    own = factories.organization()
    article = factories.article_in_review(organizations=[own])

    response = browser_of(correspondent(own)).post(address(article, "change"), {"_step": step, "_note": "请修改"})

    article.refresh_from_db()
    assert (response.status_code, article.state, article.version) == (403, "review", 1)


def test_the_note_of_a_step_is_kept_with_it(three):
    article, reader = passed(factories.draft_article(), 0), editor()

    change_form(browser_of(reader), article).fill(_note="标题已核\u200b ").post("_step", "approve")

    step = article.review_steps().last()
    assert (step.review, step.decision, step.by, step.note) == (1, "passed", reader, "标题已核")


def test_sending_back_without_words_is_refused_and_keeps_what_was_typed():
    article = factories.article_in_review(title="原来的标题")

    response = change_form(browser_of(editor()), article).fill(title="改过的标题").post("_step", "send_back")

    article.refresh_from_db()
    assert messages_of(response)[0].startswith("Say what must be mended")
    assert (article.state, article.title) == ("review", "改过的标题")


def test_the_writer_finds_the_words_on_the_page_of_the_draft():
    own = factories.organization()
    writer = correspondent(own)
    article = factories.article_in_review(organizations=[own], created_by=writer)

    change_form(browser_of(editor()), article).fill(_note="请核对人数").post("_step", "send_back")
    page = browser_of(writer).get(address(article, "change"))

    assert page.context["sent_back"].note == "请核对人数"
    assert "请核对人数" in page.content.decode()


def test_a_note_without_a_step_is_shown_again():
    article = factories.article_in_review()

    response = change_form(browser_of(editor()), article).fill(_note="请核对人数").save()

    assert any("请核对人数" in message for message in messages_of(response))


def test_a_note_survives_a_form_that_is_refused():
    article = factories.article_in_review()

    response = change_form(browser_of(editor()), article).fill(title="", _note="请核对人数").post("_step", "send_back")

    assert ">请核对人数</textarea>" in response.content.decode()


def choose(client, action, *objects):
    chosen = {"action": action, "_selected_action": [obj.pk for obj in objects], "index": "0"}
    return client.post(address(objects[0]), chosen, follow=True)


def test_many_pass_a_review_at_once_and_each_that_may_not_is_named(three):
    fresh, last, draft = (
        passed(factories.draft_article(), 0),
        passed(factories.draft_article(title="待终审"), 2),
        factories.draft_article(),
    )

    response = choose(browser_of(editor()), "approve_selected", fresh, last, draft)

    assert [*Article.objects.order_by("pk").values_list("reviews_passed", flat=True)] == [1, 2, 0]
    assert messages_of(response)[:2] == ["1 article was passed.", "待终审：you may not do this"]


def test_with_one_review_the_list_does_not_offer_to_pass_it_twice():
    form = browser_of(chief_editor()).get(address(factories.article_in_review())).context["action_form"]

    assert "approve_selected" not in dict(form.fields["action"].choices)


def test_nothing_is_sent_back_from_the_list_where_nobody_can_say_why():
    article = factories.article_in_review()

    choose(browser_of(chief_editor()), "send_back_selected", article)

    article.refresh_from_db()
    assert article.state == "review"


# A change of what was approved.


@pytest.mark.parametrize("kind", KINDS)
def test_an_editors_change_of_what_is_public_takes_it_off_the_site_until_it_is_reviewed(kind, client):
    obj, person = getattr(factories, f"published_{kind}")(), editor()
    field = "name" if hasattr(obj, "name") else "title"
    form = change_form(browser_of(person), obj)
    assert "Readers see this now." in form.page.content.decode()

    response = form.fill(**{field: "改过的标题"}).save()

    obj.refresh_from_db()
    assert (obj.state, obj.first_public_at) == ("review", factories.PAST)
    assert any("in review again" in message for message in messages_of(response))
    assert [(step.decision, step.by) for step in obj.review_steps()] == [("reopened", person)]
    answer = client.get(obj.get_absolute_url())
    assert (answer.status_code, answer.templates[0].name) == (404, "revised.html")
    assert "改过的标题" not in answer.content.decode()


def test_what_is_revised_leaves_lists_and_feeds_and_returns_when_it_is_passed(client):
    article = factories.published_article(title="端午送粽子")

    change_form(browser_of(editor()), article).fill(title="中秋送月饼").save()
    gone = [client.get(path).content.decode() for path in ("/", "/news/", "/feed/")]
    change_form(browser_of(chief_editor()), article).post("_step", "publish")
    back = client.get("/news/").content.decode()

    assert not any("送粽子" in page or "送月饼" in page for page in gone)
    assert "中秋送月饼" in back
    article.refresh_from_db()
    assert article.first_public_at == factories.PAST


def test_a_change_of_a_part_counts_as_much_as_one_of_the_text():
    article = factories.published_article(organizations=[factories.organization()])

    change_form(browser_of(editor()), article).fill(organization_links__0__role="mentioned").save()

    article.refresh_from_db()
    assert article.state == "review"


def test_an_editor_does_not_change_a_public_edition_unread_by_the_page_of_a_story():
    story = factories.draft_article()
    edition = factories.published_edition(articles=[factories.published_article(), story])

    change_form(browser_of(editor()), story).fill(edition_items__0__page="2").save()

    edition.refresh_from_db()
    assert edition.items.get(article=story).page == 2
    assert (edition.state, [step.decision for step in edition.review_steps()]) == ("review", ["reopened"])


def test_saving_a_story_leaves_its_public_edition_alone_where_its_place_stays():
    story = factories.draft_article()
    edition = factories.published_edition(articles=[story])

    change_form(browser_of(editor()), story).fill(title="改过的标题").save()

    edition.refresh_from_db()
    assert edition.state == "published"


def test_saving_without_a_change_leaves_it_public_and_is_not_recorded():
    article = factories.published_article(
        organizations=[factories.organization()], events=[factories.draft_event()], tags=[factories.tag()]
    )

    change_form(browser_of(editor()), article).fill(staff_note="只给同事看").save()

    article.refresh_from_db()
    assert (article.state, article.version) == ("published", 2)
    assert not ReviewStep.objects.exists()


def test_who_may_publish_changes_what_is_public_in_place_and_the_new_text_is_on_record():
    article, chief = factories.published_article(), chief_editor()
    form = change_form(browser_of(chief), article)
    assert "Readers see this now." not in form.page.content.decode()

    form.fill(title="改过的标题").save()

    article.refresh_from_db()
    step = article.review_steps().get()
    assert article.is_published()
    assert (step.decision, step.by, step.digest) == ("changed", chief, article.content_digest())


def test_the_change_and_the_new_review_are_one_revision_after_the_kept_first_one():
    article = factories.published_article()
    versions_of(article).delete()

    change_form(browser_of(editor()), article).fill(title="改过的标题").save()

    kept = [(version.field_dict["title"], version.field_dict["state"]) for version in versions_of(article)]
    assert kept == [("改过的标题", "review"), ("志愿者看望孤寡老人", "published")]


def test_a_change_of_what_is_scheduled_takes_it_off_the_schedule_as_if_it_had_not_been_published():
    article = factories.scheduled_article()

    change_form(browser_of(editor()), article).fill(title="改过的标题").save()

    article.refresh_from_db()
    assert (article.state, article.first_public_at, article.was_public(factories.FUTURE + HOUR)) == (
        "review",
        None,
        False,
    )


def test_a_reviewer_who_changes_and_passes_has_passed_the_first_review_of_the_new_text(three):
    article, reader = passed(factories.draft_article(), 1), editor()

    change_form(browser_of(reader), article).fill(title="改过的标题").post("_step", "approve")

    article.refresh_from_db()
    assert (article.state, article.reviews_passed) == ("review", 1)
    assert [step.decision for step in article.review_steps()][-2:] == ["reopened", "passed"]


def test_an_older_text_brought_back_by_an_editor_is_reviewed_again_too():
    article = factories.draft_article(title="原来的标题", date=factories.DAY)
    old = versions_of(article).first()
    article.title = "改过的标题"
    article.save()
    article.publish(by=chief_editor())

    browser_of(editor()).post(
        address(article, "history") + f"{old.pk}/restore/", {"read_version": article.version}, follow=True
    )

    article.refresh_from_db()
    assert (article.title, article.state) == ("原来的标题", "review")


def test_what_was_withdrawn_still_says_why_while_it_is_reviewed_again(client):
    article = factories.withdrawn_article(reason="活动日期有误")

    article.submit()

    answer = client.get(article.get_absolute_url())
    assert answer.status_code == 410
    assert "活动日期有误" in answer.content.decode()


def test_what_was_never_public_says_nothing_of_a_revision(client):
    answer = client.get(factories.article_in_review().get_absolute_url())

    assert (answer.status_code, answer.templates[0].name) == (404, "404.html")


# The record.


def test_the_record_says_who_passed_what_and_that_readers_see_that_text(three):
    article = passed(factories.draft_article(title="端午送粽子"), 2)
    chief = chief_editor(name="总编甲")
    article.approve(by=chief, note="已与单位核对")

    page = browser_of(editor()).get(record_page(article))

    (record,) = page.context["records"]
    content = page.content.decode()
    assert [step.decision for step in record["steps"]] == ["submitted", "passed", "passed", "published"]
    assert record["is_the_passed"]
    assert "已与单位核对" in content
    assert re.search(r"What readers see is the text that was passed on [-:0-9 ]+ \(总编甲\)", content)
    assert content.count(f">{article.content_digest()[:12]}<") == 5


def test_the_record_says_plainly_that_a_text_was_changed_past_the_review():
    article = factories.draft_article()
    article.publish(by=chief_editor())
    article.title = "改过的标题"
    article.save()

    content = browser_of(editor()).get(record_page(article)).content.decode()

    assert "What readers see is NOT the text that was passed" in content


def test_the_record_says_that_nothing_is_on_record_of_what_was_public_before():
    content = browser_of(editor()).get(record_page(factories.published_article())).content.decode()

    assert "no review of it is on record" in content


def test_the_record_of_an_edition_holds_those_of_its_stories_in_their_order():
    stories = [factories.draft_article(title=title) for title in ("头条", "二条")]
    edition = factories.draft_edition(articles=stories)
    edition.publish(by=chief_editor())

    records = browser_of(editor()).get(record_page(edition)).context["records"]

    assert [record["object"] for record in records] == [edition, *stories]
    assert [[step.decision for step in record["steps"]] for record in records] == [["published"], ["along"], ["along"]]


def test_the_record_of_an_edition_runs_the_same_queries_for_one_story_and_for_three(django_assert_num_queries):
    def published(count):
        stories = [factories.draft_article(organizations=[factories.organization()]) for _ in range(count)]
        edition = factories.draft_edition(articles=stories)
        edition.publish(by=chief_editor())
        return record_page(edition)

    client, of_one, of_three = browser_of(editor()), published(1), published(3)
    client.get(of_one)
    with django_assert_num_queries(100, exact=False) as one:
        client.get(of_one)

    with django_assert_num_queries(len(one)):
        client.get(of_three)


def test_a_correspondent_reads_the_record_of_their_own_articles_only():
    own = factories.organization()
    mine = factories.draft_article(organizations=[own])
    of_others = factories.draft_article(organizations=[factories.organization()])
    client = browser_of(correspondent(own))

    assert client.get(record_page(mine)).status_code == 200
    assert client.get(record_page(of_others)).status_code == 302


def test_the_steps_of_a_review_are_no_page_of_the_admin():
    assert ReviewStep not in admin.site._registry
    assert ReviewStep._meta.default_permissions == ()
