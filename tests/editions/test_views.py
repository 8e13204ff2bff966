import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.desk.people import browser_of, editor
from tests.factories import (
    DAY,
    draft_article,
    draft_edition,
    edition_in_review,
    published_article,
    published_edition,
    scheduled_article,
    scheduled_edition,
    withdrawn_article,
    withdrawn_edition,
)
from tests.reading import ARTICLE, EDITION, addresses, visit

pytestmark = pytest.mark.django_db

HIDDEN = (draft_edition, edition_in_review, scheduled_edition, withdrawn_edition)


def june(day):
    return datetime.date(2019, 6, day)


def hidden_editions(date):
    for make in HIDDEN:
        make(date=date)


def printed_page(edition, number=1, **values):
    file = SimpleUploadedFile("第一版.pdf", b"%PDF-1.4 page")
    return edition.pages.create(number=number, file=file, **values)


def test_editions_stand_newest_first(client):
    new, old = published_edition(date=june(9)), published_edition(date=june(2))
    hidden_editions(june(10))

    assert visit(client, "/editions/").links(EDITION) == addresses(new, old)


def test_list_says_how_many_pages_an_edition_has(client):
    edition = published_edition(number="第6期")
    for number in (1, 2, 3):
        edition.pages.create(number=number)
    edition.items.create(article=published_article(), position=1)

    item = next(node for node in visit(client, "/editions/").main.all("li") if "第6期" in node.text)

    assert "3" in item.text


def test_edition_shows_its_public_stories_by_page_and_position(client):
    edition = published_edition(
        articles=[published_article(title="一"), draft_article(), published_article(title="二")]
    )
    second_page = published_article(title="三")
    edition.items.create(article=second_page, page=2, position=1)
    edition.items.create(article=scheduled_article(), page=2, position=2)
    edition.items.create(article=withdrawn_article(), page=3, position=1)
    edition.pages.create(number=1, title="要闻")

    page = visit(client, edition.get_absolute_url())
    sections = {node.attrs["id"]: node for node in page.main.all("section") if node.attrs.get("id")}

    assert [[link.attrs["href"] for link in node.all("h3")[0].all("a")] for node in sections.values()] == [
        [edition.items.get(position=1, page=1).article.get_absolute_url()],
        addresses(second_page),
    ]
    assert list(sections) == ["page-1", "page-2"]
    assert "要闻" in sections["page-1"].text
    assert len(page.links(ARTICLE)) == 3


def test_edition_shows_its_title_number_and_day(client):
    edition = published_edition(title="苍南社会组织", number="第6期")

    page = visit(client, edition.get_absolute_url())

    assert page.h1 == "苍南社会组织 第6期"
    assert page.days == ["2019-06-06"]


def test_edition_leads_to_the_public_ones_before_and_after_it(client):
    before, here, after = (published_edition(date=june(day)) for day in (2, 9, 16))
    published_edition(date=june(1))
    published_edition(date=june(30))
    hidden_editions(june(8))
    hidden_editions(june(10))

    page = visit(client, here.get_absolute_url())

    assert (page.link_to("prev"), page.link_to("next")) == tuple(addresses(before, after))


def test_walk_from_edition_to_edition_misses_none_of_one_day(client):
    editions = [published_edition(date=day) for day in (june(2), june(9), june(9), june(16))]
    address, walked = editions[-1].get_absolute_url(), []

    while address:
        walked.append(address)
        address = visit(client, address).link_to("prev")

    assert walked == addresses(*reversed(editions))


def test_printed_page_can_be_downloaded_while_its_edition_is_public(client):
    edition = published_edition(title="苍南社会组织")
    address = printed_page(edition).file_url
    assert address in visit(client, edition.get_absolute_url()).texts_of_links

    response = client.get(address)

    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert b"".join(response.streaming_content) == b"%PDF-1.4 page"

    edition.withdraw(reason="版面有误")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("make", HIDDEN)
def test_printed_page_of_an_edition_that_is_not_public_is_not_found(client, make):
    assert client.get(printed_page(make()).file_url).status_code == 404


def test_staff_see_the_printed_page_of_a_draft_and_no_cache_keeps_it():
    response = browser_of(editor()).get(printed_page(draft_edition()).file_url)

    assert response.status_code == 200
    assert "no-store" in response.get("Cache-Control", "")


def test_page_without_a_file_or_with_a_lost_one_is_not_found(client):
    edition = published_edition()
    lost, bare = printed_page(edition), edition.pages.create(number=2)
    lost.file.storage.delete(lost.file.name)

    for address in (bare.file_url, lost.file_url, f"{edition.get_absolute_url()}pages/3.pdf"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("make", HIDDEN[:3])
def test_edition_that_is_not_public_yet_is_for_staff_with_all_its_stories(client, make):
    article = draft_article()
    edition = make(articles=[article], date=DAY)

    visit(client, edition.get_absolute_url(), 404)
    page = visit(browser_of(editor()), edition.get_absolute_url())
    assert page.links(ARTICLE) == addresses(article)
    assert "no-store" in page.response["Cache-Control"]
    assert page.response["X-Robots-Tag"] == "noindex"


def test_withdrawn_edition_answers_gone_with_the_reason_and_its_public_stories_stay(client):
    article = published_article(title="好新闻")
    edition = published_edition(articles=[article], number="第6期")
    edition.withdraw(reason="版面有误")

    page = visit(client, edition.get_absolute_url(), 410)

    assert "版面有误" in page.text
    assert "第6期" not in page.text
    assert visit(client, article.get_absolute_url()).h1 == "好新闻"
