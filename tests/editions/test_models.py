import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from newsletter.editions.models import Edition, EditionPage
from tests.factories import DAY, draft_article, draft_edition, published_edition

pytestmark = pytest.mark.django_db


def test_edition_is_called_by_title_number_and_date():
    assert str(Edition(title="苍南社会组织", number="第6期", date=DAY)) == "苍南社会组织 第6期 2019-06-06"
    assert str(Edition(title="苍南社会组织", date=DAY)) == "苍南社会组织 2019-06-06"


def test_newest_editions_come_first():
    older, newer, entered_last = (draft_edition(date=date) for date in (datetime.date(2019, 5, 9), DAY, DAY))

    assert [*Edition.objects.newest_first()] == [entered_last, newer, older]


def test_lists_of_editions_start_from_what_is_public():
    edition = published_edition()
    draft_edition()

    assert [*Edition.objects.published().newest_first()] == [edition]


def test_stories_stand_by_page_and_position():
    edition = draft_edition()
    places = [(2, 1), (1, 2), (1, 1)]
    for page, position in places:
        edition.items.create(article=draft_article(), page=page, position=position)

    assert [*edition.items.values_list("page", "position")] == sorted(places)


def test_printed_page_is_stored_under_a_random_name():
    page = EditionPage.objects.create(
        edition=draft_edition(), number=1, file=SimpleUploadedFile("第6期终稿.PDF", b"%PDF-1.4")
    )

    assert page.file.name.startswith("pages/")
    assert page.file.name.endswith(".pdf")
    assert "终稿" not in page.file.name
    assert page.file_url == f"/editions/{page.edition_id}/pages/1.pdf"


def test_printed_page_is_a_pdf():
    page = EditionPage(edition=draft_edition(), number=1, file=SimpleUploadedFile("第6期.docx", b"PK"))

    with pytest.raises(ValidationError) as refused:
        page.full_clean()

    assert [*refused.value.message_dict] == ["file"]


def test_address_of_an_edition_is_its_number():
    edition = draft_edition()

    assert edition.get_absolute_url() == f"/editions/{edition.pk}/"
