from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from newsletter.accounts.views import session
from newsletter.articles import urls as articles
from newsletter.awards import urls as awards
from newsletter.desk.views import stored_file
from newsletter.editions import urls as editions
from newsletter.events import urls as events
from orgs import urls as organizations

from . import feeds, sitemaps, views
from .years.views import organization_year, year

# A page has an address in each language; a file, such as a feed or a photo, one for all: docs/decisions/0012.
urlpatterns = [
    *i18n_patterns(
        path("", views.home, name="home"),
        path("years/<int:year>/", year, name="year"),
        path("orgs/<slug:slug>/years/<int:year>/", organization_year, name="organization_year"),
        path("feeds/", feeds.feeds, name="feeds"),
        path("", include(articles)),
        path("", include(events)),
        path("", include(awards)),
        path("", include(editions)),
        path("", include("newsletter.pages.urls")),
        path("", include("newsletter.search.urls")),
        path("", include(organizations)),
        prefix_default_language=False,
    ),
    path("", include(articles.files)),
    path("", include(events.files)),
    path("", include(awards.files)),
    path("", include(editions.files)),
    path("", include(organizations.files)),
    path("", include("newsletter.publishing.urls")),
    path("feeds/organizations.opml", feeds.organizations_opml, name="organizations_opml"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": sitemaps.SITEMAPS}, name="sitemap_part"),
    path("robots.txt", views.robots, name="robots"),
    path("admin/files/<path:name>", stored_file, name="stored_file"),
    path("admin/session/", session, name="session"),
    path("admin/", admin.site.urls),
]

handler400 = "newsletter.views.bad_request"
handler500 = "newsletter.views.server_error"
