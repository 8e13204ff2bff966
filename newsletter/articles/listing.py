"""What articles tell packages below them: the day of an undated event, and which organizations are named in public."""

from django.db.models import Min
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from orgs.visibility import register_public_names

from .models import Article, ArticleEvent, ArticleOrganization


@receiver(post_save, sender=Article)
def list_events_of_article(instance, raw, **kwargs):
    if not raw:
        for event in instance.events.filter(start_date__isnull=True):
            _list_event(event)


@receiver([post_save, post_delete], sender=ArticleEvent)
def list_event_of_link(instance, raw=False, **kwargs):
    if not raw and instance.event.start_date is None:
        _list_event(instance.event)


def _list_event(event):
    event.list_under(event.articles.aggregate(first=Min("date"))["first"])


@register_public_names
def organizations_of_public_articles(at):
    return ArticleOrganization.objects.filter(article__in=Article.objects.published(at)).values("organization")
