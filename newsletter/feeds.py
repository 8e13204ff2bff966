"""Where the feeds of all features meet: the page that explains them, and the list that reader programs import."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from newsletter.articles.models import Article, Section
from newsletter.events.models import EventType
from newsletter.publishing.addresses import absolute
from newsletter.publishing.feeds.xml import FeedXML
from newsletter.publishing.models import Publication
from orgs.models import Organization


@require_safe
def feeds(request):
    """All feeds and calendars, with what they are and how to follow one."""
    return render(
        request,
        "feeds.html",
        {
            "sections": Section.objects.all(),
            "forms": Article.Form.choices,
            "types": EventType.objects.all(),
            "organizations": Organization.objects.public().filter(member=True),
        },
    )


@require_safe
@conditional_page
def organizations_opml(request):
    """The feeds of all public organizations as OPML 2.0 (opml.org/spec2.opml)."""
    publication = Publication.current()
    xml = FeedXML()
    with xml.element("opml", version="2.0"):
        with xml.element("head"):
            xml.add("title", _("%(masthead)s: news by organization") % {"masthead": publication.masthead})
        with xml.element("body"):
            for organization in Organization.objects.public():
                xml.add(
                    "outline",
                    type="rss",
                    text=organization.name,
                    title=organization.name,
                    xmlUrl=absolute(reverse("article_files:organization_feed", args=[organization.slug, "rss"])),
                    htmlUrl=absolute(organization.get_absolute_url()),
                )
    return HttpResponse(
        xml.document(),
        content_type="text/x-opml; charset=utf-8",
        headers={
            "Cache-Control": "public, max-age=60",
            "Content-Disposition": 'attachment; filename="organizations.opml"',
        },
    )
