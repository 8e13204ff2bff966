from newsletter.publishing.sitemaps import PublishableSitemap

from .models import Edition


class EditionSitemap(PublishableSitemap):
    model = Edition
