"""The page of results and the suggestions, as readers get them."""

import datetime
import json
import re
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    DAY,
    draft_article,
    draft_event,
    event_type,
    merged_organization,
    organization,
    published_article,
    published_award,
    published_edition,
    published_event,
    tag,
    unlisted_organization,
)
from tests.reading import addresses, visit

pytestmark = pytest.mark.django_db


def page(client, query):
    return visit(client, f"/search/?{query}")


def parts(found, name):
    """The parts of the page that bear the name."""
    return [node for node in found.root.walk() if name in node.attrs.get("class", "").split()]


def texts(found, name):
    return [node.text for node in parts(found, name)]


def marks(node):
    return [mark.text for mark in node.all("mark")]


def facet(found, name):
    """{choice: count}"""
    (section,) = found.root.all("section", **{"aria-labelledby": f"facet-{name}"})
    return {link.all("span")[0].text: link.all("span")[1].text for link in section.all("a")}


def test_results_show_kind_day_title_and_words_with_what_was_found_marked(client):
    body = (
        "<p>志愿者走进敬老院。</p>" + "<p>这一天天气很好。</p>" * 20 + "<p>会上&lt;b&gt;捐赠&lt;/b&gt;善款五万元。</p>"
    )
    published_article(title="爱心捐赠", body=body, byline="", date=DAY)

    found = page(client, "q=捐赠")

    (excerpt,) = texts(found, "result__excerpt")
    assert texts(found, "result__meta") == ["稿件 · 2019-06-06"]
    assert marks(found.main) == ["捐赠", "捐赠"]
    assert excerpt.startswith("…") and excerpt.endswith("会上<b>捐赠</b>善款五万元。")
    assert "敬老院" not in excerpt


def test_words_are_marked_as_they_stand_in_the_text(client):
    published_article(body="<p>龍港總商會的ＡＢＣ课堂</p>")

    assert marks(page(client, "q=龙港总商会 abc").main) == ["龍港總商會", "ＡＢＣ"]


def test_all_kinds_are_found_and_lead_to_their_pages(client):
    name = "慈善"
    rows = [
        published_article(title=name),
        published_event(name=name),
        published_award(name=name),
        published_edition(title=name),
        organization(f"{name}总会"),
    ]

    links = {title.all("a")[0].attrs["href"] for title in parts(page(client, "q=慈善"), "result__title")}

    assert links == {*addresses(*rows)}


def test_choices_beside_the_results_have_counts_and_narrow_them(client):
    one, other = organization("爱友公益服务中心", slug="aiyou"), organization("扶苗公益中心", slug="fumiao")
    talk = published_event(name="慈善讲座", type=event_type("讲座"), hosts=[one])
    published_article(title="慈善一", organizations=[one], events=[talk])
    published_article(title="慈善二", organizations=[other], date=datetime.date(2018, 5, 1))

    found = page(client, "q=慈善")

    assert facet(found, "kind") == {"稿件": "2", "活动": "1"}
    assert facet(found, "org") == {"爱友公益服务中心": "2", "扶苗公益中心": "1"}
    assert facet(found, "type") == {"讲座": "2"}
    assert facet(found, "year") == {"2019年": "2", "2018年": "1"}
    for choice, left in (
        ("org=aiyou", ["慈善讲座", "慈善一"]),
        ("org=fumiao", ["慈善二"]),
        ("kind=event", ["慈善讲座"]),
        ("year=2018", ["慈善二"]),
        ("type=jiangzuo&kind=article", ["慈善一"]),
        ("org=aiyou&year=2018", []),
    ):
        assert sorted(texts(page(client, f"q=慈善&{choice}"), "result__title")) == sorted(left), choice


def test_choices_without_words_list_all_of_them_newest_first(client):
    one = organization(slug="aiyou")
    for number in (1, 3, 2):
        published_article(title=f"新闻{number}", organizations=[one], date=DAY.replace(day=number))

    assert texts(page(client, "org=aiyou&kind=article"), "result__title") == ["新闻3", "新闻2", "新闻1"]


def test_results_go_on_page_by_page_with_the_same_choices(client):
    for number in range(45):
        published_article(title=f"慈善{number}")
    address, seen = "/search/?q=慈善&kind=article&sort=date", []
    while address:
        found = visit(client, address)
        seen += texts(found, "result__title")
        address = found.link_to("next nofollow")

    assert seen == [f"慈善{number}" for number in reversed(range(45))]


def test_alias_offers_the_organization_and_its_news(client):
    one = organization("龙港总商会", short=["龙商"], slug="longgang")

    (named,) = parts(page(client, "q=龙商"), "named")

    assert [(link.text, link.attrs["href"]) for link in named.all("a")] == [
        ("龙港总商会", one.get_absolute_url()),
        ("龙港总商会的新闻", "/news/?org=longgang"),
    ]


def test_nothing_found_says_so_and_offers_fewer_words_and_like_names(client):
    organization("龙港总商会")
    organization("县摄影家协会")
    published_article(title="端午慰问")

    found = page(client, "q=端午 龙岗总商会")

    assert "没有找到与“端午 龙岗总商会”相关的内容" in found.text
    assert texts(found, "chip") == ["端午 1", "龙港总商会"]
    assert texts(found, "result__title") == ["端午慰问"]


