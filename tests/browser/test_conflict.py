"""Two people on one article: the second one sees both texts and decides; nothing is lost."""

from playwright.sync_api import expect

from newsletter.articles.models import Article
from newsletter.records.history import versions_of
from tests import factories
from tests.browser.desk import log_in


def save(page):
    with page.expect_navigation():
        page.click("input[name=_continue]")


def test_of_two_browsers_the_second_one_decides_between_both_texts(page, chief, browser, live_server):
    article = factories.draft_article(title="志愿者看望老人")
    address = f"/admin/articles/article/{article.pk}/change/"
    colleague = browser.new_context(base_url=live_server.url, locale="zh-CN").new_page()
    for window in (page, colleague):
        log_in(window, chief)
        window.goto(address)

    colleague.fill("#id_title", "同事的标题")
    colleague.fill("#id_kicker", "同事的引题")
    save(colleague)
    page.fill("#id_title", "我的标题")
    page.fill("#id_subtitle", "我的副题")
    save(page)

    conflict = page.locator(".conflict")
    expect(conflict).to_contain_text("同事的标题")
    expect(conflict).to_contain_text("我的标题")
    expect(page.locator("#id_kicker")).to_have_value("同事的引题")
    expect(page.locator("#id_subtitle")).to_have_value("我的副题")
    assert Article.objects.get().title == "同事的标题"

    page.check(".conflict input[value=saved]")
    save(page)

    stored = Article.objects.get()
    assert (stored.title, stored.kicker, stored.subtitle) == ("同事的标题", "同事的引题", "我的副题")
    assert "同事的引题" in [version.field_dict["kicker"] for version in versions_of(article)]
    colleague.context.close()
