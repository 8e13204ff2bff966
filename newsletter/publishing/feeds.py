"""The base of all feeds. A feed says which publishables it is about and how one of them is described."""

import datetime
import hashlib
from dataclasses import dataclass, field

from django.db.models import Max, Q
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Enclosure, Rss201rev2Feed
from django.utils.http import http_date
from django.views.generic import View

from .addresses import absolute, absolute_html
from .models import Publication

FEED_LENGTH = 20
_NEVER = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


@dataclass
class FeedItem:
    uuid: str
    path: str
    title: str
    html: str
    published: datetime.datetime
    updated: datetime.datetime
    author: str = ""
    categories: list[str] = field(default_factory=list)
    enclosure: tuple[str, int, str] | None = None  # path, length in bytes, media type


class FeedView(View):
    """RSS 2.0 of the newest publishables of a scope, answering conditional requests.

    A subclass gives `title()` (None: the publication's own), `path()` of the page it belongs to, `queryset()` with the
    publishables of its scope in every state, and `item(publishable)`.
    """

    def title(self):
        return None

    def path(self):
        raise NotImplementedError

    def queryset(self):
        raise NotImplementedError

    def item(self, publishable):
        raise NotImplementedError

    def prepare(self, queryset):
        """What `item()` needs, loaded at once."""
        return queryset

    def get(self, request, **kwargs):
        now = timezone.now()
        changed = self.last_modified(now)
        response = HttpResponse(self.render(now, changed), content_type="application/rss+xml; charset=utf-8")
        response["Last-Modified"] = http_date(changed.timestamp())
        response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response["Cache-Control"] = "max-age=60"
        return get_conditional_response(
            request, etag=response["ETag"], last_modified=int(changed.timestamp()), response=response
        )

    def last_modified(self, now):
        """The last moment at which the feed could change: also by a withdrawal, or a scheduled item that came.

        It counts every row of the kind that was ever public, not only those of the scope: one may have left the scope.
        """
        rows = self.queryset().model.objects.filter(first_public_at__lte=now)
        times = rows.aggregate(changed=Max("modified_at"), came=Max("publish_at", filter=Q(publish_at__lte=now)))
        return max((moment for moment in times.values() if moment), default=_NEVER)

    def render(self, now, changed):
        publication = Publication.current()
        title = self.title()
        feed = Rss201rev2Feed(
            title=f"{title} · {publication.masthead}" if title else publication.masthead,
            link=absolute(self.path()),
            description=publication.description or publication.tagline or publication.masthead,
            language="zh-Hans",
            feed_url=absolute(self.request.path),
        )
        feed.latest_post_date = lambda: timezone.localtime(changed)
        newest = self.queryset().published(now).order_by("-first_public_at", "-pk")
        for publishable in self.prepare(newest)[:FEED_LENGTH]:
            item = self.item(publishable)
            feed.add_item(
                title=item.title,
                link=absolute(item.path),
                description=absolute_html(item.html),
                author_name=item.author or None,
                pubdate=timezone.localtime(item.published),
                updateddate=timezone.localtime(item.updated),
                unique_id=f"urn:uuid:{item.uuid}",
                unique_id_is_permalink=False,
                categories=item.categories,
                enclosures=[Enclosure(absolute(item.enclosure[0]), str(item.enclosure[1]), item.enclosure[2])]
                if item.enclosure
                else [],
            )
        return feed.writeString("utf-8")
