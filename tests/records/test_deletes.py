"""Nothing that something else stands on can be deleted; parts go with their whole."""

import pytest
from django.db.models import ProtectedError

from newsletter.articles.models import Photo, Unit
from newsletter.awards.models import Recipient
from newsletter.editions.models import EditionItem
from newsletter.events.models import EventSeries
from tests.factories import (
    attachment,
    draft_article,
    draft_award,
    draft_edition,
    draft_event,
    event_type,
    figure,
    merged_organization,
    organization,
    photo,
    preview_link,
    section,
    staff,
    tag,
)

pytestmark = pytest.mark.django_db


def organization_in(holder):
    one = organization()
    return one, holder(one)


HELD = {
    "organization with an article": lambda: organization_in(lambda one: draft_article(organizations=[one])),
    "organization with an event": lambda: organization_in(lambda one: draft_event(hosts=[one])),
    "organization with an award": lambda: organization_in(lambda one: draft_award(recipients=[one])),
    "organization that issued an award": lambda: organization_in(lambda one: draft_award(issuer=one)),
    "organization that supervises another": lambda: organization_in(lambda one: organization(supervisor=one)),
    "organization with a branch": lambda: organization_in(lambda one: organization(parent=one)),
    "organization into which another was merged": lambda: organization_in(merged_organization),
    "event in an article": lambda: (event := draft_event(), draft_article(events=[event])),
    "event with a figure": lambda: (event := draft_event(), figure(draft_article(), event=event)),
    "award in an article": lambda: (award := draft_award(), draft_article(awards=[award])),
    "article in an edition": lambda: (article := draft_article(), draft_edition(articles=[article])),
    "section with an article": lambda: (kept := section(), draft_article(section=kept)),
    "event type with an event": lambda: (kept := event_type(), draft_event(type=kept)),
    "series with an event": lambda: (kept := EventSeries.objects.create(name="爱心送考"), draft_event(series=kept)),
    "unit with a figure": lambda: (Unit.objects.get(code="CNY"), figure(draft_article())),
    "account that made an article": lambda: (one := staff(), draft_article(created_by=one)),
    "account that changed an event": lambda: (one := staff(), draft_event(modified_by=one)),
    "account that published an award": lambda: (one := staff(), draft_award(published_by=one)),
    "account that made a preview link": lambda: (one := staff(), preview_link(draft_article(), by=one)),
    "account that withdrew an edition": lambda: (one := staff(), draft_edition(withdrawn_by=one)),
}


@pytest.mark.parametrize("name", HELD)
def test_delete_is_refused_for(name):
    row, holder = HELD[name]()

    with pytest.raises(ProtectedError) as refused:
        row.delete()

    assert refused.value.protected_objects
    row.refresh_from_db()
    holder.refresh_from_db()


@pytest.mark.parametrize("name", [name for name in HELD if "account" not in name])
def test_delete_of_a_whole_list_is_refused_for(name):
    row, _holder = HELD[name]()
    before = type(row).objects.count()

    with pytest.raises(ProtectedError):
        type(row).objects.all().delete()

    assert type(row).objects.count() == before


def test_parts_go_with_their_article_and_what_it_names_stays():
    one, event, award = organization(), draft_event(), draft_award()
    article = draft_article(organizations=[one], events=[event], awards=[award], tags=["端午"])
    for part in (photo, attachment, figure):
        part(article)

    article.delete()

    assert not Photo.objects.exists()
    for kept in (one, event, award, tag("端午")):
        kept.refresh_from_db()


def test_edition_goes_without_its_articles():
    article = draft_article()

    draft_edition(articles=[article]).delete()

    assert not EditionItem.objects.exists()
    article.refresh_from_db()


def test_award_goes_without_its_recipients():
    one = organization()

    draft_award(recipients=[one]).delete()

    assert not Recipient.objects.exists()
    one.refresh_from_db()
