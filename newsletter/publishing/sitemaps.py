from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import Paginator
from django.db.models import Max
from django.utils.functional import cached_property

_site = urlsplit(settings.SITE_URL)


class PartsByIds(Paginator):
    """Rows in parts of so many ids: the last part costs what the first one does, and what is old stays in its part."""

    @cached_property
    def num_pages(self):
        # Of all rows, public or not: that is the end of the primary key, and nothing is searched.
        newest = self.object_list.model._base_manager.aggregate(newest=Max("pk"))["newest"] or 1
        return (newest - 1) // self.per_page + 1

    def page(self, number):
        number = self.validate_number(number)
        last = number * self.per_page
        rows = self.object_list.filter(pk__gt=last - self.per_page, pk__lte=last)
        return self._get_page(rows, number, self)


class SiteSitemap(Sitemap):
    """A sitemap whose addresses come from SITE_URL, never from the Host header."""

    protocol = _site.scheme
    # The protocol allows 50,000, which would take seconds.
    limit = 1000

    def get_domain(self, site=None):
        return _site.netloc


class SitemapOfRows(SiteSitemap):
    """Of a queryset: `items()`."""

    @property
    def paginator(self):
        return PartsByIds(self.items(), self.limit)

    def lastmod(self, row):
        return row.modified_at


class PublishableSitemap(SitemapOfRows):
    model = None
    address_fields = ()

    def items(self):
        return self.model.objects.published().order_by("pk").only("pk", "modified_at", "uuid", *self.address_fields)
