"""One story from the log-in page to its readers and back: everything through a real browser."""

import re

import feedparser
import pytest

from newsletter.articles.models import Article
from tests import factories
from tests.browser.desk import go_on, log_in

HEADLINE = "端午送粽子 情暖敬老院"
ADD_ROW = "#{}-group .add-row a"


def choose(page, row, field, typed, shown):
    """Type into a search box of a row and click what it finds."""
    page.click(f"#{row} .field-{field} .select2-selection")
    page.fill(".select2-search__field", typed)
    page.click(f".select2-results__option:has-text('{shown}')")


def places(organization, event):
    return ("/", "/news/", organization.get_absolute_url(), event.type.get_absolute_url(), "/news/2019/06/04/")


def where_it_stands(page, addresses):
    """Those of the addresses whose page links to the story by its headline."""
    found = []
    for address in addresses:
        assert page.goto(address).status == 200
        if page.locator("main a", has_text=HEADLINE).count():
            found.append(address)
    return found


def entries(page):
    return feedparser.parse(page.request.get("/feeds/news.rss").body()).entries


@pytest.mark.journey
def test_a_story_is_written_published_found_everywhere_and_withdrawn(page, chief, complaints, tmp_path):
    organization = factories.organization("苍南县扶苗公益服务中心", alias=["扶苗"])
    event = factories.draft_event("走进敬老院", type=factories.event_type("慰问"), hosts=[organization])
    picture = tmp_path / "IMG_2019.jpg"
    picture.write_bytes(factories.picture_bytes((1600, 1200)))

    log_in(page, chief)
    page.goto("/admin/articles/article/add/")
    page.fill("#id_title", "端午送粽子\n情暖敬老院")
    page.click(".field-body .ProseMirror[contenteditable=true]")
    page.keyboard.type("端午前夕，志愿者走进敬老院。")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+b")
    page.keyboard.type("老人们很高兴。")
    page.fill("#id_date", "2019-06-04")
    page.click(ADD_ROW.format("photos"))
    page.set_input_files("#id_photos-0-picture", picture)
    page.fill("#id_photos-0-caption", "志愿者包粽子")
    page.fill("#id_photos-0-alt_text", "桌上的粽子")
    page.click(ADD_ROW.format("organization_links"))
    choose(page, "organization_links-0", "organization", "扶苗", organization.name)
    page.click(ADD_ROW.format("event_links"))
    choose(page, "event_links-0", "event", "敬老院", event.name)
    with page.expect_navigation():
        page.click("button[name=_step][value=publish]")
    go_on(page)

    article = Article.objects.get()
    assert (article.is_published(), article.published_by) == (True, chief)
    assert article.body == "<p>端午前夕，志愿者走进敬老院。</p><p><strong>老人们很高兴。</strong></p>"
    assert page.locator(f"#result_list a[href='/admin/articles/article/{article.pk}/change/']").is_visible()

    page.context.clear_cookies()
    addresses = places(organization, event)
    assert where_it_stands(page, addresses) == [*addresses]
    page.click(f"main a:has-text('{HEADLINE}')")
    assert re.sub(r"\s+", " ", page.inner_text("h1").strip()) == HEADLINE
    photo = page.locator("main figure img")
    assert photo.get_attribute("alt") == "桌上的粽子"
    assert photo.evaluate("image => image.decode().then(() => image.currentSrc)").endswith("/narrow_webp")
    assert page.locator("figcaption").inner_text().strip() == "志愿者包粽子"
    assert page.locator(f"main a[href='{organization.get_absolute_url()}']").count() > 0
    [entry] = entries(page)
    assert (entry.title, entry.id) == (HEADLINE, f"urn:uuid:{article.uuid}")
    [enclosure] = entry.enclosures
    file = page.request.get("/" + enclosure.href.split("/", 3)[3])
    assert (enclosure.type, enclosure.length) == (file.headers["content-type"], str(len(file.body())))
    assert complaints == []

    log_in(page, chief)
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    page.click(".steps a[href*='/withdraw/']")
    page.check("input[name=kind][value=facts]")
    page.fill("#id_reason", "活动日期有误")
    with page.expect_navigation():
        page.press("#id_reason", "Enter")

    page.context.clear_cookies()
    assert page.goto(article.get_absolute_url()).status == 410
    assert "活动日期有误" in page.inner_text("main")
    assert where_it_stands(page, addresses) == []
    assert entries(page) == []
    assert page.request.get("/" + enclosure.href.split("/", 3)[3]).status == 404
