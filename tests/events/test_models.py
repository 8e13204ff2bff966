import datetime

import pytest
from django.core.exceptions import ValidationError

from newsletter.events.models import Event, EventType
from tests.factories import DAY, draft_event, event_type, organization, published_event, scheduled_event

pytestmark = pytest.mark.django_db


def june(day):
    return datetime.date(2019, 6, day)


def on(first, last=None, **values):
    return draft_event(start_date=june(first), end_date=last and june(last), **values)


# Lists.


def test_coming_events_are_those_that_have_not_ended_the_next_one_first():
    later, ended, running, today = on(9), on(1, 3), on(1, 4), on(4)
    called_off = on(5, status="cancelled", status_reason="台风")
    on(3)
    draft_event(start_date=None)

    assert [*Event.objects.coming(june(4))] == [running, today, called_off, later]
    assert ended not in Event.objects.coming(june(4))


def test_events_of_one_day_are_in_the_order_of_their_times_after_those_without_one():
    evening, morning = (on(4, start_time=datetime.time(hour)) for hour in (19, 8))
    without = on(4)

    assert [*Event.objects.coming(june(4))] == [without, morning, evening]
    assert [*Event.objects.between(june(4), june(4))] == [without, morning, evening]


def test_past_events_are_those_that_have_ended_or_have_no_date_the_newest_first():
    oldest, ended, yesterday = on(1), on(1, 2), on(3)
    undated = draft_event(start_date=None)
    on(4)
    on(1, 4)

    assert [*Event.objects.past(june(4))] == [yesterday, ended, oldest, undated]


@pytest.mark.parametrize("day", range(1, 10))
def test_every_event_is_either_coming_or_past(day):
    made = [on(3), on(4), on(5), on(3, 6), on(4, 4), draft_event(start_date=None)]

    coming, past = Event.objects.coming(june(day)), Event.objects.past(june(day))

    assert sorted(event.pk for event in (*coming, *past)) == [event.pk for event in made]


def test_day_of_an_event_is_over_at_midnight_in_shanghai(monkeypatch):
    event = on(4)
    half_past_midnight = datetime.datetime(2019, 6, 4, 16, 30, tzinfo=datetime.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: half_past_midnight)

    assert ([*Event.objects.coming()], [*Event.objects.past()]) == ([], [event])


def test_events_between_two_days_have_a_day_among_them():
    first, long, whole, last = on(4), on(1, 4), on(1, 9), on(6)
    on(3)
    on(7)
    on(1, 3)
    on(7, 9)
    draft_event(start_date=None)

    assert [*Event.objects.between(june(4), june(6))] == [long, whole, first, last]


def test_lists_of_events_start_from_what_is_public():
    event = published_event()
    scheduled_event()
    draft_event()

    assert [*Event.objects.published().past(DAY + datetime.timedelta(1))] == [event]


def test_newest_events_come_first_and_those_without_any_day_last():
    undated, early, late = draft_event(start_date=None), on(1), on(2)
    same_day = on(2)

    assert [*Event.objects.newest_first()] == [same_day, late, early, undated]


# One event.


def test_dated_event_is_listed_under_its_first_day():
    event = on(7, 8)
    assert Event.objects.get().listed_date == june(7)

    event.start_date = june(6)
    event.save(update_fields=["start_date"])

    assert Event.objects.get().listed_date == june(6)


@pytest.mark.parametrize(
    ("name", "hosts", "shown"),
    [
        ("共享工厂讲座", ["扶苗公益中心"], "共享工厂讲座"),
        ("", [], "慰问"),
        ("", ["扶苗公益中心"], "扶苗慰问"),
        ("", ["扶苗公益中心", "壹加壹"], "扶苗、壹加壹慰问"),
        ("", ["扶苗公益中心", "壹加壹", "钱库商会"], "扶苗、壹加壹慰问"),
    ],
)
def test_event_without_a_name_is_called_after_its_type_and_hosts(name, hosts, shown):
    fumiao = organization("扶苗公益中心", short=["扶苗"])
    event = draft_event(name=name, type=event_type("慰问"))
    for host in hosts:
        event.organizations.add(fumiao if host == "扶苗公益中心" else organization(host))

    assert str(Event.objects.get()) == shown


@pytest.mark.parametrize(
    ("role", "leads"),
    [
        ("host", True),
        ("organizer", True),
        ("visitor", True),
        ("co_organizer", False),
        ("supporter", False),
        ("participant", False),
        ("escort", False),
    ],
)
def test_event_is_called_after_those_who_lead_it(role, leads):
    event = draft_event(name="", type=event_type("调研"))
    event.participations.create(organization=organization("民政部"), role=role)

    assert str(event) == ("民政部调研" if leads else "调研")


def test_places_are_the_lines_that_hold_a_word():
    assert draft_event(places="埔坪\r\n\n灵江\n").place_words == ["埔坪", "灵江"]


@pytest.mark.parametrize(
    ("values", "today", "happened"),
    [
        ({}, 6, False),
        ({}, 7, True),
        ({"end_date": june(8)}, 8, False),
        ({"end_date": june(8)}, 9, True),
        ({"start_date": None}, 9, False),
        ({"start_date": None, "status": "held"}, 1, True),
        ({"status": "held"}, 1, True),
    ],
)
def test_event_happened_when_its_last_day_is_over_or_staff_say_so(values, today, happened):
    assert draft_event(**values).happened(june(today)) == happened


@pytest.mark.parametrize(
    ("status", "off"), [("scheduled", False), ("held", False), ("postponed", True), ("cancelled", True)]
)
def test_event_is_called_off_when_postponed_or_cancelled(status, off):
    assert draft_event(status=status, status_reason="台风").is_called_off() == off


@pytest.mark.parametrize("last", [None, june(4)])
def test_event_that_ends_before_it_begins_on_one_day_is_refused(last):
    event = on(4, start_time=datetime.time(14, 30), end_time=datetime.time(9))
    event.end_date = last

    with pytest.raises(ValidationError) as refused:
        event.full_clean()

    assert [*refused.value.message_dict] == ["end_time"]


@pytest.mark.parametrize("last", [4, 5])
def test_event_may_end_at_an_earlier_hour_of_a_later_day_or_at_the_same_moment(last):
    start, end = (datetime.time(19), datetime.time(19)) if last == 4 else (datetime.time(19), datetime.time(2))

    on(4, last, start_time=start, end_time=end).full_clean()


@pytest.mark.parametrize("year", [0, 1899, 2201, 20190])
def test_year_that_cannot_be_is_refused(year):
    event = draft_event(start_date=None)
    event.year = year

    with pytest.raises(ValidationError) as refused:
        event.full_clean()

    assert [*refused.value.message_dict] == ["year"]


def test_event_type_has_an_address_from_its_name():
    types = [EventType.objects.create(name=name) for name in ("公益", "公议", "——")]

    assert [found.get_absolute_url() for found in types] == [
        "/events/types/gongyi/",
        "/events/types/gongyi-2/",
        "/events/types/type/",
    ]


def test_address_of_an_event_is_its_number():
    event = draft_event()

    assert event.get_absolute_url() == f"/events/{event.pk}/"
