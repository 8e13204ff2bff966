"""A photo on a page of its own: how one gets there, on and back, and who sees it."""

import pytest
from django.conf import settings

from tests.desk.people import browser_of, superuser
from tests.factories import (
    article_in_review,
    draft_article,
    photo,
    preview_link,
    published_article,
    scheduled_article,
    withdrawn_article,
)
from tests.reading import visit

pytestmark = pytest.mark.django_db

ONE_PHOTO = r"/photos/\d+/"


def album(article, count=3):
    return [photo(article, caption=f"照片{number}", position=number) for number in range(1, count + 1)]


def test_each_photo_of_a_story_leads_to_its_page_and_from_there_back_to_where_it_stands(client):
    article = published_article()
    shown = album(article)

    story = visit(client, article.get_absolute_url())
    assert story.links(ONE_PHOTO) == [one.get_absolute_url() for one in shown]

    back = f"{article.get_absolute_url()}#photo-{shown[1].pk}"
    assert back in visit(client, shown[1].get_absolute_url()).texts_of_links
    assert [node.attrs["id"] for node in story.root.all("figure")] == [f"photo-{one.pk}" for one in shown]


def test_one_goes_through_the_photos_of_a_story_in_their_order(client):
    last, first, middle = (photo(published_article()) for _number in range(3))
    for position, one in ((2, first), (2, middle), (9, last)):
        one.article, one.position = first.article, position
        one.save()
    pages = [visit(client, one.get_absolute_url()) for one in (first, middle, last)]

    def ways(page):
        return [(page.link_to(rel) or "").partition("#")[0] for rel in ("prev", "next")]

    before, here, after = (one.get_absolute_url() for one in (first, middle, last))
    assert [ways(page) for page in pages] == [["", here], [before, after], [here, ""]]
    assert [f"{number} / 3" in page.text for number, page in enumerate(pages, 1)] == [True, True, True]


def test_the_page_shows_the_photo_with_its_caption_and_credit(client):
    shown = photo(published_article(), caption="志愿者包粽子", credit="扶苗 供图", alt_text="桌上的粽子")

    page = visit(client, shown.get_absolute_url())

    assert page.pictures == [(shown.wide_url, "桌上的粽子")]
    assert "志愿者包粽子 扶苗 供图" in page.text
    assert "1 / 1" not in page.text


def test_a_photo_that_tells_nothing_is_a_link_with_a_name_all_the_same(client):
    article = published_article()
    photo(article, decorative=True)

    (link,) = visit(client, article.get_absolute_url()).root.all("a", **{"class": "figure__way"})

    assert link.attrs["aria-label"]


def test_search_engines_are_led_from_a_photo_to_its_story(client):
    shown = photo(published_article())

    page = visit(client, shown.get_absolute_url())

    assert page.head_links("canonical") == [settings.SITE_URL + shown.article.get_absolute_url()]


@pytest.mark.parametrize("make", [draft_article, article_in_review, scheduled_article])
def test_the_page_is_for_staff_only_until_the_story_is_public(client, make):
    address = photo(make()).get_absolute_url()

    assert client.get(address).status_code == 404
    of_staff = browser_of(superuser()).get(address)
    assert (of_staff.status_code, of_staff["X-Robots-Tag"]) == (200, "noindex")


def test_the_page_goes_with_its_story_and_says_why(client):
    shown = photo(withdrawn_article(reason="照片未获同意"))

    assert "照片未获同意" in visit(client, shown.get_absolute_url(), 410).text


def test_a_preview_leads_to_the_photos_and_back_and_does_not_leave_itself(client):
    article = draft_article()
    shown = album(article)
    link = preview_link(article)

    story = visit(client, link.get_absolute_url())
    assert story.links(rf"{link.root}{ONE_PHOTO}") == [link.root + one.get_absolute_url() for one in shown]

    page = visit(client, link.root + shown[0].get_absolute_url())
    assert page.link_to("next") == f"{link.root}{shown[1].get_absolute_url()}#photo"
    assert f"{link.root}{article.get_absolute_url()}#photo-{shown[0].pk}" in page.texts_of_links
    assert client.get(link.root + photo(draft_article()).get_absolute_url()).status_code == 404


def test_a_photo_that_there_is_not_is_not_found(client):
    assert client.get("/photos/999999999/").status_code == 404


def test_the_place_of_a_photo_has_its_colour_until_it_is_there(client):
    article = published_article()
    photo(article)
    unknown = photo(article, position=2)
    type(unknown).objects.filter(pk=unknown.pk).update(picture_colour="")

    shown = visit(client, article.get_absolute_url()).main.all("img")[:2]

    assert [image.attrs.get("class") for image in shown] == ["tint rc g1 b1", None]
    assert "style=" not in client.get(article.get_absolute_url()).content.decode()
