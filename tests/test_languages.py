"""Chinese pages without a prefix, English ones under /en/: the address alone says which; stories stay Chinese."""

import datetime
import re

import pytest
from django.conf import settings

from newsletter.publishing.languages import with_chinese_marked
from newsletter.publishing.models import Publication
from tests import factories
from tests.desk.people import browser_of, superuser
from tests.reading import Page, addresses, visit

pytestmark = pytest.mark.django_db

LISTS = ["/", "/news/", "/orgs/", "/events/", "/awards/", "/editions/", "/feeds/", "/search/", "/calendar/2019/06/"]
DAY = datetime.date(2019, 6, 4)


def things(organization="爱友公益服务中心", title="端午送粽子", **values):
    """One of each kind that has a page."""
    organization = factories.organization(organization, slug="aiyou", region="")
    event = factories.published_event(name=title, type=factories.event_type(title), when_text="", **values)
    award = factories.published_award(name=title, year=2018)
    article = factories.published_article(
        title=title,
        body=f"<p>{title}</p>",
        byline=title,
        date=DAY,
        section=factories.section(title),
        organizations=[organization],
        events=[event],
        awards=[award],
    )
    return organization, event, award, article, factories.published_edition(articles=[article], title=title)


def language(page):
    return page.root.all("html")[0].attrs["lang"]


@pytest.mark.parametrize("asked", ["en", "zh-hant,en;q=0.5"])
def test_what_a_browser_prefers_changes_nothing(client, asked):
    assert language(visit(client, "/news/", headers={"accept-language": asked})) == "zh-Hans"
    assert language(visit(client, "/en/news/", headers={"accept-language": "zh-CN"})) == "en"
    assert "Accept-Language" not in client.get("/news/").get("Vary", "")


def test_language_of_one_page_does_not_stay_for_the_next(client):
    visit(client, "/en/news/")

    assert language(visit(client, "/news/")) == "zh-Hans"


def test_public_page_goes_by_its_address_and_not_by_the_account_of_staff():
    client = browser_of(superuser(language="en"))

    assert language(visit(client, "/news/")) == "zh-Hans"


def test_every_page_is_there_in_both_languages_and_says_where(client):
    for path in [*LISTS, "/years/2019/", "/orgs/aiyou/years/2019/", *addresses(*things())]:
        for prefix in ("", "/en"):
            page = visit(client, prefix + path)
            told = {
                link.attrs["hreflang"]: link.attrs["href"] for link in page.root.all("link") if "hreflang" in link.attrs
            }
            chinese, english = settings.SITE_URL + path, f"{settings.SITE_URL}/en{path}"
            assert told == {"zh-Hans": chinese, "en": english, "x-default": chinese}
            assert page.head_links("canonical") == [settings.SITE_URL + prefix + path]
            assert page.texts_of_links[path if prefix else f"/en{path}"] in ("中文", "English")


def test_links_of_an_english_page_stay_english_but_those_to_files(client):
    factories.photo(things()[3])

    for path in LISTS:
        links = visit(client, f"/en{path}").links("/.*")
        chinese = {link for link in links if not link.startswith("/en/")}
        assert {link for link in chinese if not re.search(r"\.(rss|atom|json|ics|opml)(\?|$)", link)} == {path}


def test_the_way_to_the_other_language_keeps_the_choice_of_a_list(client):
    things()

    assert "/en/news/?from=2019-06-01&org=aiyou" in visit(
        client, "/news/?org=aiyou&from=2019-06-01&utm_source=weixin"
    ).links("/en/.*")


def test_page_of_a_preview_or_of_nothing_has_no_other_language(client):
    assert Page(client.get("/nothing/")).links("/en/.*") == []
    assert client.get("/en/feeds/news.rss").status_code == 404
    assert client.get("/en/admin/").status_code == 404


def test_no_chinese_word_of_ours_is_left_on_an_english_page(client):
    """All that is written in these things is in Latin letters, so that every Chinese letter would be the site's own."""
    Publication(masthead="Newsletter").save()
    rows = things("Aiyou", "Rice dumplings")
    factories.figure(rows[3], text="2374", measure="raised")

    for path in [*LISTS, "/years/2019/", "/orgs/aiyou/years/2019/", *addresses(*rows)]:
        page = visit(client, f"/en{path}")
        assert {*re.findall("[\u4e00-\u9fff]+", page.response.content.decode())} == {"中文"}, path


def test_dates_stand_as_people_write_them(client):
    article = things()[3]

    assert "2019年6月4日 星期二" in visit(client, article.get_absolute_url()).text
    assert "Tuesday, 4 June 2019" in visit(client, f"/en{article.get_absolute_url()}").text


def test_feed_asked_for_by_staff_of_an_english_admin_leads_to_chinese_pages():
    article = things()[3]
    feed = browser_of(superuser(language="en")).get("/feeds/news.rss").content.decode()

    assert f"{settings.SITE_URL}{article.get_absolute_url()}" in feed
    assert "/en/" not in feed


def test_withdrawn_news_of_both_languages_is_gone(client):
    article = things()[3]
    article.withdraw(by=superuser(), reason="Wrong.")

    assert client.get(f"/en{article.get_absolute_url()}").status_code == 410


@pytest.mark.parametrize(
    ("markup", "marked"),
    [
        ("<p>Published by 苍南</p>", '<p>Published by <span lang="zh-Hans">苍南</span></p>'),
        ("<b>第12期《乡情》 and more</b>", '<b><span lang="zh-Hans">第12期《乡情》</span> and more</b>'),
        ('<option value="a">讲座</option>', '<option lang="zh-Hans" value="a">讲座</option>'),
        ("<script>'讲座'</script><p>1 &lt; 2</p>", "<script>'讲座'</script><p>1 &lt; 2</p>"),
        ('<img alt="讲座">', '<img alt="讲座">'),
    ],
)
def test_chinese_is_marked_on_english_pages(markup, marked):
    assert with_chinese_marked(markup) == marked
