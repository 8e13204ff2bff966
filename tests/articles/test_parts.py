"""What stands beside an article's text: photos, attachments, figures."""

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from newsletter.articles.models import Attachment, Photo
from tests.factories import attachment, draft_article, figure, photo, picture_file

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
    ("size", "widths"),
    [((1600, 800), [640, 1280]), ((1000, 500), [640, 1000]), ((60, 40), [60]), ((640, 640), [640])],
)
def test_a_browser_chooses_among_the_widths_that_there_are(size, widths):
    made = photo(draft_article(), picture=picture_file(size=size))

    assert [width for _address, width in made.webp_sources] == widths
    for (address, width), name in zip(made.webp_sources, ["narrow_webp", "wide_webp"][-len(widths) :], strict=True):
        assert address == made.rendition_url(name)
        with made.picture.storage.open(made.picture.process(name)) as file:
            assert Image.open(file).size[0] == width


def test_rendition_follows_the_focal_point():
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
