"""One page of an edition: its stories, and the picture of the printed page with links over them."""

from io import BytesIO

import pytest
from PIL import Image

from newsletter.publishing.emptying import delete_for_good
from tests.desk.people import browser_of, editor
from tests.factories import (
    draft_article,
    draft_edition,
    edition_in_review,
    picture_file,
    published_article,
    published_edition,
    scheduled_edition,
    withdrawn_edition,
)
from tests.reading import ARTICLE, addresses, visit

pytestmark = pytest.mark.django_db

HIDDEN = (draft_edition, edition_in_review, scheduled_edition, withdrawn_edition)
REGION = {"region_left": 5, "region_top": 20, "region_width": 60, "region_height": 35}


def page_of(edition, number=1):
    return f"{edition.get_absolute_url()}pages/{number}/"


def pictured(edition, number=1, **values):
    return edition.pages.create(number=number, picture=picture_file(size=(1500, 3000)), **values)


def headings(page):
    return [heading.text for heading in page.main.all("h3")]


def test_page_shows_its_own_public_stories_by_position(client):
    edition = published_edition(articles=[published_article(title=title) for title in ("一", "二")])
    edition.items.create(article=draft_article(title="机密"), position=3)
    edition.items.create(article=published_article(title="别版"), page=2, position=1)
    edition.pages.create(number=1, title="要闻")

    page = visit(client, page_of(edition))

    assert page.h1 == "第1版 要闻"
    assert headings(page) == ["一", "二"]


def test_lead_of_the_page_comes_first_then_briefs_articles_and_photo_stories(client):
    forms = ("photo_story", "article", "brief", "article")
    articles = [published_article(title=f"{form}{number}", form=form) for number, form in enumerate(forms, 1)]
    edition = published_edition(articles=articles)
    edition.items.filter(position=4).update(is_lead=True)

    expected = ["article4", "brief3", "article2", "photo_story1"]
    assert headings(visit(client, page_of(edition))) == expected
    assert headings(visit(client, edition.get_absolute_url())) == expected


def test_contents_of_an_edition_name_every_story_in_the_order_of_the_paper(client):
    articles = [published_article(title=f"第{n}篇", form=form) for n, form in enumerate(("photo_story", "brief"), 1)]
    edition = published_edition(articles=articles)
    edition.items.create(article=published_article(title="第3篇"), page=2, position=1)

    page = visit(client, edition.get_absolute_url())

    (contents,) = page.main.all("nav", **{"aria-labelledby": "contents"})
    assert [link.text for link in contents.all("a")] == ["第1版", "第1篇", "第2篇", "第2版", "第3篇"]
    assert page.links(r"/editions/\d+/pages/\d+/") == [page_of(edition, 1), page_of(edition, 2)]


def test_pages_of_an_edition_lead_to_one_another_and_to_the_other_editions(client):
    before, edition = published_edition(date="2019-06-02"), published_edition(date="2019-06-06")
    for number in (1, 3, 4):
        edition.pages.create(number=number)

    page = visit(client, page_of(edition, 3))

    assert (page.link_to("prev"), page.link_to("next")) == (page_of(edition, 1), page_of(edition, 4))
    assert {*addresses(before, edition)} <= {*page.texts_of_links}


def test_page_that_the_edition_has_not_is_not_found(client):
    edition = published_edition(articles=[published_article()])
    edition.items.create(article=draft_article(), page=2, position=1)

    for number in (0, 2, 10**17):
        visit(client, page_of(edition, number), 404)


# The picture of the page.


