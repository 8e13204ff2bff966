"""Who and when are kept, and nobody saves over another's text unseen."""

import pytest
from django.contrib import admin

from newsletter.accounts.models import User
from newsletter.articles.models import Article
from newsletter.records.admin import RecordAdmin
from newsletter.records.models import Record
from tests import factories
from tests.desk.forms import Form, add_form, address, change_form, errors_of
from tests.desk.people import browser_of, chief_editor, editor, superuser

KINDS = ("article", "event", "award", "edition", "page")


def test_a_new_record_keeps_who_made_it_and_a_changed_one_who_changed_it(db):
    writer, other = editor(), editor()

    add_form(browser_of(writer), Article).fill(title="端午送粽子").save()
    article = Article.objects.get()
    assert (article.created_by, article.modified_by, article.version) == (writer, writer, 1)

    change_form(browser_of(other), article).fill(title="端午节送粽子").save()
    article.refresh_from_db()
    assert (article.created_by, article.modified_by, article.version) == (writer, other, 2)


@pytest.mark.parametrize("name", ["created_by", "modified_by", "version", "state", "first_public_at", "published_by"])
def test_what_the_record_keeps_by_itself_cannot_be_posted(db, name):
    article, intruder = factories.draft_article(created_by=chief_editor()), editor()
    before = getattr(article, name)

    change_form(browser_of(intruder), article).fill(**{name: "1", f"{name}_0": "2019-06-06"}).save()

    article.refresh_from_db()
    expected = {"modified_by": intruder, "version": 2}
    assert getattr(article, name) == expected.get(name, before)


@pytest.mark.parametrize("kind", KINDS)
def test_the_second_of_two_who_save_is_told_and_overwrites_nothing(db, kind):
    obj = getattr(factories, f"draft_{kind}")()
    field = "title" if hasattr(obj, "title") else "name"
    first, second = change_form(browser_of(editor(name="陈编辑")), obj), change_form(browser_of(editor()), obj)

    first.fill(**{field: "第一位编辑写的"}).save()
    response = second.fill(**{field: "第二位编辑写的"}).post()

    obj.refresh_from_db()
    assert getattr(obj, field) == "第一位编辑写的"
    assert errors_of(response)[""] == ["陈编辑 saved this while you were writing, so nothing was saved now."]
    assert "第二位编辑写的" in response.content.decode()


def test_the_second_of_two_who_save_an_organization_is_told(db):
    organization = factories.organization("苍南县爱友公益服务中心")
    first, second = change_form(browser_of(editor()), organization), change_form(browser_of(editor()), organization)

    first.fill(description="第一位编辑写的").save()
    response = second.fill(description="第二位编辑写的").post()

    organization.refresh_from_db()
    assert organization.description == "第一位编辑写的"
    assert "第二位编辑写的" in response.content.decode()


def test_rows_typed_by_the_second_are_kept_in_the_page_too(db):
    article = factories.draft_article()
    first, second = change_form(browser_of(editor()), article), change_form(browser_of(editor()), article)
    second.add_row("figures", text="近200万元", value="2000000", what="义卖款")

    first.fill(subtitle="第一位编辑写的").save()
    response = second.post()

    assert article.figures.count() == 0
    assert "近200万元" in response.content.decode()


def test_a_change_of_rows_only_counts_as_a_change(db):
    """Else a second editor would save over photos and links that the first has just put in."""
    article, organization = factories.draft_article(), factories.organization()
    first, second = change_form(browser_of(editor()), article), change_form(browser_of(editor()), article)

    first.add_row("organization_links", organization=organization.pk).save()
    response = second.fill(subtitle="第二位编辑写的").post()

    assert errors_of(response).keys() == {""}
    assert list(article.organizations.all()) == [organization]


def test_a_conflict_publishes_nothing(db):
    article = factories.draft_article()
    first, second = change_form(browser_of(editor()), article), change_form(browser_of(chief_editor()), article)

    first.fill(title="第一位编辑写的").save()
    second.post("_step", "publish")

    article.refresh_from_db()
    assert article.state == "draft"


def test_an_account_that_has_made_something_cannot_be_deleted(db):
    writer, client = editor(), browser_of(superuser())
    factories.draft_article(created_by=writer)

    client.post(f"/admin/accounts/user/{writer.pk}/delete/", {"post": "yes"})

    assert User.objects.filter(pk=writer.pk).exists()


def test_every_record_has_an_admin_page_that_keeps_who_and_when():
    pages = {model: model_admin for model, model_admin in admin.site._registry.items() if issubclass(model, Record)}

    assert pages
    assert [model for model, model_admin in pages.items() if not isinstance(model_admin, RecordAdmin)] == []


def test_the_second_of_two_who_edit_a_row_of_a_list_is_told(db):
    section = factories.section("要闻", position=1)
    lists = [Form(browser_of(chief_editor(name=name)), address(section)) for name in ("陈总编", "李总编")]

    lists[0].fill(form__0__position="5").save()
    response = lists[1].fill(form__0__position="7").post()

    section.refresh_from_db()
    assert (section.position, section.modified_by.name, section.version) == (5, "陈总编", 2)
    assert "陈总编 saved this" in errors_of(response)[""][0]


def test_a_row_of_a_list_that_somebody_else_changed_does_not_hold_up_the_others(db):
    factories.section("要闻", position=1)
    other = factories.section("简讯", position=2)
    rows = Form(browser_of(chief_editor()), address(other))

    change_form(browser_of(chief_editor()), other).fill(name="一句话新闻").save()
    rows.fill(form__0__position="9").save()

    assert [*type(other).objects.values_list("name", "position")] == [("一句话新闻", 2), ("要闻", 9)]


def test_a_log_in_is_no_change_of_the_account(client, db):
    account = factories.staff("chen")

    client.post("/admin/login/", {"username": "chen", "password": "a long password"})

    account.refresh_from_db()
    assert account.last_login is not None
    assert account.version == 1
