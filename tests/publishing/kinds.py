"""Everything that can be published, in every state in which it can be."""

import datetime

import pytest

from tests import factories
from tests.factories import FUTURE, IN_REVIEW, PAST, published, withdrawn

KINDS = pytest.mark.parametrize(
    "draft",
    [
        factories.draft_article,
        factories.draft_event,
        factories.draft_award,
        factories.draft_edition,
        factories.draft_page,
    ],
    ids=["article", "event", "award", "edition", "page"],
)
HOUR = datetime.timedelta(hours=1)


def make(draft, **values):
    if draft is factories.draft_article:
        values = {"date": factories.DAY, **values}
    return draft(**values)


def stored(publishable):
    return type(publishable).objects.filter(pk=publishable.pk).values().get()


STARTS = {
    "draft": {},
    "draft with a time": {"publish_at": PAST},
    "review": IN_REVIEW,
    "scheduled": published(FUTURE),
    "published": published(PAST),
    "withdrawn": withdrawn(PAST),
}
