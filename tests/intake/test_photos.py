"""The pictures of a Word file on their way to the photos of an article."""

import pytest

from newsletter.articles.models import Article, Photo
from newsletter.intake.accepting import accept, undo
from newsletter.intake.importing import take_in
from newsletter.intake.models import PageImport
from tests.editions.files import stored_files
from tests.factories import DAY, picture_bytes
from tests.intake.word import paragraph, picture, word

pytestmark = pytest.mark.django_db


@pytest.fixture
def page_import(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    content = word(
        paragraph("登山协会举办比赛", size=22),
        paragraph("9月1日上午，县登山协会在乌石镇举办登山比赛，来自各地的选手三百余人参加了活动。"),
        paragraph(picture("p0")),
        paragraph("图为选手登顶。"),
        paragraph("活动结束后，大家一起清理了沿路的垃圾，带下山来的垃圾装满了四十个袋子。（登山协会）"),
        pictures=[picture_bytes((640, 480))],
    )
    return take_in(content, PageImport(name="登山.docx", title="山海社会组织", date=DAY))


def test_a_photo_comes_with_its_caption(page_import):
    accept(page_import)

    photo = Photo.objects.get()
    assert (photo.article, photo.caption) == (Article.objects.get(), "图为选手登顶。")
    assert (photo.picture_width, photo.picture_height) == (640, 480)
    assert "图为" not in photo.article.body


def test_a_photo_that_was_dropped_does_not_come(page_import):
    page_import.review["stories"][0]["dropped"].append(["photo", 0])
    page_import.save()

    accept(page_import)

    assert Article.objects.count() == 1
    assert not Photo.objects.exists()


def test_undoing_takes_the_files_of_photos_away(page_import, django_capture_on_commit_callbacks):
    before = stored_files()
    accept(page_import)
    assert stored_files() != before
    page_import.refresh_from_db()

    with django_capture_on_commit_callbacks(execute=True):
        undo(page_import)

    assert stored_files() == before
