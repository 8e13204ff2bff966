"""What comes when: the desk's list of everything with a moment of publishing, in Shanghai's days."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from tests import factories
from tests.desk.forms import address
from tests.desk.people import browser_of, correspondent, editor
from tests.factories import IN_REVIEW, SHANGHAI, published

pytestmark = pytest.mark.django_db

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


def desk(person=None):
    return browser_of(person or editor()).get("/admin/")


def listed(person=None):
    return [row["object"] for row in desk(person).context["scheduled"]]


def test_all_kinds_stand_in_one_list_by_their_moments():
    now = timezone.now()
    made = [
        factories.scheduled_edition(now + 3 * HOUR),
        factories.scheduled_article(now + HOUR),
        factories.scheduled_page(now + 5 * HOUR),
        factories.scheduled_event(now + 2 * HOUR),
        factories.scheduled_award(now + 4 * HOUR),
        factories.scheduled_article(now + 6 * HOUR),
    ]

    assert listed() == sorted(made, key=lambda publishable: publishable.publish_at)


def test_what_was_published_in_the_last_day_stands_before_what_comes():
    now = timezone.now()
    factories.published_article(now - 25 * HOUR)
    came, comes = factories.published_article(now - 23 * HOUR), factories.scheduled_event(now + HOUR)

    assert listed() == [came, comes]


def test_what_was_given_a_time_and_is_not_approved_stands_there_and_is_late_once_the_time_has_come():
    now = timezone.now()
    late = factories.draft_article(publish_at=now - HOUR, **IN_REVIEW)
    waits = factories.draft_event(publish_at=now + HOUR)
    factories.draft_article(publish_at=now - 8 * DAY)
    factories.draft_article()

    page = desk()

    assert [(row["object"], row["is_late"]) for row in page.context["scheduled"]] == [(late, True), (waits, False)]
    assert page.content.decode().count("late: the time has come") == 1


def test_what_was_withdrawn_or_thrown_away_does_not_come():
    soon = timezone.now() + HOUR
    for gone in (factories.withdrawn(), factories.trashed()):
        factories.draft_article(**{**gone, "publish_at": soon})

    assert listed() == []


@pytest.mark.parametrize(
    ("moment", "day", "time"),
    [
        (datetime.datetime(2199, 6, 5, 16, 30, tzinfo=datetime.UTC), "2199-06-06 Thursday", "00:30"),
        (datetime.datetime(2199, 6, 5, 23, 59, tzinfo=SHANGHAI), "2199-06-05 Wednesday", "23:59"),
        (datetime.datetime(2199, 6, 5, 18, tzinfo=ZoneInfo("America/New_York")), "2199-06-06 Thursday", "06:00"),
    ],
)
def test_a_moment_stands_under_shanghais_day_with_its_weekday_and_time(moment, day, time):
    article = factories.scheduled_article(moment)

    page = desk().content.decode()

    places = [page.index(words) for words in (day, f">{time}</time>", address(article, "change"))]
    assert places == sorted(places)
    assert "All times are Shanghai's (UTC+8)." in page


def test_today_is_called_today():
    factories.published_article(timezone.now())

    assert "<strong>today</strong>" in desk().content.decode()


def test_when_much_comes_the_soonest_of_all_kinds_are_shown(monkeypatch):
    monkeypatch.setattr("newsletter.desk.coming.AHEAD", 3)
    now = timezone.now()
    articles = [factories.scheduled_article(now + number * HOUR) for number in (1, 2, 6, 7)]
    event = factories.scheduled_event(now + 3 * HOUR)
    factories.scheduled_event(now + 5 * HOUR)

    assert listed() == [*articles[:2], event]


def test_when_much_came_the_latest_of_all_kinds_are_shown(monkeypatch):
    monkeypatch.setattr("newsletter.desk.coming.CAME", 2)
    now = timezone.now()
    factories.published_article(now - 3 * HOUR)
    second, first = factories.published_event(now - 2 * HOUR), factories.published_article(now - HOUR)
    coming = factories.scheduled_article(now + HOUR)

    assert listed() == [second, first, coming]


def test_what_is_late_is_not_crowded_out_by_what_came(monkeypatch):
    monkeypatch.setattr("newsletter.desk.coming.CAME", 2)
    now = timezone.now()
    late = factories.draft_article(publish_at=now - 5 * HOUR)
    came = [factories.published_article(now - number * HOUR) for number in (1, 2, 3)]

    assert listed() == [late, came[1], came[0]]


def test_a_correspondent_sees_when_their_own_comes_and_no_edition():
    own = factories.organization()
    soon = timezone.now() + HOUR
    mine = factories.scheduled_article(soon, organizations=[own])
    factories.scheduled_article(soon, organizations=[factories.organization()])
    factories.scheduled_edition(soon)

    assert listed(correspondent(own)) == [mine]


def test_the_list_runs_the_same_queries_for_one_row_of_a_kind_and_for_three(django_assert_num_queries):
    client = browser_of(editor())

    def fill():
        for kind in ("article", "event", "award", "edition", "page"):
            getattr(factories, f"draft_{kind}")(**published(timezone.now() + HOUR), **dated(kind))
        hosts = [factories.organization()]
        factories.scheduled_event(name="", hosts=hosts)

    fill()
    client.get("/admin/")
    with django_assert_num_queries(100, exact=False) as one:
        client.get("/admin/")
    fill()
    fill()

    with django_assert_num_queries(len(one)):
        client.get("/admin/")


def dated(kind):
    return {"date": factories.DAY} if kind == "article" else {}
