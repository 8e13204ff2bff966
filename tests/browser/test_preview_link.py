"""A preview link in a real browser: staff make one without losing what they type, its guest sees story and photo."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from newsletter.publishing.models import PreviewLink
from tests import factories
from tests.browser.desk import log_in

TITLE = "#id_title"


@pytest.fixture
def elsewhere():
    """Another site; `address` and the `referrers` with which it was asked."""

    class Other(BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path != "/favicon.ico":
                self.server.referrers.append(self.headers.get("Referer"))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *arguments):
            pass

    server = HTTPServer(("127.0.0.1", 0), Other)
    server.referrers, server.address = [], f"http://127.0.0.1:{server.server_port}/"
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def make_link(page, for_whom):
    page.fill("#id_preview-for_whom", for_whom)
    page.select_option("#id_preview-days", "3")
    page.click(".previews-make button")
    page.wait_for_selector(f".previews-links strong:has-text('{for_whom}')")
    return page.locator(".previews-address input[readonly]").first.input_value()


def test_a_person_without_an_account_sees_the_story_with_its_photo_until_the_link_is_revoked(
    page, chief, complaints, browser, live_server, elsewhere
):
    body = f'<p>端午前夕，志愿者走进<a href="{elsewhere.address}">敬老院</a>。</p>'
    article = factories.draft_article(title="端午送粽子", body=body)
    factories.photo(article, picture=factories.picture_file(size=(1600, 1200)), alt_text="桌上的粽子")
    factories.published_article(title="已经发布的稿件")

    log_in(page, chief)
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.fill(TITLE, "还没有保存的题目")
    address = make_link(page, "受访者王老师")
    other = make_link(page, "印刷厂")
    assert page.input_value(TITLE) == "还没有保存的题目"
    assert address != other
    page.click(".previews-address >> nth=1 >> [data-copy]")
    page.focus("#id_summary")
    page.keyboard.press("Control+v")
    assert page.input_value("#id_summary") == address

    guest = browser.new_context(base_url=live_server.url, locale="zh-CN").new_page()
    path = "/" + address.split("/", 3)[3]
    asked = []
    guest.on("request", lambda request: asked.append((request.url, request.headers.get("referer"))))
    assert guest.goto(path).status == 200
    assert guest.locator(".notice--preview").is_visible()
    photo = guest.locator("main figure img")
    assert photo.get_attribute("alt") == "桌上的粽子"
    assert photo.evaluate("image => image.decode().then(() => image.currentSrc)").endswith("/narrow_webp")
    assert [url for url, referrer in asked if referrer] == []

    guest.click("main .prose a")
    guest.wait_for_url(elsewhere.address)
    assert elsewhere.referrers == [None]
    guest.go_back()
    guest.click(".navigation a[href='/news/']")
    guest.wait_for_url("**/news/")
    assert guest.evaluate("document.referrer") == ""

    page.click(".previews-links li:has-text('受访者王老师') form button")
    page.wait_for_selector(".previews-links li:has-text('受访者王老师') .state-withdrawn")
    assert page.input_value(TITLE) == "还没有保存的题目"
    assert guest.goto(path).status == 410
    assert guest.goto("/" + other.split("/", 3)[3]).status == 200
    assert PreviewLink.objects.filter(revoked_by=chief).count() == 1
    assert complaints == []
    guest.context.close()


def test_when_making_a_link_fails_the_page_says_so_and_keeps_what_was_typed(page, chief):
    article = factories.draft_article()
    log_in(page, chief)
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.fill(TITLE, "还没有保存的题目")
    page.fill("#id_preview-for_whom", "王老师")

    assert page.locator("[data-failed]").is_hidden()
    page.route("**/previews/", lambda route: route.abort())
    page.click(".previews-make button")

    page.wait_for_selector("[data-failed]:visible")
    assert page.input_value(TITLE) == "还没有保存的题目"
    assert page.input_value("#id_preview-for_whom") == "王老师"
