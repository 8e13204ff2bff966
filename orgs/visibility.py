"""Who names an organization in public. Packages above register here, so that this one need not import them."""

from django.db.models import Exists, OuterRef, Q

_sources = []


def register_public_names(source):
    """Add `source(at, organization)`: a queryset of what names the organization in public at that moment."""
    _sources.append(source)
    return source


def named_in_public(at):
    condition = Q()
    for source in _sources:
        # Of each organization one row is looked for; the list of all that are named is as long as the archive.
        condition |= Q(Exists(source(at, OuterRef("pk"))))
    return condition
