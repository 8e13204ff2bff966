"""Readers are told why something is gone, and what stands in its place."""

import pytest

from newsletter.publishing.models import TransitionRefused
from tests import factories
from tests.desk.people import browser_of, chief_editor
from tests.publishing.test_admin import withdraw_page

from .kinds import KINDS, STARTS, make

pytestmark = pytest.mark.django_db


@KINDS
def test_the_address_answers_with_the_kind_the_words_and_what_replaces_it(client, draft):
    row, other = make(draft, **STARTS["published"]), make(draft, **STARTS["published"], **second(draft))

    row.withdraw(kind="facts", reason="捐款数额有误", replaced_by=other)

    gone = client.get(row.get_absolute_url())
    page = gone.content.decode()
    assert gone.status_code == 410
    assert "内容有误" in page
    assert "捐款数额有误" in page
    assert f'href="{other.get_absolute_url()}"' in page


def second(draft):
    """What makes a second one of a kind possible."""
    return {"draft_edition": {"title": "苍南商会"}, "draft_page": {"slug": "second"}}.get(draft.__name__, {})


def test_a_replacement_that_was_withdrawn_itself_is_not_linked(client):
    article, other = factories.published_article(), factories.published_article()
    article.withdraw(reason="有误", replaced_by=other)
    other.withdraw(reason="也有误")

    assert other.get_absolute_url() not in client.get(article.get_absolute_url()).content.decode()


def test_what_replaces_it_is_public_and_another_one():
    article = factories.published_article()

    for other in (article, factories.draft_article()):
        with pytest.raises(TransitionRefused):
            article.withdraw(reason="有误", replaced_by=other)


def test_publishing_again_forgets_the_reason_and_the_replacement():
    article, other = factories.published_article(), factories.published_article()
    article.withdraw(kind="facts", reason="有误", replaced_by=other)

    article.publish()

    article.refresh_from_db()
    assert (article.withdrawal_kind, article.withdrawal_reason, article.replaced_by) == ("", "", None)


def test_the_form_asks_for_kind_words_and_replacement():
    article, other, chief = factories.published_article(), factories.published_article(), chief_editor()
    client = browser_of(chief)

    refused = client.post(withdraw_page(article), {"reason": "有误"})
    client.post(withdraw_page(article), {"kind": "duplicate", "reason": "重复发布", "replaced_by": other.pk})

    article.refresh_from_db()
    assert refused.context["form"].errors.keys() == {"kind"}
    assert (article.state, article.withdrawal_kind, article.replaced_by) == ("withdrawn", "duplicate", other)
