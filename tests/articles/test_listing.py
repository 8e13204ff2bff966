"""An event without a date is listed under the date of its first article, and follows it."""

import datetime

import pytest

from newsletter.events.models import Event
from tests.factories import DAY, draft_article, draft_event, published_article

pytestmark = pytest.mark.django_db

EARLIER = datetime.date(2019, 6, 4)
LATER = datetime.date(2019, 7, 4)


def undated(**values):
    return draft_event(start_date=None, **values)


def listed():
    return Event.objects.values_list("listed_date", flat=True).order_by("pk").first()


def test_event_without_a_date_and_without_an_article_has_no_day():
    undated()

    assert listed() is None


def test_event_without_a_date_is_listed_under_its_first_article():
    event = undated()

    for day in (LATER, EARLIER, DAY):
        published_article(date=day, events=[event])

    assert listed() == EARLIER


def test_event_follows_an_article_whose_date_changes():
    event = undated()
    article = published_article(date=EARLIER, events=[event])
    published_article(date=DAY, events=[event])

    article.date = LATER
    article.save(update_fields=["date"])

    assert listed() == DAY


def test_event_is_listed_once_its_article_has_a_date():
    event = undated()
    article = draft_article(events=[event])
    assert listed() is None

    article.publish(at=datetime.datetime(2019, 6, 3, 16, 30, tzinfo=datetime.UTC))

    assert listed() == EARLIER


@pytest.mark.parametrize("remove", ["the link", "the article"])
def test_event_follows_the_next_article_when_its_first_one_goes(remove):
    event = undated()
    first = published_article(date=EARLIER, events=[event])
    published_article(date=LATER, events=[event])

    first.event_links.get().delete() if remove == "the link" else first.delete()

    assert listed() == LATER


def test_event_loses_its_day_with_its_last_article():
    event = undated()
    article = published_article(date=EARLIER, events=[event])
    assert listed() == EARLIER

    article.event_links.get().delete()

    assert listed() is None


def test_event_follows_links_that_are_made_all_at_once():
    event = undated()
    article = published_article(date=EARLIER)

    article.events.add(event)
    assert listed() == EARLIER
    article.events.clear()
    assert listed() is None


def test_event_with_a_date_is_listed_under_it_whatever_its_articles_say():
    event = draft_event(start_date=DAY)

    article = published_article(date=EARLIER, events=[event])
    assert listed() == DAY
    article.delete()
    assert listed() == DAY


def test_event_that_loses_its_date_is_listed_under_its_first_article():
    event = draft_event(start_date=DAY)
    published_article(date=EARLIER, events=[event])

    event.start_date = None
    event.save()

    assert listed() == EARLIER


def test_event_that_gets_a_date_is_listed_under_it():
    event = undated()
    published_article(date=EARLIER, events=[event])

    event.refresh_from_db()
    event.start_date = DAY
    event.save()

    assert listed() == DAY


def test_listing_an_event_is_not_an_edit_of_it():
    event = undated()

    published_article(date=EARLIER, events=[event])

    assert Event.objects.get().version == event.version
    event.save()


def test_other_events_stay_where_they_are():
    first, other = undated(), undated(name="别的活动")

    published_article(date=EARLIER, events=[first])
    published_article(date=LATER, events=[other])

    assert [*Event.objects.order_by("pk").values_list("listed_date", flat=True)] == [EARLIER, LATER]
