"""Every feed in every format keeps the rules of its format, whatever is in it."""

import pytest
from django.conf import settings

from newsletter.articles.models import Article
from newsletter.publishing.feeds.formats import FORMATS
from newsletter.publishing.feeds.items import Category, Deleted, Enclosure, Feed, Item
from newsletter.publishing.models import Publication
from tests.factories import (
    PAST,
    attachment,
    event_type,
    organization,
    photo,
    published_article,
    published_award,
    published_edition,
    published_event,
    section,
    tag,
    withdrawn_article,
)
from tests.publishing.feeds.rules import problems
from tests.reading import FEED_SCOPES, read_items

pytestmark = pytest.mark.django_db

each_format = pytest.mark.parametrize("format", FORMATS)
each_scope = pytest.mark.parametrize("scope", FEED_SCOPES)


def assert_good(client, path, format):
    read_items(client, path)
    response = client.get(path)
    assert problems(format, response.content, settings.SITE_URL + path) == []
    assert response["Content-Type"] == f"{FORMATS[format].media_type}; charset=utf-8"


@pytest.fixture
def scopes():
    """Links that bring an article into every news feed."""
    return {
        "organizations": [organization("爱友公益服务中心", slug="aiyou")],
        "events": [published_event(type=event_type("讲座"))],
        "section": section("要闻", slug="yaowen"),
        "tags": [tag("端午")],
    }


@each_format
@each_scope
def test_feed_of_every_scope_keeps_the_rules_of_its_format(client, scopes, scope, format):
    assert_good(client, scope + format, format)

    body = '<p><a href="/orgs/aiyou/">本站</a> <a href="#more">相对</a> <a href="mailto:a@example.org">信</a></p>'
    for number in range(25):
        article = published_article(body=body, byline="王芳/林某" if number % 2 else "", **scopes)
    photo(article, caption="包粽子", credit="爱友 供图")
    attachment(article)
    withdrawn_article(**scopes)
    edition = published_edition()
    edition.items.create(article=article, page=1, position=1)
    published_award(issuer=scopes["organizations"][0])

    assert_good(client, scope + format, format)


HOSTILE = [
    "]]> <![CDATA[ <script>alert('1')</script> &amp; & &#0; &#x1f;",
    "\x00\x01\x08\x0b\x0c\x0e\x1f\x7f\x85\ufffe\uffff\ufdd0",
    "😀 𠮷 👨‍👩‍👧‍👦 \U0010fffd \u202e反向\u202c \u2066隔离\u2069 ‏عربي \u200b\ufeff",
    "\"'<>&`\\ \t \r\n ]]&gt; --> <!-- <?xml ?> %s {0} {{ x }} {% y %}",
    "a" * 150,
]


def hostile(number, length):
    return (f"{number} " + HOSTILE[number % len(HOSTILE)] * (1 + number % 3))[:length]


@each_format
def test_feed_of_hostile_articles_that_came_past_the_gate_is_well_formed(client, format):
    Publication(masthead="通讯").save()
    for number in range(100):
        published_article(title=f"新闻{number}")
    # Stored as no form would store it; what no database takes is left out. PostgreSQL has no NUL.
    for number, article in enumerate(Article.objects.all()):
        values = {name: hostile(number, length).replace("\0", "") for name, length in (("title", 200), ("byline", 100))}
        body = "<p>" + hostile(number, 400).replace("\0", "") + "</p>"
        Article.objects.filter(pk=article.pk).update(**values, body=body, summary=values["title"])

    path, seen = f"/feeds/news.{format}", []
    while path:
        assert_good(client, path, format)
        feed = read_items(client, path)
        seen += [item.id for item in feed.items]
        path = feed.next

    assert len(seen) == len({*seen}) == 100


@each_format
def test_no_text_at_all_breaks_a_feed(format):
    worst = "".join(map(chr, [*range(0x250), 0xD800, 0xDFFF, 0xFFFE, 0xFFFF, 0x1F600])) + "]]>"
    worst_uuid = "00000000-0000-4000-8000-000000000000"
    item = Item(worst_uuid, "/a", worst, f"<p>{worst}</p>", PAST, PAST, worst, worst, [worst],
                [Category("/tags/", worst, worst)], Enclosure("/b", 1, "image/png", 1, 1, worst, worst))  # fmt: skip
    feed = Feed(
        worst_uuid, worst, worst, worst, "/", "/feed", PAST, [item], [Deleted(worst_uuid[:-1] + "1", PAST, worst)]
    )

    document = FORMATS[format].write(feed, FORMATS[format].media_type)

    assert problems(format, document, f"{settings.SITE_URL}/feed") == []
