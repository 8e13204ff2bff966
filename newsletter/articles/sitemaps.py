from collections import defaultdict

from newsletter.publishing.addresses import absolute
from newsletter.publishing.sitemaps import PublishableSitemap

from .models import Article, Photo


class ArticleSitemap(PublishableSitemap):
    """Public articles, each with the full addresses of its photos as `images`."""

    model = Article

    def get_urls(self, *args, **kwargs):
        urls = super().get_urls(*args, **kwargs)
        first, last = (urls[at]["item"].pk if urls else 0 for at in (0, -1))
        images = defaultdict(list)
        # A part has more articles than a query should take ids.
        for photo in Photo.objects.filter(article__gte=first, article__lte=last).only("article"):
            images[photo.article_id].append(absolute(photo.wide_url))
        for url in urls:
            url["images"] = images[url["item"].pk]
        return urls
