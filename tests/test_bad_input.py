"""What no form of ours sends, and crawlers do. Each line has one answer, the same on both databases, and never 5xx."""

import datetime

import pytest

from tests.factories import (
    organization,
    published_article,
    published_award,
    published_edition,
    published_event,
    published_page,
    section,
    tag,
)
from tests.reading import ARTICLE, Page, addresses, visit

pytestmark = pytest.mark.django_db

HUGE = "9" * 20
FEEDS = ("/orgs/{}/news.rss", "/events/types/{}/news.rss", "/sections/{}/news.rss", "/tags/{}/news.rss")
LISTS = ("/news/", "/news/2019/", "/sections/yaowen/", "/tags/duanwu/", "/events/", "/events/types/jiangzuo/")
LISTS_BY_DAY = (*LISTS, "/editions/")
EVERYTHING = ("/", "/orgs/", "/awards/", "/feeds/", "/feeds/news.rss", "/calendar/2019/06/", *LISTS_BY_DAY)


@pytest.fixture(autouse=True)
def site():
    aiyou = organization("爱友公益服务中心", slug="aiyou", region="龙港镇")
    event, award = published_event(), published_award()
    article = published_article(
        organizations=[aiyou], events=[event], awards=[award], section=section("要闻"), tags=[tag("端午")]
    )
    published_edition(articles=[article], date=datetime.date(2019, 6, 6))
    published_page(slug="about")
    return article


def answers(client, *paths):
    """{path: status}, with errors as a server would answer them."""
    client.raise_request_exception = False
    return {path: client.get(path).status_code for path in paths}


def all_answer(client, status, *paths):
    assert answers(client, *paths) == dict.fromkeys(paths, status)


@pytest.mark.parametrize(
    "path",
    [
        *("/news/2019/13/", "/news/2019/0/", "/news/2019/02/29/", "/news/2019/06/31/", "/news/2019/06/00/"),
        *("/news/0/", "/news/10000/", "/news/99999999/", "/news/-1/", "/news/2019-06-04/", "/news/2019/06/04/05/"),
        *("/calendar/2019/13/", "/calendar/2019/0/", "/calendar/1899/12/", "/calendar/2201/01/", "/calendar/0/1/"),
        *("/awards/years/0/", "/awards/years/1899/", "/awards/years/2201/", "/calendar/2019/", "/calendar/"),
        *("/news/２０１９/", "/articles/１７/", "/awards/years/二零一八/", "/calendar/2019/六/"),
    ],
)
def test_impossible_time_is_not_found(client, path):
    all_answer(client, 404, path)


@pytest.mark.parametrize("number", [HUGE, "9" * 40, "9" * 5000, "0", "2147483648", "9223372036854775808"])
@pytest.mark.parametrize(
    "path",
    [
        *("/articles/{}/", "/events/{}/", "/awards/{}/", "/editions/{}/", "/photos/{}/wide", "/attachments/{}"),
        *("/editions/{}/pages/1.pdf", "/editions/1/pages/{}.pdf"),
        *("/news/{}/", "/news/2019/{}/", "/news/2019/06/{}/", "/calendar/{}/06/", "/calendar/2019/{}/"),
        *("/awards/years/{}/",),
    ],
)
def test_huge_number_is_not_found(client, path, number):
    all_answer(client, 404, path.format(number))


@pytest.mark.parametrize("slug", ["unknown", "x" * 300, "x" * 5000, "-", "17", "%E7%AB%AF%E5%8D%88", "a.b", "a%20b"])
@pytest.mark.parametrize(
    "path", ["/orgs/{}/", "/orgs/{}/logo", "/events/types/{}/", "/sections/{}/", "/tags/{}/", "/pages/{}/", *FEEDS]
)
def test_unknown_slug_is_not_found(client, path, slug):
    all_answer(client, 404, path.format(slug))


