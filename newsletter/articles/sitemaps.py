from newsletter.publishing.sitemaps import PublishableSitemap

from .models import Article


class ArticleSitemap(PublishableSitemap):
    model = Article
