from django.contrib.sitemaps.views import x_robots_tag
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from newsletter.articles.sitemaps import ArticleSitemap
from newsletter.awards.sitemaps import AwardSitemap
from newsletter.editions.sitemaps import EditionSitemap
from newsletter.events.sitemaps import EventSitemap
from newsletter.pages.sitemaps import PageSitemap
from newsletter.publishing.addresses import absolute
from newsletter.publishing.sitemaps import SitemapOfRows, SiteSitemap
from orgs.models import Organization

from .years.history import History


class OrganizationSitemap(SitemapOfRows):
    # Here and not in orgs, which imports nothing of publishing.
    def items(self):
        return Organization.objects.public().order_by("pk").only("slug", "modified_at")


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


@x_robots_tag
@require_safe
def index(request):
    """The addresses of all parts, from SITE_URL: Django's own view takes them from the Host header."""
    parts = [
        {"location": absolute(reverse("sitemap_part", args=[section])) + (f"?p={number}" if number > 1 else "")}
        for section, sitemap in SITEMAPS.items()
        for number in sitemap().paginator.page_range
    ]
    return render(request, "sitemap_index.xml", {"sitemaps": parts}, content_type="application/xml")
