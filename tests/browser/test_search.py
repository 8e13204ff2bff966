"""Searching with a browser: suggestions by keyboard and mouse, and the same without JavaScript."""

import pytest

from tests import factories

BOX = "main input[name=q]"


@pytest.fixture
def organization(transactional_db):
    return factories.organization("龙港总商会", short=["龙商"])


@pytest.fixture
def box(page, organization, complaints):
    page.goto("/search/")
    yield page.locator(BOX)
    assert complaints == []


def test_initials_suggest_an_organization_and_the_keyboard_leads_there(page, box, organization):
    box.press_sequentially("lgzsh")
    option = page.get_by_role("option", name="龙港总商会")
    option.wait_for()
    box.press("ArrowDown")

    assert option.get_attribute("aria-selected") == "true"
    assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    box.press("Enter")
    page.wait_for_url(f"**{organization.get_absolute_url()}")


def test_enter_without_a_choice_searches_for_what_was_typed(page, box, organization):
    box.press_sequentially("龙商")
    page.get_by_role("option", name="龙港总商会").wait_for()
    box.press("Enter")

    page.wait_for_url("**/search/?q=*")
    assert page.locator(".named__name").inner_text().startswith("龙港总商会")


def test_suggestions_close_by_escape_and_open_by_a_click(page, box, organization):
    box.press_sequentially("龙商")
    option = page.get_by_role("option", name="龙港总商会")
    option.wait_for()
    box.press("Escape")
    assert page.get_by_role("option").count() == 0

    box.press_sequentially("会")
    box.press("Backspace")
    option.click()
    page.wait_for_url(f"**{organization.get_absolute_url()}")


def test_search_works_without_javascript(browser, live_server, organization):
    factories.published_article(title="龙商年会")
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    reader = context.new_page()
    reader.goto("/search/")
    reader.fill(BOX, "龙商")
    reader.press(BOX, "Enter")

    assert reader.locator(".result__title").first.inner_text() == "龙商年会"
    context.close()
