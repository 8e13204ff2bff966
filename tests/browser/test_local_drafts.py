"""What is typed into a form survives a crash, an ended session, a log-in in another window, and a refused form."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from newsletter.accounts.models import User
from newsletter.articles.models import Article, Unit
from tests import factories
from tests.browser.desk import log_in

ADD = "/admin/articles/article/add/"
HEADLINE, TEXT = "爱心车队护送考生", "三十五辆爱心车免费接送考生。"
OFFER = "section.local-draft"
BODY = ".field-body .ProseMirror[contenteditable=true]"
# Where a form asks whether the person is still logged in. Without an answer it is sent as it is.
SESSION = "**/admin/session/"


@pytest.fixture
def desk(page, chief):
    log_in(page, chief)
    return page


def kept(page, count=1):
    """Wait until the browser has kept that many drafts, and give them."""
    read = """async () => {
        const settled = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result) })
        const database = await settled(indexedDB.open("newsletter-drafts", 1))
        const drafts = await settled(database.transaction("drafts").objectStore("drafts").getAll())
        database.close()
        return drafts
    }"""
    for _attempt in range(50):
        drafts = page.evaluate(read)
        if len(drafts) == count:
            return drafts
        page.wait_for_timeout(100)
    raise AssertionError(f"{len(drafts)} drafts are kept, not {count}.")


def write_article(page, headline=HEADLINE):
    page.goto(ADD)
    page.fill("#id_title", headline)
    page.click(BODY)
    page.keyboard.type(TEXT)


def choose(page, field, name):
    page.click(f"{field} .select2-selection")
    page.fill(".select2-search__field", name)
    page.click(f".select2-results__option:has-text('{name}')")


def crash(page):
    """The window is gone without a word; a new one of the same browser takes its place."""
    page.wait_for_timeout(1_000)  # what was typed in the last half second may be lost
    context = page.context
    page.close(run_before_unload=False)
    return context.new_page()


def put_back(page):
    page.click(f"{OFFER} [data-deed=put-back]")
    expect(page.locator(OFFER)).to_have_count(0)


def save(page, button="_save"):
    with page.expect_navigation():
        page.click(f".submit-row [name={button}] >> nth=0")


def saved_text():
    return [*Article.objects.order_by("pk").values_list("title", "body")]


def end_session():
    Session.objects.all().delete()


def log_in_again(page, chief):
    page.fill("#id_username", chief.username)
    page.fill("#id_password", "a long password")
    with page.expect_navigation():
        page.press("#id_password", "Enter")


def test_text_comes_back_after_a_crash_and_can_be_saved(desk, complaints):
    write_article(desk)
    desk = crash(desk)

    desk.goto(ADD)
    expect(desk.locator(OFFER)).to_be_visible()
    put_back(desk)
    expect(desk.locator("#id_title")).to_have_value(HEADLINE)
    expect(desk.locator(BODY)).to_have_text(TEXT)
    save(desk)

    assert saved_text() == [(HEADLINE, f"<p>{TEXT}</p>")]
    desk.goto(ADD)
    kept(desk, 0)
    assert complaints == []


def test_rows_choices_and_ticks_come_back_in_their_order(desk):
    first, second = factories.organization("苍南县扶苗公益服务中心"), factories.organization("苍南县壹家壹公益中心")
    section, unit = factories.section("深度"), Unit.objects.create(code="RMB", name="元")
    write_article(desk)
    choose(desk, ".field-section", section.name)
    for number, organization in enumerate((second, first)):
        desk.click("#organization_links-group .add-row a")
        choose(desk, f"#organization_links-{number} .field-organization", organization.name)
    desk.check("#id_organization_links-1-is_primary")
    desk.click("#figures-group .add-row a")
    desk.fill("#id_figures-0-text", "近200万元")
    desk.fill("#id_figures-0-value", "2000000")
    desk.fill("#id_figures-0-what", "义卖款")
    desk.select_option("#id_figures-0-unit", str(unit.pk))
    desk = crash(desk)

    desk.goto(ADD)
    put_back(desk)
    shown = desk.locator("#organization_links-0 .field-organization .select2-selection__rendered")
    expect(shown).to_contain_text(second.name)
    expect(desk.locator("#id_figures-0-unit")).to_have_value(str(unit.pk))
    save(desk)

    article = Article.objects.get()
    links = article.organization_links.order_by("pk").values_list("organization__name", "is_primary")
    assert [*links] == [(second.name, False), (first.name, True)]
    assert (article.section, article.figures.get().text) == (section, "近200万元")


def test_discarded_text_is_gone_for_good(desk):
    write_article(desk)
    desk = crash(desk)
    desk.goto(ADD)

    desk.on("dialog", lambda dialog: dialog.accept())
    desk.click(f"{OFFER} [data-deed=discard]")

    expect(desk.locator(OFFER)).to_have_count(0)
    kept(desk, 0)


def test_one_can_look_at_the_text_before_putting_it_back(desk):
    write_article(desk)
    desk = crash(desk)
    desk.goto(ADD)

    desk.click(f"{OFFER} [data-deed=look]")

    expect(desk.locator(f"{OFFER} dd")).to_have_text([HEADLINE, TEXT])


@pytest.mark.parametrize("button", ["_save", "_continue", "_addanother", "_step"])
def test_nothing_is_offered_after_it_was_saved(desk, button):
    write_article(desk)
    kept(desk)

    save(desk, button)

    article = Article.objects.get()
    for address in (ADD, f"/admin/articles/article/{article.pk}/change/"):
        desk.goto(address)
        kept(desk, 0)
        expect(desk.locator(OFFER)).to_have_count(0)


def test_an_ended_session_leads_to_the_log_in_and_back_to_the_text(desk, chief):
    """Without the script's question, as where it fails."""
    desk.route(SESSION, lambda route: route.fulfill(status=500))
    write_article(desk)
    end_session()

    save(desk)
    assert "/admin/login/" in desk.url
    assert desk.locator(".messagelist .warning").count() == 1
    log_in_again(desk, chief)
    assert desk.url.endswith(ADD)
    put_back(desk)
    save(desk)

    assert saved_text() == [(HEADLINE, f"<p>{TEXT}</p>")]


