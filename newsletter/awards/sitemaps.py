from newsletter.publishing.sitemaps import PublishableSitemap

from .models import Award


class AwardSitemap(PublishableSitemap):
    model = Award
