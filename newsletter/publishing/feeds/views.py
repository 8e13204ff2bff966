from django.shortcuts import redirect

from orgs.views import asked_again

from ..addresses import absolute
from ..conditional import ConditionalView
from .formats import FORMATS


class FeedView(ConditionalView):
    """A feed in one of the formats. `before` in the query asks for older items (RFC 5005)."""

    source = None  # a subclass of FeedSource

    def get(self, request, format, slug=None):
        self.ending, self.format = format, FORMATS[format]
        self.content_type = f"{self.format.media_type}; charset=utf-8"
        self.before = request.GET.get("before")
        self.found = self.source.find(request.GET, slug)
        if slug and slug != self.found.scope.slug:
            return asked_again(redirect(self.found.path(format, self.before), permanent=True))
        hub = self.found.hub()
        if hub and not self.before:
            self.headers = {"Link": f'<{hub}>; rel="hub", <{absolute(self.found.path(format))}>; rel="self"'}
        return super().get(request)

    def validators(self, now):
        return self.found.validators(now, self.before, tells_deletions=self.format.tells_deletions)

    def content(self, now):
        feed = self.found.feed(self.ending, now, self.before, tells_deletions=self.format.tells_deletions)
        return self.format.write(feed, self.format.media_type)
