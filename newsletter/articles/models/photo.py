from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from newsletter.records.fields import LineField
from newsletter.records.pictures import PictureField, webp

WIDE, NARROW = 1280, 640


class Photo(models.Model):
    """A photo beside an article's text. Readers get its renditions, and only while the article is public."""

    # JPEG or PNG as it came, for feeds and old browsers; WebP for the others, and for phones in half the width.
    RENDITIONS = {
        "card": ["default", ("crop", (640, 427))],
        "wide": ["default", ("thumbnail", (WIDE, WIDE))],
        "card_webp": webp(("crop", (640, 427))),
        "wide_webp": webp(("thumbnail", (WIDE, WIDE))),
        "narrow_webp": webp(("thumbnail", (NARROW, NARROW))),
    }

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="photos")
    picture = PictureField(
        _("picture"),
        upload_to="photos/%Y/%m",
        formats=RENDITIONS,
        help_text=_("JPEG, PNG or WebP. Drag the circle to what must stay visible when it is cropped."),
    )
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
    def card_webp_url(self):
        return self.rendition_url("card_webp")

    @property
    def wide_url(self):
        return self.rendition_url("wide")

    @property
    def alt(self):
        return "" if self.decorative else self.alt_text or self.caption

    @property
    def wide_size(self):
        """Width and height in pixels of the `wide` rendition."""
        return self._size_within(WIDE)

    @property
    def webp_sources(self):
        """`[(address, width in pixels), …]` of the whole picture in WebP, the smaller one first."""
        sizes = {"narrow_webp": self._size_within(NARROW)[0], "wide_webp": self._size_within(WIDE)[0]}
        if sizes["narrow_webp"] == sizes["wide_webp"]:
            del sizes["narrow_webp"]
        return [(self.rendition_url(name), width) for name, width in sizes.items()]

    def _size_within(self, side):
        width, height = self.picture_width or 1, self.picture_height or 1
        scale = min(1, side / max(width, height))
        return round(width * scale), round(height * scale)
