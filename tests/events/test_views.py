import datetime

import pytest

from newsletter.records.dates import local_day
from tests.desk.people import browser_of, editor
from tests.factories import (
    DAY,
    draft_article,
    draft_event,
    event_in_review,
    event_type,
    merged_organization,
    organization,
    photo,
    published_article,
    published_event,
    scheduled_article,
    scheduled_event,
    withdrawn_article,
    withdrawn_event,
)
from tests.reading import ARTICLE, EVENT, ORGANIZATION, addresses, visit

pytestmark = pytest.mark.django_db

HIDDEN = (draft_event, event_in_review, scheduled_event, withdrawn_event)


def in_days(days):
    return local_day() + datetime.timedelta(days=days)


def hidden_events(**values):
    for make in HIDDEN:
        make(**values)


def june(day):
    return datetime.date(2019, 6, day)


def test_list_shows_coming_events_the_next_one_first_then_past_ones_the_newest_first(client):
    old, new = published_event(start_date=june(1)), published_event(start_date=june(3))
    later, today = published_event(start_date=in_days(5)), published_event(start_date=local_day())
    lasting = published_event(start_date=june(2), end_date=local_day())
    ended = published_event(start_date=june(1), end_date=june(2))
    hidden_events()
    hidden_events(start_date=in_days(1))

    assert visit(client, "/events/").links(EVENT) == addresses(lasting, today, later, new, ended, old)


def test_events_of_one_day_stand_in_the_order_of_their_times(client):
    afternoon = published_event(start_date=in_days(1), start_time=datetime.time(14, 30))
    morning = published_event(start_date=in_days(1), start_time=datetime.time(9))

    assert visit(client, "/events/").links(EVENT) == addresses(morning, afternoon)


def test_undated_event_stands_among_past_ones_under_the_day_of_its_first_article(client):
    early, late = published_event(start_date=june(1)), published_event(start_date=june(5))
    undated = published_event(name="端午活动", start_date=None, when_text="端午前夕")
    for day in (june(4), june(3)):
        published_article(date=day).event_links.create(event=undated)

    page = visit(client, "/events/")

    assert page.links(EVENT) == addresses(late, undated, early)
    assert "端午前夕" in page.text


def test_cancelled_event_stays_in_the_list_with_its_reason(client):
    event = published_event(start_date=in_days(3), status="cancelled", status_reason="台风")

    page = visit(client, "/events/")

    assert page.links(EVENT) == addresses(event)
    assert "台风" in page.text


def test_event_without_a_name_is_called_by_its_hosts_and_type(client):
    event = published_event(name="", hosts=[organization("龙港总商会", short=["龙商"])])

    assert visit(client, "/events/").texts_of_links[event.get_absolute_url()] == "龙商讲座"
    assert visit(client, event.get_absolute_url()).h1 == "龙商讲座"


# The calendar.


def events_of_days(page):
    """{day: [addresses of the events in its cell]} of the days that have some."""
    days = {}
    for cell in page.main.all("td"):
        events = [link.attrs["href"] for link in cell.all("a") if link.attrs["href"].startswith("/events/")]
        if events:
            days[cell.all("time")[0].attrs["datetime"]] = events
    return days


def test_calendar_shows_an_event_on_each_of_its_days(client):
    single, lasting = published_event(start_date=june(4)), published_event(start_date=june(3), end_date=june(5))
    hidden_events(start_date=june(4))

    page = visit(client, "/calendar/2019/06/")

    assert events_of_days(page) == {
        "2019-06-03": addresses(lasting),
        "2019-06-04": addresses(lasting, single),
        "2019-06-05": addresses(lasting),
    }
    assert page.links(EVENT) == addresses(lasting, single)


def test_event_across_two_months_stands_in_both_with_the_days_of_each(client):
    event = published_event(start_date=june(29), end_date=datetime.date(2019, 7, 2))

    assert list(events_of_days(visit(client, "/calendar/2019/06/"))) == ["2019-06-29", "2019-06-30"]
    assert list(events_of_days(visit(client, "/calendar/2019/07/"))) == ["2019-07-01", "2019-07-02"]
    assert visit(client, "/calendar/2019/07/").links(EVENT) == addresses(event)


def test_event_without_a_day_stands_in_no_month(client):
    for values in ({"when_text": "端午前夕"}, {"when_text": "", "year": 2019}):
        event = published_event(start_date=None, **values)
        published_article(date=june(4)).event_links.create(event=event)

    for month in range(1, 13):
        assert visit(client, f"/calendar/2019/{month:02}/").links(EVENT) == []


def test_calendar_has_each_day_of_the_month_in_weeks_from_monday(client):
    page = visit(client, "/calendar/2019/06/")

    assert [len(row.all("td")) for row in page.main.all("tbody")[0].all("tr")] == [7] * 5
    assert page.days == [str(datetime.date(2019, 5, 27) + datetime.timedelta(days=days)) for days in range(35)]


@pytest.mark.parametrize(
    ("month", "before", "after"),
    [("2019/06", "2019/05", "2019/07"), ("2019/01", "2018/12", "2019/02"), ("2019/12", "2019/11", "2020/01")],
)
def test_calendar_leads_to_the_months_beside_it(client, month, before, after):
    page = visit(client, f"/calendar/{month}/")

    assert (page.link_to("prev"), page.link_to("next")) == (f"/calendar/{before}/", f"/calendar/{after}/")


