from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PageCacheConfig(AppConfig):
    name = "newsletter.page_cache"

    def ready(self):
        from .generation import follow_all_tables

        post_migrate.connect(follow_all_tables, sender=self)
