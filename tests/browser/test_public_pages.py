"""The pages of readers in a narrow window, without complaints, and without JavaScript."""

import re

import pytest

from tests import factories

NARROW = {"width": 320, "height": 640}


@pytest.fixture
def reader(browser, live_server):
    """A window without JavaScript."""
    context = browser.new_context(base_url=live_server.url, locale="zh-CN", java_script_enabled=False)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def test_public_pages_complain_about_nothing(page, site):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    answers = {"withdrawn": 410, "not found": 404}

    for name, address in site.items():
        before = len(complaints)
        assert page.goto(address, wait_until="networkidle").status == answers.get(name, 200)
        if name in answers:  # The browser notes the answer itself.
            assert len(complaints) == before + 1
            complaints.pop()

    assert complaints == []


def test_no_public_page_scrolls_sideways_on_a_small_phone(page, site):
    page.set_viewport_size(NARROW)
    widths = {}

    for name, address in site.items():
        page.goto(address)
        widths[name] = page.evaluate("document.documentElement.scrollWidth")

    assert widths == dict.fromkeys(site, NARROW["width"])


@pytest.mark.parametrize("name", ["home", "news", "article", "organization", "calendar", "search"])
def test_a_page_shows_its_news_without_javascript(reader, site, name):
    assert reader.goto(site[name]).status == 200

    assert reader.locator("main h1, .masthead h1").first.is_visible()
    words = {"calendar": "走进敬老院"}.get(name, "情暖敬老院")
    assert reader.locator("main").get_by_text(re.compile(words)).first.is_visible()


def test_a_reader_goes_from_the_front_page_to_a_story_and_its_organization_without_javascript(reader, site):
    reader.goto("/")

    reader.click("main a:has-text('情暖敬老院')")
    assert reader.url.endswith(site["article"])
    reader.click(f"main a[href='{site['organization']}']")
    assert reader.url.endswith(site["organization"])


def test_a_reader_filters_the_news_without_javascript(reader, site):
    factories.published_article(title="别的稿件", organizations=[factories.organization()])
    reader.goto("/news/")

    reader.locator("main a[href*='organization='], main a[href*='org=']").first.click()

    assert reader.locator("main").get_by_text("情暖敬老院").count() > 0
    assert reader.locator("main article, main li").get_by_text("别的稿件").count() == 0


def test_a_photo_stands_beside_the_words_of_its_row(page, site):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(site["news"])
    row = page.locator(".row--photo").first

    words, photo = row.locator(".row__text").bounding_box(), row.locator(".row__photo").bounding_box()

    assert photo["x"] >= words["x"] + words["width"]
    assert photo["y"] < words["y"] + words["height"]
