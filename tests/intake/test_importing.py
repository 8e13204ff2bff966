"""A file is taken in whole or not at all, and the same file once."""

import datetime

import pytest
from django.db import IntegrityError
from django.utils import translation

from newsletter.intake import importing
from newsletter.intake.importing import AlreadyImported, forget_files, read_again, take_in
from newsletter.intake.models import PageImport
from newsletter.intake.parser.child import ParseFailed
from newsletter.intake.parser.page import PARSER_VERSION
from newsletter.intake.refusals import imported_before
from newsletter.intake.review import review_of
from newsletter.records.models import EditConflict
from tests import factories
from tests.editions.files import row_counts, stored_files
from tests.intake.printed import PAGE, VISIT, change, imported, with_photo

pytestmark = pytest.mark.django_db


def kept(page_import):
    with page_import.file.open() as file:
        return file.read()


def unsaved(**values):
    return PageImport(**{"name": "page.txt", "title": "苍南社会组织", "date": factories.DAY, **values})


# What is kept.


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_upload_is_kept_byte_for_byte(encoding):
    content = PAGE.replace("\n", "\r\n").encode(encoding)

    page_import = take_in(content, unsaved(), by=None)

    assert kept(PageImport.objects.get()) == content
    assert [story["byline"] for story in page_import.review["stories"]] == ["龙商", "扶苗"]


def test_result_and_version_of_the_parser_are_kept_and_the_review_begins_with_them():
    editor = factories.staff()

    imported(by=editor)

    page_import = PageImport.objects.get()
    assert (page_import.parser_version, page_import.state) == (PARSER_VERSION, "open")
    assert page_import.review == review_of(page_import.result)
    assert (page_import.created_by, page_import.accepted_by) == (editor, None)


def test_names_of_the_directory_and_labels_of_the_house_are_known_to_the_parser():
    factories.organization("苍南县扶苗公益中心", short=["扶苗公益中心"])
    factories.organization("扶苗公益服务队", short=["扶苗"], status="retired")
    factories.section("山海来信")

    story = imported(f"山海来信\n{VISIT}").review["stories"][0]

    assert story["section"] == "山海来信"
    assert story["facts"]["organizations"] == ["蓝精灵幼儿园", "苍南县扶苗公益中心"]
    assert story["facts"]["contributor"] == "扶苗公益服务队"


def test_merged_organization_is_found_as_the_one_into_which_it_was_merged():
    target = factories.organization("苍南县扶苗公益服务中心")
    factories.merged_organization(target, "龙港镇助学促进会")
    text = "走进校园\n6月4日下午，龙港镇助学促进会走进校园，给学生送去了书包和文具，孩子们十分高兴。（周海棠）\n"

    [story] = take_in(text.encode(), unsaved()).review["stories"]

    assert story["facts"]["organizations"] == [target.name]
    assert story["new_organizations"] == []


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "page.html", "版面.TXT", "a" * 300 + ".svg", "..", "a.txt/.pdf;x"]
)
def test_stored_name_is_our_own(name):
    page_import = take_in(VISIT.encode(), unsaved(name=name[-200:]))

    folder, number, file = page_import.file.name.split("/")
    assert (folder, len(number), file) == ("imports", 32, "page.txt")


def test_photos_are_kept_beside_the_upload(settings):
    page_import = with_photo()

    names = [path.relative_to(settings.MEDIA_ROOT).as_posix() for path in stored_files()]
    assert sorted(names) == sorted(page_import.stored_names)
    assert {name.rpartition("/")[0] for name in names} == {page_import.file.name.rpartition("/")[0]}


def test_files_are_forgotten_together():
    forget_files(with_photo())

    assert stored_files() == []


# The same file.


def test_same_file_is_taken_in_once():
    first = imported()
    before, files = row_counts(), stored_files()

    with pytest.raises(AlreadyImported) as known:
        imported(name="another.txt", date=factories.DAY + datetime.timedelta(days=1))

    assert known.value.args[0] == first
    assert (row_counts(), stored_files()) == (before, files)


