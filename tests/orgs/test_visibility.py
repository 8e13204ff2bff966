"""Which organizations readers see: those in the directory, and those that something public names."""

import datetime

import pytest

from newsletter.articles.models import ArticleOrganization
from newsletter.events.models import Participation
from orgs.models import Organization
from tests import factories
from tests.factories import (
    FUTURE,
    PAST,
    draft_article,
    draft_award,
    draft_event,
    merged_organization,
    organization,
    published,
    unlisted_organization,
    withdrawn,
)

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)


def contributes(one, values):
    article = draft_article(date=factories.DAY, **values)
    ArticleOrganization.objects.create(article=article, organization=one, role="contributor")


def is_subject(one, values):
    draft_article(organizations=[one], date=factories.DAY, **values)


def is_mentioned(one, values):
    article = draft_article(date=factories.DAY, **values)
    ArticleOrganization.objects.create(article=article, organization=one, role="mentioned")


def hosts(one, values):
    draft_event(hosts=[one], **values)


def visits(one, values):
    Participation.objects.create(event=draft_event(**values), organization=one, role="visitor")


def receives(one, values):
    draft_award(recipients=[one], **values)


def issues(one, values):
    draft_award(issuer=one, **values)


WAYS = pytest.mark.parametrize("is_named", [contributes, is_subject, is_mentioned, hosts, visits, receives, issues])


@WAYS
def test_organization_is_public_once_something_public_names_it(is_named):
    one = unlisted_organization()
    unlisted_organization()
    assert [*Organization.objects.public()] == []

    is_named(one, published())

    assert [*Organization.objects.public()] == [one]


@WAYS
@pytest.mark.parametrize(
    "values",
    [{}, factories.IN_REVIEW, published(FUTURE), withdrawn()],
    ids=["draft", "review", "scheduled", "withdrawn"],
)
def test_what_is_not_public_makes_no_organization_public(is_named, values):
    listed = organization()

    is_named(unlisted_organization(), values)

    assert [*Organization.objects.public()] == [listed]


@WAYS
def test_organization_becomes_public_with_what_is_scheduled(is_named):
    one = unlisted_organization()
    is_named(one, published(FUTURE))

    assert [*Organization.objects.public(FUTURE - HOUR)] == []
    assert [*Organization.objects.public(FUTURE)] == [one]


@WAYS
def test_merged_organization_is_not_public_whatever_names_it(is_named):
    kept = organization()
    one = merged_organization(into=kept)

    is_named(one, published(PAST))

    assert [*Organization.objects.public()] == [kept]


def test_retired_organization_stays_in_the_directory():
    one = organization(status="retired")

    assert [*Organization.objects.public()] == [one]


def test_organization_named_many_times_is_there_once():
    one = organization()
    for is_named in (is_subject, is_mentioned, hosts, receives, issues):
        is_named(one, published())

    assert [*Organization.objects.public()] == [one]


def test_supervisor_is_not_public_because_of_those_it_supervises():
    one = organization(supervisor=unlisted_organization("苍南县民政局"))

    assert [*Organization.objects.public()] == [one]
