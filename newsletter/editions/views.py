from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from newsletter.articles.models import Article
from newsletter.publishing.paging import cursor_page
from newsletter.publishing.views import PublishableDetailView, file_response, may_be_seen_by, opens_in_previews

from .models import Edition, EditionPage


class EditionListView(TemplateView):
    template_name = "editions/edition_list.html"

    def get_context_data(self, **kwargs):
        editions = Edition.objects.published().annotate(page_count=Count("pages"))
        page = cursor_page(editions, self.request.GET)
        return super().get_context_data(page=page, editions=page.rows, **kwargs)


class EditionDetailView(PublishableDetailView):
    model = Edition

    def get_context_data(self, **kwargs):
        edition = self.object
        printed = {page.number: page for page in edition.pages.all()}
        pages = {}
        for item in public_items(edition, preview=kwargs.get("is_preview", False)):
            pages.setdefault(item.page, []).append(item)
        neighbours = Edition.objects.published()
        earlier = Q(date__lt=edition.date) | Q(date=edition.date, pk__lt=edition.pk)
        later = Q(date__gt=edition.date) | Q(date=edition.date, pk__gt=edition.pk)
        return super().get_context_data(
            pages=[
                {"number": number, "page": printed.get(number), "items": pages.get(number, [])}
                for number in sorted({*printed, *pages})
            ],
            previous_edition=neighbours.filter(earlier).newest_first().first(),
            next_edition=neighbours.filter(later).order_by("date", "pk").first(),
            **kwargs,
        )


def public_items(edition, *, preview=False):
    """The items of an edition whose articles readers see (in a preview: or will see), by page and position."""
    articles = Article.objects.for_previews() if preview else Article.objects.published()
    return (
        edition.items.filter(article__in=articles)
        .select_related("article__section")
        .prefetch_related("article__photos")
        .defer("article__body")
    )


@opens_in_previews
@require_safe
def page_file(request, pk, number):
    """The printed page as a PDF, while the reader may see its edition."""
    page = get_object_or_404(EditionPage.objects.select_related("edition"), edition=pk, number=number)
    if not page.file or not may_be_seen_by(page.edition, request.user):
        raise Http404
    name = f"{page.edition.title}-{page.edition.date:%Y-%m-%d}-{page.number}.pdf"
    return file_response(page.edition, page.file.open, filename=name, content_type="application/pdf")
