from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from newsletter.records.fields import LineField
from newsletter.records.pictures import ColourField, PictureField, size_within, sources_within, tint, webp

# Beside what feeds and old browsers get, in the format in which it came, are WebP renditions of which browsers choose
# one: those cut to the shape of cards around the focal point, by their width in pixels, and whole ones, by their longer
# side. A phone shows a photo across its window in about 670 pixels.
CUT = {"thumb_webp": 360, "card_webp": 720, "lead_webp": 1280}
WHOLE = {"narrow_webp": 720, "wide_webp": 1280, "large_webp": 1920}


def _cut(width):
    return "crop", (width, round(width * 2 / 3))


def _within(side):
    return "thumbnail", (side, side)


RENDITIONS = {
    "card": ["default", _cut(640)],
    "wide": ["default", _within(WHOLE["wide_webp"])],
    **{name: webp(_cut(width)) for name, width in CUT.items()},
    **{name: webp(_within(side)) for name, side in WHOLE.items()},
}
# The others take longest and are wanted of few photos: they are made when somebody asks first.
MADE_WHEN_SAVED = {name: spec for name, spec in RENDITIONS.items() if name not in {"lead_webp", "large_webp"}}


class Photo(models.Model):
    """A photo beside an article's text. Readers get its renditions, and only while the article is public."""

    RENDITIONS = RENDITIONS

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="photos")
    picture = PictureField(
        _("picture"),
        upload_to="photos/%Y/%m",
        formats=MADE_WHEN_SAVED,
        colour_field="picture_colour",
        help_text=_("JPEG, PNG or WebP. Drag the circle to what must stay visible when it is cropped."),
    )
    picture_colour = ColourField()
    caption = LineField(_("caption"), max_length=200, blank=True)
    credit = LineField(_("credit"), max_length=60, blank=True, help_text=_("Who took it, e.g. 扶苗公益中心 供图."))
    alt_text = LineField(
        _("alternative text"),
        max_length=200,
        blank=True,
        help_text=_("What is seen on it, for people who cannot see it, e.g. 志愿者把粽子交给老人."),
    )
    decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("Tick it if the picture adds nothing to the text: it then needs no alternative text."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="photo_decorative_has_no_alternative_text",
                condition=Q(decorative=False) | Q(alt_text=""),
                violation_error_message=_("Either the picture is decorative or it has an alternative text."),
            )
        ]

    def __str__(self):
        return self.caption or self.alt_text or str(_("photo"))

    def get_absolute_url(self):
        # Not its place in the story, which staff may change.
        return reverse("articles:photo_page", args=[self.pk])

    def rendition_url(self, name):
        return reverse("article_files:photo", args=[self.pk, name])

    @property
    def card_url(self):
        return self.rendition_url("card")

    @property
    def wide_url(self):
        return self.rendition_url("wide")

    @property
    def alt(self):
        return "" if self.decorative else self.alt_text or self.caption

    @property
    def tint(self):
        return tint(self.picture_colour)

    @property
    def wide_size(self):
        """Width and height in pixels of the `wide` rendition."""
        return size_within(WHOLE["wide_webp"], *self._size)

    # What a browser chooses from: `[(address, width in pixels), …]`, the smallest first, none larger than the photo is.

    @property
    def cut_sources(self):
        width, height = self._size
        largest = max(CUT["thumb_webp"], min(width, height * 3 / 2))
        return [(self.rendition_url(name), width) for name, width in CUT.items() if width <= largest]

    @property
    def whole_sources(self):
        return self._whole_sources("narrow_webp", "wide_webp")

    @property
    def large_sources(self):
        return self._whole_sources(*WHOLE)

    def _whole_sources(self, *names):
        return sources_within({name: WHOLE[name] for name in names}, *self._size, self.rendition_url)

    @property
    def _size(self):
        return self.picture_width or 1, self.picture_height or 1
