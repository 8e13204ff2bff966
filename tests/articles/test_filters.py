import datetime

import pytest
from django.core.exceptions import BadRequest
from django.http import Http404, QueryDict

from newsletter.articles.filters import NewsFilter
from newsletter.articles.models import Article
from tests.factories import (
    draft_article,
    draft_event,
    event_type,
    merged_organization,
    organization,
    published_article,
    section,
    tag,
    unlisted_organization,
)

pytestmark = pytest.mark.django_db


def news_filter(query):
    return NewsFilter(QueryDict(query))


def found(query):
    articles = news_filter(query).apply(Article.objects.published()).order_by("pk")
    return [article.title for article in articles]


@pytest.fixture
def news():
    """Three articles that differ in everything, one that has nothing, and a draft that has everything of the first."""
    fumiao, aiyou = organization("扶苗", slug="fumiao"), organization("爱友", slug="aiyou")
    lecture, visit = draft_event(), draft_event(name="看望", type=event_type("慰问"))
    first = {
        "section": section("要闻"),
        "form": "article",
        "date": datetime.date(2019, 6, 4),
        "organizations": [fumiao],
        "events": [lecture],
        "tags": ["端午"],
    }
    published_article(title="甲", **first)
    published_article(
        title="乙",
        section=section("简讯"),
        form="brief",
        date=datetime.date(2019, 6, 5),
        organizations=[aiyou],
        events=[visit],
        tags=["高考"],
    )
    published_article(
        title="丙",
        section=section("要闻"),
        form="brief",
        date=datetime.date(2019, 6, 6),
        organizations=[fumiao, aiyou],
        events=[lecture, visit],
        tags=["端午", "高考"],
    )
    published_article(title="丁", form="photo_story", date=datetime.date(2019, 6, 7))
    draft_article(title="稿", **first)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["甲", "乙", "丙", "丁"]),
        ("unknown=x&page=7", ["甲", "乙", "丙", "丁"]),
        ("org=&type=&section=&form=&tag=&from=&to=", ["甲", "乙", "丙", "丁"]),
        ("org=fumiao", ["甲", "丙"]),
        ("type=jiangzuo", ["甲", "丙"]),
        ("section=yaowen", ["甲", "丙"]),
        ("form=brief", ["乙", "丙"]),
        ("tag=duanwu", ["甲", "丙"]),
        ("from=2019-06-05", ["乙", "丙", "丁"]),
        ("to=2019-06-05", ["甲", "乙"]),
        ("from=2019-06-05&to=2019-06-05", ["乙"]),
        # Any of the values of one filter.
        ("org=fumiao&org=aiyou", ["甲", "乙", "丙"]),
        ("type=jiangzuo&type=weiwen", ["甲", "乙", "丙"]),
        ("section=yaowen&section=jianxun", ["甲", "乙", "丙"]),
        ("form=article&form=photo_story", ["甲", "丁"]),
        ("tag=duanwu&tag=gaokao", ["甲", "乙", "丙"]),
        ("tag=duanwu&tag=duanwu", ["甲", "丙"]),
        # All of several filters.
        ("org=fumiao&form=brief", ["丙"]),
        ("org=aiyou&section=yaowen", ["丙"]),
        ("tag=gaokao&form=article", []),
        ("org=fumiao&type=weiwen&section=yaowen&form=brief&tag=gaokao&from=2019-06-06&to=2019-06-06", ["丙"]),
    ],
)
def test_filter_finds_the_articles_that_have_any_value_of_each_filter(news, query, titles):
    assert found(query) == titles


@pytest.mark.parametrize(
    ("query", "is_set"), [("", False), ("org=", False), ("form=brief", True), ("to=2019-06-05", True)]
)
def test_filter_is_true_when_something_is_filtered(query, is_set):
    assert bool(news_filter(query)) == is_set


@pytest.mark.parametrize("name", ["org", "type", "section", "form", "tag"])
def test_unknown_slug_is_not_found(news, name):
    for value in ("nowhere", "扶苗", "'", "fumiao,aiyou"):
        with pytest.raises(Http404):
            news_filter(f"{name}={value}")


@pytest.mark.parametrize(
    ("name", "known"),
    [("org", "fumiao"), ("type", "jiangzuo"), ("section", "yaowen"), ("form", "brief"), ("tag", "duanwu")],
)
def test_one_unknown_slug_among_known_ones_is_not_found(news, name, known):
    with pytest.raises(Http404):
        news_filter(f"{name}={known}&{name}=nowhere")


def test_organization_that_is_not_public_is_not_found():
    unlisted_organization("未公开", slug="hidden")

    with pytest.raises(Http404):
        news_filter("org=hidden")


@pytest.mark.parametrize(
    "query",
    [
        "from=yesterday",
        "from=2019-02-30",
        "to=2019-6-4",
        "to=６月4日",
        "from=2019-06-05&to=2019-06-04",
        "tag=" + "x" * 101,
        "&".join(f"tag=t{n}" for n in range(21)),
    ],
)
def test_malformed_filter_is_a_bad_request(query):
    with pytest.raises(BadRequest):
        news_filter(query)


