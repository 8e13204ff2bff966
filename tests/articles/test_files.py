"""Photos and attachments: readers get them while their article is public, and never an original."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from newsletter.articles.models import Photo
from tests.desk.people import browser_of, correspondent, editor
from tests.factories import (
    article_in_review,
    attachment,
    draft_article,
    organization,
    photo,
    picture_file,
    published_article,
    scheduled_article,
    withdrawn_article,
)

pytestmark = pytest.mark.django_db

HIDDEN = (draft_article, article_in_review, scheduled_article, withdrawn_article)


def content(response):
    return b"".join(response.streaming_content)


@pytest.mark.parametrize(
    ("rendition", "kind", "size"),
    [
        ("card", "jpeg", (640, 427)),
        ("wide", "jpeg", (1280, 853)),
        ("thumb_webp", "webp", (360, 240)),
        ("card_webp", "webp", (720, 480)),
        ("lead_webp", "webp", (1280, 853)),
        ("narrow_webp", "webp", (720, 480)),
        ("wide_webp", "webp", (1280, 853)),
        ("large_webp", "webp", (1800, 1200)),
    ],
)
def test_photo_of_a_public_article_is_served_in_each_rendition(client, rendition, kind, size):
    shown = photo(published_article(), picture=picture_file(size=(1800, 1200)))

    response = client.get(shown.rendition_url(rendition))

    assert (response.status_code, response["Content-Type"]) == (200, f"image/{kind}")
    image = Image.open(BytesIO(content(response)))
    assert (image.format.lower(), image.size) == (kind, size)


def test_webp_is_smaller_than_the_jpeg_behind_it(client):
    blurred = Image.effect_noise((400, 300), 60).resize((1600, 1200)).convert("RGB")
    file = BytesIO()
    blurred.save(file, "JPEG", quality=90)
    shown = photo(published_article(), picture=picture_file(content=file.getvalue()))

    sizes = {name: len(content(client.get(shown.rendition_url(name)))) for name in ("wide", "wide_webp", "narrow_webp")}

    assert sizes["narrow_webp"] < sizes["wide_webp"] < 0.8 * sizes["wide"]


@pytest.mark.parametrize("rendition", Photo.RENDITIONS)
def test_original_of_a_photo_is_never_served(client, rendition):
    shown = photo(published_article())
    original = shown.picture.storage.open(shown.picture.name).read()

    assert content(client.get(shown.rendition_url(rendition))) != original
    assert client.get(shown.picture.url).status_code == 302
    for address in (f"/media/{shown.picture.name}", f"/{shown.picture.name}", f"/static/{shown.picture.name}"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", ["original", "default", "picture", "small", "CARD", "card.jpg"])
def test_unknown_rendition_is_not_found(client, name):
    shown = photo(published_article())

    assert client.get(f"/photos/{shown.pk}/{name}").status_code == 404


@pytest.mark.parametrize("make", HIDDEN)
def test_files_of_an_article_that_is_not_public_are_not_found(client, make):
    article = make()
    photo_url, attachment_url = photo(article).card_url, attachment(article).get_absolute_url()

    assert client.get(photo_url).status_code == 404
    assert client.get(attachment_url).status_code == 404


def test_files_go_at_once_when_their_article_is_withdrawn(client):
    article = published_article()
    files = [photo(article).card_url, attachment(article).get_absolute_url()]
    assert [client.get(address).status_code for address in files] == [200, 200]

    article.withdraw(reason="照片未获同意")

    assert [client.get(address).status_code for address in files] == [404, 404]


def test_photo_is_kept_by_no_cache_for_longer_than_a_minute(client):
    assert client.get(photo(published_article()).card_url)["Cache-Control"] == "max-age=60"


def test_browser_that_has_a_file_is_not_sent_it_again_while_it_is_public(client):
    article = published_article()
    for address in (photo(article).card_url, attachment(article).get_absolute_url()):
        tag = client.get(address)["ETag"]
        assert client.get(address, headers={"if-none-match": tag}).status_code == 304
        assert client.get(address, headers={"if-none-match": '"other"'}).status_code == 200

    article.withdraw(reason="照片未获同意")

    assert client.get(address, headers={"if-none-match": tag}).status_code == 404


def test_staff_see_the_files_of_what_they_may_preview_and_no_cache_keeps_them():
    own, other = organization(), organization()
    article = draft_article(organizations=[own])
    files = [photo(article).card_url, attachment(article).get_absolute_url()]

    for person, status in ((editor(), 200), (correspondent(own), 200), (correspondent(other), 404)):
        responses = [browser_of(person).get(address) for address in files]
        assert [response.status_code for response in responses] == [status] * 2
        if status == 200:
            assert ["no-store" in response.get("Cache-Control", "") for response in responses] == [True, True]


def test_attachment_is_a_download_with_its_chinese_name(client):
    file = attachment(published_article(), title="活动报名表 “暑期”")

    response = client.get(file.get_absolute_url())

    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''"
        "%E6%B4%BB%E5%8A%A8%E6%8A%A5%E5%90%8D%E8%A1%A8%20%E2%80%9C%E6%9A%91%E6%9C%9F%E2%80%9D.pdf"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert content(response) == b"%PDF-1.4"


def test_stored_attachment_cannot_be_reached_by_its_own_name(client):
    file = attachment(published_article(), file=SimpleUploadedFile("报名表.txt", b"text"))

    assert client.get(file.file.url).status_code == 302
    assert client.get(f"/media/{file.file.name}").status_code == 404


def test_files_that_the_disk_lost_are_not_found(client):
    article = published_article()
    lost_photo, lost_attachment, half_lost = photo(article), attachment(article), photo(article)
    half_lost.picture.storage.delete(half_lost.picture.process("card"))
    for lost in (lost_photo.picture, half_lost.picture, lost_attachment.file):
        lost.storage.delete(lost.name)

    assert client.get(lost_attachment.get_absolute_url()).status_code == 404
    assert client.get(lost_photo.card_url).status_code == 200
    assert client.get(half_lost.card_url).status_code == 404
