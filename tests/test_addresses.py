"""All public addresses together: what answers, what is hidden from every one of them, and the pages of errors."""

import re
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client

from newsletter.articles.models import Article, Figure, Photo
from newsletter.awards.models import Award, Recipient
from newsletter.editions.models import Edition, EditionPage
from newsletter.events.models import Event
from newsletter.pages.models import Page as StandingPage
from newsletter.publishing.languages import in_english
from newsletter.records.fields import LineField, LinesField, RichTextField
from orgs.models import Organization
from tests import factories
from tests.desk.people import browser_of
from tests.factories import published, staff, withdrawn
from tests.reading import ARTICLE, Page, addresses, visit

LISTS = ["/", "/news/", "/orgs/", "/events/", "/awards/", "/editions/", "/feeds/"]
STATES = {
    "draft": {},
    "in_review": factories.IN_REVIEW,
    "in review after it was public": {**factories.IN_REVIEW, "first_public_at": factories.PAST},
    "scheduled": published(factories.FUTURE),
    "withdrawn": withdrawn(reason="公开的原因"),
    "trashed": factories.trashed(),
    "trashed after it was public": {**factories.trashed(was="withdrawn"), "first_public_at": factories.PAST},
}
GONE = {"withdrawn", "trashed after it was public"}
SECRET = "机密"
IMAGES = "google.com/schemas/sitemap-image/1.1"


@pytest.fixture
def site(db):
    """One of everything that is public, linked together, as {name: row}."""
    aiyou = factories.organization("爱友公益服务中心", slug="aiyou", member=True, logo=factories.picture_file())
    lecture, section, tag = factories.event_type("讲座"), factories.section("要闻"), factories.tag("端午")
    event = factories.published_event(type=lecture, hosts=[aiyou])
    award = factories.published_award(recipients=[aiyou], issuer=aiyou)
    article = factories.published_article(
        section=section, organizations=[aiyou], events=[event], awards=[award], tags=[tag], form="photo_story"
    )
    edition = factories.published_edition(articles=[article])
    pdf, picture = factories.SimpleUploadedFile("1.pdf", b"%PDF-1.4"), factories.picture_file()
    printed = edition.pages.create(number=1, file=pdf, picture=picture)
    page, attachment, photo = (
        factories.published_page(slug="about"),
        factories.attachment(article),
        factories.photo(article),
    )
    return {
        "organization": aiyou,
        "type": lecture,
        "section": section,
        "tag": tag,
        "event": event,
        "award": award,
        "article": article,
        "edition": edition,
        "printed": printed,
        "page": page,
        "attachment": attachment,
        "photo": photo,
    }


def words_of(model):
    """A value with the secret word for each field of this model that takes words; the reason is for readers."""
    fields = [
        f
        for f in model._meta.fields
        if isinstance(f, LineField | LinesField | RichTextField) and f.editable and f.name != "withdrawal_reason"
    ]
    return {field.name: f"{SECRET}{field.name}"[: field.max_length] for field in fields}


def hide(site, state):
    """One publishable of each kind in this state, with the secret in all its words, linked to all that is public."""
    values = STATES[state]
    unknown = factories.unlisted_organization(f"{SECRET}单位{state}", description=SECRET, region=SECRET)
    links = {"organizations": [site["organization"], unknown], "events": [site["event"]], "awards": [site["award"]]}
    article = factories.draft_article(
        **{**words_of(Article), **links, **values, "date": factories.DAY, "section": site["section"]},
        tags=["端午", f"{SECRET}标签"],
    )
    factories.photo(article, **words_of(Photo))
    factories.attachment(article, title=SECRET)
    factories.figure(article, **words_of(Figure), event=site["event"])
    event = factories.draft_event(
        **{**words_of(Event), **values}, type=site["type"], hosts=[site["organization"], unknown]
    )
    award = factories.draft_award(**{**words_of(Award), "name": SECRET + state, **values}, issuer=unknown)
    award.recipients.create(**words_of(Recipient))
    edition = factories.draft_edition(
        **{**words_of(Edition), "title": SECRET + state, **values}, articles=[site["article"], article]
    )
    edition.pages.create(number=1, picture=factories.picture_file(), **words_of(EditionPage))
    page = factories.draft_page(**{**words_of(StandingPage), **values})
    site["edition"].items.create(article=article, position=site["edition"].items.count() + 1)
    return [article, event, award, edition, page]


