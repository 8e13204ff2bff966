"""Accepting a page is taken back as a whole, as long as no reader can have seen anything of it."""

import datetime

import pytest
from django.utils import translation

from newsletter.articles.models import Article, Photo
from newsletter.awards.models import Award
from newsletter.editions.models import Edition
from newsletter.events.models import Event
from newsletter.intake.accepting import NotPossible, accept, changed_since, undo, why_not_undone
from newsletter.intake.models import PageImport
from newsletter.records.models import EditConflict
from orgs.models import Organization
from tests import factories
from tests.editions.files import row_counts, stored_files
from tests.intake.printed import PAGE, accepted, imported, story_of, with_photo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def fresh(page_import):
    return PageImport.objects.get(pk=page_import.pk)


def refused(page_import, error=NotPossible):
    before = row_counts()
    with pytest.raises(error) as refusal:
        undo(page_import)
    assert row_counts() == before
    assert not fresh(page_import).is_open
    return str(refusal.value)


# What goes.


def test_undoing_removes_everything_that_accepting_made():
    page_import = imported(f"图片新闻\n\n{PAGE}", number="第6期")
    before = row_counts()
    accept(page_import)
    assert row_counts() != before

    kept = undo(fresh(page_import))

    assert kept == []
    assert row_counts() == before


def test_photos_go_with_their_files(django_capture_on_commit_callbacks):
    page_import = with_photo()
    before, files = row_counts(), stored_files()
    accept(page_import)

    with django_capture_on_commit_callbacks(execute=True):
        undo(fresh(page_import))

    assert (row_counts(), stored_files()) == (before, files)


def test_review_is_open_again_and_can_be_accepted_again():
    page_import = accepted(by=factories.staff())
    counts = row_counts()

    undo(page_import)
    page_import = fresh(page_import)

    assert (page_import.state, page_import.edition, page_import.created) == ("open", None, [])
    assert (page_import.accepted_at, page_import.accepted_by) == (None, None)
    assert [article.byline for article in accept(page_import)] == ["龙商", "扶苗"]
    assert row_counts() == counts


def test_rows_that_colleagues_deleted_are_passed_over():
    page_import = accepted()
    Edition.objects.get().delete()
    Article.objects.first().delete()

    assert undo(fresh(page_import)) == []
    assert not Article.objects.exists()


def test_known_article_stays_and_loses_its_place_in_the_edition():
    accepted()
    later = accepted(f"{PAGE}\n{story_of('海星公益中心')}", date=factories.DAY + datetime.timedelta(days=1))

    assert undo(later) == []

    assert Article.objects.count() == 2
    assert Edition.objects.count() == 1


# What refuses it.


@pytest.mark.parametrize("state", [factories.published(), factories.published(factories.FUTURE), factories.withdrawn()])
@pytest.mark.parametrize("model", [Article, Event, Award, Edition])
def test_what_was_published_scheduled_or_withdrawn_stays(model, state):
    page_import = accepted()
    row = model.objects.first()
    model.objects.filter(pk=row.pk).update(**state)

    assert str(row) in refused(page_import)


def test_what_was_unscheduled_before_anybody_saw_it_goes():
    page_import = accepted()
    for row in (Edition.objects.get(), *Article.objects.all(), Event.objects.get(), Award.objects.get()):
        row.refresh_from_db()
        if row.state == row.State.DRAFT:
            row.publish(at=factories.FUTURE)
    for model in (Edition, Article, Event, Award):
        for row in model.objects.all():
            row.unschedule()

    undo(page_import)

    assert not Article.objects.exists()


def test_page_that_was_not_accepted_cannot_be_undone():
    page_import = imported()

    with pytest.raises(NotPossible, match="not been accepted"):
        undo(page_import)


def test_undoing_twice_is_refused():
    page_import = accepted()
    stale = fresh(page_import)
    undo(page_import)

    with pytest.raises(NotPossible):
        undo(stale)


