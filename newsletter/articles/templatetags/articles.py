import datetime

from django import template
from django.db.models import Count, OuterRef, Subquery

from newsletter.articles.models import Article, ArticleOrganization
from newsletter.articles.structured_data import of_article
from orgs.models import Organization

register = template.Library()


@register.inclusion_tag("articles/_organization_news.html")
def organization_news(organization, limit=6):
    """The news of an organization: first what it contributed or what is about it, then what only mentions it."""
    published = Article.objects.published().newest_first()
    own = published.on_or_by(organization)
    mentions = published.for_organization(organization).exclude(pk__in=own.order_by().values("pk"))
    return {
        "organization": organization,
        "articles": own.for_lists()[:limit],
        "mentions": mentions.only("title", "date")[:limit],
    }


@register.inclusion_tag("articles/_active_organizations.html")
def active_organizations(last_day, limit=6):
    """The organizations with most stories of their own in the year before a day and since, each with its latest one."""
    published = Article.objects.published().newest_first()
    links = ArticleOrganization.objects.exclude(role=ArticleOrganization.Role.MENTIONED)
    own = links.filter(article__in=published.order_by().filter(date__gt=last_day - datetime.timedelta(days=365)))
    latest = published.filter(pk__in=links.filter(organization=OuterRef(OuterRef("pk"))).values("article"))
    active = (
        Organization.objects.filter(article_links__in=own)
        .annotate(stories=Count("article_links__article", distinct=True), latest=Subquery(latest.values("pk")[:1]))
        .order_by("-stories", "pinyin", "pk")
        .prefetch_related("names")[:limit]
    )
    articles = Article.objects.only("title", "date").in_bulk([organization.latest for organization in active])
    return {"organizations": [(organization, articles[organization.latest]) for organization in active]}


@register.inclusion_tag("articles/_event_type_news.html")
def event_type_news(event_type, limit=10):
    return {
        "event_type": event_type,
        "articles": Article.objects.published().for_event_type(event_type).for_lists().newest_first()[:limit],
    }


@register.inclusion_tag("articles/_reports.html")
def reports(publishable):
    """The public articles that report an event or an award, and their photos."""
    articles = publishable.articles.published().for_lists().newest_first()
    return {"articles": articles, "photos": [photo for article in articles for photo in article.photos.all()]}


@register.simple_tag
def article_data(article, publication):
    return of_article(article, publication)
