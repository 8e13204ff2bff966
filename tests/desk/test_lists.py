"""Every list of the admin runs the same queries for one row and for three."""

import pytest
from django.contrib import admin

from newsletter.articles.models import Unit
from newsletter.awards.models import Award
from newsletter.desk.models import WatchedWord
from newsletter.events.models import Event, EventSeries
from newsletter.publishing.models import Publication
from newsletter.records.audit import audit
from orgs.models import Merger
from tests import factories
from tests.desk.forms import address
from tests.desk.people import browser_of, editor, superuser

counter = iter(range(1, 1000))


def article():
    organizations = [factories.organization(short=[f"爱友{next(counter)}"]) for _ in range(2)]
    made = factories.published_article(section=factories.section(), organizations=organizations)
    factories.photo(made)
    return made


def event():
    hosts = [factories.organization(short=[f"扶苗{next(counter)}"])]
    return factories.published_event(name="", hosts=hosts)


def award():
    recipients = [factories.organization(), factories.organization()]
    return factories.published_award(issuer=factories.organization(), recipients=recipients)


MAKERS = {
    "article": article,
    "section": lambda: factories.section(f"栏目{next(counter)}"),
    "tag": lambda: factories.tag(f"标签{next(counter)}"),
    "unit": lambda: Unit.objects.create(code=f"unit-{next(counter)}", name="棵"),
    "event": event,
    "eventtype": lambda: factories.event_type(f"类型{next(counter)}"),
    "eventseries": lambda: EventSeries.objects.create(name=f"系列{next(counter)}"),
    "award": award,
    "edition": lambda: factories.published_edition(articles=[factories.draft_article()]),
    "organization": lambda: factories.organization(short=[f"龙商{next(counter)}"], region="龙港镇"),
    "merger": lambda: Merger.objects.create(duplicate=factories.organization(), into=factories.organization()),
    "pageimport": lambda: factories.page_import(f"第{next(counter)}次义卖\n义卖在龙港举行。（扶苗）", by=editor()),
    "page": factories.published_page,
    "watchedword": lambda: WatchedWord.objects.create(word=f"残废人{next(counter)}"),
    "personaldataconfirmation": factories.confirmation,
    "auditentry": lambda: audit("published", by=editor(), obj=factories.draft_article()),
    "user": lambda: editor(writes_for=[]),
}
# Words that find all that was made.
SEARCHES = {
    "article": "爱友",
    "event": "讲座",
    "award": "四好",
    "edition": "苍南",
    "organization": "龙商",
    "page": "投稿",
    "watchedword": "残废人",
    "personaldataconfirmation": "老人",
    "auditentry": "志愿者",
}


@pytest.mark.parametrize(
    "model", [model for model in admin.site._registry if model is not Publication], ids=lambda model: model.__name__
)
@pytest.mark.parametrize("is_search", [False, True], ids=["all", "search"])
def test_a_list_runs_the_same_queries_for_one_row_and_for_three(db, model, is_search, django_assert_num_queries):
    client, make = browser_of(superuser()), MAKERS[model._meta.model_name]
    query = {"q": SEARCHES.get(model._meta.model_name, "")} if is_search else {}
    make()
    client.get(address(model), query)
    with django_assert_num_queries(100, exact=False) as one:
        client.get(address(model), query)
    make()
    make()

    with django_assert_num_queries(len(one)):
        assert len(client.get(address(model), query).context["cl"].result_list) >= 3


@pytest.mark.parametrize("model", [Event, Award])
def test_every_column_of_a_list_can_be_sorted_by(db, model):
    MAKERS[model._meta.model_name]()
    client = browser_of(superuser())

    columns = range(1, len(admin.site._registry[model].list_display) + 1)
    assert [client.get(f"{address(model)}?o={column}").status_code for column in columns] == [200] * len(columns)
