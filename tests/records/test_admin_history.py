"""The history page: what each save changed, in words, and a button that brings an older text back."""

import pytest
from django.urls import reverse

from newsletter.articles.models import Article
from newsletter.records.history import versions_of
from tests import factories
from tests.desk.forms import address, change_form, messages_of
from tests.desk.people import browser_of, chief_editor, correspondent, editor

pytestmark = pytest.mark.django_db


def changed_twice():
    writer = editor(name="陈编辑")
    article = Article(title="原题")
    article.save(by=writer)
    article.title = "新题"
    article.save(by=writer)
    return article


def bring_back(client, article, version, read_version=None):
    return client.post(
        reverse("admin:articles_article_restore", args=[article.pk, version.pk]),
        {"read_version": read_version or article.version},
        follow=True,
    )


def test_the_history_says_who_changed_what_in_words():
    article = changed_twice()

    page = browser_of(editor()).get(address(article, "history")).content.decode()

    assert "陈编辑" in page
    assert "<del>原</del><ins>新</ins>题" in page


def test_an_older_text_is_brought_back_by_a_button():
    article = changed_twice()
    who = editor(name="李编辑")

    response = bring_back(browser_of(who), article, versions_of(article).last())

    stored = Article.objects.get()
    assert (stored.title, stored.modified_by, stored.version) == ("原题", who, 3)
    assert "is back" in messages_of(response)[0]


def test_a_text_saved_since_the_history_was_opened_is_not_overwritten():
    article = changed_twice()
    version = versions_of(article).last()
    article.title = "更新的题"
    article.save()

    response = bring_back(browser_of(editor()), article, version, read_version=2)

    assert Article.objects.get().title == "更新的题"
    assert messages_of(response) == ["Somebody saved this since you opened its history. Please look and try again."]


def test_who_may_only_look_cannot_bring_back():
    article = changed_twice()
    article.organizations.add(own := factories.organization())
    Article.objects.filter(pk=article.pk).update(state="review")

    response = bring_back(browser_of(correspondent(own)), article, versions_of(article).last())

    assert response.status_code == 403
    assert Article.objects.get().title == "新题"


def test_a_revision_of_another_object_cannot_be_brought_back():
    article, other = changed_twice(), factories.draft_article()

    response = bring_back(browser_of(editor()), article, versions_of(other).first())

    assert response.status_code == 404


def test_each_page_of_a_long_history_compares_with_the_next_page(django_assert_max_num_queries):
    article = factories.draft_article(title="第0稿")
    for number in range(1, 26):
        article.title = f"第{number}稿"
        article.save()
    client = browser_of(chief_editor())

    with django_assert_max_num_queries(20):
        page = client.get(address(article, "history")).content.decode()
    older = client.get(address(article, "history") + "?p=2").content.decode()

    assert "第<del>5</del><ins>6</ins>稿" in page
    assert "第<del>4</del><ins>5</ins>稿" in older
    assert "第<del>5</del><ins>6</ins>稿" not in older


def test_what_was_made_without_a_save_is_kept_before_its_first_change():
    (article,) = Article.objects.bulk_create([Article(title="批量导入的题")])

    change_form(browser_of(editor()), article).fill(title="改过的题").save()

    assert [version.field_dict["title"] for version in versions_of(article)] == ["改过的题", "批量导入的题"]
