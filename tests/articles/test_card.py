"""The card of a story without a photo, which messengers show with a link to it."""

import os
from io import BytesIO

import pytest
from django.conf import settings
from PIL import Image, ImageChops, ImageColor

from newsletter.articles import card
from newsletter.publishing.models import Publication
from tests.factories import (
    article_in_review,
    draft_article,
    organization,
    photo,
    preview_link,
    published_article,
    scheduled_article,
    section,
    withdrawn_article,
)
from tests.test_structured_data import social

LONG = "“义卖款送到孩子手中”，新居民爱心车队连续十三年免费接送高考学生（续）！" * 4


@pytest.fixture
def font():
    """The machine's own."""
    if not card.font() and os.environ.get("REQUIRE_BROWSER") != "1":
        pytest.skip("no Chinese font on this machine")
    return card.font()


def address(article):
    return f"{article.get_absolute_url()}card.png"


def ink(content):
    """The box in which something is drawn, and the colours that are there."""
    image = Image.open(BytesIO(content)).convert("RGB")
    ground = Image.new("RGB", image.size, card.PAPER)
    return ImageChops.difference(image, ground).getbbox(), {colour for _count, colour in image.getcolors()}


# Lines. A character is one wide here.


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("端午送粽子情暖敬老院", 5, ["端午送粽子", "情暖敬老院"]),
        ("端午送粽子，情暖敬老院", 5, ["端午送粽", "子，情暖敬", "老院"]),
        ("爱心车队“四好”商会", 5, ["爱心车队", "“四好”商", "会"]),
        ("走进（敬老院）！？", 4, ["走进（敬", "老", "院）！？"]),
        ("这是《民法典》讲座", 3, ["这是", "《民法", "典》讲", "座"]),
        ("共筹款2374元", 5, ["共筹款", "2374元"]),
        ("See example.org/a-b 网址", 15, ["See", "example.org/a-b", "网址"]),
        ("超长的词abcdefgh", 4, ["超长的词", "abcd", "efgh"]),
        ("", 5, [""]),
    ],
)
def test_no_closing_mark_begins_a_line_and_no_opening_one_ends_it(text, width, lines):
    assert card.wrapped(text, width, len) == lines


def test_lines_of_a_headline_are_about_equally_long():
    assert card.wrapped("新居民爱心车队护送考生", 10, len) == ["新居民爱心车队护送考", "生"]
    assert card.balanced("新居民爱心车队护送考生", 10, len) == ["新居民爱心车", "队护送考生"]
    assert card.balanced("端午", 1, len) == ["端", "午"]


# The picture.


@pytest.mark.parametrize(
    ("masthead", "lines", "facts"),
    [
        ("苍南社会组织", ["端午送粽子", "情暖敬老院"], ["2019年6月6日", "要闻"]),
        ("苍南社会组织" * 6, [LONG, LONG], ["2019年6月6日", LONG]),
        ("S", ["a" * 200], []),
        ("社", ["“"], ["—"]),
    ],
)
def test_everything_stands_within_the_margins_however_long_the_words_are(font, masthead, lines, facts):
    box, colours = ink(card.draw(masthead, lines, facts))

    assert box[0] >= card.MARGIN - 2 and box[2] <= card.WIDTH - card.MARGIN + 2
    assert box[1] >= 24 and box[3] <= card.HEIGHT - 24
    assert {ImageColor.getrgb(colour) for colour in (card.PAPER, card.INK)} <= colours


def test_the_headline_is_drawn_and_not_boxes_in_its_place(font):
    cards = {card.draw("社", [headline], []) for headline in ("端午", "中秋", "", "端\n午")}

    assert len(cards) == 4


# Its address.


@pytest.mark.django_db
def test_a_story_without_a_photo_is_shown_with_its_card(client, font):
    article = published_article(title="端午送粽子\n情暖敬老院")

    told = social(client, article.get_absolute_url())
    response = client.get(address(article))

    assert told["og:image"] == settings.SITE_URL + address(article)
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert told["og:image:alt"] == "端午送粽子 情暖敬老院"
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert Image.open(BytesIO(response.content)).size == (1200, 630)


@pytest.mark.django_db
def test_a_story_with_a_photo_is_shown_with_the_photo(client, font):
    shown = photo(published_article())

    for page in (shown.article.get_absolute_url(), shown.get_absolute_url()):
        assert social(client, page)["og:image"] == settings.SITE_URL + shown.wide_url


@pytest.mark.django_db
@pytest.mark.parametrize("make", [draft_article, article_in_review, scheduled_article, withdrawn_article])
def test_the_card_of_what_is_not_public_is_not_found(client, font, make):
    assert client.get(address(make())).status_code == 404


@pytest.mark.django_db
def test_a_preview_has_no_card(client, font):
    article = draft_article()

    assert client.get(preview_link(article).root + address(article)).status_code == 404


@pytest.mark.django_db
def test_who_asks_again_gets_the_card_only_if_something_on_it_changed(client, font):
    writer, place = organization("苍南县扶苗公益服务中心"), section("要闻")
    article = published_article(title="端午送粽子", section=place)
    article.organization_links.create(organization=writer, role="contributor")
    article.organization_links.create(organization=organization(), role="mentioned")

    def asked(tag=None):
        return client.get(address(article), headers={"if-none-match": tag} if tag else {})

    tags = [asked()["ETag"]]
    assert asked(tags[0]).status_code == 304
    assert asked()["Last-Modified"]

    for record, change in (
        (article, {"title": "中秋送月饼"}),
        (writer, {"name": "苍南县扶苗公益中心"}),
        (place, {"name": "头条"}),
        (Publication.current(), {"masthead": "苍南公益"}),
    ):
        for name, value in change.items():
            setattr(record, name, value)
        record.save()
        tags.append(asked()["ETag"])
        assert asked(tags[-2]).status_code == 200

    assert len({*tags}) == 5
    article.refresh_from_db()
    article.body = "<p>正文不在卡片上。</p>"
    article.save()
    assert asked(tags[-1]).status_code == 304


@pytest.mark.django_db
def test_without_a_chinese_font_there_is_no_card_and_no_page_names_one(client, settings):
    settings.CARD_FONT = "/no/such/font.ttc#2"
    article = published_article()

    assert client.get(address(article)).status_code == 404
    assert "og:image" not in social(client, article.get_absolute_url())
