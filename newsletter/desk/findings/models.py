from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsletter.articles.models import Article
from newsletter.records.fields import LineField
from newsletter.records.models import Record

from .finding import Severity
from .personal import Kind


class WatchedWord(Record):
    """A word that staff want to look at again wherever it stands in a text."""

    LEVELS = [(level.value, level.label) for level in (Severity.WARNING, Severity.ADVICE)]

    word = LineField(_("word"), max_length=40, unique=True, help_text=_("As it stands in texts, e.g. 残废人."))
    replacement = LineField(_("rather"), max_length=80, blank=True, help_text=_("e.g. 残疾人"))
    note = LineField(_("why"), max_length=200, blank=True, help_text=_("Colleagues read it beside the finding."))
    severity = models.PositiveSmallIntegerField(_("weight"), choices=LEVELS, default=Severity.ADVICE)

    class Meta:
        verbose_name = _("watched word")
        verbose_name_plural = _("watched words")
        ordering = ["word"]

    def __str__(self):
        return self.word


class KeptForEver(Exception):
    """A confirmation is a statement of a person: it is neither changed nor deleted."""


class ConfirmationQuerySet(models.QuerySet):
    def about(self, publishable):
        content_type = ContentType.objects.get_for_model(publishable)
        return self.filter(content_type=content_type, object_id=publishable.pk)

    def update(self, **values):
        raise KeptForEver

    def delete(self):
        raise KeptForEver


class PersonalDataConfirmation(models.Model):
    """Somebody says by name that a number of a person may be published in this text, and why.

    The number itself is not kept: `fingerprint` finds it again in the text, `masked` is for people. The row stays when
    the text is deleted.
    """

    class Step(models.TextChoices):
        """In the words of publishing's signals; `save` is a change of what readers see already, or soon."""

        SUBMIT = "submit", _("Submitting")
        APPROVE = "approve", _("Review")
        PUBLISH = "publish", _("Publishing")
        SAVE = "save", _("Change of what is public")

    content_type = models.ForeignKey(ContentType, verbose_name=_("kind of text"), on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    title = LineField(_("title of the text"), max_length=300)
    kind = models.CharField(_("kind of number"), max_length=20, choices=Kind)
    masked = models.CharField(_("masked number"), max_length=30)
    fingerprint = models.CharField(max_length=64, editable=False)
    step = models.CharField(_("step"), max_length=10, choices=Step)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+", editable=False
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)
    reason = LineField(_("reason"), max_length=300, blank=True)

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = _("confirmation of personal data")
        verbose_name_plural = _("confirmations of personal data")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="confirmation_of_object")]
        constraints = [
            models.CheckConstraint(
                name="confirmation_says_why",
                condition=~models.Q(reason=""),
                violation_error_message=_("Say why the number may be published."),
            )
        ]

    def __str__(self):
        return f"{self.masked}（{self.title}）"

    def save(self, **kwargs):
        if not self._state.adding:
            raise KeptForEver
        super().save(**kwargs)

    def delete(self, **kwargs):
        raise KeptForEver


class ParagraphDigest(models.Model):
    """A paragraph of an article's text, to be found again: see `findings.repetition`."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    digest = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="paragraph_digest_once_per_article",
                fields=["digest", "article"],
                violation_error_message=_("This paragraph of the article is in the index already."),
            )
        ]

    def __str__(self):
        return f"{self.digest:x}"
