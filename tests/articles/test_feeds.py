import datetime
import re

import pytest
from django.conf import settings
from django.utils import timezone

from newsletter.articles.models import Article, Tag
from newsletter.publishing.feeds.rss import NAMESPACES
from tests.factories import (
    DAY,
    FUTURE,
    PAST,
    SHANGHAI,
    article_in_review,
    draft_article,
    event_type,
    merged_organization,
    organization,
    photo,
    picture_file,
    published,
    published_article,
    published_event,
    scheduled_article,
    section,
    tag,
    withdrawn_article,
)
from tests.reading import read_feed, titles, visit

pytestmark = pytest.mark.django_db

HIDDEN = (draft_article, article_in_review, scheduled_article, withdrawn_article)
FEEDS = {
    "/feeds/news.rss": "/news/",
    "/orgs/aiyou/news.rss": "/orgs/aiyou/",
    "/events/types/jiangzuo/news.rss": "/events/types/jiangzuo/",
    "/sections/yaowen/news.rss": "/sections/yaowen/",
    "/tags/duanwu/news.rss": "/tags/duanwu/",
}
each_feed = pytest.mark.parametrize("address", FEEDS)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def scopes():
    """Links that bring an article into every feed of FEEDS."""
    return {
        "organizations": [organization("爱友公益服务中心", slug="aiyou")],
        "events": [published_event(type=event_type("讲座"))],
        "section": section("要闻"),
        "tags": [tag("端午")],
    }


@each_feed
def test_feed_has_the_public_articles_of_its_scope(client, scopes, address):
    published_article(title="属于", **scopes)
    other = {"organizations": [organization()], "events": [published_event(type=event_type("慰问"))]}
    published_article(title="不属于", section=section("简讯"), tags=[tag("高考")], **other)
    for make in HIDDEN:
        make(title="未公开", **scopes)

    assert titles(read_feed(client, address)) == (["不属于", "属于"] if address == "/feeds/news.rss" else ["属于"])


def test_feed_of_an_organization_has_its_news_in_every_role_once(client):
    aiyou = organization(slug="aiyou")
    for role in ("contributor", "subject", "mentioned"):
        article = published_article(title=role)
        article.organization_links.create(organization=aiyou, role=role)
    article.organization_links.create(organization=aiyou, role="subject")

    assert titles(read_feed(client, "/orgs/aiyou/news.rss")) == ["mentioned", "subject", "contributor"]


@each_feed
def test_feed_names_itself_its_page_and_its_language(client, scopes, address):
    published_article(**scopes)

    feed = read_feed(client, address).feed

    assert feed.link == settings.SITE_URL + FEEDS[address]
    assert [link.href for link in feed.links if link.rel == "self"] == [settings.SITE_URL + address]
    assert feed.language == "zh-Hans"


@each_feed
def test_page_of_a_feed_tells_reader_programs_of_it(client, scopes, address):
    published_article(**scopes)

    assert address in visit(client, FEEDS[address]).head_links("alternate")


def test_feed_has_the_twenty_that_became_public_last_whatever_their_dates(client):
    for number in range(22):
        published_article(PAST + number * HOUR, title=str(number), date=DAY - datetime.timedelta(days=number))

    assert titles(read_feed(client)) == [str(number) for number in range(21, 1, -1)]


def test_scheduled_article_enters_the_feed_when_its_time_has_come(client):
    published_article(title="早先")
    article = scheduled_article(title="定时")
    assert titles(read_feed(client)) == ["早先"]

    Article.objects.filter(pk=article.pk).update(**published(timezone.now()))

    assert titles(read_feed(client)) == ["定时", "早先"]


def test_scheduled_article_that_is_brought_forward_was_not_first_public_in_the_future(client):
    article = scheduled_article(FUTURE)
    article.publish_at = PAST
    article.save()

    (entry,) = read_feed(client).entries

    assert entry.published_parsed[0] < FUTURE.year


def test_item_has_the_whole_story(client):
    article = published_article(
        PAST, title="第一行\n第二行", body="<p>第一段&amp;</p><p><strong>第二段</strong></p>" * 50, byline="扶苗/林某"
    )

    (entry,) = read_feed(client).entries

    assert (entry.title, entry.author) == ("第一行 第二行", "扶苗/林某")
    assert article.body in entry.content[0].value
    assert entry.link == settings.SITE_URL + article.get_absolute_url()
    assert datetime.datetime(*entry.published_parsed[:6], tzinfo=datetime.UTC) == PAST


def test_moments_are_told_in_shanghai_time(client):
    published_article(datetime.datetime(2019, 6, 4, 0, 30, tzinfo=SHANGHAI))

    assert read_feed(client).entries[0].published == "Tue, 04 Jun 2019 00:30:00 +0800"


def test_item_has_the_names_of_organizations_event_types_and_tags_as_categories(client, scopes):
    article = published_article(**scopes)
    article.organization_links.create(organization=scopes["organizations"][0], role="contributor")

    (entry,) = read_feed(client).entries

    assert [category.term for category in entry.tags] == ["爱友公益服务中心", "讲座", "端午"]


