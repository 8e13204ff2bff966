"""A correction is dated, stands on the page, and brings the story to subscribers again."""

import feedparser
import pytest

from newsletter.articles.models import Article
from tests import factories
from tests.desk.forms import change_form
from tests.desk.people import browser_of, chief_editor, editor

from .kinds import KINDS, STARTS, make

pytestmark = pytest.mark.django_db


def corrected(row, words="捐款应为2374元。"):
    row.correction = words
    row.save()
    return row


@KINDS
def test_a_correction_stands_on_the_page_with_its_day(client, draft):
    row = corrected(make(draft, **STARTS["published"]))

    page = client.get(row.get_absolute_url()).content.decode()

    assert "捐款应为2374元。" in page
    assert f"更正（{row.corrected_at:%Y}年" in page


def test_what_nobody_has_seen_needs_no_correction_date():
    assert corrected(factories.draft_article()).corrected_at is None


def test_an_emptied_correction_has_no_date():
    article = corrected(factories.published_article())

    assert corrected(article, "").corrected_at is None


def test_another_change_leaves_the_date_of_the_correction():
    article = corrected(factories.published_article())
    moment = article.corrected_at

    article.title = "另一个题"
    article.save()

    assert article.corrected_at == moment


def test_the_feed_brings_a_corrected_story_again_under_the_same_guid(client):
    article = factories.published_article()
    before = client.get("/feeds/news.rss")
    corrected(article)

    after = client.get("/feeds/news.rss", headers={"if-none-match": before["ETag"]})

    (old,), (new,) = (feedparser.parse(answer.content).entries for answer in (before, after))
    assert after.status_code == 200
    assert old.id == new.id
    assert "捐款应为2374元。" in new.content[0].value
    assert after["Last-Modified"] > before["Last-Modified"] or after["ETag"] != before["ETag"]


def test_who_may_publish_writes_the_correction_in_the_form_of_what_was_public():
    article = factories.published_article()

    change_form(browser_of(chief_editor()), article).fill(correction="捐款应为2374元。").save()

    assert Article.objects.get().corrected_at is not None
    assert "correction" not in change_form(browser_of(editor()), article).data
    assert "correction" not in change_form(browser_of(chief_editor()), factories.draft_article()).data
