"""On a form stands who else has it open."""

import datetime

import pytest
from django.utils import timezone

from newsletter.records.presence import Presence
from tests import factories
from tests.desk.forms import address
from tests.desk.people import browser_of, correspondent, editor

pytestmark = pytest.mark.django_db


def others(client, obj):
    return client.get(address(obj, "change")).context["others_editing"]


def test_the_second_who_opens_a_form_sees_the_first():
    article, first, second = factories.draft_article(), editor(name="陈编辑"), editor()

    assert others(browser_of(first), article) == []
    assert others(browser_of(second), article) == [first]


def test_an_open_form_says_so_and_hears_of_the_others():
    article, first, second = factories.draft_article(), editor(name="陈编辑"), editor(name="李编辑")
    browser_of(second).get(address(article, "change"))

    response = browser_of(first).post(f"/admin/articles/article/{article.pk}/editing/")

    assert response.json() == {"others": "李编辑"}


def test_who_has_closed_the_form_is_forgotten_after_a_while():
    article, first = factories.draft_article(), editor()
    browser_of(first).get(address(article, "change"))
    Presence.objects.update(seen_at=timezone.now() - datetime.timedelta(minutes=2))

    assert others(browser_of(editor()), article) == []


def test_who_may_only_look_is_not_shown_as_editing():
    own = factories.organization()
    article = factories.article_in_review(organizations=[own])

    client = browser_of(correspondent(own))

    assert client.get(address(article, "change")).status_code == 200
    assert client.post(f"/admin/articles/article/{article.pk}/editing/").status_code == 403
    assert not Presence.objects.exists()
