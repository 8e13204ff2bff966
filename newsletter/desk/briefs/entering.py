"""Rows of the screen become drafts, all in one transaction and one revision."""

from dataclasses import dataclass, field

from django.db.models import Max, Q

from newsletter.articles.models import Article, ArticleOrganization, Photo
from newsletter.editions.models import Edition
from newsletter.events.models import Event, EventType, Participation
from newsletter.records.dates import iso_day
from newsletter.records.history import one_revision
from newsletter.records.text import rich_from_paragraphs


@dataclass
class Brief:
    """A brief as it is to be saved. `text` has a paragraph a line; `organizations` is {Organization: role}."""

    title: str
    text: str
    byline: str = ""
    person: str = ""
    contributors: list = field(default_factory=list)
    organizations: dict = field(default_factory=dict)
    event_type: EventType | None = None
    # What the event is beside its type, as a `Reading` has it: `start` or `when_text` at least.
    event: dict = field(default_factory=dict)
    # The values of a `Photo`, or none.
    photo: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """Where and when all of them are listed; an edition only where they go into one."""

    section: object = None
    date: object = None
    edition: object = None
    page: int = 1


def enter_briefs(briefs, place, *, by):
    """Save each `Brief` as a draft; return the articles in the order of the briefs.

    An event that is there already, of the same type and day and with one of the organizations, is linked, not made
    again. Raises `EditConflict` and whatever the models refuse; nothing is kept then, no file either.
    """
    photos = []
    try:
        with one_revision(by):
            # From last to first: lists show the newest row first, so the first brief comes to stand on top.
            articles = [_enter(brief, place, photos, by) for brief in reversed(briefs)]
            articles.reverse()
            if place.edition:
                _put_into(place.edition, place.page, articles, by)
    except BaseException:
        for photo in photos:
            photo.picture.delete(save=False)
        raise
    return articles


def _enter(brief, place, photos, by):
    article = Article(
        form=Article.Form.BRIEF,
        section=place.section,
        title=brief.title,
        body=rich_from_paragraphs(brief.text.split("\n")),
        byline=brief.byline,
        contributor_person=brief.person,
        date=place.date or (place.edition and place.edition.date),
    )
    article.save(by=by)
    _link(article, brief)
    article.belong_to(by)
    if brief.photo:
        photo = Photo(article=article, **brief.photo)
        photos.append(photo)
        photo.save()
    if brief.event_type:
        article.event_links.create(event=_event_of(brief, article, by))
    return article


def _link(article, brief):
    roles = ArticleOrganization.Role
    for organization in brief.contributors:
        article.organization_links.create(organization=organization, role=roles.CONTRIBUTOR)
    primary = next((one for one, role in brief.organizations.items() if role == roles.SUBJECT), None)
    for organization, role in brief.organizations.items():
        article.organization_links.create(organization=organization, role=role, is_primary=organization == primary)


def _event_of(brief, article, by):
    fact, organizations = brief.event, [*brief.contributors, *brief.organizations]
    days = {"start_date": fact.get("start"), "end_date": fact.get("end"), "year": fact.get("year")}
    days = {name: iso_day(day) if isinstance(day, str) else day for name, day in days.items()}
    same = Event.objects.kept().filter(type=brief.event_type, when_text=fact.get("when_text", ""), **days)
    if not fact.get("start"):
        # Words such as 日前 mean another day in each edition.
        same = same.filter(listed_date=article.date)
    name = fact.get("name", "")
    same = same.filter((Q(name=name) & ~Q(name="")) | Q(organizations__in=organizations))
    return same.first() or _new_event(brief, {**days, "name": name}, by)


def _new_event(brief, values, by):
    fact, taken = brief.event, {*brief.contributors, *brief.organizations}
    roles = dict.fromkeys(pair for pair in fact.get("roles", []) if pair[0] in taken)
    if not any(role in Participation.LEADING for _organization, role in roles):
        # Type and hosts would be no name.
        values["name"] = values["name"] or " ".join(brief.title.split("\n"))
    event = Event(
        type=brief.event_type,
        part_of_day=fact.get("part_of_day", ""),
        start_time=fact.get("time"),
        when_text=fact.get("when_text", ""),
        venue=fact.get("venue", ""),
        places="\n".join(fact.get("places", [])),
        series_text=fact.get("series_text", ""),
        series_year=fact.get("series_year"),
        **values,
    )
    event.full_clean()
    event.save(by=by)
    for organization, role in roles:
        event.participations.create(organization=organization, role=role)
    return event


def _put_into(edition, page, articles, by):
    """Behind what stands on the page of the edition already; an edition past a review goes back to it."""
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    with edition.changing(by=by, may_publish=by.has_perm("editions.publish_edition")):
        last = edition.items.filter(page=page).aggregate(last=Max("position"))["last"] or 0
        for position, article in enumerate(articles, last + 1):
            edition.items.create(article=article, page=page, position=position)
        edition.save(by=by)
