"""Publishing takes along what a thing stands on; nothing else is moved with it."""

import datetime

import pytest

from newsletter.articles.models import Article
from newsletter.events.models import Event
from tests.factories import (
    FUTURE,
    PAST,
    article_in_review,
    award_in_review,
    draft_article,
    draft_award,
    draft_edition,
    draft_event,
    event_in_review,
    published_article,
    published_event,
    scheduled_event,
    staff,
    withdrawn_article,
    withdrawn_award,
    withdrawn_event,
)

pytestmark = pytest.mark.django_db


def states(*rows):
    for row in rows:
        row.refresh_from_db()
    return [row.state for row in rows]


def test_publishing_an_article_publishes_the_drafts_among_its_events_and_awards():
    events = [draft_event(), event_in_review(), withdrawn_event(), draft_event(name="别的活动")]
    awards = [draft_award(), award_in_review(), withdrawn_award(), draft_award()]
    article, editor = draft_article(events=events[:3], awards=awards[:3]), staff()

    article.publish(by=editor)

    assert states(*events) == ["published", "review", "withdrawn", "draft"]
    assert states(*awards) == ["published", "review", "withdrawn", "draft"]
    assert (events[0].published_by, events[0].publish_at) == (editor, article.publish_at)


def test_publishing_an_edition_publishes_the_drafts_among_its_articles_with_theirs():
    events = [draft_event(), draft_event(name="待审稿件的活动")]
    articles = [
        draft_article(events=events[:1]),
        article_in_review(events=events[1:]),
        withdrawn_article(),
        draft_article(title="不在本期"),
    ]
    edition = draft_edition(articles=articles[:3])

    edition.publish()

    assert states(edition, *articles) == ["published", "published", "review", "withdrawn", "draft"]
    assert states(*events) == ["published", "draft"]


def test_publishing_again_what_an_article_stands_on_leaves_its_time():
    event, later = published_event(PAST), scheduled_event(FUTURE)

    draft_article(events=[event, later]).publish()

    assert states(event, later) == ["published", "published"]
    assert (event.publish_at, later.publish_at) == (PAST, FUTURE)


def test_scheduling_an_edition_schedules_all_of_it_for_one_moment():
    event = draft_event()
    article = draft_article(events=[event])
    edition = draft_edition(articles=[article])

    edition.publish(at=FUTURE)

    for row in (edition, article, event):
        row.refresh_from_db()
        assert (row.publish_at, row.first_public_at, row.is_published()) == (FUTURE, FUTURE, False)


def test_articles_of_an_edition_become_public_from_last_to_first_so_that_the_first_is_the_newest():
    articles = [draft_article(title=title) for title in ("头条", "二条", "三条")]

    draft_edition(articles=articles).publish()

    assert [*Article.objects.published().order_by("-first_public_at")] == articles


def test_submitting_and_withdrawing_do_not_cascade():
    event, award = draft_event(), draft_award()
    article = draft_article(events=[event], awards=[award])
    edition = draft_edition(articles=[article])

    edition.submit()
    assert states(article, event, award) == ["draft", "draft", "draft"]
    edition.publish()
    edition.withdraw(reason="版面有误")
    assert states(edition, article, event, award) == ["withdrawn", "published", "published", "published"]
    article.withdraw(reason="时间有误")
    assert states(article, event, award) == ["withdrawn", "published", "published"]


def test_publishing_an_event_does_not_publish_the_articles_that_report_it():
    event = draft_event()
    article = draft_article(events=[event])

    event.publish()

    assert states(event, article) == ["published", "draft"]


def test_withdrawn_article_leaves_its_organizations_and_other_articles_alone():
    first, second = published_article(), published_article()

    first.withdraw(reason="时间有误")

    assert [*Article.objects.published()] == [second]


def test_publishing_an_article_saves_each_of_its_events_once():
    draft_article(events=[draft_event(start_date=datetime.date(2019, 6, day)) for day in (1, 2, 3)]).publish()

    assert {*Event.objects.values_list("state", "version")} == {("published", 2)}
