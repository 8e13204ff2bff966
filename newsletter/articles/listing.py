"""What articles tell packages below them: the day of an undated event, and which organizations are named in public."""

from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver

from newsletter.events.models import Event
from orgs.visibility import register_public_names

from .models import Article, ArticleEvent


@receiver(post_save, sender=Article)
def list_events_of_article(instance, raw, **kwargs):
    if not raw:
        _list(instance.events.all())


@receiver([post_save, post_delete], sender=ArticleEvent)
def list_event_of_link(instance, raw=False, **kwargs):
    if not raw:
        _list(Event.objects.filter(pk=instance.event_id))


@receiver(m2m_changed, sender=ArticleEvent)
def list_events_of_links(instance, action, reverse, pk_set, **kwargs):
    if action in {"post_add", "post_remove"}:
        _list(Event.objects.filter(pk__in=[instance.pk] if reverse else pk_set))


def _list(events):
    for event in events.filter(start_date__isnull=True):
        event.refresh_listing()


@register_public_names
def public_articles_of(at, organization):
    return Article.objects.published(at).filter(organization_links__organization=organization)
