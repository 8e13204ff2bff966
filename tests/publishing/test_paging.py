"""Long lists by cursor, on their own and on each page that has one."""

import datetime

import pytest
from django.core.exceptions import BadRequest
from django.http import QueryDict

from newsletter.articles.models import Article
from newsletter.awards.models import Award
from newsletter.editions.models import Edition
from newsletter.events.models import Event
from newsletter.publishing.paging import cursor_page
from tests.factories import (
    DAY,
    draft_article,
    event_type,
    published_article,
    published_award,
    published_edition,
    published_event,
    section,
    tag,
)
from tests.reading import addresses, visit

pytestmark = pytest.mark.django_db


def page_of(query, size=2):
    return cursor_page(Article.objects.published(), QueryDict(query), size=size)


def days(page):
    return [row.date.day for row in page.rows]


@pytest.fixture
def five():
    """Articles of the days 1 to 5."""
    return [published_article(title=str(day), date=datetime.date(2019, 6, day)) for day in range(1, 6)]


def test_first_page_has_the_newest_rows_and_leads_to_older_ones(five):
    page = page_of("")

    assert days(page) == [5, 4]
    assert (page.newer, page.older, page.is_first) == (None, f"2019-06-04.{five[3].pk}", True)


def test_middle_page_leads_both_ways(five):
    page = page_of(f"before=2019-06-04.{five[3].pk}")

    assert days(page) == [3, 2]
    assert (page.newer, page.older, page.is_first) == (f"2019-06-03.{five[2].pk}", f"2019-06-02.{five[1].pk}", False)


def test_last_page_leads_to_newer_rows_only(five):
    page = page_of(f"before=2019-06-02.{five[1].pk}")

    assert days(page) == [1]
    assert (page.newer, page.older) == (f"2019-06-01.{five[0].pk}", None)


def test_page_after_a_row_has_the_rows_next_to_it_newest_first(five):
    page = page_of(f"after=2019-06-01.{five[0].pk}")

    assert days(page) == [3, 2]
    assert (page.newer, page.older, page.is_first) == (f"2019-06-03.{five[2].pk}", f"2019-06-02.{five[1].pk}", False)


def test_page_after_the_last_but_one_is_the_newest_and_leads_to_no_newer_one(five):
    assert page_of(f"after=2019-06-04.{five[3].pk}").newer is None


def test_rows_of_one_day_are_told_apart_by_their_ids():
    first, second, third = (published_article(title=title) for title in "一二三")

    assert page_of(f"before=2019-06-06.{third.pk}").rows == [second, first]
    assert page_of(f"after=2019-06-06.{first.pk}").rows == [third, second]


def test_row_of_a_cursor_need_not_exist(five):
    assert days(page_of("before=2019-06-03.0")) == [2, 1]
    assert days(page_of("after=2019-06-03.999999999999999999")) == [5, 4]


@pytest.mark.parametrize("query", ["before=1999-01-01.1", "after=2199-01-01.1"])
def test_cursor_beyond_the_end_gives_an_empty_page(five, query):
    page = page_of(query)

    assert (page.rows, page.newer, page.older, page.is_first) == ([], None, None, False)


@pytest.mark.parametrize(
    "cursor",
    [
        *("", "2019-06-04", "2019-06-04.", ".", ".x", "2019-06-31.1", "2019-6-4.1", "0000-01-01.1", "2019-06-04.-1"),
        *("2019-06-04.1.2", "2019-06-04.１", "２０１９-06-04.1", "20190604.1", "2019-W23-2.1", "2019.1", "None.1"),
        *("2019-06-04 .1", f"2019-06-04.{'9' * 19}", "x" * 5000),
    ],
)
@pytest.mark.parametrize("name", ["before", "after"])
def test_malformed_cursor_is_refused(name, cursor):
    params = QueryDict(mutable=True)
    params[name] = cursor

    with pytest.raises(BadRequest):
        cursor_page(Article.objects.published(), params)


def test_cursor_both_ways_is_refused():
    with pytest.raises(BadRequest):
        page_of("before=2019-06-04.1&after=2019-06-04.1")


