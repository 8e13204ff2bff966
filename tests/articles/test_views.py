"""The lists of articles: all news with its filters, the archive by time, sections and tags."""

import datetime

import pytest
from django.conf import settings

from newsletter.articles.models import Article
from tests.factories import (
    DAY,
    PAST,
    SHANGHAI,
    article_in_review,
    draft_article,
    event_type,
    merged_organization,
    organization,
    published,
    published_article,
    published_event,
    scheduled_article,
    section,
    tag,
    withdrawn_article,
)
from tests.reading import ARTICLE, addresses, visit

pytestmark = pytest.mark.django_db

CHOICE = r"\?.*"
HIDDEN = (draft_article, article_in_review, scheduled_article, withdrawn_article)


@pytest.fixture
def archive():
    """Articles that every filter tells apart, by title; beside them hidden ones that pass each filter."""
    aiyou = organization("苍南县爱友公益服务中心", slug="aiyou", short=["爱友"])
    longshang = organization("龙港总商会", slug="longshang")
    lecture, visiting = (published_event(name=name, type=event_type(name)) for name in ("讲座", "慰问"))
    kinds = {
        "讲座": {"organizations": [aiyou], "events": [lecture], "tags": ["端午"], "section": section("要闻")},
        "慰问": {"events": [visiting], "tags": ["高考"], "section": section("简讯"), "form": "brief"},
        "商会": {"organizations": [longshang], "events": [lecture], "tags": ["端午"], "section": section("要闻")},
        "无": {},
    }
    days = {"讲座": "2019-06-04", "慰问": "2019-06-05", "商会": "2019-06-06", "无": "2019-07-01"}
    made = {title: published_article(title=title, date=days[title], **values) for title, values in kinds.items()}
    made["慰问"].organization_links.create(organization=aiyou, role="mentioned")
    for make in HIDDEN:
        for title, values in kinds.items():
            make(title=title, date=days[title], **values)
    return made


def titles(page, archive):
    return [title for link in page.links(ARTICLE) for title in archive if archive[title].get_absolute_url() == link]


def test_news_stands_newest_day_first_and_latest_first_within_a_day(client):
    new, old, newest = published_article(), published_article(date="2019-06-05"), published_article()
    for make in HIDDEN:
        make(date=DAY)

    assert visit(client, "/news/").links(ARTICLE) == addresses(newest, new, old)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "无 商会 慰问 讲座"),
        ("org=aiyou", "慰问 讲座"),
        ("org=longshang", "商会"),
        ("org=aiyou&org=longshang", "商会 慰问 讲座"),
        ("type=jiangzuo", "商会 讲座"),
        ("type=jiangzuo&type=weiwen", "商会 慰问 讲座"),
        ("section=jianxun", "慰问"),
        ("form=brief", "慰问"),
        ("form=article", "无 商会 讲座"),
        ("form=photo_story", ""),
        ("tag=duanwu", "商会 讲座"),
        ("from=2019-06-05", "无 商会 慰问"),
        ("to=2019-06-05", "慰问 讲座"),
        ("from=2019-06-05&to=2019-06-05", "慰问"),
        ("org=aiyou&type=jiangzuo", "讲座"),
        ("org=aiyou&section=yaowen&form=article&tag=duanwu&type=jiangzuo&from=2019-06-04&to=2019-06-04", "讲座"),
        ("org=aiyou&form=photo_story", ""),
        ("tag=duanwu&tag=gaokao&org=aiyou&from=2019-06-05", "慰问"),
        ("utm_source=weixin&spam=1", "无 商会 慰问 讲座"),
        ("org=&type=&from=&to=", "无 商会 慰问 讲座"),
        ("section=jianxun&utm_source=weixin", "慰问"),
    ],
)
def test_news_filtered_by(client, archive, query, expected):
    assert " ".join(titles(visit(client, f"/news/?{query}"), archive)) == expected


def choices(page, name):
    """The words of the choices of one filter, in their order."""
    return [words for href, words in page.texts_of_links.items() if href.startswith("?") and f"{name}=" in href]


def test_choice_says_how_many_public_articles_it_leaves(client, archive):
    page = visit(client, "/news/")

    assert choices(page, "org") == ["苍南县爱友公益服务中心 2", "龙港总商会 1"]
    assert choices(page, "type") == ["讲座 2", "慰问 1"]
    assert choices(page, "section") == ["要闻 2", "简讯 1"]
    assert choices(page, "tag") == ["端午 2", "高考 1"]


def test_choice_counts_under_the_other_filters(client, archive):
    page = visit(client, "/news/?tag=duanwu")

    assert choices(page, "org") == ["苍南县爱友公益服务中心 1", "龙港总商会 1"]
    assert choices(page, "type") == ["讲座 2"]
    assert choices(page, "section") == ["要闻 2"]


@pytest.mark.parametrize(("count", "words"), [(999, "要闻 999"), (1001, "要闻 999+")])
def test_counts_are_exact_up_to_999(client, count, words):
    yaowen = section("要闻")
    Article.objects.bulk_create(
        Article(title=f"新闻{number}", section=yaowen, date=DAY, **published()) for number in range(count)
    )

    assert choices(visit(client, "/news/"), "section") == [words]


