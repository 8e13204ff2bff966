"""The generated archive by which the site is measured."""

import pytest
from django.db import transaction

from benchmarks.archive import TABLES
from benchmarks.seedbench import seed
from newsletter.articles.models import Article
from newsletter.events.models import Event
from orgs.models import Organization
from tests.factories import section

pytestmark = pytest.mark.django_db

ARTICLES = 200


def test_public_pages_show_what_was_seeded(client):
    seed(ARTICLES)
    organization, newest = Organization.objects.get(pk=4), Article.objects.published().newest_first()[0]
    event = newest.events.first() or Event.objects.last()

    def page(path):
        answer = client.get(path)
        assert answer.status_code == 200, path
        return answer.content.decode()

    assert Article.objects.count() == ARTICLES
    assert Article.objects.published().count() > 0.9 * ARTICLES
    for path in ("/", "/news/", "/feeds/news.rss"):
        assert newest.get_absolute_url() in page(path)
    assert page("/news/").count('<article class="row') == 25
    assert "/articles/" in page(organization.get_absolute_url())
    assert newest.title_lines[0] in page(newest.get_absolute_url())
    for path in (event.get_absolute_url(), "/events/", "/awards/", "/editions/", "/years/2014/", "/orgs/"):
        page(path)
    photo = Article.objects.filter(photos__isnull=False)[0].photos.first()
    assert client.get(photo.card_url).status_code == 200


def test_rows_are_the_same_each_time():
    def rows():
        with transaction.atomic():
            seed(ARTICLES)
            found = {table.model: [*table.model.objects.order_by("pk").values_list()] for table in TABLES}
            transaction.set_rollback(True)
        return found

    assert rows() == rows()


def test_next_row_gets_an_id_of_its_own():
    seed(ARTICLES)

    assert Article.objects.create(title="新的一篇").pk == ARTICLES + 1
    assert section("新栏目").pk == 6


def test_database_with_anything_in_it_is_left_alone():
    section("要闻")

    with pytest.raises(SystemExit):
        seed(ARTICLES)

    assert not Article.objects.exists()