def test_photos_stand_in_the_item_and_the_first_one_is_enclosed(client):
    article = published_article()
    second = photo(article, position=2, caption="第二张", credit="爱友 供图", picture=picture_file(kind="PNG"))
    first = photo(article, alt_text="包粽子")

    (entry,) = read_feed(client).entries
    (enclosure,) = entry.enclosures
    file = b"".join(client.get(first.wide_url).streaming_content)

    assert (enclosure.href, enclosure.length, enclosure.type) == (
        settings.SITE_URL + first.wide_url,
        str(len(file)),
        "image/jpeg",
    )
    assert re.findall('<img src="(.*?)" alt="(.*?)"', entry.content[0].value) == [
        (settings.SITE_URL + first.wide_url, "包粽子"),
        (settings.SITE_URL + second.wide_url, "第二张"),
    ]
    assert "第二张 爱友 供图" in entry.content[0].value


def test_photo_that_the_disk_lost_does_not_stop_the_feed(client):
    article = published_article(title="照片丢失")
    lost = photo(article)
    lost.picture.storage.delete(lost.picture.process("wide"))
    lost.picture.storage.delete(lost.picture.name)

    assert titles(read_feed(client)) == ["照片丢失"]


@pytest.mark.parametrize("host", ["testserver", "localhost:9000"])
def test_every_address_in_a_feed_is_of_this_site_whatever_host_was_asked(client, host):
    body = '<p><a href="/orgs/aiyou/">本站</a> <a href="https://other.example.org/a">外站</a></p>'
    photo(published_article(body=body, byline=""))

    (entry,) = read_feed(client, HTTP_HOST=host).entries
    found = set(re.findall(r'(?:https?:)?//[^"<\s&]+', client.get("/feeds/news.rss", HTTP_HOST=host).content.decode()))

    assert f'href="{settings.SITE_URL}/orgs/aiyou/"' in entry.content[0].value
    assert [url for url in found if not url.startswith(settings.SITE_URL)] == [
        url for url in found if url in {*NAMESPACES.values(), "https://other.example.org/a"}
    ]


def test_guid_is_no_address_and_survives_every_change(client):
    article = published_article()
    (before,) = read_feed(client).entries

    article.title, article.date, article.body = "更正：另一个标题", "2019-01-01", "<p>更正。</p>"
    article.save()
    article.withdraw(reason="有误")
    article.publish()
    (after,) = read_feed(client).entries

    assert before.id == after.id == f"urn:uuid:{article.uuid}"
    assert b'isPermaLink="false"' in client.get("/feeds/news.rss").content
    assert (after.title, after.published) == ("更正：另一个标题", before.published)


HOSTILE = "]]> <script>alert('1')</script> &amp; & 😀 𠮷 \x00\x0b\x1f\ufffe\u202eABC\u2066\u200b ‏عربي"
STORED = "]]> <script>alert('1')</script> &amp; & 😀 𠮷  ABC ‏عربي"


def test_hostile_text_leaves_the_feed_well_formed(client):
    event = published_event(name=HOSTILE, type=event_type(HOSTILE[:20]))
    article = published_article(title=HOSTILE, body=f"<p>{HOSTILE}</p>", byline=HOSTILE[:90], events=[event])
    article.organizations.add(organization(HOSTILE))
    photo(article, caption=HOSTILE, credit=HOSTILE[:50])

    (entry,) = read_feed(client).entries

    assert " ".join(entry.title.split()) == " ".join(STORED.split())
    assert "]]&gt;" in entry.content[0].value and "<script" not in entry.content[0].value
    assert "😀 𠮷" in entry.content[0].value


@pytest.mark.parametrize("character", ["\x08", "\x1f", "\ufffe", "\ud800"])
def test_tag_with_a_character_that_xml_cannot_hold_leaves_the_feed_well_formed(client, character):
    article = published_article(title="新闻")
    try:
        article.tags.add(f"端{character}午")
    except (ValueError, UnicodeError):  # refusing it is as good
        Tag.objects.filter(name__startswith="端").delete()

    assert titles(read_feed(client)) == ["新闻"]


@each_feed
def test_feed_without_articles_is_well_formed(client, scopes, address):
    assert titles(read_feed(client, address)) == []


def test_feed_of_an_old_or_merged_address_leads_to_the_present_one(client):
    heir = organization(slug="aiyou")
    merged_organization(heir, slug="merged")
    heir.slug = "aiyou-new"
    heir.save()

    for slug in ("aiyou", "merged"):
        response = client.get(f"/orgs/{slug}/news.rss")
        assert (response.status_code, response.get("Location")) == (301, "/orgs/aiyou-new/news.rss")


@each_feed
def test_head_answers_as_get_does_without_a_body(client, scopes, address):
    published_article(**scopes)
    Article.objects.update(modified_at=PAST)
    # A second may begin between two of them, and the date of what was just made moves with it.
    before, head, after = client.get(address), client.head(address), client.get(address)

    told, *told_by_get = (
        [answer[name] for name in ("ETag", "Last-Modified", "Content-Type")] for answer in (head, before, after)
    )
    assert (head.status_code, head.content) == (200, b"")
    assert told in told_by_get
    assert head["Content-Type"] == "application/rss+xml; charset=utf-8"
