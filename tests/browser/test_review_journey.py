"""One story through the newsroom: written, sent back, mended, scheduled, corrected and withdrawn."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from newsletter.articles.models import Article
from tests import factories
from tests.browser.desk import go_on, log_in
from tests.desk.people import editor


def step(page, name):
    with page.expect_navigation():
        page.click(f"button[name=_step][value={name}]")


@pytest.mark.journey
def test_a_story_is_sent_back_mended_scheduled_corrected_and_withdrawn(page, chief, browser, live_server):
    writer = editor(language="zh-hans")
    writer.set_password("a long password")
    writer.save()
    other = factories.published_article(title="更正后的报道")
    theirs = browser.new_context(base_url=live_server.url, locale="zh-CN", timezone_id="Asia/Shanghai").new_page()
    reader = browser.new_context(base_url=live_server.url).new_page()

    log_in(theirs, writer)
    theirs.goto("/admin/articles/article/add/")
    theirs.fill("#id_title", "义卖在龙港举行")
    theirs.click(".field-body .ProseMirror[contenteditable=true]")
    theirs.keyboard.type("义卖筹得善款。")
    theirs.fill("#id_date", "2019-06-04")
    step(theirs, "submit")
    if theirs.locator(".findings-page").count():
        go_on(theirs)
    article = Article.objects.exclude(pk=other.pk).get()
    address = f"/admin/articles/article/{article.pk}/change/"
    assert article.state == "review"

    log_in(page, chief)
    expect(page.locator(".desk-count")).to_contain_text("1")
    page.goto(address)
    page.fill("#id_note", "请补上筹得多少")
    step(page, "send_back")

    theirs.goto("/admin/")
    expect(theirs.locator("#content")).to_contain_text("义卖在龙港举行")
    theirs.goto(address)
    expect(theirs.locator("#content")).to_contain_text("请补上筹得多少")
    theirs.fill("#id_subtitle", "筹得2374元")
    step(theirs, "submit")
    if theirs.locator(".findings-page").count():
        go_on(theirs)

    page.goto(address)
    moment = timezone.localtime(timezone.now() + datetime.timedelta(seconds=12))
    page.fill("#id_publish_at_0", f"{moment:%Y-%m-%d}")
    page.fill("#id_publish_at_1", f"{moment:%H:%M:%S}")
    step(page, "publish")
    if page.locator(".findings-page").count():
        go_on(page)
    article.refresh_from_db()
    public = article.get_absolute_url()
    assert article.publish_at == moment.replace(microsecond=0)
    if timezone.now() < article.publish_at - datetime.timedelta(seconds=1):
        assert reader.goto(public).status == 404
    reader.wait_for_timeout(max(0, (article.publish_at - timezone.now()).total_seconds() * 1000) + 300)
    assert reader.goto(public).status == 200
    expect(reader.locator("main")).to_contain_text("筹得2374元")

    page.goto(address)
    page.locator("#id_correction").evaluate("area => { const d = area.closest('details'); if (d) d.open = true }")
    page.fill("#id_correction", "筹得的是2734元。")
    with page.expect_navigation():
        page.click("input[name=_continue]")
    reader.goto(public)
    expect(reader.locator("main")).to_contain_text("更正")
    expect(reader.locator("main")).to_contain_text("筹得的是2734元。")

    page.goto(address)
    page.click(".steps a[href*='/withdraw/']")
    page.check("input[name=kind][value=facts]")
    page.fill("#id_reason", "金额有误")
    page.click(".select2-selection")
    page.fill(".select2-search__field", "更正后")
    page.click(".select2-results__option:has-text('更正后的报道')")
    with page.expect_navigation():
        page.click(".submit-row input.default")
    assert reader.goto(public).status == 410
    expect(reader.locator("main")).to_contain_text("金额有误")
    assert reader.locator(f"main a[href='{other.get_absolute_url()}']").count() > 0
    for window in (theirs, reader):
        window.context.close()
