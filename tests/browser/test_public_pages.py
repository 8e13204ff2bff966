"""The pages of readers in a narrow window, without complaints, and without JavaScript."""

import re

import pytest

from newsletter.articles.models import Unit
from newsletter.editions.models import EditionPage
from tests import factories

NARROW = {"width": 320, "height": 640}


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
    factories.figure(stories[0])
    factories.attachment(stories[0])
    edition = factories.published_edition(articles=stories, number="总第128期")
    EditionPage.objects.create(edition=edition, number=1, title="要闻")
    page = factories.published_page(slug="contribute")
    gone = factories.withdrawn_article()
    return {
        "home": "/",
        "news": "/news/",
        "year": "/news/2019/",
        "day": "/news/2019/06/06/",
        "article": stories[0].get_absolute_url(),
        "organizations": "/orgs/",
        "organization": host.get_absolute_url(),
        "events": "/events/",
        "event": event.get_absolute_url(),
        "event type": event_type.get_absolute_url(),
        "calendar": "/calendar/2019/06/",
        "awards": "/awards/",
        "award": award.get_absolute_url(),
        "honours of a year": "/awards/years/2018/",
        "editions": "/editions/",
        "edition": edition.get_absolute_url(),
        "section": section.get_absolute_url(),
        "tag": tag.get_absolute_url(),
        "standing page": page.get_absolute_url(),
        "feeds": "/feeds/",
        "search": "/search/?q=端午",
        "search for nothing": f"/search/?q=端午 没有这样的词 {host.name[:8]}",
        "withdrawn": gone.get_absolute_url(),
        "not found": "/no/such/page/",
    }


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
