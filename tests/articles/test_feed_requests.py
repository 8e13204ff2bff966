"""A feed is sent again to those who have it only when it has changed: asked by its tag (ETag) or by its date."""

import datetime

import pytest
from django.utils import timezone

from newsletter.articles.feeds import NewsFeed
from newsletter.articles.models import Article
from tests.factories import (
    FUTURE,
    PAST,
    article_in_review,
    draft_article,
    published_article,
    scheduled_article,
    section,
)
from tests.reading import read_feed, titles

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


def long_ago(*articles):
    """As if nothing had been changed since PAST."""
    Article.objects.filter(pk__in=[article.pk for article in articles]).update(modified_at=PAST)


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_unchanged_feed_is_not_sent_again(client, encoding):
    for number in range(3):
        published_article(title=str(number), body="<p>长文</p>" * 200)
    first = client.get("/feeds/news.rss", HTTP_ACCEPT_ENCODING=encoding)

    for header in ({"HTTP_IF_NONE_MATCH": first["ETag"]}, {"HTTP_IF_MODIFIED_SINCE": first["Last-Modified"]}):
        second = client.get("/feeds/news.rss", HTTP_ACCEPT_ENCODING=encoding, **header)
        assert (second.status_code, second.content) == (304, b"")
        assert second["Last-Modified"] == first["Last-Modified"]


def change(article):
    article.title = "更正"
    article.save()


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        (change, ["更正"]),
        (lambda article: article.withdraw(reason="有误"), []),
        (lambda article: published_article(timezone.now(), title="新的"), ["新的", "旧的"]),
    ],
)
def test_changed_feed_is_sent_to_those_who_ask_by_tag_or_by_date(client, step, expected):
    article = published_article(title="旧的")
    long_ago(article)
    first = client.get("/feeds/news.rss")

    step(article)

    for header in ({"HTTP_IF_NONE_MATCH": first["ETag"]}, {"HTTP_IF_MODIFIED_SINCE": first["Last-Modified"]}):
        assert titles(read_feed(client, **header)) == expected


def test_last_modified_moves_when_a_scheduled_article_comes():
    long_ago(published_article(PAST), scheduled_article(FUTURE))
    feed = NewsFeed()

    assert feed.last_modified(FUTURE - HOUR) == PAST
    assert feed.last_modified(FUTURE + HOUR) == FUTURE


def test_draft_does_not_move_last_modified():
    long_ago(published_article(PAST))
    draft_article()
    article_in_review()
    scheduled_article()

    assert NewsFeed().last_modified(timezone.now()) == PAST


def test_article_that_leaves_a_section_leaves_its_feed_for_those_who_ask_by_date(client):
    stays, goes = published_article(title="留下", section=section("要闻")), published_article(section=section("要闻"))
    long_ago(stays, goes)
    first = client.get("/sections/yaowen/news.rss")

    goes.section = section("简讯")
    goes.save()

    assert titles(read_feed(client, "/sections/yaowen/news.rss", HTTP_IF_MODIFIED_SINCE=first["Last-Modified"])) == [
        "留下"
    ]
