from newsletter.publishing.sitemaps import PublishableSitemap

from .models import Page


class PageSitemap(PublishableSitemap):
    model = Page
    address_fields = ("slug",)
