"""Who names an organization in public. Packages above register here, so that this one need not import them."""

from django.db.models import Q

_sources = []


def register_public_names(source):
    """Add `source(at)`: a queryset with one column, the ids of the organizations named in public at that moment."""
    _sources.append(source)
    return source


def named_in_public(at):
    condition = Q()
    for source in _sources:
        condition |= Q(pk__in=source(at))
    return condition
