import datetime

import pytest

from newsletter.records.dates import day_start, local_day
from tests.factories import SHANGHAI


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        ("2019-06-03T15:59:59", "2019-06-03"),
        ("2019-06-03T16:00:00", "2019-06-04"),
        ("2019-06-03T16:30:00", "2019-06-04"),
        ("2019-06-04T15:59:59", "2019-06-04"),
        ("2019-12-31T16:00:00", "2020-01-01"),
    ],
)
def test_moment_belongs_to_its_day_in_shanghai(utc, day):
    moment = datetime.datetime.fromisoformat(utc).replace(tzinfo=datetime.UTC)

    assert local_day(moment).isoformat() == day


def test_half_past_midnight_in_shanghai_belongs_to_its_own_day():
    moment = datetime.datetime(2019, 6, 4, 0, 30, tzinfo=SHANGHAI)

    assert local_day(moment) == datetime.date(2019, 6, 4)


def test_day_of_no_moment_is_today_in_shanghai():
    before = datetime.datetime.now(SHANGHAI).date()

    assert before <= local_day() <= datetime.datetime.now(SHANGHAI).date()


def test_day_begins_at_midnight_in_shanghai():
    start = day_start(datetime.date(2019, 6, 4))

    assert start == datetime.datetime(2019, 6, 3, 16, tzinfo=datetime.UTC)
    assert local_day(start) == datetime.date(2019, 6, 4)
