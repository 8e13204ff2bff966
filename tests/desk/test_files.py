"""Stored files for the forms of staff: staff only, nothing outside the store."""

import pytest
from django.conf import settings
from django.test import Client

from tests import factories
from tests.desk.people import administrator, browser_of, correspondent, editor


@pytest.fixture
def photo(db):
    return factories.photo(factories.draft_article())


@pytest.fixture
def of_staff(db):
    return browser_of(editor())


def test_staff_get_a_stored_file_that_no_cache_keeps(photo, of_staff):
    response = of_staff.get(f"/admin/files/{photo.picture.name}")

    assert response.getvalue() == photo.picture.storage.open(photo.picture.name).read()
    assert response["Content-Type"] == "image/jpeg"
    assert "no-store" in response["Cache-Control"]


def test_the_form_of_a_photo_links_to_its_file(photo, of_staff):
    page = of_staff.get(f"/admin/articles/article/{photo.article.pk}/change/").content.decode()

    assert f'href="/admin/files/{photo.picture.name}"' in page


def test_no_way_leads_from_the_folder_of_page_imports_to_other_files(photo, of_staff):
    assert of_staff.get(f"/admin/files/imports/../{photo.picture.name}").status_code == 404


@pytest.mark.parametrize("name", ["card", "wide"])
def test_another_size_of_a_photo_belongs_to_it(photo, of_staff, name):
    size = photo.picture.process(name)

    assert of_staff.get(f"/admin/files/{size}").status_code == 200
    assert browser_of(correspondent()).get(f"/admin/files/{size}").status_code == 403


def files_of_each_kind():
    """`{name: whose}` of a story, an organization's logo and an edition's page."""
    article = factories.draft_article()
    organization = factories.organization(logo=factories.picture_file())
    edition = factories.draft_edition()
    page = edition.pages.create(number=1, file=factories.SimpleUploadedFile("1.pdf", b"%PDF-1.4"))
    return {
        "photo": factories.photo(article).picture.name,
        "attachment": factories.attachment(article).file.name,
        "logo": organization.logo.name,
        "printed page": page.file.name,
    }


@pytest.mark.parametrize(
    ("role", "opened"),
    [
        (correspondent, {"logo"}),
        (editor, {"photo", "attachment", "logo", "printed page"}),
        (administrator, {"logo"}),
    ],
)
def test_a_file_is_opened_by_who_may_see_what_it_belongs_to(db, role, opened):
    client, files = browser_of(role()), files_of_each_kind()

    answers = {kind: client.get(f"/admin/files/{name}").status_code for kind, name in files.items()}

    assert answers == {kind: 200 if kind in opened else 403 for kind in files}


def test_a_correspondent_opens_the_photos_of_their_own_organizations(db):
    own = factories.organization()
    mine, others = (
        factories.photo(factories.draft_article(organizations=[one])) for one in (own, factories.organization())
    )
    client = browser_of(correspondent(own))

    assert client.get(f"/admin/files/{mine.picture.name}").status_code == 200
    assert client.get(f"/admin/files/{others.picture.name}").status_code == 403


def test_a_file_that_belongs_to_nothing_any_more_is_not_given(photo, of_staff):
    photo.delete()

    assert of_staff.get(f"/admin/files/{photo.picture.name}").status_code == 404


def test_others_are_sent_to_log_in(photo):
    reader = browser_of(factories.user())

    for client in (Client(), reader):
        response = client.get(f"/admin/files/{photo.picture.name}")
        assert (response.status_code, response["Location"].partition("?")[0]) == (302, "/admin/login/")


def test_a_file_is_not_posted_to(photo, of_staff):
    assert of_staff.post(f"/admin/files/{photo.picture.name}").status_code == 405


@pytest.mark.parametrize(
    "name",
    [
        *("../secret_key", "photos/../../secret_key", "..%2fsecret_key", "%2e%2e/secret_key", "/etc/passwd"),
        *("%2fetc/passwd", "..\\secret_key", "photos/..", "...", ".", "photos", "photos/", "no-such-file.jpg"),
        *("{photo}/more", "n" * 300, "photos/" + "d/" * 3000 + "x"),
    ],
    ids=lambda name: name[:30],
)
def test_nothing_but_stored_files_is_given(photo, of_staff, name):
    (settings.VAR_DIR / "secret_key").write_text("the secret key")
    of_staff.raise_request_exception = False

    response = of_staff.get(f"/admin/files/{name.format(photo=photo.picture.name)}")

    assert response.status_code in {400, 404}
