"""Loading an edition file: its facts become rows, in one transaction, each found again where it exists already."""

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import Storage
from django.db import DatabaseError

from newsletter.articles.models import (
    Article,
    ArticleAward,
    ArticleEvent,
    ArticleOrganization,
    Figure,
    Photo,
    Section,
    Tag,
    Unit,
)
from newsletter.awards.models import Award, Recipient
from newsletter.events.models import Event, EventSeries, EventType, Participation
from newsletter.records.history import one_revision
from newsletter.records.text import digest, rich_from_paragraphs
from orgs.directory import organization_for
from orgs.models import Organization

from .file import EditionFileError
from .models import REGION, Edition, EditionItem, EditionPage

# What an amount counts, in the words of edition files. Other words are kept as they are.
MEASURES = {
    "raised": Figure.Measure.RAISED,
    "donated": Figure.Measure.GIVEN,
    "taking part": Figure.Measure.TAKING_PART,
}


@dataclass
class Loaded:
    """What loading came to. `created` are the rows that were new, in the order of their making.

    Rows that belong to one of them and go with it (links, figures, photos, roles, recipients) are not named.
    """

    edition: Edition
    created: list
    photos: list

    @property
    def articles(self):
        """The new ones, as printed."""
        return [row for row in reversed(self.created) if isinstance(row, Article)]

    def forget_files(self):
        """Delete the stored photos; for whoever takes the rows back."""
        for photo in self.photos:
            photo.picture.delete(save=False)


def load_edition(file, *, folder=None, publish=False, by=None):
    """Load an `EditionFile`; return what was `Loaded`.

    `folder` is where the files of photos stand, a path or a `Storage`. Raises `EditionFileError`, after which nothing
    is changed: no row and no file.
    """
    loader = _Loader(folder, by)
    loaded = Loaded(None, loader.created, loader.photos)
    try:
        with one_revision(by):
            loaded.edition = edition = loader.load(file)
            if publish:
                if edition.state == Edition.State.DRAFT:
                    edition.publish(by=by)
                for article in edition.published_along() if edition.is_published() else ():
                    if article.state == Article.State.DRAFT:
                        article.publish(by=by)
    except BaseException:
        loaded.forget_files()
        raise
    return loaded


@contextmanager
def _place(where):
    """Say where in the file a model refused something."""
    try:
        yield
    except ValidationError as error:
        if hasattr(error, "message_dict"):
            raise EditionFileError(
                [
                    f"{where}, {name}: {message}" if name != "__all__" else f"{where}: {message}"
                    for name, messages in error.message_dict.items()
                    for message in messages
                ]
            ) from error
        raise EditionFileError([f"{where}: {message}" for message in error.messages]) from error
    except DatabaseError as error:
        raise EditionFileError([f"{where}: the database refuses it: {error}"]) from error


def _checked(instance, **kwargs):
    instance.full_clean()
    instance.save(**kwargs)
    return instance


