"""A duplicate organization is merged into the other one, and comes back, in a real browser."""

import pytest
from playwright.sync_api import expect

from orgs.models import Merger, Organization
from tests import factories
from tests.browser.desk import log_in


@pytest.mark.journey
def test_a_duplicate_is_merged_and_the_merger_is_undone(page, chief, complaints):
    stays = factories.organization("苍南县扶苗公益服务中心", slug="fumiao")
    twin = factories.organization("扶苗公益中心", short=["扶苗"], slug="fumiao-twin")
    article = factories.published_article(title="端午送粽子", organizations=[twin])
    log_in(page, chief)

    page.goto(f"/admin/orgs/organization/{twin.pk}/change/")
    page.click(".object-tools a[href$='/merge/']")
    page.click(".select2-selection")
    page.fill(".select2-search__field", "服务中心")
    page.click(f".select2-results__option:has-text('{stays.name}')")
    with page.expect_navigation():
        page.click("form[method=get] input[type=submit]")
    expect(page.locator("[aria-labelledby=merge-preview]")).to_contain_text("稿件 1")
    assert Organization.objects.get(pk=twin.pk).status == "active"
    with page.expect_navigation():
        page.click("form[method=post] input.default")

    merger = Merger.objects.get()
    assert page.url.endswith(f"/admin/orgs/merger/{merger.pk}/change/")
    expect(page.locator("[aria-labelledby=merger-rows]")).to_contain_text(article.headline)
    page.goto("/orgs/fumiao-twin/")
    assert page.url.endswith("/orgs/fumiao/")
    expect(page.locator("main")).to_contain_text(article.headline)

    page.goto(f"/admin/orgs/merger/{merger.pk}/change/")
    with page.expect_navigation():
        page.click("form[action$='/undo/'] input[type=submit]")
    expect(page.locator(".messagelist")).to_contain_text(twin.name)
    page.goto("/orgs/fumiao-twin/")
    assert page.url.endswith("/orgs/fumiao-twin/")
    expect(page.locator("main")).to_contain_text(article.headline)
    assert complaints == []
