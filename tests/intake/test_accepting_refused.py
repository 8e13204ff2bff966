"""Why a page is not accepted: nothing is changed then, no row and no file."""

import pytest
from django.utils import translation

from newsletter.articles.models import Article, Figure, Photo, Section
from newsletter.editions.file import EditionFileError
from newsletter.editions.models import EditionItem
from newsletter.events.models import Event
from newsletter.intake.accepting import NotPossible, accept
from newsletter.intake.models import PageImport
from newsletter.records.models import EditConflict
from orgs.models import Organization
from tests.editions.files import row_counts, stored_files
from tests.intake.printed import VISIT, change, imported, with_photo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def refused(page_import, error, **options):
    """What the refusal says; it must leave every row and file as it was."""
    before, files = row_counts(), stored_files()
    with pytest.raises(error) as refusal:
        accept(page_import, **options)
    assert (row_counts(), stored_files()) == (before, files)
    assert PageImport.objects.get(pk=page_import.pk).is_open
    return refusal.value


def test_accepting_twice_is_refused():
    page_import = imported()
    accept(page_import)
    before = row_counts()

    with pytest.raises(NotPossible, match="accepted already"):
        accept(page_import)

    assert row_counts() == before


def test_stale_version_is_an_edit_conflict():
    page_import = imported()
    PageImport.objects.get(pk=page_import.pk).save()

    refused(page_import, EditConflict)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"title": []}, "not complete"),
        ({"paragraphs": []}, "not complete"),
        ({"title": ["长" * 201]}, "not complete"),
        ({"byline": "长" * 101}, "not complete"),
        ({"section": "长" * 21}, "not complete"),
    ],
)
def test_story_that_is_not_complete_is_refused(values, words):
    assert words in str(refused(change(imported(), 2, **values), NotPossible))


def test_incomplete_story_that_is_not_taken_does_no_harm():
    accept(change(imported(), 2, title=[], taken=False))

    assert Article.objects.count() == 1


def test_page_without_a_taken_story_is_refused():
    assert "No story" in str(refused(change(imported(VISIT), taken=False), NotPossible))


def test_award_without_a_year_leaves_nothing():
    page_import = imported()
    del page_import.review["stories"][0]["facts"]["awards"][0]["year"]
    page_import.save()

    assert refused(page_import, EditionFileError).errors == ["story 1, facts, awards[1], year: is missing"]


def test_kind_that_does_not_exist_leaves_nothing():
    page_import = imported()
    page_import.review["kinds"]["扶苗公益中心"] = "nonsense"
    page_import.save()

    assert "nonsense" in str(refused(page_import, EditionFileError))


@pytest.mark.parametrize("model", [Article, EditionItem, Event, Organization, Figure, Section, Photo, PageImport])
def test_failure_in_the_middle_leaves_neither_row_nor_file(model, monkeypatch):
    page_import = change(with_photo(), section="图片新闻")

    def fail(*args, **kwargs):
        raise OSError("no space left")

    monkeypatch.setattr(model, "save", fail)

    refused(page_import, OSError)


def test_conflict_at_the_last_moment_leaves_no_file():
    page_import = with_photo()
    PageImport.objects.get(pk=page_import.pk).save()

    refused(page_import, EditConflict)
