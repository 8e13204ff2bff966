"""No number of a person goes out unless the one who lets it out has confirmed it, whatever the way."""

import pytest
from django.db import transaction

from newsletter.desk.findings.gate import confirm, confirm_when_saved, unconfirmed
from newsletter.desk.findings.models import KeptForEver
from newsletter.desk.models import PersonalDataConfirmation
from newsletter.publishing.models import SaveRefused, TransitionRefused
from newsletter.records.history import RestoreRefused, restore, versions_of
from tests.desk.people import chief_editor, editor
from tests.factories import (
    DAY,
    FUTURE,
    IN_REVIEW,
    attachment,
    draft_article,
    draft_award,
    draft_edition,
    draft_event,
    draft_page,
    photo,
    published_article,
    published_award,
    published_event,
    published_page,
    scheduled_article,
    tag,
    withdrawn_article,
)

pytestmark = pytest.mark.django_db
CALL = "报名电话13812345678"


def confirmed(publishable, *, by, step="publish"):
    for finding in unconfirmed(publishable, by=by):
        confirm(finding, by=by, reason="本人同意公开", step=step)
    return publishable


def state(publishable):
    publishable.refresh_from_db()
    return publishable.state


DRAFTS = {
    "article": lambda: draft_article(body=f"<p>{CALL}</p>"),
    "photo": lambda: photo(draft_article(), caption=CALL).article,
    "tag": lambda: draft_article(tags=[tag("13812345678")]),
    "event": lambda: draft_event(venue=CALL),
    "award": lambda: draft_award(document=CALL),
    "edition": lambda: draft_edition(number="13812345678"),
    "page": lambda: draft_page(body=f"<p>{CALL}</p>"),
}


@pytest.mark.parametrize("kind", DRAFTS)
@pytest.mark.parametrize("step", ["submit", "publish"])
def test_a_step_towards_readers_is_refused_until_its_person_has_confirmed(kind, step):
    chief, draft = chief_editor(), DRAFTS[kind]()

    with pytest.raises(TransitionRefused, match=r"138\*\*\*\*5678"):
        getattr(draft, step)(by=chief)
    assert state(draft) == "draft"
    getattr(confirmed(draft, by=chief), step)(by=chief)
    assert state(draft) != "draft"


def test_the_confirmation_of_the_one_who_submitted_is_not_that_of_the_one_who_publishes():
    writer, chief = editor(), chief_editor()
    article = confirmed(draft_article(body=f"<p>{CALL}</p>"), by=writer, step="submit")
    article.submit(by=writer)

    with pytest.raises(TransitionRefused):
        article.publish(by=chief)
    confirmed(article, by=chief).publish(by=chief)
    assert state(article) == "published"


def test_with_several_reviews_each_reviewer_confirms(settings):
    settings.REVIEWS = 2
    reviewer, chief = editor(), chief_editor()
    article = draft_article(body=f"<p>{CALL}</p>", **IN_REVIEW)

    with pytest.raises(TransitionRefused, match=r"138\*\*\*\*5678"):
        article.approve(by=reviewer)
    confirmed(article, by=reviewer, step="approve").approve(by=reviewer)
    with pytest.raises(TransitionRefused, match=r"138\*\*\*\*5678"):
        article.approve(by=chief)
    confirmed(article, by=chief).approve(by=chief)
    assert state(article) == "published"


def test_a_program_confirms_nothing():
    article = confirmed(draft_article(body=f"<p>{CALL}</p>"), by=chief_editor())

    with pytest.raises(TransitionRefused):
        article.publish()


def test_a_confirmation_is_for_one_number_in_one_text():
    chief = chief_editor()
    other = confirmed(draft_article(body=f"<p>{CALL}</p>"), by=chief)
    article = confirmed(draft_article(body=f"<p>{CALL}</p>"), by=chief)
    article.body += "<p>13987654321</p>"
    article.save(by=chief)

    with pytest.raises(TransitionRefused, match=r"139\*\*\*\*4321"):
        article.publish(by=chief)
    other.publish(by=chief)


def test_the_same_number_written_otherwise_needs_no_second_confirmation():
    chief = chief_editor()
    article = confirmed(draft_article(body=f"<p>{CALL}</p>"), by=chief)
    article.body = "<p>报名电话１３８ 1234 5678，微信同号13812345678</p>"
    article.save(by=chief)

    article.publish(by=chief)
    assert state(article) == "published"


def test_an_edition_does_not_take_an_unconfirmed_number_along():
    chief = chief_editor()
    event = draft_event(venue=CALL)
    article = draft_article(events=[event])
    edition = draft_edition(articles=[article])

    with pytest.raises(TransitionRefused, match="共享工厂讲座"):
        edition.publish(by=chief)
    assert {state(edition), state(article), state(event)} == {"draft"}
    confirmed(event, by=chief)
    edition.refresh_from_db()
    edition.publish(by=chief)
    assert {state(edition), state(article), state(event)} == {"published"}


