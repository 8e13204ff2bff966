"""What the organizations did in their years, counted from what readers can look up, each number with its list."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from newsletter.articles.counting import months_with_any_news, months_with_news
from newsletter.articles.models import Article, ArticleOrganization, Figure
from newsletter.awards.models import Award
from newsletter.events.models import Event
from newsletter.publishing.templatetags.charts import Bar
from newsletter.records.dates import last_of_month, year_in_words

ORGANIZATIONS_SHOWN = 15
MONEY = "CNY"


@dataclass
class Chart:
    id: str
    title: str
    bars: list[Bar]


@dataclass
class Sum:
    """Amounts of one measure: their sum in yuan, and the figures as they are told, each once."""

    label: str
    total: str
    is_approximate: bool
    figures: list


class History:
    """What was public of all organizations, or of one, year by year.

    Of one organization count the stories that are linked to it in any role, the events in which it took part and the
    honours that it received; as money, though, only what its own stories tell, not those that merely name it.
    """

    def __init__(self, organization=None):
        self.organization = organization
        self.articles = self.telling = Article.objects.published()
        self.events = Event.objects.published()
        self.awards = Award.objects.published()
        if organization:
            self.telling = self.articles.on_or_by(organization)
            self.articles = self.articles.for_organization(organization)
            self.events = self.events.for_organization(organization)
            self.awards = self.awards.received_by(organization)

    @cached_property
    def _months(self):
        return months_with_news(self.articles) if self.organization else months_with_any_news()

    @cached_property
    def years(self):
        """Those that have news, the newest first."""
        return list(self._months)

    def review(self, year):
        """A year as its page tells it: `charts` (none where nothing is public), `money`, and the years beside it."""
        earlier, later = (y for y in self.years if y < year), (y for y in reversed(self.years) if y > year)
        return {
            "year": year,
            "charts": self._charts(year),
            "money": self._money(year),
            "neighbours": {"previous": next(earlier, None), "next": next(later, None)},
        }

    @cached_property
    def last_review(self):
        """That of the last year with news; None where there is none."""
        return self.review(self.years[0]) if self.years else None

    def stories_by_year(self):
        """Of one organization, from its first year with news to its last."""
        return [
            Bar(
                year_in_words(year),
                sum(count for _day, count in self._months.get(year, [])),
                self._news_of(self.organization.slug, datetime.date(year, 1, 1), datetime.date(year, 12, 31)),
            )
            for year in range(min(self.years), max(self.years) + 1)
        ]

    def _charts(self, year):
        charts = [
            Chart("stories", _("Stories by month"), self._stories(year)),
            Chart("events", _("Events by type"), self._events(year)),
            Chart("organizations", _("Most often in the news"), [] if self.organization else self._most_told_of(year)),
            Chart("awards", _("Honours by level"), self._levels(year)),
        ]
        return [chart for chart in charts if chart.bars]

    def _stories(self, year):
        found = {day.month: count for day, count in self._months.get(year, [])}
        months = [datetime.date(year, month, 1) for month in range(1, 13)]
        return found and [
            Bar(date_format(first, "SHORT_MONTH_FORMAT"), found.get(first.month, 0), self._month(first))
            for first in months
        ]

    def _month(self, first):
        if self.organization:
            return self._news_of(self.organization.slug, first, last_of_month(first))
        return reverse("articles:month", args=[first.year, f"{first.month:02}"])

    def _most_told_of(self, year):
        links = ArticleOrganization.objects.filter(article__in=self.articles.filter(date__year=year))
        most = links.values("organization__name", "organization__slug").annotate(
            stories=Count("article", distinct=True)
        )
        days = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        return [
            Bar(row["organization__name"], row["stories"], self._news_of(row["organization__slug"], *days))
            for row in most.order_by("-stories", "organization__pinyin")[:ORGANIZATIONS_SHOWN]
        ]

    @staticmethod
    def _news_of(slug, first, last):
        return f"{reverse('articles:news')}?{urlencode({'org': slug, 'from': first, 'to': last})}"

    def _events(self, year):
        """By type; those that have no day by the year that is told of them."""
        held = self.events.filter(Q(listed_date__year=year) | Q(listed_date__isnull=True, year=year))
        by_type = held.values("type__name", "type__slug").annotate(events=Count("pk")).order_by("-events", "type__slug")
        asked = {"kind": "event", "year": year} | ({"org": self.organization.slug} if self.organization else {})
        return [
            Bar(
                row["type__name"],
                row["events"],
                f"{reverse('search:search')}?{urlencode({**asked, 'type': row['type__slug']})}",
            )
            for row in by_type
        ]

    def _levels(self, year):
        counts = dict(self.awards.filter(year=year).order_by().values_list("level").annotate(Count("pk")))
        if self.organization:
            # Its roll stands on its page.
            address = f"{self.organization.get_absolute_url()}#honours-{year}"
        else:
            address = reverse("awards:year", args=[year])
        return [Bar(label, counts[level], address) for level, label in Award.Level.choices if level in counts]

    def _money(self, year):
        """What was raised and given, in yuan. An amount that several stories tell of one event counts once."""
        measures = [Figure.Measure.RAISED, Figure.Measure.GIVEN]
        money = Figure.objects.filter(unit__code=MONEY, measure__in=measures).order_by()
        # Each by its index: with an "or" of both all figures would be read.
        said = money.filter(self.telling.behind("article"), year=year)
        told = money.filter(year__isnull=True, article__in=self.telling.filter(date__year=year))
        of_year = Figure.objects.filter(pk__in=said.values("pk").union(told.values("pk")))
        once = {}
        for figure in of_year.select_related("article").defer("article__body").order_by("pk"):
            place = ("event", figure.event_id) if figure.event_id else ("article", figure.article_id)
            once.setdefault((figure.measure, *place, figure.value), figure)
        by_measure = defaultdict(list)
        for figure in once.values():
            by_measure[figure.measure].append(figure)
        return [
            Sum(
                Figure.Measure(measure).label,
                f"{round(sum(figure.value for figure in figures)):,}",
                any(figure.approximate for figure in figures),
                sorted(figures, key=lambda figure: -figure.value),
            )
            for measure, figures in sorted(by_measure.items(), reverse=True)
        ]
