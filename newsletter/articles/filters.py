"""The filters of the news list: what an address asks for, and how many articles each further choice would leave."""

from dataclasses import dataclass, field

from django.core.exceptions import BadRequest
from django.db.models import Count, Q, Value
from django.http import Http404, QueryDict
from django.utils.translation import gettext_lazy as _

from newsletter.events.models import EventType
from newsletter.records.dates import iso_day
from orgs.models import Organization
from orgs.views import public_organization

from .counting import kept
from .models import Article, ArticleEvent, ArticleOrganization, Section, Tag, TaggedArticle

# Counts are exact up to here; beyond, readers see 999+.
COUNT_LIMIT = 999
# The choices that a facet shows beside those that are taken.
CHOICES_SHOWN = 12
_MAX_VALUES = 20
# Of each filter by a link: its model, the fields that name the article, the value and its label.
_LINKS = {
    "org": (ArticleOrganization, "article", "organization__slug", "organization__name"),
    "type": (ArticleEvent, "article", "event__type__slug", "event__type__name"),
    "tag": (TaggedArticle, "content_object", "tag__slug", "tag__name"),
}
# And of each filter by a field: the fields with the value and its label.
_FIELDS = {"section": ("section__slug", "section__name"), "form": ("form", "form")}


@dataclass
class Choice:
    value: str
    label: str
    count: int
    is_taken: bool
    address: str  # the query string with this choice added, or taken off

    @property
    def count_label(self):
        return f"{COUNT_LIMIT}+" if self.count > COUNT_LIMIT else str(self.count)


@dataclass
class Facet:
    name: str
    label: str
    choices: list[Choice] = field(default_factory=list)