def test_a_scheduled_text_is_confirmed_when_it_is_scheduled():
    with pytest.raises(TransitionRefused):
        draft_article(body=f"<p>{CALL}</p>").publish(by=chief_editor(), at=FUTURE)


def test_sending_back_and_withdrawing_need_no_confirmation():
    article = confirmed(draft_article(body=f"<p>{CALL}</p>"), by=(chief := chief_editor()))
    article.publish(by=chief)

    article.withdraw(reason="未经本人同意", by=editor())
    assert state(article) == "withdrawn"


PUBLIC = {
    "article": (published_article, lambda it: setattr(it, "body", f"<p>{CALL}</p>")),
    "scheduled": (scheduled_article, lambda it: setattr(it, "byline", CALL)),
    "event": (published_event, lambda it: setattr(it, "venue", CALL)),
    "award": (published_award, lambda it: setattr(it, "document", CALL)),
    "page": (published_page, lambda it: setattr(it, "title", CALL)),
}


@pytest.mark.parametrize("kind", PUBLIC)
def test_a_new_number_is_not_saved_into_what_is_public_unless_it_is_confirmed(kind):
    make, write = PUBLIC[kind]
    it, chief = make(), chief_editor()
    write(it)
    version = it.version

    with pytest.raises(SaveRefused, match=r"138\*\*\*\*5678"), transaction.atomic():
        it.save(by=chief)
    it.refresh_from_db()
    assert it.version == version
    write(it)
    confirm_when_saved(it, by=chief, reason="本人同意公开")
    it.save(by=chief)
    assert [(row.by, row.step) for row in PersonalDataConfirmation.objects.all()] == [(chief, "save")]


PARTS = {
    "photo": lambda article: photo(article, caption=CALL),
    "attachment": lambda article: attachment(article, title=CALL),
    "tag": lambda article: article.tags.add("13812345678"),
    "recipient": lambda article: published_award().recipients.create(person="王芳13812345678"),
}


@pytest.mark.parametrize("part", PARTS)
def test_a_part_brings_no_new_number_into_what_is_public(part):
    article = published_article()

    with pytest.raises(SaveRefused), transaction.atomic():
        PARTS[part](article)


def test_saving_again_what_was_confirmed_asks_nobody():
    chief = chief_editor()
    article = confirmed(draft_article(body=f"<p>{CALL}</p>"), by=chief)
    article.publish(by=chief)
    article.title = "更正的标题"

    article.save(by=editor())
    assert state(article) == "published"


def test_what_only_the_submitter_confirmed_is_asked_about_where_it_comes_back():
    draft = draft_article(body=f"<p>{CALL}</p>")
    writer, chief = editor(), chief_editor()
    confirmed(draft, by=writer, step="submit")
    draft.body = "<p>号码删去了</p>"
    draft.save(by=chief)
    draft.publish(by=chief)
    draft.body = f"<p>{CALL}</p>"

    with pytest.raises(SaveRefused), transaction.atomic():
        draft.save(by=chief)


def test_a_withdrawn_text_may_be_worked_on():
    article = withdrawn_article()
    article.body = f"<p>{CALL}</p>"
    article.save(by=editor())


def test_an_old_revision_brings_no_number_back():
    chief = chief_editor()
    article = draft_article(date=DAY)
    article.body = f"<p>{CALL}</p>"
    article.save(by=chief)
    article.body = "<p>号码删去了</p>"
    article.save(by=chief)
    article.publish(by=chief)
    with_number = next(one for one in versions_of(article) if CALL in one.field_dict["body"])

    with pytest.raises(RestoreRefused, match=r"138\*\*\*\*5678"):
        restore(article, with_number, by=chief)


def test_a_confirmation_tells_who_and_why_and_not_the_number():
    chief = chief_editor(name="陈编辑")
    article = draft_article(title=f"讲座{CALL}")
    (finding,) = unconfirmed(article, by=chief)

    confirm(finding, by=chief, reason="负责人13812345678来电同意", step="publish")

    row = PersonalDataConfirmation.objects.get()
    assert (row.kind, row.masked, row.by, row.reason) == ("mobile", "138****5678", chief, "负责人138****5678来电同意")
    assert row.title == "讲座报名电话138****5678"
    assert not any("13812345678" in str(value) for value in vars(row).values())


def test_a_confirmation_is_neither_changed_nor_deleted():
    article = confirmed(draft_article(body=f"<p>{CALL}</p>"), by=chief_editor())
    row = PersonalDataConfirmation.objects.get()

    for deed in (row.save, row.delete, lambda: type(row).objects.update(reason="别的"), type(row).objects.all().delete):
        with pytest.raises(KeptForEver):
            deed()
    article.delete()
    assert PersonalDataConfirmation.objects.count() == 1
