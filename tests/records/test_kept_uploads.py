"""A file that was uploaded need not be chosen again because something else in the form was refused."""

import datetime
import shutil
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from newsletter.articles.models import Article
from newsletter.records.models import KeptUpload
from orgs.models import Organization
from tests import factories
from tests.desk.forms import add_form, change_form, controls, errors_of
from tests.desk.people import browser_of, editor

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder():
    """Where the kept files lie; empty."""
    folder = Path(KeptUpload._meta.get_field("file").storage.location)
    shutil.rmtree(folder, ignore_errors=True)
    return folder


@pytest.fixture
def committing(django_capture_on_commit_callbacks):
    """Around a post that deletes files: they go when the transaction is kept."""
    return partial(django_capture_on_commit_callbacks, execute=True)


def files_in(folder):
    return [*folder.iterdir()] if folder.exists() else []


def again(form, response, **values):
    """The form as it came back, with what the browser would post from it."""
    form.data = controls(response.content.decode())
    return form.fill(**values)


def article_with_a_photo(client, **values):
    """A form that is refused, because the headline is missing."""
    form = add_form(client, Article).fill(**values)
    return form.add_row("photos", picture=factories.picture_file("送考车队.jpg"), caption="车队")


def test_a_photo_is_kept_while_the_headline_is_missing(folder, committing):
    form = article_with_a_photo(browser_of(editor()))

    refused = form.post()
    assert errors_of(refused).keys() == {"title"}
    assert "“送考车队.jpg” is kept" in refused.content.decode()

    with committing():
        again(form, refused, title="爱心车队护送考生").save()
    [photo] = Article.objects.get().photos.all()
    assert (photo.caption, photo.picture_width) == ("车队", 60)
    assert Image.open(photo.picture.path).format == "JPEG"
    assert (KeptUpload.objects.count(), files_in(folder)) == (0, [])


def test_a_photo_is_kept_over_several_refusals_once(folder):
    form = article_with_a_photo(browser_of(editor()))

    second = again(form, form.post()).post()
    assert len(files_in(folder)) == 1

    again(form, second, title="爱心车队护送考生").save()
    assert Article.objects.get().photos.count() == 1


def test_attachments_and_logos_are_kept_too():
    client = browser_of(editor())
    article = add_form(client, Article).add_row(
        "attachments", file=SimpleUploadedFile("报名表.pdf", b"%PDF-1.4"), title="活动报名表"
    )
    organization = add_form(client, Organization).fill(logo=factories.picture_file("标志.jpg"), kind="enterprise")

    again(article, article.post(), title="爱心车队护送考生").save()
    again(organization, organization.post(), name="苍南县爱友公益服务中心").save()

    [attachment] = Article.objects.get().attachments.all()
    assert attachment.file.read() == b"%PDF-1.4"
    assert Organization.objects.get().logo_width == 60


def test_a_photo_is_kept_when_somebody_else_has_saved_in_between():
    article = factories.draft_article()
    form = change_form(browser_of(editor()), article)
    form.add_row("photos", picture=factories.picture_file("送考车队.jpg"))
    change_form(browser_of(editor()), article).fill(subtitle="第一位编辑写的").save()

    conflict = form.post()
    assert article.photos.count() == 0

    article.refresh_from_db()
    again(form, conflict, read_version=str(article.version)).save()
    assert article.photos.count() == 1


def test_what_is_no_picture_is_not_kept(folder):
    form = add_form(browser_of(editor()), Article).fill(title="爱心车队护送考生")
    form.add_row("photos", picture=factories.picture_file("送考车队.jpg", content=b"no picture"))

    refused = form.post()

    assert errors_of(refused).keys() == {"photos-0-picture"}
    assert (KeptUpload.objects.count(), files_in(folder)) == (0, [])


def test_another_file_takes_the_place_of_the_kept_one():
    form = article_with_a_photo(browser_of(editor()))

    again(form, form.post(), title="爱心车队护送考生")
    form.fill(photos__0__picture=factories.picture_file("大图.jpg", size=(90, 30))).save()

    assert Article.objects.get().photos.get().picture_width == 90


def test_a_kept_file_without_its_tick_is_not_used():
    form = add_form(browser_of(editor()), Organization).fill(logo=factories.picture_file("标志.jpg"), kind="enterprise")

    again(form, form.post(), name="苍南县爱友公益服务中心", **{"logo-kept": None}).save()

    assert not Organization.objects.get().logo


@pytest.mark.parametrize("reference", ["5a66db89-30d7-4151-86d3-f7b6b9f5e67f", "", "1", "../../secret_key", "x" * 400])
def test_a_reference_to_nothing_is_refused_and_the_text_stays(reference):
    form = article_with_a_photo(browser_of(editor()))
    again(form, form.post(), title="爱心车队护送考生", **{"photos-0-picture-kept": reference})

    refused = form.post()

    assert Article.objects.count() == 0
    assert "A file that was kept is no longer there. Please choose it again" in errors_of(refused)[""][0]
    assert "爱心车队护送考生" in refused.content.decode()


def test_nobody_else_can_use_a_kept_file():
    article_with_a_photo(browser_of(editor())).post()
    kept = KeptUpload.objects.get()
    thief = add_form(browser_of(editor()), Article).fill(title="爱心车队护送考生")
    thief.add_row("photos", caption="车队", **{"picture-kept": str(kept.pk)})

    refused = thief.post()

    assert Article.objects.count() == 0
    assert "no longer there" in errors_of(refused)[""][0]
    assert KeptUpload.objects.get() == kept


def test_a_kept_file_passes_the_gate_of_the_field_in_which_it_is_used():
    """A text that was kept as an attachment is no picture for being kept."""
    client = browser_of(editor())
    form = add_form(client, Article)
    form.add_row("attachments", file=SimpleUploadedFile("报名表.pdf", b"%PDF-1.4", "image/jpeg"), title="活动报名表")
    form.post()
    other = add_form(client, Article).fill(title="爱心车队护送考生")
    other.add_row("photos", **{"picture-kept": str(KeptUpload.objects.get().pk)})

    assert errors_of(other.post()).keys() == {"photos-0-picture"}


def test_no_address_leads_to_a_kept_file(folder):
    client = browser_of(editor())
    article_with_a_photo(client).post()
    name = KeptUpload.objects.get().file.name

    assert (folder / name).exists()
    for path in (name, f"kept/{name}", f"kept-uploads/{name}", f"../kept-uploads/{name}"):
        assert client.get(f"/admin/files/{path}").status_code in {400, 404}
    assert not folder.is_relative_to(settings.MEDIA_ROOT)


def test_kept_files_go_after_two_days(folder, committing):
    client = browser_of(editor())
    article_with_a_photo(client).post()
    KeptUpload.objects.update(made_at=timezone.now() - datetime.timedelta(hours=49))
    [old] = files_in(folder)

    with committing():
        article_with_a_photo(client).post()

    [new] = files_in(folder)
    assert (KeptUpload.objects.count(), old == new) == (1, False)


def test_kept_files_go_with_the_account(folder, committing):
    person = factories.staff(permissions=["articles.add_article", "articles.add_photo"])
    article_with_a_photo(browser_of(person)).post()
    assert len(files_in(folder)) == 1

    with committing():
        person.delete()

    assert files_in(folder) == []


def test_a_reference_whose_file_is_gone_is_refused(folder):
    form = article_with_a_photo(browser_of(editor()))
    again(form, form.post(), title="爱心车队护送考生")
    files_in(folder)[0].unlink()

    assert "no longer there" in errors_of(form.post())[""][0]
