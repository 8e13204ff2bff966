"""The audit log: deeds that a supervisor asks about. Entries are written once; nobody changes or removes them."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _


class Unchangeable(Exception):
    """An entry of the audit log was to be changed or removed."""


class AuditQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise Unchangeable

    def delete(self):
        raise Unchangeable


class AuditEntry(models.Model):
    class Deed(models.TextChoices):
        PUBLISHED = "published", _("Published")
        SCHEDULED = "scheduled", _("Scheduled")
        UNSCHEDULED = "unscheduled", _("Taken off the schedule")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        REOPENED = "reopened", _("Back to review after a change")
        CORRECTED = "corrected", _("Corrected")
        TRASHED = "trashed", _("Put in the trash")
        RESTORED = "restored", _("Taken out of the trash")
        EMPTIED = "emptied", _("Deleted from the trash")
        DELETED = "deleted", _("Deleted")
        MERGED = "merged", _("Merged")
        UNMERGED = "unmerged", _("Merging undone")
        CONFIRMED = "confirmed", _("Personal data confirmed")
        IMPORTED = "imported", _("Imported")
        EXPORTED = "exported", _("Exported")
        PREVIEW_LINKED = "preview_linked", _("Preview link made")
        PREVIEW_REVOKED = "preview_revoked", _("Preview link revoked")
        ACCOUNT_MADE = "account_made", _("Account made")
        ACCOUNT_CHANGED = "account_changed", _("Account changed")
        ROLE_CHANGED = "role_changed", _("Role changed")
        LOGGED_IN = "logged_in", _("Logged in")
        LOGGED_OUT = "logged_out", _("Logged out")
        LOG_IN_FAILED = "log_in_failed", _("Log-in failed")

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    person = models.CharField(_("who"), max_length=160, blank=True, editable=False)
    deed = models.CharField(_("deed"), max_length=20, choices=Deed)
    content_type = models.ForeignKey(
        ContentType, verbose_name=_("kind"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    object_id = models.CharField(max_length=40, blank=True, editable=False)
    subject = models.CharField(_("what"), max_length=200, blank=True, editable=False)
    detail = models.TextField(_("details"), blank=True, editable=False)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the audit log")
        verbose_name_plural = _("audit log")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="audit_subject")]

    def __str__(self):
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M} {self.person} {self.get_deed_display()} {self.subject}"

    def save(self, **kwargs):
        if not self._state.adding:
            raise Unchangeable
        super().save(**kwargs)

    def delete(self, **kwargs):
        raise Unchangeable


def audit(deed, *, by=None, obj=None, detail=""):
    """Write that the user `by` did the deed to `obj`, in the caller's transaction. Names are kept as they are now."""
    AuditEntry.objects.create(
        deed=deed,
        by=by,
        person=f"{by}（{by.get_username()}）" if by else "",
        content_type=ContentType.objects.get_for_model(obj) if obj is not None else None,
        object_id=str(obj.pk) if obj is not None else "",
        subject=Truncator(str(obj)).chars(200) if obj is not None else "",
        detail=detail,
    )
