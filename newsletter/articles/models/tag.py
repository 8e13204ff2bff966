from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from newsletter.records.fields import LineField
from newsletter.records.slugs import pinyin_slug
from newsletter.records.text import clean_line


class Tag(TagBase):
    """A tag whose address is its pinyin: taggit would give Chinese tags an empty or unroutable one."""

    name = LineField(_("name"), max_length=100, unique=True, help_text=_("e.g. 助学"))

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["slug"]

    def save(self, *args, **kwargs):
        if not clean_line(self.name):
            raise ValidationError(_("A tag without a name is none."))
        super().save(*args, **kwargs)

    def slugify(self, tag, i=None):
        slug = pinyin_slug(tag) or "tag"
        return slug if i is None else f"{slug}-{i}"

    def get_absolute_url(self):
        return reverse("articles:tag", args=[self.slug])


class TaggedArticle(ItemBase):
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged")
    content_object = models.ForeignKey("articles.Article", on_delete=models.CASCADE)

    class Meta:
        verbose_name = _("tagged article")
        verbose_name_plural = _("tagged articles")
        constraints = [models.UniqueConstraint(name="article_tagged_once", fields=["tag", "content_object"])]