def crawl(client, *starts):
    """{path: response} of all that can be reached by links from `starts`, but one month of the endless calendar."""
    found, waiting = {}, list(starts)
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found[path] = response = client.get(path)
        if response["Content-Type"].startswith("text/html"):
            page = Page(response)
            addresses_there = [*page.links("/[^/].*|/"), *page.head_links("alternate")]
            addresses_there += [src for src, _alt in page.pictures]
            waiting += [
                address.partition("#")[0]
                for address in addresses_there
                if not re.search(r"^http|\?|calendar/(?!2019/06)", address)
            ]
    return found


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_every_public_address_is_linked_answers_and_sets_no_cookie(client, site):
    found = crawl(client, "/")

    assert {path: response.status_code for path, response in found.items()} == dict.fromkeys(found, 200)
    assert [path for path, response in found.items() if response.cookies] == []
    assert set(found) >= {
        *LISTS,
        *addresses(*site.values()),
        *("/news/2019/", "/news/2019/06/", "/calendar/2019/06/", "/awards/years/2018/", "/orgs/aiyou/logo"),
        *("/feeds/news.rss", "/orgs/aiyou/news.rss", "/events/types/jiangzuo/news.rss", "/sections/yaowen/news.rss"),
        *("/tags/duanwu/news.rss", site["photo"].wide_url, site["photo"].card_url),
        *(site["printed"].file_url, site["printed"].picture_url, "/editions/years/2019/"),
        f"{site['edition'].get_absolute_url()}print/",
    }


@pytest.mark.parametrize("state", STATES)
def test_words_of_what_is_not_public_are_found_nowhere(client, site, state):
    hidden = hide(site, state)

    asked = [
        "/news/?org=aiyou&type=jiangzuo",
        "/news/?section=yaowen",
        "/years/2019/",
        "/feeds/news.rss?org=aiyou",
        "/events/calendar.ics",
    ]
    asked += [f"/search/?kind={kind}" for kind in ("article", "event", "award", "edition", "organization")]
    asked += [
        "/search/?q=爱友",
        "/search/?org=aiyou&sort=date",
        f"/search/suggest/?q={SECRET}",
        "/search/suggest/?q=jimi",
    ]

    chinese = [*addresses(*hidden), *(f"{hidden[3].get_absolute_url()}{part}/" for part in ("pages/1", "print"))]
    hidden_addresses = [*chinese, *map(in_english, chinese)]
    sitemap = [part.removeprefix(settings.SITE_URL) for part in locations(client, "/sitemap.xml")]
    found = crawl(client, "/", *sitemap, "/news/2019/06/06/", *asked, *hidden_addresses)

    assert [path for path, response in found.items() if SECRET in body(response).decode(errors="ignore")] == []
    assert {found[path].status_code for path in hidden_addresses} == {410 if state in GONE else 404}
    assert [path for path in {*found} - {*hidden_addresses} if found[path].status_code != 200] == []
    # Whoever knows the addresses of its photo and its files, or its words, gets no further.
    (photo,), (attachment,) = hidden[0].photos.all(), hidden[0].attachments.all()
    assert SECRET not in visit(client, photo.get_absolute_url(), 410 if state in GONE else 404).text
    files = [
        photo.card_url,
        photo.wide_url,
        attachment.get_absolute_url(),
        f"{hidden[0].get_absolute_url()}card.png",
        f"{hidden[3].get_absolute_url()}pages/1.pdf",
        hidden[3].pages.get().picture_url,
    ]
    assert {client.get(path).status_code for path in files} == {404}
    assert visit(client, f"/search/?q={SECRET}").links(ARTICLE) == []


def test_secret_words_are_found_where_they_are_public(client, site):
    """Or else the test above would find nothing anywhere."""
    hidden = hide(site, "draft")
    for publishable in hidden:
        publishable.publish()

    found = crawl(client, "/")

    public = {*addresses(*hidden), *map(in_english, addresses(*hidden))}
    assert {path for path in public if SECRET in body(found[path]).decode()} == public
    assert all(SECRET in found[path].content.decode() for path in ("/", "/news/", "/orgs/aiyou/", "/feeds/news.rss"))


