import datetime
from io import BytesIO

import pytest
import segno

from tests.desk.people import browser_of, correspondent, editor
from tests.factories import (
    article_in_review,
    attachment,
    draft_article,
    draft_edition,
    draft_event,
    figure,
    organization,
    photo,
    published_article,
    published_award,
    published_edition,
    published_event,
    scheduled_article,
    section,
    staff,
    unlisted_organization,
    user,
    withdrawn_article,
    withdrawn_award,
    withdrawn_event,
)
from tests.reading import ARTICLE, AWARD, EDITION, EVENT, ORGANIZATION, addresses, visit

pytestmark = pytest.mark.django_db


def test_article_shows_its_headline_group_line_by_line(client):
    article = published_article(kicker="引题文字", title="第一行\n第二行\n第三行", subtitle="副题文字")

    page = visit(client, article.get_absolute_url())

    assert page.h1 == "第一行 第二行 第三行"
    assert page.text.index("引题文字") < page.text.index("第一行") < page.text.index("副题文字")
    assert page.root.all("title")[0].text.startswith("第一行 第二行 第三行")


def test_article_shows_its_whole_text_as_markup(client):
    article = published_article(body="<p>第一段&amp;一</p><h2>小标题</h2><p>第二段<strong>重点</strong></p>")

    page = visit(client, article.get_absolute_url())

    assert next(node.text for node in page.main.all("h2")) == "小标题"
    assert "第一段&一" in page.text
    assert [node.text for node in page.main.all("strong")] == ["重点"]


def test_byline_stands_to_the_letter_in_full_width_brackets(client):
    # Names of the day stay as printed, whatever the organization is called.
    writer = organization("苍南县扶苗公益中心", short=["扶苗"])
    article = published_article(byline="扶 苗/林 某 某")
    article.organization_links.create(organization=writer, role="contributor")

    assert "（扶 苗/林 某 某）" in visit(client, article.get_absolute_url()).text


def test_article_without_a_byline_shows_no_empty_brackets(client):
    assert "（" not in visit(client, published_article(byline="").get_absolute_url()).text


def test_article_shows_its_day_and_section(client):
    article = published_article(date="2019-06-04", section=section("要闻"))

    page = visit(client, article.get_absolute_url())

    assert page.days == ["2019-06-04"]
    assert page.texts_of_links["/sections/yaowen/"] == "要闻"


def test_article_names_its_organizations_by_role(client):
    names = {role: f"{role}单位" for role in ("contributor", "subject", "mentioned")}
    article = published_article(contributor_person="林某某")
    for role, name in reversed(names.items()):
        article.organization_links.create(organization=organization(name, slug=role), role=role)

    page = visit(client, article.get_absolute_url())

    assert list(page.facts.values()) == [["contributor单位", "林某某"], ["subject单位"], ["mentioned单位"]]
    assert page.links(ORGANIZATION) == [f"/orgs/{role}/" for role in names]


def test_photos_have_alternative_texts_captions_and_credits(client):
    article = published_article()
    second = photo(article, caption="包粽子", alt_text="志愿者在包粽子", credit="爱友 供图", position=2)
    first, decorative = photo(article, caption="现场"), photo(article, decorative=True, position=3)

    page = visit(client, article.get_absolute_url())

    images = [image for figure in page.main.all("figure") for image in figure.all("img")]
    assert [(image.attrs["src"], image.attrs["alt"]) for image in images] == [
        (first.wide_url, "现场"),
        (second.wide_url, "志愿者在包粽子"),
        (decorative.wide_url, ""),
    ]
    assert [caption.text for caption in page.main.all("figcaption")] == ["现场", "包粽子 爱友 供图"]
    assert [(image.attrs["width"], image.attrs["height"]) for image in images] == [("60", "40")] * 3


def test_figures_stand_in_the_printed_words(client):
    article = published_article()
    figure(article, value=2_000_000, text="近200万元", approximate=True, what="义卖款", year=2018)

    assert visit(client, article.get_absolute_url()).facts == {"义卖款 2018年": ["近200万元"]}


