from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap

_site = urlsplit(settings.SITE_URL)


class SiteSitemap(Sitemap):
    """A sitemap whose addresses come from SITE_URL, never from the Host header."""

    protocol = _site.scheme

    def get_domain(self, site=None):
        return _site.netloc


class PublishableSitemap(SiteSitemap):
    model = None

    def items(self):
        return self.model.objects.published().order_by("-pk").only("pk", "modified_at", "uuid", *self.address_fields)

    address_fields = ()

    def lastmod(self, publishable):
        return publishable.modified_at
