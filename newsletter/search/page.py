"""A page of results for whoever looks: readers among what is public, staff among what they may see."""

from dataclasses import dataclass

from django.core.exceptions import BadRequest
from django.http import Http404, QueryDict
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orgs.models import Organization, name_key

from .excerpts import excerpt, marked
from .index import kind_of
from .query import read_query
from .results import COUNT_LIMIT, Narrowing, Search, facet_models, searchable_kinds

# The choices that a facet shows beside the one that is taken; the organizations that are offered.
CHOICES_SHOWN, NAMED, NEAREST = 12, 3, 5
FIRST_OF_FEWER = 5
_NAMES = {
    "kind": gettext_lazy("Kind"),
    "org": gettext_lazy("Organization"),
    "type": gettext_lazy("Event type"),
    "year": gettext_lazy("Year"),
}


@dataclass
class Result:
    object: object
    url: str
    kind: str
    when: str
    title: list  # of excerpts.Piece
    excerpt: list


@dataclass
class Choice:
    label: str
    count: int
    is_taken: bool
    address: str  # the query string with this choice, or without it where it is taken

    @property
    def count_label(self):
        return f"{COUNT_LIMIT}+" if self.count > COUNT_LIMIT else str(self.count)


class SearchPage:
    """What the parameters `q`, `kind`, `org`, `type`, `year`, `sort` and `before` ask for.

    `rows` are the rows that this person may see, `{model: queryset}`; `visible` is the same as a condition for entries;
    `link(obj)` is the address of a result. Raises `BadRequest` where a parameter is malformed, `Http404` where it names
    something unknown.
    """

    def __init__(self, params, rows, visible, link):
        self._params, self._rows, self._visible, self._link = params, rows, visible, link
        self.query = read_query(params.get("q", ""))
        self.by_date = params.get("sort") == "date"
        self.values = {name: params[name] for name in _NAMES if params.get(name)}
        self.narrowing = Narrowing(self._kind(), self._year(), self._facets())
        self._search = Search(self.query, visible, self.narrowing, by_date=self.by_date)

    # What is asked for.

    def _kind(self):
        kinds = {name: model for name, model in searchable_kinds().items() if model in self._rows}
        return self._known("kind", kinds.get)

    def _year(self):
        value = self.values.get("year")
        if value and not (len(value) == 4 and value.isascii() and value.isdecimal()):
            raise BadRequest(_("A year has four digits."))
        return int(value) if value else None

    def _facets(self):
        facets = {name: self._known(name, lambda slug, name=name: self._row(name, slug)) for name in facet_models()}
        return {name: row for name, row in facets.items() if row}

    def _known(self, name, find):
        if name not in self.values:
            return None
        found = find(self.values[name]) if len(self.values[name]) <= 100 else None
        if found is None:
            raise Http404
        return found

    def _row(self, name, slug):
        model = facet_models()[name]
        at_address = getattr(model.objects, "at_address", None)
        row = at_address(slug) if at_address else model.objects.filter(slug=slug).first()
        if row and self._of(model).filter(pk=row.pk).exists():
            self.values[name] = row.slug
            return row
        return None

    def _of(self, model):
        return self._rows.get(model, model.objects.all())

    @property
    def is_asked(self):
        """Whether anything is looked for: words, or without any, all of a kind, an organization, a type, a year.

        Signs without a letter or digit, `?!` for example, are not the same as no words.
        """
        return bool(self.query) or (not self.query.typed and bool(self.values))

    @property
    def is_empty(self):
        return not self.is_asked and not self.query.typed

    # What is found.

    @cached_property
    def _page(self):
        return self._search.page(self._params.get("before"))

    @cached_property
    def results(self):
        return self._results(self._page.entries, self.query)

    def _results(self, entries, query):
        models = {kind_of(model).pk: model for model in self._rows}
        # What the index says is asked again of the rows themselves: it can never show what this person may not see.
        objects = {
            kind: models[kind]._base_manager.filter(pk__in=self._rows[models[kind]].values("pk")).in_bulk(pks)
            for kind, pks in _by_kind(entries).items()
        }
        return [
            Result(
                found,
                self._link(found),
                capfirst(found._meta.verbose_name),
                entry.text.when,
                marked(entry.text.title, query),
                excerpt(entry.text.body, query),
            )
            for entry in entries
            if (found := objects[entry.kind_id].get(entry.object_id))
        ]

    @property
    def older(self):
        return self._page.older and self._address(before=self._page.older)

    @property
    def is_first(self):
        return not self._params.get("before")

    @cached_property
    def count_label(self):
        count = self._search.count()
        return f"{COUNT_LIMIT}+" if count > COUNT_LIMIT else str(count)

    @cached_property
    def organizations(self):
        """Those that bear what is looked for as one of their names, each with its other names."""
        keys = [name_key(self.query.typed), *(name_key(str(phrase)) for phrase in self.query.phrases)]
        found = self._of(Organization).filter(names__key__in=keys).distinct()
        return list(found.prefetch_related("names")[:NAMED]) if self.query else []

    # Where nothing is found.

    @cached_property
    def nearest(self):
        return self._of(Organization).nearest(self.query.typed, NEAREST)

    @cached_property
    def fewer(self):
        """`[(words, how many results they have, address, the first ones)]` for queries of fewer words."""
        found = []
        for query in self.query.fewer():
            search = Search(query, self._visible, self.narrowing)
            if count := search.count():
                first = [] if found else self._results(search.page(size=FIRST_OF_FEWER).entries, query)
                found.append((query.typed, count, self._address(q=query.typed), first))
        return found

    # Filters and addresses.

    @cached_property
    def facets(self):
        """`[(name, label, [Choice])]`, those with something to choose."""
        counts = self._search.counts()
        found = [(name, label, self._choices(name, counts.get(name, {}))) for name, label in _NAMES.items()]
        return [facet for facet in found if facet[2]]

    @property
    def taken(self):
        return [choice for name in self.values for choice in self._choices(name, {}) if choice.is_taken]

    def _choices(self, name, counts):
        """Most results first, years from the last on; first of all the one that is taken."""
        taken = self._taken_value(name)
        values = sorted(counts, key=lambda value: (-value,) if name == "year" else (-counts[value], value))
        labels = self._labels(name, {*values, *([] if taken is None else [taken])})
        shown = [value for value in values if value in labels and value != taken][:CHOICES_SHOWN]
        return [
            Choice(
                labels[value][1],
                counts.get(value, 0),
                value == taken,
                self._address(**{name: None if value == taken else labels[value][0]}),
            )
            for value in ([taken] if taken in labels else []) + shown
        ]

    def _taken_value(self, name):
        taken = {
            "kind": self.narrowing.kind and kind_of(self.narrowing.kind).pk,
            "year": self.narrowing.year,
            **{name: row.pk for name, row in self.narrowing.facets.items()},
        }
        return taken.get(name)

    def _labels(self, name, values):
        """`{value: (how it stands in addresses, label)}`, without what this person may not see."""
        if name == "year":
            return {year: (str(year), _("Year %(year)s") % {"year": year}) for year in values}
        if name == "kind":
            kinds = {kind_of(model).pk: (slug, model) for slug, model in searchable_kinds().items()}
            kinds = {pk: kind for pk, kind in kinds.items() if pk in values and kind[1] in self._rows}
            return {pk: (slug, capfirst(model._meta.verbose_name_plural)) for pk, (slug, model) in kinds.items()}
        rows = self._of(facet_models()[name]).filter(pk__in=values)
        return {row.pk: (row.slug, str(row)) for row in rows}

    @property
    def address_by_relevance(self):
        return self._address(sort=None)

    @property
    def address_by_date(self):
        return self._address(sort="date")

    def _address(self, **changes):
        values = {"q": self.query.typed, **self.values, "sort": "date" if self.by_date else None, **changes}
        query = QueryDict(mutable=True)
        for name in ("q", *_NAMES, "sort", "before"):
            if values.get(name):
                query[name] = values[name]
        return f"?{query.urlencode()}"


def _by_kind(entries):
    pks = {}
    for entry in entries:
        pks.setdefault(entry.kind_id, []).append(entry.object_id)
    return pks
