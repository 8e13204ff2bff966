import datetime

from django import template
from django.db.models import Count, Exists, OuterRef, Subquery

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
    recent = Article.objects.published().filter(date__gt=last_day - datetime.timedelta(days=365))
    links = ArticleOrganization.objects.exclude(role=ArticleOrganization.Role.MENTIONED)
    own = links.filter(article__in=recent)
    counted = own.order_by().values("organization").annotate(stories=Count("article", distinct=True))
    most = counted.order_by("-stories", "organization__pinyin", "organization")[:limit]
    # Of those few alone, and looked for from the newest story on, which is not far from theirs.
    theirs = links.filter(organization=OuterRef(OuterRef("pk")), article=OuterRef("pk"))
    latest = recent.filter(Exists(theirs)).newest_first()
    active = (
        Organization.objects.filter(pk__in=most.values("organization"))
        .annotate(
            stories=Subquery(counted.filter(organization=OuterRef("pk")).values("stories")),
            latest=Subquery(latest.values("pk")[:1]),
        )
        .order_by("-stories", "pinyin", "pk")
        .prefetch_related("names")
    )
    articles = Article.objects.only("title", "date").in_bulk([organization.latest for organization in active])
    return {"organizations": [(organization, articles[organization.latest]) for organization in active]}


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