@pytest.mark.parametrize("month", ["1900/01", "2200/12"])
def test_first_and_last_month_lead_to_pages_that_exist(client, month):
    page = visit(client, f"/calendar/{month}/")

    for address in filter(None, (page.link_to("prev"), page.link_to("next"))):
        visit(client, address)


# Types.


def test_type_shows_its_coming_and_past_events_and_its_news(client):
    lecture, visiting = event_type("讲座"), event_type("慰问")
    past, coming = published_event(type=lecture), published_event(type=lecture, start_date=in_days(1))
    other = published_event(type=visiting)
    hidden_events(type=lecture)
    old, new = published_article(events=[past], date=june(1)), published_article(events=[past, coming])
    published_article(events=[other])
    for make in (draft_article, scheduled_article, withdrawn_article):
        make(events=[past])

    page = visit(client, "/events/types/jiangzuo/")

    assert page.h1 == "讲座"
    assert page.links(EVENT) == addresses(coming, past)
    assert page.links(ARTICLE) == addresses(new, old)
    assert "/events/types/jiangzuo/news.rss" in page.links(r".*\.rss")


# One event.


def test_event_shows_when_where_and_in_which_series_it_is(client):
    event = published_event(
        name="共享工厂讲座",
        end_date=june(7),
        start_time=datetime.time(14, 30),
        venue="龙港财富广场",
        places="埔坪\n江山",
        region="龙港镇",
        series_text="第13个年头",
    )

    page = visit(client, event.get_absolute_url())

    assert page.h1 == "共享工厂讲座"
    assert {"2019-06-06", "2019-06-07"} == set(page.days)
    for words in ("14:30", "龙港财富广场", "埔坪", "江山", "龙港镇", "第13个年头", "讲座"):
        assert words in page.text
    assert page.links(r"/calendar/.*") == ["/calendar/2019/06/"]


def test_event_of_which_only_words_are_known_shows_them_and_leads_to_no_month(client):
    page = visit(client, published_event(start_date=None, when_text="端午前夕").get_absolute_url())

    assert "端午前夕" in page.text
    assert page.links(r"/calendar/.*") == []


def test_event_shows_all_its_public_reports(client):
    event = published_event()
    old, new = published_article(events=[event], date=june(1)), published_article(events=[event])
    published_article()
    for make in (draft_article, scheduled_article, withdrawn_article):
        make(events=[event])

    assert visit(client, event.get_absolute_url()).links(ARTICLE) == addresses(new, old)


def test_event_names_its_organizations_by_role(client):
    event = published_event()
    for role, name in (("host", "主办一"), ("visitor", "来访"), ("host", "主办二")):
        event.participations.create(organization=organization(name), role=role)

    page = visit(client, event.get_absolute_url())

    assert [names for names in page.facts.values() if "主办一" in names or "来访" in names] == [
        ["主办一", "主办二"],
        ["来访"],
    ]
    assert len(page.links(ORGANIZATION)) == 3


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_event_that_does_not_take_place_says_why(client, status):
    event = published_event(status=status, status_reason="因台风停办")

    page = visit(client, event.get_absolute_url())

    assert "因台风停办" in page.text
    assert event.get_status_display() in page.text


@pytest.mark.parametrize("make", HIDDEN[:3])
def test_event_that_is_not_public_yet_is_for_staff(client, make):
    event = make(start_date=DAY, name="秘密活动")

    visit(client, event.get_absolute_url(), 404)
    page = visit(browser_of(editor()), event.get_absolute_url())
    assert (page.h1, page.response["X-Robots-Tag"]) == ("秘密活动", "noindex")
    assert "no-store" in page.response["Cache-Control"]


def test_withdrawn_event_answers_gone_with_the_reason(client):
    event = withdrawn_event(name="错误活动", reason="日期有误")

    page = visit(client, event.get_absolute_url(), 410)

    assert "日期有误" in page.text
    assert "错误活动" not in page.text


def test_organization_has_a_list_of_the_events_in_which_it_takes_part(client):
    aiyou = organization(slug="aiyou")
    coming, past = published_event(hosts=[aiyou], start_date=in_days(3)), published_event()
    past.participations.create(organization=aiyou, role="visitor")
    published_event(hosts=[organization()])
    hidden_events(hosts=[aiyou])
    merged_organization(aiyou, slug="former")

    assert visit(client, "/orgs/aiyou/events/").links(EVENT) == addresses(coming, past)
    assert "/orgs/aiyou/events/" in visit(client, "/orgs/aiyou/").texts_of_links
    assert client.get("/orgs/former/events/")["Location"] == "/orgs/aiyou/events/"


def test_event_in_a_list_names_its_hosts(client):
    event = published_event(name="大讲座", hosts=[organization(short=["社促会"])])
    event.participations.create(organization=organization(short=["守望"]), role="supporter")

    text = visit(client, "/events/").text

    assert "社促会" in text
    assert "守望" not in text


def test_event_shows_the_photos_of_all_its_reports_once(client):
    event = published_event()
    shown = [photo(published_article(events=[event]), alt_text="粽子") for _number in range(2)]
    photo(draft_article(events=[event]))

    pictures = visit(client, event.get_absolute_url()).pictures

    assert sorted(pictures) == sorted((one.wide_url, "粽子") for one in shown)
