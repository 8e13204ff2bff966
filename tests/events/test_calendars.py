"""Calendar files, as two independent readers understand them: icalendar and npm's ical.js."""

import datetime
import json
import re

import icalendar
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from newsletter.events.models import Event, EventType
from newsletter.publishing.models import Publication
from orgs.models import Organization
from tests.factories import (
    DAY,
    PAST,
    draft_event,
    event_type,
    organization,
    published_event,
    scheduled_event,
    withdrawn_event,
)
from tests.node import read_with_node
from tests.reading import visit

pytestmark = pytest.mark.django_db

CALENDAR = "/events/calendar.ics"
T = datetime.time


def read(client, path=CALENDAR):
    """The events of a calendar, as both readers agree on them: {summary: event}."""
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    ours, theirs = _with_icalendar(response.content), json.loads(read_with_node("read_calendar.mjs", response.content))
    assert ours == theirs
    return {event["summary"]: event for event in ours}


def _with_icalendar(document):
    calendar = icalendar.Calendar.from_ical(document)
    return [
        {
            **{name: str(event[name]) for name in ("uid", "summary", "description", "status", "url")},
            "sequence": event["sequence"],
            "location": str(event["location"]) if "location" in event else None,
            "categories": [str(category) for category in event["categories"].cats],
            "organizer": event["organizer"].params["cn"] if "organizer" in event else None,
            "start": _moment(event.get("dtstart")),
            "end": _moment(event.get("dtend")),
            "zone": event["dtstart"].params.get("tzid"),
            "modified": _moment(event.get("last-modified")),
        }
        for event in calendar.walk("VEVENT")
    ]


def _moment(value):
    if value is None:
        return None
    if not isinstance(value.dt, datetime.datetime):
        return value.dt.isoformat()
    return f"{value.dt.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%S}.000Z"


def test_event_is_told_whole(client):
    host = organization("爱友公益服务中心", slug="aiyou", email="info@example.org")
    event = published_event(
        name="端午包粽子", hosts=[host], type=event_type("志愿服务"), venue="龙港财富广场", region="龙港镇",
        places="埔坪\n江滨", start_time=T(14, 30), end_time=T(16),
    )  # fmt: skip

    told = read(client)["端午包粽子"]

    assert told["uid"] == str(event.uuid)
    assert (told["start"], told["end"]) == ("2019-06-06T06:30:00.000Z", "2019-06-06T08:00:00.000Z")
    assert told["zone"] == "Asia/Shanghai"
    assert told["location"] == "龙港镇 龙港财富广场、埔坪、江滨"
    assert (told["status"], told["categories"], told["organizer"]) == ("CONFIRMED", ["志愿服务"], "爱友公益服务中心")
    assert told["url"] == settings.SITE_URL + event.get_absolute_url()
    assert "爱友公益服务中心" in told["description"]
    assert b"mailto:info@example.org" in client.get(CALENDAR).content


@pytest.mark.parametrize(
    ("values", "start", "end"),
    [
        ({}, "2019-06-06", "2019-06-07"),
        ({"end_date": DAY}, "2019-06-06", "2019-06-07"),
        ({"end_date": DAY + datetime.timedelta(days=2)}, "2019-06-06", "2019-06-09"),
        ({"part_of_day": "morning"}, "2019-06-06", "2019-06-07"),
        (
            {"start_date": datetime.date(2020, 2, 28), "end_date": datetime.date(2020, 2, 29)},
            "2020-02-28",
            "2020-03-01",
        ),
        ({"start_date": datetime.date(2019, 12, 31)}, "2019-12-31", "2020-01-01"),
        ({"start_time": T(9)}, "2019-06-06T01:00:00.000Z", None),
        ({"start_time": T(0), "end_time": T(0)}, "2019-06-05T16:00:00.000Z", None),
        ({"start_time": T(0, 30), "end_time": T(1)}, "2019-06-05T16:30:00.000Z", "2019-06-05T17:00:00.000Z"),
        (
            {"start_time": T(9), "end_time": T(8), "end_date": DAY + datetime.timedelta(days=1)},
            "2019-06-06T01:00:00.000Z",
            "2019-06-07T00:00:00.000Z",
        ),
        (
            {"start_time": T(9), "end_date": DAY + datetime.timedelta(days=1)},
            "2019-06-06T01:00:00.000Z",
            "2019-06-07T16:00:00.000Z",
        ),
        # Summer time, which Shanghai had from 1986 to 1991.
        ({"start_date": datetime.date(1988, 7, 1), "start_time": T(9)}, "1988-07-01T00:00:00.000Z", None),
    ],
)
def test_span_of_an_event(client, values, start, end):
    published_event(name="活动", **values)

    told = read(client)["活动"]

    assert (told["start"], told["end"]) == (start, end)


