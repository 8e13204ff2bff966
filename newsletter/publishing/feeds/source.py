import datetime
import re
from functools import lru_cache
from uuid import uuid5

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from ..compiled import CompiledQuery, Moment, as_moment
from ..conditional import last_changes
from ..models import Publication
from .items import Deleted, Feed

LENGTH = 20
# A tombstone stands this long: readers that come back from a holiday hear of it.
TOLD_FOR = datetime.timedelta(days=90)
_NEVER = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


class FeedSource:
    """What a feed is about, and how one of its rows is described.

    `scope` is the record that the feed follows, such as an organization, or None; `query` its query string, if any.
    A subclass gives `url_name`, `publishables` and `records` (the models that its items tell of), `home()`, `rows()`
    with the publishables of its scope in every state, `prepare()` and `item()`.
    """

    url_name = ""
    publishables = ()
    records = ()

    def __init__(self, scope=None, query=""):
        self.scope, self.query = scope, query

    def __eq__(self, other):
        return type(self) is type(other) and (self.scope, self.query) == (other.scope, other.query)

    def __hash__(self):
        return hash((type(self), self.scope, self.query))

    @classmethod
    def find(cls, params, slug=None):
        """The source that an address asks for: by its parameters (a QueryDict) and its slug."""
        return cls()

    @classmethod
    def every(cls):
        """All sources of this kind, for those that list or announce them."""
        return [cls()]

    def title(self):
        """What the feed is about, in words; None: everything."""
        return None if self.scope is None else str(self.scope)

    def home(self):
        return self.scope.get_absolute_url()

    def rows(self):
        raise NotImplementedError

    def columns(self, now):
        """`{name: expression}`: what else than a row's own version moves its item. See `conditional.linked`."""
        return {}

    def prepare(self, queryset, now):
        """The rows with what `item()` needs, loaded at once: a queryset or a list."""
        return queryset

    def item(self, row):
        raise NotImplementedError

    def hub(self):
        """The address of the WebSub hub that is told of changes in this feed; nobody watches those of filters."""
        return "" if self.query else settings.WEBSUB_HUB

    def path(self, format, before=None):
        query = QueryDict(self.query, mutable=True)
        if before:
            query["before"] = before
        args = [format] if self.scope is None else [self.scope.slug, format]
        return reverse(self.url_name, args=args) + (f"?{query.urlencode()}" if query else "")

    def validators(self, now, before=None, *, tells_deletions=False):
        """See `ConditionalView.validators`."""
        # What a filter asks for may mean something else tomorrow, and of older pages there is no end.
        passing = before or self.query
        make = _validating.__wrapped__ if passing else _validating
        query, kept = make(self, before, tells_deletions)
        found = query.rows(now)
        scope = self.scope and (self.scope.pk, self.scope.version)
        publication = found[0][-1] if found else None
        moments = [as_moment(value) for value in found[0][kept:]] if found else ()
        return (scope, publication, [row[:kept] for row in found]), moments

    def feed(self, format, now, before=None, *, tells_deletions=False):
        """A `Feed` of the newest `LENGTH` items, or of those before the cursor `before`."""
        rows = list(self.prepare(_page(self.rows().published(now), before), now))
        more, rows = len(rows) > LENGTH, rows[:LENGTH]
        items = [self.item(row) for row in rows]
        deleted = self.deleted(now) if tells_deletions and not before else []
        publication = Publication.current()
        title = self.title()
        return Feed(
            uuid=uuid5(publication.uuid, f"{self.url_name} {self.scope.pk if self.scope else ''} {self.query}"),
            title=f"{title} · {publication.masthead}" if title else publication.masthead,
            description=publication.description or publication.tagline or publication.masthead,
            author=publication.publisher or publication.masthead,
            home=self.home(),
            path=self.path(format, before),
            updated=max([*(item.updated for item in items), *(gone.at for gone in deleted)], default=_NEVER),
            items=items,
            deleted=deleted,
            first=self.path(format) if before else "",
            next=self.path(format, cursor(rows[-1])) if more else "",
            hub="" if before else self.hub(),
        )

    def deleted(self, now):
        rows = self.rows().filter(_deleted(now)).order_by("-withdrawn_at", "-pk")[: LENGTH * 10]
        return [Deleted(row.uuid, row.withdrawn_at, row.withdrawal_reason) for row in rows]


@lru_cache(maxsize=1000)
def _validating(source, before, tells_deletions):
    """The query for the validators of a feed, and how many of its columns are of a row; the others are moments."""
    now = Moment()
    columns = source.columns(now)
    moments = last_changes(now, publishables=source.publishables, records=(*source.records, Publication))
    page = _page(source.rows().published(now), before)
    if tells_deletions and not before:
        page = source.rows().filter(Q(pk__in=page.values("pk")) | _deleted(now)).order_by("-first_public_at", "-pk")
        page = page[: LENGTH * 10]
    # Sliced querysets take no more columns.
    page = page.model.objects.filter(pk__in=page.values("pk")).order_by("-first_public_at", "-pk")
    rows = page.annotate(**columns, **moments).values_list("pk", "version", *columns, *moments)
    return CompiledQuery(rows), 2 + len(columns)


def cursor(row):
    """Where a page of older items begins: behind this row. Microseconds since 1970, and the id."""
    return f"{round(row.first_public_at.timestamp() * 1_000_000)}.{row.pk}"


def _page(published, before):
    """One row more than a page holds, which tells whether there is another page."""
    rows = published.order_by("-first_public_at", "-pk")
    if before:
        found = re.fullmatch(r"([0-9]{1,17})\.([0-9]{1,18})", before)
        if not found:
            raise BadRequest(_("The address of this page of the list is damaged."))
        moment = datetime.datetime.fromtimestamp(0, datetime.UTC) + datetime.timedelta(microseconds=int(found[1]))
        rows = rows.filter(Q(first_public_at__lt=moment) | Q(first_public_at=moment, pk__lt=int(found[2])))
    return rows[: LENGTH + 1]


def _deleted(now):
    # Publishing it again empties `withdrawn_at`.
    return Q(first_public_at__lte=now, withdrawn_at__gte=now - TOLD_FOR, withdrawn_at__lte=now)
