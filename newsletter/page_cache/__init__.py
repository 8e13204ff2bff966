"""Public pages kept as they were sent, in front of Django, and never a stale one: docs/decisions/0013-page-cache.md."""


def in_front_of(application):
    """The WSGI application with the page cache before it; itself where PAGE_CACHE_MB is 0."""
    from django.conf import settings

    if not settings.PAGE_CACHE_MB:
        return application
    from .middleware import PageCache
    from .release import release
    from .store import Store

    return PageCache(application, Store(settings.VAR_DIR / "page-cache", settings.PAGE_CACHE_MB * 2**20), release())
