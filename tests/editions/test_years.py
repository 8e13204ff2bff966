"""The editions of a year, as days in small months."""

import datetime

import pytest

from tests.factories import draft_edition, published_edition, scheduled_edition, withdrawn_edition
from tests.reading import EDITION, addresses, visit

pytestmark = pytest.mark.django_db


def day(year, month=6, number=6):
    return datetime.date(year, month, number)


def test_each_edition_of_the_year_is_linked_from_its_day_with_number_and_title(client):
    january = published_edition(date=day(2019, 1, 10), title="苍南社会组织", number="第1期")
    june = published_edition(date=day(2019, 6, 6), title="苍南社会组织", number="第6期")
    published_edition(date=day(2018, 6, 6))

    page = visit(client, "/editions/years/2019/")

    months = page.main.all("table")
    assert [[link.text for link in month.all("a")] for month in months] == [
        ["10日 苍南社会组织 第1期"],
        ["6日 苍南社会组织 第6期"],
    ]
    assert page.links(EDITION) == addresses(january, june)


def test_a_month_is_a_table_of_weeks_that_begin_on_monday(client):
    published_edition(date=day(2019, 6, 6))

    (month,) = visit(client, "/editions/years/2019/").main.all("table")

    assert [cell.text for cell in month.all("th", scope="col")] == [f"星期{name}" for name in "一二三四五六日"]
    weeks = [[cell.text for cell in row.all("td")] for row in month.all("tbody")[0].all("tr")]
    assert (weeks[0], weeks[-1]) == (["", "", "", "", "", "1", "2"], ["24", "25", "26", "27", "28", "29", "30"])
    assert weeks[1][3].startswith("6日")


def test_two_editions_of_one_day_are_both_linked_from_it(client):
    both = [published_edition(date=day(2019)), published_edition(date=day(2019))]

    (month,) = visit(client, "/editions/years/2019/").main.all("table")

    assert [link.attrs["href"] for link in month.all("a")] == addresses(*both)


def test_what_is_not_public_stands_in_no_year(client):
    published_edition(date=day(2019))
    for make in (draft_edition, scheduled_edition, withdrawn_edition):
        make(date=day(2019, 7), number="机密")
        make(date=day(2020), number="机密")

    page = visit(client, "/editions/years/2019/")

    assert "机密" not in page.text
    assert len(page.main.all("table")) == 1
    assert page.link_to("next") is None
    visit(client, "/editions/years/2020/", 404)


@pytest.mark.parametrize("year", ["2018", "0", "9999", "10000", "9" * 30])
def test_a_year_without_an_edition_is_not_found(client, year):
    published_edition(date=day(2019))

    visit(client, f"/editions/years/{year}/", 404)


def test_years_lead_to_the_nearest_years_with_an_edition(client):
    for year in (2012, 2016, 2019):
        published_edition(date=day(year))

    page = visit(client, "/editions/years/2016/")

    assert (page.link_to("prev"), page.link_to("next")) == ("/editions/years/2012/", "/editions/years/2019/")


def test_a_year_is_found_from_the_list_and_from_an_edition_of_it(client):
    edition = published_edition(date=day(2019))
    published_edition(date=day(2018))

    years = r"/editions/years/\d+/"
    assert visit(client, "/editions/").links(years) == ["/editions/years/2019/", "/editions/years/2018/"]
    assert visit(client, edition.get_absolute_url()).links(years) == ["/editions/years/2019/"]