def test_list_by_year_has_cursors_by_year():
    old, new, newer = (published_award(year=year) for year in (2016, 2017, 2018))
    page = cursor_page(Award.objects.published(), QueryDict(""), field="year", size=2)

    assert (page.rows, page.older) == ([newer, new], f"2017.{new.pk}")
    assert cursor_page(Award.objects.all(), QueryDict(f"before={page.older}"), field="year").rows == [old]


# The lists of the site.


def day_of(number):
    """Two rows a day, so that a page ends within a day."""
    return DAY - datetime.timedelta(days=number // 2)


def many_articles(count, **values):
    return [published_article(title=f"新闻{number}", date=day_of(number), **values) for number in range(count)]


def walk(client, address, rel):
    """The pages from this one on along the links of `rel`."""
    pages = []
    while address:
        assert len(pages) < 10
        pages.append(visit(client, address))
        address = pages[-1].link_to(rel)
    return pages


def shown(pages, kind):
    return [link for page in pages for link in page.links(rf"/{kind}/\d+/")]


@pytest.mark.parametrize(
    ("address", "kind", "model", "make"),
    [
        ("/news/", "articles", Article, many_articles),
        ("/news/2019/", "articles", Article, many_articles),
        ("/sections/yaowen/", "articles", Article, lambda count: many_articles(count, section=section("要闻"))),
        ("/tags/duanwu/", "articles", Article, lambda count: many_articles(count, tags=[tag("端午")])),
        ("/events/", "events", Event, lambda count: [published_event(start_date=day_of(n)) for n in range(count)]),
        (
            "/events/types/jiangzuo/",
            "events",
            Event,
            lambda count: [published_event(start_date=day_of(n), type=event_type("讲座")) for n in range(count)],
        ),
        ("/awards/", "awards", Award, lambda count: [published_award(year=2018 - n // 2) for n in range(count)]),
        ("/editions/", "editions", Edition, lambda count: [published_edition(date=day_of(n)) for n in range(count)]),
    ],
)
def test_older_and_newer_links_walk_through_the_whole_list_exactly_once(client, address, kind, model, make):
    make(60)
    everything = addresses(*model.objects.published().newest_first())

    older = walk(client, address, "next")
    newer = walk(client, older[-1].address, "prev")

    assert [len(page.links(rf"/{kind}/\d+/")) for page in older] == [25, 25, 10]
    assert shown(older, kind) == everything
    assert shown(reversed(newer), kind) == everything


def test_walk_through_past_events_ends_with_those_of_which_no_day_is_known(client):
    dated = [published_event(start_date=day_of(number)) for number in range(26)]
    undated = [published_event(name=f"没有报道{number}", start_date=None) for number in range(30)]
    reported = published_event(name="有报道", start_date=None)
    published_article(date="2019-01-01").event_links.create(event=reported)

    older = walk(client, "/events/", "next")
    newer = walk(client, older[-1].address, "prev")

    assert shown(older, "events") == [*shown(older[:1], "events"), *addresses(dated[24], reported, *reversed(undated))]
    assert shown(reversed(newer), "events") == shown(older, "events")


def test_walk_keeps_the_filter(client):
    many_articles(30, section=section("要闻"))
    many_articles(30, section=section("简讯"))

    pages = walk(client, "/news/?section=yaowen&from=2019-01-01", "next")

    assert shown(pages, "articles") == addresses(*Article.objects.filter(section__slug="yaowen").newest_first())


def test_page_stays_put_while_news_is_added(client):
    many_articles(60)
    second = visit(client, "/news/").link_to("next")
    before = visit(client, second).links(r"/articles/\d+/")

    published_article(date=DAY)
    published_article(date=DAY + datetime.timedelta(days=1))

    assert len(before) == 25
    assert visit(client, second).links(r"/articles/\d+/") == before


def test_hidden_rows_take_no_place_on_a_page(client):
    many_articles(25)
    for _number in range(5):
        draft_article(date=DAY)

    page = visit(client, "/news/")

    assert len(page.links(r"/articles/\d+/")) == 25
    assert page.link_to("next") is None


def test_list_that_ends_says_so_and_leads_back(client):
    published_article()
    nothing = visit(client, "/news/?section=&before=1999-01-01.1")

    assert nothing.links(r"/articles/\d+/") == []
    assert "?section=" in nothing.texts_of_links
    assert nothing.text != visit(client, "/news/").text
