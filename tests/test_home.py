import datetime
import re

import pytest

from newsletter.records.dates import local_day
from tests.factories import (
    DAY,
    draft_article,
    draft_award,
    draft_edition,
    draft_event,
    event_type,
    organization,
    photo,
    published_article,
    published_award,
    published_edition,
    published_event,
    scheduled_article,
    scheduled_award,
    scheduled_edition,
    scheduled_event,
    section,
    unlisted_organization,
    withdrawn_article,
    withdrawn_award,
    withdrawn_edition,
    withdrawn_event,
)
from tests.reading import ARTICLE, AWARD, EDITION, EVENT, addresses, visit

pytestmark = pytest.mark.django_db

EARLIER, LATER = DAY - datetime.timedelta(days=7), DAY + datetime.timedelta(days=7)


def test_front_page_opens_with_the_newest_public_edition_and_its_lead(client):
    first, lead, brief, photo_story = (
        published_article(title="一"),
        published_article(title="二"),
        published_article(title="三", form="brief"),
        published_article(title="四", form="photo_story"),
    )
    published_edition(articles=[published_article(title="上一期")], date=EARLIER)
    edition = published_edition(articles=[first, lead, brief, photo_story], number="第6期")
    edition.items.filter(article=lead).update(is_lead=True)
    for make in (draft_edition, scheduled_edition, withdrawn_edition):
        make(date=LATER)

    page = visit(client, "/")

    assert page.links(EDITION) == addresses(edition)
    assert page.links(ARTICLE)[0] == lead.get_absolute_url()
    assert set(addresses(first, brief, photo_story)) < set(page.links(ARTICLE))


def test_edition_without_a_lead_opens_with_its_first_public_story(client):
    articles = [withdrawn_article(), draft_article(), published_article(title="一"), published_article(title="二")]
    edition = published_edition(articles=articles)
    edition.items.filter(article=articles[0]).update(is_lead=True)

    assert visit(client, "/").links(ARTICLE) == addresses(*articles[2:])


def test_news_beside_the_edition_is_what_the_edition_does_not_hold(client):
    inside = published_article(title="本期", date=LATER)
    news = [published_article(title=f"新闻{day}", date=DAY + datetime.timedelta(days=day)) for day in range(14)]
    published_edition(articles=[inside])
    for make in (draft_article, scheduled_article, withdrawn_article):
        make(date=LATER)

    assert visit(client, "/").links(ARTICLE) == addresses(inside, *reversed(news[2:]))


def test_front_page_without_an_edition_opens_with_the_latest_news(client):
    old, new = published_article(date=EARLIER), published_article()
    draft_edition(articles=[old])

    page = visit(client, "/")

    assert page.links(ARTICLE) == addresses(new, old)
    assert page.days[:2] == [str(DAY), str(EARLIER)]


def test_briefs_that_find_no_room_beside_the_lead_stand_among_the_stories(client):
    lead = published_article()
    briefs = [published_article(form="brief") for _number in range(7)]
    published_edition(articles=[lead, *briefs])

    page = visit(client, "/")

    [column] = page.main.all("section", **{"aria-labelledby": "briefs"})
    assert [link.attrs["href"] for link in column.all("a")] == addresses(*briefs[:5])
    assert page.links(ARTICLE) == addresses(lead, *briefs)


def test_front_page_shows_coming_events_the_next_one_first(client):
    today = local_day()
    later, soon, today_only = (
        published_event(start_date=today + datetime.timedelta(days=days), name=f"{days}天后") for days in (9, 2, 0)
    )
    lasting = published_event(start_date=EARLIER, end_date=today, name="历时已久")
    published_event(name="已经结束")
    for make in (draft_event, scheduled_event, withdrawn_event):
        make(start_date=today)

    assert visit(client, "/").links(EVENT) == addresses(lasting, today_only, soon, later)


