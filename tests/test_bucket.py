"""Uploads in a bucket instead of folders, on a real server that speaks S3: the same rules hold as for files."""

import subprocess
import sys
import time
import urllib.request
from functools import partial
from io import BytesIO
from socket import create_connection, create_server
from urllib.error import HTTPError
from uuid import uuid4

import boto3
import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from newsletter.articles.models import Article, Photo
from newsletter.intake.accepting import accept, undo
from newsletter.intake.importing import read_again, take_in
from newsletter.intake.models import PageImport
from newsletter.publishing.emptying import delete_for_good
from newsletter.records.models import KeptUpload
from newsletter.records.spreadsheets import waiting
from newsletter.records.spreadsheets.files import Table
from tests import factories
from tests.desk.forms import add_form, errors_of
from tests.desk.people import browser_of, correspondent, editor
from tests.intake.word import paragraph, picture, word
from tests.running import migrated


@pytest.fixture(scope="module")
def server():
    """The environment that leads to a server with nothing in it."""
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _attempt in range(200):
        try:
            create_connection(("127.0.0.1", port)).close()
            break
        except OSError:
            time.sleep(0.1)
    try:
        yield {
            "AWS_ENDPOINT_URL_S3": f"http://127.0.0.1:{port}",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            # What an operator has at home must not decide how tests end.
            "AWS_CONFIG_FILE": "/dev/null",
            "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
        }
    finally:
        process.terminate()
        process.wait()


class Held:
    """A new bucket, from outside."""

    def __init__(self, environment):
        self.name = f"news-{uuid4().hex}"
        self.environment = {**environment, "MEDIA_BUCKET": self.name}
        self.address = environment["AWS_ENDPOINT_URL_S3"]
        self.client = boto3.client("s3")
        self.client.create_bucket(Bucket=self.name)

    def keys(self, prefix="media/"):
        return [
            entry["Key"] for entry in self.client.list_objects_v2(Bucket=self.name, Prefix=prefix).get("Contents", [])
        ]

    def empty(self):
        for key in self.keys(""):
            self.client.delete_object(Bucket=self.name, Key=key)

    def status_for_everybody(self, key):
        """What a plain GET of the object is answered."""
        try:
            return urllib.request.urlopen(f"{self.address}/{self.name}/{key}").status
        except HTTPError as error:
            return error.code


@pytest.fixture
def held(server, monkeypatch):
    for name, value in server.items():
        monkeypatch.setenv(name, value)
    return Held(server)


