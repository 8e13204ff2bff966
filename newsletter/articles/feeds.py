"""The feeds of news: all, filtered, or of one organization, event type, section or tag."""

from collections import defaultdict

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast
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
from .models import Article, ArticleEvent, ArticleOrganization, Attachment, Section, Tag, TaggedArticle


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
        events = ArticleEvent.objects.filter(Event.objects.published(now).behind("event"))
        return {
            "organizations_tied": linked(ArticleOrganization.objects, "article", "organization"),
            "events_tied": linked(events, "article", "event", "event__type"),
            "tags_tied": linked(TaggedArticle.objects, "content_object", "tag"),
        }

    def prepare(self, queryset, now):
        articles = list(queryset.prefetch_related("photos"))
        ties = _ties(articles, now)
        for article in articles:
            article.ties = ties[article.pk]
        return articles

    def item(self, article):
        photos = list(article.photos.all())
        ties = article.ties
        attachments = [
            {"path": reverse("article_files:attachment", args=[pk]), "title": title} for pk, title in ties["attachment"]
        ]
        html = render_to_string(
            "articles/feed_item.html", {"article": article, "photos": photos, "attachments": attachments}
        )
        return Item(
            uuid=article.uuid,
            path=article.get_absolute_url(),
            title=article.headline,
            html=html,
            published=article.first_public_at,
            updated=article.modified_at,
            summary=article.teaser,
            author=article.byline,
            contributors=[name for _slug, name in ties[ArticleOrganization.Role.CONTRIBUTOR]],
            categories=[
                *categories("/orgs/", ties["organization"]),
                *categories("/events/types/", ties["type"]),
                *categories("/tags/", ties["tag"]),
            ],
            enclosure=_enclosure(photos[0]) if photos else None,
        )


def categories(scheme, names):
    """A `Category` for each slug and name, once."""
    return [Category(scheme, slug, name) for slug, name in dict.fromkeys(names)]


def _ties(articles, now):
    """`{id of an article: {kind: [(slug or id, name), …]}}` of what is tied to them, all kinds in one query.

    Kinds are `organization`, `type`, `tag`, `attachment` and the roles of organizations.
    """
    kinds = (
        ("organization", ArticleOrganization.objects, "article", "organization__slug", "organization__name", F("role")),
        (
            "type",
            ArticleEvent.objects.filter(Event.objects.published(now).behind("event")),
            "article",
            "event__type__slug",
            "event__type__name",
            Value(""),
        ),
        ("tag", TaggedArticle.objects, "content_object", "tag__slug", "tag__name", Value("")),
        ("attachment", Attachment.objects, "article", Cast("pk", CharField()), "title", Value("")),
    )
    first, *others = (
        rows.filter(**{f"{article}__in": articles}).order_by().values_list("pk", Value(kind), article, slug, name, role)
        for kind, rows, article, slug, name, role in kinds
    )
    ties = defaultdict(lambda: defaultdict(list))
    for _pk, kind, article, slug, name, role in sorted(first.union(*others, all=True)):
        for each in filter(None, (kind, role)):
            ties[article][each].append((slug, name))
    return ties


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
    name = photo.picture.rendition_name(photo.RENDITIONS["wide"])
    try:
        length = photo.picture.rendition(photo.picture.storage.size, photo.RENDITIONS["wide"])
    except OSError:
        return None
    width, height = photo.wide_size
    media_type = f"image/{name.rpartition('.')[2].lower()}"
    return Enclosure(photo.wide_url, length, media_type, width, height, photo.caption, photo.credit)
