"""The year in review: what is counted can be looked up, and what is not public counts nowhere."""

import pytest

from tests import factories
from tests.reading import visit

pytestmark = pytest.mark.django_db


def charts(page):
    """`{caption: {label: (number, address)}}` of those rows that count something."""
    found = {}
    for table in page.main.all("table"):
        rows = {}
        for row in table.all("tr"):
            for link in row.all("a"):
                rows[row.all("th")[0].text] = (int(link.text), link.attrs["href"])
        found[table.all("caption")[0].text] = rows
    return found


def test_stories_are_counted_by_month_and_lead_to_it(client):
    for day in ("2019-06-06", "2019-06-30", "2019-12-31", "2020-01-01"):
        factories.published_article(date=day)
    factories.draft_article(date="2019-06-06")

    counted = charts(visit(client, "/years/2019/"))["各月稿件"]

    assert counted == {"6月": (2, "/news/2019/06/"), "12月": (1, "/news/2019/12/")}
    assert len(visit(client, "/news/2019/06/").main.all("article")) == 2


def test_events_are_counted_by_type_also_those_of_which_only_the_year_is_known(client):
    lecture, visiting = factories.event_type("讲座"), factories.event_type("慰问")
    factories.published_event(type=lecture, start_date="2019-01-01")
    factories.published_event(type=lecture, start_date=None, year=2019)
    factories.published_event(type=visiting, start_date="2019-12-31")
    factories.published_event(type=visiting, start_date="2018-12-31")
    factories.draft_event(type=visiting, start_date="2019-06-06")

    counted = charts(visit(client, "/years/2019/"))["各类活动"]

    assert {label: number for label, (number, _address) in counted.items()} == {"讲座": 2, "慰问": 1}
    for number, address in counted.values():
        assert f"共 {number} 条结果" in visit(client, address).text


def test_organizations_stand_by_how_often_they_are_in_the_news(client):
    most, once = factories.organization("龙港总商会"), factories.organization("扶苗公益中心")
    factories.published_article(date="2019-06-06", organizations=[most, once])
    twice_in_one = factories.published_article(date="2019-06-07", organizations=[most])
    twice_in_one.organization_links.create(organization=most, role="contributor")

    counted = charts(visit(client, "/years/2019/"))["见报最多的单位"]

    assert [(label, number) for label, (number, _address) in counted.items()] == [
        ("龙港总商会", 2),
        ("扶苗公益中心", 1),
    ]
    for number, address in counted.values():
        assert len(visit(client, address).main.all("article")) == number


def test_honours_are_counted_by_level(client):
    factories.published_award(year=2019, level="city")
    factories.published_award(year=2019, level="county")
    factories.published_award(year=2019, level="county")
    factories.draft_award(year=2019, level="national")

    counted = charts(visit(client, "/years/2019/"))["各级荣誉"]

    assert counted == {"市级": (1, "/awards/years/2019/"), "县级": (2, "/awards/years/2019/")}


def test_money_that_several_stories_tell_of_one_event_counts_once(client):
    event = factories.published_event()
    first, second = (factories.published_article(date="2019-06-06", events=[event]) for _number in range(2))
    for article in (first, second):
        factories.figure(article, value=2374, text="2374元", event=event)
    factories.figure(first, value=10_000, text="近1万元", approximate=True)
    factories.figure(first, value=5_000, text="5000元", year=2018)
    factories.figure(factories.draft_article(date="2019-06-06"), value=9_999, text="9999元")

    text = visit(client, "/years/2019/").text

    assert "约 12,374元" in text
    assert text.count("2374元") == 1
    assert "5000元" not in text


@pytest.mark.parametrize("year", ["2018", "0", "9999", "99999999999999999999"])
def test_a_year_of_which_nothing_is_public_has_no_page(client, year):
    factories.draft_article(date="2018-06-06")

    assert client.get(f"/years/{year}/").status_code == 404


def test_years_lead_to_those_before_and_after_and_stand_in_the_sitemap(client):
    for year in (2015, 2018, 2019):
        factories.published_article(date=f"{year}-06-06")

    assert {"/years/2015/", "/years/2019/"} <= {*visit(client, "/years/2018/").links(r"/years/\d+/")}
    assert "/years/2015/</loc>" in client.get("/sitemap-front.xml").content.decode()
    assert "/years/2019/" in visit(client, "/news/2019/").links(r"/years/\d+/")