def test_article_leads_to_the_events_awards_tags_and_files_that_it_has(client):
    event, award = published_event(name="共享工厂讲座", venue="龙港财富广场"), published_award(name="“四好”商会")
    article = published_article(events=[event], awards=[award], tags=["端午", "高考"])
    file = attachment(article, title="报名表")

    page = visit(client, article.get_absolute_url())

    assert page.texts_of_links[event.get_absolute_url()] == "共享工厂讲座"
    assert "龙港财富广场" in page.text
    assert "“四好”商会" in page.texts_of_links[award.get_absolute_url()]
    assert page.links(r"/tags/.*") == ["/tags/duanwu/", "/tags/gaokao/"]
    assert page.texts_of_links[file.get_absolute_url()] == "报名表.pdf"


def test_event_and_award_that_are_not_public_are_plain_text(client):
    hidden = [draft_event("草稿活动"), withdrawn_event(name="撤回活动")]
    article = published_article(events=hidden, awards=[withdrawn_award(name="撤回荣誉")])

    page = visit(client, article.get_absolute_url())

    assert page.links(f"{EVENT}|{AWARD}") == []
    assert [name in page.text for name in ("草稿活动", "撤回活动", "撤回荣誉")] == [True, True, True]


def test_facts_of_an_event_or_award_that_is_not_public_are_not_shown(client):
    # They may be what it was withdrawn for.
    event = withdrawn_event(name="撤回活动", venue="错误地点", status="cancelled", status_reason="错误原因")
    award = withdrawn_award(name="撤回荣誉", issuer=organization("错误单位"))
    award.recipients.create(person="错误姓名", project="错误项目")
    article = published_article(events=[event], awards=[award])

    assert "错误" not in visit(client, article.get_absolute_url()).text


# Its place in the printed edition.


def test_article_leads_to_its_edition_and_page_and_to_its_public_neighbours_there(client):
    first, hidden, here, scheduled, after = (
        make(title=title)
        for make, title in zip(
            (published_article, draft_article, published_article, scheduled_article, published_article),
            ("前文", "草稿", "本文", "定时", "后文"),
            strict=True,
        )
    )
    edition = published_edition(articles=[first, hidden, here, scheduled])
    edition.items.create(article=after, page=2, position=1)

    page = visit(client, here.get_absolute_url())

    assert page.links(f"{EDITION}.*") == [f"{edition.get_absolute_url()}pages/1/"]
    assert (page.link_to("prev"), page.link_to("next")) == tuple(addresses(first, after))
    assert page.links(ARTICLE) == addresses(first, after)


def test_first_and_last_article_of_an_edition_have_one_neighbour(client):
    first, last = published_article(title="前文"), published_article(title="后文")
    published_edition(articles=[first, last])

    assert visit(client, first.get_absolute_url()).links(ARTICLE) == addresses(last)
    assert visit(client, last.get_absolute_url()).links(ARTICLE) == addresses(first)


def test_edition_that_is_not_public_is_not_named(client):
    article = published_article()
    edition = draft_edition(articles=[article, published_article(title="后文")], title="未发布期")

    page = visit(client, article.get_absolute_url())

    assert page.links(f"{ARTICLE}|{EDITION}.*") == []
    assert edition.title not in page.text


def test_public_edition_is_named_though_an_earlier_one_is_not_public(client):
    article = published_article()
    draft_edition(articles=[article], date=datetime.date(2019, 1, 1))
    edition = published_edition(articles=[article])

    assert visit(client, article.get_absolute_url()).links(f"{EDITION}.*") == [f"{edition.get_absolute_url()}pages/1/"]


# What is not public.


@pytest.mark.parametrize("make", [draft_article, article_in_review, scheduled_article])
def test_article_that_is_not_public_yet_is_not_found(client, make):
    assert "孤寡老人" not in visit(client, make().get_absolute_url(), 404).text


