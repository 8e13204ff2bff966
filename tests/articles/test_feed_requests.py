"""A feed is sent again to those who have it only when it has changed: asked by its tag (ETag) or by its date."""

import datetime
import statistics
import time
from itertools import product

import feedparser
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from newsletter.articles.models import Article, Section, Tag
from newsletter.awards.models import Award
from newsletter.editions.models import Edition
from newsletter.events.models import Event, EventType
from newsletter.publishing.conditional import SETTLING
from newsletter.publishing.emptying import delete_for_good
from newsletter.publishing.feeds.formats import FORMATS
from newsletter.publishing.models import Publication, Tombstone
from orgs.models import Organization
from tests.factories import (
    PAST,
    article_in_review,
    draft_article,
    organization,
    photo,
    published,
    published_article,
    published_award,
    published_edition,
    published_event,
    scheduled_article,
    section,
    tag,
    withdrawn_article,
)
from tests.reading import FEED_SCOPES, read_items

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
each_format = pytest.mark.parametrize("format", FORMATS)
each_scope = pytest.mark.parametrize("scope", FEED_SCOPES)


@pytest.fixture
def article():
    """An article in every scope, an edition and an award, which nobody changed since PAST."""
    made = published_article(
        title="旧的",
        organizations=[organization("爱友公益服务中心", slug="aiyou")],
        events=[published_event()],
        section=section("要闻", slug="yaowen"),
        tags=[tag("端午")],
    )
    photo(made)
    published_edition().items.create(article=made, page=1, position=1)
    published_award()
    settled()
    return made


def settled():
    """As if nothing had been changed since PAST."""
    for model in (Article, Award, Edition, Event, EventType, Organization, Publication, Section, Tag):
        model.objects.update(modified_at=PAST)


def asked_by_tag(response):
    return {"HTTP_IF_NONE_MATCH": response["ETag"]}


def asked_by_date(response):
    return {"HTTP_IF_MODIFIED_SINCE": response["Last-Modified"]}


each_way = pytest.mark.parametrize("way", [asked_by_tag, asked_by_date])


@each_format
@each_scope
def test_unchanged_feed_is_not_sent_again_and_costs_two_queries_at_most(client, article, scope, format):
    for way, encoding in product((asked_by_tag, asked_by_date), ("", "gzip")):
        first = client.get(scope + format, HTTP_ACCEPT_ENCODING=encoding)

        with CaptureQueriesContext(connection) as queries:
            second = client.get(scope + format, HTTP_ACCEPT_ENCODING=encoding, **way(first))

        assert (second.status_code, second.content) == (304, b"")
        assert second["Cache-Control"] == first["Cache-Control"] == "public, max-age=60"
        assert len(queries) <= 2


def change(article):
    article.title = "更正"
    article.save()


def rename_organization(article):
    found = article.organizations.get()
    found.name = "爱友公益促进中心"
    found.save()


def rename_tag(article):
    found = article.tags.get()
    found.name = "端午节"
    found.save()


def rename_type(article):
    found = article.events.get().type
    found.name = "公开课"
    found.save()


def withdraw_event(article):
    article.events.get().withdraw(reason="有误")


def rename_publication(article):
    publication = Publication.current()
    publication.masthead = "新报头"
    publication.save()


def correct(article):
    article.correction = "应为三十人。"
    article.save()


@each_format
@each_way
@pytest.mark.parametrize(
    "step",
    [
        change,
        correct,
        lambda article: article.withdraw(reason="有误"),
        lambda article: published_article(timezone.now(), organizations=article.organizations.all()),
        *(rename_organization, rename_tag, rename_type, rename_publication, withdraw_event),
    ],
)
def test_changed_feed_is_sent_to_those_who_ask_by_tag_or_by_date(client, article, format, way, step):
    Publication.current().save()
    settled()
    first = client.get(f"/orgs/aiyou/news.{format}")

    step(article)

    second = client.get(f"/orgs/aiyou/news.{format}", **way(first))
    assert second.status_code == 200
    assert second.content != first.content


@each_format
def test_link_that_is_cut_without_saving_the_article_moves_the_tag(client, article, format):
    first = client.get(f"/feeds/news.{format}")

    article.tags.clear()

    assert client.get(f"/feeds/news.{format}", **asked_by_tag(first)).status_code == 200


@each_format
@each_way
def test_feed_is_sent_when_an_item_was_deleted_for_good(client, article, format, way):
    article.withdraw(reason="有误")
    article.trash()
    settled()
    first = client.get(f"/feeds/news.{format}")

    assert delete_for_good(article) is None

    assert Tombstone.objects.count() == 1
    assert read_items(client, f"/feeds/news.{format}", **way(first) if "Last-Modified" in first else {}).items == []


@each_format
@each_way
def test_feed_is_sent_when_a_scheduled_article_has_come(client, article, format, way):
    coming = scheduled_article(title="定时")
    settled()
    first = client.get(f"/feeds/news.{format}")
    assert [item.title for item in read_items(client, f"/feeds/news.{format}").items] == ["旧的"]

    Article.objects.filter(pk=coming.pk).update(**published(timezone.now() - HOUR))

    items = read_items(client, f"/feeds/news.{format}", **way(first)).items
    assert [item.title for item in items] == ["定时", "旧的"]


@each_way
def test_draft_does_not_move_the_feed(client, article, way):
    first = client.get("/feeds/news.rss")
    draft_article()
    article_in_review()
    scheduled_article()

    assert client.get("/feeds/news.rss", **way(first)).status_code == 304


def test_change_in_another_organization_does_not_move_the_tag_of_a_feed(client, article):
    first = client.get("/orgs/aiyou/news.rss")
    published_article(timezone.now(), organizations=[organization()])

    assert client.get("/orgs/aiyou/news.rss", **asked_by_tag(first)).status_code == 304


