"""The first page of a page import: a file or its text, and in words why it is not taken."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from newsletter.intake import forms
from newsletter.intake.models import PageImport
from newsletter.publishing.models import Publication
from tests import factories
from tests.desk.forms import address, controls, errors_of
from tests.desk.people import browser_of, correspondent, editor
from tests.editions.files import stored_files
from tests.intake.printed import PAGE, VISIT, imported
from tests.intake.word import paragraph, word

pytestmark = pytest.mark.django_db

ADD = address(PageImport, "add")
CHINESE = "义卖款送到孩子手中"
# Too few of the most common characters to be sure that it is GB18030.
RARE = ("鑫淼焱垚骉骁\n" + "犇羴鱻麤" * 12 + "。\n").encode("gb18030")


@pytest.fixture
def person():
    return editor()


@pytest.fixture
def client(person):
    return browser_of(person)


def file_of(content=PAGE, name="第六期要闻.txt"):
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def upload(client, **values):
    """Fill in the form that is shown, and send it."""
    return client.post(ADD, {**controls(client.get(ADD).content.decode()), "date": "2019-06-06", **values})


def refused(response):
    """The complaints of the form; nothing may be stored."""
    assert response.status_code == 200
    assert not PageImport.objects.exists()
    assert stored_files() == []
    return errors_of(response)


# Taken in.


def test_file_is_taken_in_and_its_review_follows(client, person):
    response = upload(client, upload=file_of(), title="苍南社会组织", number="第6期", page="2", locality="苍南县")

    page_import = PageImport.objects.get()
    assert response["Location"] == page_import.get_absolute_url()
    assert (page_import.name, page_import.created_by, page_import.encoding) == ("第六期要闻.txt", person, "")
    assert (page_import.title, page_import.number, page_import.page, page_import.locality) == (
        *("苍南社会组织", "第6期"),
        *(2, "苍南县"),
    )
    assert page_import.date == datetime.date(2019, 6, 6)


def test_pasted_text_is_taken_in(client):
    upload(client, text=PAGE.replace("\n", "\r\n"))

    page_import = PageImport.objects.get()
    assert (page_import.name, page_import.encoding) == (forms.PASTED, "utf-8")
    assert [story["byline"] for story in page_import.review["stories"]] == ["龙商", "扶苗"]


def test_word_file_is_taken_in(client):
    title, text = VISIT.splitlines()

    upload(client, upload=file_of(word(paragraph(title, size=22), paragraph(text)), "稿件.DOCX"))

    assert PageImport.objects.get().file.name.endswith("/page.docx")


def test_form_begins_with_the_house_and_today(client):
    Publication(masthead="苍南社会组织", locality="苍南县").save()

    shown = controls(client.get(ADD).content.decode())

    assert (shown["title"], shown["locality"], shown["page"]) == ("苍南社会组织", "苍南县", "1")
    assert datetime.date.fromisoformat(shown["date"])


def test_upload_stands_in_the_history(client):
    upload(client, upload=file_of())

    assert "Added." in client.get(address(PageImport.objects.get(), "history")).content.decode()


# Refused.


def test_one_of_file_and_text_is_needed(client):
    assert refused(upload(client)) == {"": ["Choose a file, or paste its text."]}
    assert refused(upload(client, text=" \n ")) == {"": ["Choose a file, or paste its text."]}


def test_file_and_text_together_are_refused_and_the_text_is_kept(client):
    response = upload(client, upload=file_of(), text=PAGE)

    assert refused(response) == {"": ["Either a file or a text, not both."]}
    assert CHINESE in controls(response.content.decode())["text"]


def test_empty_file_is_refused(client):
    assert refused(upload(client, upload=file_of(b""))) == {"upload": ["The submitted file is empty."]}


def test_file_that_is_too_large_is_named(client, monkeypatch):
    monkeypatch.setattr(forms, "MAX_BYTES", 2**20)

    response = upload(client, upload=file_of(b" " * (2**20 + 1), "大.txt"))

    assert refused(response) == {"upload": ["“大.txt” is larger than 1 MB."]}


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        (
            "旧.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "WordDocument".encode("utf-16-le"),
            "Word file of the old kind",
        ),
        ("表.docx", b"PK\x03\x04nonsense", "damaged"),
        ("照片.txt", factories.picture_bytes(), "PDF, Word (.docx) and plain text are taken in"),
        ("空.txt", "\n\n", "No story was found"),
    ],
)
def test_file_that_cannot_be_read_is_named_with_the_reason(client, name, content, reason):
    words = refused(upload(client, upload=file_of(content, name)))["upload"][0]

    assert words.startswith(f"{name}：")
    assert reason in words


def test_pasted_text_without_a_story_is_told_beside_the_text(client):
    assert refused(upload(client, text="\u200b")) == {"text": [f"{forms.PASTED}：No story was found in it."]}


def test_hostile_file_name_is_only_text(client):
    response = upload(client, upload=file_of(b"\n", "<script>alert(1)<script>.txt"))

    assert refused(response)
    assert "<script>alert" not in response.content.decode()


def test_encoding_that_cannot_be_told_is_asked_for_beside_its_field(client):
    words = refused(upload(client, upload=file_of(RARE)))

    assert [*words] == ["encoding"]
    assert words["encoding"][0].startswith("第六期要闻.txt：It cannot be told in which encoding")


def test_encoding_that_was_chosen_is_used(client):
    upload(client, upload=file_of(RARE), encoding="gb18030")

    page_import = PageImport.objects.get()
    assert (page_import.encoding, page_import.result["lines"][0]["text"][:4]) == ("gb18030", "鑫淼焱垚")


def test_encoding_that_does_not_fit_is_told_beside_its_field(client):
    assert [*refused(upload(client, upload=file_of(b"odd"), encoding="utf-16"))] == ["encoding"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("date", "2019-02-30"), ("date", ""), ("title", ""), ("title", "长" * 41), ("encoding", "latin-1")),
        *(("page", "0"), ("page", "-1"), ("page", "9" * 30), ("page", "eins"), ("text", "a\x00b")),
    ],
)
def test_field_that_is_wrong_is_marked_and_kept(client, name, value):
    response = upload(client, **{"text": PAGE, name: value})

    assert name in refused(response)
    if value and name != "encoding":
        assert controls(response.content.decode())[name] == value


# The same file, and who may.


def test_same_file_again_is_answered_with_a_link_to_the_first(client, person):
    first = imported(by=person)

    response = upload(client, upload=file_of(name="again.txt"))

    words = errors_of(response)[""][0]
    assert words.startswith(f'<a href="{first.get_absolute_url()}">page.txt</a>：imported on ')
    assert words.endswith(f" by {person}.")
    assert PageImport.objects.get() == first


def test_name_of_the_first_file_is_only_text(client):
    imported(name="<script>alert(1)</script>.txt")

    response = upload(client, upload=file_of())

    assert "&lt;script&gt;alert(1)" in response.content.decode()
    assert "<script>alert(1)" not in response.content.decode()


def test_correspondents_import_no_page():
    client = browser_of(correspondent())

    assert client.get(ADD).status_code == 403
    assert client.post(ADD, {"text": PAGE, "date": "2019-06-06", "title": "苍南", "page": "1"}).status_code == 403
    assert not PageImport.objects.exists()