def test_an_ended_session_is_noticed_before_the_form_leaves(desk, chief):
    write_article(desk)
    end_session()
    desk.click(".submit-row [name=_save] >> nth=0")

    with desk.expect_popup() as opened:
        desk.click(".local-draft-dialog a")
    log_in_again(opened.value, chief)
    opened.value.close()
    desk.bring_to_front()
    desk.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(desk.locator(".local-draft-dialog")).to_have_count(0)
    save(desk)

    assert saved_text() == [(HEADLINE, f"<p>{TEXT}</p>")]


def log_in_elsewhere(page, chief):
    """In another window of the same browser, which gives the browser a new CSRF token."""
    other = page.context.new_page()
    other.goto("/admin/login/?next=/admin/password_change/done/")
    other.request.get("/admin/session/")
    token = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    other.goto("/admin/login/")
    log_in_again(other, chief)
    assert page.context.cookies() != token
    other.close()


def test_a_log_in_in_another_window_does_not_stop_the_form(desk, chief):
    write_article(desk)
    log_in_elsewhere(desk, chief)

    save(desk)

    assert saved_text() == [(HEADLINE, f"<p>{TEXT}</p>")]


def test_a_refused_token_leads_back_to_the_text(desk, chief):
    """Without the script's question, as where it fails."""
    desk.route(SESSION, lambda route: route.fulfill(status=500))
    write_article(desk)
    log_in_elsewhere(desk, chief)

    with desk.expect_navigation() as answer:
        desk.click(".submit-row [name=_save] >> nth=0")
    assert answer.value.status == 403
    desk.click(".refused a.button")
    put_back(desk)
    save(desk)

    assert saved_text() == [(HEADLINE, f"<p>{TEXT}</p>")]


def test_a_photo_need_not_be_chosen_again_after_an_error(desk, tmp_path):
    picture = tmp_path / "送考车队.jpg"
    picture.write_bytes(factories.picture_bytes())
    desk.goto(ADD)
    desk.click("#photos-group .add-row a")
    desk.set_input_files("#id_photos-0-picture", picture)
    desk.fill("#id_photos-0-caption", "车队")

    save(desk)
    expect(desk.locator("#photos-0 .kept-upload")).to_contain_text("送考车队.jpg")
    expect(desk.locator(OFFER)).to_have_count(0)
    desk.fill("#id_title", HEADLINE)
    save(desk)

    assert Article.objects.get().photos.get().caption == "车队"
    desk.goto(ADD)
    kept(desk, 0)


def test_text_that_the_server_refused_survives_a_crash_too(desk):
    write_article(desk, headline="")
    save(desk)
    assert desk.locator(".errornote").count() == 1
    desk = crash(desk)

    desk.goto(ADD)
    put_back(desk)

    expect(desk.locator(BODY)).to_have_text(TEXT)


def test_a_double_click_makes_one_article(desk):
    write_article(desk)

    with desk.expect_navigation():
        desk.dblclick(".submit-row [name=_save] >> nth=0", no_wait_after=True)
    desk.goto("/admin/articles/article/")

    assert saved_text() == [(HEADLINE, f"<p>{TEXT}</p>")]


