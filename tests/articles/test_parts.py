"""What stands beside an article's text: photos, attachments, figures."""

from importlib import import_module
from io import BytesIO

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from PIL import Image

from newsletter.articles.models import Attachment, Photo
from tests.factories import attachment, draft_article, figure, photo, picture_file, published_article

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("values", "alt"),
    [
        ({"alt_text": "志愿者包粽子", "caption": "端午"}, "志愿者包粽子"),
        ({"caption": "端午"}, "端午"),
        ({"caption": "端午", "decorative": True}, ""),
        ({}, ""),
    ],
)
def test_alternative_text_is_its_own_else_the_caption_and_nothing_for_a_decoration(values, alt):
    assert Photo(**values).alt == alt


def test_photos_stand_in_the_order_of_their_positions_then_of_their_entry():
    article = draft_article()
    third, first, second = (photo(article, position=position) for position in (2, 1, 1))

    assert [*article.photos.all()] == [first, second, third]


@pytest.mark.parametrize(
    ("size", "wide"),
    [((60, 40), (60, 40)), ((1280, 640), (1280, 640)), ((1600, 800), (1280, 640)), ((400, 1600), (320, 1280))],
)
def test_wide_size_is_that_of_the_rendition(size, wide):
    made = photo(draft_article(), picture=picture_file(size=size))

    with made.picture.storage.open(made.picture.process("wide")) as file:
        assert Image.open(file).size == wide
    assert made.wide_size == wide


@pytest.mark.parametrize(
    ("size", "cut", "whole"),
    [
        ((2400, 1600), [360, 720, 1280], [720, 1280, 1920]),
        ((1000, 500), [360, 720], [720, 1000]),
        ((640, 1280), [360], [360, 640]),
        ((60, 40), [360], [60]),
    ],
)
def test_a_browser_chooses_among_the_widths_that_there_are(client, size, cut, whole):
    made = photo(published_article(), picture=picture_file(size=size))

    for sources, widths in ((made.cut_sources, cut), (made.whole_sources, whole[:2]), (made.large_sources, whole)):
        assert [width for _address, width in sources] == widths
        for address, width in sources:
            assert Image.open(BytesIO(b"".join(client.get(address).streaming_content))).size[0] == width


def test_large_renditions_are_made_when_they_are_first_asked_for(client):
    made = photo(published_article(), picture=picture_file(size=(2000, 1000)))
    made.picture.storage.delete(made.picture.name)

    answers = {name: client.get(made.rendition_url(name)).status_code for name in Photo.RENDITIONS}

    assert {name for name, status in answers.items() if status == 404} == {"lead_webp", "large_webp"}


def test_photos_from_before_get_their_colour_and_lost_ones_none():
    old, lost = photo(draft_article()), photo(draft_article())
    colour = old.picture_colour
    lost.picture.storage.delete(lost.picture.name)
    Photo.objects.update(picture_colour="")

    import_module("newsletter.articles.migrations.0008_photo_colour").fill(apps, None)

    assert dict(Photo.objects.values_list("pk", "picture_colour")) == {old.pk: colour, lost.pk: ""}


@pytest.mark.parametrize("name", ["card", "thumb_webp", "card_webp", "lead_webp"])
def test_what_is_cut_off_is_far_from_the_focal_point(name):
    half = Image.new("RGB", (300, 100), (200, 30, 30))
    half.paste((30, 30, 200), (150, 0, 300, 100))
    file = BytesIO()
    half.save(file, "PNG")

    for focus, seen in (("0.1x0.5", (200, 30, 30)), ("0.9x0.5", (30, 30, 200))):
        made = photo(draft_article(), picture=picture_file(content=file.getvalue()), picture_ppoi=focus)
        with made.picture.opened(made.RENDITIONS[name]) as cut:
            left, middle = (Image.open(cut).convert("RGB").getpixel((x, 50)) for x in (5, 180))
        assert (left, middle) == (pytest.approx(seen, abs=12), pytest.approx(seen, abs=12))


def test_rendition_follows_the_focal_point_when_it_is_moved():
    made = photo(draft_article())
    centred = made.picture.process("card")

    made.picture_ppoi = "0.1x0.1"
    made.save()

    assert Photo.objects.get().picture.process("card") != centred


def test_attachment_is_stored_under_a_random_name_and_downloaded_under_its_title():
    made = attachment(draft_article(), title="活动报名表")

    assert "报名表" not in made.file.name
    assert made.file.name.startswith("attachments/")
    assert made.download_name == "活动报名表.pdf"


@pytest.mark.parametrize("name", ["报名表.exe", "报名表.html", "报名表.svg", "报名表", "报名表.pdf.js"])
def test_attachment_of_another_kind_is_refused(name):
    made = Attachment(article=draft_article(), title="报名表", file=picture_file(name))

    with pytest.raises(ValidationError) as refused:
        made.full_clean()

    assert [*refused.value.message_dict] == ["file"]


@pytest.mark.parametrize(
    ("values", "label"),
    [({"measure": "other", "what": "受益老人"}, "受益老人"), ({"measure": "raised", "what": "义卖款"}, "义卖款")],
)
def test_figure_is_labelled_by_its_own_words(values, label):
    assert figure(draft_article(), **values).label == label


def test_figure_without_words_is_labelled_by_what_it_counts():
    made = figure(draft_article(), measure="raised")

    assert made.label == made.get_measure_display()
    assert str(made) == "2374元"


def test_units_are_there_from_the_beginning():
    assert figure(draft_article(), unit="vehicle").unit.name == "辆"
