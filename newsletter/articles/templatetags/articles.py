import datetime

from django import template
from django.db.models import Count, Exists, OuterRef, Subquery

from newsletter.articles.counting import kept
from newsletter.articles.models import Article, ArticleOrganization
from newsletter.articles.structured_data import of_article
from orgs.models import Organization

register = template.Library()


@register.inclusion_tag("articles/_organization_news.html")
def organization_news(organization, limit=6):
    """The news of an organization: first what it contributed or what is about it, then what only mentions it."""
    published = Article.objects.published()
    own = published.on_or_by(organization)
    mentions = published.for_organization(organization).exclude(pk__in=own.values("pk"))
    return {
        "organization": organization,
        "articles": own.newest(limit).for_lists(),
        "mentions": mentions.newest(limit).only("title", "date"),
    }


@register.inclusion_tag("articles/_active_organizations.html")
def active_organizations(last_day, limit=6):
    """The organizations with most stories of their own in the year before a day and since, each with its latest one."""
    active = kept(f"active-{limit}-{last_day}", lambda: _active_organizations(last_day, limit))
    organizations = Organization.objects.prefetch_related("names").in_bulk([pk for pk, *_counted in active])
    articles = Article.objects.only("title", "date").in_bulk([latest for *_counted, latest in active])
    # One may have been deleted since it was counted, a moment ago.
    there = [row for row in active if row[0] in organizations and row[2] in articles]
    return {"organizations": [(organizations[pk], stories, articles[latest]) for pk, stories, latest in there]}


def _active_organizations(last_day, limit):
    """`[(id, number of stories, id of the latest one), …]`, the busiest organization first."""
    recent = Article.objects.published().filter(date__gt=last_day - datetime.timedelta(days=365))
    links = ArticleOrganization.objects.exclude(role=ArticleOrganization.Role.MENTIONED)
    own = links.filter(article__in=recent)
    counted = own.order_by().values("organization").annotate(stories=Count("article", distinct=True))
    most = counted.order_by("-stories", "organization__pinyin", "organization")[:limit]
    # Of those few alone, and looked for from the newest story on, which is not far from theirs.
    theirs = links.filter(organization=OuterRef(OuterRef("pk")), article=OuterRef("pk"))
    latest = recent.filter(Exists(theirs)).newest_first()
    active = Organization.objects.filter(pk__in=most.values("organization")).annotate(
        stories=Subquery(counted.filter(organization=OuterRef("pk")).values("stories")),
        latest=Subquery(latest.values("pk")[:1]),
    )
    return list(active.order_by("-stories", "pinyin", "pk").values_list("pk", "stories", "latest"))


@register.inclusion_tag("articles/_event_type_news.html")
def event_type_news(event_type, limit=10):
    return {
        "event_type": event_type,
        "articles": Article.objects.published().for_event_type(event_type).newest(limit).for_lists(),
    }


@register.inclusion_tag("articles/_reports.html")
def reports(publishable):
    """The public articles that report an event or an award, and their photos."""
    articles = publishable.articles.published().for_lists().newest_first()
    return {"articles": articles, "photos": [photo for article in articles for photo in article.photos.all()]}


@register.simple_tag
def article_data(article, publication):
    return of_article(article, publication)
