import datetime
import re

import pytest

from tests.desk.people import browser_of, editor
from tests.factories import (
    award_in_review,
    draft_article,
    draft_award,
    organization,
    published_article,
    published_award,
    scheduled_article,
    scheduled_award,
    withdrawn_article,
    withdrawn_award,
)
from tests.reading import ARTICLE, AWARD, ORGANIZATION, addresses, visit

pytestmark = pytest.mark.django_db

HIDDEN = (draft_award, award_in_review, scheduled_award, withdrawn_award)


def hidden_awards(**values):
    for make in HIDDEN:
        make(**values)


def test_honours_stand_newest_year_first_with_their_recipients(client):
    old, new = (
        published_award(year=2017),
        published_award(year=2018, recipients=[organization("龙港总商会", slug="longshang")]),
    )
    newer = published_award(year=2018)
    newer.recipients.create(person="林某某", project="好人好事")
    hidden_awards(recipients=[organization("未公开", slug="hidden")])

    page = visit(client, "/awards/")

    assert page.links(AWARD) == addresses(newer, new, old)
    assert page.links(ORGANIZATION) == ["/orgs/longshang/"]
    assert "林某某 好人好事" in page.text


def test_honours_lead_to_each_year_with_the_number_of_its_public_ones(client):
    for year in (2018, 2017, 2018):
        published_award(year=year)
    hidden_awards(year=2018)
    hidden_awards(year=2019)

    for address in ("/awards/", "/awards/years/2018/"):
        links = visit(client, address).root.all("a")
        years = [re.findall(r"[0-9]+", link.text) for link in links if "/awards/years/" in link.attrs["href"]]
        assert [numbers for numbers in years if len(numbers) == 2] == [["2018", "2"], ["2017", "1"]]


def test_year_shows_its_honours_from_the_highest_level_down(client):
    county, national, town, city = (published_award(level=level) for level in ("county", "national", "town", "city"))
    second_city = published_award(level="city")
    published_award(year=2017)
    hidden_awards()

    page = visit(client, "/awards/years/2018/")

    assert page.links(AWARD) == addresses(national, second_city, city, county, town)


def test_year_without_honours_is_empty(client):
    published_award()

    assert visit(client, "/awards/years/1999/").links(AWARD) == []


def test_award_shows_its_year_level_issuer_day_document_and_recipients(client):
    award = published_award(
        name="“四好”商会",
        issuer=organization("温州市工商联", slug="gongshanglian"),
        date=datetime.date(2019, 3, 5),
        document="《关于认定的通报》",
        recipients=[organization("龙港总商会", slug="longshang")],
    )
    award.recipients.create(person="林某某", project="“5+3”工作法")

    page = visit(client, award.get_absolute_url())

    assert page.h1 == "“四好”商会"
    assert page.links(ORGANIZATION) == ["/orgs/gongshanglian/", "/orgs/longshang/"]
    assert page.days == ["2019-03-05"]
    for words in ("2018年", award.get_level_display(), "《关于认定的通报》", "林某某 “5+3”工作法"):
        assert words in page.text


def test_award_shows_its_public_reports(client):
    award = published_award()
    old, new = published_article(awards=[award], date="2019-06-01"), published_article(awards=[award])
    published_article(awards=[published_award()])
    for make in (draft_article, scheduled_article, withdrawn_article):
        make(awards=[award])

    assert visit(client, award.get_absolute_url()).links(ARTICLE) == addresses(new, old)


@pytest.mark.parametrize("make", HIDDEN[:3])
def test_award_that_is_not_public_yet_is_for_staff(client, make):
    award = make(name="秘密荣誉")

    visit(client, award.get_absolute_url(), 404)
    page = visit(browser_of(editor()), award.get_absolute_url())
    assert (page.h1, page.response["X-Robots-Tag"]) == ("秘密荣誉", "noindex")
    assert "no-store" in page.response["Cache-Control"]


def test_withdrawn_award_answers_gone_with_the_reason(client):
    award = withdrawn_award(name="错误荣誉", reason="评选结果更正")

    page = visit(client, award.get_absolute_url(), 410)

    assert "评选结果更正" in page.text
    assert "错误荣誉" not in page.text