def test_text_put_back_overwrites_nothing_that_was_saved_in_between(desk):
    article = factories.draft_article("原来的标题")
    address = f"/admin/articles/article/{article.pk}/change/"
    desk.goto(address)
    desk.fill("#id_title", HEADLINE)
    desk = crash(desk)
    article.title = "别人改的标题"
    article.save()

    desk.goto(address)
    expect(desk.locator(f"{OFFER} [data-slot=newer]")).to_be_visible()
    put_back(desk)
    save(desk)

    article.refresh_from_db()
    assert article.title == "别人改的标题"
    expect(desk.locator("#id_title")).to_have_value(HEADLINE)
    expect(desk.locator(".conflict")).to_be_visible()


def test_another_person_on_the_same_computer_is_offered_nothing(desk, live_server):
    write_article(desk)
    desk = crash(desk)
    other = User.objects.create_superuser("other", password="a long password")
    desk.goto("/admin/")
    desk.click("#logout-form button")
    log_in(desk, other)

    desk.goto(ADD)
    desk.wait_for_timeout(500)

    assert desk.locator(OFFER).count() == 0
    kept(desk, 1)


def test_text_that_is_open_in_another_window_is_not_offered(desk):
    write_article(desk)
    kept(desk)

    second = desk.context.new_page()
    second.goto(ADD)
    second.fill("#id_title", "另一篇稿件")
    drafts = kept(second, 2)
    second.wait_for_timeout(4_000)

    assert second.locator(OFFER).count() == 0
    titles = {field["text"] for draft in drafts for field in draft["fields"] if field["name"] == "title"}
    assert titles == {HEADLINE, "另一篇稿件"}


def test_passwords_are_not_kept(desk):
    desk.goto("/admin/accounts/user/add/")
    if desk.locator("#id_username").count() == 0:
        User.objects.update(is_superuser=True)
        desk.reload()
    desk.fill("#id_username", "zhou")
    desk.fill("#id_password1", "a secret of Zhou")

    [draft] = kept(desk)

    assert not re.search("secret", str(draft))


def test_drafts_are_forgotten_after_thirty_days(desk):
    write_article(desk)
    kept(desk)
    desk.evaluate("""() => window.localDrafts.put({
        key: "old", user: "1", path: "/admin/", at: Date.now() - 31 * 86400000, files: [], fields: []
    })""")
    kept(desk, 2)

    desk.context.new_page().goto(ADD)

    kept(desk, 1)


def test_a_site_that_cannot_be_reached_leaves_the_form_as_it_is(desk):
    write_article(desk)
    desk.context.set_offline(True)
    desk.click(".submit-row [name=_save] >> nth=0")
    desk.click(".local-draft-dialog [data-deed=close]")
    desk.context.set_offline(False)

    save(desk)

    assert saved_text() == [(HEADLINE, f"<p>{TEXT}</p>")]


def test_text_that_is_too_much_for_the_server_is_answered_by_a_page_and_kept(desk):
    write_article(desk)
    desk.evaluate("""() => {
        const note = document.querySelector("#id_staff_note")
        note.value = "字".repeat(9 * 1024 * 1024)
        note.dispatchEvent(new Event("input", { bubbles: true }))
    }""")

    with desk.expect_navigation() as answer:
        desk.click(".submit-row [name=_save] >> nth=0")
    assert answer.value.status == 413
    desk.click(".refused a.button")
    put_back(desk)

    expect(desk.locator("#id_title")).to_have_value(HEADLINE)
    assert desk.evaluate("document.querySelector('#id_staff_note').value.length") == 9 * 2**20


def test_the_review_of_a_printed_page_is_kept_too(desk):
    page_import = factories.page_import()
    desk.goto(page_import.get_absolute_url())
    desk.fill(".import-title >> nth=0", HEADLINE)
    desk = crash(desk)

    desk.goto(page_import.get_absolute_url())
    put_back(desk)
    save_review = ".import-buttons [name=do][value=save]"
    with desk.expect_navigation():
        desk.click(save_review)

    expect(desk.locator(".import-title >> nth=0")).to_have_value(HEADLINE)
    expect(desk.locator(OFFER)).to_have_count(0)
    kept(desk, 0)


def test_text_for_which_the_form_has_no_place_any_more_is_shown(desk):
    """As when somebody has left a story of the page out in between."""
    page_import = factories.page_import()
    desk.goto(page_import.get_absolute_url())
    desk.fill(".import-title >> nth=1", "三十五辆爱心车")
    desk = crash(desk)

    desk.goto(page_import.get_absolute_url())
    desk.evaluate("document.querySelectorAll('.import-story')[1].remove()")
    put_back(desk)

    expect(desk.locator("div.local-draft dl")).to_contain_text("三十五辆爱心车")
