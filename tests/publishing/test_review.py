"""Reviews: who passes what in which order, and what the record keeps of it."""

import pytest
from django.db.models import ProtectedError
from django.utils import translation
from django.utils.translation import override

from newsletter.articles.models import Article, Section
from newsletter.publishing.models import ReviewStep, TransitionRefused
from newsletter.publishing.signals import after_step
from tests import factories
from tests.factories import FUTURE, IN_REVIEW, staff
from tests.publishing.kinds import KINDS, make

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(settings):
    settings.REVIEWS = 3


def steps(obj):
    """`[(review, decision, by, note), …]` as they are on record."""
    return [(step.review, step.decision, step.by, step.note) for step in obj.review_steps()]


def passed(obj, count):
    """Submitted, and passed as often by as many persons."""
    obj.submit(by=staff())
    for _ in range(count):
        obj.approve(by=staff())
    return obj


# The way from the draft to the readers.


@KINDS
def test_with_three_reviews_three_persons_pass_it_and_the_last_one_publishes(draft, three):
    row, writer, first, second, last = make(draft), *(staff() for _ in range(4))

    row.submit(by=writer, note="请尽快")
    row.approve(by=first)
    assert (row.state, row.reviews_passed) == ("review", 1)
    row.approve(by=second, note="标题已核")
    assert (row.state, row.reviews_passed) == ("review", 2)
    row.approve(by=last)

    row.refresh_from_db()
    assert row.is_published()
    assert row.published_by == last
    assert steps(row) == [
        (None, "submitted", writer, "请尽快"),
        (1, "passed", first, ""),
        (2, "passed", second, "标题已核"),
        (3, "published", last, ""),
    ]


@pytest.mark.parametrize(
    ("number", "names"), [(1, ["Final"]), (2, ["First", "Final"]), (3, ["First", "Second", "Final"])]
)
def test_the_last_review_is_the_final_one_however_many_there_are(settings, number, names):
    settings.REVIEWS = number
    article = factories.article_in_review()

    waited = []
    while article.state == "review":
        with override("en"):
            waited.append(str(article.next_review.label))
        article.approve(by=staff())

    assert waited == [f"{name} review" for name in names]


def test_with_one_review_a_draft_is_published_in_one_step_that_is_the_final_review():
    article, chief = factories.draft_article(), staff()

    article.publish(by=chief)

    assert steps(article) == [(3, "published", chief, "")]


def test_the_final_review_schedules_what_has_a_time_to_come(three):
    article = passed(factories.draft_article(publish_at=FUTURE), 2)

    article.approve(by=staff())

    assert article.is_scheduled()


def test_other_packages_hear_of_the_reviews_before_the_final_one_and_of_publishing(settings):
    settings.REVIEWS = 2
    article, reader, chief, heard = factories.article_in_review(), staff(), staff(), []

    def listen(step, by, **kwargs):
        heard.append((step, by))

    after_step.connect(listen)
    article.approve(by=reader)
    article.approve(by=chief)

    assert heard == [("approve", reader), ("publish", chief)]


# Who may not.


def test_nobody_passes_two_reviews_of_one_round(three):
    article, reader = factories.draft_article(), staff()
    article.submit(by=staff())
    article.approve(by=reader)

    with pytest.raises(TransitionRefused):
        article.approve(by=reader)

    assert (article.reviews_passed, len(steps(article))) == (1, 2)


def test_who_passed_an_earlier_review_does_not_pass_the_final_one(settings):
    settings.REVIEWS = 2
    article, chief = factories.article_in_review(), staff()
    article.approve(by=chief)

    with pytest.raises(TransitionRefused):
        article.publish(by=chief)

    assert article.state == "review"


def test_a_new_round_is_open_to_everybody_again(three):
    article, reader = factories.article_in_review(), staff()
    article.approve(by=reader)
    article.send_back(by=reader, note="日期有误")
    article.submit(by=staff())

    article.approve(by=reader)

    assert article.reviews_passed == 1


@KINDS
@pytest.mark.parametrize("values", [{}, IN_REVIEW], ids=["draft", "in review"])
def test_with_several_reviews_nothing_is_published_past_the_earlier_ones(draft, values, three):
    row = make(draft, **values)

    with pytest.raises(TransitionRefused):
        row.publish(by=staff())

    assert (row.state, steps(row)) == (values.get("state", "draft"), [])


def test_sending_back_needs_words_and_begins_anew(three):
    article, reader = passed(factories.draft_article(), 1), staff()

    with pytest.raises(TransitionRefused):
        article.send_back(by=reader, note=" \u200b\n")
    article.send_back(by=reader, note="请核对人数")

    assert (article.state, article.reviews_passed) == ("draft", 0)
    assert steps(article)[-1] == (2, "sent_back", reader, "请核对人数")


# What goes along.


