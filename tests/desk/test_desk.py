"""The front page of the admin: what needs somebody now, and only what the person may see."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.desk.forms import address
from tests.desk.people import administrator, browser_of, chief_editor, correspondent, editor


def desk(person):
    """`{list: [what stands in it]}` of the person's desk."""
    context = browser_of(person).get("/admin/").context
    lists = ("to_review", "sent_back", "waiting", "scheduled", "drafts", "editions")
    return {name: [row["object"] for row in context[name]] for name in lists}


EMPTY = {"to_review": [], "sent_back": [], "waiting": [], "scheduled": [], "drafts": [], "editions": []}


def test_what_waits_for_review_stands_there_whatever_kind_it_is(db):
    waiting = [
        factories.article_in_review(),
        factories.event_in_review(),
        factories.award_in_review(),
        factories.page_in_review(),
    ]
    factories.draft_article()
    factories.published_article()

    assert {*desk(chief_editor())["to_review"]} == {*waiting}
    assert {*desk(editor())["waiting"]} == {*waiting}


def test_what_is_scheduled_stands_there_with_the_next_one_first(db):
    later = factories.scheduled_article()
    sooner = factories.scheduled_article(factories.FUTURE.replace(year=2198))
    factories.published_article()

    assert desk(editor())["scheduled"] == [sooner, later]


def test_my_drafts_are_mine_with_the_newest_first(db):
    person, other = editor(), editor()
    first = factories.draft_article(created_by=person, modified_by=person)
    second = factories.draft_event(created_by=person, modified_by=person)
    factories.draft_article(created_by=other, modified_by=other)
    factories.article_in_review(created_by=person, modified_by=person)

    assert {*desk(person)["drafts"]} == {first, second}


def test_a_draft_that_was_sent_back_stands_among_the_drafts_of_its_writer(db):
    own = factories.organization()
    writer, reviewer = correspondent(own), editor()
    article = factories.draft_article(organizations=[own], created_by=writer, modified_by=writer)

    article.submit(by=writer)
    article.send_back(by=reviewer, note="请核对日期")

    assert desk(writer)["drafts"] == [article]


def test_the_edition_in_work_shows_its_stories_with_their_states(db):
    stories = [factories.draft_article(title="草稿一篇"), factories.article_in_review(title="送审一篇")]
    edition = factories.draft_edition(title="苍南社会组织", articles=stories)
    factories.published_edition(title="上一期")

    page = browser_of(editor()).get("/admin/")

    assert [row["object"] for row in page.context["editions"]] == [edition]
    content = page.content.decode()
    assert content.index("草稿一篇") < content.index('"state state-draft"')
    assert content.index("送审一篇") < content.index('"state state-review"')
    assert address(edition, "change") in content
    assert "上一期" not in content


def test_every_row_leads_to_the_page_where_it_is_changed(db):
    article, event = factories.article_in_review(), factories.scheduled_event()

    content = browser_of(editor()).get("/admin/").content.decode()

    assert [address(obj, "change") in content for obj in (article, event)] == [True, True]


def test_a_correspondent_sees_on_the_desk_only_what_they_may_see(db):
    own = factories.organization()
    mine = factories.article_in_review(organizations=[own])
    soon = factories.scheduled_article(organizations=[own])
    factories.article_in_review(organizations=[factories.organization()])
    factories.scheduled_article(organizations=[factories.organization()])
    factories.draft_edition(articles=[factories.draft_article(title="别人的稿件")])

    shown = desk(correspondent(own))

    assert shown == {**EMPTY, "waiting": [mine], "scheduled": [soon]}


def test_an_administrator_sees_no_news_on_the_desk(db):
    factories.article_in_review()
    factories.scheduled_article()
    factories.draft_edition(articles=[factories.draft_article()])

    assert desk(administrator()) == EMPTY


def test_a_correspondent_is_not_invited_to_begin_an_edition(db):
    invitation = f'href="{address(factories.Edition, "add")}"'

    assert invitation not in browser_of(correspondent()).get("/admin/").content.decode()
    assert invitation in browser_of(editor()).get("/admin/").content.decode()


def test_an_empty_desk_says_so_and_fails_nowhere(db):
    assert desk(chief_editor()) == EMPTY


@pytest.mark.parametrize("names", ["{}_in_review", "draft_{}", "scheduled_{}"])
def test_the_desk_runs_the_same_queries_for_one_row_and_for_three(db, names, django_assert_num_queries):
    person = editor()
    client = browser_of(person)

    def fill():
        by = person if names == "draft_{}" else editor()
        for kind in ("article", "event", "award", "page"):
            getattr(factories, names.format(kind))(modified_by=by)
        getattr(factories, names.format("event"))(name="", hosts=[factories.organization()], modified_by=by)

    fill()
    client.get("/admin/")
    with django_assert_num_queries(100, exact=False) as one:
        client.get("/admin/")
    fill()
    fill()

    with django_assert_num_queries(len(one)):
        client.get("/admin/")


# What waits for me.


def count_beside_the_desk(person, path="/admin/"):
    found = re.search(r"To review: (\d+)", browser_of(person).get(path).content.decode())
    return found and int(found[1])


def test_the_desk_shows_each_person_what_they_may_pass_next(db, settings):
    settings.REVIEWS = 2
    reader, chief = editor(), chief_editor()
    fresh, half, edition = factories.article_in_review(), factories.event_in_review(), factories.edition_in_review()
    half.approve(by=reader)

    assert {*desk(reader)["to_review"]} == {fresh, edition}
    assert desk(reader)["waiting"] == [half]
    assert {*desk(chief)["to_review"]} == {fresh, half, edition}
    assert desk(chief)["waiting"] == []


def test_a_draft_sent_back_waits_for_its_writer_with_the_words(db):
    own = factories.organization()
    writer = correspondent(own)
    article = factories.draft_article(organizations=[own], created_by=writer)
    article.submit(by=writer)
    article.send_back(by=editor(), note="请核对人数")

    assert desk(writer)["sent_back"] == [article]
    assert desk(editor())["sent_back"] == []
    assert "请核对人数" in browser_of(writer).get("/admin/").content.decode()


def test_every_page_of_the_admin_counts_what_waits_for_the_person(db):
    for kind in ("article", "event", "award", "edition", "page"):
        getattr(factories, f"{kind}_in_review")()
    draft = factories.draft_article()

    assert count_beside_the_desk(chief_editor(), address(draft, "change")) == 5
    assert count_beside_the_desk(editor()) is None


def test_who_reviews_nothing_is_counted_nothing_and_costs_no_query(db):
    factories.article_in_review()
    client = browser_of(administrator())
    client.get("/admin/password_change/")

    with CaptureQueriesContext(connection) as queries:
        content = client.get("/admin/password_change/").content.decode()

    assert "To review" not in content
    assert not any("articles_article" in query["sql"] for query in queries)


@pytest.mark.parametrize("reviews", [1, 3])
def test_the_count_of_all_kinds_is_one_query(db, settings, reviews):
    settings.REVIEWS = reviews
    client = browser_of(chief_editor())
    for _ in range(3):
        factories.article_in_review()
    client.get("/admin/password_change/")

    with CaptureQueriesContext(connection) as queries:
        client.get("/admin/password_change/")

    assert len([query for query in queries if "COUNT(" in query["sql"]]) == 1
