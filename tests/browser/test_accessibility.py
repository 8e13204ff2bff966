"""Everybody can read the public pages: WCAG 2.2 AA as far as a program can tell, and what it cannot tell."""

import pytest
from axe_playwright_python.sync_playwright import Axe

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")


@pytest.fixture
def reader(browser, live_server):
    """Opens a window of a width in a colour scheme, for a reader who chose this size of type."""
    contexts = []

    def opened(width=360, scheme="light", size="normal"):
        context = browser.new_context(
            base_url=live_server.url, locale="zh-CN", viewport={"width": width, "height": 800}, color_scheme=scheme
        )
        context.add_init_script(f"localStorage.setItem('type-size', '{size}')")
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("width", "scheme", "size"),
    [(360, "light", "normal"), (360, "dark", "large"), (1280, "light", "large"), (1280, "dark", "normal")],
)
def test_no_page_breaks_a_rule_of_wcag(reader, site, width, scheme, size):
    page, found = reader(width, scheme, size), {}

    for name, address in site.items():
        page.goto(address)
        results = Axe().run(page, options={"runOnly": [*WCAG], "resultTypes": ["violations"]}).response
        for violation in results["violations"]:
            found.setdefault(name, []).append((violation["id"], violation["nodes"][0]["html"][:200]))

    assert found == {}


def test_large_type_is_chosen_once_and_kept(reader, site):
    page = reader()
    page.context.clear_cookies()
    page.goto(site["article"])
    size = "parseFloat(getComputedStyle(document.querySelector('.prose p')).fontSize)"
    before, button = page.evaluate(size), page.get_by_role("button", name="大字")

    button.click()
    assert page.evaluate(size) > before * 1.2
    assert button.get_attribute("aria-pressed") == "true"

    page.evaluate("localStorage.getItem('type-size') === 'large' || localStorage.setItem('type-size', 'lost')")
    assert page.evaluate("localStorage.getItem('type-size')") == "large"


def test_without_its_script_the_button_for_large_type_is_not_shown(browser, live_server, site):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()

    page.goto(site["home"])

    assert not page.get_by_text("大字").is_visible()
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_scrolls_sideways_in_large_type(reader, site, width):
    page, widths = reader(width, size="large"), {}

    for name, address in site.items():
        page.goto(address)
        widths[name] = page.evaluate("document.documentElement.scrollWidth")

    assert widths == dict.fromkeys(site, width)


def test_the_address_of_a_story_is_copied(reader, site, live_server):
    page = reader()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(site["article"])

    page.locator(".share summary").click()
    page.get_by_role("button", name="复制网址").click()

    page.get_by_text("网址已复制").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(site["article"])
    assert copied == page.locator("link[rel=canonical]").get_attribute("href")