def test_an_edition_is_not_published_with_stories_that_have_not_passed_their_earlier_reviews(three):
    stories = [factories.draft_article(title=title) for title in ("未审", "初审过", "复审过")]
    edition = passed(factories.draft_edition(articles=stories), 2)
    passed(stories[1], 1)
    passed(stories[2], 2)

    with pytest.raises(TransitionRefused) as refused:
        edition.publish(by=staff())

    assert [title in refused.value.args[0] for title in ("“未审”", "“初审过”", "“复审过”")] == [True, True, False]
    assert [Article.objects.get(pk=story.pk).state for story in stories] == ["draft", "review", "review"]


def test_publishing_an_edition_is_the_final_review_of_its_stories(three):
    event = factories.draft_event()
    story, chief = factories.draft_article(events=[event]), staff()
    edition = passed(factories.draft_edition(articles=[story]), 2)
    passed(story, 2)

    edition.publish(by=chief)

    assert steps(story)[-1] == (3, "published", chief, "")
    # It was read in the story.
    assert steps(event) == [(None, "along", chief, "")]


def test_the_final_reader_of_an_edition_has_not_passed_an_earlier_review_of_a_story(settings):
    settings.REVIEWS = 2
    story, chief = factories.article_in_review(title="自己初审的稿件"), staff()
    story.approve(by=chief)
    edition = passed(factories.draft_edition(articles=[story]), 1)

    with pytest.raises(TransitionRefused) as refused:
        edition.publish(by=chief)

    assert "自己初审的稿件" in refused.value.args[0]


# Publishing again.


def test_what_was_withdrawn_is_published_again_without_reviews_if_its_text_is_as_passed(three):
    article = passed(factories.draft_article(), 2)
    article.approve(by=staff())
    article.withdraw(reason="误发", by=staff())

    article.publish(by=staff())

    assert article.is_published()
    assert [decision for _review, decision, *_ in steps(article)[-2:]] == ["withdrawn", "published"]


def test_what_was_changed_after_its_withdrawal_passes_the_reviews_anew(three):
    article = passed(factories.draft_article(), 2)
    article.approve(by=staff())
    article.withdraw(reason="误发", by=staff())
    article.title = "改过的标题"
    article.save()

    with pytest.raises(TransitionRefused):
        article.publish(by=staff())
    passed(article, 2).approve(by=staff())

    assert article.is_published()


# A change of what was approved.


@KINDS
@pytest.mark.parametrize("at", [factories.PAST, FUTURE], ids=["public", "scheduled"])
def test_a_changed_text_that_was_approved_goes_back_to_review(draft, at):
    row, person = make(draft, **factories.published(at)), staff()
    field = "name" if hasattr(row, "name") else "title"

    with row.changing(by=person, may_publish=False):
        setattr(row, field, "改过的标题")
        row.save(by=person)

    row.refresh_from_db()
    assert (row.state, row.reviews_passed, row.is_published()) == ("review", 0, False)
    assert row.was_public() == (at < FUTURE)
    assert row.first_public_at == (at if at < FUTURE else None)
    assert steps(row) == [(None, "reopened", person, "")]


def test_a_saved_text_that_is_the_same_changes_nothing_for_readers():
    article, person = factories.published_article(), staff()

    with article.changing(by=person, may_publish=False):
        article.staff_note = "只给同事看"
        article.save(by=person)

    assert (article.state, steps(article)) == ("published", [])


def test_who_may_publish_changes_in_place_and_answers_for_it():
    article, chief = factories.published_article(), staff()
    before = article.content_digest()

    with article.changing(by=chief, may_publish=True):
        article.title = "改过的标题"
        article.save(by=chief)

    assert article.is_published()
    assert steps(article) == [(None, "changed", chief, "")]
    assert article.review_steps().get().digest == article.content_digest() != before
    assert article.has_passed_text()


def test_a_change_during_the_reviews_by_who_may_publish_is_no_passing(three):
    article, chief = passed(factories.draft_article(), 1), staff()

    with article.changing(by=chief, may_publish=True):
        article.title = "改过的标题"
        article.save(by=chief)

    assert (article.state, article.reviews_passed) == ("review", 1)
    assert steps(article)[-1] == (None, "amended", chief, "")
    assert not article.has_passed_text()


def test_a_draft_and_what_nobody_has_passed_yet_are_changed_freely(three):
    for article in (factories.draft_article(), factories.article_in_review()):
        with article.changing(by=staff(), may_publish=False):
            article.title = "改过的标题"
            article.save()

        assert steps(article) == []


# The digest.


def test_the_digest_does_not_depend_on_state_time_language_or_names():
    section, organization = factories.section(), factories.organization()
    article = factories.draft_article(section=section, organizations=[organization])
    before = article.content_digest()

    article.staff_note = "只给同事看"
    article.save()
    article.submit()
    article.publish(at=FUTURE)
    Section.objects.update(name="头条")
    organization.names.update(name="改名后的中心")

    with translation.override("zh-hans"):
        assert article.content_digest() == before


