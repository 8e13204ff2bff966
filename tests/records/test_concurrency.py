from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from newsletter.articles.models import Article
from newsletter.records.models import EditConflict
from tests.factories import draft_article


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("saves", [40, pytest.param(400, marks=pytest.mark.endurance)])
def test_saves_at_the_same_time_lose_nothing_and_fail_never(saves):
    pk = draft_article(staff_note="").pk

    def add_a_line(number):
        try:
            while True:
                article = Article.objects.get(pk=pk)
                article.staff_note += f"\n{number}"
                try:
                    return article.save()
                except EditConflict:
                    continue
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as people:
        list(people.map(add_a_line, range(saves)))

    article = Article.objects.get(pk=pk)
    assert sorted(map(int, article.staff_note.split())) == list(range(saves))
    assert article.version == saves + 1
