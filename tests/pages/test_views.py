import pytest

from tests.desk.people import browser_of, editor
from tests.factories import draft_page, page_in_review, published_page, scheduled_page, withdrawn_page
from tests.reading import visit

pytestmark = pytest.mark.django_db

HIDDEN = (draft_page, page_in_review, scheduled_page, withdrawn_page)


def test_standing_page_shows_its_title_and_text(client):
    published_page(slug="contribute", title="投稿须知", body="<h2>来稿</h2><p>请注明<strong>单位</strong>。</p>")

    page = visit(client, "/pages/contribute/")

    assert page.h1 == "投稿须知"
    assert [node.text for node in page.main.all("strong")] == ["单位"]


def test_footer_of_every_page_leads_to_the_public_standing_pages_in_their_order(client):
    published_page(slug="contact", position=20)
    published_page(slug="about", position=10)
    for make in HIDDEN:
        make()

    for address in ("/", "/news/", "/pages/about/"):
        assert visit(client, address).links(r"/pages/.*") == ["/pages/about/", "/pages/contact/"]


@pytest.mark.parametrize("make", HIDDEN[:3])
def test_standing_page_that_is_not_public_yet_is_for_staff(client, make):
    hidden = make(title="秘密页面")

    assert "秘密页面" not in visit(client, hidden.get_absolute_url(), 404).text
    page = visit(browser_of(editor()), hidden.get_absolute_url())
    assert (page.h1, page.response["X-Robots-Tag"]) == ("秘密页面", "noindex")
    assert "no-store" in page.response["Cache-Control"]


def test_withdrawn_standing_page_answers_gone_with_the_reason(client):
    page = visit(client, withdrawn_page(title="过期页面", reason="内容过期").get_absolute_url(), 410)

    assert "内容过期" in page.text
    assert "过期页面" not in page.text