@each_way
def test_article_that_leaves_a_section_leaves_its_feed(client, article, way):
    first = client.get("/sections/yaowen/news.rss")

    article.section = section("简讯")
    article.save()

    assert read_items(client, "/sections/yaowen/news.rss", **way(first)).items == []


def test_date_does_not_vouch_for_what_may_still_be_settling(client, article):
    article.save()
    first = client.get("/feeds/news.rss")

    # It was told some seconds too old: who asks with it is answered in full until they have passed.
    assert client.get("/feeds/news.rss", **asked_by_date(first)).status_code == 200

    Article.objects.filter(pk=article.pk).update(modified_at=timezone.now() - SETTLING - SETTLING)
    second = client.get("/feeds/news.rss")
    assert client.get("/feeds/news.rss", **asked_by_date(second)).status_code == 304


def test_reader_program_that_asks_by_both_is_answered_by_the_tag(client, article):
    first = client.get("/feeds/news.rss")
    change(article)
    Article.objects.update(modified_at=PAST)

    assert client.get("/feeds/news.rss", **asked_by_tag(first), **asked_by_date(first)).status_code == 200


@each_format
def test_feed_is_the_same_for_staff_whose_account_speaks_english(client, admin_client, admin_user, article, format):
    admin_user.language = "en"
    admin_user.save()

    assert admin_client.get(f"/feeds/news.{format}").content == client.get(f"/feeds/news.{format}").content


@each_format
def test_feed_pages_back_through_the_whole_archive(client, format):
    for number in range(45):
        published_article(PAST + number // 3 * HOUR, title=f"第{number}篇")

    path, seen = f"/feeds/news.{format}", []
    while path:
        feed = read_items(client, path)
        seen += [item.title for item in feed.items]
        path = feed.next

    assert seen == [f"第{number}篇" for number in range(44, -1, -1)]


@pytest.mark.parametrize("before", ["1", "a.b", ".17", "9" * 18 + ".1", "1.1.1", "٣.٣"])
def test_damaged_cursor_is_refused(client, article, before):
    assert client.get("/feeds/news.rss", {"before": before}).status_code == 400


def test_atom_tells_of_what_was_withdrawn_with_the_reason_for_ninety_days(client, article):
    recent = withdrawn_article(title="撤回", organizations=article.organizations.all())
    Article.objects.filter(pk=recent.pk).update(withdrawn_at=timezone.now() - 89 * 24 * HOUR)
    withdrawn_article(title="早已撤回", organizations=article.organizations.all())
    withdrawn_article(title="别处的")
    Article.objects.filter(title="别处的").update(withdrawn_at=timezone.now())

    document = client.get("/orgs/aiyou/news.atom").content.decode()

    assert read_items(client, "/orgs/aiyou/news.atom").deleted == [f"urn:uuid:{recent.uuid}"]
    assert "活动信息有误" in document and "撤回" not in document
    assert b"deleted-entry" not in client.get("/orgs/aiyou/news.rss").content


def test_what_is_published_again_is_no_longer_told_as_deleted(client, article):
    article.withdraw(reason="有误")
    article.publish()

    feed = read_items(client, "/feeds/news.atom")

    assert (feed.deleted, [item.title for item in feed.items]) == ([], ["旧的"])


def test_filtered_list_has_a_feed_of_its_own(client, article):
    published_article(title="别的", form="brief")

    page = client.get("/news/", {"tag": "duanwu", "org": "aiyou"}).content.decode()
    feed = read_items(client, "/feeds/news.atom?org=aiyou&tag=duanwu")

    for format in FORMATS:
        assert f'href="/feeds/news.{format}?org=aiyou&amp;tag=duanwu"' in page
    assert [item.title for item in feed.items] == ["旧的"]
    assert [item.title for item in read_items(client, "/feeds/news.json?form=brief").items] == ["别的"]
    assert [item.title for item in read_items(client, "/feeds/news.rss?from=2019-06-07").items] == []
    assert client.get("/feeds/news.rss?org=unknown").status_code == 404
    assert client.get("/feeds/news.rss?from=tomorrow").status_code == 400


def test_filtered_feed_names_its_choice_and_itself(client, article):
    response = client.get("/feeds/news.atom?tag=duanwu&org=aiyou&nonsense=1")

    feed = feedparser.parse(response.content).feed
    assert feed.title.startswith("爱友公益服务中心、端午 · ")
    (itself,) = (link.href for link in feed.links if link.rel == "self")
    assert itself == settings.SITE_URL + "/feeds/news.atom?org=aiyou&tag=duanwu"


@each_way
@each_format
def test_answer_that_nothing_changed_takes_a_fifth_of_the_time_of_the_feed_at_most(client, format, way):
    for number in range(20):
        article = published_article(
            body="<p>" + "端午前夕，志愿者走进敬老院。" * 143 + "</p>",  # 2,002 characters
            organizations=[organization(f"单位{number}")],
            events=[published_event()],
            tags=[tag(f"标签{number}")],
        )
        photo(article)
    settled()
    path = f"/feeds/news.{format}"
    kept = way(client.get(path))
    whole, unchanged = [], []

    for _round in range(9):
        for times, headers in ((whole, {}), (unchanged, kept)):
            begun = time.perf_counter()
            client.get(path, **headers)
            times.append(time.perf_counter() - begun)

    whole, unchanged = statistics.median(whole), statistics.median(unchanged)
    print(f"{path}: {whole * 1000:.1f} ms; 304 {way.__name__}: {unchanged * 1000:.1f} ms; {unchanged / whole:.2f}")
    assert unchanged <= whole / 5