def test_equal_filters_have_one_address(news):
    address = news_filter("to=2019-06-06&tag=duanwu&org=fumiao&x=1&from=2019-06-04&org=fumiao&form=").address()

    assert address == "?org=fumiao&tag=duanwu&from=2019-06-04&to=2019-06-06"
    assert news_filter(address[1:]).address() == address


def test_filters_that_say_the_same_in_another_order_have_one_address(news):
    assert news_filter("org=fumiao&org=aiyou").address() == news_filter("org=aiyou&org=fumiao").address()


def test_no_filter_has_an_empty_address():
    assert news_filter("").address() == "?"


def choices(query):
    facets = news_filter(query).facets()
    return {facet.name: [(choice.value, choice.count, choice.is_taken) for choice in facet.choices] for facet in facets}


def test_facets_count_what_is_public(news):
    assert choices("") == {
        "org": [("aiyou", 2, False), ("fumiao", 2, False)],
        "type": [("jiangzuo", 2, False), ("weiwen", 2, False)],
        "section": [("yaowen", 2, False), ("jianxun", 1, False)],
        "form": [("brief", 2, False), ("article", 1, False), ("photo_story", 1, False)],
        "tag": [("duanwu", 2, False), ("gaokao", 2, False)],
    }


def test_facet_counts_under_the_other_filters_without_its_own(news):
    counted = choices("section=yaowen&form=brief")

    assert counted == {
        "org": [("aiyou", 1, False), ("fumiao", 1, False)],
        "type": [("jiangzuo", 1, False), ("weiwen", 1, False)],
        "section": [("yaowen", 1, True), ("jianxun", 1, False)],
        "form": [("brief", 1, True), ("article", 1, False)],
        "tag": [("duanwu", 1, False), ("gaokao", 1, False)],
    }


def test_choice_that_is_taken_stays_though_nothing_is_left_of_it(news):
    assert choices("section=jianxun&form=article")["section"] == [("jianxun", 0, True), ("yaowen", 1, False)]


def test_article_with_several_events_of_a_type_counts_once():
    published_article(events=[draft_event(), draft_event(name="第二讲")])

    assert choices("")["type"] == [("jiangzuo", 1, False)]


def test_facet_shows_the_twelve_commonest_choices_and_those_that_are_taken():
    for n in range(14):
        published_article(tags=[f"t{n:02}"])
    published_article(tags=["t13"])
    tag("t99")

    shown = choices("")["tag"]
    assert [value for value, _count, _taken in shown] == ["t13", *(f"t{n:02}" for n in range(11))]
    shown = choices("tag=t12")["tag"]
    assert [value for value, _count, _taken in shown] == ["t12", "t13", *(f"t{n:02}" for n in range(11))]


def test_merged_organization_is_no_choice(news):
    kept = organization("总商会", slug="kept")
    published_article(organizations=[kept, merged_organization(kept, "旧商会", slug="gone")])

    assert [value for value, _count, _taken in choices("")["org"]] == ["aiyou", "fumiao", "kept"]


def test_choice_leads_to_the_list_with_it_and_a_taken_one_to_the_list_without_it(news):
    [sections] = [f for f in news_filter("form=brief&section=yaowen").facets() if f.name == "section"]

    assert {choice.value: choice.address for choice in sections.choices} == {
        "yaowen": "?form=brief",
        "jianxun": "?section=jianxun&section=yaowen&form=brief",
    }


def test_taken_choices_are_named_and_each_can_be_taken_off(news):
    taken = news_filter("org=fumiao&form=brief&from=2019-06-05").taken_choices()

    assert [(choice.value, choice.address) for choice in taken] == [
        ("fumiao", "?form=brief&from=2019-06-05"),
        ("brief", "?org=fumiao&from=2019-06-05"),
        ("2019-06-05", "?org=fumiao&form=brief"),
    ]
    assert taken[0].label == "扶苗"
    assert "2019-06-05" in taken[2].label


def test_two_days_can_be_taken_off_one_by_one(news):
    first, last = news_filter("from=2019-06-05&to=2019-06-05").taken_choices()

    assert (first.address, last.address) == ("?to=2019-06-05", "?from=2019-06-05")


@pytest.mark.parametrize(("count", "label"), [(0, "0"), (999, "999"), (1000, "999+")])
def test_count_beyond_999_is_not_told(news, count, label):
    choice = news_filter("form=brief").taken_choices()[0]
    choice.count = count

    assert choice.count_label == label


def test_facets_take_as_many_queries_for_much_news_as_for_little(news, django_assert_num_queries):
    asked = news_filter("")
    with django_assert_num_queries(1):
        asked.facets()

    for n in range(5):
        published_article(organizations=[organization()], tags=[f"标签{n}"], events=[draft_event()])

    with django_assert_num_queries(1):
        asked.facets()
