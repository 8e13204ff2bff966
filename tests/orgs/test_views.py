import datetime
from urllib.parse import quote

import pytest
from django.db import connection

from newsletter.records.dates import local_day
from orgs.merging import merge
from orgs.models import Organization
from tests.factories import (
    DAY,
    draft_article,
    draft_award,
    draft_event,
    merged_organization,
    organization,
    picture_file,
    published_article,
    published_award,
    published_event,
    scheduled_article,
    scheduled_award,
    scheduled_event,
    unlisted_organization,
    withdrawn_article,
    withdrawn_award,
    withdrawn_event,
)
from tests.reading import ARTICLE, AWARD, EVENT, ORGANIZATION, addresses, visit

pytestmark = pytest.mark.django_db

HIDDEN_ARTICLES = (draft_article, scheduled_article, withdrawn_article)


# The directory.


@pytest.fixture
def directory():
    """Three public organizations, and one of each kind that must not be listed."""
    organization("爱友公益服务中心", slug="aiyou", kind="service_agency", region="龙港镇")
    organization("老年协会", slug="laonian", kind="association", region="灵溪镇", status="retired")
    heir = organization("龙港总商会", slug="longshang", kind="chamber", region="龙港镇")
    merged_organization(heir, "合并商会", slug="merged", kind="chamber", region="金乡镇")
    unlisted_organization("未列商会", slug="unlisted", kind="foundation", region="钱库镇")


def slugs(page):
    return " ".join(link.split("/")[2] for link in page.links(ORGANIZATION))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "aiyou laonian longshang"),
        ("kind=chamber", "longshang"),
        ("kind=foundation", ""),
        ("region=龙港镇", "aiyou longshang"),
        ("initial=L", "laonian longshang"),
        ("initial=W", ""),
        ("kind=chamber&region=龙港镇&initial=L", "longshang"),
        ("kind=chamber&region=灵溪镇", ""),
        ("kind=&region=&initial=&page=", "aiyou laonian longshang"),
        ("utm_source=weixin&kind=chamber", "longshang"),
    ],
)
def test_directory_filtered_by(client, directory, query, expected):
    assert slugs(visit(client, f"/orgs/?{quote(query, safe='=&')}")) == expected


def test_directory_offers_only_what_leads_to_an_organization(client, directory):
    page = visit(client, "/orgs/")

    assert page.links(r"\?initial=.*") == ["?initial=A", "?initial=L"]
    assert [words for href, words in page.texts_of_links.items() if "?region=" in href] == ["灵溪镇 1", "龙港镇 2"]


def test_each_choice_of_the_directory_says_how_many_it_would_leave(client, directory):
    page = visit(client, f"/orgs/?region={quote('龙港镇')}")

    choices = {words for href, words in page.texts_of_links.items() if href.startswith("?")}
    assert choices == {"社会服务机构 1", "商会 1", "A 1", "L 1", "灵溪镇 1", "龙港镇 ×"}


@pytest.mark.parametrize(
    ("names", "character"),
    [
        (["苍南县爱友公益服务中心", "爱友"], "爱"),
        (["苍南县慈善总会", "县慈善总会"], "慈"),
        (["浙江省公益联合会"], "公"),
        (["灵溪镇人民政府"], "灵"),
        (["县城"], "县"),
    ],
)
def test_organization_without_a_logo_is_marked_by_the_character_that_tells_it_apart(client, names, character):
    organization(names[0], short=names[1:], slug="bare")

    for address in ("/orgs/", "/orgs/bare/"):
        page = visit(client, address)
        assert [mark.text for mark in page.main.all("span", **{"class": "mark mark--seal"})] == [character]
        assert page.pictures == []


def test_organization_with_a_logo_is_marked_by_it(client):
    organization(slug="shown", logo=picture_file())

    for address in ("/orgs/", "/orgs/shown/"):
        assert visit(client, address).pictures == [("/orgs/shown/logo", "")]


def test_taken_choice_of_the_directory_can_be_taken_off(client, directory):
    page = visit(client, "/orgs/?kind=chamber&initial=L")

    assert [slugs(visit(client, f"/orgs/{href}")) for href in ("?kind=chamber", "?initial=L")] == [
        "longshang",
        "laonian longshang",
    ]
    assert {"?kind=chamber", "?initial=L"} <= set(page.texts_of_links)