@pytest.mark.parametrize(
    ("status", "told_status", "summary"),
    [
        ("scheduled", "CONFIRMED", "讲座"),
        ("held", "CONFIRMED", "讲座"),
        ("postponed", "TENTATIVE", "【延期】讲座"),
        ("cancelled", "CANCELLED", "【取消】讲座"),
    ],
)
def test_change_of_plan_is_told_with_its_reason(client, status, told_status, summary):
    published_event(name="讲座", status=status, status_reason="台风")

    told = read(client)[summary]

    assert told["status"] == told_status
    assert ("台风" in told["description"]) == (status in {"postponed", "cancelled"})


@pytest.mark.parametrize(
    ("values", "raised"),
    [
        ({"start_date": DAY + datetime.timedelta(days=1)}, 1),
        ({"end_date": DAY + datetime.timedelta(days=1)}, 1),
        ({"start_time": T(9)}, 1),
        ({"part_of_day": "evening"}, 1),
        ({"venue": "文化馆"}, 1),
        ({"places": "江滨"}, 1),
        ({"region": "灵溪镇"}, 1),
        ({"status": "cancelled", "status_reason": "台风"}, 1),
        ({"start_date": "2019-06-06"}, 0),
        ({"name": "另一个名称"}, 0),
        ({}, 0),
    ],
)
@pytest.mark.parametrize("whole", [True, False])
def test_sequence_counts_changes_of_date_place_and_status(client, values, raised, whole):
    event = published_event(name="讲座")
    uid = read(client)["讲座"]["uid"]

    for name, value in values.items():
        setattr(event, name, value)
    event.save(**({} if whole else {"update_fields": [*values]}))

    (told,) = read(client).values()
    assert (told["uid"], told["sequence"]) == (uid, raised)
    assert Event.objects.get().sequence == raised


def test_sequence_goes_on_where_an_older_copy_is_saved():
    event = published_event()
    for venue in ("甲", "乙"):
        event.venue = venue
        event.save()
    assert event.sequence == 2

    event.sequence = 0
    event.venue = "丙"
    event.save()

    assert Event.objects.get().sequence == 3


def test_only_public_events_with_a_day_stand_in_the_calendar(client):
    published_event(name="公开")
    published_event(name="只有年份", start_date=None, year=2019)
    published_event(name="只有原文", start_date=None)
    for make in (draft_event, scheduled_event, withdrawn_event):
        make(name="未公开")

    assert [*read(client)] == ["公开"]


def test_calendars_of_an_organization_a_type_and_an_event(client):
    aiyou = organization("爱友公益服务中心", slug="aiyou")
    its = published_event(name="爱友讲座", hosts=[aiyou], type=event_type("讲座"))
    published_event(name="别家慰问", hosts=[organization()], type=event_type("慰问"))

    assert [*read(client, "/orgs/aiyou/events.ics")] == ["爱友讲座"]
    assert [*read(client, "/events/types/jiangzuo/events.ics")] == ["爱友讲座"]
    assert [*read(client, f"/events/{its.pk}/event.ics")] == ["爱友讲座"]
    assert {*read(client)} == {"爱友讲座", "别家慰问"}
    for unknown in ("/orgs/unknown/events.ics", "/events/types/unknown/events.ics", "/events/999/event.ics"):
        assert client.get(unknown).status_code == 404


@pytest.mark.parametrize(
    ("make", "status"), [(draft_event, 404), (scheduled_event, 404), (withdrawn_event, 410), (published_event, 200)]
)
def test_calendar_of_one_event_answers_as_its_page_does(client, make, status):
    event = make()

    assert client.get(f"/events/{event.pk}/event.ics").status_code == status
    assert client.get(event.get_absolute_url()).status_code == status


