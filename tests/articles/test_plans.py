"""How the databases read the lists: in the order of an index, however much there is, and never all of it."""

import datetime

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from benchmarks.seedbench import seed
from newsletter.articles.filters import NewsFilter
from newsletter.articles.models import Article, Section
from newsletter.awards.models import Award
from newsletter.editions.models import Edition
from newsletter.events.models import Event
from newsletter.publishing.paging import cursor_page

pytestmark = pytest.mark.django_db

DAY, LATER = datetime.date(2014, 6, 1), datetime.date(2014, 6, 30)
CURSORS = ("", "before=2014-06-01.60", "after=2014-06-01.60")

# What is paged newest first, by `date`.
NEWS = {
    "all": lambda: Article.objects.published(),
    "days": lambda: Article.objects.published().filter(date__range=(DAY, LATER)),
    "section": lambda: Article.objects.published().filter(section=Section.objects.get(pk=1)),
    "section and days": lambda: NewsFilter(QueryDict("section=yaowen&from=2014-06-01")).apply(
        Article.objects.published()
    ),
    "form": lambda: NewsFilter(QueryDict("form=brief")).apply(Article.objects.published()),
    "editions": lambda: Edition.objects.published(),
}
# What is listed otherwise.
LISTS = {
    "coming events": lambda: Event.objects.published().coming(DAY)[:6],
    "past events": lambda: Event.objects.published().past(DAY)[:6],
    "events of a month": lambda: Event.objects.published().between(DAY, LATER),
    "awards": lambda: Award.objects.published().newest_first()[:6],
    "counted days": lambda: Article.objects.published().order_by("-date").values_list("date").distinct(),
}
# These sort the few rows that are left; a page sorts the rows that it shows, which were picked in order.
SORTED = {"coming events", "events of a month", *(f"{name} {cursor}" for name in NEWS for cursor in CURSORS)}


def plan(sql):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        else:
            # The archive is so small that it would be read whole, and sorted.
            for way in ("seqscan", "bitmapscan", "sort", "incremental_sort"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
            cursor.execute(f"EXPLAIN {sql}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def plan_of(read):
    with CaptureQueriesContext(connection) as queries:
        read()
    return plan(queries[-1]["sql"])


def whole(text):
    """Whether a table is read from end to end."""
    return "SCAN " in text or "Seq Scan" in text


def sorts(text):
    return text.count("TEMP B-TREE") + text.count("Sort Key")


def test_lists_are_read_in_the_order_of_an_index():
    seed(600)
    plans = {
        f"{name} {cursor}": plan_of(lambda rows=rows, cursor=cursor: cursor_page(rows(), QueryDict(cursor)))
        for name, rows in NEWS.items()
        for cursor in CURSORS
    }
    plans |= {name: plan_of(lambda rows=rows: list(rows())) for name, rows in LISTS.items()}

    wrong = {name: text for name, text in plans.items() if whole(text) or sorts(text) > (name in SORTED)}

    assert wrong == {}, "\n\n".join(f"{name}\n{text}" for name, text in wrong.items())


def test_deep_page_begins_where_the_one_before_it_ended():
    seed(600)

    deep = plan_of(lambda: cursor_page(Article.objects.published(), QueryDict("before=2014-06-01.60")))

    assert "date<?" in deep or "date <= '2014-06-01'" in deep