def locations(client, address):
    """What a file of the sitemap names; asked for under another host than the site's own."""
    answer = client.get(address.removeprefix(settings.SITE_URL), HTTP_HOST="localhost:9")
    root = ElementTree.fromstring(answer.content)
    return [node.text for node in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def test_sitemap_holds_exactly_the_public_addresses(client, site):
    for state in STATES:
        hide(site, state)
    factories.merged_organization(site["organization"])

    found = [place for part in locations(client, "/sitemap.xml") for place in locations(client, part)]

    public = [site[name] for name in ("article", "event", "award", "edition", "organization", "page")]
    assert sorted(found) == sorted(settings.SITE_URL + path for path in [*LISTS, "/years/2019/", *addresses(*public)])


def test_sitemap_has_a_part_for_each_thousand_ids(client, db):
    first, last = factories.published_article(pk=1), factories.published_article(pk=2001)

    parts = [part for part in locations(client, "/sitemap.xml") if "articles" in part]
    assert parts == [f"{settings.SITE_URL}/sitemap-articles.xml{part}" for part in ("", "?p=2", "?p=3")]
    assert [locations(client, part) for part in parts] == [
        [settings.SITE_URL + first.get_absolute_url()],
        [],
        [settings.SITE_URL + last.get_absolute_url()],
    ]


def test_sitemap_names_the_photos_of_public_stories_in_their_order(client, db):
    story, plain = factories.published_article(pk=1), factories.published_article(pk=2)
    second, first = (factories.photo(story, position=position) for position in (2, 1))
    factories.photo(factories.draft_article())

    root = ElementTree.fromstring(client.get("/sitemap-articles.xml").content)

    page, image = (f"{{http://www.{name}}}" for name in ("sitemaps.org/schemas/sitemap/0.9", IMAGES))
    found = {url.find(f"{page}loc").text: [loc.text for loc in url.iter(f"{image}loc")] for url in root}
    assert {address: images for address, images in found.items() if images} == {
        settings.SITE_URL + story.get_absolute_url(): [settings.SITE_URL + one.wide_url for one in (first, second)]
    }
    assert settings.SITE_URL + plain.get_absolute_url() in found


def test_robots_are_sent_to_the_sitemap_and_kept_from_the_admin_and_previews(client, db):
    lines = client.get("/robots.txt").content.decode().splitlines()

    disallowed = ["Disallow: /admin/", "Disallow: /preview/"]
    assert lines == ["User-agent: *", *disallowed, f"Sitemap: {settings.SITE_URL}/sitemap.xml"]


@pytest.mark.parametrize("path", [*LISTS, "/feeds/news.rss", "/sitemap.xml", "/robots.txt"])
def test_head_answers_as_get_does(client, site, path):
    head = client.head(path)

    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Type"] == client.get(path)["Content-Type"]


def test_address_without_its_last_slash_leads_to_the_one_with_it(client, site):
    for path in ("/news", "/orgs/aiyou", site["article"].get_absolute_url()[:-1]):
        response = client.get(f"{path}?utm=1")
        assert (response.status_code, response["Location"]) == (301, f"{path}/?utm=1")


def test_every_page_names_its_one_address_whatever_host_was_asked(client, site):
    for path in (*LISTS, site["article"].get_absolute_url(), "/orgs/aiyou/"):
        page = visit(client, f"{path}?utm_source=weixin", HTTP_HOST="localhost:9000")
        assert page.head_links("canonical") == [settings.SITE_URL + path]


# Errors.


def is_ours_in_chinese(page):
    """Whether a page has our frame, with links that lead on, and a heading in Chinese."""
    return (
        page.root.all("html")[0].attrs["lang"] == "zh-Hans"
        and re.search("[\u4e00-\u9fff]", page.h1) is not None
        and "/" in page.texts_of_links
    )


def test_error_pages_of_readers_are_ours_and_in_chinese(client, site):
    gone = factories.withdrawn_article()

    for path, status in (("/news/?from=x", 400), ("/unknown/", 404), (gone.get_absolute_url(), 410), ("/?x=%00", 400)):
        page = visit(client, path, status)
        assert is_ours_in_chinese(page)
        assert {"/news/", "/orgs/"} <= set(page.texts_of_links)


def test_bad_request_says_what_is_wrong_with_it(client, db):
    page = visit(client, "/news/?from=2019-02-30", 400)

    assert "from" in page.text and "2019-06-04" in page.text


def test_forbidden_page_is_ours_and_in_chinese(db):
    assert is_ours_in_chinese(visit(browser_of(staff()), "/admin/articles/article/", 403))


def test_page_for_a_form_that_was_open_too_long_is_ours_and_in_chinese(db):
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a", "password": "b"})

    assert response.status_code == 403
    assert is_ours_in_chinese(Page(response))


def test_page_of_an_error_of_ours_is_in_chinese_and_asks_no_database(client):
    # Without the database that this test does not ask for, every page fails.
    client.raise_request_exception = False

    page = visit(client, "/news/", 500)

    assert is_ours_in_chinese(page)
    assert page.links("/.*") == ["/"]


def test_unlisted_organization_that_nothing_public_names_is_hidden_everywhere(client, site):
    hidden = [hide(site, state) for state in STATES]

    assert list(Organization.objects.public()) == [site["organization"]]
    assert len(hidden) == len(STATES)