def test_stale_version_is_an_edit_conflict():
    page_import = accepted()
    fresh(page_import).save()

    refused(page_import, EditConflict)


def test_failure_in_the_middle_keeps_everything(monkeypatch):
    page_import = accepted()

    def fail(*args, **kwargs):
        raise OSError("no space left")

    monkeypatch.setattr(Edition, "delete", fail)

    refused(page_import, OSError)


# What others use.


def test_organization_that_another_article_names_is_kept():
    page_import = accepted()
    used = Organization.objects.get(name="扶苗公益中心")
    factories.draft_article(organizations=[used])

    assert undo(page_import) == [used]
    assert [*Organization.objects.all()] == [used]


def test_edition_with_another_article_is_kept_with_it():
    page_import = accepted()
    other = factories.draft_article()
    page_import.edition.items.create(article=other, position=9)

    assert undo(page_import) == [page_import.edition]
    assert [item.article for item in Edition.objects.get().items.all()] == [other]


def test_edition_of_two_pages_goes_with_the_page_that_made_it():
    first = accepted()
    second = accepted(story_of("海星公益中心"), page=2)

    assert undo(second) == []
    assert undo(fresh(first)) == []

    assert not Edition.objects.exists()


def test_award_that_another_article_reports_keeps_its_recipients():
    page_import = accepted()
    award = Award.objects.get()
    factories.draft_article(awards=[award])

    kept = undo(page_import)

    assert {*map(str, kept)} == {"2018 温州市“四好”商会", "龙港总商会", "温州市工商业联合会"}
    assert str(award.recipients.get()) == "龙港总商会"


def test_recipient_added_to_an_award_that_was_there_goes_again():
    issuer = factories.organization("温州市工商业联合会")
    award = factories.draft_award("温州市“四好”商会", issuer=issuer, recipients=[factories.organization("某某商会")])
    page_import = accepted()
    assert award.recipients.count() == 2

    undo(page_import)

    assert [str(recipient) for recipient in award.recipients.all()] == ["某某商会"]


def test_event_that_another_article_reports_is_kept_with_its_hosts():
    page_import = accepted()
    event = Event.objects.get()
    factories.draft_article(events=[event])

    assert {*map(str, undo(page_import))} >= {str(event), "扶苗公益中心", "蓝精灵幼儿园"}
    assert event.organizations.count() == 2


def test_article_that_another_edition_prints_keeps_its_photos(django_capture_on_commit_callbacks):
    page_import = with_photo()
    accept(page_import)
    article = Article.objects.get()
    factories.draft_edition(articles=[article], date=factories.DAY + datetime.timedelta(days=1))

    with django_capture_on_commit_callbacks(execute=True):
        assert article in undo(fresh(page_import))

    photo = Photo.objects.get()
    assert photo.picture.storage.exists(photo.picture.name)


# What colleagues have edited.


def test_nothing_has_changed_right_after_accepting():
    assert changed_since(accepted()) == []


def test_what_colleagues_edited_is_named():
    page_import = accepted()
    article, organization = Article.objects.first(), Organization.objects.get(name="扶苗公益中心")
    article.submit()
    organization.save()

    assert {*changed_since(page_import)} == {article, organization}
    assert why_not_undone(page_import) == ""


def test_names_given_to_a_new_organization_are_no_change():
    page_import = imported()
    entry = page_import.review["stories"][1]["new_organizations"][0]
    entry["names"] = ["蓝精灵", "蓝幼"]
    page_import.save()

    accept(page_import)

    assert changed_since(fresh(page_import)) == []


def test_looking_takes_as_many_queries_for_much_as_for_little(django_assert_num_queries):
    little = accepted(story_of("海星公益中心"))
    much = accepted("\n".join(story_of(f"海{letter}公益中心") for letter in "山河湖风月云"), page=2)

    for page_import in (little, much):
        labels = {label for label, _pk, _version in page_import.created}
        with django_assert_num_queries(len(labels)):
            changed_since(page_import)
