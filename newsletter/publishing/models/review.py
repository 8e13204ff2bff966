"""The record of reviews: who passed which text, and when. Its rows are written by the steps and never changed."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsletter.records.fields import LinesField


class ReviewStepQuerySet(models.QuerySet):
    def of(self, *publishables):
        """The steps of these publishables, the first one first; they may be of several kinds."""
        chosen = models.Q(pk__in=[])
        for publishable in publishables:
            chosen |= models.Q(content_type=ContentType.objects.get_for_model(publishable), object_id=publishable.pk)
        return self.filter(chosen).order_by("pk")

    def passing(self):
        """Those by which a text went out, or was changed while it was out."""
        return self.filter(decision__in=ReviewStep.PASSING)

    def update(self, **kwargs):
        raise TypeError("The steps of a review are never changed.")

    def delete(self):
        raise TypeError("The steps of a review are never deleted.")


class ReviewStep(models.Model):
    """Who took which step with which text."""

    class Review(models.IntegerChoices):
        FIRST = 1, _("First review")
        SECOND = 2, _("Second review")
        FINAL = 3, _("Final review")

    class Decision(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted")
        PASSED = "passed", _("Passed")
        SENT_BACK = "sent_back", _("Sent back")
        PUBLISHED = "published", _("Passed and published")
        ALONG = "along", _("Published along with what it belongs to")
        UNSCHEDULED = "unscheduled", _("Taken off the schedule")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        CHANGED = "changed", _("Changed after publishing")
        AMENDED = "amended", _("Changed during the reviews")
        REOPENED = "reopened", _("Changed, therefore in review again")

    PASSING = (Decision.PUBLISHED, Decision.ALONG, Decision.CHANGED)
    # With these the reviews begin from the first one.
    BEGINNING = (Decision.SUBMITTED, Decision.REOPENED)

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    publishable = GenericForeignKey()
    decision = models.CharField(_("decision"), max_length=12, choices=Decision)
    # None where the step is no review.
    review = models.PositiveSmallIntegerField(_("review"), choices=Review, null=True, blank=True)
    # None: taken by a command of the operator.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="review_steps",
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)
    note = LinesField(_("note"), blank=True)
    digest = models.CharField(_("digest of the text"), max_length=64, editable=False)

    objects = ReviewStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a review")
        verbose_name_plural = _("steps of reviews")
        default_permissions = ()
        ordering = ["pk"]
        indexes = [models.Index(fields=["content_type", "object_id", "id"], name="review_step_of_object")]

    def __str__(self):
        return " · ".join(str(word) for word in (self.get_review_display(), self.get_decision_display()) if word)

    def save(self, **kwargs):
        if not self._state.adding:
            raise TypeError("The steps of a review are never changed.")
        super().save(**kwargs)

    def delete(self, **kwargs):
        raise TypeError("The steps of a review are never deleted.")

    @property
    def short_digest(self):
        return self.digest[:12]
