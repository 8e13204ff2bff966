"""Counts over all news are taken once of each state of the archive, and never shown after it."""

import datetime
import time

import pytest
from django.db import transaction
from django.utils import timezone

from newsletter.articles.counting import months_with_any_news
from newsletter.articles.models import Article
from tests.factories import published_article, scheduled_article

pytestmark = pytest.mark.django_db(transaction=True)


def stories():
    return sum(count for months in months_with_any_news().values() for _first, count in months)


def test_counts_are_not_taken_again_while_nothing_changes(django_assert_num_queries):
    published_article()
    stories()

    with django_assert_num_queries(0):
        assert stories() == 1


def test_counts_follow_whatever_changed_the_archive():
    article = published_article()
    assert stories() == 1
    published_article()
    assert stories() == 2
    article.withdraw(reason="有误")
    assert stories() == 1
    Article.objects.all().delete()
    assert stories() == 0


def test_counts_take_in_a_scheduled_story_from_its_moment_on():
    soon = timezone.now() + datetime.timedelta(seconds=0.5)
    scheduled_article(at=soon)
    assert stories() == 0

    time.sleep(max(0, (soon - timezone.now()).total_seconds()) + 0.01)

    assert stories() == 1


def test_counts_in_a_transaction_are_those_of_the_transaction():
    published_article()
    stories()

    with transaction.atomic():
        published_article()
        assert stories() == 2
