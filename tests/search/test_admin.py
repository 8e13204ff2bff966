"""The search of staff: in the lists of the admin, and over everything."""

import pytest

from newsletter.articles.models import Article
from tests.desk import people
from tests.factories import (
    draft_article,
    draft_award,
    draft_edition,
    draft_event,
    organization,
    published_article,
    staff,
    trashed,
)
from tests.reading import visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser():
    return people.browser_of(people.superuser())


def listed(client, path, typed):
    response = client.get(path, {"q": typed})
    assert response.status_code == 200
    return [*response.context["cl"].queryset]


@pytest.mark.parametrize(
    ("path", "make"),
    [
        ("/admin/articles/article/", lambda: draft_article(body="<p>我们走进敬老院里</p>")),
        ("/admin/events/event/", lambda: draft_event(venue="县城敬老院里")),
        ("/admin/awards/award/", lambda: draft_award("敬老院之星")),
        ("/admin/editions/edition/", lambda: draft_edition(locality="敬老院")),
    ],
)
def test_lists_find_words_inside_of_sentences_in_every_state(browser, path, make):
    row = make()

    assert listed(browser, path, "老院") == [row]
    assert listed(browser, path, "老院 商会") == []
    assert listed(browser, path, "?!") == []


def test_list_of_articles_finds_the_news_of_an_organization_by_its_alias(browser):
    article = draft_article(organizations=[organization("龙港总商会", alias=["龙商"])])
    draft_article()

    assert listed(browser, "/admin/articles/article/", "龙商") == [article]


@pytest.mark.parametrize("typed", ["龙商", "lgzsh", "longgang", "港总", "总商会"])
def test_organizations_are_found_by_alias_pinyin_and_initials(browser, typed):
    one = organization("龙港总商会", alias=["龙商"])
    organization("扶苗公益中心")
    asked = {"app_label": "articles", "model_name": "articleorganization", "field_name": "organization", "term": typed}
    offered = browser.get("/admin/autocomplete/", asked).json()["results"]

    assert listed(browser, "/admin/orgs/organization/", typed) == [one]
    assert [row["text"] for row in offered] == ["龙港总商会"]


def results(client, typed):
    """The addresses to which the results lead."""
    (results,) = visit(client, f"/admin/search/?q={typed}").root.all("ol", **{"class": "desk-found__list"}) or [None]
    return [one.attrs["href"] for one in results.all("a")] if results else []


def test_staff_find_drafts_and_are_led_to_their_forms(browser):
    article = draft_article(title="标记词")

    assert results(browser, "标记词") == [f"/admin/articles/article/{article.pk}/change/"]


def test_trash_is_not_searched(browser):
    draft_article(title="标记词", **trashed())

    assert results(browser, "标记词") == []


def test_correspondent_finds_only_what_the_lists_show_them():
    writer = people.correspondent()
    draft_article(title="标记词别人的")
    published_article(title="标记词已发布")
    own = Article.objects.create(title="标记词自己的", created_by=writer)

    assert results(people.browser_of(writer), "标记词") == [f"/admin/articles/article/{own.pk}/change/"]


def test_who_may_see_nothing_finds_nothing():
    draft_article(title="标记词")
    organization("标记词协会")

    assert results(people.browser_of(staff()), "标记词") == []
