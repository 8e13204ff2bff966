"""An edition as the object of an edition file (docs/edition-file.md): what was loaded comes out again."""

from newsletter.articles.models import Article, ArticleOrganization, Figure
from newsletter.events.models import Event
from newsletter.records.text import paragraphs_of
from orgs.models import Organization, OrganizationName

from .load import MEASURES

_WORDS = {measure: word for word, measure in MEASURES.items()}


def dump_edition(edition):
    """A dict for `json.dumps`. Keys without a value are left out; files of photos are named, not held."""
    items = edition.items.select_related("article__section").prefetch_related(
        "article__tags", "article__photos", "article__event_links__event", "article__award_links__award"
    )
    stories = [_story(item) for item in items]
    named = {name for story in stories for name in _names_in(story)}
    organizations = Organization.objects.filter(name__in=named).prefetch_related("names").select_related("supervisor")
    sections = dict.fromkeys(story["section"] for story in stories if "section" in story)
    return {
        "edition": _filled(
            title=edition.title,
            number=edition.number,
            date=edition.date.isoformat(),
            date_is="assumed" if edition.date_is_assumed else "",
            locality=edition.locality,
            sections=list(sections),
            pages=[{"number": page.number, "title": page.title} for page in edition.pages.all()],
        ),
        "organizations": [_organization(organization) for organization in organizations.order_by("pk")],
        "stories": stories,
    }


def _filled(**values):
    return {key: value for key, value in values.items() if value not in (None, "", [], {}, False)}


def _names_in(story):
    facts = story["facts"]
    yield from facts["organizations"]
    if facts.get("contributor_kind") == "organization":
        yield facts["contributor"]
    for event in facts["events"]:
        for names in event["roles"].values():
            yield from names
    for award in facts["awards"]:
        yield from award.get("recipients", [])
        if "issuer" in award:
            yield award["issuer"]


def _organization(organization):
    names = [name.name for name in organization.names.all() if name.kind != OrganizationName.Kind.FULL]
    return _filled(
        name=organization.name,
        kind=organization.kind,
        member=organization.member,
        supervisor=organization.supervisor.name if organization.supervisor else "",
        **{
            key: getattr(organization, key)
            for key in ("region", "description", "grade", "website", "wechat", "phone", "email", "address")
        },
    ) | {"names": names}


def _story(item):
    article = item.article
    links = article.organization_links.select_related("organization")
    contributor = next((link.organization.name for link in links if link.role == link.Role.CONTRIBUTOR), "")
    person = article.contributor_person
    facts = _filled(
        contributor_kind="organization" if contributor else "person" if person else "",
        contributor=contributor or person,
        note=article.staff_note,
    )
    facts["organizations"] = [
        link.organization.name for link in links if link.role != ArticleOrganization.Role.CONTRIBUTOR
    ]
    facts["events"] = [_event(link.event) for link in article.event_links.all()]
    facts["awards"] = [entry for link in article.award_links.all() for entry in _awards(link.award)]
    facts["amounts"] = [_amount(figure) for figure in article.figures.select_related("unit", "event")]
    return _filled(
        section=article.section.name if article.section else "",
        form=article.form if article.form != Article.Form.ARTICLE else "",
        kicker=article.kicker,
        title=article.title_lines,
        subtitle=article.subtitle,
        summary=article.summary,
        byline=article.byline,
        paragraphs=paragraphs_of(article.body),
        page=item.page,
        position=item.position,
        region=list(item.region or ()),
        lead=item.is_lead,
        date=article.date.isoformat() if article.date else "",
        tags=[tag.name for tag in article.tags.all()],
        photos=[
            _filled(file=photo.picture.name, caption=photo.caption, credit=photo.credit, alt=photo.alt_text)
            for photo in article.photos.all()
        ],
    ) | {"facts": facts}


def _event(event):
    roles = {}
    for participation in event.participations.select_related("organization"):
        roles.setdefault(participation.role, []).append(participation.organization.name)
    return _filled(
        type=event.type.name,
        name=event.name,
        start=event.start_date.isoformat() if event.start_date else "",
        end=event.end_date.isoformat() if event.end_date else "",
        part_of_day=event.part_of_day,
        time=f"{event.start_time:%H:%M}" if event.start_time else "",
        end_time=f"{event.end_time:%H:%M}" if event.end_time else "",
        year=event.year,
        when_text=event.when_text,
        venue=event.venue,
        places=event.place_words,
        region=event.region,
        series=event.series.name if event.series else "",
        series_text=event.series_text,
        series_year=event.series_year,
        status=event.status if event.status != Event.Status.SCHEDULED else "",
        status_reason=event.status_reason,
    ) | {"roles": roles}


def _awards(award):
    """An entry for each project for which the award was given."""
    projects = {}
    for recipient in award.recipients.select_related("organization"):
        projects.setdefault(recipient.project, []).append(recipient)
    return [_award(award, project, recipients) for project, recipients in (projects or {"": []}).items()]


def _award(award, project, recipients):
    return _filled(
        name=award.name,
        year=award.year,
        level=award.level,
        issuer=award.issuer.name if award.issuer else "",
        recipients=[recipient.organization.name for recipient in recipients if recipient.organization],
        person_recipients=[recipient.person for recipient in recipients if recipient.person],
        project=project,
        document=award.document,
        date=award.date.isoformat() if award.date else "",
    )


def _amount(figure):
    other = figure.measure == Figure.Measure.OTHER
    return _filled(
        value=int(figure.value) if figure.value == int(figure.value) else float(figure.value),
        unit=figure.unit.code,
        approximate=figure.approximate,
        text=figure.text,
        what=figure.what if other and figure.what != figure.text else _WORDS.get(figure.measure, ""),
        year=figure.year,
        event=figure.event.name if figure.event else "",
    )
