"""The text gate on every path by which a text can reach the database."""

import pytest
from django.apps import apps
from django.db import connection, models
from django.forms import modelform_factory

from newsletter.articles.models import Article
from newsletter.pages.models import Page
from newsletter.records.fields import safe_html
from newsletter.records.text import RICH_TEXT_RULES
from tests.factories import draft_article, draft_page, section

pytestmark = pytest.mark.django_db

DIRTY = {
    "subtitle": " 连续\x00十年\n蓝\u202e精灵\ud800Cafe\u0301 ",
    "title": "两支\x00爱心车队 \r\n护送\u202e考生\udfff",
    "body": "<p onclick='x()'>正\x00文</p><p><br></p><script>alert(1)</script><img src=x>",
}
CLEAN = {
    "subtitle": "连续十年 蓝精灵Café",
    "title": "两支爱心车队\n护送考生",
    "body": "<p>正文</p>",
}
HOSTILE = "<p>旧文</p><script>alert(1)</script>"


def by_save():
    Article(**DIRTY).save()


def by_create():
    Article.objects.create(**DIRTY)


def by_save_of_some_fields():
    article = draft_article()
    for name, value in DIRTY.items():
        setattr(article, name, value)
    article.save(update_fields=[*DIRTY])


def by_form():
    form = modelform_factory(Article, fields=[*DIRTY, "form"])({**DIRTY, "form": "article"})
    form.save()


def by_update():
    draft_article()
    Article.objects.update(**DIRTY)


def by_update_or_create():
    Article.objects.update_or_create(pk=draft_article().pk, defaults=DIRTY)


def by_bulk_create():
    Article.objects.bulk_create([Article(**DIRTY)])


def by_bulk_update():
    article = draft_article()
    for name, value in DIRTY.items():
        setattr(article, name, value)
    Article.objects.bulk_update([article], [*DIRTY])


@pytest.mark.parametrize(
    "path",
    [
        by_save,
        by_create,
        by_save_of_some_fields,
        by_form,
        by_update,
        by_update_or_create,
        by_bulk_create,
        by_bulk_update,
    ],
)
def test_text_is_clean_whatever_path_it_came_by(path):
    path()

    assert list(Article.objects.values(*DIRTY)) == [CLEAN]


def test_text_in_memory_is_what_was_stored():
    article = Article.objects.create(**DIRTY)

    assert {name: getattr(article, name) for name in CLEAN} == CLEAN


def test_form_measures_the_length_of_the_cleaned_text():
    form = modelform_factory(Article, fields=["subtitle"])({"subtitle": "\u200b" * 100 + "题" * 120})

    assert form.is_valid()
    assert form.cleaned_data["subtitle"] == "题" * 120


def test_form_refuses_a_required_line_that_is_empty_once_cleaned():
    form = modelform_factory(Page, fields=["title"])({"title": "\u200b \x00"})

    assert [*form.errors] == ["title"]


def test_text_is_found_by_the_words_as_they_were_typed():
    section("Café")

    assert section("Cafe\u0301").name == "Café"


def store_as_of_old(model, pk, markup, rules):
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {model._meta.db_table} SET body = %s, body_rules = %s WHERE id = %s", [markup, rules, pk]
        )


def test_rich_text_is_kept_with_the_number_of_the_list():
    assert draft_article(body="<p>文</p>").body_rules == RICH_TEXT_RULES


def test_text_cleaned_under_an_older_list_is_cleaned_again_when_read():
    article = draft_article()
    store_as_of_old(Article, article.pk, HOSTILE, RICH_TEXT_RULES - 1)

    article = Article.objects.get()

    assert article.body == HOSTILE
    assert article.body_html == "<p>旧文</p>"


def test_text_cleaned_under_an_older_list_is_cleaned_for_good_when_saved():
    article = draft_article()
    store_as_of_old(Article, article.pk, HOSTILE, RICH_TEXT_RULES - 1)

    Article.objects.get().save()

    assert list(Article.objects.values_list("body", "body_rules")) == [("<p>旧文</p>", RICH_TEXT_RULES)]


def test_saving_other_fields_does_not_vouch_for_a_text_cleaned_under_an_older_list():
    article = draft_article()
    store_as_of_old(Article, article.pk, HOSTILE, RICH_TEXT_RULES - 1)

    Article.objects.get().save(update_fields=["subtitle"])

    assert Article.objects.get().body_html == "<p>旧文</p>"


def test_saving_without_having_read_the_text_does_not_vouch_for_it():
    page = draft_page()
    store_as_of_old(Page, page.pk, HOSTILE, RICH_TEXT_RULES - 1)

    Page.objects.defer("body").get().save()

    assert Page.objects.get().body_html == "<p>旧文</p>"


def test_text_under_the_present_list_is_not_cleaned_again():
    assert safe_html(HOSTILE, RICH_TEXT_RULES) == HOSTILE


def test_every_text_that_people_write_stands_behind_the_gate():
    ungated = [
        str(field)
        for model in apps.get_models()
        if model.__module__.startswith(("newsletter.", "orgs."))
        for field in model._meta.concrete_fields
        # Slugs, links, mail addresses and files are checked by fields of their own.
        if type(field) in (models.CharField, models.TextField) and field.editable and not field.choices
    ]

    assert sorted(ungated) == [
        "accounts.User.password",  # hashed
        "accounts.User.username",  # checked by Django: letters, digits and @.+-_
        "desk.PersonalDataConfirmation.masked",  # made from the number that was found; nobody types it
        "orgs.Organization.credit_code",  # checked digit by digit
    ]
