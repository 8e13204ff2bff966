from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

REGION = ("region_left", "region_top", "region_width", "region_height")


class EditionItem(models.Model):
    """An article on a page of an edition, at a position, and the region of the printed page that it takes up.

    The region is in whole percents of the page's width and height; all four numbers are there, or none.
    """

    edition = models.ForeignKey(
        "editions.Edition", verbose_name=_("edition"), on_delete=models.CASCADE, related_name="items"
    )
    article = models.ForeignKey(
        "articles.Article", verbose_name=_("article"), on_delete=models.PROTECT, related_name="edition_items"
    )
    page = models.PositiveSmallIntegerField(_("page"), default=1)
    position = models.PositiveSmallIntegerField(_("position"), help_text=_("Order on the page, from 1."))
    is_lead = models.BooleanField(_("lead story"), default=False, help_text=_("It opens the front page."))
    region_left = models.PositiveSmallIntegerField(
        _("region: left %"),
        null=True,
        blank=True,
        help_text=_("Where it stands on the picture of the page, in percent of its width and height, from 0 to 100."),
    )
    region_top = models.PositiveSmallIntegerField(_("top %"), null=True, blank=True)
    region_width = models.PositiveSmallIntegerField(_("width %"), null=True, blank=True)
    region_height = models.PositiveSmallIntegerField(_("height %"), null=True, blank=True)

    class Meta:
        verbose_name = _("story in the edition")
        verbose_name_plural = _("stories in the edition")
        ordering = ["page", "position"]
        constraints = [
            models.UniqueConstraint(
                name="edition_item_place_once",
                fields=["edition", "page", "position"],
                violation_error_message=_("Another story stands at this place of the page."),
            ),
            models.UniqueConstraint(
                name="edition_item_article_once",
                fields=["edition", "article"],
                violation_error_message=_("This article is in the edition already."),
            ),
            models.UniqueConstraint(
                name="edition_has_one_lead",
                fields=["edition"],
                condition=Q(is_lead=True),
                violation_error_message=_("An edition has one lead story."),
            ),
            models.CheckConstraint(
                name="edition_item_region_within_the_page",
                condition=Q(**{f"{name}__isnull": True for name in REGION})
                | (
                    Q(**{f"{name}__isnull": False for name in REGION})
                    & Q(region_width__gte=1, region_width__lte=100 - F("region_left"))
                    & Q(region_height__gte=1, region_height__lte=100 - F("region_top"))
                ),
                violation_error_message=_("A region has all four numbers, or none, and lies within the page."),
            ),
        ]

    def __str__(self):
        return str(self.article)

    @property
    def region(self):
        """`(left, top, width, height)` in percent, or None."""
        return None if self.region_left is None else tuple(getattr(self, name) for name in REGION)
