import pytest
from django.db import IntegrityError, transaction

from newsletter.articles.models import Article
from newsletter.records.models import EditConflict
from tests.factories import draft_article, published_article, staff

pytestmark = pytest.mark.django_db


def test_new_record_knows_who_made_it():
    editor = staff()
    article = Article(title="新稿")

    article.save(by=editor)

    assert list(Article.objects.values_list("created_by", "modified_by", "version")) == [(editor.pk, editor.pk, 1)]


def test_changed_record_knows_who_made_it_and_who_changed_it_last():
    author, editor = staff(), staff()
    article = Article(title="新稿")
    article.save(by=author)

    article.save(by=editor)

    assert list(Article.objects.values_list("created_by", "modified_by", "version")) == [(author.pk, editor.pk, 2)]


def test_record_saved_by_nobody_keeps_who_changed_it_last():
    editor = staff()
    article = Article(title="新稿")
    article.save(by=editor)

    article.save()

    assert Article.objects.get().modified_by == editor


def test_each_save_raises_the_version_and_moves_the_time_of_change():
    article = draft_article()
    before = article.modified_at

    article.save()
    article.save(update_fields=["title"])

    stored = Article.objects.get()
    assert (stored.version, article.version) == (3, 3)
    assert stored.modified_at > before


def test_saving_some_fields_leaves_the_others_but_says_who():
    editor = staff()
    article = draft_article(title="旧题", subtitle="旧副题")
    article.title, article.subtitle = "新题", "新副题"

    article.save(by=editor, update_fields=["title"])

    stored = Article.objects.get()
    assert (stored.title, stored.subtitle, stored.modified_by) == ("新题", "旧副题", editor)


@pytest.mark.parametrize("update_fields", [None, ["title"]])
def test_second_of_two_editors_is_refused_and_nothing_is_saved(update_fields):
    pk = draft_article(title="原题").pk
    first, second = Article.objects.get(pk=pk), Article.objects.get(pk=pk)
    first.title = "甲的题"
    first.save()
    stored = Article.objects.values().get()
    second.title = "乙的题"

    with pytest.raises(EditConflict):
        second.save(by=staff(), update_fields=update_fields)

    assert Article.objects.values().get() == stored
    assert (second.version, second.title) == (1, "乙的题")


def test_second_of_two_editors_is_refused_again_when_trying_again():
    pk = draft_article().pk
    first, second = Article.objects.get(pk=pk), Article.objects.get(pk=pk)
    first.save()
    for _ in range(3):
        with pytest.raises(EditConflict):
            second.save()

    assert Article.objects.get().version == 2


def test_record_deleted_in_between_is_not_brought_back():
    article = draft_article()
    Article.objects.all().delete()

    with pytest.raises(EditConflict):
        article.save()

    assert not Article.objects.exists()


def test_save_that_the_database_refuses_leaves_the_version_and_can_be_mended():
    article = published_article()
    article.date = None

    with pytest.raises(IntegrityError), transaction.atomic():
        article.save()

    assert (article.version, Article.objects.get().version) == (1, 1)
    article.date = Article.objects.get().date
    article.save()
    assert (article.version, Article.objects.get().version) == (2, 2)
