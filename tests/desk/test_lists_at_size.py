"""Lists of the admin over a long archive: few queries, and none that reads all of it."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from newsletter.articles.models import Article, ArticleOrganization
from newsletter.records.audit import AuditEntry
from newsletter.search.index import pks_of, put
from orgs.models import Organization
from tests import factories
from tests.desk.forms import address
from tests.desk.people import browser_of, chief_editor

pytestmark = pytest.mark.django_db

ORGANIZATIONS = 20


def archive(number):
    """So many articles of many years, each of one organization, and as many entries of the audit log."""
    organizations = [factories.organization(f"单位{n}") for n in range(ORGANIZATIONS)]
    values = {"section": factories.section(), "body": "<p>正文</p>", **factories.published()}
    articles = Article.objects.bulk_create(
        [
            Article(title=f"标题{n}第{n % 10}组", date=factories.DAY - datetime.timedelta(n % 3000), **values)
            for n in range(number)
        ],
        batch_size=500,
    )
    for chunk in pks_of(Article):
        put(Article, chunk)
    ArticleOrganization.objects.bulk_create(
        [
            ArticleOrganization(article=article, organization=organizations[n % ORGANIZATIONS], role="subject")
            for n, article in enumerate(articles)
        ],
        batch_size=500,
    )
    AuditEntry.objects.bulk_create([AuditEntry(deed="published") for _ in range(number)], batch_size=500)


@pytest.mark.parametrize("number", [2200, pytest.param(20_000, marks=pytest.mark.endurance)])
def test_every_list_takes_few_queries_and_counts_a_bounded_number_of_rows(number):
    archive(number)
    client, articles = browser_of(chief_editor()), address(Article)
    organization = Organization.objects.get(name="单位3")

    for path in (
        *(articles, f"{articles}?q=标题1", f"{articles}?p=7", f"{articles}?state=published", f"{articles}trash/"),
        *(f"{articles}?period=2019", f"{articles}?period=2019-06", f"{articles}?organization={organization.pk}"),
        *(address(Organization), address(AuditEntry), f"{address(AuditEntry)}?period=2026"),
        address(Article.objects.first(), "history"),
    ):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200, path

        counts = [query["sql"] for query in queries if re.match(r'SELECT COUNT\(\*\) AS "__count"', query["sql"])]
        # The trash holds 30 days, the history is that of one article.
        assert [sql for sql in counts if "'trashed'" not in sql and "reversion_version" not in sql] == [], path
        assert len(queries) <= 20, path


def test_a_long_list_says_that_it_is_longer_and_leads_on():
    archive(2200)
    client = browser_of(chief_editor())

    first = client.get(address(Article)).content.decode()
    assert "more than 1050 articles" in " ".join(first.split())
    assert "?p=21" in first
    assert "?p=44" not in first

    assert "?p=44" in client.get(f"{address(Article)}?p=30").content.decode()
    last = client.get(f"{address(Article)}?p=44")
    assert len(last.context["cl"].result_list) == 50
    assert "2200 articles" in " ".join(last.content.decode().split())


def test_all_rows_are_offered_for_an_action_only_where_their_number_is_known():
    archive(1100)
    client = browser_of(chief_editor())

    assert "Select all 1050" not in client.get(address(Article)).content.decode()
    assert "Select all 110 " in client.get(f"{address(Article)}?q=第1组").content.decode()


def test_a_list_is_filtered_by_year_and_then_by_month():
    client = browser_of(chief_editor())
    days = [datetime.date(2017, 3, 1), datetime.date(2019, 6, 4), datetime.date(2019, 7, 1)]
    for day in days:
        factories.draft_article(str(day), date=day)

    def found(query):
        page = client.get(address(Article) + query)
        return {article.date for article in page.context["cl"].result_list}

    assert found("") == {*days}
    assert found("?period=2019") == {*days[1:]}
    assert found("?period=2019-06") == {days[1]}
    for odd in ("2019-13", "0000", "x", "９９９９", "2019-00"):
        assert found(f"?period={odd}") in ({*days}, set())
    page = client.get(f"{address(Article)}?period=2019").content.decode()
    assert all(f"period={period}" in page for period in ("2017", "2018", "2019-01", "2019-12"))
    assert "period=2018-01" not in page


def test_the_filter_offers_the_organizations_of_the_latest_news():
    old, new = factories.organization("老单位"), factories.organization("新单位")
    factories.draft_article(organizations=[old])
    for _ in range(3):
        factories.draft_article(organizations=[new])
    client = browser_of(chief_editor())

    specs = client.get(address(Article)).context["cl"].filter_specs
    [spec] = [spec for spec in specs if getattr(spec, "parameter_name", "") == "organization"]
    assert [name for _pk, name in spec.lookup_choices] == ["新单位", "老单位"]


def test_an_export_counts_all_that_the_list_holds():
    archive(1100)
    client = browser_of(chief_editor())

    response = client.get(f"{address(Article, 'export')}?format=csv")

    assert b"".join(response.streaming_content).count("标题".encode()) == 1100
    assert AuditEntry.objects.filter(deed="exported", detail__contains="1100").exists()
