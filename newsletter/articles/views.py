import datetime
from io import BytesIO

import segno
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from newsletter.awards.models import Award
from newsletter.awards.views import for_lists as awards_for_lists
from newsletter.events.models import Event
from newsletter.events.views import for_lists as events_for_lists
from newsletter.publishing.addresses import absolute
from newsletter.publishing.conditional import ConditionalView
from newsletter.publishing.models import Publication
from newsletter.publishing.paging import cursor_page
from newsletter.publishing.views import (
    PublishableDetailView,
    file_response,
    may_be_seen_by,
    opens_in_previews,
    picture_response,
)
from newsletter.records.dates import last_of_month

from . import card
from .counting import months_with_any_news, months_with_news
from .filters import NewsFilter
from .models import Article, ArticleOrganization, ArticleQuerySet, Attachment, Photo, Section, Tag

RELATED = 6


class NewsListView(TemplateView):
    """A page of a list of articles, newest first, by cursor. Subclasses say which articles and under which heading."""

    template_name = "articles/article_list.html"

    def articles(self):
        return Article.objects.published()

    def heading(self):
        return _("News")

    def get_context_data(self, **kwargs):
        page = cursor_page(self.articles(), self.request.GET, shown=ArticleQuerySet.for_lists)
        return super().get_context_data(page=page, articles=page.rows, heading=self.heading(), **kwargs)


class NewsView(NewsListView):
    """All news, filtered by any combination of its parameters."""

    template_name = "articles/news.html"

    def get(self, request, *args, **kwargs):
        self.filter = NewsFilter(request.GET)
        return super().get(request, *args, **kwargs)

    def articles(self):
        return self.filter.apply(super().articles())

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            filter=self.filter,
            taken=self.filter.taken_choices(),
            facets=self.filter.facets(),
            filter_query=self.filter.address().removeprefix("?"),
            years=months_with_any_news(),
            **kwargs,
        )


class ArchiveView(NewsListView):
    """The news of a year, a month or a day."""

    template_name = "articles/archive.html"

    def get(self, request, year, month=None, day=None):
        try:
            self.first_day = datetime.date(year, 1 if month is None else month, 1 if day is None else day)
        except (ValueError, OverflowError):
            raise Http404 from None
        self.year, self.month, self.day = year, month, day
        if day:
            self.last_day = self.first_day
        elif month:
            self.last_day = last_of_month(self.first_day)
        else:
            self.last_day = datetime.date(year, 12, 31)
        return super().get(request)

    def articles(self):
        return super().articles().filter(date__range=(self.first_day, self.last_day))

    def heading(self):
        if self.day:
            return _("News of %(year)s-%(month)02d-%(day)02d") % {
                "year": self.year,
                "month": self.month,
                "day": self.day,
            }
        if self.month:
            return _("News of %(year)s-%(month)02d") % {"year": self.year, "month": self.month}
        return _("News of %(year)s") % {"year": self.year}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            year=self.year,
            month=self.month,
            day=self.day,
            first_day=self.first_day,
            months=months_with_news(Article.objects.published().filter(date__year=self.year)).get(self.year),
            **kwargs,
        )


class SectionView(NewsListView):
    template_name = "articles/section.html"

    def get(self, request, slug):
        self.section = get_object_or_404(Section, slug=slug)
        return super().get(request)

    def articles(self):
        return super().articles().filter(section=self.section)

    def heading(self):
        return self.section.name

    def get_context_data(self, **kwargs):
        return super().get_context_data(section=self.section, **kwargs)


class TagView(NewsListView):
    template_name = "articles/tag.html"

    def get(self, request, slug):
        self.tag = get_object_or_404(Tag, slug=slug)
        return super().get(request)

    def articles(self):
        return super().articles().filter(pk__in=self.tag.tagged.values("content_object"))

    def heading(self):
        return self.tag.name

    def get_context_data(self, **kwargs):
        return super().get_context_data(tag=self.tag, **kwargs)


