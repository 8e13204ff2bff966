from django import template

from newsletter.articles.models import Article, ArticleOrganization
from newsletter.articles.structured_data import of_article

register = template.Library()


@register.inclusion_tag("articles/_organization_news.html")
def organization_news(organization, limit=10):
    """The news of an organization: first what it contributed or what is about it, then what only mentions it."""
    published = Article.objects.published().for_lists().newest_first()
    links = ArticleOrganization.objects.filter(organization=organization)
    own = links.exclude(role=ArticleOrganization.Role.MENTIONED).values("article")
    return {
        "organization": organization,
        "articles": published.filter(pk__in=own)[:limit],
        "mentions": published.filter(pk__in=links.values("article")).exclude(pk__in=own)[:limit],
    }


@register.inclusion_tag("articles/_event_type_news.html")
def event_type_news(event_type, limit=10):
    return {
        "event_type": event_type,
        "articles": Article.objects.published().for_event_type(event_type).for_lists().newest_first()[:limit],
    }


@register.inclusion_tag("articles/_reports.html")
def reports(publishable):
    """The public articles that report an event or an award."""
    return {"articles": publishable.articles.published().for_lists().newest_first()}


@register.simple_tag
def article_data(article, publication):
    return of_article(article, publication)
