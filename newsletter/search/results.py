"""Searching: what is found, page by page, and how many there are of each kind, organization, event type and year.

A model by whose rows results can be narrowed has the filter's name in `SEARCH_FACET`, and rows with a `slug`.
"""

import re
from dataclasses import dataclass, field
from functools import cache

from django.apps import apps
from django.core.exceptions import BadRequest, EmptyResultSet
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from .engines import Place, engine
from .index import kind_of, searchable_models
from .models import Entry, EntryFacet

PAGE_SIZE = 20
# Counts are exact up to here; beyond, people see 999+.
COUNT_LIMIT = 999


def searchable_kinds():
    """`{name in addresses: model}`."""
    return {model._meta.model_name: model for model in searchable_models()}


@cache
def facet_models():
    return {model.SEARCH_FACET: model for model in apps.get_models() if hasattr(model, "SEARCH_FACET")}


def public(at=None):
    """What readers may find at this moment (default: now), as a condition for entries."""
    at = at or timezone.now()
    condition = Q(public_from__lte=at)
    for model in searchable_models():
        if getattr(model, "PUBLIC_IS_ASKED", False):
            condition |= visible(model, model.objects.public(at))
    return condition


def visible(model, queryset):
    """The entries of these rows of the model."""
    try:
        # Compiled here, once for all queries of a search: the ORM takes longer over it than the database.
        rows = RawSQL(*queryset.order_by().values("pk").query.sql_with_params())
    except EmptyResultSet:
        return Q(pk__in=[])
    return Q(kind=kind_of(model), object_id__in=rows)


def matching(model, query):
    """The primary keys of all rows of the model that match, for `pk__in`. For whoever looks at these rows anyway."""
    if not query:
        return []
    # With the sign no index of kinds can be used: SQLite would take all entries of the kind and try each of them.
    of_kind = Entry.objects.extra(where=["+search_entry.kind_id = %s"], params=[kind_of(model).pk])
    entries = engine().narrowed(of_kind, query, Place.ANYWHERE)
    # As it stands: inside of a query the ORM would give the table another name, which the engines do not know.
    return RawSQL(*entries.order_by().values("object_id").query.sql_with_params())


@dataclass
class Narrowing:
    """To what results are narrowed: `kind` a model, `year` a number, `facets` `{name: row}`; None or absent: not so."""

    kind: type | None = None
    year: int | None = None
    facets: dict = field(default_factory=dict)

    def taken(self):
        """The names of the filters that are in use."""
        return [name for name in ("kind", "year") if getattr(self, name) is not None] + [*self.facets]

    def apply(self, entries, without=None):
        if self.kind and without != "kind":
            entries = entries.filter(kind=kind_of(self.kind))
        if self.year is not None and without != "year":
            entries = entries.filter(year=self.year)
        for name, row in self.facets.items():
            if name != without:
                rows = EntryFacet.objects.filter(entry=OuterRef("pk"), name=name, value=row.pk)
                entries = entries.filter(Exists(rows))
        return entries


@dataclass
class Page:
    entries: list  # `Entry`s with their `text`
    older: str | None  # the value for `before=`, where there are more


class Search:
    """The entries that match the query (all, where it is empty), among those that the condition `visible` lets pass."""

    def __init__(self, query, visible, narrowing=None, *, by_date=False):
        self.query, self.visible, self.narrowing, self.by_date = query, visible, narrowing or Narrowing(), by_date

    def page(self, before=None, size=PAGE_SIZE):
        """The first results, or those after the cursor `before`. Raises `BadRequest` where that is malformed.

        By relevance: what has all words in its head comes first. In each part the newest is first.
        """
        part, below = self._cursor(before)
        found = []
        for at, place in enumerate(self._places()):
            if at < part or len(found) > size:
                continue
            entries = self._entries(place)
            if at == part and below is not None:
                entries = entries.filter(pk__lt=below)
            found += [(at, pk) for pk in entries.values_list("pk", flat=True)[: size + 1 - len(found)]]
        more, found = len(found) > size, found[:size]
        # Only now their texts: the index is read by ids alone.
        by_pk = Entry.objects.select_related("text", "kind").in_bulk([pk for _at, pk in found])
        older = "{}.{}".format(*found[-1]) if more else None
        return Page([by_pk[pk] for _at, pk in found if pk in by_pk], older)

    def headlines(self, size):
        """The newest entries that have all words in their head."""
        entries = self._entries(Place.HEAD) if self.query else Entry.objects.none()
        return list(entries.select_related("text", "kind")[:size])

    def counts(self):
        """`{name of a filter: {value: count}}` for the values that are among the results; all other filters apply."""
        counts = self._counts(None)
        for name in self.narrowing.taken():
            counts[name] = self._counts(name)[name]
        return counts

    def count(self):
        """How many results there are, up to one more than `COUNT_LIMIT`."""
        return self._entries(Place.ANYWHERE).order_by()[: COUNT_LIMIT + 1].count()

    def _places(self):
        return [Place.ANYWHERE] if self.by_date or not self.query else [Place.HEAD, Place.NOT_HEAD]

    @cached_property
    def _visible(self):
        return Entry.objects.filter(self.visible)

    def _entries(self, place, without=None):
        entries = self.narrowing.apply(self._visible, without)
        return engine().narrowed(entries, self.query, place) if self.query else entries.order_by("-pk")

    def _cursor(self, before):
        if before is None:
            return 0, None
        if not re.fullmatch("[01][.][0-9]{1,19}", before, re.ASCII):
            raise BadRequest(_("The address of this page of the list is damaged."))
        part, below = before.split(".")
        return int(part), min(int(below), 2**63 - 1)

    def _counts(self, without):
        entries = self._entries(Place.ANYWHERE, without).order_by()
        counts = {"kind": {}, "year": {}, **{name: {} for name in facet_models()}}
        for kind, year, key, count in entries.values_list("kind", "year", "facet_key").annotate(count=Count("pk")):
            values = [("kind", kind), *(facet.split(":") for facet in key.split())]
            for name, value in values if year is None else [("year", year), *values]:
                of_name = counts[name]
                of_name[int(value)] = of_name.get(int(value), 0) + count
        return counts