class NewsFilter:
    """`org`, `type`, `section`, `form`, `tag` (slugs, repeatable: any of them), `from` and `to` (ISO days, inclusive).

    Raises `BadRequest` where a value is malformed and `Http404` where a slug is unknown. Other parameters are ignored.
    """

    LABELS = {
        "org": _("Organization"),
        "type": _("Event type"),
        "section": _("Section"),
        "form": _("Form"),
        "tag": _("Tag"),
    }

    def __init__(self, params):
        self.first_day, self.last_day = self._day(params, "from"), self._day(params, "to")
        if self.first_day and self.last_day and self.first_day > self.last_day:
            raise BadRequest(_("The first day is after the last day."))
        self.values = {name: self._slugs(params, name) for name in self.LABELS}
        self.taken = {
            "org": self._organizations(),
            "type": self._known(EventType.objects, "type"),
            "section": self._known(Section.objects, "section"),
            "tag": self._known(Tag.objects, "tag"),
            "form": [Article.Form(value) for value in self.values["form"] if value in Article.Form.values],
        }
        if len(self.taken["form"]) != len(self.values["form"]):
            raise Http404

    def __bool__(self):
        return any(self.values.values()) or bool(self.first_day or self.last_day)

    @staticmethod
    def _day(params, name):
        value = params.get(name)
        if not value:
            return None
        try:
            return iso_day(value)
        except ValueError:
            raise BadRequest(_("“%(name)s” must be a day such as 2019-06-04.") % {"name": name}) from None

    @staticmethod
    def _slugs(params, name):
        values = list(dict.fromkeys(value for value in params.getlist(name) if value))
        if len(values) > _MAX_VALUES or any(len(value) > 100 for value in values):
            raise BadRequest(_("“%(name)s” is too long.") % {"name": name})
        return values

    def _known(self, queryset, name):
        if not self.values[name]:
            return []
        found = list(queryset.filter(slug__in=self.values[name]))
        if len(found) != len(self.values[name]):
            raise Http404
        return found

    def _organizations(self):
        slugs = self.values["org"]
        known = {found.slug: found for found in Organization.objects.public().filter(slug__in=slugs)} if slugs else {}
        found = [known.get(slug) or public_organization(slug) for slug in slugs]
        self.values["org"] = [organization.slug for organization in found]
        return found

    # The articles.

    def apply(self, queryset, without=None):
        """The articles that pass every filter but the one called `without`."""
        for name, condition in self._conditions().items():
            if name != without:
                queryset = queryset.filter(condition)
        return queryset

    def _conditions(self):
        taken = self.taken
        conditions = {}
        if taken["org"]:
            links = ArticleOrganization.objects.filter(organization__in=taken["org"])
            conditions["org"] = Q(pk__in=links.values("article"))
        if taken["type"]:
            links = ArticleEvent.objects.filter(event__type__in=taken["type"])
            conditions["type"] = Q(pk__in=links.values("article"))
        if taken["tag"]:
            conditions["tag"] = Q(pk__in=TaggedArticle.objects.filter(tag__in=taken["tag"]).values("content_object"))
        if taken["section"]:
            conditions["section"] = Q(section__in=taken["section"])
        if taken["form"]:
            conditions["form"] = Q(form__in=taken["form"])
        if self.first_day:
            conditions["from"] = Q(date__gte=self.first_day)
        if self.last_day:
            conditions["to"] = Q(date__lte=self.last_day)
        return conditions

    # The choices.

    def facets(self):
        """A `Facet` for each filter, with counts of the news under all the other filters; two queries at most."""
        counts = self._counts()
        return [Facet(name, label, self._choices(name, counts[name])) for name, label in self.LABELS.items()]

    def _counts(self):
        """`{name: [(value, label, count), …]}` of each filter, the most frequent one first."""
        taken = self._conditions().keys()
        under_others = [name for name in self.LABELS if not taken <= {name}]
        if len(under_others) == len(self.LABELS):
            return self._counted(under_others)
        # Without another filter they are the same on every page.
        counts = kept("choices", lambda: NewsFilter(QueryDict())._counted(self.LABELS))
        return counts | self._counted(under_others) if under_others else counts

    def _counted(self, names):
        first, *others = (self._rows(name) for name in names)
        counts = {name: [] for name in names}
        for name, value, label, count in sorted(first.union(*others, all=True), key=lambda row: (-row[3], row[1])):
            counts[name].append((value, Article.Form(value).label if name == "form" else label, count))
        return counts

    def _rows(self, name):
        """A query for `(name, value, label, count)`."""
        if name in _LINKS:
            link_model, article, value, label = _LINKS[name]
            rows = link_model.objects.filter(**{f"{article}__in": self._articles_without(name)})
            if name == "org":
                rows = rows.exclude(organization__status=Organization.Status.MERGED)
        else:
            article, (value, label) = "pk", _FIELDS[name]
            rows = self._articles_without(name).exclude(**{value: None})
        rows = rows.order_by().values_list(Value(name), value, label)
        return rows.annotate(count=Count(article, distinct=name in _LINKS))

    def _articles_without(self, name):
        return self.apply(Article.objects.published(), without=name)

    def _choices(self, name, rows):
        taken = self.values[name]
        missing = set(taken) - {slug for slug, _label, _count in rows}
        rows = [row for row in rows if row[0] in taken] + [row for row in rows if row[0] not in taken][:CHOICES_SHOWN]
        labels = {value: value.label for value in self.taken[name]} if name == "form" else {}
        labels = labels or {item.slug: str(item) for item in self.taken[name]}
        rows = [(slug, labels.get(slug, slug), 0) for slug in taken if slug in missing] + rows
        return [Choice(slug, label, count, slug in taken, self._address(name, slug)) for slug, label, count in rows]

    def taken_choices(self):
        """What is filtered by now, each as a `Choice` whose address takes it off."""
        choices = [
            Choice(value, str(label), 0, True, self._address(name, value))
            for name in self.LABELS
            for value, label in (
                (item.value, item.label) if name == "form" else (item.slug, item) for item in self.taken[name]
            )
        ]
        for name, day, label in (("from", self.first_day, _("from %s")), ("to", self.last_day, _("to %s"))):
            if day:
                choices.append(
                    Choice(day.isoformat(), label % day.isoformat(), 0, True, self._address(name, day.isoformat()))
                )
        return choices

    def address(self):
        """The query string of this filter, with its keys in one order: equal filters have equal addresses."""
        return self._query(self._pairs())

    def _pairs(self):
        pairs = [(name, value) for name in self.LABELS for value in sorted(self.values[name])]
        pairs += [("from", self.first_day.isoformat())] if self.first_day else []
        return pairs + ([("to", self.last_day.isoformat())] if self.last_day else [])

    def _address(self, name, value):
        pairs = self._pairs()
        pairs = [pair for pair in pairs if pair != (name, value)] if (name, value) in pairs else [*pairs, (name, value)]
        return self._query(sorted(pairs, key=lambda pair: ([*self.LABELS, "from", "to"].index(pair[0]), pair[1])))

    @staticmethod
    def _query(pairs):
        query = QueryDict(mutable=True)
        for name, value in pairs:
            query.appendlist(name, value)
        return f"?{query.urlencode()}" if pairs else "?"