def test_directory_is_sorted_by_the_sound_of_the_short_name(client):
    for name, short in (("苍南县壹加壹", "壹加壹"), ("苍南县爱友", "爱友"), ("苍南县扶苗", "扶苗")):
        organization(name, short=[short])

    page = visit(client, "/orgs/")

    assert [page.texts_of_links[link] for link in page.links(ORGANIZATION)] == [
        "苍南县爱友",
        "苍南县扶苗",
        "苍南县壹加壹",
    ]


def test_directory_has_pages_that_show_each_organization_once(client):
    made = [organization() for _number in range(61)]
    unlisted_organization()

    first = visit(client, "/orgs/?kind=service_agency")
    second = visit(client, first.link_to("next"))

    assert [len(page.links(ORGANIZATION)) for page in (first, second)] == [60, 1]
    assert sorted(first.links(ORGANIZATION) + second.links(ORGANIZATION)) == sorted(addresses(*made))
    assert second.link_to("next") is None
    assert visit(client, second.link_to("prev")).links(ORGANIZATION) == first.links(ORGANIZATION)


@pytest.mark.parametrize("query", ["kind=unknown", "region=金乡镇", "region=钱库镇", "page=2", "page=0", "page=-1"])
def test_unknown_choice_of_the_directory_is_not_found(client, directory, query):
    visit(client, f"/orgs/?{quote(query, safe='=&')}", 404)


# One organization.


def test_profile_shows_what_is_known(client):
    bureau = organization("苍南县民政局", slug="minzhengju")
    aiyou = organization(
        "苍南县爱友公益服务中心",
        short=["爱友"],
        description="一群人。\n做公益。",
        region="龙港镇",
        grade="4A",
        credit_code="51330327MJ12345678",
        registered_on=datetime.date(2012, 5, 1),
        supervisor=bureau,
        parent=unlisted_organization("未公开总会", slug="hidden"),
        website="https://aiyou.example.org/",
        wechat="aiyou-gongyi",
        phone="0577 1234567",
        email="aiyou@example.org",
        address="人民路1号",
    )

    page = visit(client, aiyou.get_absolute_url())

    assert page.h1 == "苍南县爱友公益服务中心"
    for words in ("爱友", "做公益。", "龙港镇", "4A", "51330327MJ12345678", "未公开总会", "aiyou-gongyi", "人民路1号"):
        assert words in page.text
    assert {"https://aiyou.example.org/", "tel:05771234567", "mailto:aiyou@example.org"} <= set(page.texts_of_links)
    assert page.links(ORGANIZATION) == ["/orgs/minzhengju/"]
    assert page.days == ["2012-05-01"]


def test_news_of_an_organization_stands_before_what_only_mentions_it(client):
    aiyou = organization()
    roles = ("mentioned", "contributor", "subject", "mentioned")
    mentioned, contributed, about, older = (published_article(title=role, date=DAY) for role in roles)
    for article, role in zip((mentioned, contributed, about, older), roles, strict=True):
        article.organization_links.create(organization=aiyou, role=role)
    about.organization_links.create(organization=aiyou, role="mentioned")
    published_article(organizations=[organization()])
    for make in HIDDEN_ARTICLES:
        make(organizations=[aiyou])

    assert visit(client, aiyou.get_absolute_url()).links(ARTICLE) == addresses(about, contributed, older, mentioned)


def test_organization_shows_its_public_events_and_honours(client):
    aiyou = organization()
    old, new = published_event(hosts=[aiyou], start_date=DAY - datetime.timedelta(days=1)), published_event()
    new.participations.create(organization=aiyou, role="visitor")
    published_event(hosts=[organization()])
    awards = [published_award(year=year, recipients=[aiyou]) for year in (2017, 2018)]
    published_award(issuer=aiyou)
    for make in (draft_event, scheduled_event, withdrawn_event):
        make(hosts=[aiyou])
    for make in (draft_award, scheduled_award, withdrawn_award):
        make(recipients=[aiyou])

    page = visit(client, aiyou.get_absolute_url())

    assert page.links(EVENT) == addresses(new, old)
    assert page.links(AWARD) == addresses(*reversed(awards))


def test_coming_events_of_an_organization_stand_before_past_ones_the_next_one_first(client):
    aiyou, today = organization(), local_day()
    days = [today + datetime.timedelta(days=day) for day in (-9, -1, 0, 1, 2)]
    long_ago, yesterday, now, tomorrow, later = (published_event(hosts=[aiyou], start_date=day) for day in days)

    page = visit(client, aiyou.get_absolute_url())

    assert page.links(EVENT) == addresses(now, tomorrow, later, yesterday, long_ago)