def test_calendar_of_an_old_address_leads_to_the_present_one(client):
    aiyou = organization(slug="aiyou")
    aiyou.slug = "aiyou-new"
    aiyou.save()

    response = client.get("/orgs/aiyou/events.ics")

    assert (response.status_code, response["Location"]) == (301, "/orgs/aiyou-new/events.ics")


def test_lines_are_folded_at_75_octets_and_no_character_is_cut(client):
    name = "端午前夕志愿者走进敬老院👨‍👩‍👧‍👦与老人一起包粽子" * 4
    published_event(name=name, venue="龙港镇" * 30)

    lines = client.get(CALENDAR).content.split(b"\r\n")

    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None for line in lines)
    assert name in read(client)


def test_characters_that_mean_something_in_the_format_are_told_as_they_are(client):
    name = r'a,b;c:d\e"f\n ]]> <b> 😀 ‏عربي'
    host = organization('某"协会";,:')
    published_event(name=name, venue="甲,乙;丙", hosts=[host])
    Event.objects.update(name=name + "\x01\x0b\u202e")

    told = read(client)[name]

    assert told["location"] == "甲,乙;丙"
    assert told["organizer"].startswith("某")


def test_calendar_names_its_zone_and_itself(client):
    published_event(start_time=T(9))
    Publication(masthead="苍南社会组织").save()

    document = client.get(CALENDAR).content.decode()

    assert document.count("BEGIN:VTIMEZONE") == 1 and "TZID:Asia/Shanghai" in document
    assert "X-WR-CALNAME:苍南社会组织" in document
    assert re.findall("METHOD:.*|VERSION:.*|CALSCALE:.*", document) == [
        "VERSION:2.0\r", "CALSCALE:GREGORIAN\r", "METHOD:PUBLISH\r"
    ]  # fmt: skip


def test_calendar_says_how_often_to_look_in_both_words_that_programs_know(client):
    lines = client.get(CALENDAR).content.decode().split("\r\n")

    assert "REFRESH-INTERVAL;VALUE=DURATION:PT4H" in lines
    assert "X-PUBLISHED-TTL:PT4H" in lines


def test_empty_calendar_is_a_calendar(client):
    assert read(client) == {}


def test_unchanged_calendar_is_not_sent_again(client):
    published_event(hosts=[organization(slug="aiyou")])
    for model in (Event, EventType, Organization):
        model.objects.update(modified_at=PAST)

    for path in (CALENDAR, "/orgs/aiyou/events.ics", "/events/types/jiangzuo/events.ics"):
        first = client.get(path)
        for asked in ({"HTTP_IF_NONE_MATCH": first["ETag"]}, {"HTTP_IF_MODIFIED_SINCE": first["Last-Modified"]}):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path, **asked).status_code == 304
            assert len(queries) <= 2


@pytest.mark.parametrize(
    "step",
    [
        lambda event: event.withdraw(reason="有误"),
        lambda event: published_event(timezone.now(), name="新的"),
        lambda event: event.organizations.get().save(),
        lambda event: event.type.save(),
    ],
)
def test_changed_calendar_is_sent(client, step):
    event = published_event(hosts=[organization()])
    for model in (Event, EventType, Organization):
        model.objects.update(modified_at=PAST)
    first = client.get(CALENDAR)

    step(Event.objects.get(pk=event.pk))

    for asked in ({"HTTP_IF_NONE_MATCH": first["ETag"]}, {"HTTP_IF_MODIFIED_SINCE": first.get("Last-Modified", "")}):
        assert client.get(CALENDAR, **asked).status_code == 200


def test_pages_offer_the_calendars(client):
    event = published_event(hosts=[organization(slug="aiyou")])
    undated = published_event(start_date=None)

    for page, path in {
        "/events/": CALENDAR,
        "/feeds/": CALENDAR,
        "/events/types/jiangzuo/": "/events/types/jiangzuo/events.ics",
        "/orgs/aiyou/": "/orgs/aiyou/events.ics",
    }.items():
        links = visit(client, page).texts_of_links
        assert path in links
        assert settings.SITE_URL.replace("http:", "webcal:") + path in links
    assert f"/events/{event.pk}/event.ics" in visit(client, event.get_absolute_url()).texts_of_links
    assert not visit(client, undated.get_absolute_url()).links(r".*\.ics")