def test_withdrawn_article_says_that_it_is_gone_and_why(client):
    article = published_article(title="孤寡老人")
    assert visit(client, article.get_absolute_url()).h1 == "孤寡老人"

    article.withdraw(reason="捐款数额有误 <b>")
    page = visit(client, article.get_absolute_url(), 410)

    assert "捐款数额有误 <b>" in page.text
    assert "孤寡老人" not in page.response.content.decode()


def test_article_that_was_withdrawn_before_anybody_could_see_it_is_not_found(client):
    article = withdrawn_article()
    type(article).objects.update(first_public_at=None)

    visit(client, article.get_absolute_url(), 404)


@pytest.mark.parametrize("make", [draft_article, article_in_review, scheduled_article])
def test_editor_previews_what_is_not_public_yet_and_no_cache_keeps_it(make):
    article = make(title="孤寡老人")

    page = visit(browser_of(editor()), article.get_absolute_url())

    assert page.h1 == "孤寡老人"
    assert page.main.all("div", role="status") != []
    assert "no-store" in page.response["Cache-Control"]
    assert page.response["X-Robots-Tag"] == "noindex"


def test_public_article_shows_staff_no_banner():
    page = visit(browser_of(editor()), published_article().get_absolute_url())

    assert page.main.all("div", role="status") == []
    assert "X-Robots-Tag" not in page.response


def test_correspondent_previews_the_drafts_of_the_own_organization_only():
    own, other = organization(), organization()
    drafts = [draft_article(organizations=[organization]) for organization in (own, other)]
    browser = browser_of(correspondent(own))

    visit(browser, drafts[0].get_absolute_url())
    visit(browser, drafts[1].get_absolute_url(), 404)


@pytest.mark.parametrize("account", [user, staff])
def test_account_without_the_right_previews_nothing(account):
    visit(browser_of(account()), draft_article().get_absolute_url(), 404)


def test_preview_links_to_no_organization_that_is_not_public():
    article = draft_article(organizations=[unlisted_organization("未公开单位"), organization("公开单位", slug="open")])

    page = visit(browser_of(editor()), article.get_absolute_url())

    assert page.links(ORGANIZATION) == ["/orgs/open/"]
    assert "未公开单位" in page.text


# What leads on from a story.


def related(client, article):
    page = visit(client, article.get_absolute_url())
    return [
        node.text
        for section in page.main.all("section")
        if section.attrs.get("aria-labelledby") == "related"
        for node in section.all("a")
    ]


def test_related_are_reports_of_the_same_event_then_news_of_the_same_organizations(client):
    own, other, event = organization(), organization(), published_event()
    article = published_article(title="这一篇", organizations=[own], events=[event])
    published_article(title="同一活动", events=[event], date="2019-06-01")
    published_article(title="同一单位", organizations=[own], date="2019-06-07")
    published_article(title="别的单位", organizations=[other])
    draft_article(title="草稿", organizations=[own], events=[event])

    assert related(client, article) == ["同一活动", "同一单位"]


def test_who_is_only_named_relates_nothing(client):
    own = organization()
    article = published_article(organizations=[own])
    named = published_article(title="提到它的")
    named.organization_links.create(organization=own, role="mentioned")

    assert related(client, article) == []
    assert related(client, named) == []


def test_a_story_has_its_address_as_a_code_for_phones(client, settings):
    article = published_article()

    response = client.get(f"{article.get_absolute_url()}qr.svg")

    assert response["Content-Type"] == "image/svg+xml"
    wanted = BytesIO()
    segno.make(settings.SITE_URL + article.get_absolute_url(), error="m", micro=False).save(
        wanted, kind="svg", scale=6, border=3, light="#ffffff", xmldecl=False
    )
    assert response.content == wanted.getvalue()


@pytest.mark.parametrize("article", [draft_article, article_in_review, scheduled_article, withdrawn_article])
def test_what_is_not_public_has_no_code(client, article):
    assert client.get(f"{article().get_absolute_url()}qr.svg").status_code == 404
