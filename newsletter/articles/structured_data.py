from django.urls import reverse
from django.utils.translation import gettext as _

from newsletter.publishing.addresses import absolute
from newsletter.publishing.structured_data import breadcrumbs, moment, named, publisher, script

from .models import ArticleOrganization

_ROLES = ArticleOrganization.Role


def of_article(article, publication):
    """The element that tells machines of a story on its page, and of the way to it; reads its prefetched links."""
    links = list(article.organization_links.all())
    by = [named(link.organization) for link in links if link.role == _ROLES.CONTRIBUTOR]
    if article.contributor_person:
        by.append({"@type": "Person", "name": article.contributor_person})
    if not by and article.byline:
        by.append({"@type": "Person", "name": article.byline})
    news = {
        "@type": "NewsArticle",
        "@id": f"urn:uuid:{article.uuid}",
        "mainEntityOfPage": absolute(article.get_absolute_url()),
        "headline": article.headline,
        "alternativeHeadline": article.subtitle,
        "description": article.teaser,
        "inLanguage": "zh-Hans",
        "datePublished": moment(article.first_public_at),
        "dateModified": moment(article.modified_at),
        "articleSection": article.section and article.section.name,
        "keywords": [str(tag) for tag in article.tags.all()],
        "author": by,
        "publisher": publisher(publication),
        "about": [named(link.organization) for link in links if link.role == _ROLES.SUBJECT],
        "mentions": [named(link.organization) for link in links if link.role == _ROLES.MENTIONED],
        "image": [_image(photo) for photo in article.photos.all()],
        "correction": article.correction,
    }
    way = [(article.section.name, article.section.get_absolute_url())] if article.section else []
    return script(
        news,
        breadcrumbs((_("News"), reverse("articles:news")), *way, (article.headline, article.get_absolute_url())),
    )


def _image(photo):
    width, height = photo.wide_size
    return {
        "@type": "ImageObject",
        "url": absolute(photo.wide_url),
        "width": width,
        "height": height,
        "caption": photo.caption,
        "creditText": photo.credit,
    }
