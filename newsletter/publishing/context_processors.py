from django.conf import settings
from django.utils.functional import SimpleLazyObject

from .models import Publication


def publication(request):
    """`publication` and the canonical address of this page, for every template; looked up only if used."""
    return {
        "publication": SimpleLazyObject(Publication.current),
        "canonical_url": settings.SITE_URL + request.path,
    }
