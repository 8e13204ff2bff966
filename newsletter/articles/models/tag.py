from django.apps import apps
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import _TaggableManager
from taggit.models import ItemBase, TagBase

from newsletter.records.fields import LineField
from newsletter.records.models import Record
from newsletter.records.slugs import pinyin_slug
from newsletter.records.text import clean_line


class TagQuerySet(models.QuerySet):
    def suggested(self, typed):
        """Tags of public articles that have what is typed in them, by the letter or in pinyin."""
        public = apps.get_model("articles", "Article").objects.published()
        used = TaggedArticle.objects.filter(content_object__in=public)
        sounds = pinyin_slug(typed)
        return self.filter(
            models.Q(name__icontains=typed) | models.Q(slug__contains=sounds if sounds else typed),
            pk__in=used.values("tag"),
        )


class Tag(TagBase, Record):
    """A tag whose address is its pinyin: taggit would give Chinese tags an empty or unroutable one."""

    name = LineField(_("name"), max_length=100, unique=True, help_text=_("e.g. 助学"))

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["slug"]

    def slugify(self, tag, i=None):
        slug = pinyin_slug(tag) or "tag"
        return slug if i is None else f"{slug}-{i}"

    def get_absolute_url(self):
        return reverse("articles:tag", args=[self.slug])


class ArticleTagManager(_TaggableManager):
    """`article.tags`: what is typed passes the text gate before taggit looks for it; nothing but space is no tag."""

    def _to_tag_model_instances(self, tags, tag_kwargs):
        tags = [clean_line(tag) if isinstance(tag, str) else tag for tag in tags]
        return super()._to_tag_model_instances([tag for tag in tags if tag], tag_kwargs)


class TaggedArticle(ItemBase):
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="tagged")
    content_object = models.ForeignKey("articles.Article", on_delete=models.CASCADE)

    class Meta:
        verbose_name = _("tagged article")
        verbose_name_plural = _("tagged articles")
        constraints = [models.UniqueConstraint(name="article_tagged_once", fields=["tag", "content_object"])]
