"""Counts over all news. They are the same on every page until something changes, so that is when they are taken."""

import datetime

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Min
from django.utils import timezone

from newsletter.page_cache.generation import current_generation

from .models import Article

_NEVER = datetime.datetime.max.replace(tzinfo=datetime.UTC)


def kept(name, count):
    """What `count()` gives, a list or dict; taken anew where something public was changed, or time has brought a story.

    A cache of the process holds it, with the number that was read before it was counted.
    """
    if connection.in_atomic_block:
        # What is changed in this transaction raises the number at its end.
        return count()
    generation, now = current_generation(), timezone.now()
    known, until, counted = cache.get(f"news-{name}", (None, now, None))
    if known != generation or until <= now:
        until = Article.objects.scheduled(now).aggregate(next=Min("publish_at"))["next"] or _NEVER
        counted = count()
        cache.set(f"news-{name}", (generation, until, counted), timeout=None)
    return counted


def months_with_news(articles):
    """`{2019: [(first day of the month, count), …]}`, the newest first."""
    # By the day, as the index has them: a month would have to be made of each row.
    months = {}
    for day, count in articles.order_by("-date").values_list("date").annotate(count=Count("pk")):
        first = day.replace(day=1)
        months[first] = months.get(first, 0) + count
    years = {}
    for first, count in months.items():
        years.setdefault(first.year, []).append((first, count))
    return years


def months_with_any_news():
    return kept("months", lambda: months_with_news(Article.objects.published()))
