"""What machines read of a page: schema.org's terms as JSON-LD, and the Open Graph protocol."""

import json
import re

import pytest
from django.conf import settings

from tests import factories
from tests.reading import visit

pytestmark = pytest.mark.django_db


def graph(client, path):
    """`{type: thing}` of the page's structured data."""
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', client.get(path).content.decode(), re.S)
    (document,) = (json.loads(text) for text in scripts)
    assert document["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in document["@graph"]}


def social(client, path):
    """`{property: content}`."""
    nodes = visit(client, path).root.all("meta")
    return {node.attrs["property"]: node.attrs["content"] for node in nodes if "property" in node.attrs}


def absolute(path):
    return settings.SITE_URL + path


def test_a_story_tells_who_wrote_it_when_it_came_and_whom_it_is_about(client):
    writer, subject = factories.organization("苍南县扶苗公益服务中心"), factories.organization("龙港总商会")
    article = factories.published_article(
        title="端午送粽子\n情暖敬老院", byline="扶苗", section=factories.section(), organizations=[subject]
    )
    article.organization_links.create(organization=writer, role="contributor")
    photo = factories.photo(article, caption="志愿者包粽子", credit="扶苗 供图")

    news = graph(client, article.get_absolute_url())["NewsArticle"]

    assert news["@id"] == f"urn:uuid:{article.uuid}"
    assert news["headline"] == "端午送粽子 情暖敬老院"
    assert news["mainEntityOfPage"] == absolute(article.get_absolute_url())
    assert news["datePublished"] == "2019-06-06T09:00:00+08:00"
    assert news["author"] == [
        {"@type": "Organization", "name": writer.name, "url": absolute(writer.get_absolute_url())}
    ]
    assert [about["name"] for about in news["about"]] == ["龙港总商会"]
    assert [(image["url"], image["creditText"]) for image in news["image"]] == [(absolute(photo.wide_url), "扶苗 供图")]
    assert "mentions" not in news


def test_the_way_to_a_story_leads_through_its_section(client):
    section = factories.section("要闻")
    article = factories.published_article(title="端午送粽子", section=section)

    steps = graph(client, article.get_absolute_url())["BreadcrumbList"]["itemListElement"]

    assert [(step["position"], step["name"], step["item"]) for step in steps] == [
        (1, "新闻", absolute("/news/")),
        (2, "要闻", absolute(section.get_absolute_url())),
        (3, "端午送粽子", absolute(article.get_absolute_url())),
    ]


def test_no_text_ends_the_element_that_it_stands_in(client):
    title = '</script><script>alert("1")</script><!--&amp;'
    article = factories.published_article(title=title)

    assert graph(client, article.get_absolute_url())["NewsArticle"]["headline"] == title
    assert "<script>alert" not in client.get(article.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("status", "told"),
    [("scheduled", "EventScheduled"), ("postponed", "EventPostponed"), ("cancelled", "EventCancelled")],
)
def test_an_event_tells_when_where_by_whom_and_whether_at_all(client, status, told):
    host = factories.organization()
    reason = "" if status == "scheduled" else "台风"
    event = factories.published_event(
        name="共享工厂讲座",
        hosts=[host],
        start_time="14:30",
        venue="文化礼堂",
        region="龙港镇",
        status=status,
        status_reason=reason,
    )

    found = graph(client, event.get_absolute_url())["Event"]

    assert (found["name"], found["startDate"], found["endDate"]) == (
        "共享工厂讲座",
        "2019-06-06T14:30+08:00",
        "2019-06-06",
    )
    assert found["eventStatus"] == f"https://schema.org/{told}"
    assert found["location"] == {"@type": "Place", "name": "文化礼堂", "address": "龙港镇"}
    assert [one["name"] for one in found["organizer"]] == [host.name]


def test_an_event_without_a_day_is_no_event_for_machines(client):
    event = factories.published_event(start_date=None, when_text="日前")

    assert graph(client, event.get_absolute_url()).keys() == {"BreadcrumbList"}


def test_an_organization_tells_its_names_and_how_to_reach_it(client):
    organization = factories.organization(
        "苍南县扶苗公益服务中心", short=["扶苗"], phone="0577-0000 0001", region="灵溪镇"
    )

    found = graph(client, organization.get_absolute_url())["Organization"]

    assert found["alternateName"] == ["扶苗"]
    assert (found["telephone"], found["address"]) == ("0577-0000 0001", "灵溪镇")
    assert "logo" not in found


def test_a_preview_tells_machines_nothing(client):
    article = factories.draft_article()
    client.force_login(factories.staff(is_superuser=True))

    page = client.get(article.get_absolute_url()).content.decode()

    assert "ld+json" not in page
    assert "og:" not in page


def test_a_link_to_a_story_is_shown_with_its_photo(client):
    article = factories.published_article(title="端午送粽子", summary="爱友在行动。")
    photo = factories.photo(article, alt_text="桌上的粽子", picture=factories.picture_file(size=(1600, 900)))

    told = social(client, article.get_absolute_url())

    assert told["og:type"] == "article"
    assert (told["og:title"], told["og:description"]) == ("端午送粽子", "爱友在行动。")
    assert told["og:url"] == absolute(article.get_absolute_url())
    assert told["og:image"] == absolute(photo.wide_url)
    assert (told["og:image:width"], told["og:image:height"], told["og:image:alt"]) == ("1280", "720", "桌上的粽子")


@pytest.mark.parametrize("path", ["/", "/news/", "/orgs/", "/events/"])
def test_every_page_tells_its_title_and_address(client, path):
    told = social(client, path)

    assert told["og:title"] == told["og:site_name"]
    assert told["og:url"] == absolute(path)
