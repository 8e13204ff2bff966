"""Each rule that the database holds: its message reaches the person who edits, and the database itself refuses."""

import datetime
from uuid import UUID

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import CheckConstraint

from newsletter.articles.models import (
    Article,
    ArticleAward,
    ArticleEvent,
    ArticleOrganization,
    Figure,
    TaggedArticle,
    Unit,
)
from newsletter.awards.models import Award, Recipient
from newsletter.desk.models import ParagraphDigest, PersonalDataConfirmation
from newsletter.editions.models import Edition, EditionItem, EditionPage
from newsletter.events.models import Event, Participation
from newsletter.publishing.models import Publication
from newsletter.records.models import FormKey
from newsletter.records.presence import Presence
from newsletter.search.models import Entry, EntryFacet
from orgs.models import Merger, OrganizationName
from tests.factories import (
    DAY,
    FUTURE,
    PAST,
    draft_article,
    draft_award,
    draft_edition,
    draft_event,
    draft_page,
    event_type,
    organization,
    photo,
    preview_link,
    published,
    staff,
    tag,
    trashed,
    withdrawn,
)

pytestmark = pytest.mark.django_db

PUBLISHABLES = {
    "articles_article": draft_article,
    "awards_award": draft_award,
    "editions_edition": draft_edition,
    "events_event": draft_event,
    "pages_page": draft_page,
}
DAY_BEFORE = DAY - datetime.timedelta(1)


