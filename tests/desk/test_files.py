"""Stored files for the forms of staff: staff only, nothing outside the store."""

import pytest
from django.conf import settings
from django.test import Client

from tests import factories
from tests.desk.people import browser_of, editor


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