class ArticleDetailView(PublishableDetailView):
    def get_queryset(self):
        return Article.objects.select_related("section").prefetch_related(
            "photos",
            "attachments",
            "tags",
            "figures",
            Prefetch("organization_links", ArticleOrganization.objects.select_related("organization")),
            Prefetch("events", events_for_lists(Event.objects.select_related("series"))),
            Prefetch("awards", awards_for_lists(Award.objects)),
        )

    def get_context_data(self, **kwargs):
        article = self.object
        links = {}
        for link in article.organization_links.all():
            links.setdefault(link.role, []).append(link.organization)
        return super().get_context_data(
            contributors=links.get("contributor", []),
            subjects=links.get("subject", []),
            mentioned=links.get("mentioned", []),
            picture_of_link=_picture_of_link(article, article.lead_photo),
            related=article.related(RELATED).only("title", "date"),
            **kwargs,
        )


class PhotoView(PublishableDetailView):
    """A photo of a story on a page of its own, with its neighbours, while the story is to be seen."""

    template_name = "articles/photo_detail.html"

    def get_object(self):
        self.photo = get_object_or_404(Photo.objects.select_related("article"), pk=self.kwargs["pk"])
        return self.photo.article

    def get_context_data(self, **kwargs):
        photos = [*self.object.photos.all()]
        number = photos.index(self.photo) + 1
        return super().get_context_data(
            photo=self.photo,
            picture_of_link=_picture_of_link(self.object, self.photo),
            number=number,
            total=len(photos),
            previous=photos[number - 2] if number > 1 else None,
            next=photos[number] if number < len(photos) else None,
            # The story has all that stands here, and its words: search engines lead there, and count its photos for
            # it. With `noindex` instead, a link that somebody set to a photo would count for nothing.
            canonical_url=absolute(self.object.get_absolute_url()),
            **kwargs,
        )


class CardView(ConditionalView):
    """The card of a public story: what messengers show with a link to it where it has no photo."""

    content_type = "image/png"

    def get(self, request, pk):
        if not card.font():
            raise Http404
        self.article = get_object_or_404(Article.objects.published().select_related("section"), pk=pk)
        return super().get(request)

    def validators(self, now):
        article, publication = self.article, Publication.current()
        section, organization = article.section, article.first_organization()
        facts = [date_format(article.date, "Y年n月j日"), section and section.name, organization and organization.name]
        self.words = publication.masthead, article.title_lines, [*filter(None, facts)]
        moments = [record.modified_at for record in (article, publication, section, organization) if record]
        return (self.words, card.font()), [*moments, article.publish_at]

    def content(self, now):
        return card.draw(*self.words)


def _picture_of_link(article, photo):
    """What messengers show with a link to the story: the photo, else its card; None where there is neither."""
    if photo:
        width, height = photo.wide_size
        return {"url": absolute(photo.wide_url), "width": width, "height": height, "alt": photo.alt}
    if not card.font():
        return None
    address = absolute(reverse("article_files:card", args=[article.pk]))
    return {"url": address, "width": card.WIDTH, "height": card.HEIGHT, "alt": article.headline}


@require_safe
def qr_code(request, pk):
    """The address of a public story as a picture, for the phone of somebody who looks at another screen."""
    article = get_object_or_404(Article.objects.published().only("pk"), pk=pk)
    picture = BytesIO()
    code = segno.make(absolute(article.get_absolute_url()), error="m", micro=False)
    code.save(picture, kind="svg", scale=6, border=3, light="#ffffff", svgns=True, xmldecl=False)
    response = HttpResponse(picture.getvalue(), content_type="image/svg+xml")
    response["Cache-Control"] = "max-age=60"
    return response


@opens_in_previews
@require_safe
def photo(request, pk, rendition):
    """A rendition of a photo, while the reader may see its article."""
    if rendition not in Photo.RENDITIONS:
        raise Http404
    found = get_object_or_404(Photo.objects.select_related("article"), pk=pk)
    if not may_be_seen_by(found.article, request.user):
        raise Http404
    return picture_response(request, found.article, found.picture, Photo.RENDITIONS[rendition])


@opens_in_previews
@require_safe
def attachment(request, pk):
    found = get_object_or_404(Attachment.objects.select_related("article"), pk=pk)
    if not may_be_seen_by(found.article, request.user):
        raise Http404
    told = {"as_attachment": True, "filename": found.download_name}
    return file_response(request, found.article, found.file.name, found.file.open, **told)
