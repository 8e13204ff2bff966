from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.urls import reverse

from newsletter.articles.models import Article
from newsletter.publishing.conditional import linked
from newsletter.publishing.feeds.items import Enclosure, Item
from newsletter.publishing.feeds.source import FeedSource

from .models import Edition, EditionItem


class EditionFeed(FeedSource):
    """An entry for each issue: what stands in it, with links, and its first printed page."""

    url_name = "edition_files:feed"
    publishables = (Edition, Article)

    def title(self):
        return str(Edition._meta.verbose_name_plural)

    def home(self):
        return reverse("editions:list")

    def rows(self):
        return Edition.objects.all()

    def columns(self, now):
        items = EditionItem.objects.filter(Article.objects.published(now).behind("article"))
        return {"articles_tied": linked(items, "edition", "article")}

    def prepare(self, queryset, now):
        items = EditionItem.objects.filter(Article.objects.published(now).behind("article")).select_related("article")
        items = items.defer("article__body")
        return queryset.prefetch_related("pages", Prefetch("items", items, to_attr="public_items"))

    def item(self, edition):
        articles = [item.article for item in edition.public_items]
        return Item(
            uuid=edition.uuid,
            path=edition.get_absolute_url(),
            title=str(edition),
            html=render_to_string("editions/feed_item.html", {"edition": edition, "articles": articles}),
            published=edition.first_public_at,
            updated=edition.modified_at,
            summary="；".join(article.headline for article in articles[:5]),
            enclosure=_printed_page(edition),
        )


def _printed_page(edition):
    page = next((page for page in edition.pages.all() if page.file), None)
    try:
        return page and Enclosure(page.file_url, page.file.size, "application/pdf")
    except OSError:
        return None
