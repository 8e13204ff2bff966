from collections import defaultdict

from newsletter.publishing.addresses import absolute
from newsletter.publishing.sitemaps import PublishableSitemap

from .models import Article, Photo


class ArticleSitemap(PublishableSitemap):
    """Public articles, each with the full addresses of its photos as `images`."""

    model = Article

    def get_urls(self, *args, **kwargs):
        urls = super().get_urls(*args, **kwargs)
        images = defaultdict(list)
        # Those of all articles: a page of the sitemap has more of them than a query takes ids.
        for photo in Photo.objects.filter(article__in=Article.objects.published()).only("article"):
            images[photo.article_id].append(absolute(photo.wide_url))
        for url in urls:
            url["images"] = images[url["item"].pk]
        return urls
