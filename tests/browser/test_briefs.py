"""Twenty briefs pasted as a block, looked through and saved, in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from newsletter.articles.models import Article
from newsletter.events.models import Event
from tests import factories
from tests.browser.desk import log_in

SCREEN = "/admin/articles/article/briefs/"
BLOCK = (Path(__file__).parent / "briefs.txt").read_text()

# {byline in the block: the organization that it names}
CONTRIBUTORS = {
    "扶苗": "苍南县扶苗公益服务中心",
    "爱友": "苍南县爱友公益服务中心",
    "县印刷包装行业协会 林晓": "苍南县印刷包装行业协会",
    "县书法家协会": "苍南县书法家协会",
    "灵溪商会": "苍南县灵溪商会",
    "老体协": "苍南县老年体育协会",
    "晨曦社工": "苍南县晨曦社会工作服务中心",
    "四季柚产业协会": "苍南县四季柚产业协会",
    "守望救援": "苍南县守望救援队",
    "女企商会": "苍南县女企业家商会",
    "县摄协": "苍南县摄影家协会",
    "县红十字会、王芳": "苍南县红十字会",
    "县心理健康协会": "苍南县心理健康协会",
    "县餐饮行业协会": "苍南县餐饮行业协会",
    "县慈善总会": "苍南县慈善总会",
    "县青创协会": "苍南县青年创业协会",
    "通讯员 陈岚": None,
    "县志愿者协会": "苍南县志愿者协会",
    "宜山商会": "苍南县宜山商会",
    "": None,
}
SHORT = (
    "扶苗",
    "爱友",
    "灵溪商会",
    "老体协",
    "晨曦社工",
    "四季柚产业协会",
    "守望救援",
    "女企商会",
    "县摄协",
    "县青创协会",
)


@pytest.fixture
def desk(page, chief):
    factories.section("简讯")
    factories.event_type("慰问")
    for byline, name in CONTRIBUTORS.items():
        if name:
            factories.organization(name, short=[byline] if byline in (*SHORT, "宜山商会") else [])
    factories.draft_edition(title="苍南社会组织", locality="苍南县")
    log_in(page, chief)
    page.goto(SCREEN)
    return page


def press(page, deed, number=0):
    with page.expect_navigation():
        page.click(f"[name=do][value={deed}] >> nth={number}")


def split(page, block=BLOCK):
    page.fill("#id_block", block)
    page.fill("#id_date", "2019-06-20")
    page.select_option("#id_edition", index=1)
    press(page, "look", 1)


def test_a_pasted_block_of_twenty_becomes_twenty_drafts(desk, tmp_path, complaints):
    picture = tmp_path / "书包.jpg"
    picture.write_bytes(factories.picture_bytes())
    split(desk)
    expect(desk.locator("#brief-20 .brief-hint")).to_be_visible()
    expect(desk.locator("#brief-4 .brief-badge")).to_be_visible()

    desk.fill("#id_rows-3-title", "少儿书法班开班")
    desk.fill("#id_rows-1-title", "")
    desk.fill("#id_rows-1-text", "")
    desk.set_input_files("#id_rows-0-picture", picture)
    desk.fill("#id_rows-0-caption", "孩子们试背新书包")
    press(desk, "save")
    expect(desk.locator(".has-errors")).to_have_count(1)
    expect(desk.locator("#brief-1 .kept-upload")).to_contain_text("书包.jpg")
    assert Article.objects.count() == 0

    desk.click(".errornote a")
    desk.keyboard.press("Tab")  # to the link to the next brief
    desk.keyboard.press("Tab")
    desk.keyboard.type("端午前夕，爱友公益服务中心的志愿者在灵溪镇缝制香包，三百个香包送给独居老人。")
    desk.keyboard.press("Tab")
    expect(desk.locator("#id_rows-1-title")).to_have_value("爱友公益服务中心的志愿者在灵溪镇缝制香包")
    press(desk, "save")

    articles = Article.objects.order_by("-pk")
    assert {article.state for article in articles} == {"draft"}
    assert [article.byline for article in articles] == [*CONTRIBUTORS]
    contributors = [article.organizations.filter(article_links__role="contributor").first() for article in articles]
    assert [contributor and contributor.name for contributor in contributors] == [*CONTRIBUTORS.values()]
    assert [item.article for item in articles[0].edition_items.get().edition.items.all()] == [*articles]
    assert (articles[0].title, articles[3].title) == ("百个书包送进山村小学", "少儿书法班开班")
    assert articles[0].photos.get().caption == "孩子们试背新书包"
    assert Event.objects.filter(articles=articles[0]).get().start_date.day == 1
    expect(desk.locator(".briefs-made li")).to_have_count(20)
    assert complaints == []


def test_what_was_made_is_submitted_after_one_look_at_what_was_found(desk):
    split(desk)
    press(desk, "save")

    with desk.expect_navigation():
        desk.click(".briefs-made button")
    # What was found in them is looked at first, of all on one page.
    expect(desk.locator(".findings-page section")).to_have_count(20)
    with desk.expect_navigation():
        desk.click(".findings-page [type=submit]")

    assert {article.state for article in Article.objects.all()} == {"review"}


def test_a_double_click_makes_each_brief_once(desk):
    split(desk)

    with desk.expect_navigation():
        desk.dblclick("[name=do][value=save]", no_wait_after=True)
    expect(desk.locator(".briefs-made li")).to_have_count(20)

    assert Article.objects.count() == 20


def test_a_text_typed_into_a_row_is_answered_with_what_it_names(desk):
    desk.fill("#id_rows-2-text", "6月1日，扶苗公益服务中心看望两户困难家庭。（扶苗 王芳）")
    desk.keyboard.press("Tab")

    expect(desk.locator("#id_rows-2-byline")).to_have_value("扶苗 王芳")
    expect(desk.locator("#id_rows-2-text")).to_have_value("6月1日，扶苗公益服务中心看望两户困难家庭。")
    expect(desk.locator("#id_rows-2-contributor")).to_have_value("苍南县扶苗公益服务中心")
    expect(desk.locator("#id_rows-2-title")).to_have_value("扶苗公益服务中心看望两户困难家庭")
    expect(desk.locator("#id_rows-2-event_type")).to_have_value("慰问")
    expect(desk.locator("#brief-3 .brief-found")).to_contain_text("王芳")
    expect(desk.locator("#brief-3 .brief-badge")).to_be_visible()


def test_rows_come_back_after_a_crash_with_what_they_name(desk):
    split(desk)
    desk.fill("#id_rows-0-title", "一百个新书包")
    desk.wait_for_timeout(1_000)
    context = desk.context
    desk.close(run_before_unload=False)

    desk = context.new_page()
    desk.goto(SCREEN)
    desk.click("section.local-draft [data-deed=put-back]")

    expect(desk.locator("#id_rows-0-title")).to_have_value("一百个新书包")
    expect(desk.locator("#id_rows-18-byline")).to_have_value("宜山商会")
    expect(desk.locator("#brief-3 .brief-found input[type=checkbox]")).to_be_checked()
    expect(desk.locator("div.local-draft dl dt")).to_have_count(0)
    press(desk, "save")
    assert Article.objects.count() == 20


def test_it_works_without_scripts(browser, live_server, desk):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies(desk.context.cookies())
    page = context.new_page()
    page.goto(SCREEN)

    split(page)
    press(page, "save")

    assert page.locator(".briefs-made li").count() == 20
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_sticks_out_of_the_window(desk, width):
    desk.set_viewport_size({"width": width, "height": 900})

    split(desk)

    assert desk.evaluate("document.documentElement.scrollWidth") == width
