import os
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from newsletter.articles.models import Unit
from newsletter.desk.roles import grant_permissions
from newsletter.editions.models import EditionPage
from tests import factories
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


@pytest.fixture
def site(transactional_db):
    """A newsletter with everything on it, names as long as they come: `{name: address}` of its pages."""
    host = factories.organization(
        "苍南县龙港镇新居民爱心车队志愿服务促进会",
        short=["爱心车队"],
        website="https://www.example.org/" + "long/" * 20,
    )
    event_type, section, tag = factories.event_type("慰问"), factories.section(), factories.tag("端午")
    event = factories.published_event(name="走进敬老院" * 5, type=event_type, hosts=[host], venue="龙港财富广场" * 4)
    award = factories.published_award(name="温州市“四好”商会" * 5, recipients=[host], issuer=factories.organization())
    on_page_two = factories.published_article(title="二版头条")
    stories = [
        factories.published_article(
            title=title,
            section=section,
            byline="扶苗",
            kicker="新居民爱心车队",
            body="<h2>小标题</h2><p>"
            + "端午前夕，志愿者走进敬老院。" * 20
            + "</p><p>"
            + "https://example.org/" * 8
            + "</p>"
            "<table><tr>" + "<td>单元格里的文字</td>" * 8 + "</tr></table>",
            organizations=[host],
            events=[event],
            awards=[award],
            tags=[tag],
            **values,
        )
        for title, values in (
            ("端午送粽子\n情暖敬老院", {}),
            ("新居民爱心车队连续十三年免费接送高考学生" * 2, {}),
            ("义卖", {"form": "brief"}),
            ("海边净滩", {"form": "photo_story"}),
        )
    ]
    for story in stories:
        factories.photo(
            story, caption="志愿者包粽子" * 5, alt_text="桌上的粽子", picture=factories.picture_file(size=(1600, 900))
        )
    Unit.objects.get_or_create(code="CNY", name="元")  # the emptied database of the test before has lost it
    photo = factories.photo(stories[0], picture=factories.picture_file(size=(900, 1600)), position=2)
    factories.figure(stories[0])
    factories.attachment(stories[0])
    edition = factories.published_edition(articles=stories, number="总第128期")
    picture = factories.picture_file(size=(1400, 2000))
    printed = EditionPage.objects.create(edition=edition, number=1, title="要闻", picture=picture)
    for item, top in zip(edition.items.all(), (5, 30, 55, 80), strict=True):
        item.region_left, item.region_top, item.region_width, item.region_height = 5, top, 90, 20
        item.save()
    edition.items.create(article=on_page_two, page=2, position=1)
    page = factories.published_page(slug="contribute")
    gone = factories.withdrawn_article()
    return {
        "home": "/",
        "news": "/news/",
        "year": "/news/2019/",
        "day": "/news/2019/06/06/",
        "year in review": "/years/2019/",
        "article": stories[0].get_absolute_url(),
        "photo": stories[0].lead_photo.get_absolute_url(),
        "tall photo": photo.get_absolute_url(),
        "organizations": "/orgs/",
        "organization": host.get_absolute_url(),
        "year of an organization": f"{host.get_absolute_url()}years/2019/",
        "events of an organization": f"{host.get_absolute_url()}events/",
        "events": "/events/",
        "event": event.get_absolute_url(),
        "event type": event_type.get_absolute_url(),
        "calendar": "/calendar/2019/06/",
        "awards": "/awards/",
        "award": award.get_absolute_url(),
        "honours of a year": "/awards/years/2018/",
        "editions": "/editions/",
        "editions of a year": "/editions/years/2019/",
        "edition": edition.get_absolute_url(),
        "page with a picture": printed.get_absolute_url(),
        "page without a picture": f"{edition.get_absolute_url()}pages/2/",
        "edition to be printed": f"{edition.get_absolute_url()}print/",
        "section": section.get_absolute_url(),
        "tag": tag.get_absolute_url(),
        "standing page": page.get_absolute_url(),
        "feeds": "/feeds/",
        "search": "/search/?q=端午",
        "search for nothing": f"/search/?q=端午 没有这样的词 {host.name[:8]}",
        "withdrawn": gone.get_absolute_url(),
        "not found": "/no/such/page/",
        "home in English": "/en/",
        "article in English": f"/en{stories[0].get_absolute_url()}",
        "calendar in English": "/en/calendar/2019/06/",
        "search in English": "/en/search/?q=端午",
    }
