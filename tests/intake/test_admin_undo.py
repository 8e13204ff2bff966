"""The page that asks before an accepted import is undone."""

import pytest

from newsletter.articles.models import Article
from newsletter.intake.models import PageImport
from orgs.models import Organization
from tests import factories
from tests.desk.forms import address, messages_of
from tests.desk.people import browser_of, correspondent, editor
from tests.editions.files import row_counts
from tests.intake.printed import ORGANIZATIONS, accepted, imported
from tests.intake.review_form import ReviewForm
from tests.reading import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return browser_of(editor())


@pytest.fixture
def page_import():
    return accepted()


def path(page_import):
    return f"/admin/intake/pageimport/{page_import.pk}/undo/"


def test_everything_that_goes_is_named_first(client, page_import):
    page = Page(client.get(path(page_import)))

    named = [one.text for one in page.root.all("dd")]
    assert {*ORGANIZATIONS, *map(str, Article.objects.all()), str(page_import.edition)} <= {*named}
    assert len(named) == len(page_import.created)
    assert Article.objects.count() == 2


def test_import_is_undone_and_reviewed_again(client, page_import):
    response = client.post(path(page_import), follow=True)

    assert messages_of(response) == ["The import was undone; the page can be reviewed again."]
    assert not Article.objects.exists()
    assert not Organization.objects.exists()
    form = ReviewForm(client, PageImport.objects.get())
    form.press("accept")
    assert Article.objects.count() == 2


def test_undoing_stands_in_the_history(client):
    form = ReviewForm(client, imported())
    form.press("accept")
    page_import = PageImport.objects.get()

    client.post(path(page_import))

    history = client.get(address(page_import, "history")).content.decode()
    assert "Accepted" in history
    assert "Undone" in history


def test_work_of_colleagues_is_named_and_undone_only_on_purpose(client, page_import):
    article = Article.objects.get(byline="扶苗")
    article.submit()
    before = row_counts()

    for answer in (client.get(path(page_import)), client.post(path(page_import))):
        assert f"Colleagues have worked on these since: {article}" in Page(answer).root.text
    assert row_counts() == before

    client.post(path(page_import), {"even_changed": "on"})
    assert not Article.objects.exists()


def test_what_stays_is_named(client, page_import):
    used = Organization.objects.get(name="扶苗公益中心")
    factories.draft_article(organizations=[used])

    response = client.post(path(page_import), follow=True)

    assert messages_of(response)[1:] == ["These stay, because others use them: 扶苗公益中心."]


@pytest.mark.parametrize("data", [{}, {"even_changed": "on"}])
def test_published_page_says_why_it_is_not_undone(client, page_import, data):
    Article.objects.filter(byline="扶苗").update(**factories.published())

    for answer in (client.get(path(page_import)), client.get(page_import.get_absolute_url())):
        assert (
            "cannot be undone as a whole. Something of it is published: 《义卖款送到孩子手中》."
            in Page(answer).root.text
        )
    response = client.post(path(page_import), data, follow=True)

    assert messages_of(response) == ["Something of it is published: 《义卖款送到孩子手中》."]
    assert Article.objects.count() == 2


def test_open_page_has_nothing_to_undo(client):
    page_import = imported()

    assert "has not been accepted" in Page(client.get(path(page_import))).root.text
    assert messages_of(client.post(path(page_import), follow=True)) == ["This page has not been accepted."]


@pytest.mark.parametrize(
    "permissions", [["intake.view_pageimport"], ["intake.view_pageimport", "intake.change_pageimport"]]
)
def test_whoever_may_not_accept_does_not_undo(page_import, permissions):
    for client in (browser_of(correspondent()), browser_of(factories.staff(permissions=permissions))):
        assert client.get(path(page_import)).status_code == 403
        assert client.post(path(page_import), {"even_changed": "on"}).status_code == 403
    assert Article.objects.count() == 2
