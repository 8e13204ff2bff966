"""A whole edition in full text, to be printed."""

import pytest
from django.conf import settings

from tests.factories import draft_article, figure, photo, published_article, published_edition
from tests.reading import visit

pytestmark = pytest.mark.django_db


def to_print(client, edition):
    return visit(client, f"{edition.get_absolute_url()}print/")


def test_every_public_story_stands_there_in_full_by_page_and_position(client):
    bodies = [f"<p>第{number}篇的正文，" + "很长。" * 100 + "完。</p>" for number in range(3)]
    first, second, third = (published_article(title=f"第{n}篇", body=body) for n, body in enumerate(bodies))
    edition = published_edition(articles=[second, draft_article(title="机密")])
    edition.items.create(article=third, page=2, position=2)
    edition.items.create(article=first, page=2, position=1)

    page = to_print(client, edition)

    assert [heading.text for heading in page.main.all("h3")] == ["第1篇", "第0篇", "第2篇"]
    assert [heading.text for heading in page.main.all("h2")] == ["第1版", "第2版"]
    assert page.text.count("很长。完。") == 3
    assert "机密" not in page.text


def test_a_story_is_printed_with_all_that_was_printed_with_it(client):
    article = published_article(kicker="端午前夕", title="粽叶飘香\n送到门口", subtitle="三家机构同行", byline="扶苗")
    photo(article, caption="包粽子", credit="扶苗 供图", alt_text="桌上的粽子")
    figure(article, text="2374元", what="义卖款")

    (story,) = to_print(client, published_edition(articles=[article])).main.all("article")

    assert [part.text for part in story.children if not isinstance(part, str)][:3] == [
        "端午前夕",
        "粽叶飘香 送到门口",
        "三家机构同行",
    ]
    assert [image.attrs["alt"] for image in story.all("img")] == ["桌上的粽子"]
    assert all(words in story.text for words in ("包粽子 扶苗 供图", "（扶苗）", "义卖款 2374元"))


def test_it_bears_the_masthead_number_and_day(client):
    page = to_print(client, published_edition(title="苍南社会组织", number="第6期"))

    assert page.h1 == "苍南社会组织"
    assert "第6期 2019年6月6日 星期四" in page.text


def test_search_engines_are_sent_to_the_edition_instead(client):
    edition = published_edition(articles=[published_article()])

    page = to_print(client, edition)

    assert page.head_links("canonical") == [settings.SITE_URL + edition.get_absolute_url()]
    assert [meta.attrs["content"] for meta in page.root.all("meta", name="robots")] == ["noindex, follow"]


def test_an_edition_leads_to_what_is_to_be_printed_of_it(client):
    edition = published_edition(articles=[published_article()])

    assert f"{edition.get_absolute_url()}print/" in visit(client, edition.get_absolute_url()).texts_of_links