PARTS = {
    "caption": lambda article: article.photos.update(caption="包粽子"),
    "credit": lambda article: article.photos.update(credit="扶苗 供图"),
    "alternative text": lambda article: article.photos.update(alt_text="老人与志愿者"),
    "picture": lambda article: article.photos.update(picture="photos/other.jpg"),
    "another photo": lambda article: factories.photo(article),
    "role": lambda article: article.organization_links.update(role="mentioned"),
    "another organization": lambda article: article.organizations.add(factories.organization()),
    "event": lambda article: article.event_links.create(event=factories.draft_event()),
    "award": lambda article: article.award_links.create(award=factories.draft_award()),
    "figure": lambda article: article.figures.update(text="2375元"),
    "tag": lambda article: article.tags.add(factories.tag("助学")),
    "attachment": lambda article: article.attachments.update(title="改过的表"),
    "byline": lambda article: Article.objects.update(byline="扶苗"),
    "body": lambda article: Article.objects.update(body="<p>改过。</p>"),
    "address of a link": lambda article: Article.objects.update(body='<p><a href="https://b.example">同一句话</a></p>'),
    "section": lambda article: Article.objects.update(section=factories.section("简讯")),
    "correction": lambda article: Article.objects.update(correction="人数应为35人"),
}


@pytest.mark.parametrize("part", PARTS)
def test_the_digest_tells_every_change_that_a_reader_would_see(part, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    body = '<p><a href="https://a.example">同一句话</a></p>'
    article = factories.draft_article(body=body, organizations=[factories.organization()])
    factories.photo(article)
    factories.figure(article)
    factories.attachment(article)
    before = article.content_digest()

    PARTS[part](article)

    assert article.content_digest() != before


def test_the_order_in_which_the_rows_were_made_does_not_matter():
    first, second = factories.organization(), factories.organization()
    articles = factories.draft_article(), factories.draft_article()
    for article, order in zip(articles, [(first, second), (second, first)], strict=True):
        for organization in order:
            article.organization_links.create(organization=organization)

    assert articles[0].content_digest() == articles[1].content_digest()


# The record is for ever.


def test_a_step_is_never_changed_or_deleted():
    article, person = factories.draft_article(), staff()
    article.submit(by=person)
    step = article.review_steps().get()

    step.note = "另一句话"
    for change in (
        step.save,
        step.delete,
        ReviewStep.objects.all().delete,
        lambda: ReviewStep.objects.update(note="另一句话"),
    ):
        with pytest.raises(TypeError):
            change()
    with pytest.raises(ProtectedError):
        person.delete()

    assert steps(article) == [(None, "submitted", person, "")]


def test_a_refused_step_leaves_no_row():
    article = factories.published_article()

    with pytest.raises(TransitionRefused):
        article.approve(by=staff())

    assert steps(article) == []


def test_steps_of_different_kinds_are_kept_apart():
    article, event = factories.draft_article(), factories.draft_event(pk=None)
    article.submit()

    assert [len(steps(obj)) for obj in (article, event)] == [1, 0]
    assert [step.publishable for step in ReviewStep.objects.of(article, event)] == [article]


# What waits for whom.


def reviewer(**values):
    return staff(permissions=["articles.review_article"], **values)


def publisher(**values):
    return staff(permissions=["articles.review_article", "articles.publish_article"], **values)


def test_with_one_review_everything_waits_for_those_who_may_publish():
    article = factories.article_in_review()
    factories.draft_article()

    assert [*Article.objects.waiting_for(publisher())] == [article]
    assert [*Article.objects.waiting_for(reviewer())] == []
    assert [*Article.objects.waiting_for(staff())] == []


def test_with_several_the_earlier_ones_wait_for_reviewers_and_the_last_one_for_publishers(three):
    fresh, half, last = (passed(factories.draft_article(), count) for count in (0, 1, 2))
    only_publisher = staff(permissions=["articles.publish_article"])

    assert {*Article.objects.waiting_for(reviewer())} == {fresh, half}
    assert {*Article.objects.waiting_for(publisher())} == {fresh, half, last}
    assert {*Article.objects.waiting_for(only_publisher)} == {last}


def test_what_i_passed_myself_waits_for_others_until_the_next_round(three):
    article, reader = factories.article_in_review(), reviewer()
    article.approve(by=reader)
    assert [*Article.objects.waiting_for(reader)] == []

    article.send_back(by=staff(), note="请核对")
    article.submit(by=staff())
    assert [*Article.objects.waiting_for(reader)] == [article]


def test_drafts_sent_back_wait_for_who_wrote_or_submitted_them_with_the_words():
    writer, editor, reader = staff(), staff(), staff()
    article = factories.draft_article(created_by=writer)
    article.submit(by=editor)
    article.send_back(by=reader, note="请核对人数")

    found = [
        [row.sent_back_note for row in Article.objects.sent_back_to(person)] for person in (writer, editor, reader)
    ]
    article.submit(by=editor)

    assert found == [["请核对人数"], ["请核对人数"], []]
    assert [*Article.objects.sent_back_to(writer)] == []
