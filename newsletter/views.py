from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from newsletter.articles.models import Article
from newsletter.awards.models import Award
from newsletter.awards.views import for_lists as awards_for_lists
from newsletter.desk.refused import TOO_LARGE, too_large
from newsletter.editions.models import Edition
from newsletter.editions.sheets import Layout, public_items
from newsletter.events.models import Event
from newsletter.events.views import for_lists as events_for_lists
from newsletter.publishing.addresses import absolute
from newsletter.records.dates import local_day

# Of an edition: what does not fit on the front page stands on its own page.
STORIES_SHOWN = 9
PHOTO_STORIES_SHOWN = 6
LATEST_NEWS = 12
LATEST_EVENTS = 6
LATEST_AWARDS = 6


@require_safe
def home(request):
    """The front page: the newest edition, else the latest news; beside it more news, events and honours."""
    edition = Edition.objects.published().newest_first().first()
    items = list(public_items(edition)) if edition else []
    news = Article.objects.published().exclude(pk__in=[item.article_id for item in items])
    latest = list(news.for_lists().newest_first()[:LATEST_NEWS])
    front = [item.article for item in items] or latest
    layout = Layout.of(front, next((item.article for item in items if item.is_lead), None))
    stories, photo_stories = layout.stories, layout.photo_stories
    events = Event.objects.published()
    coming = list(events_for_lists(events.coming()[:LATEST_EVENTS]))
    today = local_day()
    return render(
        request,
        "home.html",
        {
            "edition": edition,
            "is_of_edition": bool(items),
            "lead": layout.lead,
            "briefs": layout.briefs,
            "stories": stories[:STORIES_SHOWN],
            "photo_stories": photo_stories[:PHOTO_STORIES_SHOWN],
            "is_whole": len(stories) <= STORIES_SHOWN and len(photo_stories) <= PHOTO_STORIES_SHOWN,
            "latest": latest if items else [],
            "coming": coming,
            "past": [] if coming else events_for_lists(events.past()[:LATEST_EVENTS]),
            "awards": awards_for_lists(Award.objects.published().newest_first()[:LATEST_AWARDS]),
            "today": today,
            "last_day": edition.date if edition else latest[0].date if latest else today,
        },
    )


@require_safe
def robots(request):
    return HttpResponse(
        f"User-agent: *\nDisallow: /admin/\nDisallow: /preview/\nSitemap: {absolute('/sitemap.xml')}\n",
        content_type="text/plain; charset=utf-8",
    )


def bad_request(request, exception):
    if isinstance(exception, TOO_LARGE):
        return too_large(request, exception)
    reason = str(exception) if isinstance(exception, BadRequest) else ""
    return render(request, "400.html", {"reason": reason}, status=400)


def server_error(request):
    # No request, no context: what failed may be what they need.
    return HttpResponse(render_to_string("500.html"), status=500)