def changed(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    return row


def event(**values):
    return Event(type=event_type(), **values)


def name_row(name="爱友", **values):
    return OrganizationName(**{"organization": organization(), "name": name, "key": name, **values})


def twice(model, **values):
    """A second row with the values of a first one, save those that are given as a pair."""
    pairs = {name: value for name, value in values.items() if isinstance(value, tuple)}
    model.objects.create(**{**values, **{name: first for name, (first, _second) in pairs.items()}})
    return model(**{**values, **{name: second for name, (_first, second) in pairs.items()}})


def placed(**values):
    return EditionItem(edition=draft_edition(), article=draft_article(), position=1, **values)


def figure(**values):
    return Figure(article=draft_article(), unit=Unit.objects.first(), text="35辆", **values)


def confirmed(**values):
    values = {"kind": "mobile", "masked": "138****5678", "fingerprint": "0", "step": "publish", "by": staff(), **values}
    content_type = ContentType.objects.get_for_model(Edition)
    return PersonalDataConfirmation(content_type=content_type, object_id=1, title="讲座", **values)


# For each rule: rows that break it, and no other one.
CASES = {}


def case(name, *rows):
    CASES[name] = rows


for prefix, draft in PUBLISHABLES.items():
    with_date = {"date": DAY} if draft is draft_article else {}
    case(
        f"{prefix}_published_has_times",
        lambda draft=draft, date=with_date: changed(draft(**date), **{**published(FUTURE), "publish_at": None}),
        lambda draft=draft, date=with_date: changed(draft(**date), **{**published(), "first_public_at": None}),
    )
    case(
        f"{prefix}_withdrawn_has_reason",
        lambda draft=draft: changed(draft(), **{**withdrawn(), "withdrawal_reason": ""}),
        lambda draft=draft: changed(draft(), **{**withdrawn(), "withdrawn_at": None}),
    )
    case(
        f"{prefix}_trashed_says_when",
        lambda draft=draft: changed(draft(), **{**trashed(), "trashed_at": None}),
        lambda draft=draft: changed(draft(), **{**trashed(), "trashed_from": "published"}),
        lambda draft=draft: changed(draft(), trashed_at=PAST, trashed_from="draft"),
    )

case("publishing_publication_is_one_row", lambda: Publication(pk=2))
case("preview_link_expires_after_it_is_made", lambda: changed(preview_link(draft_page()), expires_at=PAST))
case("form_key_is_used_once", lambda: twice(FormKey, user=staff("chen"), key=UUID(int=1), digest="0", object_id="1"))

case("organization_name_ends_after_it_begins", lambda: name_row(valid_from=DAY, valid_to=DAY_BEFORE))
case("organization_has_one_full_name", lambda: name_row(kind="full"))
case(
    "organization_merged_says_into_which",
    lambda: changed(organization(), status="merged"),
    lambda: changed(organization(), merged_into=organization()),
    lambda: changed(organization(), status="retired", merged_into=organization()),
)
case(
    "organization_is_not_its_own_parent",
    lambda: changed(one := organization(), parent=one),
    lambda: changed(one := organization(), status="merged", merged_into=one),
)

case("event_has_date_year_or_words", lambda: event(), lambda: event(part_of_day="morning"))
case(
    "event_ends_after_it_starts",
    lambda: event(start_date=DAY, end_date=DAY_BEFORE),
    lambda: event(when_text="日前", end_date=DAY),
)
case(
    "event_time_needs_a_day",
    lambda: event(when_text="日前", start_time=datetime.time(14, 30)),
    lambda: event(start_date=DAY, end_time=datetime.time(14, 30)),
)
case(
    "event_change_of_plan_has_reason",
    lambda: event(start_date=DAY, status="cancelled"),
    lambda: event(start_date=DAY, status="postponed"),
)
case("participation_once_per_role", lambda: twice(Participation, event=draft_event(), organization=organization()))

case(
    "award_once_per_year_and_issuer",
    lambda: twice(Award, name="“四好”商会", year=2018, level=("city", "county"), issuer=organization()),
)
case(
    "award_without_issuer_once_per_year",
    lambda: twice(Award, name="“四好”商会", year=2018, level=("city", "county")),
)
case(
    "recipient_is_organization_or_person",
    lambda: Recipient(award=draft_award()),
    lambda: Recipient(award=draft_award(), organization=organization(), person="周海棠"),
)
case(
    "recipient_organization_once_per_project",
    lambda: twice(Recipient, award=draft_award(), organization=organization()),
)
case(
    "recipient_person_once_per_project", lambda: twice(Recipient, award=draft_award(), person="周海棠", project="义卖")
)

case("article_published_has_a_date", lambda: changed(draft_article(), **published()))
case(
    "article_organization_once_per_role",
    lambda: twice(ArticleOrganization, article=draft_article(), organization=organization()),
)
case(
    "article_has_one_primary_organization",
    lambda: twice(
        ArticleOrganization, article=draft_article(), organization=(organization(), organization()), is_primary=True
    ),
)
case("article_event_once", lambda: twice(ArticleEvent, article=draft_article(), event=draft_event()))
case("article_award_once", lambda: twice(ArticleAward, article=draft_article(), award=draft_award()))
case("article_tagged_once", lambda: twice(TaggedArticle, content_object=draft_article(), tag=tag()))
case(
    "photo_decorative_has_no_alternative_text",
    lambda: changed(photo(draft_article()), decorative=True, alt_text="送考车队"),
)
case("figure_is_not_negative", lambda: figure(value=-1, measure="raised"))
case("figure_other_says_what", lambda: figure(value=35))

case(
    "presence_once",
    lambda: twice(
        Presence, content_type=ContentType.objects.get_for_model(Edition), object_id=1, person=staff(), seen_at=PAST
    ),
)
case(
    "organization_is_merged_once_at_a_time",
    lambda: twice(Merger, duplicate=organization(), into=(organization(), organization()), status_before="active"),
)
case("confirmation_says_why", lambda: confirmed(reason=""))
case("paragraph_digest_once_per_article", lambda: twice(ParagraphDigest, article=draft_article(), digest=7))
case("edition_once_per_day_and_title", lambda: twice(Edition, date=DAY, title="苍南社会组织"))
case("edition_page_number_once", lambda: twice(EditionPage, edition=draft_edition(), number=1))
case(
    "edition_item_place_once",
    lambda: twice(EditionItem, edition=draft_edition(), article=(draft_article(), draft_article()), position=1),
)
case(
    "edition_item_article_once",
    lambda: twice(EditionItem, edition=draft_edition(), article=draft_article(), position=(1, 2)),
)
case(
    "edition_has_one_lead",
    lambda: twice(
        EditionItem,
        edition=draft_edition(),
        article=(draft_article(), draft_article()),
        position=(1, 2),
        is_lead=True,
    ),
)
case(
    "edition_item_region_within_the_page",
    lambda: placed(region_left=60, region_top=0, region_width=41, region_height=10),
    lambda: placed(region_left=0, region_top=91, region_width=50, region_height=10),
    lambda: placed(region_left=0, region_top=0, region_width=0, region_height=10),
    lambda: placed(region_left=0, region_top=0, region_width=50),
)
case(
    "search_entry_of_an_object_once",
    lambda: twice(
        Entry,
        kind=ContentType.objects.get_for_model(Article),
        object_id=7,
        date=DAY,
        year=2019,
        public_from=PAST,
        reading="1",
    ),
)
case(
    "search_facet_of_an_entry_once",
    lambda: twice(EntryFacet, entry=Entry.objects.of(Article).get(object_id=draft_article().pk), name="org", value=7),
)

EACH_CASE = pytest.mark.parametrize(
    ("name", "make"),
    [pytest.param(name, make, id=f"{name}-{n}") for name, rows in CASES.items() for n, make in enumerate(rows)],
)


def constraints():
    return {
        constraint.name: constraint
        for model in apps.get_models()
        if model.__module__.startswith(("newsletter.", "orgs."))
        for constraint in model._meta.constraints
    }


def test_every_constraint_has_a_case():
    assert sorted(CASES) == sorted(constraints())


@EACH_CASE
def test_constraint_tells_the_editor_in_its_own_words(name, make):
    row, constraint = make(), constraints()[name]
    words = str(constraint.violation_error_message)
    if words == str(constraint.default_violation_error_message):
        words = row.unique_error_message(type(row), constraint.fields).messages[0]

    with pytest.raises(ValidationError) as refused:
        row.full_clean(validate_unique=False)

    assert refused.value.messages == [words]


@EACH_CASE
def test_constraint_is_held_by_the_database(name, make):
    row, constraint = make(), constraints()[name]

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        row.save_base()  # past the model's own save()

    if connection.vendor == "sqlite" and not isinstance(constraint, CheckConstraint):
        # SQLite names the columns of a unique constraint, not the constraint.
        columns = [type(row)._meta.get_field(field).column for field in constraint.fields]
        name = ", ".join(f"{type(row)._meta.db_table}.{column}" for column in columns)
    assert name in str(refused.value)


@pytest.mark.parametrize(
    "make",
    [
        lambda: event(when_text="日前", year=2019),
        lambda: event(start_date=DAY, end_date=DAY, start_time=datetime.time(14), end_time=datetime.time(16)),
        lambda: event(start_date=DAY, status="cancelled", status_reason="台风"),
        lambda: event(year=2019, status="held"),
        lambda: name_row(valid_from=DAY, valid_to=DAY),
        lambda: name_row(valid_to=DAY),
        lambda: changed(organization(), status="merged", merged_into=organization()),
        lambda: changed(organization(), parent=organization()),
        lambda: twice(Participation, event=draft_event(), organization=organization(), role=("host", "organizer")),
        lambda: twice(Award, name="“四好”商会", year=(2018, 2019), level="city"),
        lambda: twice(Award, name="“四好”商会", year=2018, level="city", issuer=(None, organization())),
        lambda: twice(Recipient, award=draft_award(), organization=organization(), project=("义卖", "助学")),
        lambda: twice(Recipient, award=draft_award(), person=("周海棠", "郑贤局")),
        lambda: twice(
            ArticleOrganization, article=draft_article(), organization=organization(), role=("subject", "contributor")
        ),
        lambda: twice(
            ArticleOrganization,
            article=(draft_article(), draft_article()),
            organization=organization(),
            is_primary=True,
        ),
        lambda: changed(photo(draft_article()), decorative=True, caption="送考车队"),
        lambda: figure(value=0, measure="other", what="车"),
        lambda: twice(Edition, date=(DAY, DAY_BEFORE), title="苍南社会组织"),
        lambda: twice(
            EditionItem, edition=(draft_edition(), draft_edition()), article=draft_article(), position=1, is_lead=True
        ),
        lambda: placed(region_left=0, region_top=0, region_width=100, region_height=100),
        lambda: placed(region_left=99, region_top=99, region_width=1, region_height=1),
        lambda: changed(draft_article(date=DAY), **published(PAST)),
        lambda: changed(draft_article(), **withdrawn(PAST)),
    ],
)
def test_constraints_leave_alone_what_is_allowed(make):
    row = make()

    row.full_clean(validate_unique=False)
    row.save_base()