def test_homophone_of_a_name_finds_the_name(client):
    organization("扶苗公益中心", short=["扶苗"])

    assert texts(page(client, "q=服苗公益"), "chip") == ["扶苗公益中心"]


@pytest.mark.parametrize(
    "path", ["/search/?q=标记词", "/search/?q=标记", "/search/suggest/?q=标记词", "/search/suggest/?q=标记"]
)
def test_what_is_not_public_is_nowhere_on_the_page(client, path):
    hidden = unlisted_organization("标记词隐藏协会", short=["标记词"])
    draft_article(title="标记词草稿", organizations=[hidden], tags=[tag("标记词标签")])
    draft_event(name="标记词活动", hosts=[hidden])
    body = client.get(path).content.decode()

    assert not any(word in body for word in ("隐藏", "草稿", "标签", "标记词活动"))
    assert "/orgs/" not in body.partition("<main")[2]


def test_choice_of_something_unseen_or_unknown_is_404(client):
    unlisted_organization(slug="hidden")
    merged_organization(unlisted_organization(slug="into"), slug="merged", listed=False)

    for choice in (
        "org=hidden",
        "org=merged",
        "org=nobody",
        "type=nothing",
        "kind=page",
        "kind=user",
        "org=" + "a" * 500,
    ):
        assert client.get(f"/search/?q=慈善&{choice}").status_code == 404, choice


def test_old_address_of_an_organization_is_a_choice_too(client):
    into = organization(slug="into")
    merged_organization(into, slug="merged")
    published_article(title="慈善", organizations=[into])

    assert texts(page(client, "q=慈善&org=merged"), "result__title") == ["慈善"]


BAD = [
    "",
    " ",
    "a",
    "慈",
    "慈善" * 5000,
    "?!……——",
    "\x00慈善",
    "慈善\ud800",
    '"慈善',
    '"' * 101,
    "“" * 50 + "慈善",
    "😀",
    "慈\u200f善\u202e",
    "' OR 1=1 --",
    "*",
    "慈*",
    "NEAR(慈 善)",
    "NEAR(",
    "慈善 AND NOT OR",
    "{head} : 慈善",
    "^慈善",
    "慈善 -慈善",
    "-" * 200,
    "慈善 " * 100,
    "%慈善_\\",
    "&|!():*<->",
    "<script>alert(1)</script>",
    "a" * 10_000,
    "𠀀",
    "ﷺ",
]


@pytest.mark.parametrize("typed", BAD, ids=lambda typed: ascii(typed)[:30])
@pytest.mark.parametrize("path", ["/search/", "/search/suggest/"])
def test_whatever_is_typed_is_answered_within_a_second(client, path, typed):
    published_article(title="慈善")
    organization("慈善总会")
    started = time.perf_counter()
    response = client.get(path, {"q": typed.encode("utf-8", "surrogatepass")})

    # What no text can hold is refused at every address alike, in words, too.
    assert response.status_code == (400 if re.search("[\x00\ud800\u202e]", typed) else 200)
    assert time.perf_counter() - started < 1
    assert b"<script>alert" not in response.content


@pytest.mark.parametrize(
    "choice", ["year=20190", "year=-1", "year=二〇一九", "before=x", "before=3.1", "before=0." + "9" * 30]
)
def test_malformed_choice_is_refused_in_words(client, choice):
    assert client.get(f"/search/?q=慈善&{choice}").status_code == 400


def test_signs_only_are_answered_with_what_is_missing(client):
    assert "没有可以查找的文字或数字" in page(client, "q=?!").text


def test_page_asks_as_many_queries_of_any_number_of_results(client):
    def fill():
        one = organization()
        published_event(name="慈善讲座", hosts=[one])
        published_award(name="慈善奖", recipients=[one])
        published_edition(title="慈善")
        published_article(title="慈善", organizations=[one], tags=[tag("慈善")])

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get("/search/?q=慈善")
        return len(captured)

    fill()
    queries()
    few = queries()
    for _number in range(4):
        published_edition(title="慈善", date=datetime.date(2018, 1, _number + 1))
        one = organization()
        published_article(title="慈善", organizations=[one])
    assert (few, queries()) == (14, 14)


def suggestions(client, typed):
    answer = json.loads(client.get("/search/suggest/", {"q": typed}).content)
    return [(one["kind"], one["label"]) for one in answer["suggestions"]]


def test_suggestions_are_organizations_tags_and_headlines(client):
    organization("龙港总商会", short=["龙商"])
    published_article(title="龙港办年会", tags=[tag("龙港镇")])
    published_article(title="别的", body="<p>龙港</p>")

    assert suggestions(client, "龙港") == [("单位", "龙港总商会"), ("标签", "龙港镇"), ("稿件", "龙港办年会")]


@pytest.mark.parametrize("typed", ["龙商", "lgzsh", "LGZSH", "long gang", "longgangzong", "总商会", "ls"])
def test_organization_is_suggested_by_alias_pinyin_and_initials(client, typed):
    organization("龙港总商会", short=["龙商"])
    organization("扶苗公益中心")

    assert suggestions(client, typed) == [("单位", "龙港总商会")]


def test_suggestions_lead_to_pages(client):
    one = organization("龙港总商会")
    answer = client.get("/search/suggest/?q=龙港").json()

    assert answer == {"suggestions": [{"kind": "单位", "label": "龙港总商会", "url": one.get_absolute_url()}]}