@pytest.fixture
def bucket(db, held, settings, tmp_path, monkeypatch):
    """The site keeps its uploads in it."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STORAGES = {
        **settings.STORAGES,
        **{
            name: {
                "BACKEND": "newsletter.records.buckets.Bucket",
                "OPTIONS": {"bucket_name": held.name, "location": location},
            }
            for name, location in (("default", "media"), ("kept", "kept-uploads"))
        },
    }
    monkeypatch.setattr(KeptUpload._meta.get_field("file"), "storage", storages["kept"])
    yield held
    assert not settings.MEDIA_ROOT.exists()


@pytest.fixture
def committing(django_capture_on_commit_callbacks):
    return partial(django_capture_on_commit_callbacks, execute=True)


def content(response):
    return b"".join(response.streaming_content)


def test_uploaded_photo_reaches_readers_by_the_site_alone(bucket, client, committing):
    form = add_form(browser_of(editor()), Article).fill(title="送考车队", body="<p>送考。</p>")
    form.add_row("photos", picture=factories.picture_file(size=(1800, 1200)), alt_text="车队").save()
    article = Article.objects.get()
    photo = article.photos.get()
    assert client.get(photo.card_url).status_code == 404

    article.publish()
    answer = client.get(photo.card_url)

    assert answer["Cache-Control"] == "max-age=60"
    assert Image.open(BytesIO(content(answer))).size == (640, 427)
    original, *renditions = sorted(bucket.keys(), key=lambda key: "__processed__" in key)
    assert original == f"media/{photo.picture.name}"
    assert len(renditions) >= 5
    assert {bucket.status_for_everybody(key) for key in (original, *renditions)} == {403}


@pytest.mark.parametrize("rendition", ["card", "lead_webp"])
def test_each_rendition_comes_also_where_it_was_not_made_yet(bucket, client, rendition):
    photo = factories.photo(factories.published_article(), picture=factories.picture_file(size=(1800, 1200)))
    made = photo.picture.rendition_name(photo.RENDITIONS[rendition])
    photo.picture.storage.delete(made)

    assert Image.open(BytesIO(content(client.get(photo.rendition_url(rendition))))).size[0] >= 360
    assert f"media/{made}" in bucket.keys()


def test_reader_who_has_the_picture_costs_the_bucket_nothing(bucket, client):
    photo = factories.photo(factories.published_article())
    tag = client.get(photo.card_url)["ETag"]
    bucket.empty()

    assert client.get(photo.card_url, headers={"if-none-match": tag}).status_code == 304
    assert client.get(photo.card_url).status_code == 404


def files_of_readers():
    """`[(what they belong to, their addresses)]` of every kind of stored file that readers get."""
    article, edition = factories.published_article(), factories.published_edition()
    page = edition.pages.create(
        number=1, file=SimpleUploadedFile("1.pdf", b"%PDF-1.4"), picture=factories.picture_file(size=(1500, 3000))
    )
    return [
        (article, [factories.photo(article).wide_url, factories.attachment(article).get_absolute_url()]),
        (edition, [page.file_url, page.picture_url]),
    ]


def test_files_go_at_once_with_what_they_belong_to(bucket, client):
    for whole, addresses in files_of_readers():
        assert [client.get(address).status_code for address in addresses] == [200, 200]
        tags = [client.get(address)["ETag"] for address in addresses]

        whole.withdraw(reason="照片未获同意")

        assert [client.get(address).status_code for address in addresses] == [404, 404]
        again = [
            client.get(address, headers={"if-none-match": tag}) for address, tag in zip(addresses, tags, strict=True)
        ]
        assert [answer.status_code for answer in again] == [404, 404]
        assert client.get(whole.get_absolute_url()).status_code == 410


def test_downloads_and_logos_are_sent_whole(bucket, client):
    large = b"%PDF-1.4" + bytes(6 * 2**20)
    attachment = factories.attachment(factories.published_article(), file=SimpleUploadedFile("表.pdf", large))
    organization = factories.organization(logo=factories.picture_file())
    factories.published_article(organizations=[organization])

    download, logo = client.get(attachment.get_absolute_url()), client.get(f"/orgs/{organization.slug}/logo")

    assert (content(download), download["Content-Length"]) == (large, str(len(large)))
    assert logo["Content-Type"] == "image/jpeg" and Image.open(BytesIO(content(logo)))


def test_feed_names_the_length_of_a_photo(bucket, client):
    photo = factories.photo(factories.published_article())
    length = len(content(client.get(photo.wide_url)))

    assert f'length="{length}"' in client.get("/feeds/news.rss").content.decode()


def test_staff_see_stored_files_by_the_site_as_their_role_allows(bucket, client):
    photo = factories.photo(factories.draft_article())
    assert photo.picture.url == f"/admin/files/{photo.picture.name}"

    assert content(browser_of(editor()).get(photo.picture.url)) == photo.picture.open().read()
    assert browser_of(correspondent()).get(photo.picture.url).status_code == 403
    assert client.get(photo.picture.url).status_code == 302


def test_deleting_for_good_takes_the_objects_away(bucket, committing):
    article = factories.draft_article()
    factories.photo(article), factories.attachment(article)
    assert bucket.keys()
    article.trash()

    with committing():
        assert delete_for_good(article) is None

    assert bucket.keys() == []


def test_file_of_a_refused_form_waits_in_the_bucket(bucket, client, committing):
    form = add_form(browser_of(editor()), Article)
    refused = form.add_row("photos", picture=factories.picture_file(), alt_text="车队").post()
    assert errors_of(refused).keys() == {"title"}
    (kept,) = bucket.keys("kept-uploads/")
    assert bucket.status_for_everybody(kept) == 403

    with committing():
        form.again(refused).fill(title="送考车队").save()

    assert Photo.objects.count() == 1
    assert bucket.keys("kept-uploads/") == []


def test_spreadsheet_waits_in_the_bucket_for_its_confirmation(bucket):
    table, person = Table(["名称"], [["讲座"]]), factories.staff()
    name = waiting.keep(table, "digest", by=person, label="events.Event")

    assert waiting.taken_up(name, by=person, label="events.Event") == (table, "digest")
    assert waiting.taken_up(name, by=factories.staff(), label="events.Event") is None
    assert len(bucket.keys("kept-uploads/spreadsheets/")) == 1
    waiting.drop(name)
    assert waiting.taken_up(name, by=person, label="events.Event") is None


def page_with_a_photo():
    return word(
        paragraph("登山协会举办比赛", size=22),
        paragraph("9月1日上午，县登山协会在乌石镇举办登山比赛，来自各地的选手三百余人参加了活动。"),
        paragraph(picture("p0")),
        paragraph("图为选手登顶。"),
        paragraph("活动结束后，大家一起清理了沿路的垃圾，带下山来的垃圾装满了四十个袋子。（登山协会）"),
        pictures=[factories.picture_bytes((640, 480))],
    )


def test_printed_page_is_read_accepted_and_taken_back(bucket, committing):
    page_import = take_in(page_with_a_photo(), PageImport(name="登山.docx", title="山海", date=factories.DAY))
    read_again(page_import)
    before = sorted(bucket.keys())
    assert sorted(f"media/{name}" for name in page_import.stored_names) == before
    review = browser_of(editor()).get(page_import.get_absolute_url()).content.decode()
    assert f"/admin/files/{page_import.result['photos'][0]['file']}" in review

    accept(page_import)
    photo = Photo.objects.get()
    assert (photo.caption, photo.picture_width) == ("图为选手登顶。", 640)
    page_import.refresh_from_db()

    with committing():
        undo(page_import)
    assert sorted(bucket.keys()) == before


@pytest.mark.own_site
def test_running_site_keeps_nothing_of_its_own(held, tmp_path):
    site = migrated(tmp_path)
    site.manage("loadedition", "newsletter/editions/demo/2018-10-11.json", "--publish", **held.environment)
    ((photo,),) = site.ask("SELECT min(id) FROM articles_photo")

    with site.served(**held.environment):
        answer = urllib.request.urlopen(f"{site.address}/photos/{photo}/wide")
        body = answer.read()

    assert len(body) == int(answer.headers["Content-Length"])
    assert Image.open(BytesIO(body)).width >= 640
    assert not (site.folder / "media").exists()
