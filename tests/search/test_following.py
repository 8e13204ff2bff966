"""The index follows what is stored, and nobody finds what they may not see."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from newsletter.articles.models import Article
from newsletter.events.models import Event
from newsletter.records.history import restore, versions_of
from newsletter.search.engines import engine
from newsletter.search.models import Entry, EntryText
from newsletter.search.query import read_query
from newsletter.search.results import Search, public
from orgs.merging import merge, unmerge
from orgs.models import Merger, Organization
from tests.factories import (
    FUTURE,
    article_in_review,
    draft_article,
    draft_award,
    draft_edition,
    draft_event,
    event_type,
    organization,
    photo,
    published_article,
    published_award,
    published_edition,
    published_event,
    scheduled_article,
    staff,
    tag,
    trashed,
    unlisted_organization,
    withdrawn_article,
)
from tests.search.finding import assert_index_is_true, found, staff_finds

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def index_is_true_at_the_end():
    yield
    assert_index_is_true()


@pytest.mark.parametrize(
    "make",
    [
        draft_article,
        article_in_review,
        scheduled_article,
        withdrawn_article,
        lambda **v: draft_article(**trashed(), **v),
    ],
)
def test_what_is_not_public_is_found_by_staff_only(make):
    article = make(title="标记词")

    assert (found("标记词"), staff_finds("标记词")) == ([], [article])


@pytest.mark.parametrize(
    ("draft", "published", "name"),
    [
        (draft_event, published_event, "name"),
        (draft_award, published_award, "name"),
        (draft_edition, published_edition, "title"),
    ],
)
def test_each_kind_is_found_once_it_is_public(draft, published, name):
    draft(**{name: "标记词甲"})
    public = published(**{name: "标记词乙"})

    assert found("标记词") == [public]


def test_scheduled_article_is_found_from_its_moment_on():
    article = scheduled_article(title="标记词")

    def found_at(moment):
        return [entry.object_id for entry in Search(read_query("标记词"), public(moment)).page().entries]

    assert found_at(FUTURE - datetime.timedelta(seconds=1)) == []
    assert found_at(FUTURE) == [article.pk]


def test_article_is_found_from_publishing_to_withdrawing_and_again():
    article = draft_article(title="标记词")
    for step, is_found in (
        (lambda: article.publish(), True),
        (lambda: article.withdraw(reason="有误"), False),
        (lambda: article.publish(), True),
        (lambda: article.withdraw(reason="有误"), False),
        (lambda: article.trash(), False),
        (lambda: article.restore(), False),
    ):
        step()
        assert found("标记词") == ([article] if is_found else [])


def test_changed_text_is_found_by_its_new_words_only():
    article = published_article(body="<p>旧的词语</p>")
    article.body = "<p>新的文字</p>"
    article.save()

    assert (found("旧的词语"), found("新的文字")) == ([], [article])


def test_article_of_another_day_moves_to_its_place():
    old, new = published_article(title="慈善", date="2019-01-01"), published_article(title="慈善", date="2019-02-01")
    old = Article.objects.get(pk=old.pk)
    old.date = datetime.date(2019, 3, 1)
    old.save()

    assert found("慈善") == [old, new]


def test_parts_that_are_saved_alone_are_followed():
    article = published_article()
    picture = photo(article, caption="标记词")
    was_found = found("标记词")
    picture.delete()

    assert (was_found, found("标记词")) == ([article], [])


def test_deleted_article_is_gone_from_the_index():
    article = draft_article(title="标记词")
    article.delete()

    assert staff_finds("标记词") == []
    assert not EntryText.objects.filter(title="标记词").exists()


def test_save_that_fails_leaves_the_index_as_it_was():
    article = published_article(title="标记词")
    article.publish_at = None
    article.title = "别的词"
    with pytest.raises(IntegrityError), transaction.atomic():
        article.save()

    assert [one.pk for one in found("标记词")] == [article.pk]


def test_restored_revision_is_found_by_its_words():
    article = published_article(title="旧标题")
    first = versions_of(article)[0]
    article.title = "新标题"
    article.save()
    restore(article, first, by=staff())

    assert (found("新标题"), found("旧标题")) == ([], [article])


def test_renamed_tag_is_found_at_its_articles():
    one = tag("旧标签")
    article = published_article(tags=[one])
    one.name = "新标签"
    one.save()

    assert (found("旧标签"), found("新标签")) == ([], [article])


def test_renamed_organization_is_found_by_both_names_and_renames_its_events_and_awards():
    host = organization("旧名公益中心")
    event, award = published_event(name="", hosts=[host]), published_award(recipients=[host])
    host.name = "新名公益中心"
    host.save()

    assert {*found("新名公益中心")} == {host, event, award}
    assert host in found("旧名公益中心")


def test_organization_is_found_by_each_of_its_names():
    one = organization("龙港总商会", short=["龙商"], alias=["港商"])

    assert [found(name) for name in ("龙港总商会", "龙商", "港商", "總商會")] == [[one]] * 4


def test_unlisted_organization_is_found_while_something_public_names_it():
    one = unlisted_organization("标记词公益中心")
    unseen = found("标记词公益中心")
    article = published_article(organizations=[one])
    seen = found("标记词公益中心")
    article.withdraw(reason="有误")

    assert (unseen, seen, found("标记词公益中心")) == ([], [one], [])


def test_merged_organization_is_found_as_the_other_and_after_undoing_as_itself():
    into, duplicate = organization("龙港总商会"), organization("龙港商人会")
    event = published_event(name="讲座", hosts=[duplicate])
    merge(duplicate, into, by=staff())
    merged = {*found("龙港商人会")}
    unmerge(Merger.objects.get(), by=staff())

    assert merged == {into, event}
    assert {*found("龙港商人会")} == {Organization.objects.get(pk=duplicate.pk), event}


def test_facets_follow_links_types_and_mergers():
    into, duplicate = organization(), organization()
    event = published_event(type=event_type("讲座"))
    published_article(title="慈善", organizations=[duplicate], events=[event])
    merge(duplicate, into, by=staff())
    event = Event.objects.get(pk=event.pk)
    event.type = event_type("慰问")
    event.save()

    counts = Search(read_query("慈善"), public()).counts()

    assert counts["org"] == {into.pk: 1}
    assert counts["type"] == {event_type("慰问").pk: 1}


def test_rebuilding_makes_a_damaged_index_whole():
    article = published_article(title="标记词")
    engine().clear()
    Entry.objects.all().delete()
    with pytest.raises(CommandError, match="not as they should be"):
        call_command("checksearch", verbosity=0)
    call_command("rebuildsearch", "--from-nothing", verbosity=0)

    assert found("标记词") == [article]


def test_rebuilding_twice_changes_nothing(capsys):
    published_article(title="标记词", organizations=[organization()])
    before = [*EntryText.objects.order_by("pk").values()]
    call_command("rebuildsearch")
    call_command("rebuildsearch", verbosity=0)

    assert [*EntryText.objects.order_by("pk").values()] == before
    assert capsys.readouterr().out == "2 entries.\n"


def test_index_that_reads_texts_otherwise_is_emptied_first():
    article = published_article(title="标记词")
    Entry.objects.update(reading="0")
    call_command("rebuildsearch", verbosity=0)

    assert found("标记词") == [article]


def test_check_says_what_is_wrong(capsys):
    published_article(title="标记词")
    Article.objects.update(title="别的")
    with pytest.raises(CommandError):
        call_command("checksearch")
    told = capsys.readouterr().err
    call_command("rebuildsearch", verbosity=0)

    assert "articles.article" in told
