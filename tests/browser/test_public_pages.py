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


@pytest.mark.parametrize(
    ("name", "picture", "taken"),
    [
        ("home", ".lead__photo img", "card_webp"),
        ("news", ".row__photo", "thumb_webp"),
        ("article", ".figure img", "narrow_webp"),
        ("photo", ".photo-page img", "wide_webp"),
    ],
)
def test_a_phone_fetches_a_photo_in_the_width_in_which_it_shows_it(browser, live_server, site, name, picture, taken):
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 412, "height": 823}, device_scale_factor=1.75
    )
    page = context.new_page()

    page.goto(site[name], wait_until="networkidle")

    fetched = page.locator(picture).first.evaluate("image => image.decode().then(() => image.currentSrc)")
    context.close()
    assert fetched.endswith(f"/{taken}")


@pytest.mark.parametrize("name", ["home", "news", "article", "photo"])
def test_what_one_sees_first_is_fetched_first_and_all_else_when_it_comes_near(client, site, name):
    text = client.get(site[name]).content.decode()

    pictures = re.findall(r"<img[^>]*/photos/[^>]*>", text)
    first = [('fetchpriority="high"' in one, 'loading="lazy"' in one) for one in pictures]
    assert first == [(True, False)] + [(False, True)] * (len(pictures) - 1)


def test_the_arrow_keys_turn_the_photos_of_a_story_but_not_while_one_types(page, site):
    page.goto(site["photo"])

    page.keyboard.press("ArrowRight")
    page.wait_for_url(f"**{site['tall photo']}#photo")
    box = page.locator("input[type=search]").first
    box.fill("慈善")
    box.press("ArrowLeft")
    assert box.input_value() == "慈善"
    box.blur()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(f"**{site['photo']}#photo")
