"""The trash: what lies there is seen by nobody, and comes back as it was."""

import datetime
from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone
from reversion.models import Version

from newsletter.articles.models import Article, Photo
from newsletter.awards.models import Award
from newsletter.publishing.models import TransitionRefused
from newsletter.records.audit import AuditEntry
from newsletter.records.content import passages_of
from newsletter.records.history import one_revision
from tests import factories
from tests.desk.forms import address, messages_of
from tests.desk.people import browser_of, chief_editor, correspondent, editor

from .kinds import KINDS, STARTS, make

pytestmark = pytest.mark.django_db


def trashed_long_ago(publishable):
    publishable.trash()
    type(publishable).objects.update(trashed_at=timezone.now() - datetime.timedelta(days=31))
    return publishable


def empty_trash(*args):
    out = StringIO()
    call_command("emptytrash", *args, stdout=out, stderr=out)
    return out.getvalue()


def deeds():
    return [*AuditEntry.objects.order_by("pk").values_list("deed", flat=True)]


@KINDS
@pytest.mark.parametrize("state", ["draft", "review", "withdrawn"])
def test_what_is_taken_out_of_the_trash_is_as_it_was(draft, state):
    row, person = make(draft, **STARTS[state]), factories.staff()

    row.trash(by=person)
    assert (row.state, row.trashed_by, row.trashed_from) == ("trashed", person, state)
    row.restore(by=person)

    row.refresh_from_db()
    assert (row.state, row.trashed_at, row.trashed_by, row.trashed_from) == (state, None, None, "")


@KINDS
@pytest.mark.parametrize("state", ["scheduled", "published"])
def test_what_readers_see_or_will_see_is_not_put_in_the_trash(draft, state):
    row = make(draft, **STARTS[state])

    with pytest.raises(TransitionRefused):
        row.trash()


def test_photos_tags_links_and_their_order_come_back():
    with one_revision():
        article = factories.draft_article(organizations=[factories.organization()], tags=["助学"])
        for number in (2, 1, 3):
            factories.photo(article, caption=f"第{number}张", position=number)
    before = passages_of(article)

    article.trash()
    article.restore()

    assert passages_of(Article.objects.get()) == before


@KINDS
@pytest.mark.parametrize(("state", "answer"), [("draft", 404), ("withdrawn", 410)])
def test_what_was_ever_public_answers_410_from_the_trash_and_the_rest_404(client, draft, state, answer):
    row = make(draft, **STARTS[state])
    row.trash()

    assert client.get(row.get_absolute_url()).status_code == answer
    assert browser_of(chief_editor()).get(row.get_absolute_url()).status_code == answer


def test_what_lies_in_the_trash_is_in_no_list_of_the_admin_and_cannot_be_edited():
    article = factories.draft_article(title="回收站里的稿件")
    article.trash()
    client = browser_of(chief_editor())

    assert "回收站里的稿件" not in client.get(address(Article)).content.decode()
    assert client.get(address(article, "change")).status_code == 302
    assert "回收站里的稿件" in client.get(address(Article, "trash")).content.decode()


def test_the_trash_gives_back_what_is_chosen():
    kept, chosen = factories.draft_article(), factories.draft_article()
    for article in (kept, chosen):
        article.trash()

    response = browser_of(editor()).post(address(Article, "trash"), {"ids": [chosen.pk]}, follow=True)

    assert messages_of(response) == ["1 article was taken out of the trash."]
    assert [*Article.objects.drafts()] == [chosen]


def test_who_may_not_delete_does_not_see_the_trash():
    own = factories.organization()
    article = factories.draft_article(organizations=[own])
    article.trash()

    response = browser_of(correspondent(own)).post(address(Article, "trash"), {"ids": [article.pk]})

    assert response.status_code == 403
    assert Article.objects.get().state == "trashed"


def test_an_editor_does_not_put_in_the_trash_what_readers_once_saw():
    article = factories.withdrawn_article()

    assert browser_of(editor()).post(address(article, "delete"), {"post": "yes"}).status_code == 403


def test_what_lies_in_the_trash_does_not_hold_its_name():
    award = factories.draft_award("“四好”商会")
    award.trash()

    Award.objects.create(name=award.name, year=award.year, level=award.level)

    with pytest.raises(TransitionRefused):
        award.restore()
    assert Award.objects.get(pk=award.pk).state == "trashed"


def test_emptying_deletes_rows_texts_and_files_after_thirty_days(django_capture_on_commit_callbacks):
    with one_revision():
        article = factories.draft_article()
        photo = factories.photo(article)
    trashed_long_ago(article)
    later = factories.draft_article()
    later.trash()

    with django_capture_on_commit_callbacks(execute=True):
        report = empty_trash()

    assert [*Article.objects.all()] == [later]
    assert not Photo.objects.exists()
    assert not default_storage.exists(photo.picture.name)
    assert not Version.objects.get_for_object_reference(Article, article.pk).exists()
    assert "1 deleted." in report
    assert deeds()[-1] == "emptied"


def test_a_dry_run_deletes_nothing():
    article = trashed_long_ago(factories.draft_article())

    assert "Would delete: articles.Article" in empty_trash("--dry-run")
    assert Article.objects.get() == article


def test_what_others_hold_on_to_stays_and_is_named():
    event = factories.draft_event()
    factories.draft_article("志愿者讲座", events=[event])
    trashed_long_ago(event)

    report = empty_trash()

    event.refresh_from_db()
    assert "Kept: events.Event" in report
    assert "emptied" not in deeds()


@KINDS
def test_an_address_that_readers_knew_tells_them_why_also_when_the_trash_is_empty(client, draft):
    row = make(draft, **STARTS["withdrawn"])
    trashed_long_ago(row)

    empty_trash()

    gone = client.get(row.get_absolute_url())
    assert gone.status_code == 410
    assert "活动信息有误" in gone.content.decode()
    assert not type(row).objects.exists()


def test_a_story_that_lies_in_the_trash_is_loaded_anew():
    from newsletter.intake.accepting import known_articles

    article = factories.draft_article(body="<p>端午前夕，志愿者走进敬老院。</p>")
    story = {"key": 1, "paragraphs": ["端午前夕，志愿者走进敬老院。"], "taken": True}
    known = known_articles([story])
    article.trash()

    assert (len(known), known_articles([story])) == (1, {})
