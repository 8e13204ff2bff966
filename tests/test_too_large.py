"""What is larger than a form may be, or carries a worthless token, is answered by a page that says what to do."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from newsletter.articles.models import Article
from tests.desk.forms import add_form, address
from tests.desk.people import browser_of, editor

ADD = "/admin/articles/article/add/"


@pytest.fixture
def form(db):
    return add_form(browser_of(editor()), Article).fill(title="爱心车队护送考生")


def refusal(response):
    """The heading of the page that answers, which leads back to the form."""
    assert response.status_code == 413
    page = response.content.decode()
    assert f'<a class="button" href="{ADD}">' in page
    assert "What you typed is kept in this browser." in page
    assert Article.objects.count() == 0
    return page.split("<h1>")[1].split("</h1>")[0]


def test_too_much_text_is_answered_by_a_page(form, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2**20

    answer = form.fill(staff_note="字" * 2**20).post()

    assert refusal(answer) == "Nothing was saved: that was too much at once"
    assert "1 MB of text" in answer.content.decode()


def test_too_much_text_in_a_form_without_files_is_answered_by_a_page(form, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    answer = form.client.post(ADD, "title=" + "x" * 200, content_type="application/x-www-form-urlencoded")

    assert refusal(answer) == "Nothing was saved: that was too much at once"


def test_too_many_fields_are_answered_by_a_page(form, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 30

    answer = form.post()

    assert refusal(answer) == "Nothing was saved: the form has too many rows"
    assert "30 fields" in answer.content.decode()


def test_too_many_files_are_answered_by_a_page(form, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    for name in "abc":
        form.data[name] = SimpleUploadedFile(f"{name}.pdf", b"%PDF-1.4")

    assert refusal(form.post()) == "Nothing was saved: too many files at once"


def test_files_that_are_too_much_together_are_answered_by_a_page(form, settings):
    settings.UPLOAD_MAX_BYTES = 2**20
    form.add_row("attachments", file=SimpleUploadedFile("报名表.pdf", b"%PDF" * 2**18), title="活动报名表")

    assert refusal(form.post()) == "Nothing was saved: that was too much at once"


def test_files_up_to_the_limit_are_accepted(form, settings):
    settings.UPLOAD_MAX_BYTES = 2**20
    form.add_row("attachments", file=SimpleUploadedFile("报名表.pdf", b"%PDF" * 2**17), title="活动报名表")

    form.save()

    assert Article.objects.get().attachments.get().file.size == 2**19


def test_a_form_of_nobody_that_is_too_large_is_answered_by_a_page_too(db, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    browser = Client(enforce_csrf_checks=True)
    browser.get("/admin/login/")

    for path in ("/admin/login/", ADD, "/"):
        assert browser.post(path, dict.fromkeys("abc", "1")).status_code == 413


def test_a_refused_token_is_answered_by_a_page_that_leads_back(db):
    person = editor()
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    form = add_form(client, Article).fill(title="爱心车队护送考生", csrfmiddlewaretoken="x" * 64)
    form.path += "?section=1"

    response = form.post()

    page = response.content.decode()
    assert (response.status_code, Article.objects.count()) == (403, 0)
    assert f'<a class="button" href="{ADD}?section=1">' in page
    assert "What you typed is kept in this browser." in page


def test_a_refused_token_of_a_reader_is_answered_by_the_public_page(db):
    response = Client(enforce_csrf_checks=True).post("/")

    assert response.status_code == 403
    assert "/admin/" not in response.content.decode()


def test_a_form_sent_after_the_session_has_ended_leads_to_a_log_in_that_says_where_the_text_is(form):
    form.client.logout()

    response = form.post()

    assert response.redirect_chain == [(f"/admin/login/?next={ADD}", 302)]
    assert [message.tags for message in response.context["messages"]] == ["warning"]


def test_a_page_that_is_merely_opened_after_the_session_has_ended_says_nothing_of_texts(db):
    response = Client().get(address(Article, "add"), follow=True)

    assert [*response.context["messages"]] == []


def test_the_session_address_tells_who_is_logged_in_and_the_token_of_now(db):
    person = editor()

    answer = browser_of(person).get("/admin/session/")
    nobody = Client().get("/admin/session/")

    assert (answer.json()["user"], nobody.json()["user"]) == (person.pk, None)
    assert len(answer.json()["token"]) == 64
    assert "no-store" in answer["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer
