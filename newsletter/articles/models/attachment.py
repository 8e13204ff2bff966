from pathlib import PurePath
from uuid import uuid4

from django.core.validators import FileExtensionValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from newsletter.records.fields import LineField


def random_name(attachment, filename):
    return f"attachments/{uuid4().hex}{PurePath(filename).suffix.lower()}"


class Attachment(models.Model):
    """A file that readers may download with an article."""

    ACCEPTED = ("pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "txt", "zip")

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="attachments")
    file = models.FileField(
        _("file"),
        upload_to=random_name,
        max_length=200,
        validators=[FileExtensionValidator(ACCEPTED)],
        help_text=_("PDF, Word, Excel, PowerPoint, text or zip."),
    )
    title = LineField(_("title"), max_length=120, help_text=_("What readers click on, e.g. 活动报名表."))

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("article_files:attachment", args=[self.pk])

    @property
    def download_name(self):
        return self.title + PurePath(self.file.name).suffix
