"""The screen for twenty briefs: what it proposes, who may enter what, and that nothing is lost or made twice."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from reversion.models import Revision

from newsletter.articles.models import Article, Photo
from newsletter.events.models import Event
from tests import factories
from tests.desk import people
from tests.desk.forms import Form, address, controls, errors_of, messages_of
from tests.desk.people import browser_of, chief_editor, correspondent, editor
from tests.editions.files import stored_files

pytestmark = pytest.mark.django_db

SCREEN = "/admin/articles/article/briefs/"
BOOKS = "6月1日，扶苗公益中心走进灵溪三小，为四十名留守儿童送去书包和童书。"
CHECKUP = "日前，爱友公益服务中心在龙港镇河底高村举行义诊，一百二十位老人量了血压。"
DONORS = "百余名市民来到县献血点，献出热血三万毫升。"


@pytest.fixture
def saplings():
    return factories.organization("苍南县扶苗公益服务中心", short=["扶苗"], alias=["扶苗公益中心"])


@pytest.fixture
def friends():
    return factories.organization("苍南县爱友公益服务中心", short=["爱友"], alias=["爱友公益服务中心"])


@pytest.fixture
def screen(saplings, friends):
    return Form(browser_of(editor()), SCREEN)


def again(form, response, **values):
    """The screen as it came back, with what the browser would post from it."""
    form.data = controls(response.content.decode())
    return form.fill(**values)


def looked_at(form, **values):
    """The screen after the look that proposes what the rows lack."""
    return again(form, form.fill(**values).post("do", "look"))


def save(form):
    return form.post("do", "save")


def saved(form):
    response = save(form)
    assert errors_of(response) == {}
    return response


def links_of(article):
    return {(str(link.organization), link.role) for link in article.organization_links.all()}


# What is proposed.


def test_a_pasted_block_becomes_rows_with_title_text_byline_and_contributor(screen):
    looked_at(screen, block=f"送书进校园\n{BOOKS}（扶苗）\n{DONORS}（王芳）\n{CHECKUP}")

    rows = [
        [screen.data[f"rows-{number}-{name}"] for name in ("title", "text", "byline", "contributor")]
        for number in range(4)
    ]
    assert rows == [
        ["送书进校园", BOOKS, "扶苗", "苍南县扶苗公益服务中心"],
        ["百余名市民来到县献血点", DONORS, "王芳", ""],
        ["爱友公益服务中心在龙港镇河底高村举行义诊", CHECKUP, "", ""],
        ["", "", "", ""],
    ]
    assert screen.data["block"] == ""
    assert Article.objects.count() == 0


def test_a_proposed_title_and_a_missing_byline_are_told(screen):
    page = screen.fill(block=f"送书进校园\n{BOOKS}（扶苗）\n{CHECKUP}").post("do", "look").content.decode()

    first, second = re.findall(r'id="brief-\d+".*?</section>', page, re.S)[:2]
    assert ("brief-badge" in first, "no byline" in first) == (False, False)
    assert (">proposed<" in second, "no byline" in second) == (True, True)


def test_organizations_of_the_text_are_ticked_with_the_role_that_they_have_there(screen, saplings, friends):
    page = screen.fill(rows__0__text=BOOKS + "县爱友公益服务中心参加。", rows__0__title="送书进校园").post("do", "look")

    again(screen, page)
    assert screen.data["rows-0-organizations"] == [str(saplings.pk), str(friends.pk)]
    assert "苍南县扶苗公益服务中心 · Subject" in page.content.decode()


def test_what_was_unticked_or_emptied_stays_so(screen, saplings):
    looked_at(screen, rows__0__text=f"{BOOKS}（扶苗）")

    looked_at(screen, rows__0__organizations=None, rows__0__contributor="", rows__0__title="送书")

    assert "rows-0-organizations" not in screen.data
    assert screen.data["rows-0-contributor"] == ""
    saved(screen)
    assert Article.objects.get().organizations.count() == 0


def test_a_block_goes_into_empty_rows_and_leaves_the_filled_ones(screen):
    screen.fill(rows__0__text=DONORS, rows__0__title="献血", rows__2__title="只有标题")

    looked_at(screen, block=f"{BOOKS}（扶苗）\n{CHECKUP}（爱友）")

    assert [screen.data[f"rows-{number}-text"] for number in range(4)] == [DONORS, BOOKS, "", CHECKUP]


def test_more_briefs_than_rows_make_more_rows_and_what_is_too_much_stays_in_the_block(screen):
    briefs = [f"{number}公里健步走活动在县城举行。（扶苗）" for number in range(100, 165)]

    looked_at(screen, block="\n".join(briefs))

    assert screen.data["rows-TOTAL_FORMS"] == "60"
    assert screen.data["rows-59-text"] == briefs[59].removesuffix("（扶苗）")
    assert screen.data["block"].split("\n\n") == briefs[60:]


# What is saved.


def test_briefs_are_saved_as_drafts_with_their_bylines_to_the_letter(screen, saplings, friends):
    section = factories.section("简讯")
    looked_at(screen, block=f"送书进校园\n{BOOKS}（扶苗 王芳）\n{CHECKUP}（爱友）")

    page = saved(screen.fill(section=section.pk, date="2019-06-06"))

    books, checkup = Article.objects.order_by("-pk")
    assert (books.title, books.body, books.byline) == ("送书进校园", f"<p>{BOOKS}</p>", "扶苗 王芳")
    assert (books.form, books.state, books.section, books.date) == ("brief", "draft", section, factories.DAY)
    assert books.contributor_person == "王芳"
    assert links_of(books) == {(str(saplings), "contributor"), (str(saplings), "subject")}
    assert links_of(checkup) == {(str(friends), "contributor"), (str(friends), "subject")}
    assert messages_of(page) == ["2 briefs were saved as drafts."]
    assert [article for article, _state in page.context["articles"]] == [books, checkup]
    assert Revision.objects.exclude(user=None).count() == 1


def test_the_section_of_briefs_is_chosen_already(db):
    factories.section("要闻")
    briefs = factories.section("简讯")

    assert Form(browser_of(editor()), SCREEN).data["section"] == str(briefs.pk)


def test_rows_that_were_not_looked_at_come_back_once_with_what_was_found(screen, saplings):
    screen.fill(rows__4__text=f"{BOOKS}（扶苗）")

    first = save(screen)
    assert "Nothing is saved yet" in messages_of(first)[0]
    assert Article.objects.count() == 0

    saved(again(screen, first))
    assert links_of(Article.objects.get()) == {(str(saplings), "contributor"), (str(saplings), "subject")}


def test_a_row_about_which_nothing_is_proposed_is_saved_at_once(screen):
    saved(screen.fill(rows__0__text=DONORS, rows__0__title="无偿献血", rows__0__byline="王芳"))

    assert Article.objects.get().contributor_person == "王芳"


def test_several_contributors_and_any_of_their_names_can_be_typed(screen, saplings, friends):
    saved(screen.fill(rows__0__text=DONORS, rows__0__title="无偿献血", rows__0__contributor="扶苗、爱友"))

    assert links_of(Article.objects.get()) == {(str(saplings), "contributor"), (str(friends), "contributor")}


def test_a_contributor_that_was_chosen_is_whom_an_unknown_byline_means(screen, saplings):
    screen.fill(rows__0__text=DONORS, rows__0__title="无偿献血", rows__0__byline="小苗", rows__0__contributor="扶苗")
    saved(screen)

    article = Article.objects.get()
    assert (article.byline, article.contributor_person) == ("小苗", "")
    assert links_of(article) == {(str(saplings), "contributor")}


def test_a_merged_organization_is_linked_as_what_it_has_become(screen, saplings):
    factories.merged_organization(saplings, "苍南县青苗社", short=["青苗"])
    looked_at(screen, rows__0__text=f"{DONORS}（青苗）")

    saved(screen)

    assert links_of(Article.objects.get()) == {(str(saplings), "contributor")}


def test_briefs_come_to_stand_in_an_edition_behind_what_is_there(screen):
    edition = factories.draft_edition(articles=[factories.draft_article()])
    version = edition.version
    looked_at(screen, block=f"送书进校园\n{BOOKS}（扶苗）\n无偿献血\n{DONORS}（王芳）")

    saved(screen.fill(edition=edition.pk))

    edition.refresh_from_db()
    items = [(item.position, str(item.article), item.article.date) for item in edition.items.all()[1:]]
    assert items == [(2, "送书进校园", edition.date), (3, "无偿献血", edition.date)]
    assert edition.version == version + 1


# The event.


def test_the_event_of_a_text_is_proposed_and_made(screen, saplings):
    factories.event_type("慰问")
    looked_at(screen, block=f"{BOOKS}（扶苗）", date="2019-06-06")
    assert [screen.data[f"rows-0-{name}"] for name in ("event_type", "when")] == ["慰问", "2019-06-01"]

    saved(screen)

    event = Event.objects.get()
    assert (event.type.name, event.start_date, event.state) == ("慰问", datetime.date(2019, 6, 1), "draft")
    assert list(event.organizations.all()) == [saplings]
    assert list(Article.objects.get().events.all()) == [event]


@pytest.mark.parametrize(
    ("when", "day", "words"),
    [
        ("2019-06-04", datetime.date(2019, 6, 4), ""),
        ("2019年6月4日", datetime.date(2019, 6, 4), ""),
        ("2019/6/4", datetime.date(2019, 6, 4), ""),
        ("端午前夕", None, "端午前夕"),
        ("2019-02-30", None, "2019-02-30"),
    ],
)
def test_an_event_has_the_day_or_the_words_that_were_typed(screen, when, day, words):
    factories.event_type("义诊")
    screen.fill(rows__0__text=DONORS, rows__0__title="无偿献血", rows__0__event_type="义诊", rows__0__when=when)

    saved(screen)

    event = Event.objects.get()
    assert (event.start_date, event.when_text, event.name) == (day, words, "无偿献血")


def test_an_event_that_is_there_is_linked_and_not_made_again(screen, saplings):
    event = factories.draft_event(type=factories.event_type("慰问"), start_date="2019-06-01", when_text="")
    event.organizations.add(saplings)

    looked_at(screen, block=f"{BOOKS}（扶苗）", date="2019-06-06")
    saved(screen)

    assert list(Article.objects.get().events.all()) == [event]


def test_two_briefs_about_one_event_share_it(screen):
    factories.event_type("慰问")

    looked_at(screen, block=f"{BOOKS}（扶苗）\n{BOOKS}孩子们唱起了歌。（王芳）", date="2019-06-06")
    saved(screen)

    assert [article.events.get() for article in Article.objects.all()] == [Event.objects.get()] * 2


def test_an_event_type_needs_a_day_or_words(screen):
    factories.event_type("义诊")

    refused = save(screen.fill(rows__0__text=DONORS, rows__0__title="献血", rows__0__event_type="义诊"))

    assert errors_of(refused).keys() == {"rows-0-when"}


# Errors.


def test_errors_stand_by_their_row_and_nothing_is_saved(screen):
    screen.fill(rows__0__text=DONORS, rows__0__title="无偿献血")
    screen.fill(rows__1__title="只有标题", rows__2__text=CHECKUP, rows__2__title="字" * 201)
    looked_at(screen, rows__3__text="县城健步走。", rows__3__title="健步走", rows__3__contributor="没有的单位")

    refused = save(screen)

    assert errors_of(refused) == {
        "rows-1-text": ["It has no text yet."],
        "rows-2-title": ["Ensure this value has at most 200 characters (it has 201)."],
        "rows-3-contributor": ["The directory has no organization “没有的单位”."],
    }
    assert refused.context["wrong_rows"] == [2, 3, 4]
    assert controls(refused.content.decode())["rows-0-title"] == "无偿献血"
    assert Article.objects.count() == 0


def test_an_empty_screen_saves_nothing(screen):
    assert messages_of(save(screen)) == ["There is no brief yet."]


def test_a_text_that_is_there_already_is_refused_with_a_link_to_it(screen):
    there = factories.draft_article(body=f"<p>{DONORS}</p>")
    screen.fill(rows__0__text=DONORS, rows__0__title="无偿献血", rows__1__text=CHECKUP, rows__1__title="义诊")
    looked_at(screen, rows__2__text=CHECKUP, rows__2__title="义诊进村")

    refused = save(screen)

    errors = errors_of(refused)
    assert address(there, "change") in errors["rows-0-text"][0]
    assert errors["rows-2-text"] == ["A brief above has the same text."]


def test_where_one_brief_cannot_be_saved_none_is_and_no_file_stays(screen, monkeypatch):
    there_before = stored_files()
    looked_at(screen, block=f"送书\n{BOOKS}（扶苗）\n献血\n{DONORS}（王芳）", rows__1__decorative="on")
    screen.fill(rows__1__picture=factories.picture_file())
    # The first brief is saved last; a type that is gone by then stands for anything that fails in the database.
    gone = factories.event_type("座谈")
    screen.fill(rows__0__event_type="座谈", rows__0__when="日前")
    monkeypatch.setattr(Event, "full_clean", lambda self: (_ for _ in ()).throw(ZeroDivisionError))

    with pytest.raises(ZeroDivisionError):
        save(screen)

    assert (Article.objects.count(), Photo.objects.count(), gone.events.count()) == (0, 0, 0)
    assert [path for path in stored_files() if "photos" in path.parts and path not in there_before] == []


@pytest.mark.parametrize("hostile", ["\x00", "\u202e", "<script>alert(1)</script>", "\ud800"])
def test_hostile_characters_are_cleaned_away(screen, hostile):
    text = f"{DONORS}{hostile}"
    screen.fill(
        block=text.encode("utf-8", "replace").decode(), rows__0__byline=f"王{hostile}芳".encode(errors="replace")
    )

    assert screen.post("do", "look").status_code == 200


@pytest.mark.parametrize("total", ["", "x", "-1", "99999999", "0"])
def test_a_number_of_rows_that_nobody_could_have_is_no_harm(screen, total):
    screen.data["rows-TOTAL_FORMS"] = total

    saved(screen.fill(rows__0__text=DONORS, rows__0__title="无偿献血"))

    assert Article.objects.count() == 1


# Photos.


def test_a_photo_stands_beside_its_brief_with_its_words(screen):
    screen.fill(rows__0__text=DONORS, rows__0__title="无偿献血", rows__0__picture=factories.picture_file())
    saved(screen.fill(rows__0__caption="献血现场", rows__0__credit="王芳", rows__0__alt_text="市民挽起衣袖"))

    photo = Article.objects.get().photos.get()
    assert (photo.caption, photo.credit, photo.alt_text) == ("献血现场", "王芳", "市民挽起衣袖")
    assert (photo.picture_width, photo.decorative) == (60, False)


def test_a_photo_is_kept_while_something_else_is_wrong(screen):
    screen.fill(rows__0__title="无偿献血", rows__0__picture=factories.picture_file("献血现场.jpg"))

    refused = save(screen)
    assert errors_of(refused).keys() == {"rows-0-text"}
    assert "“献血现场.jpg” is kept" in refused.content.decode()
    looked_at(again(screen, refused, rows__0__text=DONORS))
    saved(screen)

    assert Article.objects.get().photos.count() == 1


def test_a_photo_is_kept_while_a_block_is_split(screen):
    screen.fill(rows__0__text=DONORS, rows__0__title="献血", rows__0__picture=factories.picture_file())

    looked_at(screen, block=f"{BOOKS}（扶苗）")
    saved(screen)

    assert [article.photos.count() for article in Article.objects.order_by("-pk")] == [1, 0]


def test_a_kept_photo_that_is_gone_is_told(screen):
    screen.fill(rows__0__text=DONORS, rows__0__title="献血")
    screen.data["rows-0-picture-kept"] = "5a66db89-30d7-4151-86d3-f7b6b9f5e67f"

    assert "no longer there" in messages_of(save(screen))[0]
    assert Article.objects.count() == 0


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"rows__0__caption": "献血现场"}, "rows-0-picture"),
        ({"rows__0__picture": "no picture"}, "rows-0-picture"),
        ({"rows__0__picture": "", "rows__0__decorative": "on", "rows__0__alt_text": "献血"}, "rows-0-alt_text"),
    ],
)
def test_what_a_photo_cannot_be_is_told_by_its_row(screen, values, field):
    screen.fill(rows__0__text=DONORS, rows__0__title="献血", **values)
    if "rows__0__picture" in values:
        content = values["rows__0__picture"].encode() or None
        screen.fill(rows__0__picture=factories.picture_file(content=content))

    assert field in errors_of(save(screen))
    assert Article.objects.count() == 0


# Once.


def test_the_same_screen_sent_twice_makes_each_brief_once(screen):
    looked_at(screen, block=f"{BOOKS}（扶苗）\n{CHECKUP}（爱友）")

    first, second = save(screen), save(screen)

    assert Article.objects.count() == 2
    assert first.redirect_chain == second.redirect_chain
    assert [article.pk for article, _state in second.context["articles"]] == [
        *Article.objects.order_by("-pk").values_list("pk", flat=True)
    ]


def test_a_screen_that_was_saved_and_is_sent_with_other_words_is_refused(screen):
    looked_at(screen, block=f"{BOOKS}（扶苗）")
    saved(screen)

    refused = save(screen.fill(rows__0__text=CHECKUP, rows__0__title="义诊"))

    assert "was saved once already" in messages_of(refused)[0]
    assert Article.objects.count() == 1


# Who.

MAY = {people.CORRESPONDENT: True, people.EDITOR: True, people.CHIEF_EDITOR: True, people.ADMINISTRATOR: False}


@pytest.mark.parametrize("role", MAY)
def test_a_post_of_who_may_not_write_articles_changes_nothing(role):
    client = browser_of(people.member(role, writes_for=[factories.organization()]))
    post = {"do": "save", "rows-TOTAL_FORMS": "1", "rows-0-text": DONORS, "rows-0-title": "献血"}

    response = client.post(SCREEN, post)

    assert (response.status_code, Article.objects.count()) == ((302, 1) if MAY[role] else (403, 0))


def test_nobody_without_an_account_enters_anything(client):
    response = client.post(SCREEN, {"do": "save", "rows-0-text": DONORS, "rows-0-title": "献血"})

    assert response["Location"].startswith("/admin/login/")
    assert Article.objects.count() == 0


def test_a_correspondent_enters_briefs_of_their_organization(saplings, friends):
    person = correspondent(saplings)
    form = looked_at(Form(browser_of(person), SCREEN), block=f"{BOOKS}（扶苗）\n献血\n{DONORS}（王芳）")

    saved(form)

    books, donors = Article.objects.order_by("-pk")
    assert links_of(books) == {(str(saplings), "contributor"), (str(saplings), "subject")}
    assert (links_of(donors), donors.created_by) == ({(str(saplings), "contributor")}, person)


def test_a_correspondent_enters_no_brief_of_another_organization(saplings, friends):
    form = looked_at(Form(browser_of(correspondent(saplings)), SCREEN), block=f"{BOOKS}（扶苗）\n{CHECKUP}（爱友）")

    refused = save(form)

    assert errors_of(refused) == {"rows-1-contributor": ["You do not write for “苍南县爱友公益服务中心”."]}
    assert Article.objects.count() == 0


def test_a_correspondent_sees_the_names_of_their_organizations_only_and_no_event_or_edition(saplings, friends):
    factories.draft_edition()
    page = Form(browser_of(correspondent(saplings)), SCREEN)

    html = page.page.content.decode()
    assert ("苍南县扶苗公益服务中心" in html, "苍南县爱友公益服务中心" in html) == (True, False)
    assert not {"edition", "page", "rows-0-event_type", "rows-0-when"} & page.data.keys()


def test_a_correspondent_makes_no_event_and_fills_no_edition_by_posting_it(saplings):
    factories.event_type("慰问")
    edition = factories.draft_edition()
    form = looked_at(Form(browser_of(correspondent(saplings)), SCREEN), block=f"{BOOKS}（扶苗）")
    form.data |= {"edition": edition.pk, "page": "1", "rows-0-event_type": "慰问", "rows-0-when": "日前"}

    saved(form)

    assert (Event.objects.count(), edition.items.count(), Article.objects.count()) == (0, 0, 1)


def test_a_correspondent_is_told_of_a_text_that_is_there_but_not_which(saplings):
    factories.draft_article("别人的稿件", body=f"<p>{DONORS}</p>", organizations=[factories.organization()])
    form = Form(browser_of(correspondent(saplings)), SCREEN).fill(rows__0__text=DONORS, rows__0__title="献血")

    refused = save(form)

    assert errors_of(refused) == {"rows-0-text": ["There is an article of this text already."]}
    assert "别人的稿件" not in refused.content.decode()


# What was made.


def test_all_that_was_made_can_be_submitted_at_once(screen):
    looked_at(screen, block=f"{BOOKS}（扶苗）\n{CHECKUP}（爱友）")
    page = saved(screen).content.decode()
    action = re.search(r'<form method="post" action="(/admin/articles/article/\?id__in=[\d,]+)"', page)[1]

    chosen = re.findall(r'name="_selected_action" value="(\d+)"', page)
    response = screen.client.post(
        action, {"action": "submit_selected", "index": "0", "_selected_action": chosen}, follow=True
    )

    assert {article.state for article in Article.objects.all()} == {"review"}
    assert list(response.context["cl"].result_list) == [*Article.objects.order_by("-pk")]


def test_what_somebody_else_made_is_not_shown(screen):
    looked_at(screen, block=f"{BOOKS}（扶苗）")
    [(made, _status)] = saved(screen).redirect_chain

    page = browser_of(chief_editor()).get(made)

    assert page.context["articles"] == []


@pytest.mark.parametrize("made", ["0", "x", "9" * 40, "-1", "1 or 1"])
def test_a_number_of_nothing_shows_nothing(screen, made):
    assert screen.client.get(SCREEN, {"made": made}).context["articles"] == []


def test_the_list_of_articles_and_the_desk_lead_here():
    client = browser_of(editor())

    for page in (address(Article), "/admin/"):
        assert f'href="{SCREEN}"' in client.get(page).content.decode()


# Queries.


def block_of(count):
    return "\n".join(
        f"第{number}场\n6月{number}日，扶苗公益中心携手爱友公益服务中心在县城举行第{number}场义诊，到场{number}人。（扶苗）"
        for number in range(1, count + 1)
    )


@pytest.mark.parametrize("count", [1, 20])
def test_the_screen_asks_the_same_number_of_queries_of_any_number_of_rows(screen, count):
    factories.event_type("志愿服务")
    screen.fill(block=block_of(count))

    with CaptureQueriesContext(connection) as blank:
        screen.client.get(SCREEN)
    with CaptureQueriesContext(connection) as looks:
        looked_at(screen)

    assert screen.data[f"rows-{count - 1}-contributor"] == "苍南县扶苗公益服务中心"
    assert (len(blank), len(looks)) == (11, 15)


def test_twenty_briefs_are_saved_at_once(screen, saplings):
    factories.event_type("志愿服务")
    looked_at(screen, block=block_of(20), date="2019-06-30")

    saved(screen)

    articles = Article.objects.order_by("-pk")
    assert [article.title for article in articles] == [f"第{number}场" for number in range(1, 21)]
    assert {article.byline for article in articles} == {"扶苗"}
    assert saplings.article_links.filter(role="contributor").count() == 20
    assert [article.events.get().start_date.day for article in articles] == [*range(1, 21)]
    assert Revision.objects.exclude(user=None).count() == 1
