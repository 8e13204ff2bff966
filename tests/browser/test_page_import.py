"""A printed page from the upload to its readers: everything through a real browser."""

import json
import os
from pathlib import Path

import pytest
from django.core.management import call_command

from newsletter.articles.models import Article
from newsletter.editions.models import Edition
from tests.browser.desk import go_on, log_in
from tests.intake.bench import compose, typeset


def of_our_own(tmp_path):
    page = compose.page("tidy")
    file = tmp_path / "第六期要闻.txt"
    file.write_text(page.text)
    return file, page


def typeset_by_us(tmp_path):
    page = typeset.pdf_page("pdf-blocks-3")
    file = tmp_path / "第六期要闻.pdf"
    file.write_bytes(page.pdf)
    return file, page


def upload(page, file, printed):
    page.goto("/admin/")
    page.click("a[href='/admin/intake/pageimport/add/']:has-text('导入版面')")
    page.set_input_files("#id_upload", file)
    page.fill("#id_title", "山海社会组织")
    page.fill("#id_date", printed.date)
    page.fill("#id_locality", printed.locality)
    page.click("input.default")
    page.wait_for_selector(".import-story")


@pytest.mark.journey
@pytest.mark.parametrize("make", [of_our_own, typeset_by_us], ids=["text", "pdf"])
def test_a_printed_page_is_uploaded_reviewed_accepted_and_published(page, chief, complaints, tmp_path, make):
    file, printed = make(tmp_path)
    directory = tmp_path / "organizations.json"
    directory.write_text(json.dumps(printed.organizations))
    call_command("loadorganizations", directory, verbosity=0)
    log_in(page, chief)

    upload(page, file, printed)
    assert not Article.objects.exists()
    titles = page.locator(".import-title").evaluate_all("areas => areas.map(area => area.value)")
    assert titles == ["\n".join(story["title"]) for story in printed.stories]
    with page.expect_navigation():
        page.click("button.default[value=accept]")
    assert "已生成" in page.inner_text(".messagelist")
    assert page.locator(".import-made .state-draft").count() == len(printed.stories)

    page.click("a[href^='/admin/editions/edition/']:has-text('山海社会组织')")
    with page.expect_navigation():
        page.click("button[name=_step][value=publish]")
    go_on(page)
    page.context.clear_cookies()
    page.goto(Edition.objects.get().get_absolute_url())
    on_the_page = page.inner_text("main")
    for story in printed.stories:
        assert all(line in on_the_page for line in story["title"])
    page.click(f"main a:has-text('{printed.stories[0]['title'][0]}')")
    assert printed.stories[0]["paragraphs"][0] in page.inner_text("main").replace("\n", "")
    assert complaints == []


def test_stories_are_mended_by_buttons_without_a_script(browser, live_server, chief, tmp_path):
    file, printed = of_our_own(tmp_path)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    log_in(page, chief)
    upload(page, file, printed)
    count = len(printed.stories)

    page.click("button[value='merge:2']")
    assert page.locator(".import-story").count() == count - 1
    page.click("button[value^='split:1:']")
    assert page.locator(".import-story").count() == count
    page.click("button[value='down:1']")
    assert page.locator(".import-story").nth(1).get_attribute("id") == "story-1"
    context.close()


@pytest.mark.skipif("SEED_DIR" not in os.environ, reason="SEED_DIR names no folder with the real page")
def test_the_real_page_is_accepted_as_it_is(page, chief, complaints):
    seed = Path(os.environ["SEED_DIR"])
    call_command("loadorganizations", seed / "organizations.json", verbosity=0)
    log_in(page, chief)
    page.goto("/admin/intake/pageimport/add/")
    page.set_input_files("#id_upload", seed / "page.txt")
    page.fill("#id_date", "2019-06-06")
    page.fill("#id_locality", "苍南县")
    page.click("input.default")

    with page.expect_navigation():
        page.click("button.default[value=accept]")

    expected = json.loads((seed / "expected.json").read_text())
    titles = {"\n".join(story["title"]) for story in expected["stories"]}
    assert {*Article.objects.values_list("title", flat=True)} == titles
    assert complaints == []
