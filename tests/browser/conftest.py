import os
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from newsletter.desk.roles import grant_permissions
from tests.desk.people import chief_editor

HERE = Path(__file__).parent

# Playwright's synchronous API runs an event loop in the thread in which the tests use the ORM.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.hookimpl(tryfirst=True)  # before `-m` is applied
def pytest_collection_modifyitems(config, items):
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("browser")
    if os.environ["TEST_DATABASE"] == "postgresql":
        # A browser meets the same pages on both; one journey shows that the whole works.
        left_out = [
            item for item in items if item.get_closest_marker("browser") and not item.get_closest_marker("journey")
        ]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def browser(chromium):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=[
                "--no-sandbox",  # root has none
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                # Nothing in a test touches a network.
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture
def page(browser, live_server):
    """A fresh window of a reader in Shanghai; `page.goto("/events/")` opens a page of the live server."""
    context = browser.new_context(base_url=live_server.url, locale="zh-CN", timezone_id="Asia/Shanghai")
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def chief(transactional_db):
    grant_permissions()  # the emptied database of the test before has lost them
    return chief_editor(username="chief", language="zh-hans")


@pytest.fixture
def complaints(page):
    """What the browser's console complains about."""
    found = []

    def note(message):
        if message.type == "error" and not message.location["url"].endswith("/favicon.ico"):
            found.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found
