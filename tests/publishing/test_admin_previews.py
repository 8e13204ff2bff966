"""Preview links in the admin: whoever may change a thing makes and revokes its links, and loses no typed line by it."""

import datetime

import pytest

from newsletter.publishing.models import PreviewLink
from newsletter.records.audit import AuditEntry
from tests import factories
from tests.desk.forms import address, change_form
from tests.desk.people import administrator, browser_of, chief_editor, correspondent, editor
from tests.factories import IN_REVIEW, expired_link, preview_link, published, revoked_link, withdrawn
from tests.publishing.kinds import KINDS, make

pytestmark = pytest.mark.django_db


def previews_of(publishable):
    return address(publishable, "change").replace("/change/", "/previews/")


def ask(client, publishable, for_whom="受访者王老师", days="7"):
    return client.post(previews_of(publishable), {"preview-for_whom": for_whom, "preview-days": days}, follow=True)


@KINDS
@pytest.mark.parametrize("days", [1, 3, 7, 30])
def test_a_link_is_made_for_some_days_and_for_somebody(client, draft, days):
    publishable, person = make(draft), chief_editor()

    page = ask(browser_of(person), publishable, days=str(days))

    link = PreviewLink.objects.get()
    assert (link.publishable, link.for_whom, link.made_by) == (publishable, "受访者王老师", person)
    assert link.expires_at - link.made_at == datetime.timedelta(days)
    assert f'value="http://127.0.0.1:8000{link.get_absolute_url()}"' in page.content.decode()
    assert client.get(link.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"for_whom": ""}, "for_whom"),
        ({"for_whom": "王" * 61}, "for_whom"),
        ({"days": "0"}, "days"),
        ({"days": "365"}, "days"),
        ({"days": "-1"}, "days"),
        ({"days": "forever"}, "days"),
    ],
)
def test_a_link_without_a_person_or_for_other_days_is_not_made(values, field):
    response = ask(browser_of(editor()), factories.draft_article(), **values)

    assert [*response.context["previews"]["form"].errors] == [field]
    assert not PreviewLink.objects.exists()


def test_the_panel_stands_under_the_form_with_each_link_and_how_it_is():
    article, person = factories.draft_article(), editor()
    valid = preview_link(article, for_whom="王老师", times_opened=3, last_opened_at=factories.PAST)
    expired = expired_link(article, for_whom="李会长")
    revoked = revoked_link(article, for_whom="印刷厂", revoked_by=person)

    page = browser_of(person).get(address(article, "change")).content.decode()

    assert [link.for_whom in page for link in (valid, expired, revoked)] == [True] * 3
    assert [link.get_absolute_url() in page for link in (valid, expired, revoked)] == [True, False, False]
    assert "opened 3 times, last 2019-06-06 09:00" in page
    assert "expired 2019-06-07 09:00" in page
    assert f"revoked 2019-06-06 09:00 by {person}" in page


def test_a_link_is_revoked_with_one_click(client):
    article, person = factories.draft_article(), editor()
    link, other = preview_link(article), preview_link(article)

    browser_of(person).post(previews_of(article), {"revoke": str(link.pk)})

    link.refresh_from_db()
    assert link.revoked_by == person
    assert [client.get(each.get_absolute_url()).status_code for each in (link, other)] == [410, 200]


def test_the_audit_log_says_who_made_and_who_revoked_a_link_and_for_whom():
    article, maker, other = factories.draft_article(title="端午送粽子"), editor(), chief_editor()

    ask(browser_of(maker), article, for_whom="")
    ask(browser_of(maker), article, for_whom="受访者王老师")
    link = PreviewLink.objects.get()
    for _twice in range(2):
        browser_of(other).post(previews_of(article), {"revoke": str(link.pk)})

    made, revoked = AuditEntry.objects.filter(deed__startswith="preview").order_by("pk")
    assert (made.deed, made.by, made.subject) == ("preview_linked", maker, "端午送粽子")
    assert made.detail.startswith("for 受访者王老师, until ")
    assert (revoked.deed, revoked.by, revoked.subject) == ("preview_revoked", other, "端午送粽子")
    assert revoked.detail == "受访者王老师"


@pytest.mark.parametrize("value", ["{other}", "", "x", "0", "9" * 30])
def test_only_links_of_this_thing_are_revoked_at_its_address(client, value):
    other = preview_link(factories.draft_article())
    article = factories.draft_article()

    response = browser_of(editor()).post(previews_of(article), {"revoke": value.format(other=other.pk)})

    assert response.status_code == 404
    assert client.get(other.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("values", [published(), withdrawn()], ids=["published", "withdrawn"])
@KINDS
def test_what_readers_see_or_no_longer_see_has_no_panel_and_gets_no_link(draft, values):
    publishable, client = make(draft, **values), browser_of(chief_editor())

    response = ask(client, publishable)

    assert (response.status_code, PreviewLink.objects.exists()) == (200, False)
    assert "A preview is for what is not published yet." in response.content.decode()
    assert 'id="previews"' not in client.get(address(publishable, "change")).content.decode()


def test_a_new_thing_that_is_not_saved_has_no_panel():
    page = browser_of(editor()).get(address(factories.Article, "add")).content.decode()

    assert 'id="previews"' not in page


def test_a_person_who_may_not_change_it_neither_sees_nor_makes_nor_revokes_a_link(client):
    own = factories.organization()
    in_review = factories.draft_article(organizations=[own], **IN_REVIEW)
    link = preview_link(in_review)
    writer = browser_of(correspondent(own))

    assert link.root not in writer.get(address(in_review, "change")).content.decode()
    for person in (writer, browser_of(administrator())):
        assert person.get(previews_of(in_review)).status_code == 403
        assert ask(person, in_review).status_code == 403
        assert person.post(previews_of(in_review), {"revoke": str(link.pk)}).status_code == 403
    assert PreviewLink.objects.count() == 1
    assert client.get(link.get_absolute_url()).status_code == 200


def test_a_correspondent_makes_links_to_their_own_drafts_only():
    own, other = factories.organization(), factories.organization()
    mine, theirs = (factories.draft_article(organizations=[each]) for each in (own, other))
    writer = browser_of(correspondent(own))

    assert [ask(writer, article).status_code for article in (mine, theirs)] == [200, 404]
    assert PreviewLink.objects.get().publishable == mine


def test_a_link_is_not_made_without_the_token_of_the_form():
    article, client = factories.draft_article(), browser_of(editor())
    client.handler.enforce_csrf_checks = True

    assert ask(client, article).status_code == 403
    assert not PreviewLink.objects.exists()


def test_saving_the_form_of_the_thing_leaves_its_links_alone():
    article = factories.draft_article()
    link = preview_link(article)

    change_form(browser_of(editor()), article).fill(title="改过的题目").save()

    link.refresh_from_db()
    assert (PreviewLink.objects.count(), link.revoked_at) == (1, None)


def test_the_form_runs_the_same_queries_for_one_link_and_for_three(django_assert_num_queries):
    article, client = factories.draft_article(), browser_of(editor())
    preview_link(article)
    client.get(address(article, "change"))
    with django_assert_num_queries(100, exact=False) as one:
        client.get(address(article, "change"))
    preview_link(article)
    revoked_link(article, revoked_by=editor())

    with django_assert_num_queries(len(one)):
        client.get(address(article, "change"))
