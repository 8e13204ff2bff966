from django.db.models import Count, Prefetch
from django.http import Http404
from django.views.generic import TemplateView

from newsletter.publishing.paging import cursor_page
from newsletter.publishing.views import PublishableDetailView

from .models import Award, Recipient


def for_lists(awards):
    recipients = Recipient.objects.select_related("organization")
    return awards.select_related("issuer").prefetch_related(Prefetch("recipients", recipients))


class AwardListView(TemplateView):
    """All honours, newest year first."""

    template_name = "awards/award_list.html"

    def get_context_data(self, **kwargs):
        page = cursor_page(Award.objects.published(), self.request.GET, field="year", shown=for_lists)
        years = Award.objects.published().values_list("year").annotate(count=Count("pk")).order_by("-year")
        return super().get_context_data(page=page, awards=page.rows, years=list(years), **kwargs)


class AwardYearView(TemplateView):
    """The honours of a year, by level."""

    template_name = "awards/award_year.html"

    def get_context_data(self, year, **kwargs):
        if not 1900 <= year <= 2200:
            raise Http404
        awards = list(for_lists(Award.objects.published().filter(year=year).newest_first()))
        levels = [(level, [award for award in awards if award.level == level]) for level in Award.Level]
        years = Award.objects.published().values_list("year").annotate(count=Count("pk")).order_by("-year")
        return super().get_context_data(
            year=year, levels=[(level.label, found) for level, found in levels if found], years=list(years), **kwargs
        )


class AwardDetailView(PublishableDetailView):
    def get_queryset(self):
        return for_lists(Award.objects)
