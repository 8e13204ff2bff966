from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from newsletter.accounts.views import session
from newsletter.desk.views import stored_file

from . import feeds, views
from .sitemaps import SITEMAPS
from .years.views import organization_year, year

urlpatterns = [
    path("", views.home, name="home"),
    path("years/<int:year>/", year, name="year"),
    path("orgs/<slug:slug>/years/<int:year>/", organization_year, name="organization_year"),
    path("feeds/", feeds.feeds, name="feeds"),
    path("feeds/organizations.opml", feeds.organizations_opml, name="organizations_opml"),
    path("", include("newsletter.articles.urls")),
    path("", include("newsletter.events.urls")),
    path("", include("newsletter.awards.urls")),
    path("", include("newsletter.editions.urls")),
    path("", include("newsletter.pages.urls")),
    path("", include("newsletter.publishing.urls")),
    path("", include("newsletter.search.urls")),
    path("", include("orgs.urls")),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("admin/files/<path:name>", stored_file, name="stored_file"),
    path("admin/session/", session, name="session"),
    path("admin/", admin.site.urls),
]

handler400 = "newsletter.views.bad_request"
handler500 = "newsletter.views.server_error"
