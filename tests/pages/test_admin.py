from newsletter.pages.models import Page
from tests import factories
from tests.desk.forms import add_form, change_form, errors_of
from tests.desk.people import browser_of, chief_editor, editor


def new(client, **values):
    return add_form(client, Page).fill(
        **{"title": "投稿须知", "slug": "contribute", "body": "<p>欢迎来稿。</p>", **values}
    )


def test_a_page_is_written_and_published_and_the_footer_links_to_it(db, client):
    new(browser_of(chief_editor())).post("_step", "publish")

    assert 'href="/pages/contribute/"' in client.get("/").content.decode()
    assert "欢迎来稿。" in client.get("/pages/contribute/").content.decode()


def test_a_page_of_an_editor_stays_a_draft_that_the_footer_does_not_name(db, client):
    new(browser_of(editor())).save()

    assert client.get("/pages/contribute/").status_code == 404
    assert "/pages/contribute/" not in client.get("/").content.decode()


def test_an_address_is_that_of_one_page(db):
    factories.draft_page(slug="contribute")

    assert errors_of(new(browser_of(editor())).post()).keys() == {"slug"}


def test_the_text_of_a_public_page_can_be_corrected(db, client):
    page = factories.published_page(slug="contribute")

    change_form(browser_of(chief_editor()), page).fill(body="<p>更正后的文字。</p>").save()

    assert "更正后的文字。" in client.get("/pages/contribute/").content.decode()
