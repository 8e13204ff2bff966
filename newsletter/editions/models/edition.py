from pathlib import PurePath
from uuid import uuid4

from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from newsletter.publishing.models import Publishable, PublishableQuerySet
from newsletter.records.fields import LineField
from newsletter.records.pictures import PictureField, size_within, sources_within, webp

LARGE, SMALL = 2000, 1080


class EditionQuerySet(PublishableQuerySet):
    def for_search(self):
        return self.prefetch_related("pages")

    def newest_first(self):
        return self.order_by("-date", "-pk")


class Edition(Publishable):
    """One issue of the newsletter."""

    PARTS = ("items", "pages")
    SEARCH_FOLLOWS = ()

    title = LineField(_("masthead title"), max_length=40, help_text=_("e.g. 苍南社会组织"))
    number = LineField(
        _("number"), max_length=40, blank=True, help_text=_("As printed, e.g. 第6期 or 总第128期. May be empty.")
    )
    date = models.DateField(_("date"))
    date_is_assumed = models.BooleanField(
        _("date is assumed"), default=False, help_text=_("Tick it if the page does not tell its date.")
    )
    locality = LineField(
        _("locality"),
        max_length=20,
        blank=True,
        help_text=_("The county that “县民政局” means on its pages, e.g. 苍南县."),
    )

    objects = EditionQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-date", "-pk"]
        indexes = [*Publishable.Meta.indexes, models.Index(fields=["state", "-date", "-id"], name="edition_listing")]
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(
                name="edition_once_per_day_and_title",
                fields=["date", "title"],
                condition=~Q(state="trashed"),
                violation_error_message=_("There is an edition of this title and date already."),
            ),
        ]

    def __str__(self):
        return " ".join(filter(None, [self.title, self.number, f"{self.date:%Y-%m-%d}"]))

    def get_absolute_url(self):
        return reverse("editions:detail", args=[self.pk])

    def search_document(self):
        return {
            "title": str(self),
            "body": [self.locality, *(page.title for page in self.pages.all())],
            "date": self.date,
            "public_from": self.public_from,
            "facets": {},
        }

    def published_along(self):
        return [item.article for item in self.items.select_related("article").order_by("-page", "-position")]

    def previewed_along(self):
        return [item.article for item in self.items.select_related("article").defer("article__body")]


def random_name(page, filename):
    return f"pages/{uuid4().hex}{PurePath(filename).suffix.lower()}"


class EditionPage(models.Model):
    """A page of an edition, with the printed page as a file and as a picture where there are such.

    Readers get the file and renditions of the picture, and only while the edition is public.
    """

    # The long sides are enough to read headlines; whoever wants to read the small print has the stories. On a phone
    # it is there to be tapped, and its first second counts more than its finest strokes.
    RENDITIONS = {
        "large": ["default", ("thumbnail", (LARGE, LARGE))],
        "large_webp": webp(("thumbnail", (LARGE, LARGE))),
        "small_webp": webp(("thumbnail", (SMALL, SMALL)), quality=50),
    }

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveSmallIntegerField(_("page"))
    title = LineField(_("title of the page"), max_length=40, blank=True, help_text=_("e.g. 要闻"))
    file = models.FileField(
        _("printed page"),
        upload_to=random_name,
        max_length=200,
        blank=True,
        validators=[FileExtensionValidator(["pdf"])],
        help_text=_("The page as PDF; readers can download it."),
    )
    picture = PictureField(
        _("picture of the page"),
        upload_to="pages/%Y/%m",
        formats=RENDITIONS,
        blank=True,
        help_text=_("The whole page as JPEG, PNG or WebP; stories whose regions are known can be tapped on it."),
    )

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                name="edition_page_number_once",
                fields=["edition", "number"],
                violation_error_message=_("This edition has a page of this number already."),
            )
        ]

    def __str__(self):
        return _("Page %(number)s") % {"number": self.number}

    def get_absolute_url(self):
        return reverse("editions:page", args=[self.edition_id, self.number])

    @property
    def file_url(self):
        return reverse("edition_files:page_file", args=[self.edition_id, self.number])

    @property
    def alt(self):
        return _("Page %(number)s as printed") % {"number": self.number}

    @property
    def picture_url(self):
        return self._rendition_url("large")

    @property
    def picture_size(self):
        """Width and height in pixels of the `large` rendition."""
        return size_within(LARGE, *self._size)

    @property
    def webp_sources(self):
        """`[(address, width in pixels), …]` of the picture in WebP, the smaller one first."""
        return sources_within({"small_webp": SMALL, "large_webp": LARGE}, *self._size, self._rendition_url)

    def _rendition_url(self, name):
        return reverse("edition_files:page_picture", args=[self.edition_id, self.number, name])

    @property
    def _size(self):
        return self.picture_width or 1, self.picture_height or 1
