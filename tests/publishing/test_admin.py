"""What the admin pages of all publishables share: steps from the form, withdrawal, deleting, looking at a draft."""

import datetime

import pytest
from django.utils import timezone

from newsletter.articles.models import Article
from newsletter.publishing.languages import in_english
from tests import factories
from tests.desk.forms import add_form, address, change_form, errors_of, messages_of
from tests.desk.people import browser_of, chief_editor, editor

KINDS = {"article": "article", "event": "event", "award": "award", "edition": "edition", "page": "standing page"}


def made(state, kind, **values):
    return getattr(factories, f"{state}_{kind}" if state != "in_review" else f"{kind}_in_review")(**values)


def withdraw_page(obj):
    return f"{address(obj, 'withdraw')}?ids={obj.pk}"


def steps_on(client, obj):
    """The steps that the page of the object offers, and whether it offers to withdraw it."""
    page = client.get(address(obj, "change"))
    return page.context["steps"], bool(page.context["withdraw_url"])


# Steps from the form.


@pytest.mark.parametrize(
    ("state", "of_editor", "of_chief_editor"),
    [
        ("draft", (["submit"], False), (["submit", "publish"], False)),
        ("in_review", (["send_back"], False), (["publish", "send_back"], False)),
        ("scheduled", ([], False), (["unschedule"], False)),
        ("published", ([], False), ([], True)),
        ("withdrawn", (["submit"], False), (["submit", "publish"], False)),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_offers_the_steps_that_the_state_and_the_person_allow(db, kind, state, of_editor, of_chief_editor):
    obj = made(state, kind)

    assert steps_on(browser_of(editor()), obj) == of_editor
    assert steps_on(browser_of(chief_editor()), obj) == of_chief_editor


@pytest.mark.parametrize("kind", KINDS)
def test_saving_and_publishing_is_one_press_and_records_who_and_when(db, kind):
    obj, chief = made("draft", kind), chief_editor()

    response = change_form(browser_of(chief), obj).post("_step", "publish")

    obj.refresh_from_db()
    assert errors_of(response) == {}
    assert obj.is_published()
    assert (obj.published_by, obj.modified_by) == (chief, chief)
    assert timezone.now() - obj.first_public_at < datetime.timedelta(minutes=1)


def test_a_new_article_can_be_written_and_published_in_one_press(db):
    chief = chief_editor()

    add_form(browser_of(chief), Article).fill(title="端午送粽子", byline="扶苗").post("_step", "publish")

    article = Article.objects.get()
    assert (article.title, article.is_published(), article.published_by) == ("端午送粽子", True, chief)


def test_nothing_is_published_when_the_form_is_refused(db):
    article = factories.draft_article(title="原来的标题")

    response = change_form(browser_of(chief_editor()), article).fill(title="").post("_step", "publish")

    article.refresh_from_db()
    assert errors_of(response).keys() == {"title"}
    assert (article.title, article.state) == ("原来的标题", "draft")


def test_a_refused_step_says_why_and_keeps_what_was_typed(db):
    article = factories.published_article(title="原来的标题")

    response = change_form(browser_of(chief_editor()), article).fill(title="改过的标题").post("_step", "publish")

    article.refresh_from_db()
    assert "This is published already." in messages_of(response)
    assert article.title == "改过的标题"


def test_an_unknown_step_changes_nothing(db):
    article = factories.draft_article(title="原来的标题")

    response = change_form(browser_of(chief_editor()), article).fill(title="改过的标题").post("_step", "delete")

    article.refresh_from_db()
    assert response.status_code == 400
    assert (article.title, article.state) == ("原来的标题", "draft")


@pytest.mark.parametrize("kind", KINDS)
def test_an_editor_cannot_publish_by_posting_the_step(db, kind):
    obj = made("draft", kind)

    response = change_form(browser_of(editor()), obj).post("_step", "publish")

    obj.refresh_from_db()
    assert response.status_code == 403
    assert (obj.state, obj.first_public_at) == ("draft", None)


@pytest.mark.parametrize("kind", KINDS)
def test_an_editor_cannot_set_the_time_of_publishing(db, kind):
    obj = made("scheduled", kind)

    change_form(browser_of(editor()), obj).fill(publish_at_0="2019-01-01", publish_at_1="08:00").save()

    obj.refresh_from_db()
    assert obj.publish_at == factories.FUTURE


def test_publishing_with_a_time_to_come_schedules_and_can_be_undone(db):
    article, client = factories.draft_article(), browser_of(chief_editor())

    change_form(client, article).fill(publish_at_0="2199-01-02", publish_at_1="08:30").post("_step", "publish")
    article.refresh_from_db()
    assert timezone.localtime(article.publish_at).strftime("%Y-%m-%d %H:%M") == "2199-01-02 08:30"
    assert article.is_scheduled()

    change_form(client, article).post("_step", "unschedule")
    article.refresh_from_db()
    assert (article.state, article.first_public_at) == ("draft", None)


def test_a_scheduled_article_that_is_brought_forward_was_public_from_then_on(db):
    article = factories.scheduled_article()

    change_form(browser_of(chief_editor()), article).fill(publish_at_0="2019-06-06", publish_at_1="09:00").save()

    article.refresh_from_db()
    assert article.is_published()
    assert article.was_public()


# What is public stays complete: the form says so, not the database.


@pytest.mark.parametrize("kind", KINDS)
def test_the_time_of_what_is_public_cannot_be_emptied(db, kind):
    obj = made("published", kind)

    response = change_form(browser_of(chief_editor()), obj).fill(publish_at_0="", publish_at_1="").post()

    obj.refresh_from_db()
    assert response.status_code == 200
    assert errors_of(response).keys() == {"publish_at"}
    assert obj.publish_at == factories.PAST


@pytest.mark.parametrize("kind", KINDS)
def test_what_readers_have_seen_cannot_be_moved_into_the_future(db, kind):
    obj = made("published", kind)

    response = change_form(browser_of(chief_editor()), obj).fill(publish_at_0="2199-01-01").post()

    assert errors_of(response) == {
        "publish_at": ["Readers have seen this already. To take it back, withdraw it with a reason."]
    }


@pytest.mark.parametrize("kind", KINDS)
def test_the_time_of_what_is_scheduled_cannot_be_emptied(db, kind):
    obj = made("scheduled", kind)

    response = change_form(browser_of(chief_editor()), obj).fill(publish_at_0="", publish_at_1="").post()

    obj.refresh_from_db()
    assert response.status_code == 200
    assert errors_of(response).keys() == {"publish_at"}
    assert obj.publish_at == factories.FUTURE


# Withdrawing.


@pytest.mark.parametrize("kind", KINDS)
def test_withdrawing_takes_back_with_a_reason_that_readers_are_told(db, client, kind):
    obj, chief = made("published", kind), chief_editor()

    response = browser_of(chief).post(withdraw_page(obj), {"kind": "facts", "reason": "活动日期有误"}, follow=True)

    obj.refresh_from_db()
    assert messages_of(response) == [f"1 {KINDS[kind]} was withdrawn."]
    assert (obj.state, obj.withdrawn_by, obj.withdrawal_reason) == ("withdrawn", chief, "活动日期有误")
    gone = client.get(obj.get_absolute_url())
    assert gone.status_code == 410
    assert "活动日期有误" in gone.content.decode()


@pytest.mark.parametrize("reason", ["", "   ", "\u200b"])
def test_withdrawing_without_a_reason_is_refused(db, reason):
    article = factories.published_article()

    response = browser_of(chief_editor()).post(withdraw_page(article), {"kind": "facts", "reason": reason})

    article.refresh_from_db()
    assert response.status_code == 200
    assert article.state == "published"
    assert response.context["form"].errors.keys() == {"reason"}


def test_an_editor_cannot_withdraw(db):
    article = factories.published_article()

    response = browser_of(editor()).post(withdraw_page(article), {"kind": "facts", "reason": "活动日期有误"})

    article.refresh_from_db()
    assert (response.status_code, article.state) == (403, "published")


@pytest.mark.parametrize("ids", ["", "1;2", "x", "-1", "9" * 30, "1,,"])
def test_the_page_of_withdrawal_survives_damaged_addresses(db, ids):
    response = browser_of(chief_editor()).get(f"{address(Article, 'withdraw')}?ids={ids}")

    assert response.status_code in {200, 400}


# Deleting and looking.


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("state", ["published", "scheduled"])
def test_what_is_published_offers_no_delete_and_refuses_it(db, kind, state):
    obj, client = made(state, kind), browser_of(chief_editor())

    assert address(obj, "delete") not in client.get(address(obj, "change")).content.decode()
    assert client.post(address(obj, "delete"), {"post": "yes"}).status_code == 403
    obj.refresh_from_db()
    assert obj.state == "published"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_deleting_puts_in_the_trash(db, kind, state):
    obj, client = made(state, kind), browser_of(chief_editor())

    assert address(obj, "delete") in client.get(address(obj, "change")).content.decode()
    client.post(address(obj, "delete"), {"post": "yes"})

    obj.refresh_from_db()
    assert (obj.state, obj.trashed_from) == ("trashed", state)


@pytest.mark.parametrize("kind", KINDS)
def test_many_cannot_be_deleted_at_once(db, kind):
    obj = made("draft", kind)

    browser_of(chief_editor()).post(
        address(obj), {"action": "delete_selected", "_selected_action": [obj.pk], "post": "yes", "index": "0"}
    )

    assert type(obj).objects.filter(pk=obj.pk).exists()


@pytest.mark.parametrize("kind", KINDS)
def test_view_on_site_shows_a_draft_to_staff_and_not_to_readers(db, client, kind):
    obj, of_editor = made("draft", kind), browser_of(editor())

    assert f'href="{in_english(obj.get_absolute_url())}"' in of_editor.get(address(obj, "change")).content.decode()
    preview = of_editor.get(obj.get_absolute_url())
    assert (preview.status_code, preview.context["is_preview"]) == (200, True)
    assert client.get(obj.get_absolute_url()).status_code == 404