@pytest.mark.parametrize(("person", "words"), [("林编辑", "林编辑"), (None, "a command")])
def test_words_say_when_it_came_and_by_whom(person, words):
    page_import = imported(by=person and factories.staff(person))
    PageImport.objects.update(created_at=datetime.datetime(2019, 6, 6, 23, 30, tzinfo=datetime.UTC))
    page_import.refresh_from_db()

    with translation.override("en"):
        assert imported_before(page_import) == f"imported on 2019-06-07 07:30 by {words}."


def test_file_that_somebody_took_in_a_moment_earlier_is_known(monkeypatch):
    first = imported()
    files = stored_files()
    refuse_known, read_page = importing.refuse_known, importing.read_page

    def read_while_another_is_faster(content, page_import):
        read_page(content, page_import)
        monkeypatch.setattr(importing, "refuse_known", refuse_known)

    monkeypatch.setattr(importing, "refuse_known", lambda sha256: None)
    monkeypatch.setattr(importing, "read_page", read_while_another_is_faster)

    with pytest.raises(AlreadyImported) as known:
        imported()

    assert known.value.args[0] == first
    assert stored_files() == files


# Failures.


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "not_word"), (b"\x81\x8d\x81", "encoding"), (b"\n", "no_stories")],
)
def test_what_cannot_be_read_leaves_no_row_and_no_file(content, code):
    with pytest.raises(ParseFailed) as failed:
        take_in(content, unsaved())

    assert failed.value.code == code
    assert not PageImport.objects.exists()
    assert stored_files() == []


@pytest.mark.parametrize("error", [OSError, IntegrityError])
def test_row_that_cannot_be_saved_leaves_no_file(monkeypatch, error):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr(PageImport, "save", fail)

    with pytest.raises(error):
        with_photo()

    assert stored_files() == []


def test_photo_that_is_no_picture_keeps_its_number(monkeypatch):
    result = {**imported(VISIT).result, "version": 1, "photos": ["bm9uZQ=="], "captions": [""]}
    monkeypatch.setattr(importing, "parse_in_child", lambda content, request: result)

    page_import = take_in(b"other", unsaved())

    assert page_import.result["photos"] == [{"file": ""}]
    assert page_import.stored_names == [page_import.file.name]


# Reading again.


def test_reading_again_replaces_the_review():
    page_import = change(imported(), title=["旧"], taken=False)
    factories.organization("蓝精灵幼儿园", kind="institution")

    read_again(page_import, by=factories.staff())

    page_import.refresh_from_db()
    assert page_import.review == review_of(page_import.result)
    assert [one["name"] for one in page_import.review["stories"][1]["new_organizations"]] == ["扶苗公益中心"]
    assert page_import.version == 3


def test_reading_again_replaces_the_pictures():
    page_import = with_photo()
    before = stored_files()

    read_again(page_import)

    page_import.refresh_from_db()
    assert len(stored_files()) == len(before) == len(page_import.stored_names)
    assert all(page_import.file.storage.exists(name) for name in page_import.stored_names)


def test_reading_again_in_vain_changes_nothing(monkeypatch):
    page_import = with_photo()
    files, review = stored_files(), page_import.review

    def fail(content, request):
        raise ParseFailed("crashed")

    monkeypatch.setattr(importing, "parse_in_child", fail)
    with pytest.raises(ParseFailed):
        read_again(page_import)

    page_import.refresh_from_db()
    assert (stored_files(), page_import.review, page_import.version) == (files, review, 1)


def test_reading_again_does_not_overwrite_what_a_colleague_saved():
    page_import = with_photo()
    change(PageImport.objects.get(), title=["新"])
    files = stored_files()

    with pytest.raises(EditConflict):
        read_again(page_import)

    assert PageImport.objects.get().review["stories"][0]["title"] == ["新"]
    assert stored_files() == files
