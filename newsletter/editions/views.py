import calendar

from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from newsletter.publishing.addresses import absolute
from newsletter.publishing.paging import cursor_page
from newsletter.publishing.views import (
    PublishableDetailView,
    file_response,
    may_be_seen_by,
    opens_in_previews,
    picture_response,
)

from .models import Edition, EditionPage
from .sheets import public_items, sheets_of


class EditionListView(TemplateView):
    template_name = "editions/edition_list.html"

    def get_context_data(self, **kwargs):
        page = cursor_page(
            Edition.objects.published(),
            self.request.GET,
            shown=lambda editions: editions.annotate(page_count=Count("pages")),
        )
        return super().get_context_data(
            page=page, editions=page.rows, years=[*reversed(years_with_editions())], **kwargs
        )


class EditionYearView(TemplateView):
    """The editions of a year, as the days of its months on which one came out."""

    template_name = "editions/edition_year.html"

    def get_context_data(self, year, **kwargs):
        years = years_with_editions()
        if year not in years:
            raise Http404
        months = {}
        for edition in Edition.objects.published().filter(date__year=year).order_by("date", "pk"):
            months.setdefault(edition.date.replace(day=1), []).append(edition)
        index = years.index(year)
        return super().get_context_data(
            year=year,
            months=[(month, editions, _weeks(month, editions)) for month, editions in months.items()],
            weekdays=WEEKDAYS.values(),
            previous_year=years[index - 1] if index else None,
            next_year=years[index + 1] if index + 1 < len(years) else None,
            **kwargs,
        )


def years_with_editions():
    """The years in which a public edition came out, as whole numbers, the first one first."""
    return [day.year for day in Edition.objects.published().dates("date", "year")]


def _weeks(month, editions):
    """`[[(day, editions of the day), …] of each week]`; a day of another month is 0."""
    return [
        [(day, [edition for edition in editions if edition.date.day == day]) for day in week]
        for week in calendar.Calendar().monthdayscalendar(month.year, month.month)
    ]


class EditionView(PublishableDetailView):
    """A page on one edition or on a part of it, which readers see as long as they see the edition."""

    model = Edition

    def own_address(self):
        return reverse("editions:detail", args=[self.kwargs["pk"]])

    def items(self, is_preview):
        return public_items(self.object, preview=is_preview)

    def get_context_data(self, is_preview=False, **kwargs):
        sheets = sheets_of(self.object, self.items(is_preview))
        return super().get_context_data(sheets=sheets, is_preview=is_preview, **kwargs)


class EditionDetailView(EditionView):
    """All pages of an edition, with the ways to the editions before and after it."""

    def get_context_data(self, **kwargs):
        edition, others = self.object, Edition.objects.published()
        earlier = Q(date__lt=edition.date) | Q(date=edition.date, pk__lt=edition.pk)
        later = Q(date__gt=edition.date) | Q(date=edition.date, pk__gt=edition.pk)
        return super().get_context_data(
            previous_edition=others.filter(earlier).newest_first().first(),
            next_edition=others.filter(later).order_by("date", "pk").first(),
            **kwargs,
        )


class EditionPageView(EditionDetailView):
    """One page of an edition: its picture and its stories; 404 where readers see nothing of it."""

    template_name = "editions/edition_page.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        sheets = context["sheets"]
        index = next((i for i, sheet in enumerate(sheets) if sheet.number == self.kwargs["number"]), None)
        if index is None:
            raise Http404
        return context | {
            "sheet": sheets[index],
            "previous_sheet": sheets[index - 1] if index else None,
            "next_sheet": sheets[index + 1] if index + 1 < len(sheets) else None,
        }


class EditionPrintView(EditionView):
    """The whole edition in full text, to be printed."""

    template_name = "editions/edition_print.html"

    def items(self, is_preview):
        return super().items(is_preview).defer(None).prefetch_related("article__figures")

    def get_context_data(self, **kwargs):
        return super().get_context_data(canonical_url=absolute(self.object.get_absolute_url()), **kwargs)


@opens_in_previews
@require_safe
def page_file(request, pk, number):
    """The printed page as a PDF, while the reader may see its edition."""
    page = _seen_page(request, pk, number)
    if not page.file:
        raise Http404
    name = f"{page.edition.title}-{page.edition.date:%Y-%m-%d}-{page.number}.pdf"
    told = {"filename": name, "content_type": "application/pdf"}
    return file_response(request, page.edition, page.file.name, page.file.open, **told)


@opens_in_previews
@require_safe
def page_picture(request, pk, number, rendition):
    """A rendition of the picture of a printed page, while the reader may see its edition."""
    page = _seen_page(request, pk, number)
    if not page.picture or rendition not in EditionPage.RENDITIONS:
        raise Http404
    return picture_response(request, page.edition, page.picture, EditionPage.RENDITIONS[rendition])


def _seen_page(request, pk, number):
    page = get_object_or_404(EditionPage.objects.select_related("edition"), edition=pk, number=number)
    if not may_be_seen_by(page.edition, request.user):
        raise Http404
    return page