@pytest.mark.parametrize(
    "path", ["/unknown", "/unknown/", "/articles/", "/photos/", "/wp-login.php", "/.env", "/news.rss"]
)
def test_unknown_path_is_not_found(client, path):
    all_answer(client, 404, path)


@pytest.mark.parametrize("path", [*EVERYTHING, "/sitemap.xml", "/sitemap-articles.xml", "/robots.txt", "/unknown/"])
@pytest.mark.parametrize("damage", ["%00", "%ff", "%ED%A0%80", "%C0%AF", "a%00b", "%08", "%EF%BF%BE"])
def test_damaged_query_is_a_bad_request(client, path, damage):
    all_answer(client, 400, f"{path}?tag={damage}", f"{path}?{damage}=1", f"{path}?x={damage}")


@pytest.mark.parametrize("path", ["/{}", "/news/{}/", "/orgs/{}/", "/orgs/a{}b/", "/tags/{}/news.rss", "/photos/1/{}"])
def test_damaged_path_is_refused(client, path):
    all_answer(client, 400, path.format("%00"), path.format("%08"))
    # Django keeps bytes that are no UTF-8 as their escapes: an address that does not exist.
    all_answer(client, 404, path.format("%ff"), path.format("%ED%A0%80"))


@pytest.mark.parametrize("path", LISTS_BY_DAY)
@pytest.mark.parametrize("name", ["before", "after"])
def test_damaged_cursor_is_a_bad_request(client, path, name):
    cursors = (
        "",
        "x",
        "2019-06-04",
        "2019-06-31.1",
        ".",
        "2019-06-04.x",
        f"2019-06-04.{HUGE}",
        "2019.1",
        "%EF%BC%91.1",
    )

    all_answer(client, 400, *(f"{path}?{name}={cursor}" for cursor in cursors))


def test_damaged_cursor_of_honours_is_a_bad_request(client):
    all_answer(
        client, 400, *(f"/awards/?before={c}" for c in ("", "x", "2018", "2019-06-04.1", f"2018.{HUGE}", "20181.1"))
    )


@pytest.mark.parametrize("path", [*LISTS, "/awards/", "/editions/"])
def test_cursor_beyond_the_end_shows_an_empty_list_that_leads_back(client, path):
    cursors = ("0001.1", "9999.1") if path == "/awards/" else ("0001-01-01.1", "9999-12-31.1")
    kinds = r"/(articles|events|awards|editions)/\d+/"

    for query in (f"before={cursors[0]}", f"after={cursors[1]}"):
        page = visit(client, f"{path}?{query}")
        assert (page.links(kinds), page.link_to("next"), page.link_to("prev")) == ([], None, None)
        assert page.texts_of_links.keys() & {"?", path, f"{path}?"}


@pytest.mark.parametrize(
    ("query", "status"),
    [
        *[(f"{day}={value}", 400) for day in ("from", "to") for value in ("x", "2019-02-30", "2019-6-4", "20190604")],
        *[
            (f"from={value}", 400)
            for value in ("2019-W23-2", "0000-01-01", "10000-01-01", "9" * 5000, "２０１９-06-04")
        ],
        ("from=2019-06-05&to=2019-06-04", 400),
        ("from=0001-01-01&to=9999-12-31", 200),
        *[(f"{name}=unknown", 404) for name in ("org", "type", "section", "form", "tag")],
        *[(f"{name}={'x' * 100}", 404) for name in ("org", "type", "section", "form", "tag")],
        *[(f"{name}={'x' * 101}", 400) for name in ("org", "type", "section", "form", "tag")],
        ("org=" + "&org=".join(str(number) for number in range(21)), 400),
        ("org=" + "&org=".join(["aiyou"] * 21), 200),
        ("tag=%E7%AB%AF%E5%8D%88", 404),
        ("tag=duanwu&tag=unknown", 404),
        ("org=%E9%BE%99%E6%B8%AF", 404),
        ("form=ARTICLE", 404),
        ("&&&=&=x&?", 200),
        ("org[]=x&org%5B%5D=y&__proto__=1&%27%20or%201=1", 200),
        ("&".join(f"x{number}=1" for number in range(5000)), 200),
    ],
)
def test_filter_of_news(client, query, status):
    all_answer(client, status, f"/news/?{query}")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        *[(f"page={value}", 404) for value in ("0", "-1", "2", HUGE)],
        *[(f"page={value}", 400) for value in ("x", "1.5", "9" * 5000, "%E4%B8%80", "1x", "[]")],
        *[("page=", 200), ("page=1", 200), ("kind=", 200), ("initial=A", 200), ("initial=%E7%88%B1", 200)],
        *[("kind=unknown", 404), ("region=unknown", 404), (f"region={'x' * 5000}", 404), ("initial=AB", 400)],
        ("&".join(["page=1"] * 21), 200),
        ("&".join(["kind=service_agency"] * 21), 200),
    ],
)
def test_filter_of_the_directory(client, query, status):
    all_answer(client, status, f"/orgs/?{query}")


