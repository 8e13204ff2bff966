"""WebSub (w3.org/TR/websub): the hub is told of each feed that changed, and it tells the subscribers.

Nothing of this happens while somebody saves. A process of its own compares what each feed holds with what the hub was
told: so it hears of a scheduled story, of a renamed organization and of what happened while it stood still, too.
"""

import hashlib
import logging
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.utils import timezone

from newsletter.articles.feeds import (
    EventTypeNewsFeed,
    NewsFeed,
    OrganizationNewsFeed,
    SectionNewsFeed,
    TagNewsFeed,
)
from newsletter.awards.feeds import AwardFeed
from newsletter.editions.feeds import EditionFeed
from newsletter.publishing.addresses import absolute
from newsletter.publishing.feeds.formats import FORMATS

from .models import AnnouncedFeed

ANNOUNCED = (
    *(NewsFeed, OrganizationNewsFeed, EventTypeNewsFeed, SectionNewsFeed, TagNewsFeed),
    *(AwardFeed, EditionFeed),
)
TIMEOUT = 10  # seconds
_log = logging.getLogger(__name__)


class HubUnreachable(Exception):
    """The hub did not answer, or asks to come back later. What it was not told of is told the next time."""


def announce_changes():
    """Tell the hub of each feed that changed since it was told last; return how many. Raises `HubUnreachable`.

    At the very first time nobody can have missed anything: what there is counts as told.
    """
    now = timezone.now()
    told = dict(AnnouncedFeed.objects.values_list("path", "fingerprint"))
    sources = {source.path("rss"): source for kind in ANNOUNCED for source in kind.every() if source.hub()}
    changed = 0
    for path, source in sources.items():
        parts, _moments = source.validators(now, tells_deletions=True)
        fingerprint = hashlib.sha256(repr(parts).encode()).hexdigest()
        if told.get(path) == fingerprint:
            continue
        if told:
            _tell(source.hub(), [absolute(source.path(format)) for format in FORMATS])
            changed += 1
        AnnouncedFeed.objects.update_or_create(path=path, defaults={"fingerprint": fingerprint})
    AnnouncedFeed.objects.exclude(path__in=sources).delete()
    return changed


def _tell(hub, topics):
    body = urlencode([("hub.mode", "publish"), *(("hub.url", topic) for topic in topics)]).encode()
    try:
        with urlopen(Request(hub, body), timeout=TIMEOUT):
            pass
    except HTTPError as error:
        if error.code >= 500 or error.code in {408, 429}:
            raise HubUnreachable(f"{hub} answers {error.code}") from error
        # It will not be persuaded by being asked again.
        _log.warning("The hub %s refuses %s: %s", hub, topics[0], error.code)
    except (OSError, HTTPException) as error:
        raise HubUnreachable(f"{hub}: {error}") from error