class _Loader:
    def __init__(self, folder, by):
        self.folder, self.by = folder, by
        self.photos, self.created = [], []

    def load(self, file):
        for number, entry in enumerate(file.organizations, 1):
            with _place(f"organization {number} ({entry.name})"):
                self.organization_of(entry)
        with _place("edition"):
            edition = self.edition_of(file)
            for name in file.sections:
                self.section(name)
        lead = self.lead_of(file.stories)
        positions = self.positions_of(file.stories)
        # From last to first: lists show the newest row first, so the first story comes to stand on top.
        for story in reversed(file.stories):
            with _place(story.where):
                self.story(story, edition, positions[story.where], is_lead=story is lead)
        return edition

    def new(self, instance, **kwargs):
        self.created.append(_checked(instance, **kwargs))
        return instance

    # Who.

    def organization_of(self, entry):
        count = len(self.created)
        organization, names = organization_for([entry.name, *entry.names], lambda: self.new_organization(entry))
        if organization not in self.created[count:]:
            self.created += names
        return organization

    def new_organization(self, entry):
        supervisor = Organization.objects.named(entry.supervisor).first() if entry.supervisor else None
        if entry.supervisor and supervisor is None:
            # Whom the law lets supervise a social organization is an authority.
            supervisor = Organization(name=entry.supervisor, kind=Organization.Kind.GOVERNMENT, listed=False)
            self.new(supervisor, by=self.by)
        organization = Organization(
            name=entry.name,
            kind=entry.kind,
            region=entry.region,
            description=entry.description,
            supervisor=supervisor,
            grade=entry.grade,
            member=entry.member,
            website=entry.website,
            wechat=entry.wechat,
            phone=entry.phone,
            email=entry.email,
            address=entry.address,
            listed=False,
        )
        return self.new(organization, by=self.by)

    def organization(self, name):
        found = Organization.objects.named(name).first()
        if found is None:
            raise ValidationError(f"“{name}” is neither among the file's organizations nor in the directory")
        return found

    # Where.

    def edition_of(self, file):
        title = file.title
        edition = Edition.objects.kept().filter(date=file.date, title=title).first()
        if edition is None:
            edition = self.new(
                Edition(
                    title=title,
                    number=file.number,
                    date=file.date,
                    date_is_assumed=file.date_is_assumed,
                    locality=file.locality,
                ),
                by=self.by,
            )
        for number, title in file.pages.items():
            if not edition.pages.filter(number=number).exists():
                self.new(EditionPage(edition=edition, number=number, title=title))
        return edition

    def section(self, name):
        return self.named(Section, name) if name else None

    def named(self, model, name):
        return model.objects.filter(name=name).first() or self.new(model(name=name))

    @staticmethod
    def lead_of(stories):
        marked = [story for story in stories if story.lead]
        if len(marked) > 1:
            raise EditionFileError([f"{marked[1].where}, lead: {marked[0].where} is the lead story already"])
        longest = max(stories, key=lambda story: len("".join(story.paragraphs)), default=None)
        return marked[0] if marked else longest

    @staticmethod
    def positions_of(stories):
        """The place of each story on its page, as the file says or else in the order of the file."""
        taken, places = {}, {}
        for story in stories:
            if story.position:
                other = taken.setdefault((story.page, story.position), story.where)
                if other != story.where:
                    raise EditionFileError([f"{story.where}, position: {other} stands there already"])
                places[story.where] = story.position
        for story in stories:
            if not story.position:
                position = 1
                while (story.page, position) in taken:
                    position += 1
                taken[story.page, position] = story.where
                places[story.where] = position
        return places

    # What.

    def story(self, entry, edition, position, *, is_lead):
        """Create the article with all that it names, unless the edition has its text already."""
        items = edition.items
        if (
            items.filter(article__text_digest=digest(entry.paragraphs))
            .exclude(article__state=Article.State.TRASHED)
            .exists()
        ):
            return
        article = self.new(
            Article(
                form=entry.form or self.form_of(entry),
                section=self.section(entry.section),
                kicker=entry.kicker,
                title="\n".join(entry.title),
                subtitle=entry.subtitle,
                summary=entry.summary,
                body=rich_from_paragraphs(entry.paragraphs),
                byline=entry.byline,
                contributor_person=entry.contributor if entry.contributor_kind == "person" else "",
                date=entry.date or edition.date,
                staff_note=entry.note,
            ),
            by=self.by,
        )
        while items.filter(page=entry.page, position=position).exists():
            position += 1
        is_lead = is_lead and not items.filter(is_lead=True).exists()
        item = EditionItem(edition=edition, article=article, page=entry.page, position=position, is_lead=is_lead)
        for name, value in zip(REGION, entry.region, strict=False):
            setattr(item, name, value)
        self.new(item)
        for tag in entry.tags:
            Tag(name=tag).clean_fields(exclude=["slug"])
        article.tags.add(*entry.tags)
        for number, photo in enumerate(entry.photos, 1):
            with _place(photo.where):
                self.photo(photo, article, number)
        events = {}
        for event in entry.events:
            with _place(event.where):
                events[event.name] = self.event(event, article)
                ArticleEvent.objects.get_or_create(article=article, event=events[event.name])
        for award in entry.awards:
            with _place(award.where):
                ArticleAward.objects.get_or_create(article=article, award=self.award(award))
        for amount in entry.amounts:
            with _place(amount.where):
                self.amount(amount, article, events)
        self.link_organizations(entry, article)

    @staticmethod
    def form_of(entry):
        if entry.section == "图说":
            return Article.Form.PHOTO_STORY
        if entry.section == "简讯" and len(entry.paragraphs) == 1:
            return Article.Form.BRIEF
        return Article.Form.ARTICLE

    def link_organizations(self, entry, article):
        """Link the contributor, then every organization that the story names, those it is about as subjects."""
        link = ArticleOrganization.objects.get_or_create
        if entry.contributor and entry.contributor_kind == "organization":
            with _place(f"{entry.where}, facts, contributor"):
                link(
                    article=article,
                    organization=self.organization(entry.contributor),
                    role=ArticleOrganization.Role.CONTRIBUTOR,
                )
        acting = {name for event in entry.events for names in event.roles.values() for name in names}
        acting |= {name for award in entry.awards for name in award.recipients}
        named = [*entry.organizations, *sorted(acting), *filter(None, (award.issuer for award in entry.awards))]
        headline = "".join(entry.title)
        linked = {}
        for name in named:
            with _place(f"{entry.where}, facts, organizations"):
                organization = self.organization(name)
            is_subject = name in acting or any(n.name in headline for n in organization.names.all())
            linked[organization] = linked.get(organization, False) or is_subject
        for organization, is_subject in linked.items():
            roles = ArticleOrganization.Role
            link(article=article, organization=organization, role=roles.SUBJECT if is_subject else roles.MENTIONED)
        subject = article.organization_links.filter(role=ArticleOrganization.Role.SUBJECT).first()
        if subject:
            subject.is_primary = True
            subject.save()

    def photo(self, entry, article, number):
        try:
            content = self.opened(entry.file)
        except OSError as error:
            raise ValidationError({"file": f"{entry.file} cannot be read: {error.strerror or error}"}) from error
        with content:
            photo = Photo(
                article=article, caption=entry.caption, credit=entry.credit, alt_text=entry.alt, position=number
            )
            photo.picture.save(PurePath(entry.file).name, File(content), save=False)
            self.photos.append(photo)
        _checked(photo)

    def opened(self, name):
        if isinstance(self.folder, Storage):
            return self.folder.open(name)
        folder = self.folder and Path(self.folder).resolve()
        if folder is None or not (path := (folder / name).resolve()).is_relative_to(folder):
            raise ValidationError({"file": "must stand beside the edition file"})
        return path.open("rb")

    def event(self, entry, article):
        roles = {role: [self.organization(name) for name in names] for role, names in entry.roles.items()}
        event_type = self.named(EventType, entry.type)
        found = self.known_event(entry, event_type, {o for orgs in roles.values() for o in orgs}, article.date)
        if found:
            return found
        event = self.new(
            Event(
                name=entry.name,
                type=event_type,
                start_date=entry.start,
                end_date=entry.end,
                part_of_day=entry.part_of_day,
                start_time=entry.time,
                end_time=entry.end_time,
                year=entry.year,
                when_text=entry.when_text,
                venue=entry.venue,
                places="\n".join(entry.places),
                region=entry.region,
                series=self.named(EventSeries, entry.series) if entry.series else None,
                series_text=entry.series_text,
                series_year=entry.series_year,
                status=entry.status or Event.Status.SCHEDULED,
                status_reason=entry.status_reason,
            ),
            by=self.by,
        )
        for role, organizations in roles.items():
            for organization in organizations:
                _checked(Participation(event=event, organization=organization, role=role))
        return event

    @staticmethod
    def known_event(entry, event_type, organizations, listed_date):
        """The same event, loaded before: by name, or by type and organizations, on the same day or year.

        Words such as 日前 mean another day in each edition, so there the day of the report must agree too.
        """
        same = Event.objects.kept().filter(start_date=entry.start, end_date=entry.end, year=entry.year)
        if not entry.start:
            same = same.filter(when_text=entry.when_text)
            if not entry.year:
                same = same.filter(listed_date=listed_date)
        if entry.name:
            return same.filter(name=entry.name).first()
        if not organizations:
            return None
        same = same.filter(type=event_type, name="").prefetch_related("organizations")
        return next((event for event in same if set(event.organizations.all()) == organizations), None)

    def award(self, entry):
        issuer = self.organization(entry.issuer) if entry.issuer else None
        award = Award.objects.kept().filter(name=entry.name, year=entry.year, issuer=issuer).first()
        if award is None:
            award = self.new(
                Award(
                    name=entry.name,
                    year=entry.year,
                    level=entry.level,
                    issuer=issuer,
                    document=entry.document,
                    date=entry.date,
                ),
                by=self.by,
            )
        recipients = [{"organization": self.organization(name)} for name in entry.recipients]
        recipients += [{"person": name} for name in entry.person_recipients]
        for recipient in recipients:
            recipient["project"] = entry.project
            if not award.recipients.filter(**recipient).exists():
                row = _checked(Recipient(award=award, **recipient))
                if award not in self.created:
                    self.created.append(row)
        return award

    def amount(self, entry, article, events):
        if entry.event and entry.event not in events:
            raise ValidationError({"event": f"the story has no event called {entry.event}"})
        unit = Unit.objects.filter(code=entry.unit).first()
        measure = MEASURES.get(entry.what, Figure.Measure.OTHER)
        _checked(
            Figure(
                article=article,
                value=entry.value,
                unit=unit or self.new(Unit(code=entry.unit, name=entry.unit)),
                approximate=entry.approximate,
                text=entry.text,
                measure=measure,
                what=(entry.what or entry.text) if measure == Figure.Measure.OTHER else "",
                year=entry.year,
                event=events[entry.event] if entry.event else None,
            )
        )