@pytest.mark.parametrize("path", EVERYTHING)
def test_parameters_that_nobody_knows_change_nothing(client, path):
    plain = client.get(path).content.decode()
    links = Page(client.get(path)).links("/.*") if "rss" not in path else None

    for query in (
        "utm_source=weixin",
        "x=" + "y" * 5000,
        "&".join(["x=1"] * 21),
        "page=",
        "id=1%20OR%201=1",
        "%F0%9F%98%80=1",
    ):
        response = client.get(f"{path}?{query}")
        assert response.status_code == 200
        if links is None:
            assert response.content.decode() == plain
        else:
            assert Page(response).links("/.*") == links


@pytest.mark.parametrize("name", ["before", "from", "to", "form"])
def test_parameter_given_21_times_is_no_error_of_the_server(client, name):
    value = {"before": "2019-06-07.1", "form": "article"}.get(name, "2019-06-06")

    all_answer(client, 200, "/news/?" + "&".join([f"{name}={value}"] * 21))


def test_query_in_raw_utf_8_is_read_as_an_escaped_one(client, site):
    # Old readers and scripts do not escape; servers hand the bytes on as Latin-1.
    for query in ("utm_source=微信", "utm_source=%E5%BE%AE%E4%BF%A1"):
        assert visit(client, f"/news/?{query}").links(ARTICLE) == addresses(site)
    visit(client, "/orgs/?region=龙港镇")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_public_addresses_take_no_data(client, site, method):
    for path in (
        *EVERYTHING,
        site.get_absolute_url(),
        "/orgs/aiyou/",
        "/pages/about/",
        "/robots.txt",
        "/photos/1/wide",
    ):
        assert getattr(client, method)(path).status_code == 405


def test_unknown_host_is_a_bad_request(client):
    client.raise_request_exception = False

    assert client.get("/", HTTP_HOST="evil.example.org").status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_IF_MODIFIED_SINCE": "yesterday"},
        {"HTTP_IF_MODIFIED_SINCE": "Thu, 99 Foo 99999 99:99:99 GMT"},
        {"HTTP_IF_NONE_MATCH": 'W/"'},
        {"HTTP_IF_NONE_MATCH": "\x00"},
        {"HTTP_ACCEPT_LANGUAGE": "x" * 5000},
        {"HTTP_COOKIE": "sessionid=unknown; sessionid=; csrftoken=%00"},
        {"HTTP_COOKIE": "sessionid=\x00"},
    ],
)
def test_damaged_header_does_not_stop_a_page_or_feed(client, headers):
    for path in ("/", "/news/", "/feeds/news.rss", "/sitemap.xml"):
        assert client.get(path, **headers).status_code == 200


@pytest.mark.parametrize("page", ["0", "-1", "900000", "x", HUGE, ""])
def test_unknown_page_of_the_sitemap_is_not_found(client, page):
    all_answer(client, 404, f"/sitemap-articles.xml?p={page}", "/sitemap-unknown.xml")
