from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class EditionItem(models.Model):
    """An article on a page of an edition, at a position."""

    edition = models.ForeignKey(
        "editions.Edition", verbose_name=_("edition"), on_delete=models.CASCADE, related_name="items"
    )
    article = models.ForeignKey(
        "articles.Article", verbose_name=_("article"), on_delete=models.PROTECT, related_name="edition_items"
    )
    page = models.PositiveSmallIntegerField(_("page"), default=1)
    position = models.PositiveSmallIntegerField(_("position"), help_text=_("Order on the page, from 1."))
    is_lead = models.BooleanField(_("lead story"), default=False, help_text=_("It opens the front page."))

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
        ]

    def __str__(self):
        return str(self.article)
