from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from newsletter.publishing.models import Publishable
from newsletter.records.fields import LineField, RichTextField, RichTextRulesField, safe_html


class Page(Publishable):
    """A page that stands: about us, contact, how to contribute. The footer links to it."""

    title = LineField(_("title"), max_length=80, help_text=_("e.g. 投稿须知"))
    slug = models.SlugField(_("address"), unique=True, help_text=_("The end of its address, e.g. contribute."))
    body = RichTextField(_("text"))
    body_rules = RichTextRulesField()
    position = models.PositiveSmallIntegerField(_("position in the footer"), default=10)

    class Meta(Publishable.Meta):
        verbose_name = _("standing page")
        verbose_name_plural = _("standing pages")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("pages:detail", args=[self.slug])

    @property
    def body_html(self):
        return safe_html(self.body, self.body_rules)