def test_picture_is_shown_with_a_link_over_each_public_story_whose_region_is_known(client):
    there, elsewhere, hidden = published_article(title="端午\n送粽子"), published_article(), draft_article()
    edition = published_edition(articles=[there, elsewhere, hidden])
    edition.items.filter(article__in=[there, hidden]).update(**REGION)
    printed = pictured(edition)

    page = visit(client, page_of(edition))

    (shown,) = page.main.all("img")
    assert shown.attrs == {
        "src": printed.picture_url,
        "alt": "第1版版面图",
        "width": "1000",
        "height": "2000",
        "fetchpriority": "high",
    }
    (regions,) = [svg for svg in page.main.all("svg") if svg.all("rect")]
    assert [(link.attrs["href"], link.attrs["aria-label"]) for link in regions.all("a")] == [
        (there.get_absolute_url(), "端午 送粽子")
    ]
    assert [rect.attrs for rect in regions.all("rect")] == [{"x": "5", "y": "20", "width": "60", "height": "35"}]


def test_stories_stand_beside_the_picture_in_the_order_of_the_page(client):
    articles = [published_article(title=form, form=form) for form in ("photo_story", "brief", "article")]
    edition = published_edition(articles=articles)
    pictured(edition)

    assert headings(visit(client, page_of(edition))) == ["photo_story", "brief", "article"]


def test_page_without_a_picture_shows_no_regions(client):
    edition = published_edition(articles=[published_article()])
    edition.items.update(**REGION)
    edition.pages.create(number=1)

    assert visit(client, page_of(edition)).main.all("rect") == []


@pytest.mark.parametrize(
    ("rendition", "kind", "size"),
    [("large", "JPEG", (1000, 2000)), ("large_webp", "WEBP", (1000, 2000)), ("small_webp", "WEBP", (540, 1080))],
)
def test_picture_is_served_in_each_rendition_and_never_as_it_was_uploaded(client, rendition, kind, size):
    address = pictured(published_edition()).picture_url.removesuffix("large")

    response = client.get(address + rendition)

    image = Image.open(BytesIO(b"".join(response.streaming_content)))
    assert (image.format, image.size) == (kind, size)
    assert response["Cache-Control"] == "max-age=60"
    assert client.get(f"{address}original").status_code == 404


def test_page_without_a_picture_or_with_a_lost_one_serves_none(client):
    edition = published_edition()
    bare, lost = edition.pages.create(number=1), pictured(edition, 2)
    storage = lost.picture.storage
    for name in (lost.picture.process("large"), lost.picture.name):
        storage.delete(name)

    assert [client.get(page.picture_url).status_code for page in (bare, lost)] == [404, 404]


# Who sees it.


@pytest.mark.parametrize("make", HIDDEN[:3])
def test_pages_of_what_is_not_public_yet_are_for_staff_and_no_cache_keeps_them(client, make):
    edition = make(articles=[draft_article(title="草稿")])
    picture = pictured(edition).picture_url

    for address in (page_of(edition), f"{edition.get_absolute_url()}print/"):
        visit(client, address, 404)
        page = visit(browser_of(editor()), address)
        assert "草稿" in page.text
        assert "no-store" in page.response["Cache-Control"]
    assert client.get(picture).status_code == 404
    assert browser_of(editor()).get(picture)["Cache-Control"] == "private, no-store"


def test_pages_of_a_withdrawn_edition_are_gone_with_the_reason(client):
    edition = published_edition(articles=[published_article()])
    printed = pictured(edition)
    edition.withdraw(reason="版面有误")

    for address in (page_of(edition), page_of(edition, 9), f"{edition.get_absolute_url()}print/"):
        page = visit(client, address, 410)
        assert "版面有误" in page.text
        assert page.links(ARTICLE) == []
    assert client.get(printed.picture_url).status_code == 404


def test_pages_of_an_edition_that_was_deleted_for_good_are_gone(client):
    edition = withdrawn_edition(reason="版面有误", articles=[published_article()])
    address = edition.get_absolute_url()
    edition.trash()
    assert delete_for_good(edition) is None

    for each in (address, f"{address}pages/1/", f"{address}print/"):
        assert "版面有误" in visit(client, each, 410).text


def test_small_picture_of_a_page_is_offered_in_one_width(client):
    printed = published_edition().pages.create(number=1, picture=picture_file(size=(300, 400)))

    assert printed.webp_sources == [(f"/editions/{printed.edition_id}/pages/1/small_webp", 300)]
