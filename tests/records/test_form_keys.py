"""One opened form is saved once, however often it is sent."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from newsletter.articles.models import Article, Section
from newsletter.desk.roles import grant_permissions
from newsletter.events.models import Event
from newsletter.records.models import FormKey
from tests import factories
from tests.desk.forms import add_form, address, change_form, errors_of, messages_of
from tests.desk.people import browser_of, chief_editor, editor

CHANGE = "/admin/articles/article/{}/change/"


def test_the_second_of_two_clicks_is_answered_with_what_the_first_made(db):
    form = add_form(browser_of(editor()), Article).fill(title="端午送粽子")

    first, second = form.post(), form.post()

    [article] = Article.objects.all()
    assert [first.redirect_chain, second.redirect_chain] == [[("/admin/articles/article/", 302)]] * 2
    assert CHANGE.format(article.pk) in messages_of(second)[0]


@pytest.mark.parametrize("button", ["_save", "_continue", "_addanother"])
def test_the_second_answer_leads_where_the_button_leads(db, button):
    form = add_form(browser_of(editor()), Article).fill(title="端午送粽子")

    assert form.post(button).redirect_chain == form.post(button).redirect_chain


def test_a_second_click_takes_no_second_step(db):
    factories.organization("苍南县扶苗公益服务中心", alias=["扶苗"])
    form = add_form(browser_of(chief_editor()), Article).fill(title="端午送粽子", byline="扶苗")

    form.post("_step", "publish")
    second = form.post("_step", "publish")

    [article] = Article.objects.all()
    assert (article.is_published(), article.version) == (True, 2)
    assert {message.level_tag for message in second.context["messages"]} == {"success"}


def test_a_second_click_in_a_popup_gives_the_choice_to_the_window_behind_it(db):
    form = add_form(browser_of(editor()), Section).fill(name="深度", _popup="1")

    first, second = form.post(), form.post()

    assert Section.objects.filter(name="深度").count() == 1
    assert second.context["popup_response_data"] == first.context["popup_response_data"]


def test_a_second_click_on_a_change_is_no_conflict_with_oneself(db):
    article = factories.draft_article()
    form = change_form(browser_of(editor()), article).fill(title="端午送粽子")

    form.save()
    second = form.post()

    article.refresh_from_db()
    assert (errors_of(second), article.version) == ({}, 2)


def test_a_form_that_was_refused_can_be_sent_again(db):
    form = add_form(browser_of(editor()), Article)

    refused = form.post()
    assert errors_of(refused).keys() == {"title"}
    assert refused.context["form_key"] == form.data["form_key"]

    form.fill(title="端午送粽子").save()
    assert Article.objects.count() == 1


def test_what_was_changed_after_the_first_save_is_not_lost_and_makes_nothing_unasked(db):
    """As when somebody goes back to the form of a saved article, and writes on."""
    form = add_form(browser_of(editor()), Article).fill(title="端午送粽子")
    form.save()

    response = form.fill(title="中秋送月饼").post()
    assert Article.objects.count() == 1
    assert errors_of(response)[""][0].startswith("This form was saved once already")
    assert "中秋送月饼" in response.content.decode()

    form.fill(form_key=response.context["form_key"]).save()
    assert [*Article.objects.order_by("pk").values_list("title", flat=True)] == ["端午送粽子", "中秋送月饼"]


def test_the_key_of_another_person_is_of_no_use(db):
    form = add_form(browser_of(editor()), Article).fill(title="端午送粽子")
    form.save()

    theirs = add_form(browser_of(editor()), Article).fill(title="端午送粽子", form_key=form.data["form_key"])
    theirs.save()

    assert Article.objects.count() == 2


def test_a_key_of_another_kind_of_form_makes_nothing_and_says_so(db):
    client = browser_of(editor())
    form = add_form(client, Section).fill(name="深度")
    form.save()

    response = add_form(client, Article).fill(title="端午送粽子", form_key=form.data["form_key"]).post()

    assert (Article.objects.count(), errors_of(response).keys()) == (0, {""})


def test_the_same_form_again_after_its_object_is_deleted_makes_no_new_one(db):
    form = add_form(browser_of(editor()), Section).fill(name="深度")
    form.save()
    Section.objects.get(name="深度").delete()

    response = form.post()

    assert not Section.objects.filter(name="深度").exists()
    assert "doesn’t exist" in messages_of(response)[0]


@pytest.mark.parametrize("damage", ["", "1", "x" * 500, "%00"])
def test_a_damaged_key_stops_nobody_from_saving(db, damage):
    add_form(browser_of(editor()), Article).fill(title="端午送粽子", form_key=damage).save()

    assert Article.objects.count() == 1


def test_who_may_not_add_uses_up_no_key(db):
    client = browser_of(factories.staff(permissions=["articles.view_article"]))

    response = client.post(address(Article, "add"), {"title": "端午送粽子", "form_key": str(uuid4())})

    assert (response.status_code, FormKey.objects.count()) == (403, 0)


def test_keys_are_forgotten_after_thirty_days(db):
    client = browser_of(editor())
    add_form(client, Section).fill(name="深度").save()
    add_form(client, Section).fill(name="视点").save()
    old, recent = FormKey.objects.order_by("pk")
    FormKey.objects.filter(pk=old.pk).update(used_at=timezone.now() - datetime.timedelta(days=31))

    add_form(client, Section).fill(name="人物").save()

    assert old not in FormKey.objects.all()
    assert recent in FormKey.objects.all()


def test_only_an_answer_that_something_was_saved_tells_the_browser_so(db):
    client = browser_of(editor())
    form = add_form(client, Article)

    form.post()
    assert "saved_forms" not in client.cookies

    form.fill(title="端午送粽子").post()
    assert client.cookies["saved_forms"].value == form.data["form_key"]


def test_the_browser_hears_of_each_of_several_forms_that_were_saved(db):
    client = browser_of(editor())
    forms = [add_form(client, Section).fill(name=name) for name in ("深度", "视点")]

    for form in forms:
        form.save()

    assert client.cookies["saved_forms"].value.split(".") == [form.data["form_key"] for form in forms]


def test_a_conflict_is_not_told_as_saved(db):
    article = factories.draft_article()
    client = browser_of(editor())
    form = change_form(client, article).fill(title="端午送粽子")
    change_form(browser_of(editor()), article).fill(title="端午节送粽子").save()

    form.post()

    assert "saved_forms" not in client.cookies


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", [Article, Event])
def test_eight_clicks_at_the_same_moment_make_one_object(model):
    grant_permissions()  # the emptied database of the test before has lost them
    person, kind = editor(), factories.event_type()
    values = {"title": "端午送粽子"} if model is Article else {"type": kind.pk}
    form = add_form(browser_of(person), model).fill(**values)
    if model is Event:
        form.fill(year="2019")

    def click(client):
        try:
            return client.post(form.path, {**form.data, "_save": "1"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as clicks:
        answers = list(clicks.map(click, [browser_of(person) for _ in range(8)]))

    assert (model.objects.count(), answers) == (1, [302] * 8)
