from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse

from newsletter.events.models import EventType
from newsletter.publishing.feeds import FeedItem, FeedView
from orgs.models import Organization
from orgs.views import asked_again

from .models import Article, Section, Tag


class NewsFeed(FeedView):
    """All news, and the base of the feeds of a part of it."""

    def path(self):
        return reverse("articles:news")

    def queryset(self):
        return Article.objects.all()

    def prepare(self, queryset):
        return queryset.prefetch_related("photos", "tags", "organizations", "events__type")

    def item(self, article):
        photos = list(article.photos.all())
        return FeedItem(
            uuid=article.uuid,
            path=article.get_absolute_url(),
            title=article.headline,
            html=render_to_string("articles/feed_item.html", {"article": article, "photos": photos}),
            published=article.first_public_at,
            updated=article.modified_at,
            author=article.byline,
            categories=list(
                dict.fromkeys(
                    [
                        *(organization.name for organization in article.organizations.all()),
                        *(event.type.name for event in article.events.all()),
                        *(tag.name for tag in article.tags.all()),
                    ]
                )
            ),
            enclosure=_enclosure(photos[0]) if photos else None,
        )


class ScopedNewsFeed(NewsFeed):
    """The news of one organization, event type, section or tag: `scope`, found by its slug."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.scope = self.find_scope(kwargs["slug"])

    def find_scope(self, slug):
        return get_object_or_404(self.scopes(), slug=slug)

    def title(self):
        return str(self.scope)

    def path(self):
        return self.scope.get_absolute_url()


class OrganizationNewsFeed(ScopedNewsFeed):
    def find_scope(self, slug):
        if public := Organization.objects.public().filter(slug=slug).first():
            return public
        present = Organization.objects.at_address(slug)
        return get_object_or_404(Organization.objects.public(), pk=present and present.pk)

    def get(self, request, slug):
        if slug != self.scope.slug:
            return asked_again(redirect("articles:organization_feed", self.scope.slug, permanent=True))
        return super().get(request, slug=slug)

    def queryset(self):
        return super().queryset().for_organization(self.scope)


class EventTypeNewsFeed(ScopedNewsFeed):
    def scopes(self):
        return EventType.objects

    def queryset(self):
        return super().queryset().for_event_type(self.scope)


class SectionNewsFeed(ScopedNewsFeed):
    def scopes(self):
        return Section.objects

    def queryset(self):
        return super().queryset().filter(section=self.scope)


class TagNewsFeed(ScopedNewsFeed):
    def scopes(self):
        return Tag.objects

    def queryset(self):
        return super().queryset().filter(pk__in=self.scope.tagged.values("content_object"))


def _enclosure(photo):
    """Path, length and type of the photo's rendition; None where the disk has lost it."""
    try:
        name = photo.picture.process("wide")
        length = photo.picture.storage.size(name)
    except OSError:
        return None
    return photo.wide_url, length, f"image/{name.rpartition('.')[2].lower()}"
