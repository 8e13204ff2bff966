"""What a public page asks of the database: one literal number each, however much there is."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from newsletter.records.dates import local_day
from tests.factories import (
    DAY,
    attachment,
    event_type,
    figure,
    organization,
    photo,
    published_article,
    published_award,
    published_edition,
    published_event,
    published_page,
    section,
    tag,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def first():
    """What the pages of one thing are about: the first rows, to which `fill` links all others."""
    scopes = {"section": section("要闻"), "tag": tag("端午"), "type": event_type("讲座")}
    scopes["organization"] = organization(slug="aiyou", short=["爱友"], member=True)
    return scopes


def fill(first, count):
    """`count` of everything, each row linked to the first ones and to rows of its own."""
    made = []
    for number in range(count):
        day = DAY - datetime.timedelta(days=number)
        own = organization(f"单位{number}", short=[f"单{number}"], region=f"镇{number}", member=True)
        events = [
            published_event(name="", type=first["type"], hosts=[first["organization"], own], start_date=DAY),
            published_event(name="", type=event_type(f"类{number}"), hosts=[own], start_date=local_day()),
        ]
        award = published_award(issuer=own, recipients=[first["organization"], own], level="county")
        award.recipients.create(person="林某某")
        article = published_article(
            title=f"新闻{number}",
            date=day,
            section=first["section"],
            organizations=[first["organization"], own],
            events=events,
            awards=[award],
            tags=[first["tag"], tag(f"标签{number}")],
        )
        other = published_article(title=f"其他{number}", date=day, section=section(f"栏目{number}"))
        other.organization_links.create(organization=first["organization"], role="mentioned")
        for child in (photo, figure, attachment):
            child(article)
        edition = published_edition(date=day, articles=[article])
        edition.pages.create(number=1)
        published_page(slug=f"page-{number}")
        made.append({"article": article, "event": events[0], "award": award, "edition": edition})
    # One of each that has many: its own links are as many as there are rows.
    full = made[0]
    for row in made[1:]:
        organizations = row["article"].organizations.exclude(slug="aiyou")
        full["article"].organizations.add(*organizations)
        full["article"].events.add(row["event"])
        full["article"].awards.add(row["award"])
        full["article"].tags.add(*row["article"].tags.all())
        for child in (photo, figure, attachment):
            child(full["article"])
        full["event"].organizations.add(*organizations)
        row["article"].events.add(full["event"])
        row["article"].awards.add(full["award"])
        full["edition"].items.create(article=row["article"], position=full["edition"].items.count() + 1)
    return full


# Two of each page's queries are for what stands on every page: the publication and the standing pages.
QUERIES = {
    "/": 16,
    "/news/": 6,
    "/news/?org=aiyou&type=jiangzuo&section=yaowen&tag=duanwu&form=article&from=2000-01-01": 10,
    "/news/?before=2019-06-07.0": 6,
    "/news/2019/": 5,
    "/news/2019/06/": 5,
    "/news/2019/06/06/": 5,
    "/years/2019/": 7,
    "/orgs/aiyou/years/2019/": 7,
    "/orgs/aiyou/events/": 7,
    "/sections/yaowen/": 5,
    "/tags/duanwu/": 5,
    "/orgs/": 8,
    "/orgs/?kind=service_agency&initial=D": 8,
    "/orgs/aiyou/": 16,
    "/events/": 9,
    "/events/types/jiangzuo/": 10,
    "/calendar/2019/06/": 5,
    "/awards/": 5,
    "/awards/years/2018/": 5,
    "/editions/": 4,
    "/editions/years/2019/": 4,
    "/feeds/": 5,
    "/pages/page-0/": 3,
    "/unknown/": 2,
    "/sitemap.xml": 7,
    "/sitemap-front.xml": 1,
    "/sitemap-articles.xml": 3,
    "/sitemap-organizations.xml": 2,
    "/robots.txt": 0,
    "/feeds/news.rss": 5,
    "/orgs/aiyou/news.rss": 6,
    "/events/types/jiangzuo/news.rss": 6,
    "/sections/yaowen/news.rss": 6,
    "/tags/duanwu/news.rss": 6,
    "/feeds/news.atom": 6,
    "/feeds/news.json": 5,
    "/feeds/editions.atom": 6,
    "/feeds/awards.json": 4,
    "/feeds/organizations.opml": 2,
    "/events/calendar.ics": 5,
    "/events/types/jiangzuo/events.ics": 6,
    "/orgs/aiyou/events.ics": 6,
}
QUERIES_OF_ONE = {
    "article": 16,
    "event": 7,
    "award": 6,
    "edition": 8,
    "photo": 1,
    "photo page": 4,
    "attachment": 1,
    "card": 3,
}


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_page_asks_the_same_number_of_queries_of_any_number_of_rows(client, first, rows):
    full = fill(first, rows)
    shown = full["article"].photos.first()
    full |= {"photo": shown, "photo page": shown, "attachment": full["article"].attachments.first()}
    expected = {
        **QUERIES,
        f"{full['article'].get_absolute_url()}card.png": QUERIES_OF_ONE["card"],
        **{
            row.wide_url if name == "photo" else row.get_absolute_url(): QUERIES_OF_ONE[name]
            for name, row in full.items()
        },
        f"{full['edition'].get_absolute_url()}print/": 7,
        f"{full['edition'].get_absolute_url()}pages/1/": 8,
    }
    counted = {}

    for path in expected:
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        counted[path] = len(queries)

    assert counted == expected
