from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

UNDO_WITHIN = timedelta(days=30)


class Merger(models.Model):
    """That one organization was merged into another. Its rows say all that this changed."""

    duplicate = models.ForeignKey(
        "orgs.Organization", verbose_name=_("duplicate"), on_delete=models.PROTECT, related_name="mergers"
    )
    into = models.ForeignKey(
        "orgs.Organization", verbose_name=_("merged into"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("merged by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    status_before = models.CharField(max_length=10, editable=False)
    undone_at = models.DateTimeField(_("undone"), null=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = _("merger")
        verbose_name_plural = _("mergers")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="organization_is_merged_once_at_a_time",
                fields=["duplicate"],
                condition=models.Q(undone_at__isnull=True),
                violation_error_message=_("This organization has been merged already."),
            )
        ]

    def __str__(self):
        return f"{self.duplicate} → {self.into}"

    @property
    def undo_until(self):
        return self.at + UNDO_WITHIN

    def may_be_undone(self):
        return self.undone_at is None and timezone.now() < self.undo_until


class MovedRow(models.Model):
    """A row that a merger changed or dropped: what it was, what it became, and which record it belongs to."""

    merger = models.ForeignKey(Merger, on_delete=models.CASCADE, related_name="rows")
    # Labels of models: a table of links that Django makes itself has no content type.
    model = models.CharField(max_length=100, editable=False)
    object_id = models.PositiveBigIntegerField()
    owner_model = models.CharField(max_length=100, blank=True, editable=False)
    owner_id = models.PositiveBigIntegerField(null=True)
    was = models.JSONField(encoder=DjangoJSONEncoder)
    # Of what was dropped: nothing.
    became = models.JSONField(encoder=DjangoJSONEncoder, null=True)
    label = models.CharField(max_length=300, editable=False)

    class Meta:
        verbose_name = _("moved row")
        verbose_name_plural = _("moved rows")
        ordering = ["pk"]

    def __str__(self):
        return self.label

    @property
    def kind(self):
        """What kind of record changed, in words: that to which the row belongs."""
        model = apps.get_model(self.owner_model or self.model)
        return _("Correspondent") if model._meta.auto_created else model._meta.verbose_name

    @property
    def was_dropped(self):
        return self.became is None