def test_taken_choices_can_be_taken_off_one_by_one(client, archive):
    page = visit(client, "/news/?org=aiyou&section=yaowen&from=2019-06-01")
    lists = {href: titles(visit(client, f"/news/{href}"), archive) for href in page.links(CHOICE)}

    assert titles(page, archive) == ["讲座"]
    assert lists["?section=yaowen&from=2019-06-01"] == ["商会", "讲座"]
    assert lists["?org=aiyou&from=2019-06-01"] == ["慰问", "讲座"]
    assert lists["?org=aiyou&section=yaowen"] == ["讲座"]


def test_taken_choice_that_leaves_nothing_can_be_taken_off(client, archive):
    page = visit(client, "/news/?form=photo_story&tag=duanwu")

    assert page.links(ARTICLE) == []
    assert {"?tag=duanwu", "?form=photo_story"} <= set(page.links(CHOICE))


@pytest.mark.parametrize(
    "query",
    [
        "org=aiyou&org=longshang&type=jiangzuo",
        "type=jiangzuo&org=aiyou&org=longshang",
        "utm_source=weixin&org=aiyou&type=jiangzuo&org=longshang&org=aiyou",
        "org=longshang&org=aiyou&type=jiangzuo",
    ],
)
def test_equal_filters_offer_equal_addresses(client, archive, query):
    page = visit(client, f"/news/?{query}")

    assert "?org=aiyou&org=longshang&type=jiangzuo&section=yaowen" in page.links(CHOICE)
    assert page.head_links("canonical") == [f"{settings.SITE_URL}/news/"]


def test_choices_taken_in_any_order_lead_to_one_address(client, archive):
    tag_first = visit(client, "/news/?tag=duanwu").links(r"\?.*section=yaowen.*")
    section_first = visit(client, "/news/?section=yaowen").links(r"\?.*tag=duanwu.*")

    assert tag_first == section_first


def test_filter_by_a_merged_or_former_address_still_finds_the_news(client):
    heir = organization("爱友公益服务中心", slug="aiyou")
    merged_organization(heir, "旧爱友", slug="merged")
    heir.slug = "aiyou-new"
    heir.save()
    article = published_article(organizations=[heir])

    for slug in ("aiyou-new", "aiyou", "merged"):
        assert visit(client, f"/news/?org={slug}", follow=True).links(ARTICLE) == addresses(article)


# The archive.


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/news/2019/", "无 商会 慰问 讲座"),
        ("/news/2019/06/", "商会 慰问 讲座"),
        ("/news/2019/6/", "商会 慰问 讲座"),
        ("/news/2019/07/", "无"),
        ("/news/2019/06/04/", "讲座"),
        ("/news/2019/06/03/", ""),
        ("/news/2018/", ""),
    ],
)
def test_archive_holds_the_public_news_of_its_time(client, archive, address, expected):
    assert " ".join(titles(visit(client, address), archive)) == expected


def test_news_and_the_year_lead_to_each_month_with_the_number_of_its_articles(client, archive):
    months = {"/news/2019/07/": "7月 1", "/news/2019/06/": "6月 3"}

    for address in ("/news/", "/news/2019/"):
        links = visit(client, address).texts_of_links
        assert {href: words for href, words in links.items() if href.startswith("/news/2019/0")} == months


@pytest.mark.parametrize(
    ("moment", "day", "day_before"),
    [
        ((2019, 6, 4, 0, 30), "2019/06/04", "2019/06/03"),
        ((2019, 6, 1, 0, 30), "2019/06", "2019/05"),
        ((2019, 1, 1, 0, 30), "2019", "2018"),
        ((2019, 6, 4, 23, 30), "2019/06/04", "2019/06/05"),
    ],
)
def test_half_past_midnight_in_shanghai_belongs_to_the_new_day(client, moment, day, day_before):
    article = draft_article()
    # As the database gives it back: in UTC, where it is still the day before.
    article.publish(at=datetime.datetime(*moment, tzinfo=SHANGHAI).astimezone(datetime.UTC))

    assert visit(client, f"/news/{day}/").links(ARTICLE) == addresses(article)
    assert visit(client, f"/news/{day_before}/").links(ARTICLE) == []


# Sections and tags.


@pytest.mark.parametrize(("address", "values"), [("/sections/yaowen/", "section"), ("/tags/duanwu/", "tags")])
def test_section_and_tag_of_a_chinese_name_list_their_public_news(client, address, values):
    values = {"section": section("要闻")} if values == "section" else {"tags": [tag("端午")]}
    old, new = published_article(date="2019-06-05", **values), published_article(**values)
    published_article(section=section("简讯"), tags=[tag("高考")])
    for make in HIDDEN:
        make(**values)

    page = visit(client, address)

    assert page.h1 in {"要闻", "端午"}
    assert page.links(ARTICLE) == addresses(new, old)


@pytest.mark.parametrize("address", ["/sections/unknown/", "/tags/unknown/"])
def test_unknown_section_or_tag_is_not_found(client, address):
    visit(client, address, 404)


def test_scheduled_article_comes_by_itself(client):
    before, article = published_article(), scheduled_article()
    assert visit(client, "/news/").links(ARTICLE) == addresses(before)

    article.publish_at = PAST
    article.save()

    assert visit(client, "/news/").links(ARTICLE) == addresses(article, before)


def test_opening_shown_in_lists_is_cleaned_as_the_text_is(client):
    published_article(body="<p>端\x08午\u202e前夕</p><script>alert()</script>")

    text = visit(client, "/news/").text

    assert "端午前夕" in text
    assert "alert" not in text