# The years of one organization.


def numbers(page):
    return {caption: {label: number for label, (number, _to) in rows.items()} for caption, rows in charts(page).items()}


def test_organization_shows_its_last_year_with_news_and_how_often_it_was_in_the_news_each_year(client):
    aiyou, other = factories.organization(slug="aiyou"), factories.organization()
    for day in ("2016-03-01", "2018-01-01", "2018-12-31"):
        factories.published_article(date=day, organizations=[aiyou])
    factories.published_article(date="2019-06-06", organizations=[other])
    mentioned = factories.published_article(date="2018-06-06", organizations=[other])
    mentioned.organization_links.create(organization=aiyou, role="mentioned")
    factories.published_event(type=factories.event_type("讲座"), start_date="2018-05-05", hosts=[aiyou])
    factories.published_event(type=factories.event_type("慰问"), start_date="2018-05-05", hosts=[other])
    factories.published_award(year=2018, level="city", recipients=[aiyou])
    factories.published_award(year=2018, level="county", recipients=[other], issuer=aiyou)

    page = visit(client, "/orgs/aiyou/")

    assert numbers(page) == {
        "历年稿件": {"2016年": 1, "2018年": 3},
        "各月稿件": {"1月": 1, "6月": 1, "12月": 1},
        "各类活动": {"讲座": 1},
        "各级荣誉": {"市级": 1},
    }
    assert page.links(r"/orgs/aiyou/years/\d+/") == ["/orgs/aiyou/years/2018/", "/orgs/aiyou/years/2016/"]
    assert numbers(visit(client, "/orgs/aiyou/years/2018/")).items() <= numbers(page).items()


def test_each_number_of_an_organization_leads_to_the_list_of_what_it_counts(client):
    aiyou, other = factories.organization(slug="aiyou"), factories.organization()
    for day, organizations in (("2017-01-01", [aiyou]), ("2019-06-01", [aiyou]), ("2019-06-30", [aiyou, other])):
        factories.published_article(date=day, organizations=organizations)
    factories.published_article(date="2019-06-15", organizations=[other])
    for hosts in ([aiyou], [other]):
        factories.published_event(type=factories.event_type("讲座"), start_date="2019-06-15", hosts=hosts)
    factories.published_award(year=2019, recipients=[aiyou])

    page = visit(client, "/orgs/aiyou/")

    counted = charts(page)
    for number, address in [*counted["历年稿件"].values(), *counted["各月稿件"].values()]:
        assert len(visit(client, address).main.all("article")) == number
    for number, address in counted["各类活动"].values():
        assert f"共 {number} 条结果" in visit(client, address).text
    [(number, address)] = counted["各级荣誉"].values()
    assert address == "/orgs/aiyou/#honours-2019"
    assert len(page.main.all("section", **{"aria-labelledby": "honours-2019"})[0].all("li")) == number


def test_money_of_an_organization_is_what_its_own_stories_tell(client):
    aiyou = factories.organization(slug="aiyou")
    factories.figure(factories.published_article(date="2019-06-06", organizations=[aiyou]), value=600, text="600元")
    named = factories.published_article(date="2019-06-06")
    named.organization_links.create(organization=aiyou, role="mentioned")
    factories.figure(named, value=9_999, text="9999元")

    text = visit(client, "/orgs/aiyou/").text

    assert "600元" in text
    assert "9999元" not in text


def test_organization_without_news_shows_no_year(client):
    aiyou = factories.organization(slug="aiyou")
    factories.draft_article(date="2019-06-06", organizations=[aiyou])

    page = visit(client, "/orgs/aiyou/")

    assert charts(page) == {}
    assert "本单位还没有新闻" in page.text
    visit(client, "/orgs/aiyou/years/2019/", 404)


def test_years_of_an_organization_lead_to_those_before_and_after_and_from_old_addresses(client):
    aiyou = factories.organization(slug="aiyou")
    for year in (2015, 2018, 2019):
        factories.published_article(date=f"{year}-06-06", organizations=[aiyou])
    factories.merged_organization(aiyou, slug="former")

    page = visit(client, "/orgs/aiyou/years/2018/")

    assert {"/orgs/aiyou/", "/orgs/aiyou/years/2015/", "/orgs/aiyou/years/2019/"} <= {*page.links(r"/orgs/.*")}
    assert client.get("/orgs/former/years/2018/")["Location"] == "/orgs/aiyou/years/2018/"
