"""What stands before Django: kept pages, never a stale one (decision 13), and the choice of a replica (decision 14)."""


def in_front_of(application):
    """The WSGI application with the page cache before it, and a replica is chosen before that, where there are any."""
    from django.conf import settings

    from .middleware import PageCache
    from .release import release
    from .replicas import Replicas
    from .store import Store

    if settings.PAGE_CACHE_MB:
        store = Store(settings.VAR_DIR / "page-cache", settings.PAGE_CACHE_MB * 2**20)
        application = PageCache(application, store, release())
    if settings.REPLICAS:
        application = Replicas(application, settings.REPLICAS)
    return application
