"""The year in review: what the organizations did, counted from what readers can look up, each number with its list."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from newsletter.articles.models import Article, ArticleOrganization, Figure
from newsletter.awards.models import Award
from newsletter.events.models import Event
from newsletter.events.views import FIRST_YEAR, LAST_YEAR
from newsletter.publishing.templatetags.charts import Bar

ORGANIZATIONS_SHOWN = 15
MONEY = "CNY"


@require_safe
def year(request, year):
    """What happened in a year of which something is public; 404 for others."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    articles = Article.objects.published().filter(date__year=year)
    stories = _months(articles, year)
    events = _events(year)
    awards = list(Award.objects.published().filter(year=year).values_list("level").annotate(Count("pk")))
    if not (stories or events or awards):
        raise Http404
    charts = [
        {"id": "stories", "title": _("Stories by month"), "bars": stories},
        {"id": "events", "title": _("Events by type"), "bars": events},
        {"id": "organizations", "title": _("Most often in the news"), "bars": _organizations(articles, year)},
        {"id": "awards", "title": _("Honours by level"), "bars": _levels(awards, year)},
    ]
    return render(
        request,
        "year.html",
        {
            "year": year,
            "charts": [chart for chart in charts if chart["bars"]],
            "money": _money(year),
            "neighbours": _neighbours(year),
        },
    )


def _months(articles, year):
    found = dict(articles.order_by().values_list("date__month").annotate(Count("pk")))
    if not found:
        return []
    return [
        Bar(f"{month}月", found.get(month, 0), reverse("articles:month", args=[year, f"{month:02}"]))
        for month in range(1, 13)
    ]


def _organizations(articles, year):
    links = ArticleOrganization.objects.filter(article__in=articles)
    most = links.values("organization__name", "organization__slug").annotate(stories=Count("article", distinct=True))
    days = {"from": datetime.date(year, 1, 1), "to": datetime.date(year, 12, 31)}
    return [
        Bar(
            row["organization__name"],
            row["stories"],
            f"{reverse('articles:news')}?{urlencode({'org': row['organization__slug'], **days})}",
        )
        for row in most.order_by("-stories", "organization__pinyin")[:ORGANIZATIONS_SHOWN]
    ]


def _events(year):
    """By type; those that have no day by the year that is told of them."""
    held = Event.objects.published().filter(Q(listed_date__year=year) | Q(listed_date__isnull=True, year=year))
    by_type = held.values("type__name", "type__slug").annotate(events=Count("pk")).order_by("-events", "type__slug")
    address = reverse("search:search")
    return [
        Bar(
            row["type__name"],
            row["events"],
            f"{address}?{urlencode({'kind': 'event', 'type': row['type__slug'], 'year': year})}",
        )
        for row in by_type
    ]


def _levels(awards, year):
    counts = dict(awards)
    address = reverse("awards:year", args=[year])
    return [Bar(label, counts[level], address) for level, label in Award.Level.choices if level in counts]


@dataclass
class Sum:
    """Amounts of one measure: their sum in yuan, and the figures as they are told, each once."""

    label: str
    total: str
    is_approximate: bool
    figures: list


def _money(year):
    """What was raised and given, in yuan. An amount that several stories tell of one event counts once."""
    told = Figure.objects.filter(
        Q(year=year) | Q(year__isnull=True, article__date__year=year),
        unit__code=MONEY,
        measure__in=[Figure.Measure.RAISED, Figure.Measure.GIVEN],
        article__in=Article.objects.published(),
    )
    once = {}
    for figure in told.select_related("article").defer("article__body").order_by("pk"):
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


def years_with_news():
    """Those of which there is a page, the newest first."""
    return [day.year for day in Article.objects.published().dates("date", "year", order="DESC")]


def _neighbours(year):
    years = years_with_news()
    earlier, later = (other for other in years if other < year), (other for other in reversed(years) if other > year)
    return {"previous": next(earlier, None), "next": next(later, None)}