def test_front_page_shows_past_events_where_none_is_coming(client):
    old, new = published_event(start_date=EARLIER), published_event()
    for make in (draft_event, scheduled_event, withdrawn_event):
        make(start_date=local_day())

    assert visit(client, "/").links(EVENT) == addresses(new, old)


def test_front_page_shows_the_six_newest_honours(client):
    awards = [published_award(year=year) for year in range(2011, 2019)]
    for make in (draft_award, scheduled_award, withdrawn_award):
        make(year=2019)

    assert visit(client, "/").links(AWARD) == addresses(*reversed(awards[2:]))


def test_front_page_shows_the_photo_of_a_story_with_its_alternative_text(client):
    article = published_article()
    shown, hidden = photo(article, alt_text="志愿者包粽子"), photo(draft_article(), alt_text="草稿照片")
    published_edition(articles=[article])

    pictures = visit(client, "/").pictures

    assert {alt for _src, alt in pictures} == {"志愿者包粽子"}
    assert [src for src, _alt in pictures if f"/photos/{hidden.pk}/" in src] == []
    assert all(src.startswith(f"/photos/{shown.pk}/") for src, _alt in pictures)


def test_front_page_of_an_empty_site_links_to_everything(client):
    page = visit(client, "/")

    assert {"/news/", "/events/", "/awards/", "/editions/", "/orgs/", "/feeds/"} <= set(page.texts_of_links)


def test_feeds_page_links_to_each_feed(client):
    section("要闻", slug="yaowen")
    event_type("讲座")
    organization("爱友公益服务中心", slug="aiyou", member=True)
    unlisted_organization("未公开单位", slug="hidden", member=True)
    organization("非会员单位", slug="guest")

    assert visit(client, "/feeds/").links(r".*\.rss") == [
        "/feeds/news.rss",
        "/feeds/editions.rss",
        "/feeds/awards.rss",
        "/sections/yaowen/news.rss",
        "/events/types/jiangzuo/news.rss",
        "/orgs/aiyou/news.rss",
    ]


# The organizations' corner.


def corner(page):
    """`[(organization, its latest story)]`, as addresses."""
    [section] = page.main.all("section", **{"aria-labelledby": "organizations"})
    return [tuple(link.attrs["href"] for link in item.all("a")) for item in section.all("li")]


def test_front_page_shows_the_busiest_organizations_with_their_latest_stories(client):
    busy, calm, named = (organization(slug=slug) for slug in ("busy", "calm", "named"))
    old, new = published_article(organizations=[busy], date=EARLIER), published_article(organizations=[busy])
    other = published_article(organizations=[calm])
    other.organization_links.create(organization=calm, role="contributor")
    other.organization_links.create(organization=named, role="mentioned")
    published_article(organizations=[organization(slug="former")], date=DAY - datetime.timedelta(days=400))
    for make in (draft_article, scheduled_article, withdrawn_article):
        make(organizations=[calm], date=LATER)
    published_edition(articles=[old])

    page = visit(client, "/")

    assert corner(page) == [("/orgs/busy/", *addresses(new)), ("/orgs/calm/", *addresses(other))]
    assert re.findall("近一年 [0-9]+ 篇", page.text) == ["近一年 2 篇", "近一年 1 篇"]


def test_busiest_organizations_are_those_of_the_year_of_the_last_news_where_there_is_no_edition(client):
    old = published_article(organizations=[organization(slug="aiyou")], date=DAY)

    assert corner(visit(client, "/")) == [("/orgs/aiyou/", *addresses(old))]


def test_front_page_leads_on_to_an_edition_that_does_not_fit_on_it(client):
    articles = [published_article(form=form) for form in ("article", "brief", "photo_story") for _number in range(14)]
    edition = published_edition(articles=articles)

    page = visit(client, "/")

    assert len(page.links(ARTICLE)) == 1 + 9 + 5 + 6
    assert "本期全部稿件" in [link.text for link in page.main.all("a", href=edition.get_absolute_url())]
