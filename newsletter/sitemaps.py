from django.urls import reverse

from newsletter.articles.sitemaps import ArticleSitemap
from newsletter.awards.sitemaps import AwardSitemap
from newsletter.editions.sitemaps import EditionSitemap
from newsletter.events.sitemaps import EventSitemap
from newsletter.pages.sitemaps import PageSitemap
from newsletter.publishing.sitemaps import SiteSitemap
from orgs.models import Organization

from .years.history import History


class OrganizationSitemap(SiteSitemap):
    # Here and not in orgs, which imports nothing of publishing.
    def items(self):
        return Organization.objects.public().order_by("-pk").only("slug", "modified_at")

    def lastmod(self, organization):
        return organization.modified_at


class FrontSitemap(SiteSitemap):
    def items(self):
        years = [reverse("year", args=[year]) for year in History().years]
        return ["/", "/news/", "/orgs/", "/events/", "/awards/", "/editions/", "/feeds/", *years]

    def location(self, path):
        return path


SITEMAPS = {
    "front": FrontSitemap,
    "articles": ArticleSitemap,
    "events": EventSitemap,
    "awards": AwardSitemap,
    "editions": EditionSitemap,
    "organizations": OrganizationSitemap,
    "pages": PageSitemap,
}
