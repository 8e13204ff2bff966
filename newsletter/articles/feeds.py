"""The feeds of news: all, filtered, or of one organization, event type, section or tag."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse

from newsletter.events.models import Event, EventType
from newsletter.publishing.conditional import linked
from newsletter.publishing.feeds.items import Category, Enclosure, Item
from newsletter.publishing.feeds.source import FeedSource
from orgs.models import Organization
from orgs.views import public_organization

from .filters import NewsFilter
from .models import Article, ArticleEvent, ArticleOrganization, Section, Tag, TaggedArticle


class NewsFeed(FeedSource):
    """All news, or what the filters of the news list leave of it. The base of the feeds of a part of it."""

    url_name = "article_files:feed"
    publishables = (Article, Event)
    records = (Organization, EventType, Tag)
    filter = None

    @classmethod
    def find(cls, params, slug=None):
        filter = NewsFilter(params)
        found = cls(query=filter.address().removeprefix("?"))
        found.filter = filter
        return found

    def title(self):
        return "、".join(choice.label for choice in self.filter.taken_choices()) if self.filter else None

    def home(self):
        return reverse("articles:news") + (f"?{self.query}" if self.query else "")

    def rows(self):
        return self.filter.apply(Article.objects.all()) if self.filter else Article.objects.all()

    def columns(self, now):
        events = ArticleEvent.objects.filter(event__in=Event.objects.published(now))
        return {
            "organizations_tied": linked(ArticleOrganization.objects, "article", "organization"),
            "events_tied": linked(events, "article", "event", "event__type"),
            "tags_tied": linked(TaggedArticle.objects, "content_object", "tag"),
        }

    def prepare(self, queryset, now):
        links = ArticleOrganization.objects.select_related("organization")
        events = Event.objects.published(now).select_related("type")
        return queryset.prefetch_related(
            "photos", "attachments", "tags", Prefetch("organization_links", links), Prefetch("events", events)
        )

    def item(self, article):
        photos = list(article.photos.all())
        links = article.organization_links.all()
        html = render_to_string("articles/feed_item.html", {"article": article, "photos": photos})
        return Item(
            uuid=article.uuid,
            path=article.get_absolute_url(),
            title=article.headline,
            html=html,
            published=article.first_public_at,
            updated=article.modified_at,
            summary=article.teaser,
            author=article.byline,
            contributors=[link.organization.name for link in links if link.role == link.Role.CONTRIBUTOR],
            categories=[
                *categories("/orgs/", [link.organization for link in links]),
                *categories("/events/types/", [event.type for event in article.events.all()]),
                *categories("/tags/", article.tags.all()),
            ],
            enclosure=_enclosure(photos[0]) if photos else None,
        )


def categories(scheme, records):
    return [Category(scheme, record.slug, str(record)) for record in dict.fromkeys(records)]


class ScopedNewsFeed(NewsFeed):
    """The news of one record of `model`, found by its slug."""

    model = None

    @classmethod
    def find(cls, params, slug=None):
        return cls(get_object_or_404(cls.model, slug=slug))

    @classmethod
    def every(cls):
        return [cls(record) for record in cls.model.objects.all()]

    def title(self):
        return str(self.scope)

    def home(self):
        return self.scope.get_absolute_url()


class OrganizationNewsFeed(ScopedNewsFeed):
    url_name = "article_files:organization_feed"

    @classmethod
    def find(cls, params, slug=None):
        return cls(public_organization(slug))

    @classmethod
    def every(cls):
        return [cls(organization) for organization in Organization.objects.public()]

    def rows(self):
        return Article.objects.for_organization(self.scope)


class EventTypeNewsFeed(ScopedNewsFeed):
    url_name = "article_files:event_type_feed"
    model = EventType

    def rows(self):
        return Article.objects.for_event_type(self.scope)


class SectionNewsFeed(ScopedNewsFeed):
    url_name = "article_files:section_feed"
    model = Section

    def rows(self):
        return Article.objects.filter(section=self.scope)


class TagNewsFeed(ScopedNewsFeed):
    url_name = "article_files:tag_feed"
    model = Tag

    def rows(self):
        return Article.objects.filter(pk__in=self.scope.tagged.values("content_object"))


def _enclosure(photo):
    """The photo's rendition; None where the disk has lost it."""
    try:
        name = photo.picture.process("wide")
        length = photo.picture.storage.size(name)
    except OSError:
        return None
    width, height = photo.wide_size
    media_type = f"image/{name.rpartition('.')[2].lower()}"
    return Enclosure(photo.wide_url, length, media_type, width, height, photo.caption, photo.credit)