def test_roll_of_an_organization_stands_by_year_and_level_with_what_it_did(client):
    aiyou = organization()
    old = published_award(year=2017, level="county", recipients=[aiyou])
    city, town = (published_award(year=2018, level=level) for level in ("city", "town"))
    for award in (town, city):
        award.recipients.create(organization=aiyou, project="“5+3”工作法")
        award.recipients.create(person="林某某", project="别人的作品")

    page = visit(client, aiyou.get_absolute_url())

    assert page.links(AWARD) == addresses(city, town, old)
    assert page.text.count("“5+3”工作法") == 2
    assert "别人的作品" not in page.text


def test_organization_leads_to_its_feed_and_to_all_its_news(client):
    published_article(organizations=[organization(slug="aiyou")])

    page = visit(client, "/orgs/aiyou/")

    assert page.links(r".*\.rss") == ["/orgs/aiyou/news.rss"]
    assert "/news/?org=aiyou" in page.links(r"/news/.*")


def test_old_address_redirects_for_ever(client):
    aiyou = organization(slug="first")
    for slug in ("second", "third"):
        aiyou.slug = slug
        aiyou.save()

    for slug in ("first", "second"):
        response = client.get(f"/orgs/{slug}/")
        assert (response.status_code, response["Location"]) == (301, "/orgs/third/")


def test_merged_organization_redirects_to_the_one_that_it_became_part_of(client):
    heir = organization(slug="heir")
    first, middle = organization(slug="former"), organization(slug="middle")
    first.slug = "first"
    first.save()
    merge(first, middle, by=None)
    merge(middle, heir, by=None)

    for slug in ("former", "first", "middle"):
        response = client.get(f"/orgs/{slug}/")
        assert (response.status_code, response["Location"]) == (301, "/orgs/heir/")


def test_organizations_merged_in_a_circle_do_not_keep_a_reader_waiting(client):
    first = organization(slug="first")
    second = merged_organization(first, slug="second")
    Organization.objects.filter(pk=first.pk).update(status="merged", merged_into=second)
    queries = []

    def at_most_twenty(execute, *args):
        queries.append(args[0])
        assert len(queries) < 20
        return execute(*args)

    with connection.execute_wrapper(at_most_twenty):
        visit(client, "/orgs/first/", 404)


@pytest.mark.parametrize("role", ["contributor", "subject", "mentioned"])
def test_unlisted_organization_is_public_while_a_public_article_names_it(client, role):
    hidden = unlisted_organization(slug="hidden")
    for make in HIDDEN_ARTICLES:
        make().organization_links.create(organization=hidden, role=role)
    visit(client, "/orgs/hidden/", 404)
    visit(client, "/orgs/hidden/news.rss", 404)

    article = published_article()
    article.organization_links.create(organization=hidden, role=role)
    visit(client, "/orgs/hidden/")
    assert visit(client, "/orgs/").links(ORGANIZATION) == ["/orgs/hidden/"]

    article.withdraw(reason="有误")
    visit(client, "/orgs/hidden/", 404)


@pytest.mark.parametrize(
    ("make", "hidden"),
    [
        (lambda org: published_event(hosts=[org]), lambda org: draft_event(hosts=[org])),
        (lambda org: published_award(recipients=[org]), lambda org: withdrawn_award(recipients=[org])),
        (lambda org: published_award(issuer=org), lambda org: scheduled_award(issuer=org)),
    ],
)
def test_unlisted_organization_is_public_once_an_event_or_award_names_it(client, make, hidden):
    unlisted = unlisted_organization(slug="hidden")
    hidden(unlisted)
    visit(client, "/orgs/hidden/", 404)

    make(unlisted)
    visit(client, "/orgs/hidden/")


def test_logo_is_served_while_the_organization_is_public(client):
    organization(slug="shown", logo=picture_file())
    unlisted_organization(slug="hidden", logo=picture_file())
    organization(slug="bare")

    assert client.get("/orgs/shown/logo")["Content-Type"] == "image/jpeg"
    assert [client.get(f"/orgs/{slug}/logo").status_code for slug in ("hidden", "bare", "unknown")] == [404] * 3
